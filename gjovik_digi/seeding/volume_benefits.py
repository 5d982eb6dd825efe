"""As many benefits as one likes, each with a year's measurements and six years, to measure with."""

import datetime as dt
from itertools import cycle, islice

from django.db import connection, transaction

from benefits.models import Benefit, BenefitKind, BenefitState, BenefitUse, Evidence, Indicator
from gjovik_digi.seeding import reference
from ideas.models import Idea
from municipality.models import Sector, StrategyGoal, User
from projects.models import Project, ProjectPhase

BATCH = 2000
IN_EACH_PROJECT = 5
OWNERS = 200
YEARS_BACK, YEARS_AHEAD = 3, 2
STATES = [BenefitState.ON_TRACK] * 3 + [BenefitState.BEHIND, BenefitState.AHEAD]
KINDS = [
    (BenefitKind.DIRECT, BenefitUse.BUDGET),
    (BenefitKind.TIME, BenefitUse.BUDGET),
    (BenefitKind.TIME, BenefitUse.SERVICE),
    (BenefitKind.AVOIDED, BenefitUse.OTHER),
    (BenefitKind.QUALITY, BenefitUse.QUALITY),
    (BenefitKind.DIRECT, BenefitUse.OTHER),
]
MEASURE = """
INSERT INTO benefits_measurement
    (indicator_id, submission_key, value, measured_on, evidence, comment, measured_by_id,
     withdrawn_reason, created_at, updated_at)
SELECT indicator.id, gen_random_uuid(), 40 - turn, %s::date - 30 * (12 - turn), 'measured', '',
       benefit.owner_id, '', now(), now()
FROM benefits_indicator indicator
JOIN benefits_benefit benefit ON benefit.id = indicator.benefit_id
CROSS JOIN generate_series(1, 12) AS turn
"""
COUNT_YEARS = """
INSERT INTO benefits_benefityear
    (benefit_id, year, promised, plan, forecast, actual, evidence, taken_out)
SELECT id, year, amount, amount, CASE WHEN id %% 3 = 0 THEN amount * 0.9 END,
       CASE WHEN year < %s THEN amount * 0.8 END,
       CASE WHEN year >= %s THEN ''
            ELSE (ARRAY['measured', 'estimated', 'judged'])[1 + id %% 3] END,
       CASE WHEN year < %s THEN amount * 0.5 END
FROM benefits_benefit
CROSS JOIN generate_series(%s, %s) AS year
CROSS JOIN LATERAL (
    SELECT CASE WHEN kind = 'time' THEN 0.5 ELSE 20000 + id %% 40 * 1000 END AS amount
) AS worth
WHERE kind <> 'quality'
"""


@transaction.atomic
def fill(count: int, *, ideas: list[Idea], today: dt.date) -> None:
    """A tenth is late with its measurement, and one in twenty has nobody that answers for it.

    Each of the ideas becomes a project; there is one for every five benefits.
    """
    reference.load()
    people = User.objects.bulk_create(
        User(email=f"e{number}@example.no", name=f"Eier {number}", is_active=number % 20 != 0)
        for number in range(OWNERS)
    )
    benefits = _benefits(_projects(ideas, people, today), count, people)
    _indicators(benefits, today)
    with connection.cursor() as cursor:
        cursor.execute(MEASURE, [today])
        last = today.year
        cursor.execute(COUNT_YEARS, [last, last, last, last - YEARS_BACK, last + YEARS_AHEAD])
        cursor.execute("ANALYZE")  # the planner must know what has just come


def _projects(ideas: list[Idea], people: list[User], today: dt.date) -> list[Project]:
    sectors = list(Sector.objects.all())
    phases = [ProjectPhase.EXECUTION, ProjectPhase.CLOSING, ProjectPhase.REALISATION]
    return Project.objects.bulk_create(
        (
            Project(
                idea=idea,
                name=f"Prosjekt {number}",
                sector=sectors[number % len(sectors)],
                owner=people[number % OWNERS],
                phase=phases[number % len(phases)],
                started_on=today - dt.timedelta(days=number % 900),
            )
            for number, idea in enumerate(ideas)
        ),
        batch_size=BATCH,
    )


def _benefits(projects: list[Project], count: int, people: list[User]) -> list[Benefit]:
    goals = [*StrategyGoal.objects.all(), None]
    now = dt.datetime.now(tz=dt.UTC)
    kinds = islice(cycle(KINDS), count)
    return Benefit.objects.bulk_create(
        (
            Benefit(
                project=projects[number // IN_EACH_PROJECT],
                number=number % IN_EACH_PROJECT + 1,
                name=f"Kortere ventetid {number}",
                kind=kind,
                use=use,
                goal=goals[number % len(goals)],
                is_disbenefit=number % 25 == 0,
                kroner_per_person_year=720_000 if kind == BenefitKind.TIME else None,
                owner=people[number % OWNERS],
                responsible=people[number % OWNERS],
                responsibility_accepted_at=now,
                frozen_at=None if number % 10 == 0 else now,
            )
            for number, (kind, use) in enumerate(kinds)
        ),
        batch_size=BATCH,
    )


def _indicators(benefits: list[Benefit], today: dt.date) -> None:
    """The latest of twelve measurements is kept on each, as an action would keep it."""
    indicators = Indicator.objects.bulk_create(
        (
            Indicator(
                benefit=benefit,
                name=benefit.name,
                unit="dager",
                baseline=40,
                baseline_on=today - dt.timedelta(days=400),
                target=10,
                target_on=today + dt.timedelta(days=400),
                next_measurement_on=today + dt.timedelta(days=-9 if number % 10 == 0 else 90),
                latest_value=28,
                latest_on=today,
                latest_evidence=Evidence.values[number % 3],
                state=STATES[number % len(STATES)],
            )
            for number, benefit in enumerate(benefits)
        ),
        batch_size=BATCH,
    )
    for benefit, indicator in zip(benefits, indicators, strict=True):
        benefit.main = indicator
    Benefit.objects.bulk_update(benefits, ["main"], batch_size=1000)
