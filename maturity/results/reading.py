"""Every submitted level and target of some years, as arrays: the same few reads for any number."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, QuerySet

from maturity import scoring
from maturity.bridge import Bridge, Version, comparable
from maturity.models import (
    Aggregation,
    Answer,
    Area,
    Assessment,
    AssessmentSource,
    LevelGuidance,
    SectorWeight,
)
from municipality.models import AnnualCycle, Sector

Levels = npt.NDArray[np.int8]


@dataclass(frozen=True)
class MeasuredYear:
    """A year in which somebody has submitted, with its own areas and its own rule."""

    cycle: AnnualCycle
    areas: tuple[Area, ...]
    aggregation: Aggregation
    weights: tuple[int, ...]  # of the sectors in their order, all alike when it is not weighted
    lacks_staff: tuple[str, ...]  # sectors that cannot be weighed: then nobody is
    is_imported: bool

    @property
    def year(self) -> int:
        return self.cycle.year

    @property
    def is_weighted(self) -> bool:
        return self.aggregation == Aggregation.BY_STAFF and not self.lacks_staff

    def area(self, code: str) -> Area | None:
        return next((area for area in self.areas if area.code == code), None)


@dataclass(frozen=True)
class Bridges:
    """From one measured year to the next, area by area."""

    by_area: dict[str, Bridge]
    renamed: frozenset[str]  # areas in which a level has changed its name
    same_rule: bool

    def same_questions(self, code: str) -> bool:
        """Can a sector's own levels in the area be compared?"""
        bridge = self.by_area.get(code)
        return bridge is not None and bridge.is_whole and code not in self.renamed

    def is_comparable(self, code: str) -> bool:
        """Can the area's means stand on one line?"""
        return self.same_rule and self.same_questions(code)

    @property
    def all_comparable(self) -> bool:
        return bool(self.by_area) and all(map(self.is_comparable, self.by_area))


@dataclass(frozen=True)
class History:
    """`levels` and `targets` are [years, sectors, areas], the oldest year first."""

    years: tuple[MeasuredYear, ...]
    sectors: tuple[Sector, ...]
    codes: tuple[str, ...]
    levels: Levels
    targets: Levels
    bridges: tuple[Bridges, ...]  # bridges[n] leads from years[n] to years[n + 1]

    @cached_property
    def results(self) -> list[scoring.Result]:
        return scoring.yearly(self.codes, self.levels, weights=self._weights)

    @cached_property
    def target_results(self) -> list[scoring.Result]:
        """The means of the targets, which are for the year after; weighed as the levels are."""
        return scoring.yearly(self.codes, self.targets, weights=self._weights)

    @property
    def _weights(self) -> npt.NDArray[np.int64]:
        shape = (len(self.years), len(self.sectors))
        return np.array([year.weights for year in self.years], dtype=np.int64).reshape(shape)

    def index(self, year: int) -> int | None:
        found = [place for place, each in enumerate(self.years) if each.year == year]
        return found[0] if found else None

    def result(self, year: int) -> scoring.Result:
        """What was submitted in the year; empty when nobody did."""
        place = self.index(year)
        return scoring.result(self.codes, []) if place is None else self.results[place]

    def target_result(self, year: int) -> scoring.Result:
        """The targets that were set for the year, the year before."""
        place = self.index(year - 1)
        return scoring.result(self.codes, []) if place is None else self.target_results[place]

    def of_sector(self, year: int, sector: Sector, values: Levels) -> dict[str, int]:
        """Area code → level (or target) of one sector."""
        place = self.index(year)
        if place is None:
            return {}
        row = values[place, self._rows[sector.pk]].tolist()
        pairs = zip(self.codes, row, strict=True)
        return {code: level for code, level in pairs if level != scoring.NOT_ANSWERED}

    def until(self, year: int) -> "History":
        """Without what came later."""
        kept = sum(each.year <= year for each in self.years)
        return replace(
            self,
            years=self.years[:kept],
            levels=self.levels[:kept],
            targets=self.targets[:kept],
            bridges=self.bridges[: max(kept - 1, 0)],
        )

    def bridges_to(self, year: int) -> Bridges | None:
        """From the measured year before, when that is the year before."""
        place = self.index(year)
        if not place or self.years[place - 1].year != year - 1:
            return None
        return self.bridges[place - 1]

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {sector.pk: row for row, sector in enumerate(self.sectors)}


def read(*, until: int, since: int = 0) -> History:
    """The years from `since` to `until` in which somebody has submitted."""
    sectors = tuple(Sector.objects.all())
    answers = _answers(since, until)
    if not answers:
        return _nothing(sectors)
    areas = Area.objects.select_related("instrument").in_bulk({row[1] for row in answers})
    codes = _codes(areas.values())
    years = _years(since, until, areas, answers, sectors)
    levels, targets = _arrays(years, sectors, codes, areas, answers)
    return History(
        years=tuple(years),
        sectors=sectors,
        codes=codes,
        levels=levels,
        targets=targets,
        bridges=_bridges(years),
    )


def _nothing(sectors: tuple[Sector, ...]) -> History:
    empty = np.empty((0, len(sectors), 0), dtype=np.int8)
    return History((), sectors, (), levels=empty, targets=empty, bridges=())


def submitted(since: int, until: int) -> QuerySet[Assessment]:
    return Assessment.objects.submitted().filter(cycle__year__gte=since, cycle__year__lte=until)


AnswerRow = tuple[int, int, list[int], list[int], list[int | None]]


