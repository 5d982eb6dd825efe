"""What a project's page says at once to those inside: status, money, benefits, what is next."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from core.bars import percent_of_width
from core.formatting import kroner, month, month_name, number
from projects.lights import story
from projects.models import (
    BudgetLine,
    DimensionStatus,
    Light,
    Milestone,
    Parameter,
    Project,
    Risk,
    RiskStatus,
    StatusReport,
)

FEW = 3  # risks, milestones and missing points that the page shows itself
ROOM = Decimal("1.04")  # the bar is a little longer than the largest amount
LOOKS = {Light.GREEN: "check", Light.YELLOW: "alert", Light.RED: "octagon"}


@dataclass(frozen=True)
class Shown:
    """One dimension of the status: its light, its words, and what it was the month before."""

    label: str
    light: str
    icon: str
    words: str
    comment: str
    change: str


@dataclass(frozen=True)
class StatusNow:
    report: StatusReport
    heading: str
    dimensions: list[Shown]


def status_now(project: Project) -> StatusNow | None:
    """The last report that was sent, beside the one before it. Two reads."""
    reports = list(
        project.status_reports.sent().order_by("-month").prefetch_related("dimensions")[:2]
    )
    if not reports:
        return None
    before = {each.dimension: each for each in reports[1].dimensions.all()} if reports[1:] else {}
    dimensions = list(reports[0].dimensions.all())
    return StatusNow(
        report=reports[0],
        heading=_("Status i {month}: {words}").format(
            month=month_name(reports[0].month), words=story(dimensions)
        ),
        dimensions=[_shown(each, before.get(each.dimension)) for each in dimensions],
    )


def _words(status: DimensionStatus) -> str:
    return status.words or str(status.get_light_display())


def _shown(status: DimensionStatus, before: DimensionStatus | None) -> Shown:
    changed = before is not None and (before.light, _words(before)) != (
        status.light,
        _words(status),
    )
    return Shown(
        label=str(status.get_dimension_display()),
        light=status.light,
        icon=LOOKS[Light(status.light)],
        words=_words(status),
        comment=status.comment,
        change=_("Endret fra {words}").format(words=_words(before).lower())
        if before is not None and changed
        else "",
    )


@dataclass(frozen=True)
class Money:
    """Spent, forecast and budget of the whole project, in kroner. Nothing known is `None`."""

    budget: Decimal | None
    spent: Decimal | None
    forecast: Decimal | None
    tolerance: Decimal | None

    @property
    def is_known(self) -> bool:
        return self.budget is not None or self.spent is not None

    @property
    def over(self) -> Decimal | None:
        if self.forecast is None or self.budget is None:
            return None
        return self.forecast - self.budget

    @property
    def is_outside(self) -> bool:
        """Past the tolerance; on the line is inside."""
        return self.over is not None and self.over > (self.tolerance or 0)

    @property
    def sentence(self) -> str:
        """«Prognosen er 1,98 mill. kr, 80 000 kr over budsjettet. Toleransen er 100 000 kr.»"""
        if self.forecast is None:
            first = _("Ingen har meldt en prognose ennå.")
        elif not self.over:
            first = _("Prognosen er {forecast}, som budsjettet.")
        elif self.over > 0:
            first = _("Prognosen er {forecast}, {distance} over budsjettet.")
        else:
            first = _("Prognosen er {forecast}, {distance} under budsjettet.")
        said = first.format(
            forecast=kroner(self.forecast, 2), distance=kroner(abs(self.over or Decimal(0)), 2)
        )
        if self.tolerance is None:
            return said
        return f"{said} " + _("Toleransen er {tolerance}.").format(tolerance=kroner(self.tolerance))

    @property
    def spent_words(self) -> str:
        return kroner(self.spent or 0, 2)

    @property
    def of_budget(self) -> str:
        """«brukt av 1,90», in the unit of what is spent."""
        if self.budget is None:
            return _("brukt")
        both_large = min(self.budget, self.spent or 0) >= 1_000_000
        amount = number(self.budget / 1_000_000, 2) if both_large else kroner(self.budget, 2)
        return _("brukt av {budget}").format(budget=amount)

    @property
    def spent_x(self) -> str:
        return self._at(self.spent)

    @property
    def budget_x(self) -> str:
        return self._at(self.budget) if self.budget else ""

    @property
    def limit_x(self) -> str:
        """Where the tolerance ends."""
        if not self.budget or not self.tolerance:
            return ""
        return self._at(self.budget + self.tolerance)

    def _at(self, amount: Decimal | None) -> str:
        limit = (self.budget or Decimal(0)) + (self.tolerance or 0)
        longest = max(limit, self.spent or Decimal(0), self.forecast or Decimal(0), Decimal(1))
        return percent_of_width(float((amount or 0) / (longest * ROOM) * 100))


def money(project: Project, report: StatusReport | None) -> Money:
    """From the lines of the budget, else from the latest report and the frame. Two reads."""
    lines = list(project.budget_lines.all())
    cost = project.tolerances.filter(parameter=Parameter.COST).first()
    return Money(
        budget=sum((line.budget for line in lines), Decimal(0)) if lines else project.budget,
        spent=_spent(lines, report),
        forecast=project.forecast if project.forecast is not None else _forecast(lines),
        tolerance=cost.limit if cost else None,
    )


def _spent(lines: Sequence[BudgetLine], report: StatusReport | None) -> Decimal | None:
    if lines:
        return sum((line.spent for line in lines), Decimal(0))
    return report.spent if report else None


def _forecast(lines: Sequence[BudgetLine]) -> Decimal | None:
    """Unknown until somebody has made one; a line without one then counts as its budget."""
    if all(line.forecast is None for line in lines):
        return None
    amounts = (line.budget if line.forecast is None else line.forecast for line in lines)
    return sum(amounts, Decimal(0))


@dataclass(frozen=True)
class BenefitLine:
    """A benefit and how far it has come; past the target the bar is full."""

    name: str
    url: str
    progress: Decimal | None
    state: str
    waits: str
    is_disbenefit: bool = False

    @property
    def filled(self) -> str:
        part = min(max(self.progress or Decimal(0), Decimal(0)), Decimal(1))
        return percent_of_width(float(part * 100))


def benefit_lines(benefits: Sequence[Any]) -> list[BenefitLine]:
    return [
        BenefitLine(
            name=benefit.name,
            url=benefit.get_absolute_url(),
            progress=benefit.latest_progress,
            state=str(benefit.get_state_display()),
            waits=_first_measured(benefit),
            is_disbenefit=benefit.is_disbenefit,
        )
        for benefit in benefits
    ]


def _first_measured(benefit: Any) -> str:
    if benefit.is_measured:
        return ""
    if benefit.next_measurement_on is None:
        return _("Ingen måling er planlagt.")
    return _("Måles første gang i {month}").format(month=month(benefit.next_measurement_on))


def highest_risks(project: Project) -> list[Risk]:
    """The open ones with the highest S × K, the highest first."""
    still_open = project.risks.exclude(status=RiskStatus.GONE).select_related("owner")
    return list(still_open.order_by(-F("likelihood") * F("impact"), "number")[:FEW])


def next_milestones(project: Project) -> list[Milestone]:
    ahead = project.milestones.filter(reached_on=None).select_related("responsible")
    return list(ahead.order_by("planned_on", "pk")[:FEW])


def days_silent(project: Project, *, on: dt.date) -> int:
    """Whole days since anything happened in the project; 0 while it is within its method's."""
    if project.has_ended or project.method is None:
        return 0
    days = (on - timezone.localdate(project.updated_at)).days
    return days if days > project.method.silent_after_days else 0
