import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from core.search import count_words
from gjovik_digi.views.similar import like
from ideas.models import Idea
from projects.models import Project
from tests.factories.ideas import IdeaFactory
from tests.factories.projects import ProjectFactory

SIMILAR = "/ideer/liknende/"
TYPED = "Vi hører ikke hvor vi står i barnehagekøen"


def counted():
    count_words(Idea)
    count_words(Project)


@pytest.fixture
def idea(cycle):
    made = IdeaFactory(cycle=cycle, title="Vis plass i barnehagekøen", published_at=timezone.now())
    counted()
    return made


def test_an_idea_that_is_alike_is_shown_with_its_status(client, idea):
    page = client.post(SIMILAR, {"problem": TYPED}).content.decode()

    assert "Dette likner på" in page
    assert idea.title in page
    assert "Mottatt" in page


@pytest.mark.parametrize("typed", ["", "barnehage", "   b   a   r   ", "Hunden min bjeffer mye"])
def test_nothing_is_shown_before_there_is_enough_or_when_nothing_is_alike(client, idea, typed):
    assert client.post(SIMILAR, {"problem": typed}).content.decode().strip() == ""


def test_what_is_not_published_is_not_shown(client, idea):
    Idea.objects.update(published_at=None)

    assert client.post(SIMILAR, {"problem": TYPED}).content.decode().strip() == ""


def test_it_is_not_asked_for_with_the_text_in_the_address(client, idea):
    assert client.get(SIMILAR, {"problem": TYPED}).status_code == 405


def test_a_project_is_shown_once_and_not_as_its_idea_too(idea):
    ProjectFactory(idea=idea, name="Barnehagekøen på nett")
    counted()

    (found,) = like(TYPED, user=AnonymousUser())

    assert found.project.name == "Barnehagekøen på nett"


def test_the_idea_of_a_project_with_another_name_leads_to_the_project(idea):
    project = ProjectFactory(idea=idea, name="Opptaksportal")
    counted()

    (found,) = like(TYPED, user=AnonymousUser())

    assert found.project == project


def test_three_are_enough_and_the_queries_are_few(idea, cycle, django_assert_num_queries):
    for number in range(5):
        IdeaFactory(cycle=cycle, title=f"Barnehagekøen {number}", published_at=timezone.now())
    ProjectFactory(idea__cycle=cycle, name="Barnehagekøen på skjerm")
    counted()

    with django_assert_num_queries(4):
        found = like(TYPED, user=AnonymousUser())

    assert len(found) == 3
