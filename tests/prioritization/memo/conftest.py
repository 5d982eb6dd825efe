from decimal import Decimal

import pytest
from django.db import transaction

from municipality.models import AnnualCycle, User
from prioritization import memo_actions as actions
from prioritization.models import Entry, Memo, Round, RoundStatus
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import GoalFactory, SectorFactory
from tests.factories.prioritization import EntryFactory, RoundFactory

BREAKDOWN = {"strategi": 1, "gevinst": 0.5, "eier": 1, "nytt": 0}


@pytest.fixture
def scored(cycle: AnnualCycle) -> Round:
    """A locked round: three ranked ideas, one that lacks answers, one that the law demands."""
    with transaction.atomic():  # the weights are summed at its end
        found = RoundFactory(cycle=cycle, status=RoundStatus.CLOSED)
    sector, goal = (
        SectorFactory(short_name="Oppvekst"),
        GoalFactory(code="1a", text="Brukervennlig"),
    )
    for title, cost, score in [
        ("Tilsyn på natt", 1_400_000, "92.5"),
        ("Én vei inn", 2_200_000, "90"),
        ("Varsel om brøyting", 500_000, "65"),
    ]:
        _entry(found, title, cost, score=Decimal(score), sector=sector).idea.goals.add(goal)
    _entry(found, "Barnehagekøen", None, sector=sector, answered_weight=85)
    _entry(found, "Ny arkivlov", 900_000, sector=sector, is_statutory=True)
    return found


def _entry(found: Round, title: str, cost: int | None, *, score=None, sector, **fields) -> Entry:
    weight = fields.pop("answered_weight", 100)
    idea = IdeaFactory(
        cycle=found.cycle,
        title=title,
        summary=f"{title} gir folk tid.",
        estimated_cost=cost,
        sector=sector,
        status="forwarded",
        **fields,
    )
    return EntryFactory(
        round=found,
        idea=idea,
        score=score,
        tie_break=1,
        answered_weight=weight,
        breakdown=BREAKDOWN if score else {},
        scorer_count=2,
    )


@pytest.fixture
def memo(scored: Round, team_member: User, today) -> Memo:
    """A draft within 3,7 millions: two recommended, one not."""
    return actions.compose(
        scored, by=team_member, on=today, budget_frame=Decimal(3_700_000), case_number="26/1847"
    )


@pytest.fixture
def complete(memo: Memo) -> Memo:
    """A draft that lacks nothing."""
    memo.items.filter(is_recommended=True).update(
        benefit="380 timer mer tilsyn i uka", risk="Ingen personopplysninger."
    )
    memo.items.filter(is_recommended=False).update(text="Kan løses i ny kontrakt.")
    return memo
