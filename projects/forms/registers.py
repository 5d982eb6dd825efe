"""What people type in the registers: uncertainty, stakeholders, involvement and lessons."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import NorwegianDecimalField
from core.widgets import SegmentedRadioSelect
from projects.forms.lines import LineForm
from projects.models import (
    Lesson,
    Risk,
    RiskKind,
    Stakeholder,
    Strategy,
    UserInvolvement,
)
from projects.risk_matrix import SCALE, STRATEGIES

SHORT_TEXT = forms.Textarea(attrs={"rows": 3})
STEPS = [(step, str(step)) for step in SCALE]

STRATEGY_CHOICES = [
    ("", _("Velg strategi")),
    (
        _("For trusler"),
        [(each, each.label) for each in STRATEGIES[RiskKind.THREAT] if each != Strategy.SHARE],
    ),
    (
        _("For muligheter"),
        [(each, each.label) for each in STRATEGIES[RiskKind.OPPORTUNITY] if each != Strategy.SHARE],
    ),
    (_("For begge"), [(Strategy.SHARE, Strategy.SHARE.label)]),
]


def _step(label: Any, help_text: Any, missing: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=STEPS,
        coerce=int,
        widget=SegmentedRadioSelect,
        error_messages={"required": missing},
    )


def _step_after(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", _("Ikke vurdert")), *STEPS],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"data-width": "short"}),
    )


class RiskForm(LineForm):
    """A threat or an opportunity, and what is done about it."""

    likelihood = _step(
        _("Sannsynlighet (S)"),
        _("0 er utelukket, 5 er nesten sikkert."),
        _("Velg hvor sannsynlig det er, fra 0 til 5."),
    )
    impact = _step(
        _("Konsekvens (K)"),
        _("0 er ingen virkning, 5 er avgjørende for prosjektet."),
        _("Velg hvor mye det vil bety, fra 0 til 5."),
    )
    strategy = forms.ChoiceField(
        label=_("Strategi"),
        choices=STRATEGY_CHOICES,
        error_messages={"required": _("Velg hva dere gjør med den.")},
    )
    likelihood_after = _step_after(_("S etter tiltak"))
    impact_after = _step_after(_("K etter tiltak"))

    class Meta:
        model = Risk
        fields = [
            "kind",
            "event",
            "effect",
            "likelihood",
            "impact",
            "strategy",
            "measure",
            "likelihood_after",
            "impact_after",
            "proximity",
            "owner",
            "status",
        ]
        labels = {
            "kind": _("Er det en trussel eller en mulighet?"),
            "event": _("Hva kan skje?"),
            "effect": _("Hva blir virkningen?"),
            "measure": _("Tiltak"),
            "proximity": _("Hvor nær er det?"),
            "owner": _("Hvem følger den opp?"),
        }
        error_messages = {
            "kind": {"required": _("Velg trussel eller mulighet.")},
            "event": {"required": _("Skriv hva som kan skje. Én setning holder.")},
        }
        widgets = {
            "kind": SegmentedRadioSelect,
            "event": forms.Textarea(attrs={"rows": 2}),
            "effect": forms.Textarea(attrs={"rows": 2}),
            "measure": SHORT_TEXT,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_person("owner", _("Ingen ennå"))
        self.fields["kind"].choices = RiskKind.choices
        if self.instance.pk is None:
            del self.fields["status"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_strategy(cleaned.get("kind"), cleaned.get("strategy"))
        after = (cleaned.get("likelihood_after"), cleaned.get("impact_after"))
        if (after[0] is None) != (after[1] is None):
            missing = "likelihood_after" if after[0] is None else "impact_after"
            self.add_error(missing, _("Velg både S og K etter tiltak, eller ingen av dem."))
        return cleaned

    def _check_strategy(self, kind: str | None, strategy: str | None) -> None:
        if not kind or not strategy or strategy in STRATEGIES[RiskKind(kind)]:
            return
        label, word = RiskKind(kind).label.lower(), Strategy(strategy).label
        self.add_error(
            "strategy",
            _("«{word}» passer ikke for en {kind}. Velg en annen strategi.").format(
                word=word, kind=label
            ),
        )


class StakeholderForm(LineForm):
    class Meta:
        model = Stakeholder
        fields = [
            "name",
            "influence",
            "attitude",
            "engagement",
            "goal",
            "message",
            "channel",
            "when",
            "responsible",
        ]
        labels = {
            "name": _("Hvem er interessenten?"),
            "influence": _("Hvor stor innflytelse har de?"),
            "attitude": _("Hva mener de om prosjektet?"),
            "engagement": _("Hvordan skal de være med?"),
            "goal": _("Hva vil dere oppnå med å snakke med dem?"),
            "message": _("Budskapet"),
            "channel": _("Hvordan får de det?"),
            "when": _("Når?"),
            "responsible": _("Hvem har ansvaret?"),
        }
        help_texts = {
            "channel": _("Slik: personalmøte, brev, e-post"),
            "when": _("Slik: hver måned, eller før opplæringen"),
        }
        error_messages = {"name": {"required": _("Skriv hvem det gjelder. En gruppe holder.")}}
        widgets = {
            "influence": SegmentedRadioSelect,
            "attitude": SegmentedRadioSelect,
            "message": SHORT_TEXT,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_person("responsible", _("Ingen ennå"))


class InvolvementForm(LineForm):
    """Who of those concerned took part, and what it changed."""

    hours = NorwegianDecimalField(
        label=_("Hvor mange timer brukte dere til sammen?"),
        required=False,
        max_digits=6,
        decimal_places=1,
        min_value=0,
        error_messages={
            "min_value": _("Timer kan ikke være mindre enn null."),
            "max_decimal_places": _("Skriv høyst én desimal."),
            "max_digits": _("Tallet er for stort."),
            "max_whole_digits": _("Tallet er for stort."),
        },
    )

    class Meta:
        model = UserInvolvement
        fields = ["held_on", "who", "how", "people", "hours", "changed"]
        labels = {
            "held_on": _("Når?"),
            "who": _("Hvem var med?"),
            "how": _("Hvordan?"),
            "people": _("Hvor mange var de?"),
            "changed": _("Hva endret dere etterpå?"),
        }
        help_texts = {
            "who": _("En gruppe, ikke navn på personer. Slik: ansatte i hjemmetjenesten"),
            "how": _("Slik: prøvde skjemaet, intervju, verksted"),
        }
        error_messages = {
            "held_on": {"required": _("Skriv når det var.")},
            "who": {"required": _("Skriv hvem som var med. En gruppe holder.")},
            "how": {"required": _("Skriv hvordan de var med.")},
            "changed": {"required": _("Skriv hva det endret. Endret det ingenting, skriv det.")},
            "people": {"min_value": _("Skriv et helt tall.")},
        }
        widgets = {
            "people": forms.NumberInput(attrs={"data-width": "short"}),
            "changed": SHORT_TEXT,
        }

    def clean_held_on(self) -> dt.date | None:
        return self.not_later_than_today("held_on")


class LessonForm(LineForm):
    class Meta:
        model = Lesson
        fields = ["kind", "text", "advice", "priority", "noted_on"]
        labels = {
            "kind": _("Gikk det godt?"),
            "text": _("Hva lærte dere?"),
            "advice": _("Råd til neste prosjekt"),
            "priority": _("Hvor viktig er det?"),
            "noted_on": _("Når?"),
        }
        help_texts = {"text": _("Skriv om arbeidet, ikke om enkeltpersoner.")}
        error_messages = {
            "kind": {"required": _("Velg om det virket godt eller ikke.")},
            "text": {"required": _("Skriv hva dere lærte. Én setning holder.")},
            "noted_on": {"required": _("Skriv når det var.")},
        }
        widgets = {
            "kind": SegmentedRadioSelect,
            "priority": SegmentedRadioSelect,
            "text": SHORT_TEXT,
            "advice": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Lesson._meta.get_field("kind").choices

    def clean_noted_on(self) -> dt.date | None:
        return self.not_later_than_today("noted_on")
