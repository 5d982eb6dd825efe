from decimal import Decimal

import pytest
from django.urls import reverse

from core import roles
from ideas.models import IdeaStatus
from prioritization.models import Need
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import SectorFactory
from tests.factories.prioritization import EntryFactory, NeedFactory


@pytest.fixture
def team(person):
    return person(roles.DIGITALISATION_TEAM, name="Marte Sveen")


@pytest.fixture
def health(db):
    return SectorFactory(order=1, short_name="Helse", name="Helse")


@pytest.fixture
def enter(scored, health):
    def make(cost=Decimal(400_000), **idea):
        values = {"sector": health, "title": "Digitalt tilsyn", **idea}
        return EntryFactory(
            round=scored,
            idea=IdeaFactory(
                cycle=scored.cycle,
                status=IdeaStatus.FORWARDED,
                estimated_cost=cost,
                estimated_effort=Decimal("0.5"),
                **values,
            ),
        )

    return make


def edit_url(entry) -> str:
    return reverse("prioritization:need-edit", args=[entry.round_id, entry.pk])


def shown_seen(client, entry) -> str:
    return client.get(edit_url(entry)).context["form"]["seen"].value()


def test_need_edit_begins_with_the_ideas_own_estimate(client, team, enter, health, scored):
    entry = enter()
    client.force_login(team)

    form = client.get(edit_url(entry)).context["form"]

    year = scored.cycle.budget_year
    assert form[f"kroner_{year}_{health.pk}"].value() == "400\u202f000"
    assert form[f"arsverk_{year}_{health.pk}"].value() == "0,5"


def test_need_edit_spreads_over_years(client, team, enter, health, scored):
    entry = enter()
    year = scored.cycle.budget_year
    client.force_login(team)

    client.post(
        edit_url(entry),
        {
            "seen": shown_seen(client, entry),
            "sector": health.pk,
            f"kroner_{year}_{health.pk}": "300 000",
            f"kroner_{year + 1}_{health.pk}": "100000",
            f"arsverk_{year + 1}_{health.pk}": "0,25",
        },
    )

    stored = Need.objects.filter(entry=entry).values_list("year", "kroner", "person_years")
    assert list(stored) == [
        (year, Decimal(300_000), Decimal(0)),
        (year + 1, Decimal(100_000), Decimal("0.25")),
    ]


def test_need_edit_keeps_that_nothing_is_needed(client, team, enter, health):
    entry = enter()
    client.force_login(team)

    client.post(edit_url(entry), {"seen": shown_seen(client, entry), "sector": health.pk})

    assert entry.needs.get().kroner == 0


def test_need_edit_says_what_is_wrong_and_keeps_what_was_typed(client, team, enter, health, scored):
    entry = enter()
    year = scored.cycle.budget_year
    client.force_login(team)

    response = client.post(
        edit_url(entry),
        {
            "seen": shown_seen(client, entry),
            "sector": health.pk,
            f"kroner_{year}_{health.pk}": "mye",
            f"arsverk_{year}_{health.pk}": "-1",
        },
    )

    page = response.content.decode()
    assert "Skriv et tall, for eksempel 5,8." in page
    assert "Årsverk kan ikke være mindre enn null." in page
    assert 'value="mye"' in page
    assert not entry.needs.exists()


def test_need_edit_adds_a_sector_and_keeps_what_was_typed(client, team, enter, health, scored):
    entry = enter()
    other = SectorFactory(order=2, name="Teknisk drift")
    year = scored.cycle.budget_year
    client.force_login(team)

    response = client.post(
        edit_url(entry),
        {
            "seen": "noe eldre",
            "sector": health.pk,
            "add": other.pk,
            "add_sector": "1",
            f"kroner_{year}_{health.pk}": "ikke ferdig",
        },
    )

    form = response.context["form"]
    assert [sector.name for sector, _years in form.by_sector()] == ["Helse", "Teknisk drift"]
    assert form[f"kroner_{year}_{health.pk}"].value() == "ikke ferdig"
    assert form["seen"].value() == "noe eldre"


def test_need_edit_tells_the_second_of_two_who_edit_at_once(client, team, enter, health, scored):
    entry = enter()
    year = scored.cycle.budget_year
    client.force_login(team)
    seen = shown_seen(client, entry)
    NeedFactory(entry=entry, year=year, sector=health, kroner=1)
    typed = {"seen": seen, "sector": health.pk, f"kroner_{year}_{health.pk}": "300000"}

    refused = client.post(edit_url(entry), typed)
    again = {**typed, "seen": refused.context["form"]["seen"].value()}
    client.post(edit_url(entry), again)

    assert "Noen andre endret dette mens du skrev" in refused.content.decode()
    assert entry.needs.get().kroner == 300_000


def test_need_reset_goes_back_to_the_estimate(client, team, enter, health):
    entry = enter()
    NeedFactory(entry=entry, sector=health, kroner=1)
    client.force_login(team)

    client.post(reverse("prioritization:need-reset", args=[entry.round_id, entry.pk]))

    assert not entry.needs.exists()


def test_need_list_says_what_the_ideas_cost_together(client, team, enter, scored):
    enter(Decimal(1_400_000))
    enter(Decimal(200_000))
    enter(None, title="Ukjent")
    client.force_login(team)

    response = client.get(reverse("prioritization:needs", args=[scored.pk]))

    assert response.context["heading"] == "Ideene koster 1,6 mill. kr til sammen".replace(
        "1,6 mill. kr", "1,6\xa0mill.\xa0kr"
    )
    assert response.context["unknown"] == 0  # the effort is an estimate too


@pytest.mark.parametrize("count", [1, 3])
def test_need_list_takes_the_same_queries_however_long(
    client, team, enter, scored, django_assert_num_queries, count
):
    for _ in range(count):
        NeedFactory(entry=enter(), sector=SectorFactory())
    client.force_login(team)

    with django_assert_num_queries(9):
        client.get(reverse("prioritization:needs", args=[scored.pk]))
