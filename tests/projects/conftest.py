import pytest
from django.utils import timezone

from core import roles
from ideas.models import IdeaStatus
from prioritization.models import MemoStatus
from tests.factories.decisions import DecisionMeetingFactory, MemoFileFactory
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import SectorFactory
from tests.factories.prioritization import (
    CriteriaSetFactory,
    EntryFactory,
    MemoFactory,
    MemoItemFactory,
    RoundFactory,
)


@pytest.fixture
def owner(person):
    return person(roles.PROJECT_OWNER, name="Ingrid Haugen", email="eier@gjovik.example")


@pytest.fixture
def board_member(person):
    return person(roles.ICT_BOARD, name="Bo Berg", email="rad@gjovik.example")


@pytest.fixture
def memo(cycle, team_member):
    """Final, with the PDF that is decided on."""
    memo = MemoFactory(
        round=RoundFactory(cycle=cycle, criteria_set=CriteriaSetFactory()),
        status=MemoStatus.FINAL,
        finalised_at=timezone.now(),
        finalised_by=team_member,
    )
    MemoFileFactory(memo=memo, requested_by=team_member)
    return memo


@pytest.fixture
def meeting(memo, today):
    return DecisionMeetingFactory(memo=memo, held_on=today)


@pytest.fixture
def item_of(memo):
    """Make an idea of the final memo: `item_of(title="Digital nøkkel")`."""

    def make(*, is_recommended=True, **fields):
        idea = IdeaFactory(
            cycle=memo.round.cycle,
            status=IdeaStatus.FORWARDED,
            sector=SectorFactory(),
            published_at=timezone.now(),
            **fields,
        )
        entry = EntryFactory(round=memo.round, idea=idea, score=70)
        return MemoItemFactory(memo=memo, entry=entry, is_recommended=is_recommended)

    return make


@pytest.fixture
def item(item_of):
    return item_of(title="Digital nøkkel", summary="Slippe nøkler.", estimated_cost=400_000)
