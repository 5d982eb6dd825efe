"""The portfolio's pages, and what needs somebody."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core import roles
from projects import attention
from projects.attention import Matter
from projects.models import (
    CaseStatus,
    Ending,
    GateCase,
    PhaseChange,
    Project,
    ProjectLink,
    ProjectPhase,
    SavedView,
)
from tests.factories.gates import make_method
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import GoalFactory, SectorFactory, UserFactory
from tests.factories.projects import ProjectFactory
from tests.factories.registers import BudgetLineFactory, PhasePlanFactory
from tests.factories.reports import DeviationFactory
from tests.factories.systems import SystemUseFactory

pytestmark = pytest.mark.django_db

PAGES = ["timeline", "board", "table", "goals", "attention"]


@pytest.fixture
def management(client, manager):
    client.force_login(manager)
    return client


def untouched_since(project, days):
    long_ago = timezone.now() - dt.timedelta(days=days)
    Project.objects.filter(pk=project.pk).update(updated_at=long_ago)


def content(client, name, query=""):
    """The page as text, with one space where the template breaks its lines."""
    page = client.get(reverse(f"portfolio:{name}") + query).content.decode()
    return re.sub(r"[ \n]+", " ", page)


def alive(**fields):
    """A project that nothing is the matter with."""
    return ProjectFactory(phase=ProjectPhase.CONCEPT, **fields)


# The heading


def test_the_heading_counts_projects_and_those_that_need_somebody(management, today):
    alive()
    late = today - dt.timedelta(days=5)
    ProjectFactory(phase=ProjectPhase.CONCEPT, next_gate_on=late, name="Byggesaksarkiv")

    shown = content(management, "timeline")

    assert "2 prosjekter, ett trenger deg" in shown
    assert "BP2 skulle vært tatt" in shown


def test_the_heading_says_when_all_is_well(management, today):
    alive()

    assert "Ett prosjekt, alt er i rute" in content(management, "timeline")
    assert "Alt er i rute" in content(management, "attention")


def test_two_in_the_same_system_are_told_even_when_nothing_else_is_the_matter(management, today):
    first, second = alive(name="Timeføring"), alive(name="Arbeidsavtaler")
    one = SystemUseFactory(project=first)
    SystemUseFactory(project=second, system=one.system)

    shown = content(management, "timeline")

    assert "2 prosjekter, noen står i veien for hverandre" in shown
    assert "Samme system" in shown


def test_the_sums_are_of_this_year_and_of_those_that_are_shown(management, today):
    sector = SectorFactory(code="nav")
    BudgetLineFactory(
        project=alive(sector=sector), budget=700_000, forecast=900_000, person_years=2
    )
    BudgetLineFactory(project=alive(), budget=5_000_000, person_years=1)
    BudgetLineFactory(project=alive(sector=sector), year=today.year + 1, budget=400_000)

    assert "Til sammen 5,9 mill. kr og 3,0 årsverk" in content(management, "timeline").replace(
        "\xa0", " "
    )
    narrowed = content(management, "timeline", "?sector=nav")
    assert "Til sammen 900\u202f000 kr og 2,0 årsverk" in narrowed.replace("\xa0", " ")


# The pages


def fill(count, today, owner):
    sector = SectorFactory()
    for number in range(count):
        project = ProjectFactory(
            owner=owner,
            manager=owner,
            sector=sector,
            next_gate_on=today - dt.timedelta(days=number + 1),
            phase=ProjectPhase.EXECUTION,
        )
        PhasePlanFactory(project=project)
        BudgetLineFactory(project=project)
        PhaseChange.objects.create(
            project=project, phase="execution", by=owner, on=today, note="Klar."
        )
        if number:
            ProjectLink.objects.create(before=sector.projects.first(), after=project, what="Data")
    return sector


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_as_often_for_five_as_for_two(name, management, today):
    owner = UserFactory()
    fill(2, today, owner)
    address = reverse(f"portfolio:{name}")
    with CaptureQueriesContext(connection) as few:
        management.get(address)
    fill(3, today, owner)

    with CaptureQueriesContext(connection) as many:
        management.get(address)

    assert len(many) == len(few)


def test_the_timeline_tells_the_same_as_a_table(management, today):
    project = ProjectFactory(name="Digital nøkkel", phase=ProjectPhase.CONCEPT)
    waiting = ProjectFactory(name="Medisindispenser")
    PhasePlanFactory(project=project, phase="concept", ends_on=today + dt.timedelta(days=20))
    ProjectLink.objects.create(before=project, after=waiting, what="Ny innlogging")

    shown = content(management, "timeline")

    assert "Venter på Digital nøkkel" in shown
    assert "Digital nøkkel: Ny innlogging" in shown
    assert "ventet" in shown


def test_the_board_shows_the_first_of_each_phase_and_leads_to_the_rest(
    management, today, monkeypatch
):
    monkeypatch.setattr("projects.portfolio.CARDS_IN_COLUMN", 2)
    for days in (30, 10, 20):
        ProjectFactory(
            name=f"Om {days} dager", phase="concept", next_gate_on=today + dt.timedelta(days=days)
        )

    shown = content(management, "board")

    assert shown.index("Om 10 dager") < shown.index("Om 20 dager")
    assert "Om 30 dager" not in shown
    assert "alle 3 i Konsept" in shown


def test_the_table_is_sorted_both_ways_and_what_is_unknown_stands_last(management):
    for name, forecast in [("A", 300), ("B", None), ("C", 100)]:
        ProjectFactory(name=name, forecast=forecast)

    def names(sort):
        response = management.get(reverse("portfolio:table"), {"sort": sort})
        return [row.project.name for row in response.context["rows"]]

    assert names("prognose") == ["C", "A", "B"]
    assert names("-prognose") == ["A", "C", "B"]
    assert names("finnes ikke") == ["A", "B", "C"]


def test_the_table_marks_the_column_it_is_sorted_by(management):
    ProjectFactory()

    shown = content(management, "table", "?sort=-fase")

    assert shown.count('aria-sort="') == 1
    assert 'aria-sort="descending"' in shown


def test_goals_without_projects_stand_first(management):
    served, unserved = GoalFactory(code="1a"), GoalFactory(code="1b")
    idea = IdeaFactory()
    idea.goals.add(served)
    ProjectFactory(name="Klart språk", idea=idea)

    response = management.get(reverse("portfolio:goals"))

    assert response.context["unserved"] == [unserved]
    assert "Klart språk" in response.content.decode()


def test_an_idea_that_was_taken_in_serves_its_goals_too(management, team_member):
    goal, idea = GoalFactory(), IdeaFactory()
    idea.goals.add(goal)
    project = ProjectFactory()
    project.taken_in.create(idea=idea, by=team_member, at=timezone.now())

    response = management.get(reverse("portfolio:goals"))

    assert response.context["unserved"] == []
    assert project.name in content(management, "table", f"?goal={goal.code}")


# What it is narrowed down to


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Grønn", "Rød"]),
        ("?light=red", ["Rød"]),
        ("?size=large", ["Grønn"]),
        ("?phase=execution", ["Rød"]),
        ("?standing=avsluttet", ["Stoppet"]),
        ("?standing=alle", ["Grønn", "Rød", "Stoppet"]),
        ("?needs=red", ["Rød"]),
        ("?needs=noe", ["Rød"]),
        ("?q=grønn", ["Grønn"]),
        ("?phase=finnes-ikke", ["Grønn", "Rød"]),
    ],
)
def test_the_portfolio_is_narrowed_down(management, today, query, names):
    month = today.replace(day=1)
    ProjectFactory(name="Rød", light="red", phase="execution", reported_for=month)
    ProjectFactory(name="Grønn", light="green", phase="concept", size="large")
    ProjectFactory(
        name="Stoppet",
        ending=Ending.STOPPED,
        ended_on=today,
        end_reason="Leverandøren gikk konkurs.",
        end_consequence="Ingen.",
    )

    response = management.get(reverse("portfolio:table") + query)

    assert [row.project.name for row in response.context["rows"]] == names


def test_the_filters_follow_from_one_page_to_the_next(management):
    ProjectFactory(phase="concept")

    shown = content(management, "table", "?phase=concept&sort=navn&page=1")

    assert f'href="{reverse("portfolio:board")}?phase=concept"' in shown


def test_an_owner_sees_their_own_and_what_is_open_to_all(client, person):
    owner = person(roles.PROJECT_OWNER)
    ProjectFactory(name="Lukket", opened_at=None)
    ProjectFactory(name="Eget", opened_at=None, owner=owner)
    ProjectFactory(name="Åpnet")
    client.force_login(owner)

    response = client.get(reverse("portfolio:table"))

    assert [row.project.name for row in response.context["rows"]] == ["Eget", "Åpnet"]


# What needs somebody


def one_that(matter, today):
    """A project that has `matter` and nothing else."""
    entered = today - dt.timedelta(days=200)
    if matter == Matter.GATE:
        return ProjectFactory(next_gate_on=today - dt.timedelta(days=1))
    if matter == Matter.RED:
        month = today.replace(day=1)
        return ProjectFactory(light="red", reported_for=month, phase="execution")
    if matter == Matter.SILENT:
        project = ProjectFactory()
        untouched_since(project, 31)
        return project
    project = ProjectFactory(phase="execution", reported_for=today, started_on=entered)
    if matter == Matter.REPORT:
        Project.objects.filter(pk=project.pk).update(reported_for=None)
    elif matter == Matter.FORECAST:
        PhaseChange.objects.create(
            project=project, phase="execution", by=project.owner, on=entered, note="Klar."
        )
    elif matter == Matter.DECISION:
        GateCase.objects.create(
            project=project,
            gate="BP4",
            submission_key="7c1a3c1e-6d0b-4d0e-9f5a-000000000001",
            status=CaseStatus.REQUESTED,
            requested_by=project.owner,
            requested_at=timezone.now() - dt.timedelta(days=15),
        )
    elif matter == Matter.DEVIATION:
        DeviationFactory(project=project)
    return project


@pytest.mark.parametrize("matter", Matter)
def test_each_thing_is_found_told_and_counted(matter, today):
    alive()
    project = one_that(matter, today)
    every = Project.objects.all()

    (found,) = attention.marked(attention.needing(every, on=today), on=today)

    assert found == project
    said = attention.said(found, on=today)
    assert [each.matter for each in said] == [matter]
    assert said[0].words
    assert attention.counts(every, on=today) == {"projects": 2, "needing": 1}


@pytest.mark.parametrize("matter", Matter)
def test_a_project_that_has_ended_needs_nobody(matter, today):
    project = one_that(matter, today)
    Project.objects.filter(pk=project.pk).update(ending=Ending.LINE, ended_on=today)

    assert not attention.needing(Project.objects.all(), on=today).exists()


def test_the_method_says_how_long_is_silent(today):
    method = make_method()
    method.silent_after_days = 60
    method.save()
    project = ProjectFactory(method=method)
    untouched_since(project, 40)

    assert not attention.needing(Project.objects.all(), on=today).exists()


def test_a_project_that_realises_is_never_silent(today):
    untouched_since(ProjectFactory(phase=ProjectPhase.REALISATION), 300)

    assert not attention.needing(Project.objects.all(), on=today).exists()


def test_a_forecast_made_after_the_phase_began_is_not_old(today):
    project = one_that(Matter.FORECAST, today)
    Project.objects.filter(pk=project.pk).update(forecast_at=timezone.now())

    assert not attention.needing(Project.objects.all(), on=today).exists()


def test_the_most_pressing_stands_first(management, today):
    for matter in (Matter.SILENT, Matter.RED, Matter.GATE):
        one_that(matter, today)

    response = management.get(reverse("portfolio:attention"))

    first = [row.first.matter for row, _inside in response.context["rows"]]
    assert first == [Matter.GATE, Matter.RED, Matter.SILENT]


def test_two_that_collide_are_told_with_what_it_means(management, today):
    one = SystemUseFactory(project=alive(name="Timeføring"))
    SystemUseFactory(project=alive(name="Arbeidsavtaler"), system=one.system)

    shown = content(management, "attention")

    assert "i veien for hverandre" in shown
    assert "Avtal hvem som går først" in shown


# Saved views


def test_a_view_is_kept_used_and_deleted(management, manager):
    ProjectFactory(light="red", reported_for=dt.date(2026, 1, 1))
    management.post(
        reverse("portfolio:views"), {"name": "De røde", "query": "light=red&page=2&phase="}
    )

    view = SavedView.objects.get(person=manager)
    assert (view.name, view.query) == ("De røde", "light=red")
    assert "De røde" in content(management, "table")

    management.post(reverse("portfolio:view", args=[view.pk]), {"delete": "1"})
    assert not SavedView.objects.exists()


def test_the_same_name_again_is_the_new_view(management, manager):
    for query in ("light=red", "light=yellow"):
        management.post(reverse("portfolio:views"), {"name": "Mine", "query": query})

    assert SavedView.objects.get(person=manager).query == "light=yellow"


def test_a_view_needs_a_name(management):
    response = management.post(reverse("portfolio:views"), {"name": "", "query": "light=red"})

    assert "Gi visningen et navn." in response.content.decode()
    assert not SavedView.objects.exists()


def test_two_views_cannot_have_one_name(management, manager):
    SavedView.objects.create(person=manager, name="Mine", query="light=red")
    other = SavedView.objects.create(person=manager, name="Andre", query="phase=concept")

    response = management.post(reverse("portfolio:view", args=[other.pk]), {"name": "Mine"})

    assert "Du har allerede en visning som heter det." in response.content.decode()


# The menu, and the list that everybody reads


def test_the_menu_leads_to_the_portfolio_for_those_who_have_a_role_in_it(management):
    assert f'href="{reverse("portfolio:timeline")}"' in content(management, "table")


def test_the_menu_leads_others_to_the_open_list(client, person):
    client.force_login(person(roles.EMPLOYEE))

    shown = client.get(reverse("projects:list")).content.decode()

    assert reverse("portfolio:timeline") not in shown


def test_the_open_list_tells_that_a_project_was_stopped(client, today):
    ProjectFactory(
        ending=Ending.STOPPED, ended_on=today, end_reason="Konkurs.", end_consequence="Ingen."
    )

    shown = client.get(reverse("projects:list")).content.decode()

    assert "Stoppet" in shown
    assert "Ingen prosjekter pågår." in shown
