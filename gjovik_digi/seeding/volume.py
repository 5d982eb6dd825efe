"""A municipality with as many ideas as one likes, to measure with. Not to be read."""

import datetime as dt
import uuid
from decimal import Decimal
from itertools import cycle, islice

from django.db import connection, transaction

from benefits import realisation
from benefits.models import Benefit, BenefitState, Evidence, Indicator, Measurement
from core import charts
from core.models import Chart
from gjovik_digi.seeding import assessments, reference, texts
from gjovik_digi.seeding.scene import Scene
from ideas.models import CodeCounter, Idea, IdeaStatus, Submitter
from municipality.models import AnnualCycle, Municipality, Sector, User
from prioritization import actions, robustness_making
from prioritization.models import (
    CriteriaSet,
    Criterion,
    Entry,
    Participation,
    Question,
    RobustnessRun,
    Round,
    Stage,
)
from projects.models import PhaseChange, Project, ProjectPhase

BATCH = 2000
IDEAS_PER_PROJECT = 10
LAST_DAY = 50  # days from today
FULL = 100
FRAME, MOST_PROJECTS = Decimal(20_000_000), 20
DRAWS = 100  # places are shown in the same time however many
SPREAD_OVER = 58  # days before today
SPREAD = """
UPDATE ideas_idea SET created_at = created_at - (id %% %s) * interval '1 day'
"""
TELL = """
INSERT INTO ideas_statuschange (idea_id, status, reason, at)
SELECT id, 'received', '', created_at FROM ideas_idea
UNION ALL
SELECT id, status, 'Et svar.', created_at + interval '5 days' FROM ideas_idea
"""
LINK_TWO_GOALS = """
INSERT INTO ideas_idea_goals (idea_id, strategygoal_id)
SELECT idea.id, goal.id
FROM ideas_idea idea
JOIN (
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS number, count(*) OVER () AS total
    FROM municipality_strategygoal
) goal ON goal.number IN (idea.id % goal.total, (idea.id + 7) % goal.total)
"""
SCORE = """
INSERT INTO prioritization_score
    (entry_id, question_id, scorer_id, level, abstention, comment, updated_at)
SELECT entry.id, question.id, part.user_id,
       1 + abs(hashint8(entry.id * 1009 + question.id * 31 + part.user_id) %% 3),
       '', '', now()
FROM prioritization_entry entry
JOIN prioritization_participation part ON part.round_id = entry.round_id
CROSS JOIN unnest(%s::bigint[]) AS question (id)
WHERE entry.round_id = %s
"""


