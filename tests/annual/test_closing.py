"""A year is closed, counted again, kept, and opened again."""

import datetime as dt
import hashlib
import io
import json
import uuid
import zipfile
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from annual import closing, freezing, frozen_files, reproduce
from annual.actions import closing as actions
from annual.carrying import carried_over
from annual.models import ClosedYear, FrozenKind, FrozenRow
from benefits.actions import register_measurement
from benefits.models import Evidence, Indicator
from core import roles
from core.errors import ActionRefused
from core.models import Event
from ideas.models import IdeaStatus
from maturity.actions import reopen as reopen_assessment
from maturity.models import AssessmentStatus
from municipality.actions import require_open, set_dates, start_cycle
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle
from prioritization import actions as prioritization
from prioritization.models import (
    FinalAnswer,
    MemoStatus,
    Participation,
    Recusal,
    RoundStatus,
    Score,
)
from tests.factories.benefits import BenefitFactory, MeasurementFactory
from tests.factories.gates import GateCaseFactory
from tests.factories.ideas import IdeaFactory
from tests.factories.maturity import (
    AnswerFactory,
    AreaFactory,
    AssessmentFactory,
    MeasurementRoundFactory,
)
from tests.factories.municipality import CycleFactory, SectorFactory, UserFactory
from tests.factories.prioritization import EntryFactory, MemoFactory, RoundFactory
from tests.factories.projects import ProjectFactory

NOW = timezone.now()
TODAY = timezone.localdate()
LATER = TODAY + dt.timedelta(days=40)


@pytest.fixture(scope="module")
def year(django_db_setup, django_db_blocker) -> Iterator[AnnualCycle]:
    """A year whose work is done: scored, agreed on, answered by both sectors, measured."""
    with django_db_blocker.unblock(), transaction.atomic():
        cycle = CycleFactory(open=True)
        _scored(cycle)
        _assessed(cycle)
        project = ProjectFactory(idea=IdeaFactory(cycle=cycle, status=IdeaStatus.APPROVED))
        benefit = BenefitFactory(project=project, next_measurement_on=LATER)
        MeasurementFactory(indicator=benefit.main, measured_on=TODAY)
        yield cycle
        transaction.set_rollback(True)


def _scored(cycle: AnnualCycle) -> None:
    """Three ideas; in one somebody is disqualified, in one the meeting agreed on an answer."""
    scored = RoundFactory(cycle=cycle)
    people = UserFactory.create_batch(3)
    for person in people:
        Participation.objects.create(round=scored, user=person)
    statuses = (IdeaStatus.POSTPONED, IdeaStatus.REJECTED, IdeaStatus.PARKED, IdeaStatus.DECLINED)
    entries = [
        EntryFactory(
            round=scored,
            idea=IdeaFactory(
                cycle=cycle,
                status=status,
                postponed_until=LATER,
                parked_to=LATER,
                title=str(status),
            ),
        )
        for status in statuses
    ]
    Score.objects.bulk_create(
        Score(
            entry=entry,
            question=question,
            scorer=person,
            level=1 + (3 * place + 2 * number + seat) % 3,
        )
        for place, entry in enumerate(entries[:3])
        for number, question in enumerate(scored.ordered_questions())
        for seat, person in enumerate(people)
    )
    Recusal.objects.create(entry=entries[0], person=people[0], reason="Bor der.")
    FinalAnswer.objects.create(
        entry=entries[1],
        question=scored.ordered_questions()[0],
        level=3,
        reason="Vi ble enige.",
        agreed_by=people[0],
    )
    prioritization.rescore_all(scored)
    scored.status, scored.closed_at = RoundStatus.CLOSED, NOW
    scored.save()


def _assessed(cycle: AnnualCycle) -> None:
    area, other = AreaFactory(), AreaFactory()
    MeasurementRoundFactory(cycle=cycle, instrument=area.instrument)
    for number, sector in enumerate([SectorFactory(), SectorFactory()]):
        assessment = AssessmentFactory(
            cycle=cycle,
            sector=sector,
            instrument=area.instrument,
            status=AssessmentStatus.SUBMITTED,
            submitted_at=NOW,
            submitted_by=UserFactory(),
        )
        AnswerFactory(assessment=assessment, area=area, level=2 + number, reason="Slik er det.")
        AnswerFactory(assessment=assessment, area=other, level=4, reason="Slik er det.")


