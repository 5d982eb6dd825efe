"""Opening, changing and reopening a round."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import roles
from core.form_guards import SubmissionKeyField
from core.formatting import day
from core.widgets import DateInput, DecimalInput
from ideas.models import Idea
from municipality.models import Phase, Sector, User
from prioritization.models import Direction, Entry, Question

# Who can be asked for points. The first two are chosen from the start.
SCORER_ROLES = (
    roles.MANAGEMENT,
    roles.SECTOR_LEADER,
    roles.DIGITALISATION_TEAM,
    roles.ICT_BOARD,
    roles.PROJECT_OWNER,
    roles.PROJECT_MANAGER,
)
USUAL_ROLES = SCORER_ROLES[:2]


class ScorersField(forms.ModelMultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=User.objects.filter(groups__name__in=SCORER_ROLES, is_active=True)
            .select_related("sector")
            .order_by("name", "pk")
            .distinct(),
            label=_("Hvem skal sette poeng?"),
            help_text=_(
                "De får en e-post med lenke. Ingen ser de andres svar før de har gitt sine."
            ),
            error_messages={"required": _("Velg minst én som skal sette poeng.")},
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name}, {obj.sector.short_name}" if obj.sector else obj.name


class GroupField(forms.ModelChoiceField):
    """Who enters the one answer of a sector's leadership group. Empty: the group has none."""

    may_wait = True

    def __init__(self, sector: Sector, **kwargs: Any) -> None:
        self.sector = sector
        super().__init__(label=sector.name, required=False, empty_label=_("Ingen gruppe"), **kwargs)

    def label_from_instance(self, obj: User) -> str:
        return obj.name


class ClosingDayForm(forms.Form):
    """The last day for points lies between today and the last day of the phase."""

    closes_on = forms.DateField(
        label=_("Siste dag for poeng"),
        widget=DateInput(attrs={"data-width": "short"}),
        error_messages={
            "required": _("Velg siste dag for poeng."),
            "invalid": _("Skriv datoen slik: 12.06.2026."),
        },
    )

    def __init__(self, *args: Any, phase: Phase, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phase, self.on = phase, on
        self.fields["closes_on"].help_text = _("Fasen er åpen til og med {date}.").format(
            date=day(phase.closes_on, today=on)
        )

    def clean_closes_on(self) -> dt.date:
        closes_on: dt.date = self.cleaned_data["closes_on"]
        if closes_on < self.on:
            raise forms.ValidationError(_("Velg en dag som ikke er passert."))
        if closes_on > self.phase.closes_on:
            raise forms.ValidationError(
                _("Fasen er stengt da. Velg {date} eller tidligere.").format(
                    date=day(self.phase.closes_on, today=self.on)
                )
            )
        return closes_on


class SeatsForm(ClosingDayForm):
    """Who scores: people for themselves, and one person for each sector whose group answers."""

    scorers = ScorersField(required=False)

    field_order = ["scorers", "closes_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scorers"].may_wait = True  # a group will do
        people = self.fields["scorers"].queryset
        for sector in Sector.objects.order_by("order", "pk"):
            self.fields[f"group_{sector.pk}"] = GroupField(sector, queryset=people)

    def group_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("group_")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        taken = set(cleaned.get("scorers") or [])
        groups = {}
        for name in [name for name in self.fields if name.startswith("group_")]:
            person = cleaned.pop(name, None)
            if person is None:
                continue
            if person in taken:
                self.add_error(
                    name,
                    _("{person} er allerede valgt. Én person har én stemme i runden.").format(
                        person=person
                    ),
                )
            taken.add(person)
            groups[self.fields[name].sector] = person
        if not taken and "scorers" in cleaned:
            self.add_error("scorers", _("Velg minst én som skal sette poeng."))
        return {**cleaned, "groups": groups}


class OpeningForm(SeatsForm):
    """What is chosen when a round opens, whichever stage it is."""

    submission_key = SubmissionKeyField()

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.turned = {
            f"direction_{question.pk}": question
            for question in questions
            if question.is_direction_chosen
        }
        for name, question in self.turned.items():
            self.fields[name] = forms.ChoiceField(
                label=question.text,
                help_text=_(
                    "Strategien sier ikke hvilken vei dette teller. Valget står i notatet."
                ),
                choices=Direction.choices,
                initial=question.direction,
                widget=forms.RadioSelect,
                error_messages={"required": _("Velg hva et høyt svar gjør med poengene.")},
            )

    def direction_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.turned]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        directions = {
            question: cleaned.pop(name) for name, question in self.turned.items() if name in cleaned
        }
        return {**cleaned, "directions": directions}


