"""`python -m benchmarks.maturity_job <sectors> <years> <members>`: fills an empty database.

Every sector has submitted in every year, with a reason, a target and ticks in each area, and every
member of its group has answered alone. Half-way the instrument was changed. Not to be read.
"""

import datetime as dt
import sys

import django

ASSESSMENTS = """
INSERT INTO maturity_assessment
    (created_at, updated_at, cycle_id, sector_id, instrument_id, status, source, submitted_at,
     submitted_by_id)
SELECT now(), now(), round.cycle_id, sector.id, round.instrument_id, 'submitted', 'entered', now(),
       %s
FROM maturity_measurementround round CROSS JOIN municipality_sector sector
"""
ANSWERS = """
INSERT INTO maturity_answer (version, assessment_id, area_id, level, reason, target)
SELECT 1, assessment.id, area.id, 1 + abs(hashint8(assessment.id * 31 + area.id) %% 5),
       'Vi har en plan, men for få hender til å følge den. Brukerne er med fra første skisse.',
       1 + abs(hashint8(assessment.id * 17 + area.id) %% 5)
FROM maturity_assessment assessment
JOIN maturity_area area ON area.instrument_id = assessment.instrument_id
"""
TICKS = """
INSERT INTO maturity_answer_ticks (answer_id, characteristic_id)
SELECT answer.id, characteristic.id
FROM maturity_answer answer
JOIN maturity_levelguidance guidance
    ON guidance.area_id = answer.area_id AND guidance.level = answer.level
JOIN maturity_characteristic characteristic ON characteristic.guidance_id = guidance.id
"""
MEMBERS = """
INSERT INTO maturity_respondent
    (assessment_id, name, email, nonce, invited_at, completed_at, forgotten_at)
SELECT assessment.id, '', '', md5(assessment.id || '-' || member), now(), now(), now()
FROM maturity_assessment assessment CROSS JOIN generate_series(1, %s) AS member
"""
MEMBERS_ANSWERS = """
INSERT INTO maturity_individualanswer (version, respondent_id, area_id, level, reason)
SELECT 1, respondent.id, answer.area_id,
       1 + abs(hashint8(respondent.id * 13 + answer.area_id) %% 5), ''
FROM maturity_respondent respondent
JOIN maturity_answer answer ON answer.assessment_id = respondent.assessment_id
"""


def fill(*, sectors: int, years: int, members: int) -> None:
    django.setup()
    from django.db import connection, transaction  # noqa: PLC0415  after the settings are read

    from gjovik_digi.seeding import reference  # noqa: PLC0415

    with transaction.atomic(), connection.cursor() as cursor:
        reference.load()
        by = _people_and_places(sectors)
        _years(years)
        cursor.execute(ASSESSMENTS, [by])
        cursor.execute(ANSWERS, [])
        cursor.execute(TICKS, [])
        cursor.execute(MEMBERS, [members])
        cursor.execute(MEMBERS_ANSWERS, [])
        cursor.execute("ANALYZE")  # the planner must know what has just come
    _draw()


def _people_and_places(sectors: int) -> int:
    """As many sectors as asked for, and somebody of whom it can be said that they submitted."""
    from municipality.models import Municipality, Sector, User  # noqa: PLC0415

    Municipality.objects.update_or_create(pk=1, defaults={"is_demo": True})
    there = Sector.objects.count()
    Sector.objects.bulk_create(
        Sector(
            code=f"sektor-{number}",
            name=f"Sektor nummer {number}",
            short_name=f"Sektor {number}",
            order=100 + number,
        )
        for number in range(there, sectors)
    )
    return User.objects.create_user("benk@gjovik.example", name="Benk").pk


def _years(years: int) -> None:
    """A round in each, with the older instrument in the first half of them."""
    from django.utils import timezone  # noqa: PLC0415

    from ideas.models import Idea, Submitter  # noqa: PLC0415
    from maturity.models import Instrument, MeasurementRound  # noqa: PLC0415
    from municipality.calendar import PhaseKind  # noqa: PLC0415
    from municipality.models import AnnualCycle, Phase  # noqa: PLC0415

    newest = timezone.localdate().year
    current = Instrument.objects.get(is_current=True)
    older = _older(current)
    for year in range(newest - years + 1, newest + 1):
        cycle = AnnualCycle.objects.create(
            year=year, budget_deadline=dt.date(year, 10, 25), is_current=year == newest
        )
        opens_on, closes_on = dt.date(year, 1, 7), dt.date(year, 2, 15)
        Phase.objects.bulk_create(
            Phase(cycle=cycle, kind=kind, opens_on=opens_on, closes_on=closes_on)
            for kind in PhaseKind
        )
        MeasurementRound.objects.create(
            cycle=cycle,
            instrument=older if year <= newest - years // 2 else current,
            opens_on=opens_on,
            closes_on=closes_on,
        )
    # The floor reads one row.
    Idea.objects.create(
        cycle=cycle,
        code="G00-001",
        title="Gulvet",
        problem="Gulvet",
        submitter=Submitter.values[0],
        answer_due_on=closes_on,
    )


def _older(current):
    """The version before: the same areas and levels, one statement otherwise in each area."""
    from maturity.models import Area, Characteristic, Instrument, LevelGuidance  # noqa: PLC0415

    older = Instrument.objects.create(name=current.name, version="eldre", source=current.source)
    for area in current.areas.prefetch_related("levels__characteristics"):
        copy = Area.objects.create(
            instrument=older,
            code=area.code,
            name=area.name,
            question=area.question,
            order=area.order,
        )
        for level in area.levels.all():
            guidance = LevelGuidance.objects.create(
                area=copy, level=level.level, name=level.name, description=level.description
            )
            Characteristic.objects.bulk_create(
                Characteristic(
                    guidance=guidance,
                    key=f"{each.key}-eldre" if level.level == 1 and not place else each.key,
                    text=each.text,
                    order=each.order,
                )
                for place, each in enumerate(level.characteristics.all())
            )
    return older


def _draw() -> None:
    """What the page shows; the sectors' own drawings would take long and are not on it."""
    from core import charts  # noqa: PLC0415
    from core.models import Chart  # noqa: PLC0415
    from maturity import actions  # noqa: PLC0415
    from maturity.actions.charts import chart_key, development_key, radar_key  # noqa: PLC0415
    from municipality.models import AnnualCycle  # noqa: PLC0415

    cycle = AnnualCycle.objects.get(is_current=True)
    actions.draw_result(cycle)
    keys = [chart_key(cycle), development_key(cycle), radar_key(cycle)]
    for chart in Chart.objects.filter(key__in=keys):
        charts.draw(chart)


if __name__ == "__main__":
    fill(**dict(zip(("sectors", "years", "members"), map(int, sys.argv[1:]), strict=True)))
