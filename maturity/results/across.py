"""Across a break: the statements that stand in both versions, and how many sectors ticked them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from maturity.models import Answer, Area, AssessmentStatus, Characteristic
from maturity.results.development import Break, development
from maturity.results.reading import History, MeasuredYear
from municipality.models import AnnualCycle


@dataclass(frozen=True)
class SharedStatement:
    level: int
    text: str
    before: int  # sectors that ticked it then
    now: int


@dataclass(frozen=True)
class SharedArea:
    area: Area
    shared: int
    total: int
    statements: list[SharedStatement]


@dataclass(frozen=True)
class AcrossBreak:
    at: Break
    sectors_before: int
    sectors_now: int
    has_ticks: bool  # were statements ticked in both years? An imported year has levels alone
    areas: list[SharedArea]


def across_break(history: History, cycle: AnnualCycle) -> AcrossBreak | None:
    """None when nothing was changed between the year and the one measured before it."""
    place = history.index(cycle.year)
    found = [each for each in development(history).breaks if each.now == cycle.year]
    if not place or not found or not found[0].has_statements:
        return None
    before, now = history.years[place - 1], history.years[place]
    then, since = _ticks(before), _ticks(now)
    return AcrossBreak(
        at=found[0],
        sectors_before=history.results[place - 1].count,
        sectors_now=history.results[place].count,
        has_ticks=bool(then) and bool(since),
        areas=_areas(before, now, found[0], then, since),
    )


def _ticks(year: MeasuredYear) -> dict[tuple[str, str], int]:
    """Area code and statement key → how many sectors ticked it."""
    rows = (
        Answer.ticks.through.objects.filter(
            answer__assessment__cycle=year.cycle,
            answer__assessment__status=AssessmentStatus.SUBMITTED,
        )
        .values_list("answer__area__code", "characteristic__key")
        .annotate(count=Count("answer"))
        .order_by()
    )
    return {(code, key): count for code, key, count in rows}


def _areas(
    before: MeasuredYear,
    now: MeasuredYear,
    at: Break,
    then: dict[tuple[str, str], int],
    since: dict[tuple[str, str], int],
) -> list[SharedArea]:
    texts = _statements([*before.areas, *now.areas])
    return [
        SharedArea(
            area=area,
            shared=at.bridges.by_area[area.code].shared,
            total=at.bridges.by_area[area.code].total,
            statements=[
                SharedStatement(
                    level=each.guidance.level,
                    text=each.text,
                    before=then.get((area.code, each.key), 0),
                    now=since.get((area.code, each.key), 0),
                )
                for each in _in_both(texts, before.area(area.code), area)
            ],
        )
        for area in now.areas
    ]


def _statements(areas: Iterable[Area]) -> dict[int, list[Characteristic]]:
    found: dict[int, list[Characteristic]] = defaultdict(list)
    rows = Characteristic.objects.filter(guidance__area__in=list(areas)).select_related("guidance")
    for each in rows.order_by("guidance__level", "order", "pk"):
        found[each.guidance.area_id].append(each)
    return found


def _in_both(
    texts: dict[int, list[Characteristic]], before: Area | None, now: Area
) -> list[Characteristic]:
    """Those of now that stood on the same level then: maturity.bridge counts the same ones."""
    then = texts[before.pk] if before else []
    places = {(each.key, each.guidance.level) for each in then}
    return [each for each in texts[now.pk] if (each.key, each.guidance.level) in places]
