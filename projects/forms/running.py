"""What people type about projects that are under way."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_guards import SubmissionKeyField
from projects.models import ChangeRequest, Project

LONG_TEXT = forms.Textarea(attrs={"rows": 4})


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
