from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benefits.models import Benefit
from municipality.models import User


class HandOverForm(forms.Form):
    """Who the owner of a project asks to answer for a benefit."""

    to = forms.ModelChoiceField(
        label=_("Hvem spør du?"),
        queryset=User.objects.none(),
        empty_label=_("Velg en leder i linjen"),
        error_messages={
            "required": _("Velg hvem du spør."),
            "invalid_choice": _("Velg noen fra listen."),
        },
    )

    def __init__(self, *args: Any, benefit: Benefit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = User.objects.filter(is_active=True).exclude(pk=benefit.project.owner_id)
        self.fields["to"].queryset = others.order_by("name", "pk")


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Hvorfor sier du nei?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Går til prosjekteieren."),
        error_messages={"required": _("Skriv hvorfor. Én setning holder.")},
    )