@pytest.fixture
def close(year, db, team_member):
    """Close the year, with a reason for whatever is left."""

    def do(**reasons: str) -> ClosedYear:
        lacking = {check.key: "Vi har sett på det." for check in closing.blockers(year)}
        return actions.close_year(
            year, reasons=lacking | reasons, by=team_member, at=NOW, on=TODAY, note="Et godt år."
        )

    return do


def _keys(cycle: AnnualCycle) -> dict[str, bool]:
    return {check.key: check.is_waivable for check in closing.blockers(cycle)}


def test_what_must_be_solved_stops_the_closing_and_what_can_wait_needs_a_reason(
    year, db, team_member, close
):
    only_waivable = _keys(year)
    assert all(only_waivable.values())

    IdeaFactory(cycle=year)
    RoundFactory(cycle=year, stage="further")
    GateCaseFactory(requested_at=NOW)
    MemoFactory(round=year.rounds.get(stage="screening"), status=MemoStatus.DRAFT)

    added = {key for key in _keys(year) if key not in only_waivable}
    assert added == {"ideas", "rounds", "gates", "memos"}
    with pytest.raises(ActionRefused, match="2 ideer har ikke fått et utfall"):
        close()
    assert not ClosedYear.objects.exists()


def test_a_waiver_is_refused_without_a_reason_and_kept_with_one(year, db, close):
    SectorFactory(name="Den som ikke svarte")
    with pytest.raises(ActionRefused, match="Skriv hvorfor året kan lukkes likevel"):
        close(assessments="  ")

    closed = close(assessments="De er slått sammen med en annen sektor.")

    kept = closed.waivers.get(concern="assessments")
    assert "ikke levert egenvurderingen" in kept.what
    assert kept.reason == "De er slått sammen med en annen sektor."


def test_the_frozen_rows_alone_give_the_same_ranking_and_maturity(close):
    closed = close()

    assert closed.recounted == {
        "ideas": 4, "areas": 2, "differences": 0, "named": [], "is_sealed": True
    }  # fmt: skip
    kinds = set(closed.rows.values_list("kind", flat=True))
    assert kinds >= {
        FrozenKind.CRITERION,
        FrozenKind.IDEA,
        FrozenKind.SCORE,
        FrozenKind.RANKING,
        FrozenKind.ANSWER,
        FrozenKind.LEVEL,
        FrozenKind.BENEFIT,
        FrozenKind.MEASUREMENT,
    }


def test_a_number_that_was_changed_comes_out_as_a_difference(close):
    rows = reproduce.read(freezing.lines(close()))
    [first, *_others] = sorted(rows["score"])
    rows["score"][first]["answers"]["1"]["2"] = 1 + rows["score"][first]["answers"]["1"]["2"] % 3
    rows["level"]["overall"]["mean"] = "1.0"

    found = reproduce.recount(rows)

    assert not found.is_equal
    assert {first, "overall"} <= set(found.differences)


def test_who_scored_is_a_number_and_what_people_wrote_is_a_fingerprint(close, year):
    text = "".join(freezing.lines(close()))

    for person in year.rounds.get().scorers.all():
        assert person.name not in text
        assert person.email not in text
    for idea in year.ideas.all():
        assert idea.problem not in text


def test_the_seal_is_the_sha256_of_the_file_people_download(close):
    closed = close()
    content = b"".join(frozen_files.lines_file(closed))
    with zipfile.ZipFile(io.BytesIO(frozen_files.zip_file(closed))) as archive:
        inside = archive.read(frozen_files.lines_name(closed))
        table = archive.read("ranking.csv").decode("utf-8-sig")

    assert hashlib.sha256(content).hexdigest() == closed.sha256
    assert inside == content
    assert len(content.splitlines()) == closed.row_count
    assert len(table.splitlines()) == 1 + closed.rows.filter(kind=FrozenKind.RANKING).count()
    assert json.loads(content.splitlines()[0])["kind"] == FrozenKind.ANSWER


