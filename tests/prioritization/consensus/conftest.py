"""A locked round where two people are far apart about one idea, and a meeting about it."""

import pytest

from ideas.models import IdeaStatus
from prioritization import actions
from prioritization.models import ConsensusMeeting, Entry, Question, RoundStatus, Score
from tests.factories.ideas import IdeaFactory
from tests.factories.prioritization import EntryFactory

LOW, MEDIUM, HIGH = 1, 2, 3


def score(entry: Entry, person, **levels) -> None:
    """What somebody answered; a question that is not named is «middels»."""
    for question in entry.round.ordered_questions():
        level = levels.get(question.code, MEDIUM)
        Score.objects.create(entry=entry, question=question, scorer=person, level=level)


@pytest.fixture
def locked(scored, other_scorer):
    scored.scorers.add(other_scorer)
    scored.status = RoundStatus.CLOSED
    scored.save()
    return scored


@pytest.fixture
def disputed(locked, scorer, other_scorer) -> Entry:
    """Anne says lav and Per høy about «strategi»; about the rest they agree."""
    idea = IdeaFactory(cycle=locked.cycle, status=IdeaStatus.FORWARDED, title="Tolk på skjerm")
    entry = EntryFactory(round=locked, idea=idea)
    score(entry, scorer, strategi=LOW)
    score(entry, other_scorer, strategi=HIGH)
    actions.rescore(entry)
    return entry


@pytest.fixture
def strategy(disputed, questions) -> Question:
    return questions["strategi"]


@pytest.fixture
def meeting(locked, team_member) -> ConsensusMeeting:
    return actions.start_meeting(locked, by=team_member)


@pytest.fixture
def ballot(meeting, disputed, strategy, team_member):
    return actions.open_ballot(meeting, disputed, strategy, by=team_member)
