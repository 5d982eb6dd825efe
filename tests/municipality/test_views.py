import datetime as dt

import pytest
from django.utils import timezone

from core import roles
from municipality.calendar import PhaseKind, default_phases
from municipality.models import AnnualCycle, Phase
from tests.factories.benefits import BenefitFactory
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import CycleFactory, GoalFactory, PhaseFactory, StrategyFactory
from tests.factories.projects import ProjectFactory

GOALS, CYCLE, EDIT, CREATE = "/mal/", "/arshjul/", "/arshjul/rediger/", "/arshjul/nytt/"
DEADLINE = dt.date(2026, 10, 25)
PUBLISHED = dt.datetime(2026, 4, 10, tzinfo=dt.UTC)


def _dates(deadline=DEADLINE, version=0, **changes):
    data = {"version": version, "budget_deadline": str(deadline)}
    for kind, span in default_phases(deadline).items():
        data[f"{kind.value}_opens_on"] = str(span.opens_on)
        data[f"{kind.value}_closes_on"] = str(span.closes_on)
    return data | changes


@pytest.fixture
def this_year(db) -> AnnualCycle:
    """2026 with the default dates."""
    cycle = CycleFactory(year=2026, budget_deadline=DEADLINE)
    for kind, span in default_phases(DEADLINE).items():
        PhaseFactory(cycle=cycle, kind=kind, opens_on=span.opens_on, closes_on=span.closes_on)
    return cycle


# Goals


def test_goals_are_open_and_say_when_there_are_none(client, db):
    response = client.get(GOALS)

    assert response.status_code == 200
    assert "Målene er ikke lagt inn ennå" in response.text


def test_a_goal_has_its_strategies_or_says_that_there_are_none(client, db):
    StrategyFactory(text="Klarspråk i alle brev").goals.add(GoalFactory(code="1d"))
    GoalFactory(code="2b")

    text = client.get(GOALS).text

    assert 'id="mal-1d"' in text
    assert "Klarspråk i alle brev" in text
    assert text.count("Ingen lokal strategi") == 1


def test_a_goal_links_to_the_ideas_and_projects_that_serve_it(client, cycle):
    goal = GoalFactory(code="2e")
    idea = IdeaFactory(cycle=cycle, title="Tryggere netter", published_at=PUBLISHED)
    hidden = IdeaFactory(cycle=cycle, title="Ikke publisert")
    running = IdeaFactory(cycle=cycle, title="Nøkkelen", published_at=PUBLISHED)
    for each in (idea, hidden, running):
        each.goals.add(goal)
    project = ProjectFactory(idea=running, name="Digital nøkkel")
    BenefitFactory(project=project)

    text = client.get(GOALS).text

    assert "2 ideer støtter målet" in text
    assert idea.get_absolute_url() in text
    assert project.get_absolute_url() in text
    assert "1 gevinst" in text
    assert "Ikke publisert" not in text


def test_a_goal_with_many_ideas_shows_five_and_links_to_the_rest(client, cycle):
    goal = GoalFactory(code="2e")
    for _number in range(7):
        IdeaFactory(cycle=cycle, published_at=PUBLISHED).goals.add(goal)

    text = client.get(GOALS).text

    assert text.count("Idé, mottatt") == 5
    assert "/ideer/?goal=2e" in text


def test_goals_ask_as_often_for_one_goal_as_for_three(client, cycle, django_assert_num_queries):
    def add():
        goal = GoalFactory()
        StrategyFactory().goals.add(goal)
        project = ProjectFactory(idea=IdeaFactory(cycle=cycle, published_at=PUBLISHED))
        project.idea.goals.add(goal)
        BenefitFactory(project=project)

    add()
    with django_assert_num_queries(8):
        client.get(GOALS)

    add()
    add()

    with django_assert_num_queries(8):
        client.get(GOALS)


# The year


def test_the_year_says_what_is_open(client, cycle):
    text = client.get(CYCLE).text

    assert "Måling, idémyldring, prioritering, notat og vedtak, og prosjekt er åpne nå" in text
    assert EDIT not in text


def test_the_year_before_it_is_started(client, db):
    text = client.get(CYCLE).text

    assert "Årshjulet er ikke startet ennå" in text


def test_an_earlier_year_can_be_read(client, this_year):
    earlier = CycleFactory(year=2024, is_current=False, budget_deadline=dt.date(2024, 10, 25))
    for kind, span in default_phases(earlier.budget_deadline).items():
        PhaseFactory(cycle=earlier, kind=kind, opens_on=span.opens_on, closes_on=span.closes_on)

    assert "?ar=2024" in client.get(CYCLE).text
    assert "Hele runden i 2024 er ferdig" in client.get(CYCLE, {"ar": "2024"}).text
    assert client.get(CYCLE, {"ar": "1999"}).status_code == 404