def _answers(since: int, until: int) -> list[AnswerRow]:
    """One row per year and area, with the sectors, their levels and their targets in it."""
    return list(
        Answer.objects.filter(assessment__in=submitted(since, until), level__isnull=False)
        .values_list("assessment__cycle_id", "area_id")
        .annotate(
            sectors=ArrayAgg("assessment__sector_id"),
            levels=ArrayAgg("level"),
            targets=ArrayAgg("target"),
        )
        .order_by()
    )


def _codes(areas: Iterable[Area]) -> tuple[str, ...]:
    """In the newest instrument's order, then those that only older ones have."""
    ordered = sorted(areas, key=lambda area: (-area.instrument_id, area.order, area.pk))
    return tuple(dict.fromkeys(area.code for area in ordered))


def _years(
    since: int,
    until: int,
    areas: dict[int, Area],
    answers: list[AnswerRow],
    sectors: tuple[Sector, ...],
) -> list[MeasuredYear]:
    counted = dict(
        submitted(since, until)
        .values_list("cycle")
        .annotate(entered=Count("pk", filter=~Q(source=AssessmentSource.IMPORTED)))
        .order_by()
    )
    cycles = AnnualCycle.objects.filter(pk__in=counted).select_related("measurement_round")
    staff = _staff(cycle.pk for cycle in cycles)
    found = []
    for cycle in sorted(cycles, key=lambda cycle: cycle.year):
        rows = [row for row in answers if row[0] == cycle.pk]
        answered = {sector for row in rows for sector in row[2]}
        round_ = getattr(cycle, "measurement_round", None)
        rule = Aggregation(round_.aggregation) if round_ else Aggregation.UNWEIGHTED
        weights = staff.get(cycle.pk, {}) if rule == Aggregation.BY_STAFF else None
        lacking = [
            sector.short_name
            for sector in sectors
            if weights is not None and sector.pk in answered and sector.pk not in weights
        ]
        found.append(
            MeasuredYear(
                cycle=cycle,
                areas=_in_order(areas[row[1]] for row in rows),
                aggregation=rule,
                weights=_parts(sectors, None if lacking else weights),
                lacks_staff=tuple(lacking),
                is_imported=not counted[cycle.pk],
            )
        )
    return found


def _in_order(areas: Iterable[Area]) -> tuple[Area, ...]:
    return tuple(sorted(areas, key=lambda area: (area.order, area.pk)))


def _staff(cycles: Iterable[int]) -> dict[int, dict[int, Decimal]]:
    """Cycle id → sector id → årsverk."""
    rows = (
        SectorWeight.objects.filter(round__cycle__in=list(cycles))
        .values_list("round__cycle_id")
        .annotate(sectors=ArrayAgg("sector_id"), staff=ArrayAgg("staff"))
        .order_by()
    )
    return {cycle: dict(zip(sectors, staff, strict=True)) for cycle, sectors, staff in rows}


def _parts(sectors: tuple[Sector, ...], weights: dict[int, Decimal] | None) -> tuple[int, ...]:
    """Whole weights, of one unit within a year. All alike where the year is not weighted."""
    if weights is None:
        return (1,) * len(sectors)
    staff = [weights.get(sector.pk, Decimal(0)) for sector in sectors]
    return tuple(scoring.as_whole_numbers(staff).tolist())


def _arrays(
    years: list[MeasuredYear],
    sectors: tuple[Sector, ...],
    codes: tuple[str, ...],
    areas: dict[int, Area],
    answers: list[AnswerRow],
) -> tuple[Levels, Levels]:
    shape = (len(years), len(sectors), len(codes))
    levels = np.full(shape, scoring.NOT_ANSWERED, dtype=np.int8)
    targets = levels.copy()
    year_at = {year.cycle.pk: place for place, year in enumerate(years)}
    row_at = {sector.pk: place for place, sector in enumerate(sectors)}
    column_at = {code: place for place, code in enumerate(codes)}
    for cycle, area, who, given, aims in answers:
        rows = [row_at[sector] for sector in who]
        place = year_at[cycle], column_at[areas[area].code]
        levels[place[0], rows, place[1]] = given
        targets[place[0], rows, place[1]] = [
            scoring.NOT_ANSWERED if aim is None else aim for aim in aims
        ]
    return levels, targets


def _bridges(years: list[MeasuredYear]) -> tuple[Bridges, ...]:
    instruments = {area.instrument_id for year in years for area in year.areas}
    texts = _texts(instruments) if len(instruments) > 1 else {}
    return tuple(_bridge(before, now, texts) for before, now in pairwise(years))


Text = tuple[dict[int, str], dict[str, int]]  # the levels' names, and the statements by key


def _texts(instruments: set[int]) -> dict[tuple[int, str], Text]:
    """Instrument id and area code → what is asked there."""
    found: dict[tuple[int, str], Text] = {}
    rows = LevelGuidance.objects.filter(area__instrument__in=instruments).values_list(
        "area__instrument_id", "area__code", "level", "name", "characteristics__key"
    )
    for instrument, code, level, name, key in rows.order_by():
        names, statements = found.setdefault((instrument, code), ({}, {}))
        names[level] = name
        if key is not None:
            statements[key] = level
    return found


def _bridge(before: MeasuredYear, now: MeasuredYear, texts: dict[tuple[int, str], Text]) -> Bridges:
    nothing: Text = ({}, {})
    there = {
        area.code: texts.get((area.instrument_id, area.code), nothing) for area in before.areas
    }
    here = {area.code: texts.get((area.instrument_id, area.code), nothing) for area in now.areas}
    return Bridges(
        by_area=comparable(_statements(here), _statements(there)),
        renamed=frozenset(code for code in here.keys() & there if here[code][0] != there[code][0]),
        same_rule=before.is_weighted == now.is_weighted,
    )


def _statements(texts: dict[str, Text]) -> Version:
    return {code: statements for code, (_names, statements) in texts.items()}
