"""The benefits map: boxes and lines, what is missing, and what is refused."""

import uuid

import pytest
from django.urls import reverse

from benefits import actions
from benefits.benefit_map import BenefitMap
from benefits.models import MapColumn, MapLink, MapNode
from core import roles
from core.errors import ActionRefused
from tests.factories.benefits import BenefitFactory
from tests.factories.municipality import GoalFactory
from tests.factories.projects import ProjectFactory
from tests.factories.realising import MapNodeFactory, benefit_box

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(person):
    return person(roles.PROJECT_OWNER, name="Anne Bakken")


@pytest.fixture
def project(owner):
    return ProjectFactory(owner=owner)


@pytest.fixture
def browser(client, owner):
    client.force_login(owner)
    return client


def words(project):
    return [matter.words for matter in BenefitMap.of(project).matters]


def test_a_box_is_added_once_last_in_its_column_with_its_lines(browser, project):
    change = MapNodeFactory(project=project, column=MapColumn.BUSINESS_CHANGE, text="Nye rutiner")
    MapNodeFactory(project=project, order=4)
    form = {"text": "Låser", "leads_to": [change.pk], "submission_key": uuid.uuid4()}

    for _sent in range(2):
        browser.post(reverse("benefits:map-add", args=[project.pk, "enabler"]), form)

    added = MapNode.objects.get(text="Låser")
    assert added.order == 5
    assert [link.target for link in added.links_out.all()] == [change]


def test_lines_in_a_ring_are_refused_by_name_and_what_was_typed_is_kept(browser, project):
    first = MapNodeFactory(project=project, text="Kurs")
    second = MapNodeFactory(project=project, text="Låser")
    MapLink.objects.create(source=first, target=second)
    form = {"text": "Nye låser", "leads_to": [first.pk], "version": second.version}

    response = browser.post(reverse("benefits:map-edit", args=[project.pk, second.pk]), form)

    assert "Kurs → Låser → Kurs" in response.content.decode()
    assert 'value="Nye låser"' in response.content.decode()
    assert MapLink.objects.count() == 1


def test_lines_to_the_left_are_refused(project, owner):
    left = MapNodeFactory(project=project)
    right = MapNodeFactory(project=project, column=MapColumn.INTERMEDIATE)

    with pytest.raises(ActionRefused, match="mot høyre"):
        actions.change_box(right, by=owner, leads_to=[left])


def test_what_is_missing_is_told(project):
    goal = GoalFactory(code="1a")
    without_goal = benefit_box(BenefitFactory(project=project, number=1, name="Tid"))
    benefit_box(BenefitFactory(project=project, number=2, name="Tryggere", goal=goal))
    MapNodeFactory(project=project, text="Låser")
    change = MapNodeFactory(project=project, column=MapColumn.BUSINESS_CHANGE, text="Rutiner")
    MapLink.objects.create(source=change, target=without_goal)

    assert words(project) == [
        "«Låser» fører ikke til noe.",
        "«K1 Tid» har ikke noe mål.",
        "Ingenting fører til «K2 Tryggere».",
        "«K2 Tryggere» har målet 1a i registeret, men ingen strek til det.",
    ]


def test_the_register_and_the_map_are_made_to_agree_about_the_goal(browser, project, owner):
    goal = GoalFactory(code="1a")
    in_register = BenefitFactory(project=project, number=1, goal=goal)
    in_map = BenefitFactory(project=project, number=2)
    actions.place_benefit(in_register, by=owner)
    box = benefit_box(in_map)
    MapLink.objects.create(source=box, target=MapNode.objects.get(goal=goal))

    browser.post(reverse("benefits:map-agree", args=[project.pk, box.pk]))

    in_map.refresh_from_db()
    assert in_map.goal == goal
    assert words(project) == [
        f"Ingenting fører til «{each.code} {each}»." for each in (in_register, in_map)
    ]


def test_a_removed_box_comes_back_with_its_lines(browser, project):
    first = MapNodeFactory(project=project, text="Låser")
    second = MapNodeFactory(project=project, column=MapColumn.BUSINESS_CHANGE)
    MapLink.objects.create(source=first, target=second)

    browser.post(reverse("benefits:map-remove", args=[project.pk, first.pk]))
    assert not MapLink.objects.exists()
    browser.post(reverse("benefits:map-restore", args=[project.pk]))

    assert [(link.source, link.target) for link in MapLink.objects.all()] == [(first, second)]


def test_a_box_moves_within_its_column(browser, project):
    first, second = (MapNodeFactory(project=project, text=text) for text in ("Én", "To"))

    url = reverse("benefits:map-move", args=[project.pk, second.pk])
    for _once_more in range(2):
        browser.post(url, {"direction": "up"})

    [column] = [each for each in BenefitMap.of(project).columns if each.boxes]
    assert [box.node for box in column.boxes] == [second, first]


@pytest.mark.parametrize("page", ["map", "map-drawing"])
def test_the_map_asks_as_often_however_large_it_is(
    page, client, person, project, django_assert_max_num_queries
):
    client.force_login(person(roles.DIGITALISATION_TEAM))
    goal = GoalFactory()
    url = reverse(f"benefits:{page}", args=[project.pk])
    for number in range(1, 4):
        BenefitFactory(project=project, number=number, goal=goal)
    client.get(url)

    with django_assert_max_num_queries(40) as few:
        client.get(url)
    for number in range(4, 12):
        actions.place_benefit(
            BenefitFactory(project=project, number=number, goal=goal), by=project.owner
        )
        BenefitFactory(project=project, number=number + 20)
    with django_assert_max_num_queries(len(few)):
        response = client.get(url)

    assert response.status_code == 200
