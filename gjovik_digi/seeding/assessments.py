"""Måling: the round of each year, and what each sector agreed on."""

import datetime as dt
from typing import Any

from gjovik_digi.seeding import instruments, texts
from gjovik_digi.seeding.scene import Scene, backdate, moment
from maturity.actions.assessments import keep_revision
from maturity.models import (
    Answer,
    Area,
    Assessment,
    AssessmentStatus,
    Instrument,
    Measure,
    MeasurementRound,
)
from municipality.calendar import PhaseKind

MORE_TIME = 10  # days from today, for the sector that is half done
TEAM = "marte.sveen@demo.gjovik.example"
PER_LEVEL = {0: 3, -1: 2, 1: 1}  # ticks, by how far a level is from the one they set


def make(scene: Scene) -> None:
    used = instruments.make(scene)
    plans = {(row["offset"], row["sector"], row["area"]): row for row in texts.read("measures")}
    for year in texts.read("maturity")["years"]:
        offset, instrument = year["offset"], used[year["offset"]]
        areas = list(instrument.areas.prefetch_related("levels__characteristics"))
        _round(scene, instrument, offset)
        for row in year["assessments"]:
            assessment = _assessment(scene, instrument, offset, row)
            for area in areas:
                plan = plans.get((offset, row["sector"], area.code), {})
                _answer(assessment, area, row["areas"].get(area.code, {}), plan, offset=offset)
            if assessment.submitted_by is not None:
                keep_revision(assessment, by=assessment.submitted_by)


def _round(scene: Scene, instrument: Instrument, offset: int) -> MeasurementRound:
    cycle = scene.cycles[offset]
    phase = cycle.phase(PhaseKind.MEASUREMENT)
    opened = MeasurementRound.objects.create(
        cycle=cycle,
        instrument=instrument,
        opens_on=phase.opens_on,
        closes_on=phase.closes_on,
        opened_by=scene.person(TEAM),
    )
    at = moment(phase.opens_on, "round", str(offset))
    backdate([opened], at)
    scene.tell("measurement round opened", cycle, by=scene.person(TEAM), at=at)
    return opened


def _assessment(scene: Scene, instrument: Instrument, offset: int, row: dict) -> Assessment:
    cycle, sector = scene.cycles[offset], scene.sectors[row["sector"]]
    assessment = Assessment(cycle=cycle, sector=sector, instrument=instrument)
    at = _answered_at(scene, offset, row["sector"])
    if row["submitted"]:
        assessment.status = AssessmentStatus.SUBMITTED
        assessment.submitted_at = at
        assessment.submitted_by = sector.leader
    else:
        assessment.extended_to = scene.day(MORE_TIME)
    assessment.save()
    backdate([assessment], at)
    scene.tell("assessment started", assessment, by=sector.leader, at=at)
    if row["submitted"]:
        scene.tell("assessment submitted", assessment, by=sector.leader, at=at, revision=1)
    return assessment


def _answer(
    assessment: Assessment,
    area: Area,
    given: dict[str, Any],
    plan: dict[str, Any],
    *,
    offset: int,
) -> None:
    leader, level = assessment.sector.leader, given.get("level")
    answer = Answer.objects.create(
        assessment=assessment,
        area=area,
        level=level,
        reason=given.get("reason", "").strip(),
        target=plan.get("target") or (_target(assessment, area, level) if offset > -2 else None),
        version=1 if given else 0,
        edited_by=leader if given else None,
        edited_at=assessment.created_at if given else None,
    )
    if level is not None:
        answer.ticks.set(_ticks(assessment, area, level))
    Measure.objects.bulk_create(
        Measure(answer=answer, text=text, order=order, added_by=leader)
        for order, text in enumerate(plan.get("measures", []), 1)
    )


def _target(assessment: Assessment, area: Area, level: int | None) -> int | None:
    """Some aim one level up, some will hold what they have."""
    if level is None:
        return None
    return min(5, level + texts.number_from("target", str(assessment), area.code) % 2)


def _ticks(assessment: Assessment, area: Area, level: int) -> list[int]:
    """Most on the level they set, some on the one below, one on the one above."""
    ticked = []
    for guidance in area.levels.all():
        wanted = PER_LEVEL.get(guidance.level - level, 0)
        begin = texts.number_from("ticks", str(assessment), area.code, str(guidance.level))
        statements = list(guidance.characteristics.all())
        ticked += [statements[(begin + n) % len(statements)].pk for n in range(wanted)]
    return ticked


def _answered_at(scene: Scene, offset: int, sector: str) -> dt.datetime:
    closes_on = scene.cycles[offset].phase(PhaseKind.MEASUREMENT).closes_on
    days_before = 2 + texts.number_from("assessment", str(offset), sector) % 20
    return moment(closes_on - dt.timedelta(days=days_before), sector)
