import pytest

from core import roles
from ideas.models import IdeaStatus
from municipality.models import User
from prioritization.models import Entry, Question, Round
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import UserFactory
from tests.factories.prioritization import CriteriaSetFactory, EntryFactory, RoundFactory


@pytest.fixture
def scorer(person) -> User:
    return person(roles.PROJECT_OWNER, name="Anne Bakken")


@pytest.fixture
def other_scorer(person) -> User:
    return person(roles.PROJECT_OWNER, name="Per Lunde")


@pytest.fixture
def scored(cycle, scorer) -> Round:
    """An open round with one scorer and no ideas yet."""
    made = RoundFactory(cycle=cycle, criteria_set=CriteriaSetFactory())
    made.scorers.add(scorer)
    return made


@pytest.fixture
def entry(scored) -> Entry:
    return EntryFactory(
        round=scored, idea=IdeaFactory(cycle=scored.cycle, status=IdeaStatus.FORWARDED)
    )


@pytest.fixture
def questions(scored) -> dict[str, Question]:
    return {each.code: each for each in scored.ordered_questions()}


@pytest.fixture
def screening_criteria(db):
    return CriteriaSetFactory(is_current=True)


@pytest.fixture
def forwarded(cycle):
    """Two ideas that the team has passed on."""
    return IdeaFactory.create_batch(2, cycle=cycle, status=IdeaStatus.FORWARDED)


@pytest.fixture
def stranger(db) -> User:
    return UserFactory(name="Kari Olstad")


@pytest.fixture
def as_team(client, team_member):
    client.force_login(team_member)
    return client


@pytest.fixture
def as_scorer(client, scorer):
    client.force_login(scorer)
    return client
