"""The list of published ideas: searched, narrowed down, put in order, leafed through."""

import pytest
from django.utils import timezone

from core.long_lists import LongPaginator
from ideas.models import IdeaStatus, Origin
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import CycleFactory, GoalFactory, SectorFactory

LIST = "/ideer/"
QUERIES = 8


def _published(cycle, title, **fields):
    return IdeaFactory(cycle=cycle, title=title, published_at=timezone.now(), **fields)


def _titles(client, query: str) -> list[str]:
    return [idea.title for idea in client.get(LIST + query).context["ideas"]]


@pytest.fixture
def ideas(cycle):
    health = SectorFactory(code="helse", name="Helse")
    goal = GoalFactory(code="M1")
    one = _published(cycle, "Barnehage", sector=health, supporter_count=1)
    two = _published(cycle, "Barnehagekø", status=IdeaStatus.DECLINED, supporter_count=5)
    three = _published(
        CycleFactory(year=cycle.year - 1, is_current=False),
        "Kart",
        submitter="business",
        origin=Origin.WORKSHOP,
        problem="Nær barnehagen mangler kart.",
    )
    one.goals.add(goal)
    IdeaFactory(cycle=cycle, title="Barnehage som ingen har lest")
    return one, two, three


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Kart", "Barnehagekø", "Barnehage"]),
        ("?q=barnehager", ["Barnehagekø", "Barnehage", "Kart"]),
        ("?q=barnehager&sort=nyest", ["Kart", "Barnehagekø", "Barnehage"]),
        ("?q=barnehager&sort=stotte", ["Barnehagekø", "Barnehage", "Kart"]),
        ("?sort=stotte", ["Barnehagekø", "Barnehage", "Kart"]),
        ("?sector=helse", ["Barnehage"]),
        ("?goal=M1", ["Barnehage"]),
        ("?status=declined", ["Barnehagekø"]),
        ("?submitter=business", ["Kart"]),
        ("?origin=workshop", ["Kart"]),
        ("?q=barnehage&status=declined", ["Barnehagekø"]),
        ("?q=hundremetersløp", []),
    ],
)
def test_the_list_shows_what_is_asked_for_in_the_order_asked_for(client, ideas, query, titles):
    assert _titles(client, query) == titles


def test_the_year_is_a_year(client, ideas, cycle):
    assert _titles(client, f"?year={cycle.year - 1}") == ["Kart"]


def test_what_is_chosen_can_be_taken_away_one_by_one(client, ideas):
    page = client.get(f"{LIST}?q=barnehage&sector=helse&sort=stotte&page=2")

    chosen = {each.words: each.without for each in page.context["chosen"]}
    assert chosen == {
        "«barnehage»": "?sector=helse&sort=stotte",
        "Sektor: Helse": "?q=barnehage&sort=stotte",
    }
    assert 'href="?sector=helse&amp;sort=stotte"' in page.content.decode()


def test_leafing_keeps_what_is_asked_for(client, cycle):
    for number in range(30):
        _published(cycle, f"Kart {number}")

    page = client.get(f"{LIST}?q=kart&sort=nyest").content.decode()

    assert "?q=kart&amp;sort=nyest&amp;page=2" in page
    assert len(client.get(f"{LIST}?q=kart&sort=nyest&page=2").context["ideas"]) == 5


def test_an_empty_list_says_what_to_do(client, ideas):
    page = client.get(f"{LIST}?q=hundremetersløp").content.decode()

    assert "Ingen ideer passer" in page
    assert "Ta bort noe av det du har avgrenset til" in page


def test_more_than_are_counted_is_said(client, cycle, monkeypatch):
    monkeypatch.setattr(LongPaginator, "MOST", 3)
    for number in range(5):
        _published(cycle, f"Kart {number}")

    page = client.get(LIST)

    assert "Flere enn 3" in page.content.decode()
    assert page.context["page"].paginator.num_pages == 1


@pytest.mark.parametrize("count", [2, 25])
def test_the_list_asks_as_often_however_many_there_are(
    client, cycle, django_assert_num_queries, count
):
    sector = SectorFactory()
    for number in range(count):
        _published(cycle, f"Kart {number}", sector=sector)
    client.get(LIST)

    with django_assert_num_queries(QUERIES):
        client.get(f"{LIST}?sort=stotte")
