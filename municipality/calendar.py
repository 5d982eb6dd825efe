"""The dates of the annual cycle: plain arithmetic, no tables.

Default dates are counted back from the budget deadline, so that idea collection and
prioritisation lie ahead of the budget process (strategy §6; default of domain.md §5.10).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class PhaseKind(models.TextChoices):
    """The phases in the order of the year."""

    MEASUREMENT = "measurement", _("Måling")
    IDEATION = "ideation", _("Idémyldring")
    PRIORITISATION = "prioritisation", _("Prioritering")
    MEMO = "memo", _("Notat og vedtak")
    PROJECT = "project", _("Prosjekt")


SHORT_NAMES = {PhaseKind.MEMO: _("Notat")}


class PhaseState(StrEnum):
    UPCOMING = "upcoming"
    OPEN = "now"
    DONE = "done"


# Days before the budget deadline that each phase opens and has its last day. With the deadline on
# 25 October: måling 5 January–27 March, idémyldring 7 April–31 May, prioritering 1 June–28 August,
# notat 31 August–9 October, prosjekt 12 October–31 December.
DEFAULT_OFFSETS = {
    PhaseKind.MEASUREMENT: (293, 212),
    PhaseKind.IDEATION: (201, 147),
    PhaseKind.PRIORITISATION: (146, 58),
    PhaseKind.MEMO: (55, 16),
    PhaseKind.PROJECT: (13, -67),
}
DEFAULT_DEADLINE = (10, 25)


@dataclass(frozen=True)
class Span:
    """First and last day, both included."""

    opens_on: dt.date
    closes_on: dt.date


def default_deadline(year: int) -> dt.date:
    return dt.date(year, *DEFAULT_DEADLINE)


def default_phases(budget_deadline: dt.date) -> dict[PhaseKind, Span]:
    """The five phases counted back from `budget_deadline`."""
    return {
        kind: Span(
            budget_deadline - dt.timedelta(days=opens), budget_deadline - dt.timedelta(days=closes)
        )
        for kind, (opens, closes) in DEFAULT_OFFSETS.items()
    }


def state(opens_on: dt.date, closes_on: dt.date, *, on: dt.date) -> PhaseState:
    if on < opens_on:
        return PhaseState.UPCOMING
    return PhaseState.OPEN if on <= closes_on else PhaseState.DONE


@dataclass(frozen=True)
class Overlap:
    """Two phases that follow each other and are open at the same time for some days."""

    first: PhaseKind
    second: PhaseKind
    days: int


def overlaps(spans: Mapping[PhaseKind, Span]) -> list[Overlap]:
    """Allowed, but worth a word: the next phase begins before the one before has closed."""
    kinds = [kind for kind in PhaseKind if kind in spans]
    found = []
    for first, second in zip(kinds, kinds[1:], strict=False):
        days = (spans[first].closes_on - spans[second].opens_on).days + 1
        if days > 0:
            found.append(Overlap(first, second, days))
    return found
