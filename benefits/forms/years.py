"""What benefits are worth per year, as one form: a table for each benefit, a row for each year."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from benefits import years as by_year
from benefits.forms.register import ReasonForm
from benefits.models import Benefit, BenefitYear, Evidence
from core.fields import KronerField, NorwegianDecimalField, PersonYearsField
from core.form_guards import VersionField, refuse_stale
from core.formatting import number

LABELS = {
    "plan": _("Plan"),
    "forecast": _("Prognose"),
    "actual": _("Oppnådd"),
    "evidence": _("Hvor sikkert"),
    "taken_out": _("Tatt ut i budsjettet"),
}


@dataclass(frozen=True)
class YearRow:
    year: int
    cells: list[tuple[Any, BoundField | None]]


class BenefitYearsForm(forms.Form):
    """Of one benefit. What has not happened yet, cannot have come of it."""

    version = VersionField()

    def __init__(
        self,
        data: QueryDict | None,
        *,
        benefit: Benefit,
        years: list[int],
        said: dict[int, BenefitYear],
        today: dt.date,
    ) -> None:
        super().__init__(data, prefix=f"gevinst-{benefit.pk}")
        self.benefit, self.years, self.today = benefit, years, today
        self.stored = {year: said.get(year) or _blank(benefit, year) for year in years}
        self.fields["version"].initial = benefit.version
        self.names = ["plan", "forecast", "actual", "evidence"]
        if by_year.can_be_taken_out(benefit):
            self.names.append("taken_out")
        for year in years:
            for name in self.names:
                if year <= today.year or name not in ("actual", "evidence"):
                    self.fields[f"{name}_{year}"] = self._field(name, year)

    def _field(self, name: str, year: int) -> forms.Field:
        about: dict[str, Any] = {
            "label": _("{what} {year}").format(what=LABELS[name], year=year),
            "initial": getattr(self.stored[year], name),
            "required": False,
        }
        if name == "evidence":
            return forms.ChoiceField(choices=[("", _("Velg")), *Evidence.choices], **about)
        if name == "actual":
            about["min_value"] = None
        return _amount(self.benefit, **about)

    @property
    def headings(self) -> list[Any]:
        return [LABELS[name] for name in self.names]

    @property
    def rows(self) -> Iterator[YearRow]:
        for year in self.years:
            cells = [
                (LABELS[name], self[field] if (field := f"{name}_{year}") in self.fields else None)
                for name in self.names
            ]
            yield YearRow(year, cells)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for year in self.years:
            if cleaned.get(f"actual_{year}") is None:
                cleaned[f"evidence_{year}"] = ""
            elif not cleaned.get(f"evidence_{year}"):
                self.add_error(f"evidence_{year}", _("Velg hvor sikkert tallet er."))
        refuse_stale(self, version=cleaned.get("version"), stored=self._as_stored())
        return cleaned

    def _as_stored(self) -> Any:
        """What others have saved, under the names of the fields here."""
        benefit = self.benefit
        values: dict[str, Any] = {}
        for year, row in self.stored.items():
            for name in self.names:
                value = getattr(row, name)
                values[f"{name}_{year}"] = (
                    row.get_evidence_display() if name == "evidence" else number(value)
                )
        return SimpleNamespace(
            version=benefit.version,
            edited_by=benefit.edited_by,
            edited_at=benefit.edited_at,
            **values,
        )

    def changed_rows(self) -> list[BenefitYear]:
        """The years as they are to be kept, those of them that differ."""
        changed = []
        for year, row in self.stored.items():
            sent = {
                name: self.cleaned_data[f"{name}_{year}"]
                for name in self.names
                if f"{name}_{year}" in self.fields
            }
            if any(getattr(row, name) != value for name, value in sent.items()):
                for name, value in sent.items():
                    setattr(row, name, value)
                changed.append(row)
        return changed

    @property
    def changes_plan(self) -> bool:
        return any(
            self.cleaned_data.get(f"plan_{year}") != row.plan for year, row in self.stored.items()
        )


def _blank(benefit: Benefit, year: int) -> BenefitYear:
    return BenefitYear(benefit=benefit, year=year)


def _amount(benefit: Benefit, **about: Any) -> NorwegianDecimalField:
    return KronerField(**about) if benefit.is_in_kroner else PersonYearsField(**about)


class PlanForm:
    """The forms of several benefits as one, with one reason for what is changed in the plan."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        benefits: list[Benefit],
        years: list[int],
        said: by_year.Amounts,
        today: dt.date,
    ) -> None:
        self.forms = [
            BenefitYearsForm(
                data, benefit=benefit, years=years, said=said.get(benefit.pk, {}), today=today
            )
            for benefit in benefits
        ]
        is_frozen = any(benefit.frozen_at for benefit in benefits)
        self.why = ReasonForm(data) if is_frozen else None

    def is_valid(self) -> bool:
        """All are asked, so that everything to be put right is said at once."""
        valid = [form.is_valid() for form in self.forms]
        if self.why is None:
            return all(valid)
        if self.why.is_valid() and any(
            form.changes_plan for form in self.forms if form.benefit.frozen_at
        ):
            self.why.require()
        return all(valid) and self.why.is_valid()

    def changed(self) -> list[tuple[Benefit, list[BenefitYear]]]:
        return [(form.benefit, rows) for form in self.forms if (rows := form.changed_rows())]

    @property
    def reason(self) -> str:
        return self.why.cleaned_data["reason"] if self.why else ""

    # The summary of errors reads these, as of one form.

    def _parts(self) -> list[forms.Form]:
        return [*self.forms, *([self.why] if self.why else [])]

    def non_field_errors(self) -> list[str]:
        return [error for part in self._parts() for error in part.non_field_errors()]

    def __iter__(self) -> Iterator[BoundField]:
        for part in self._parts():
            yield from part
