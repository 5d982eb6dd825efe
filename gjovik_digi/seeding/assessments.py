"""Måling: what each sector answered in each of the years."""

import datetime as dt

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene, backdate, moment
from maturity.models import Answer, Area, Assessment, AssessmentStatus, Instrument
from municipality.calendar import PhaseKind

MORE_TIME = 10  # days from today, for the sector that is half done


def make(scene: Scene) -> None:
    instrument = Instrument.objects.prefetch_related("areas").get(is_current=True)
    areas = list(instrument.areas.all())
    for year in texts.read("maturity")["years"]:
        for row in year["assessments"]:
            assessment = _assessment(scene, instrument, year["offset"], row)
            _answers(scene, assessment, areas, row)


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
        scene.tell("assessment submitted", assessment, by=sector.leader, at=at)
    return assessment


def _answers(scene: Scene, assessment: Assessment, areas: list[Area], row: dict) -> None:
    leader = assessment.sector.leader
    Answer.objects.bulk_create(
        Answer(
            assessment=assessment,
            area=area,
            level=answer.get("level"),
            reason=answer.get("reason", "").strip(),
            version=1 if answer else 0,
            edited_by=leader if answer else None,
            edited_at=assessment.created_at if answer else None,
        )
        for area in areas
        for answer in [row["areas"].get(area.code, {})]
    )


def _answered_at(scene: Scene, offset: int, sector: str) -> dt.datetime:
    closes_on = scene.cycles[offset].phase(PhaseKind.MEASUREMENT).closes_on
    days_before = 2 + texts.number_from("assessment", str(offset), sector) % 20
    return moment(closes_on - dt.timedelta(days=days_before), sector)
