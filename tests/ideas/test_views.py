import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from core import roles
from ideas.models import Idea, IdeaStatus, Submitter
from municipality.calendar import PhaseKind
from municipality.models import Phase
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import GoalFactory, SectorFactory

CREATE = "/ideer/ny/"


def _answers(**changes):
    return {
        "submission_key": str(uuid.uuid4()),
        "problem": "Ingen svarer på telefonen.",
        "who_has_it": "Alle som ringer",
        "submitter": Submitter.CITIZEN,
        **changes,
    }


def test_create_leads_to_a_receipt_with_the_code(client, cycle):
    answer = client.post(CREATE, _answers(email="ola@innbygger.example"), follow=True)

    idea = Idea.objects.get()
    assert answer.redirect_chain == [(reverse("ideas:receipt", args=[idea.token]), 302)]
    assert idea.code in answer.content.decode()


def test_create_sent_twice_leads_to_the_same_receipt(client, cycle):
    answers = _answers()

    first = client.post(CREATE, answers)
    second = client.post(CREATE, answers)

    assert first.url == second.url
    assert Idea.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"problem": ""}, "Skriv hva problemet er."),
        ({"who_has_it": "  "}, "Skriv hvem som har problemet."),
        ({"submitter": ""}, "Velg hvem du er."),
        ({"email": "ikke en adresse"}, "Skriv e-posten slik"),
        ({"problem": "x" * 2001}, "2000"),
    ],
)
def test_create_says_what_is_wrong_and_keeps_what_was_typed(client, cycle, changes, message):
    answers = _answers(solution="Et lite forslag", **changes)

    page = client.post(CREATE, answers).content.decode()

    assert message in page
    assert "Et lite forslag" in page
    assert not Idea.objects.exists()


def test_create_closed_says_when_it_opens_and_shows_no_form(client, cycle, today):
    Phase.objects.filter(kind=PhaseKind.IDEATION).update(
        opens_on=today + dt.timedelta(days=3), closes_on=today + dt.timedelta(days=9)
    )

    page = client.get(CREATE).content.decode()

    assert "er ikke åpnet ennå" in page
    assert "<textarea" not in page


def test_create_closed_while_writing_is_409_with_what_was_typed(client, cycle, today):
    Phase.objects.filter(kind=PhaseKind.IDEATION).update(closes_on=today - dt.timedelta(days=1))

    answer = client.post(CREATE, _answers(problem="Dette brukte jeg lang tid på å skrive."))

    assert answer.status_code == 409
    assert "Dette brukte jeg lang tid på å skrive." in answer.content.decode()


def test_create_asks_an_employee_two_questions_only(client, cycle, person):
    sector = SectorFactory()
    client.force_login(person(roles.EMPLOYEE, sector=sector))
    answers = _answers()
    del answers["submitter"]

    assert 'name="submitter"' not in client.get(CREATE).content.decode()
    client.post(CREATE, answers)

    idea = Idea.objects.get()
    assert (idea.submitter, idea.submitted_by.sector) == (Submitter.EMPLOYEE, sector)


def test_create_shows_markup_as_text(client, cycle):
    client.post(CREATE, _answers(problem="<script>alert(1)</script> og <b>mer</b>"))
    idea = Idea.objects.get()

    page = client.get(reverse("idea-by-token", args=[idea.token])).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_list_shows_published_only(client, cycle):
    IdeaFactory(cycle=cycle, title="Vises", published_at=timezone.now())
    IdeaFactory(cycle=cycle, title="Skjules")

    page = client.get("/ideer/").content.decode()

    assert "Vises" in page
    assert "Skjules" not in page


def test_list_filters_by_goal_and_keeps_it_in_the_pages(client, cycle):
    goal = GoalFactory(code="2e")
    for _ in range(26):
        IdeaFactory(cycle=cycle, published_at=timezone.now()).goals.add(goal)
    IdeaFactory(cycle=cycle, title="En annen", published_at=timezone.now())

    page = client.get("/ideer/?goal=2e").content.decode()

    assert "26 ideer" in page
    assert "En annen" not in page
    assert "goal=2e&amp;page=2" in page


def test_list_htmx_gets_only_the_rows(client, cycle):
    page = client.get("/ideer/", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_queries_do_not_grow(client, cycle, count, django_assert_num_queries):
    for _ in range(count):
        IdeaFactory(cycle=cycle, sector=SectorFactory(), published_at=timezone.now())

    with django_assert_num_queries(8):
        client.get("/ideer/")


def test_follow_leads_to_the_idea(client, cycle):
    IdeaFactory(cycle=cycle, code="G26-062")

    assert client.get("/ideer/folg/?code=g26 62").url == "/ideer/G26-062/"


def test_follow_unknown_code_says_so_and_keeps_it(client, cycle):
    page = client.get("/ideer/folg/?code=G26-999").content.decode()

    assert "Vi finner ingen idé med koden G26-999." in page


def _handling(idea, **changes):
    return {
        "version": idea.version,
        "title": idea.title,
        "summary": "Svar med en gang.",
        "sector": SectorFactory().pk,
        "goals": [GoalFactory().pk],
        "estimated_cost": "300000",
        **changes,
    }


def test_handle_keeps_goals_and_counts_a_version(client, cycle, team_member):
    idea = IdeaFactory(cycle=cycle)
    client.force_login(team_member)

    client.post(f"/ideer/{idea.code}/behandle/", _handling(idea))

    idea.refresh_from_db()
    assert (idea.version, idea.edited_by, idea.goals.count()) == (1, team_member, 1)
    assert idea.missing_before_screening == []


def test_handle_second_of_two_sees_both_and_chooses(client, cycle, team_member, person):
    idea = IdeaFactory(cycle=cycle, title="Utgangspunktet")
    client.force_login(person(roles.DIGITALISATION_TEAM, name="Tor Lie"))
    client.post(f"/ideer/{idea.code}/behandle/", _handling(idea, title="Tors tittel"))
    client.force_login(team_member)
    mine = _handling(idea, title="Martes tittel")

    page = client.post(f"/ideer/{idea.code}/behandle/", mine).content.decode()

    assert "Tor Lie endret dette" in page
    assert "Tors tittel" in page
    assert "Martes tittel" in page
    assert Idea.objects.get().title == "Tors tittel"

    client.post(f"/ideer/{idea.code}/behandle/", {**mine, "version": 1})
    assert Idea.objects.get().title == "Martes tittel"


def test_forward_asks_for_a_reason(client, cycle, team_member):
    idea = IdeaFactory(cycle=cycle)
    client.force_login(team_member)

    page = client.post(f"/ideer/{idea.code}/videre/", {"reason": " "}).content.decode()

    assert "Skriv hvorfor." in page
    assert Idea.objects.get().status == IdeaStatus.RECEIVED


def test_forward_incomplete_is_409(client, cycle, team_member):
    idea = IdeaFactory(cycle=cycle)
    client.force_login(team_member)

    answer = client.post(f"/ideer/{idea.code}/videre/", {"reason": "Mange spør."})

    assert answer.status_code == 409
    assert "minst ett mål" in answer.content.decode()
