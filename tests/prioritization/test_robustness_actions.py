"""How sure the ranking is: asked for once, made by a worker of the answers as they then are."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.errors import ActionRefused
from core.made_files import MADE_TOO_LONG, FileStatus
from core.models import Chart, Event
from prioritization import actions, robustness_making, tasks
from prioritization.models import (
    FinalAnswer,
    MemoStatus,
    RobustnessRun,
    Score,
    ScoreLevel,
    Stage,
)
from tests.factories.municipality import SectorFactory
from tests.factories.prioritization import EntryFactory, MemoFactory, RobustnessRunFactory

pytestmark = pytest.mark.django_db
DRAWS = 200


@pytest.fixture
def handed(monkeypatch, django_capture_on_commit_callbacks):
    """The keys of the runs a worker has been told of."""
    keys: list[int] = []
    monkeypatch.setattr(
        tasks.compute_robustness, "apply_async", lambda args, **_options: keys.append(args[0])
    )
    with django_capture_on_commit_callbacks(execute=True):
        yield keys


@pytest.fixture
def answered(scored, scorer, other_scorer, questions):
    """Three ideas that two have answered: the first and the second differ by little."""
    scored.scorers.add(other_scorer)
    sector = SectorFactory()
    levels = {"best": (3, 3), "second": (3, 2), "last": (1, 1)}
    entries = {
        name: EntryFactory(round=scored, idea__title=name, idea__sector=sector) for name in levels
    }
    Score.objects.bulk_create(
        Score(entry=entries[name], question=question, scorer=person, level=level)
        for name, given in levels.items()
        for person, level in zip((scorer, other_scorer), given, strict=True)
        for question in questions.values()
    )
    actions.rescore_all(scored)
    for entry in entries.values():
        entry.refresh_from_db()
    return entries


def work(run):
    robustness_making.make(RobustnessRun.objects.get(pk=run.pk))
    run.refresh_from_db()
    return run


def ready(scored, by=None, **choices):
    return work(actions.request_robustness(scored, by=by, draws=DRAWS, **choices))


# What comes out


def test_the_result_tells_of_every_ranked_idea(scored, answered):
    EntryFactory(round=scored, idea__title="nobody has answered")

    run = ready(scored, top=1)

    assert run.is_ready
    told = json.loads(bytes(run.content))
    assert [(idea["title"], idea["place"]) for idea in told["ideas"]] == [
        ("best", 1),
        ("second", 2),
        ("last", 3),
    ]
    assert told["scorers"] == 2
    assert "Anne Bakken" not in bytes(run.content).decode()
    stored = {each.entry.idea.title: each for each in run.ranges.select_related("entry__idea")}
    assert (stored["last"].lowest, stored["last"].highest, stored["last"].top_share) == (3, 3, 0)
    assert stored["best"].lowest == 1


def test_the_same_answers_give_the_same_numbers(scored, answered):
    first = ready(scored, top=1)
    second = ready(scored, top=2)
    third = ready(scored, top=1)

    assert third.pk not in (first.pk, second.pk)
    assert json.loads(bytes(third.content)) == json.loads(bytes(first.content))


def test_an_agreed_answer_counts_instead_of_the_mean(scored, answered, questions, team_member):
    for question in questions.values():
        FinalAnswer.objects.create(
            entry=answered["second"],
            question=question,
            level=ScoreLevel.LOW,
            reason="Vi var enige.",
            agreed_by=team_member,
        )
    actions.rescore_all(scored)

    told = json.loads(bytes(ready(scored).content))

    assert {idea["title"]: idea["place"] for idea in told["ideas"]} == {
        "best": 1,
        "second": 2,
        "last": 2,
    }


def test_the_matrix_is_asked_for_with_it(scored, answered):
    ready(scored)

    chart = Chart.objects.get(key=f"prioritization-matrix-{scored.pk}")
    assert [row["title"] for row in chart.spec["data"]["values"]] == ["best", "second", "last"]


def test_ties_of_the_second_stage_are_broken_by_the_first(scored, answered):
    scored.stage = Stage.FURTHER
    scored.save()
    answered["last"].score = answered["best"].score
    answered["last"].save()

    assert [entry.idea.title for entry in scored.entries.ranked()][0] == "best"


# Asked for once


def test_nothing_to_work_out_while_nothing_is_ranked(scored):
    with pytest.raises(ActionRefused, match="Ingen ideer er rangert"):
        actions.request_robustness(scored, by=None)


def test_the_same_question_about_the_same_answers_is_one_run(scored, answered, handed):
    first = actions.request_robustness(scored, by=None)

    assert actions.request_robustness(scored, by=None) == first
    assert work(first).is_ready
    assert actions.request_robustness(scored, by=None) == first
    assert RobustnessRun.objects.count() == 1


def test_one_that_has_not_begun_takes_the_new_answers_in(scored, answered, questions, team_member):
    waiting = actions.request_robustness(scored, by=None, draws=DRAWS)
    before = waiting.fingerprint
    Score.objects.filter(entry=answered["best"]).update(level=ScoreLevel.LOW)
    actions.rescore_all(scored)

    again = actions.request_robustness(scored, by=team_member, draws=DRAWS, top=2)

    assert again == waiting
    assert again.fingerprint != before
    told = json.loads(bytes(work(waiting).content))
    assert (told["top"], told["ideas"][0]["title"]) == (2, "second")


def test_one_that_is_in_work_is_left_alone(scored, answered):
    working = actions.request_robustness(scored, by=None, draws=DRAWS)
    RobustnessRun.objects.filter(pk=working.pk).update(
        status=FileStatus.MAKING, started_at=timezone.now()
    )
    Score.objects.filter(entry=answered["best"]).update(level=ScoreLevel.LOW)
    actions.rescore_all(scored)

    new = actions.request_robustness(scored, by=None, draws=DRAWS)

    assert new.pk != working.pk
    assert RobustnessRun.objects.filter(pk=working.pk).exists()


def test_more_than_three_are_not_kept(scored, answered):
    runs = [RobustnessRunFactory(round=scored, fingerprint=str(number)) for number in range(4)]

    new = actions.request_robustness(scored, by=None)

    kept = RobustnessRun.objects.order_by("pk").values_list("pk", flat=True)
    assert list(kept) == [runs[2].pk, runs[3].pk, new.pk]


def test_top_is_never_more_than_there_are_ideas(scored, answered):
    assert actions.request_robustness(scored, by=None, top=50).top == 3


# By itself


def test_locking_the_round_asks_for_it(scored, answered, team_member, handed):
    actions.close_round(scored, by=team_member)

    assert scored.robustness_runs.get().requested_by == team_member


def test_locking_a_round_where_nothing_is_ranked_asks_for_nothing(scored, team_member):
    actions.close_round(scored, by=team_member)

    assert not RobustnessRun.objects.exists()


def test_while_answers_still_come_nobody_is_asked(scored, answered):
    actions.follow_with_robustness(scored, by=None)

    assert not RobustnessRun.objects.exists()


def test_after_a_change_it_is_worked_out_as_the_last_time(scored, answered, team_member):
    actions.close_round(scored, by=team_member)
    RobustnessRun.objects.all().delete()
    work(actions.request_robustness(scored, by=None, draws=DRAWS, span=5))
    Score.objects.filter(entry=answered["best"]).update(level=ScoreLevel.LOW)
    actions.rescore_all(scored)

    actions.follow_with_robustness(scored, by=team_member)

    new = scored.robustness_runs.order_by("-pk").first()
    assert (new.draws, new.span, new.status) == (DRAWS, 5, FileStatus.QUEUED)


# The frame


def test_the_frame_moves_the_line_and_is_told(scored, answered, team_member):
    actions.set_frame(scored, frame=Decimal(900_000), seen=None, by=team_member)

    scored.refresh_from_db()
    assert scored.budget_frame == 900_000
    event = Event.objects.about(scored).get(verb="frame set")
    assert event.data == {"before": None, "after": 900_000}


def test_a_new_frame_of_a_locked_round_is_worked_out_anew(scored, answered, team_member):
    for entry in answered.values():
        entry.idea.estimated_cost = 100
        entry.idea.save()
    actions.close_round(scored, by=team_member)

    actions.set_frame(scored, frame=Decimal(200), seen=None, by=team_member)

    assert scored.robustness_runs.get().top == 2


def test_two_who_set_the_frame_at_once(scored, team_member):
    actions.set_frame(scored, frame=Decimal(100), seen=None, by=team_member)

    with pytest.raises(ActionRefused, match="Noen andre endret rammen"):
        actions.set_frame(scored, frame=Decimal(200), seen=None, by=team_member)
    actions.set_frame(scored, frame=Decimal(100), seen=None, by=team_member)  # sent twice


def test_the_frame_stands_when_the_memo_is_final(scored, team_member):
    MemoFactory(
        round=scored,
        status=MemoStatus.FINAL,
        finalised_at=timezone.now(),
        finalised_by=team_member,
    )

    with pytest.raises(ActionRefused, match="Notatet er endelig"):
        actions.set_frame(scored, frame=Decimal(200), seen=None, by=team_member)


# Faults


def test_broker_down_the_request_is_kept(
    scored, answered, monkeypatch, django_capture_on_commit_callbacks
):
    def refuse(*_args, **_options):
        raise OperationalError

    monkeypatch.setattr(tasks.compute_robustness, "apply_async", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        run = actions.request_robustness(scored, by=None)

    assert RobustnessRun.objects.get(pk=run.pk).is_waiting


def test_a_worker_that_died_leaves_it_to_the_next_with_the_same_answers(scored, answered, handed):
    run = actions.request_robustness(scored, by=None, draws=DRAWS)
    began = timezone.now() - MADE_TOO_LONG - dt.timedelta(minutes=1)
    monkey = RobustnessRun.objects.get(pk=run.pk)
    robustness_making._snapshot(monkey)
    RobustnessRun.objects.filter(pk=run.pk).update(
        status=FileStatus.MAKING, started_at=began, attempts=1
    )
    Score.objects.filter(entry=answered["best"]).update(level=ScoreLevel.LOW)
    actions.rescore_all(scored)

    assert actions.requeue_stale_robustness(at=timezone.now()) == 1

    told = json.loads(bytes(work(run).content))
    assert told["ideas"][0]["score"] == 100.0


def test_two_workers_on_the_same_run_store_it_once(scored, answered):
    run = actions.request_robustness(scored, by=None, draws=DRAWS)
    slow = RobustnessRun.objects.get(pk=run.pk)
    work(run)

    robustness_making.make(slow)

    run.refresh_from_db()
    assert run.is_ready
    assert run.ranges.count() == 3


def test_one_that_failed_is_tried_again(scored, answered, team_member):
    run = actions.request_robustness(scored, by=None, draws=DRAWS)
    RobustnessRun.objects.filter(pk=run.pk).update(status=FileStatus.FAILED, error="Noe")
    run.refresh_from_db()

    actions.try_robustness_again(run, by=team_member)

    assert work(run).is_ready


def test_one_that_is_gone_when_the_worker_comes_is_passed_over(db):
    tasks.compute_robustness(0)

    assert not RobustnessRun.objects.exists()


# The fingerprint


def test_the_fingerprint_follows_the_answers(scored, answered, questions):
    before = scored.fingerprint()
    assert scored.fingerprint() == before

    Score.objects.filter(entry=answered["best"], question=questions["nytt"]).update(level=1)
    actions.rescore_all(scored)
    after = scored.fingerprint()

    assert after != before
    Score.objects.filter(entry=answered["best"], question=questions["nytt"]).update(level=3)
    actions.rescore_all(scored)
    assert scored.fingerprint() == before