@transaction.atomic
def fill(*, ideas: int, scorers: int, today: dt.date) -> None:
    """Published ideas, all in one open round and all scored; a tenth as many projects."""
    reference.load()
    Municipality.objects.update_or_create(pk=1, defaults={"is_demo": True})
    scene = Scene.begin(today)
    assessments.make(scene)
    sectors, team = list(scene.sectors.values()), list(scene.people.values())
    in_round = _ideas(scene.cycles[0], ideas, sectors, IdeaStatus.FORWARDED, today)
    earlier = scene.cycles[-1]
    started = _ideas(earlier, ideas // IDEAS_PER_PROJECT, sectors, IdeaStatus.APPROVED, today)
    with connection.cursor() as cursor:
        cursor.execute(SPREAD, [SPREAD_OVER])
        cursor.execute(TELL)
        cursor.execute(LINK_TWO_GOALS)
    _score(scene.cycles[0], in_round, team[:scorers], today)
    _projects(started, owner=team[0], today=today)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the planner must know what has just come


def _ideas(
    year: AnnualCycle, count: int, sectors: list[Sector], status: IdeaStatus, today: dt.date
) -> list[Idea]:
    rows = [row for row in texts.read("ideas") if row["stage"] != "new"]
    numbered = enumerate(islice(cycle(rows), count), 1)
    now = dt.datetime.now(tz=dt.UTC)
    ideas = Idea.objects.bulk_create(
        (
            Idea(
                cycle=year,
                code=f"G{year.year % 100:02}-{number:03}",
                problem=row["problem"].strip(),
                who_has_it=row["who_has_it"],
                submitter=Submitter.values[number % len(Submitter.values)],
                title=f"{row['title']} {number}",
                summary=row["summary"].strip(),
                sector=sectors[number % len(sectors)],
                estimated_cost=Decimal(100_000 + number % 40 * 50_000),
                status=status,
                published_at=now,
                answer_due_on=today + dt.timedelta(days=number % 21),
            )
            for number, row in numbered
        ),
        batch_size=BATCH,
    )
    CodeCounter.objects.create(year=year.year, last=count)
    return ideas


def _score(year: AnnualCycle, ideas: list[Idea], scorers: list[User], today: dt.date) -> None:
    criteria_set = _all_questions()
    round_ = Round.objects.create(
        cycle=year,
        criteria_set=criteria_set,
        stage=Stage.SCREENING,
        closes_on=today + dt.timedelta(days=LAST_DAY),
        budget_frame=FRAME,
    )
    Participation.objects.bulk_create(Participation(round=round_, user=user) for user in scorers)
    Entry.objects.bulk_create((Entry(round=round_, idea=idea) for idea in ideas), batch_size=BATCH)
    questions = [question.pk for question in criteria_set.ordered_questions()]
    with connection.cursor() as cursor:
        cursor.execute(SCORE, [questions, round_.pk])
        cursor.execute("ANALYZE")  # or the planner takes a million answers for a few
    actions.rescore_all(round_)
    actions.recount(round_)
    robustness_making.make(
        RobustnessRun.objects.create(round=round_, draws=DRAWS, top=MOST_PROJECTS)
    )
    charts.draw(Chart.objects.get(key=round_.matrix_key))


def _all_questions() -> CriteriaSet:
    """The questions of both stages in one set, each stage with half of the weight."""
    together = CriteriaSet.objects.create(stage=Stage.SCREENING, name="Begge steg", version="målt")
    for stage in (Stage.FURTHER, Stage.SCREENING):
        current = CriteriaSet.objects.get(stage=stage, is_current=True)
        left = FULL // 2
        criteria = list(current.criteria.order_by("order"))
        for number, criterion in enumerate(criteria):
            weight = left if number == len(criteria) - 1 else criterion.weight // 2
            left -= weight
            copied = Criterion.objects.create(
                criteria_set=together,
                code=criterion.code if stage == Stage.FURTHER else f"{stage}-{criterion.code}",
                short_name=criterion.short_name,
                name=criterion.name,
                weight=weight,
                order=number + (stage == Stage.SCREENING) * len(criteria),
            )
            Question.objects.bulk_create(
                Question(
                    criterion=copied,
                    code=question.code,
                    text=question.text,
                    direction=question.direction,
                    order=question.order,
                )
                for question in criterion.questions.order_by("order")
            )
    return together


def _projects(ideas: list[Idea], *, owner: User, today: dt.date) -> None:
    phases = [phase for phase in ProjectPhase if phase != ProjectPhase.IDEA]
    projects = Project.objects.bulk_create(
        Project(
            idea=idea,
            name=idea.title,
            summary=idea.summary,
            sector=idea.sector,
            owner=owner,
            phase=phases[number % len(phases)],
            started_on=today - dt.timedelta(days=number % 300),
        )
        for number, idea in enumerate(ideas)
    )
    PhaseChange.objects.bulk_create(
        PhaseChange(
            project=project,
            phase=ProjectPhase.IDEA,
            note="Godkjent.",
            by=owner,
            on=project.started_on,
        )
        for project in projects
    )
    benefits = Benefit.objects.bulk_create(
        Benefit(
            project=project,
            number=1,
            name=f"Kortere ventetid, {project.name.lower()}"[:160],
            owner=owner,
        )
        for project in projects
    )
    indicators = Indicator.objects.bulk_create(
        Indicator(
            benefit=benefit,
            name=benefit.name,
            unit="dager",
            baseline=40,
            baseline_on=today - dt.timedelta(days=400),
            target=10,
            target_on=today + dt.timedelta(days=400),
            next_measurement_on=realisation.measuring_day_after(today + dt.timedelta(days=20)),
            latest_value=25,
            latest_on=today - dt.timedelta(days=10),
            latest_evidence=Evidence.MEASURED,
            state=BenefitState.ON_TRACK,
        )
        for benefit in benefits
    )
    for benefit, indicator in zip(benefits, indicators, strict=True):
        benefit.main = indicator
    Benefit.objects.bulk_update(benefits, ["main"], batch_size=1000)
    Measurement.objects.bulk_create(
        Measurement(
            indicator=indicator,
            submission_key=uuid.uuid4(),
            value=25,
            measured_on=today - dt.timedelta(days=10),
            measured_by=owner,
        )
        for indicator in indicators
    )
