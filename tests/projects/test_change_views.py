import pytest
from django.urls import reverse
from django.utils import timezone

from core import roles
from core.errors import ActionRefused
from projects import actions
from projects.models import ChangeRequest, ChangeRequestStatus, ChangeTouch, Urgency
from tests.factories.board import AgendaItemFactory
from tests.factories.projects import ChangeRequestFactory, ProjectFactory
from tests.factories.systems import ChangeTouchFactory, SystemFactory, SystemUseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(owner):
    return ProjectFactory(owner=owner, name="Digitale arbeidsavtaler")


@pytest.fixture
def asking(client, owner, project):
    client.force_login(owner)
    return client


@pytest.fixture
def url(project):
    return reverse("projects:request-change", args=[project.pk])


@pytest.fixture
def filled(asking, url):
    form = asking.get(url).context["form"]
    return {
        "title": "Ta inn støttekontakter",
        "reason": "De får avtale på papir.",
        "consequence": "To uker mer.",
        "urgency": "normal",
        "days": "14",
        "cost": "90 000",
        "submission_key": form["submission_key"].value(),
        "system-rows": "1",
    }


def row(number, system, **fields):
    said = {"kind": "changes", "starts_on": "2030-11-01", "ends_on": "2030-11-30", **fields}
    return {f"system-{number}-{name}": value for name, value in said.items()} | {
        f"system-{number}-system": system.pk if system else ""
    }


def test_collisions_are_shown_before_anything_is_sent(asking, url, filled):
    system = SystemFactory(name="Visma HRM")
    SystemUseFactory(system=system, project__name="Ny timeføring")

    page = asking.post(url, {**filled, **row(0, system), "step": "check"}).content.decode()

    assert "Endringen kolliderer med én ting" in page
    assert "Ny timeføring" in page
    assert "14 dager senere" in page
    assert not ChangeRequest.objects.exists()


def test_the_same_form_sent_twice_is_one_request(asking, url, filled, owner, project):
    sent = {**filled, **row(0, SystemFactory()), "step": "send"}

    response = asking.post(url, sent)
    asking.post(url, sent)

    change_request = ChangeRequest.objects.get()
    assert response.url == reverse("projects:changes", args=[project.pk])
    assert (change_request.days, change_request.cost) == (14, 90_000)
    assert change_request.requested_by == owner
    assert change_request.touches.count() == 1


def test_one_row_more_keeps_what_was_typed_and_complains_about_nothing(asking, url, filled):
    typed = {**filled, "title": "", **row(0, None, starts_on="2030-11-05", ends_on="")}

    response = asking.post(url, {**typed, "step": "row"})
    page = response.content.decode()

    assert len(response.context["rows"].forms) == 2
    assert "To uker mer." in page
    assert "2030-11-05" in page
    assert "Skriv hva som skal endres." not in page


def test_going_back_from_the_check_keeps_all(asking, url, filled):
    page = asking.post(url, {**filled, "step": "edit"}).content.decode()

    assert "De får avtale på papir." in page
    assert "Du må rette" not in page


def test_a_row_must_be_whole_and_in_order(asking, url, filled):
    lacking = {**filled, **row(0, SystemFactory(), starts_on="2030-12-01"), "step": "send"}

    page = asking.post(url, lacking).content.decode()

    assert "Til-datoen kan ikke være før fra-datoen." in page
    assert not ChangeRequest.objects.exists()


def test_an_empty_row_says_nothing(asking, url, filled):
    asking.post(url, {**filled, **row(0, None, starts_on="", ends_on=""), "step": "send"})

    assert not ChangeTouch.objects.exists()
    assert ChangeRequest.objects.exists()


@pytest.mark.parametrize("wrong", [{"days": "mange"}, {"cost": "mye"}, {"days": "99999"}])
def test_numbers_are_numbers(asking, url, filled, wrong):
    page = asking.post(url, {**filled, **wrong, "step": "send"}).content.decode()

    assert "Skriv et" in page
    assert next(iter(wrong.values())) in page


def test_what_is_received_can_be_edited(asking, project):
    change_request = ChangeRequestFactory(project=project)
    ChangeTouchFactory(change_request=change_request)
    url = reverse("projects:change-edit", args=[project.pk, change_request.pk])
    assert len(asking.get(url).context["rows"].forms) == 2
    form = {
        "title": "Nytt navn",
        "reason": "Grunn.",
        "consequence": "Følge.",
        "urgency": "soon",
        "version": 0,
        "system-rows": "0",
        "step": "send",
    }

    asking.post(url, form)
    late = asking.post(url, {**form, "title": "For sent"})

    change_request.refresh_from_db()
    assert change_request.title == "Nytt navn"
    assert change_request.touches.count() == 0
    assert "Velg hvilken tekst som skal gjelde" in late.content.decode()


def test_what_is_answered_cannot_be_edited(owner, project):
    answered = ChangeRequestFactory(
        project=project,
        status=ChangeRequestStatus.REJECTED,
        decided_at=timezone.now(),
        decision_reason="Nei.",
    )

    with pytest.raises(ActionRefused, match="avslått"):
        actions.edit_change(answered, by=owner)


def test_a_withdrawn_request_leaves_the_agenda(asking, project):
    item = AgendaItemFactory(change_request__project=project)
    url = reverse("projects:change-withdraw", args=[project.pk, item.change_request_id])

    asking.post(url)
    again = asking.post(url)

    item.change_request.refresh_from_db()
    assert item.change_request.status == ChangeRequestStatus.WITHDRAWN
    assert not item.meeting.agenda.exists()
    assert again.status_code == 409


def test_an_ended_project_asks_for_nothing(owner, project, url):
    project.ending, project.ended_on = "line", timezone.localdate()
    project.save()

    with pytest.raises(ActionRefused):
        actions.withdraw_change(ChangeRequestFactory(project=project), by=owner)


def test_the_board_reads_all_there_is_to_know(client, board_member, project):
    system = SystemFactory(name="Visma HRM")
    SystemUseFactory(system=system, project__name="Ny timeføring")
    change_request = ChangeRequestFactory(
        project=project, days=-3, cost=-1000, benefit_share=-10, urgency=Urgency.NOW
    )
    ChangeTouchFactory(change_request=change_request, system=system)
    client.force_login(board_member)

    page = client.get(change_request.get_absolute_url()).content.decode()

    for words in ("3 dager tidligere", "mindre", "10 prosentpoeng mindre", "Ny timeføring"):
        assert words in page
    assert "Kan ikke vente på et møte" in page


@pytest.mark.parametrize("count", [1, 5])
def test_the_reads_of_the_list_do_not_grow(asking, project, count, django_assert_max_num_queries):
    for _number in range(count):
        ChangeRequestFactory(project=project)

    with django_assert_max_num_queries(12):
        asking.get(reverse("projects:changes", args=[project.pk]))


def test_others_do_not_ask_for_changes(client, person, url):
    client.force_login(person(roles.PROJECT_MANAGER))

    assert client.get(url).status_code == 403
    assert client.post(url, {"step": "send"}).status_code == 403
