import pytest

from tests.factories.workshops import ParticipantFactory, open_workshop
from workshops.models import Participant, Phase, Workshop


@pytest.fixture
def workshop(db) -> Workshop:
    """Open, and the room writes."""
    return open_workshop()


@pytest.fixture
def voting(db) -> Workshop:
    """Open, and the room votes, with three votes each."""
    return open_workshop(Phase.VOTE)


@pytest.fixture
def participant(workshop) -> Participant:
    return ParticipantFactory(workshop=workshop)