@pytest.mark.parametrize(
    "change",
    [
        lambda closed: FrozenRow.objects.filter(closed_year=closed).update(data={}),
        lambda closed: closed.rows.all().delete(),
        lambda closed: FrozenRow.objects.create(closed_year=closed, kind="idea", key="x", data={}),
        lambda closed: ClosedYear.objects.filter(pk=closed.pk).update(sha256="0" * 64),
        lambda closed: ClosedYear.objects.filter(pk=closed.pk).update(summary={"ideas": 1}),
        lambda closed: closed.delete(),
    ],
)
def test_the_database_keeps_what_is_frozen_as_it_was(close, change):
    closed = close()

    with pytest.raises(IntegrityError, match="kept as|written once"), transaction.atomic():
        change(closed)


def test_what_belongs_to_the_year_refuses_every_change(close, year, team_member):
    close()
    year.refresh_from_db()
    scored = year.rounds.get()

    with pytest.raises(ActionRefused, match=f"Året {year.year} er lukket"):
        require_open(year, PhaseKind.PRIORITISATION, on=TODAY)  # ideas, answers, memo, decisions
    with pytest.raises(ActionRefused, match="er lukket"):
        prioritization.reopen_round(
            scored, reason="Feil.", closes_on=LATER, by=team_member, on=TODAY
        )
    with pytest.raises(ActionRefused, match="er lukket"):
        reopen_assessment(
            year.assessments.first(), until=LATER, reason="Feil.", by=team_member, on=TODAY
        )
    with pytest.raises(ActionRefused, match="er lukket"):
        set_dates(year, budget_deadline=TODAY, spans={}, by=team_member)


def test_benefits_are_measured_after_the_year_is_closed(close, team_member):
    close()

    measured = register_measurement(
        Indicator.objects.get(),
        value=Decimal("5.5"),
        measured_on=TODAY,
        evidence=Evidence.MEASURED,
        comment="",
        submission_key=uuid.uuid4(),
        by=team_member,
        on=TODAY,
    )

    assert measured.value == Decimal("5.5")


def test_the_next_year_begins_when_this_one_is_closed_and_ideas_come_along(
    close, year, team_member
):
    with pytest.raises(ActionRefused, match="ikke lukket"):
        start_cycle(year.year + 1, by=team_member)
    closed = close()
    carried = carried_over(year, user=team_member)

    started = start_cycle(year.year + 1, by=team_member)

    assert started.is_current
    assert {idea.status for idea in carried.ideas} == {IdeaStatus.POSTPONED, IdeaStatus.PARKED}
    assert (carried.idea_count, carried.benefit_count) == (2, 1)
    with pytest.raises(ActionRefused, match="Neste år er startet"):
        actions.reopen_year(closed, reason="Feil.", by=team_member, at=NOW)


def test_a_year_opened_again_is_frozen_anew(close, year, person):
    administrator = person(roles.ADMINISTRATOR)
    closed = close()
    before = closed.sha256

    actions.reopen_year(closed, reason="Et vedtak var ført feil.", by=administrator, at=NOW)
    year.refresh_from_db()
    assert not year.is_closed
    assert not ClosedYear.objects.standing().exists()
    idea = year.ideas.first()
    idea.supporter_count += 1
    idea.save()
    again = close()

    assert again.pk == closed.pk
    assert again.sha256 != before
    assert again.recounted["differences"] == 0
    reopened = Event.objects.about(year).get(verb="year reopened")
    assert reopened.data == {"reason": "Et vedtak var ført feil.", "sha256": before}


def test_what_is_asked_does_not_grow_with_what_is_lacking(year, db, django_assert_max_num_queries):
    for _number in range(7):
        IdeaFactory(cycle=year)
        SectorFactory()
        GateCaseFactory(requested_at=NOW)

    with django_assert_max_num_queries(16):
        checks = closing.checklist(year)

    gates = next(check for check in checks if check.key == "gates")
    assert (len(gates.first), gates.more) == (closing.MOST_NAMED, 2)


def test_decimals_are_the_same_however_they_are_written():
    assert reproduce._is_same(
        {"score": Decimal("72.5000"), "breakdown": {"nytt": Decimal("0.5")}},
        {"score": Decimal("72.5"), "breakdown": {"nytt": 0.5}},
    )
