"""What people type about projects that are under way."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import roles
from core.fields import NorwegianDecimalField
from core.form_guards import SubmissionKeyField, VersionField, refuse_stale
from municipality.models import User
from projects.models import ChangeRequest, ChangeRequestStatus, Project

LONG_TEXT = forms.Textarea(attrs={"rows": 4})

CHANGE_CHOICES = [
    (ChangeRequestStatus.APPROVED, _("Godkjent. Prosjektet kan endre planen.")),
    (ChangeRequestStatus.POSTPONED, _("Utsatt. Prosjektet venter, og rådet tar saken igjen.")),
    (ChangeRequestStatus.REJECTED, _("Avslått. Prosjektet følger planen som før.")),
]


class ProjectForm(forms.ModelForm):
    version = VersionField()
    budget = NorwegianDecimalField(
        label=_("Ramme i kroner"),
        required=False,
        max_digits=12,
        decimal_places=0,
        min_value=0,
        error_messages={"min_value": _("Rammen kan ikke være negativ.")},
    )

    class Meta:
        model = Project
        fields = ["name", "summary", "manager", "budget"]
        labels = {"name": _("Navn"), "summary": _("I én setning")}
        help_texts = {"summary": _("Hva skal bli bedre, og for hvem? Blir offentlig.")}
        error_messages = {"name": {"required": _("Gi prosjektet et navn.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        has_role = Q(groups__name=roles.PROJECT_MANAGER)
        able = User.objects.filter(has_role | Q(pk=self.instance.manager_id), is_active=True)
        self.fields["manager"].queryset = able.distinct().order_by("name", "pk")
        self.fields["manager"].empty_label = _("Ikke utpekt ennå")
        self.fields["version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned


class PhaseForm(forms.Form):
    """Carries the phase the page asked about, so that a stale page is refused."""

    to = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Begrunnelse"),
        max_length=1000,
        widget=LONG_TEXT,
        help_text=_("Blir offentlig. Den som sendte ideen, får den på e-post."),
        error_messages={"required": _("Skriv hvorfor prosjektet går videre.")},
    )


class ChangeRequestForm(forms.ModelForm):
    submission_key = SubmissionKeyField()

    class Meta:
        model = ChangeRequest
        fields = ["title", "reason", "consequence"]
        labels = {
            "title": _("Hva skal endres?"),
            "reason": _("Hvorfor?"),
            "consequence": _("Hva betyr det for tid, penger og andre løsninger?"),
        }
        help_texts = {"title": _("Slik: Flytt innføringen til høsten")}
        error_messages = {
            "title": {"required": _("Skriv hva som skal endres.")},
            "reason": {"required": _("Skriv hvorfor endringen trengs.")},
            "consequence": {"required": _("Skriv hva endringen betyr for tid og penger.")},
        }
        widgets = {"reason": LONG_TEXT, "consequence": LONG_TEXT}


class ChangeDecisionForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Hva svarer rådet?"),
        choices=CHANGE_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva rådet svarer.")},
    )
    reason = forms.CharField(
        label=_("Begrunnelse"),
        max_length=1000,
        widget=LONG_TEXT,
        help_text=_("Går til den som spurte, og til prosjekteieren."),
        error_messages={"required": _("Skriv hvorfor rådet svarer slik.")},
    )

    def __init__(self, *args: Any, change_request: ChangeRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = [pair for pair in CHANGE_CHOICES if change_request.can_move_to(pair[0])]
        # When none is possible any more, the action says why.
        self.fields["outcome"].choices = possible or CHANGE_CHOICES


class TakeInForm(forms.Form):
    """Which running project takes an idea, and why."""

    project = forms.ModelChoiceField(
        label=_("Hvilket prosjekt?"),
        queryset=Project.objects.running().order_by("name", "pk"),
        empty_label=_("Velg prosjekt"),
        error_messages={"required": _("Velg et prosjekt.")},
    )
    reason = forms.CharField(
        label=_("Hvorfor?"),
        max_length=1000,
        help_text=_("Den som sendte ideen, får lese dette."),
        error_messages={"required": _("Skriv hvorfor. Én setning holder.")},
        widget=LONG_TEXT,
    )
