"""What counts as the plan of a benefit, and what a change of it says.

A change is kept as plain JSON, by the names of the fields, so that the log outlives the rows.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from benefits.models import Benefit, BenefitChange, Indicator
from core.formatting import number, short_day

# Måltall, dates, uttak and amounts are what was promised. The rest may be worded better any day.
PLAN_FIELDS = (
    "kind",
    "is_disbenefit",
    "use",
    "realised_from",
    "low_share",
    "high_share",
    "kroner_per_person_year",
)
INDICATOR_PLAN_FIELDS = ("target", "target_on")
INDICATOR = "indicator"

Plain = dict[str, str | None]


def values(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def differences(stored: models.Model, changed: Any, names: Iterable[str]) -> tuple[Plain, Plain]:
    """Before and after, of those of the fields that differ."""
    before: Plain = {}
    after: Plain = {}
    for name in names:
        was, is_now = getattr(stored, name), getattr(changed, name)
        if was != is_now:
            before[name], after[name] = _plain(was), _plain(is_now)
    return before, after


def _plain(value: Any) -> str | None:
    return None if value is None else str(value)


@dataclass(frozen=True)
class Line:
    """«Måltall: 10 → 12»."""

    label: str
    before: str
    after: str


def lines(change: BenefitChange) -> list[Line]:
    """What was changed, in the order it was kept. Nothing for a benefit that came to."""
    names = [name for name in {**change.before, **change.after} if name != INDICATOR]
    return [
        Line(_label(name), _shown(name, change.before), _shown(name, change.after))
        for name in names
    ]


def _label(name: str) -> str:
    if name.isdecimal():
        return _("Plan for {year}").format(year=name)
    field = _field(name)
    return str(field.verbose_name).capitalize() if field else name


def _shown(name: str, values: dict[str, Any]) -> str:
    value = values.get(name)
    if value is None:
        return "–"
    if name.isdecimal():
        return number(Decimal(value))
    return _in_words(_field(name), value)


def _in_words(field: Any, value: str) -> str:
    if field is None:
        return value
    if field.choices:
        return str(dict(field.choices).get(value, value))
    if isinstance(field, models.BooleanField):
        return _("ja") if value == "True" else _("nei")
    if isinstance(field, models.DateField):
        return short_day(dt.date.fromisoformat(value))
    return number(Decimal(value)) if _is_number(field) else value


def _is_number(field: Any) -> bool:
    return isinstance(field, models.DecimalField | models.IntegerField)


def _field(name: str) -> Any:
    """Of the benefit or of its indicator: no name stands in both plans."""
    if name in INDICATOR_PLAN_FIELDS:
        return Indicator._meta.get_field(name)
    fields = {field.name: field for field in Benefit._meta.get_fields()}
    return fields.get(name)