class RoundForm(OpeningForm):
    """The screening: which of the ideas that wait are with. All are ticked from the start."""

    ideas = forms.ModelMultipleChoiceField(
        queryset=Idea.objects.none(),
        label=_("Hvilke ideer er med?"),
        help_text=_("Det som er lovpålagt, gjøres uansett og får ikke poeng."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Velg minst én idé."),
            "invalid_choice": _("En av ideene kan ikke tas med lenger. Velg på nytt."),
        },
    )

    def __init__(self, *args: Any, waiting: QuerySet[Idea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ideas"].queryset = waiting
        self.fields["ideas"].initial = waiting


class FurtherRoundForm(OpeningForm):
    """The second stage: who goes on, by a threshold, by hand, or both."""

    threshold = forms.DecimalField(
        label=_("Alle med minst så mange poeng går videre"),
        help_text=_("Fra 0 til 100. La feltet stå tomt hvis dere velger alle for hånd."),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
        max_digits=5,
        localize=True,
        widget=DecimalInput,
        error_messages={
            "invalid": _("Skriv grensen som et tall fra 0 til 100."),
            "min_value": _("Grensen må være fra 0 til 100."),
            "max_value": _("Grensen må være fra 0 til 100."),
            "max_digits": _("Grensen må være fra 0 til 100."),
            "max_decimal_places": _("Grensen kan ha høyst to desimaler."),
        },
    )
    selection_reason = forms.CharField(
        label=_("Hvorfor disse?"),
        help_text=_("Det står i notatet, og kan leses av alle som følger runden."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Skriv hvorfor disse ideene går videre."),
            "max_length": _("Begrunnelsen kan ha høyst %(limit_value)d tegn."),
        },
    )

    def __init__(self, *args: Any, ranked: Sequence[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ranked = {f"picked_{entry.pk}": entry for entry in ranked}
        for name, entry in self.ranked.items():
            self.fields[name] = forms.CharField(
                label=_("Ta med {idea} likevel, fordi").format(idea=entry.idea),
                required=False,
                max_length=300,
                error_messages={"max_length": _("Skriv høyst %(limit_value)d tegn.")},
            )

    def rows(self) -> list[tuple[Entry, forms.BoundField]]:
        return [(entry, self[name]) for name, entry in self.ranked.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        picked = {
            entry.idea: reason
            for name, entry in self.ranked.items()
            if (reason := cleaned.pop(name, ""))
        }
        threshold = cleaned.get("threshold")
        above = threshold is not None and any(
            entry.score >= threshold for entry in self.ranked.values()
        )
        if not above and not picked and "threshold" in cleaned:
            self.add_error("threshold", self._nobody(threshold))
        return {**cleaned, "picked": picked}

    def _nobody(self, threshold: Decimal | None) -> str | Promise:
        if threshold is None:
            return _("Skriv en grense, eller velg ideer for hånd i lista.")
        return _("Ingen ideer har så mange poeng. Sett grensen lavere.")


class ChangeRoundForm(SeatsForm):
    """Who scores, and until when, in a round that is open."""


class ReopenForm(ClosingDayForm):
    reason = forms.CharField(
        label=_("Hvorfor åpner du runden igjen?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv hvorfor. Det blir stående i historikken.")},
    )

    field_order = ["reason", "closes_on"]