@pytest.mark.parametrize("url", [EDIT, CREATE])
def test_others_cannot_change_the_year(client, this_year, manager, url):
    assert client.get(url).status_code == 302
    client.force_login(manager)

    assert client.get(url).status_code == 403
    assert client.post(url, _dates()).status_code == 403


def test_dates_are_moved(client, this_year, team_member):
    client.force_login(team_member)

    response = client.post(EDIT, _dates(ideation_closes_on="2026-05-30"), follow=True)

    assert "Datoene for 2026 er lagret." in response.text
    ideation = Phase.objects.get(kind=PhaseKind.IDEATION)
    assert ideation.closes_on == dt.date(2026, 5, 30)


def test_dates_that_overlap_are_saved_with_a_word(client, this_year, team_member):
    client.force_login(team_member)

    response = client.post(EDIT, _dates(ideation_closes_on="2026-06-10"), follow=True)

    assert "Idémyldring og prioritering er åpne samtidig i 10 dager." in response.text


def test_dates_are_recomputed_and_shown_before_they_are_saved(client, this_year, team_member):
    client.force_login(team_member)

    response = client.post(EDIT, _dates() | {"budget_deadline": "2026-11-01", "recompute": "1"})

    assert "De gjelder først når du lagrer" in response.text
    assert 'value="2026-04-14"' in response.text  # idémyldring, a week later
    this_year.refresh_from_db()
    assert this_year.budget_deadline == DEADLINE


def test_recomputing_without_a_deadline_asks_for_one(client, this_year, team_member):
    client.force_login(team_member)

    response = client.post(EDIT, _dates(budget_deadline="", recompute="1"))

    assert "Velg en dato." in response.text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ideation_closes_on": "2026-04-01"}, "kan ikke være før fasen åpner"),
        ({"prioritisation_opens_on": "2026-04-01"}, "Prioritering kan ikke åpne før idémyldring"),
        ({"project_closes_on": "2062-12-31"}, "Datoen må ligge nær 2026."),
        ({"memo_opens_on": "snart"}, "Skriv datoen slik"),
    ],
)
def test_dates_that_cannot_be_are_explained(client, this_year, team_member, changes, message):
    client.force_login(team_member)

    response = client.post(EDIT, _dates(**changes))

    assert message in response.text
    this_year.refresh_from_db()
    assert this_year.version == 0


def test_the_second_of_two_who_move_dates_is_told(client, this_year, team_member):
    client.force_login(team_member)
    client.post(EDIT, _dates(ideation_closes_on="2026-05-30"))

    response = client.post(EDIT, _dates(ideation_closes_on="2026-05-20", version=0))

    assert "Slik står datoene lagret nå" in response.text
    assert "30. mai" in response.text
    assert 'value="2026-05-20"' in response.text
    assert Phase.objects.get(kind=PhaseKind.IDEATION).closes_on == dt.date(2026, 5, 30)


def test_dates_cannot_be_moved_before_a_year_is_started(client, team_member):
    client.force_login(team_member)

    assert client.get(EDIT).status_code == 404


def test_the_next_year_is_started(client, this_year, person, time_machine):
    time_machine.move_to(dt.datetime(2026, 12, 1, tzinfo=dt.UTC))
    client.force_login(person(roles.ADMINISTRATOR))
    assert "Året 2026 er ikke lukket." in client.get(CREATE).text

    AnnualCycle.objects.update(closed_at=timezone.now())
    assert "2027 blir det gjeldende året" in client.get(CREATE).text

    response = client.post(CREATE, {"year": 2027, "budget_deadline": "2027-10-25"}, follow=True)

    assert "Årshjulet 2027 er i gang." in response.text
    assert AnnualCycle.objects.current().year == 2027


def test_a_year_started_twice_is_409(client, this_year, team_member):
    client.force_login(team_member)

    response = client.post(CREATE, {"year": 2026, "budget_deadline": "2026-10-25"})

    assert response.status_code == 409
    assert "Årshjulet 2026 finnes allerede." in response.text


def test_years_are_started_one_at_a_time(client, this_year, team_member, time_machine):
    time_machine.move_to(dt.datetime(2026, 2, 1, tzinfo=dt.UTC))
    AnnualCycle.objects.update(closed_at=timezone.now())
    client.force_login(team_member)

    response = client.post(CREATE, {"year": 2030, "budget_deadline": "2030-10-25"})

    assert "ett år om gangen" in response.text
    assert AnnualCycle.objects.count() == 1


def test_the_year_after_next_waits(client, team_member, time_machine):
    CycleFactory(year=2027, budget_deadline=dt.date(2027, 10, 25))
    time_machine.move_to(dt.datetime(2026, 12, 1, tzinfo=dt.UTC))
    client.force_login(team_member)

    assert "Årshjulet 2027 er allerede startet" in client.get(CREATE).text
