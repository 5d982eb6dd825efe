"""What people type about projects that are under way."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.models import Project

LONG_TEXT = forms.Textarea(attrs={"rows": 4})


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
