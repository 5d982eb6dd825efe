import datetime as dt
from decimal import Decimal

import pytest

from benefits import actions as benefits
from gjovik_digi import thread
from ideas.models import Idea, IdeaStatus, StatusChange
from prioritization.models import RoundStatus
from projects.models import PhaseChange, ProjectPhase
from tests.factories.benefits import BenefitFactory
from tests.factories.ideas import IdeaFactory
from tests.factories.prioritization import EntryFactory, RoundFactory
from tests.factories.projects import ProjectFactory

TODAY = dt.date(2026, 6, 9)


def _at(month: int) -> dt.datetime:
    return dt.datetime(2026, month, 1, 12, tzinfo=dt.UTC)


def _change(idea, status, month, reason="") -> None:
    StatusChange.objects.create(idea=idea, status=status, reason=reason, at=_at(month))


@pytest.fixture
def idea(cycle) -> Idea:
    idea = IdeaFactory(cycle=cycle, status=IdeaStatus.APPROVED)
    _change(idea, IdeaStatus.RECEIVED, 1)
    _change(idea, IdeaStatus.FORWARDED, 2, "Mange spør.")
    _change(idea, IdeaStatus.APPROVED, 4, "Merkes av mange.")
    return idea


def _build(idea) -> thread.Thread:
    return thread.build(Idea.objects.with_thread().get(pk=idea.pk), on=TODAY)


def test_build_tells_every_step_in_order_with_its_reason(idea, person):
    closed = RoundFactory(cycle=idea.cycle, status=RoundStatus.CLOSED, closed_at=_at(3))
    EntryFactory(round=closed, idea=idea, score=Decimal(70))
    EntryFactory(round=closed, score=Decimal(80))
    project = ProjectFactory(idea=idea)
    PhaseChange.objects.create(
        project=project, phase=ProjectPhase.IDEA, by=person(), on=dt.date(2026, 4, 1)
    )
    benefit = BenefitFactory(project=project, baseline_on=dt.date(2026, 1, 1))
    for value, day in (("8", dt.date(2026, 5, 1)), ("5.8", dt.date(2026, 6, 1))):
        benefits.register_measurement(
            benefit.main,
            value=Decimal(value),
            measured_on=day,
            submission_key=f"00000000-0000-0000-0000-0000000000{day.month:02}",
            by=person(),
            on=TODAY,
        )

    built = _build(idea)

    assert [(step.heading, step.quote) for step in built.steps] == [
        ("Mottatt", ""),
        ("Vurdert og sendt til prioritering", "Mange spør."),
        ("Prioritert som nummer 2 av 2", ""),
        ("Godkjent av rådmannens ledergruppe", "Merkes av mange."),
        ("Ble et prosjekt", ""),
        ("Gevinsten er målt", ""),
    ]
    assert "5,8" in built.steps[-1].text
    assert (built.line.now, round(built.line.progress, 2)) == ("5,8\N{NO-BREAK SPACE}%", 0.82)


def test_build_tells_why_a_project_was_stopped(idea):
    ProjectFactory(
        idea=idea,
        ending="stopped",
        ended_on=TODAY,
        end_reason="Leverandøren er konkurs.",
        end_consequence="Gevinsten faller bort.",
    )

    last = _build(idea).steps[-1]

    assert (last.heading, last.text) == ("Prosjektet: Stoppet", "Leverandøren er konkurs.")


def test_build_keeps_the_scores_of_an_open_round_to_itself(idea):
    EntryFactory(round=RoundFactory(cycle=idea.cycle), idea=idea, score=Decimal(70))

    assert not any("poeng" in step.text for step in _build(idea).steps)


def test_build_without_measurement_has_no_line(idea):
    BenefitFactory(project=ProjectFactory(idea=idea))

    built = _build(idea)

    assert (built.benefit, built.line) == (None, None)


def test_build_says_when_an_idea_was_taken_back(idea):
    _change(idea, IdeaStatus.RECEIVED, 5, "Feil sektor.")

    assert _build(idea).steps[-1].heading == "Tatt tilbake til teamet"
