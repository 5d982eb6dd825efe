"""What people type about the executive group's decisions, and the meeting they were made in."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core import roles
from core.form_guards import VersionField, refuse_stale
from core.widgets import DateInput
from ideas.models import Idea
from municipality.models import User
from prioritization.models import Decision, DecisionMeeting, Outcome

# Each choice with what follows from it.
OUTCOME_CHOICES = [
    (Outcome.APPROVED, _("Godkjent. Ideen blir et prosjekt i fasen Konsept, med en eier.")),
    (Outcome.POSTPONED, _("Utsatt. Ideen kan tas opp igjen den dagen du velger.")),
    (Outcome.REJECTED, _("Avvist. Ideen blir ikke videreført.")),
    (Outcome.RETURNED, _("Retur for utredning. Teamet utreder mer og legger den fram igjen.")),
]


def _possible_owners(idea: Idea, chosen: int | None) -> QuerySet[User]:
    """Project owners and sector leaders, and whoever is already named."""
    has_role = Q(groups__name__in=[roles.PROJECT_OWNER, roles.SECTOR_LEADER])
    able = User.objects.filter(has_role | Q(pk__in=[idea.owner_id, chosen]), is_active=True)
    return able.distinct().order_by("name", "pk")


class MeetingForm(forms.ModelForm):
    version = VersionField()

    class Meta:
        model = DecisionMeeting
        fields = ["held_on", "deciders", "note"]
        labels = {
            "held_on": _("Når var møtet?"),
            "deciders": _("Hvem vedtok?"),
            "note": _("Merknader til protokollen"),
        }
        help_texts = {
            "deciders": _("Ett navn på hver linje. Ta bort dem som ikke var med."),
            "note": _("For eksempel hvem som var inhabil, eller hva dere tok til etterretning."),
        }
        error_messages = {
            "held_on": {"required": _("Skriv datoen for møtet.")},
            "deciders": {"required": _("Skriv hvem som vedtok. Ett navn holder.")},
        }
        widgets = {
            "held_on": DateInput(attrs={"data-width": "short"}),
            "deciders": forms.Textarea(attrs={"rows": 6}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["version"].initial = self.instance.version

    def clean_held_on(self) -> dt.date:
        held_on = self.cleaned_data["held_on"]
        if held_on > self.today:
            raise forms.ValidationError(_("Datoen kan ikke være fram i tid."))
        return held_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned


class DecisionForm(forms.ModelForm):
    """What the executive group decided about one idea.

    Owner and day each belong to one outcome; with script the page shows them only then.
    """

    version = VersionField()
    outcome = forms.ChoiceField(
        label=_("Hva ble vedtatt?"),
        choices=OUTCOME_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva som ble vedtatt.")},
    )
    owner = forms.ModelChoiceField(
        label=_("Prosjekteier"),
        queryset=User.objects.none(),
        empty_label=_("Velg eier"),
        help_text=_("Trengs når ideen er godkjent. Eieren får e-post når vedtaket kunngjøres."),
        widget=forms.Select(attrs={"data-only-for": Outcome.APPROVED.value}),
        error_messages={"required": _("Velg hvem som eier prosjektet.")},
    )

    class Meta:
        model = Decision
        fields = ["outcome", "owner", "postponed_until", "reason", "conditions", "public_reason"]
        labels = {
            "postponed_until": _("Utsatt til"),
            "reason": _("Begrunnelse"),
            "conditions": _("Vilkår"),
            "public_reason": _("Begrunnelsen i én setning"),
        }
        help_texts = {
            "postponed_until": _("Trengs når ideen er utsatt."),
            "reason": _("Står i protokollen."),
            "conditions": _("Står i protokollen og på prosjektet."),
            "public_reason": _("Den som sendte ideen, leser dette. Må være med før kunngjøring."),
        }
        error_messages = {
            "postponed_until": {"required": _("Velg hvilken dag ideen er utsatt til.")},
            "reason": {"required": _("Skriv hvorfor. Det står i protokollen.")},
            "public_reason": {"required": _("Skriv én setning. Den som sendte ideen, leser den.")},
        }
        widgets = {
            "postponed_until": DateInput(
                attrs={"data-width": "short", "data-only-for": Outcome.POSTPONED.value}
            ),
            "reason": forms.Textarea(attrs={"rows": 4}),
            "conditions": forms.Textarea(attrs={"rows": 3}),
            "public_reason": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, held_on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held_on = held_on
        idea = self.instance.item.entry.idea
        self.fields["owner"].queryset = _possible_owners(idea, self.instance.owner_id)
        if self.instance.owner_id is None:
            self.initial["owner"] = idea.owner_id
        self.fields["version"].initial = self.instance.version
        # Each is asked for beside its own choice: until one is made neither is called optional.
        is_open = not self.is_bound
        outcome = self.data.get("outcome")
        self.fields["owner"].required = is_open or outcome == Outcome.APPROVED
        self.fields["postponed_until"].required = is_open or outcome == Outcome.POSTPONED

    def clean_postponed_until(self) -> dt.date | None:
        until = self.cleaned_data["postponed_until"]
        if self.data.get("outcome") != Outcome.POSTPONED:
            return None
        if until is not None and until <= self.held_on:
            raise forms.ValidationError(_("Velg en dag etter møtet."))
        return until

    def clean_owner(self) -> User | None:
        return self.cleaned_data["owner"] if self.data.get("outcome") == Outcome.APPROVED else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned


class CorrectionForm(DecisionForm):
    """The same about a decision that has been told, with why it was not right.

    The owner of a project that has begun is not chosen here.
    """

    correction = forms.CharField(
        label=_("Hvorfor retter du vedtaket?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Står i protokollen. Den som sendte ideen, leser det."),
        error_messages={"required": _("Skriv hva som var feil. Én setning holder.")},
    )

    def __init__(self, *args: Any, has_project: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["public_reason"].required = True
        self.fields["public_reason"].help_text = _("Den som sendte ideen, leser dette.")
        if has_project:
            del self.fields["owner"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not set(self.changed_data) - {"version", "correction"}:
            raise forms.ValidationError(_("Du har ikke endret noe i vedtaket."))
        return cleaned
