"""The one way in which every kind of line is added, changed, removed and put back."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse

from core import roles
from core.errors import ActionRefused
from core.models import Event
from projects.actions import registers as actions
from projects.models import (
    Ending,
    Milestone,
    MilestoneLink,
    ProjectPhase,
    Risk,
    RiskStatus,
    Stakeholder,
    UserInvolvement,
)
from tests.factories.projects import ProjectFactory
from tests.factories.registers import (
    InvolvementFactory,
    LessonFactory,
    MilestoneFactory,
    RiskFactory,
    StakeholderFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(person):
    return person(roles.PROJECT_MANAGER, name="Jonas Lien")


@pytest.fixture
def project(owner, manager):
    return ProjectFactory(owner=owner, manager=manager, name="Digital nøkkel")


@pytest.fixture
def browser(client, manager):
    client.force_login(manager)
    return client


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def stakeholder_form(**changed):
    form = {
        "name": "Borettslagene",
        "influence": "3",
        "attitude": "-1",
        "engagement": "inform",
        "goal": "",
        "message": "",
        "channel": "",
        "when": "",
        "responsible": "",
    }
    return form | changed


def test_a_line_is_added_and_the_project_is_not_silent(browser, project):
    before = project.updated_at

    response = browser.post(
        reverse("projects:stakeholder-add", args=[project.pk]),
        stakeholder_form(submission_key=uuid.uuid4()),
    )

    project.refresh_from_db()
    stakeholder = project.stakeholders.get()
    assert response.url == reverse("projects:stakeholders", args=[project.pk])
    assert (stakeholder.name, stakeholder.attitude) == ("Borettslagene", -1)
    assert project.updated_at > before
    assert Event.objects.about(stakeholder).get().verb == "stakeholder added"


def test_the_same_form_sent_twice_is_one_line(browser, project):
    form = stakeholder_form(submission_key=uuid.uuid4())
    for _time in range(2):
        browser.post(reverse("projects:stakeholder-add", args=[project.pk]), form)

    assert project.stakeholders.count() == 1


def test_what_is_missing_is_said_and_what_was_typed_stays(browser, project):
    response = browser.post(
        reverse("projects:stakeholder-add", args=[project.pk]),
        stakeholder_form(name="", goal="De sier ja", submission_key=uuid.uuid4()),
    )

    page = response.content.decode()
    assert "Skriv hvem det gjelder. En gruppe holder." in page
    assert "De sier ja" in page
    assert not Stakeholder.objects.exists()


def test_the_second_of_two_who_edit_sees_what_the_first_wrote(browser, project, owner):
    stakeholder = StakeholderFactory(project=project, name="Ansatte")
    url = reverse("projects:stakeholder-edit", args=[project.pk, stakeholder.pk])
    browser.post(url, stakeholder_form(name="Alle ansatte", version=0))
    browser.force_login(owner)

    response = browser.post(url, stakeholder_form(name="Vikarer", version=0))

    stakeholder.refresh_from_db()
    page = response.content.decode()
    assert stakeholder.name == "Alle ansatte"
    assert "Slik står det lagret nå" in page
    assert 'value="Vikarer"' in page


def test_a_line_of_another_project_is_not_found(browser, project):
    other = StakeholderFactory()

    url = reverse("projects:stakeholder-edit", args=[project.pk, other.pk])

    assert browser.get(url).status_code == 404


def test_a_removed_line_can_be_put_back_with_all_it_had(browser, project):
    stakeholder = StakeholderFactory(project=project, goal="De sier ja", version=3)
    browser.post(reverse("projects:stakeholder-remove", args=[project.pk, stakeholder.pk]))
    page = browser.get(reverse("projects:stakeholders", args=[project.pk])).content.decode()
    assert not project.stakeholders.exists()
    assert "Angre" in page

    browser.post(reverse("projects:stakeholder-restore", args=[project.pk]))

    assert project.stakeholders.get().goal == "De sier ja"
    assert project.stakeholders.get().pk == stakeholder.pk


def test_undoing_twice_or_too_late_does_nothing_more(browser, project):
    stakeholder = StakeholderFactory(project=project)
    browser.post(reverse("projects:stakeholder-remove", args=[project.pk, stakeholder.pk]))

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=11)):
        response = browser.post(reverse("projects:stakeholder-restore", args=[project.pk]))

    assert not project.stakeholders.exists()
    assert said(response) == ["Det er for lenge siden. Legg den inn på nytt."]


def test_removing_what_somebody_else_has_removed_says_so(browser, project):
    url = reverse("projects:stakeholder-remove", args=[project.pk, 999])

    assert said(browser.post(url)) == ["Den er allerede fjernet."]


def test_the_register_of_a_project_that_has_ended_is_kept_as_it_was(project, manager, today):
    stakeholder = StakeholderFactory(project=project)
    project.ending, project.ended_on = Ending.LINE, today
    project.save()

    with pytest.raises(ActionRefused, match="er avsluttet"):
        actions.remove_line(stakeholder, by=manager)

    assert project.stakeholders.exists()


def test_buttons_are_not_shown_to_those_who_only_read(client, project, person):
    StakeholderFactory(project=project)
    client.force_login(person(roles.MANAGEMENT))

    page = client.get(reverse("projects:stakeholders", args=[project.pk])).content.decode()

    assert "Ansatte i hjemmetjenesten" in page
    assert "Fjern" not in page


# Uncertainty


def risk_form(**changed):
    form = {
        "kind": "threat",
        "event": "Låsene passer ikke",
        "effect": "",
        "likelihood": "4",
        "impact": "4",
        "strategy": "reduce",
        "measure": "",
        "likelihood_after": "",
        "impact_after": "",
        "proximity": "phase",
        "owner": "",
        "submission_key": uuid.uuid4(),
    }
    return form | changed


def test_a_risk_that_is_taken_out_keeps_its_number_and_stands_last(browser, project):
    first = RiskFactory(project=project, event="Den første", likelihood=5, impact=5)
    RiskFactory(project=project, event="Den andre")

    browser.post(reverse("projects:risk-remove", args=[project.pk, first.pk]))
    browser.post(reverse("projects:risk-add", args=[project.pk]), risk_form())

    response = browser.get(reverse("projects:risks", args=[project.pk]))
    assert [(risk.number, risk.status) for risk in response.context["page"]] == [
        (3, RiskStatus.IDENTIFIED),
        (2, RiskStatus.IDENTIFIED),
        (1, RiskStatus.GONE),
    ]


def test_undoing_gives_a_risk_its_status_back_and_keeps_what_was_written_since(project, manager):
    risk = RiskFactory(project=project, status=RiskStatus.TREATED)
    kept = actions.remove_line(risk, by=manager)
    Risk.objects.update(event="Skrevet siden")

    actions.restore_line(project, kept, by=manager)

    risk.refresh_from_db()
    assert (risk.status, risk.event) == (RiskStatus.TREATED, "Skrevet siden")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"strategy": "use"}, "«Utnytte» passer ikke for en trussel"),
        ({"kind": "opportunity"}, "«Redusere» passer ikke for en mulighet"),
        ({"likelihood_after": "2"}, "Velg både S og K etter tiltak"),
        ({"likelihood": ""}, "Velg hvor sannsynlig det er, fra 0 til 5."),
        ({"likelihood": "6"}, "Velg noe fra listen."),
    ],
)
def test_a_risk_that_does_not_add_up_is_refused(browser, project, changed, message):
    response = browser.post(reverse("projects:risk-add", args=[project.pk]), risk_form(**changed))

    assert message in response.content.decode()
    assert not project.risks.exists()


# Milestones


def milestone_form(**changed):
    form = {"name": "Opplæring", "delivers": "", "planned_on": "2027-01-15", "reached_on": ""}
    return form | {"responsible": ""} | changed


def test_a_milestone_waits_for_others(browser, project):
    first = MilestoneFactory(project=project)

    browser.post(
        reverse("projects:milestone-add", args=[project.pk]),
        milestone_form(waits_for=[first.pk], submission_key=uuid.uuid4()),
    )

    link = MilestoneLink.objects.get()
    assert (link.before, link.after.name) == (first, "Opplæring")


def test_a_circle_of_milestones_is_refused_and_named(browser, project):
    a, b, c = [MilestoneFactory(project=project, name=name) for name in "ABC"]
    MilestoneLink.objects.create(before=a, after=b)
    MilestoneLink.objects.create(before=b, after=c)

    response = browser.post(
        reverse("projects:milestone-edit", args=[project.pk, a.pk]),
        milestone_form(name="A", waits_for=[c.pk], version=0),
    )

    assert "Da venter milepælene på hverandre i ring: A → B → C → A." in response.content.decode()
    assert MilestoneLink.objects.count() == 2


def test_the_action_refuses_a_circle_too(project, manager):
    a, b = [MilestoneFactory(project=project, name=name) for name in "AB"]
    MilestoneLink.objects.create(before=a, after=b)

    with pytest.raises(ActionRefused, match="i ring: A → B → A"):
        actions.change_line(a, by=manager, waits_for=[b])

    assert MilestoneLink.objects.get().after == b


def test_a_milestone_is_put_back_with_the_links_that_still_make_sense(project, manager):
    a, b, c = [MilestoneFactory(project=project, name=name) for name in "ABC"]
    MilestoneLink.objects.create(before=a, after=b)
    MilestoneLink.objects.create(before=b, after=c)
    kept = actions.remove_line(b, by=manager)
    MilestoneLink.objects.create(before=c, after=a)

    actions.restore_line(project, kept, by=manager)

    links = {(link.before.name, link.after.name) for link in MilestoneLink.objects.all()}
    assert Milestone.objects.filter(name="B").exists()
    assert links == {("C", "A"), ("A", "B")}


def test_a_milestone_cannot_be_reached_in_the_future(browser, project):
    response = browser.post(
        reverse("projects:milestone-add", args=[project.pk]),
        milestone_form(reached_on="2099-01-01", submission_key=uuid.uuid4()),
    )

    assert "Datoen kan ikke være fram i tid." in response.content.decode()


# Involvement and lessons


def test_involvement_is_summed_and_missing_before_bp2(browser, project):
    url = reverse("projects:involvement", args=[project.pk])
    assert "kan ikke passere BP2" in browser.get(url).content.decode()

    InvolvementFactory(project=project, people=6, hours="7.5")
    InvolvementFactory(project=project, people=8, hours="12")

    page = browser.get(url).content.decode()
    assert "Brukerne har vært med to ganger" in page
    assert "14 personer til sammen" in page
    assert "19,5" in page
    assert "kan ikke passere BP2" not in page


def test_hours_in_words_are_asked_about(browser, project):
    response = browser.post(
        reverse("projects:involvement-add", args=[project.pk]),
        {
            "held_on": "2026-01-15",
            "who": "Familier",
            "how": "Intervju",
            "people": "mange",
            "hours": "noen timer",
            "changed": "Færre spørsmål.",
            "submission_key": uuid.uuid4(),
        },
    )

    page = response.content.decode()
    assert "Skriv et helt tall." in page
    assert "Skriv et tall, for eksempel 5,8." in page
    assert not UserInvolvement.objects.exists()


def test_a_young_project_sees_what_finished_ones_in_its_sector_learnt(browser, project):
    done = {"phase": ProjectPhase.REALISATION}
    LessonFactory(project=ProjectFactory(sector=project.sector, **done), text="Mål dørene først.")
    LessonFactory(project=ProjectFactory(sector=project.sector), text="Ikke ferdig ennå.")
    LessonFactory(project=ProjectFactory(**done), text="En annen sektor.")
    url = reverse("projects:lessons", args=[project.pk])

    page = browser.get(url).content.decode()
    project.phase = ProjectPhase.EXECUTION
    project.save()
    later = browser.get(url).content.decode()

    assert "Mål dørene først." in page
    assert "Ikke ferdig ennå." not in page
    assert "En annen sektor." not in page
    assert "Hva andre lærte" not in later


def test_who_noted_a_lesson_is_known(browser, project, manager):
    browser.post(
        reverse("projects:lesson-add", args=[project.pk]),
        {
            "kind": "positive",
            "text": "Begynn ett sted.",
            "advice": "",
            "priority": "high",
            "noted_on": "2026-01-15",
            "submission_key": uuid.uuid4(),
        },
    )

    assert project.lessons.get().noted_by == manager


QUERIES = {"risks": 8, "stakeholders": 9, "involvement": 10, "lessons": 10}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("page", "factory"),
    [
        ("risks", RiskFactory),
        ("stakeholders", StakeholderFactory),
        ("involvement", InvolvementFactory),
        ("lessons", LessonFactory),
    ],
)
def test_a_page_asks_as_often_for_three_lines_as_for_one(
    browser, project, page, factory, count, django_assert_num_queries
):
    for _number in range(count):
        factory(project=project)

    with django_assert_num_queries(QUERIES[page]):
        browser.get(reverse(f"projects:{page}", args=[project.pk]))
