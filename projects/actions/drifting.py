"""The drawings of a project's drift since BP3, asked for when something has moved."""

import datetime as dt
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from core.actions import WantedChart, request_charts
from projects import drift
from projects.accumulation import Distance, Step, StepKind
from projects.charts import Point, drift_chart
from projects.models import Project

DRIFT_MEASURES: dict[str, tuple[str, str, Callable[[Distance], float | None]]] = {
    "days": ("Tid", "Dager senere", lambda distance: distance.days),
    "cost": (
        "Penger",
        "Tusen kroner mer",
        lambda distance: None if distance.cost is None else float(distance.cost) / 1000,
    ),
    "benefit": ("Gevinst", "Prosentpoeng av det lovede", lambda distance: distance.benefit),
}


def redraw_drift(project: Project, *, on: dt.date) -> None:
    """Ask for the three drawings of a project that is past BP3 and has something to show."""
    steps = drift.steps(project)
    if len(steps) < drift.FEWEST_STEPS:
        return
    request_charts(_wanted(project, name, steps, until=on) for name in DRIFT_MEASURES)


def _wanted(project: Project, name: str, steps: Sequence[Step], *, until: dt.date) -> WantedChart:
    title, unit, _value = DRIFT_MEASURES[name]
    changes = _points(steps, name, {StepKind.AGREED, StepKind.CHANGE})
    reports = _points(steps, name, {StepKind.REPORT})
    return WantedChart(
        drift.chart_key(project, name),
        spec=drift_chart(unit=unit, changes=changes, reports=reports, until=until),
        title=_("{what} siden BP3: {name}").format(what=title, name=project.name),
        description=_(
            "Godkjente endringer og rapporter mot det som var avtalt. Tabellen har alle tallene."
        ),
    )


def _points(steps: Sequence[Step], name: str, kinds: set[StepKind]) -> list[Point]:
    value = DRIFT_MEASURES[name][2]
    return [
        Point(step.on, float(number))
        for step in steps
        if step.kind in kinds and (number := value(step.distance)) is not None
    ]
