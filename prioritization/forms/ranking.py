"""How much money there is, and how the sureness of the ranking is to be worked out."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from core.fields import NorwegianDecimalField
from core.formatting import number
from prioritization import robustness

DRAWS = (1_000, 10_000, 100_000)
MOST_SPAN = 50
MOST_PLACES = 200_000_000  # ideas times draws: what a worker has memory for


class FrameForm(forms.Form):
    """`seen` is the frame that stood there when the form was shown."""

    frame = NorwegianDecimalField(
        label=_("Økonomisk ramme i kroner"),
        help_text=_("Så mye kan prosjektene koste til sammen. Tomt felt fjerner streken."),
        required=False,
        max_digits=12,
        decimal_places=0,
        min_value=0,
        localize=True,
        error_messages={
            "invalid": _("Skriv rammen som et tall, for eksempel 6 000 000."),
            "min_value": _("Rammen kan ikke være mindre enn null."),
            "max_digits": _("Rammen kan ha høyst tolv sifre."),
            "max_whole_digits": _("Rammen kan ha høyst tolv sifre."),
            "max_decimal_places": _("Skriv rammen i hele kroner."),
        },
    )
    seen = forms.DecimalField(required=False, widget=forms.HiddenInput)


class RobustnessForm(forms.Form):
    """How many draws, how far the weights are moved, and how many «the top» is."""

    span = forms.IntegerField(
        label=_("Hvor mye vektene flyttes"),
        help_text=_("Poeng opp eller ned. 10 er vanlig, 0 holder vektene fast."),
        min_value=0,
        max_value=MOST_SPAN,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "short"}),
        error_messages={
            "required": _("Skriv hvor mange poeng vektene skal flyttes. 10 er vanlig."),
            "invalid": _("Skriv et helt tall fra 0 til 50."),
            "min_value": _("Skriv et helt tall fra 0 til 50."),
            "max_value": _("Skriv et helt tall fra 0 til 50."),
        },
    )
    top = forms.IntegerField(
        label=_("Hvor mange det er plass til"),
        help_text=_("Vi teller hvor ofte hver idé er blant så mange."),
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "short"}),
        error_messages={
            "required": _("Skriv hvor mange ideer det er plass til."),
            "invalid": _("Skriv et helt tall."),
            "min_value": _("Det må være plass til minst én."),
        },
    )
    draws = forms.TypedChoiceField(
        label=_("Antall forsøk"),
        choices=[(each, number(each)) for each in DRAWS],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvor mange forsøk.")},
    )

    def __init__(self, *args: Any, ranked: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ranked = ranked

    def clean_top(self) -> int:
        top = self.cleaned_data["top"]
        if top > self.ranked:
            raise forms.ValidationError(
                _gettext("Det er bare {count} ideer på lista.").format(count=self.ranked)
            )
        return top

    def clean_draws(self) -> int:
        draws = self.cleaned_data["draws"]
        if draws * self.ranked > MOST_PLACES:
            raise forms.ValidationError(
                _gettext("Velg færre forsøk. Lista er for lang til så mange.")
            )
        return draws


def usual_choices(top: int) -> dict[str, Any]:
    return {"span": int(robustness.SPAN), "draws": robustness.DRAWS, "top": top}
