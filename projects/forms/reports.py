"""What people type about how a month went."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.fields import NorwegianDecimalField
from core.form_guards import VersionField, refuse_stale
from core.widgets import DateInput
from projects import lights, monthly
from projects.actions import Said
from projects.forms.tolerances import KRONER_FAULTS, MOST_KRONER, WHOLE_FAULTS
from projects.lights import Choice
from projects.models import (
    Dimension,
    DimensionStatus,
    Light,
    Parameter,
    StatusReport,
)

QUESTIONS = {
    Dimension.PROGRESS: _("Hvordan går framdriften?"),
    Dimension.MONEY: _("Hvordan er det med pengene?"),
    Dimension.QUALITY: _("Hvordan er kvaliteten?"),
    Dimension.RISK: _("Hvor stor er risikoen?"),
    Dimension.BENEFITS: _("Hvordan går det med gevinstene?"),
}
# The forecast that the tolerance is held against, and what is asked when it is lacking.
NEEDED = {
    Parameter.TIME: ("forecast_end_on", _("Skriv når dere venter å nå BP5. Tid har en toleranse.")),
    Parameter.COST: ("forecast", _("Skriv hva det vil koste i alt. Kostnad har en toleranse.")),
    Parameter.BENEFITS: (
        "benefit_share",
        _("Skriv hvor mye av gevinsten dere venter. Gevinst har en toleranse."),
    ),
}


def comment_name(dimension: Dimension) -> str:
    return f"{dimension}_comment"


class CommentField(forms.CharField):
    """Not asked for while all is well, yet not optional: yellow and red need it."""

    may_wait = True


@dataclass(frozen=True)
class Part:
    """One dimension as the form shows it: the question, the choices, and last month's answer."""

    dimension: Dimension
    choices: tuple[Choice, ...]
    light: BoundField
    comment: BoundField
    last: DimensionStatus | None

    @property
    def chosen(self) -> str:
        return self.light.value() or ""


class StatusForm(forms.ModelForm):
    """The status of a month. As a draft it may be half done; sent it tells all five."""

    version = VersionField()
    forecast = NorwegianDecimalField(
        label=_("Prognose: hva koster det i alt?"),
        required=False,
        error_messages=KRONER_FAULTS,
        **MOST_KRONER,
    )
    spent = NorwegianDecimalField(
        label=_("Brukt til nå, i kroner"),
        required=False,
        error_messages=KRONER_FAULTS,
        **MOST_KRONER,
    )
    benefit_share = NorwegianDecimalField(
        label=_("Hvor mye av den lovede gevinsten venter dere, i prosent?"),
        required=False,
        max_digits=5,
        decimal_places=0,
        min_value=0,
        max_value=999,
        error_messages=WHOLE_FAULTS,
    )

    class Meta:
        model = StatusReport
        fields = [
            "forecast",
            "spent",
            "forecast_end_on",
            "benefit_share",
            "scope_holds",
            "quality_holds",
            "summary",
        ]
        labels = {
            "forecast_end_on": _("Prognose: når tas BP5?"),
            "scope_holds": _("Omfanget holder"),
            "quality_holds": _("Kvaliteten holder"),
            "summary": _("Måneden i én setning"),
        }
        help_texts = {"summary": _("Det viktigste eieren skal vite.")}
        error_messages = {
            "summary": {"max_length": _("Setningen kan ha høyst %(limit_value)d tegn.")},
            "forecast_end_on": {"invalid": _("Skriv en dato, for eksempel 24.11.2026.")},
        }
        widgets = {
            "forecast_end_on": DateInput,
            "summary": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(
        self,
        data: Any = None,
        *,
        instance: StatusReport,
        last: StatusReport | None,
        is_sending: bool = False,
    ) -> None:
        self.last, self.is_sending = last, is_sending
        self.stored = monthly.statuses(instance)
        self.last_statuses = monthly.statuses(last)
        super().__init__(data, instance=instance)
        for dimension in Dimension:
            self._ask(dimension)
        self.fields["version"].initial = instance.version
        self.order_fields([name for each in Dimension for name in (each, comment_name(each))])

    def _ask(self, dimension: Dimension) -> None:
        """Starts with what was said last, so that only what is new need be touched."""
        known = self.stored if self.stored else self.last_statuses
        status = known.get(dimension)
        self.fields[dimension] = forms.ChoiceField(
            label=QUESTIONS[dimension],
            choices=[(each.code, each.words) for each in lights.CHOICES[dimension]],
            widget=forms.RadioSelect,
            required=self.is_sending,
            initial=lights.code_of(status),
            error_messages={
                "required": gettext("Velg hvordan det står til: {name}.").format(
                    name=dimension.label.lower()
                ),
                "invalid_choice": _("Velg et av svarene."),
            },
        )
        self.fields[comment_name(dimension)] = CommentField(
            label=gettext("Kommentar til {name}").format(name=dimension.label.lower()),
            required=False,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=status.comment if status else "",
            error_messages={"max_length": _("Kommentaren kan ha høyst %(limit_value)d tegn.")},
        )

    def parts(self) -> Iterator[Part]:
        for dimension in Dimension:
            yield Part(
                dimension=dimension,
                choices=lights.CHOICES[dimension],
                light=self[dimension],
                comment=self[comment_name(dimension)],
                last=self.last_statuses.get(dimension),
            )

    def said(self) -> list[Said]:
        cleaned = self.cleaned_data
        return [
            Said(
                dimension=each,
                choice=lights.choice(each, cleaned[each]),
                comment=cleaned[comment_name(each)].replace("\r\n", "\n"),
            )
            for each in Dimension
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if set(self.changed_data) - {"version"}:  # the same once more takes nothing from anybody
            refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
            self._tell_theirs()
        if self.is_sending:
            self._require_comments(cleaned)
            self._require_forecasts(cleaned)
        return cleaned

    def _tell_theirs(self) -> None:
        """The five are rows of their own: what the other saved in them."""
        for name, field in getattr(self, "theirs", {}).items():
            dimension, _sep, is_comment = name.partition("_comment")
            if name == dimension + _sep and dimension in Dimension.values:
                status = self.stored.get(dimension)
                found = (status.comment if _sep else status.words) if status else ""
                field["value"] = found

    def _require_comments(self, cleaned: dict[str, Any]) -> None:
        for dimension in Dimension:
            choice = lights.choice(dimension, cleaned.get(dimension, ""))
            name = comment_name(dimension)
            is_silent = name in cleaned and not cleaned[name]
            if choice is not None and choice.light != Light.GREEN and is_silent:
                self.add_error(name, _("Skriv hvorfor. Én setning holder."))

    def _require_forecasts(self, cleaned: dict[str, Any]) -> None:
        limited = {each.parameter for each in self.instance.project.tolerances.all()}
        for parameter, (name, words) in NEEDED.items():
            if parameter in limited and name in cleaned and cleaned[name] is None:
                self.add_error(name, words)
