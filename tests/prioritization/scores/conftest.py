import pytest
from django.urls import reverse

from prioritization import actions
from prioritization.models import ScoreLevel


@pytest.fixture
def as_team(client, team_member):
    client.force_login(team_member)
    return client


@pytest.fixture
def as_scorer(client, scorer):
    client.force_login(scorer)
    return client


@pytest.fixture
def answer_all(questions, today):
    """Answer every question about an idea: `answer_all(entry, scorer, ScoreLevel.LOW)`."""

    def answer(entry, person, level=ScoreLevel.MEDIUM):
        levels = dict.fromkeys(questions.values(), level)
        actions.give_scores(entry, levels=levels, by=person, on=today)

    return answer


def url(name, *args):
    return reverse(f"prioritization:{name}", args=args)


def text_of(response):
    return " ".join(response.content.decode().split())
