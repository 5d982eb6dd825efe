from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ideas import actions
from ideas.models import Idea, Support
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import CycleFactory

KEY = "11111111-1111-1111-1111-111111111111"


@pytest.fixture
def idea(cycle) -> Idea:
    return IdeaFactory(cycle=cycle, published_at=timezone.now())


def _support(client, idea, **more):
    url = reverse("ideas:support", args=[idea.code])
    return client.post(url, {"submission_key": KEY, **more}, follow=True)


def _count(idea) -> int:
    return Idea.objects.get(pk=idea.pk).supporter_count


def test_a_browser_supports_once_and_can_take_it_back(client, idea):
    _support(client, idea)
    page = _support(client, idea).content.decode()
    assert _count(idea) == 1
    assert "Ta tilbake støtten" in page

    _support(client, idea, take_back="1")
    assert _count(idea) == 0


def test_another_browser_is_another_supporter(idea):
    for _ in range(3):
        _support(Client(), idea)

    assert _count(idea) == 3


def test_an_account_supports_once_from_all_its_browsers(idea, team_member):
    for _ in range(2):
        browser = Client()
        browser.force_login(team_member)
        _support(browser, idea)

    assert _count(idea) == 1


def test_the_key_tells_nobody_who_it_is(client, idea, team_member):
    client.force_login(team_member)
    _support(client, idea)

    assert str(team_member.pk) != Support.objects.get().key
    assert len(Support.objects.get().key) == 64


def test_a_cookie_somebody_made_up_is_not_a_key(client, idea):
    client.cookies["stotte"] = "paafunn:signatur"

    _support(client, idea)

    assert _count(idea) == 1
    assert client.cookies["stotte"]["httponly"]


def test_looking_at_an_idea_sets_no_cookie(client, idea):
    client.get(idea.get_absolute_url())

    assert "stotte" not in client.cookies


def test_a_robot_that_fills_the_hidden_field_does_not_count(client, idea):
    answer = _support(client, idea, website="http://x.example")

    assert answer.status_code == 200
    assert _count(idea) == 0


def test_what_is_not_published_cannot_be_supported(client, cycle):
    assert _support(client, IdeaFactory(cycle=cycle)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_time_are_all_counted_and_each_once():
    idea = IdeaFactory(cycle=CycleFactory(open=True), published_at=timezone.now())

    def act(number: int) -> None:
        try:
            mine = Idea.objects.get(pk=idea.pk)
            actions.support(mine, key=f"key {number % 10}", at=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(40)))

    assert _count(idea) == Support.objects.count() == 10
