from decimal import Decimal

import pytest

from prioritization import needs
from prioritization.models import Entry
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import SectorFactory
from tests.factories.prioritization import EntryFactory, NeedFactory


@pytest.fixture
def health(db):
    return SectorFactory(order=1, short_name="Helse")


@pytest.fixture
def technical(db):
    return SectorFactory(order=2, short_name="Teknisk")


@pytest.fixture
def enter(scored):
    def make(sector=None, cost=None, effort=None) -> Entry:
        idea = IdeaFactory(
            cycle=scored.cycle, sector=sector, estimated_cost=cost, estimated_effort=effort
        )
        return EntryFactory(round=scored, idea=idea)

    return make


def test_by_entry_is_the_ideas_own_estimate_when_nobody_has_spread_it(scored, enter, health):
    entry = enter(health, Decimal(400_000), Decimal("0.5"))

    found = needs.by_entry([entry])[entry.pk]

    first = scored.cycle.budget_year
    assert found.is_estimate
    assert found.rows == (needs.YearNeed(first, health, Decimal(400_000), Decimal("0.5")),)


def test_by_entry_is_nothing_for_an_idea_without_an_estimate(enter, health):
    entry = enter(health)

    assert needs.by_entry([entry])[entry.pk].rows == ()


def test_by_entry_is_what_has_been_spread_also_when_that_is_nothing(scored, enter, health):
    entry = enter(health, Decimal(400_000))
    NeedFactory(entry=entry, year=scored.cycle.budget_year, sector=health, kroner=0)

    found = needs.by_entry([entry])[entry.pk]

    assert not found.is_estimate
    assert found.kroner == 0


def test_per_year_adds_up_by_year_and_sector(scored, enter, health, technical):
    first = scored.cycle.budget_year
    estimated = enter(health, Decimal(100_000), Decimal("0.2"))
    spread = enter(health, Decimal(999_999))
    homeless = enter(None, Decimal(50_000))
    NeedFactory(entry=spread, year=first, sector=health, kroner=300_000, person_years=Decimal("1"))
    NeedFactory(entry=spread, year=first + 1, sector=technical, person_years=Decimal("0.25"))

    rows = needs.per_year([estimated, spread, homeless])

    assert rows == [
        needs.YearNeed(first, health, Decimal(400_000), Decimal("1.2")),
        needs.YearNeed(first, None, Decimal(50_000), Decimal(0)),
        needs.YearNeed(first + 1, technical, Decimal(0), Decimal("0.25")),
    ]


def test_totals_per_year_has_every_year_asked_for(scored, enter, health):
    first = scored.cycle.budget_year
    rows = needs.per_year([enter(health, Decimal(100_000)), enter(None, Decimal(50_000))])

    totals = needs.totals_per_year(rows, [first, first + 1])

    assert [total.kroner for total in totals] == [Decimal(150_000), Decimal(0)]


@pytest.mark.parametrize("count", [1, 3])
def test_by_entry_takes_one_query_however_many_there_are(
    scored, enter, health, django_assert_num_queries, count
):
    for _ in range(count):
        NeedFactory(entry=enter(health), year=scored.cycle.budget_year, sector=health)
    entries = list(scored.entries.for_needs())

    with django_assert_num_queries(1):
        needs.by_entry(entries)
