import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from core import roles
from projects.board_waiting import board_waiting_for
from projects.models import (
    BoardMeeting,
    BoardMeetingStatus,
    ChangeRequest,
    ChangeRequestStatus,
    MinutesFile,
    Reverification,
    Urgency,
)
from tests.factories.board import (
    AgendaItemFactory,
    BoardMeetingFactory,
    MinutesFileFactory,
    ReverificationFactory,
)
from tests.factories.municipality import UserFactory
from tests.factories.projects import ChangeRequestFactory, ProjectFactory

pytestmark = pytest.mark.django_db

BOARD_QUERIES = 12
MEETING_QUERIES = 18
LOOKS_QUERIES = 8


@pytest.fixture
def other_member(person):
    return person(roles.ICT_BOARD, name="Eli Nes")


@pytest.fixture
def meeting(board_member, other_member):
    """Set, with two there."""
    meeting = BoardMeetingFactory(chair=board_member, status=BoardMeetingStatus.OPEN, place="Rom 2")
    for member in (board_member, other_member):
        meeting.attendance.create(member=member)
    return meeting


@pytest.fixture
def item(meeting):
    return AgendaItemFactory(meeting=meeting, change_request__title="Ny lås")


@pytest.fixture
def at_the_board(client, board_member):
    client.force_login(board_member)
    return client


def page_of(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def url_of(name, item, **query):
    return reverse(name, args=[item.meeting_id, item.pk], query=query or None)


# One screen for the council


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_asks_as_often_for_three_as_for_one(
    at_the_board, count, django_assert_num_queries
):
    for _number in range(count):
        ChangeRequestFactory()
        BoardMeetingFactory()
        AgendaItemFactory()

    with django_assert_num_queries(BOARD_QUERIES):
        at_the_board.get(reverse("board:list"))


def test_the_board_says_when_nothing_waits(at_the_board):
    assert "Alt er behandlet" in page_of(at_the_board, "board:list")


def test_what_is_on_an_agenda_is_not_in_the_queue(at_the_board, item):
    ChangeRequestFactory(title="Mer opplæring", urgency=Urgency.SOON)

    page = page_of(at_the_board, "board:list")

    assert "Én endringsanmodning venter" in page
    assert "Mer opplæring" in page
    assert "Ny lås" not in page


def test_the_queue_leads_only_those_who_may_read_the_request(client, owner):
    """A project owner sees the queue, and opens what is about their own project."""
    own = ChangeRequestFactory(project=ProjectFactory(owner=owner))
    others = ChangeRequestFactory()
    client.force_login(owner)

    page = page_of(client, "board:list")

    assert own.get_absolute_url() in page
    assert others.get_absolute_url() not in page


# Planning


def planned(leader, **changed):
    form = {"held_at": "2026-12-01T09:00", "place": "Rom 2", "chair": leader.pk, "quorum": 2}
    return form | {"version": 0} | changed


def test_a_meeting_is_planned(at_the_board, board_member):
    response = at_the_board.post(reverse("board:meeting-plan"), planned(board_member))

    meeting = BoardMeeting.objects.get()
    assert response.url == meeting.get_absolute_url()
    assert timezone.localtime(meeting.held_at).hour == 9


def test_the_next_meeting_is_like_the_last(at_the_board, meeting):
    form = at_the_board.get(reverse("board:meeting-plan")).context["form"]

    assert (form["place"].value(), form["chair"].value()) == ("Rom 2", meeting.chair_id)


def test_a_form_that_is_not_filled_in_says_what_lacks(at_the_board, board_member):
    form = planned(board_member, held_at="snart", quorum="0", chair=UserFactory().pk)

    page = at_the_board.post(reverse("board:meeting-plan"), form).content.decode()

    assert "Skriv dag og klokkeslett slik" in page
    assert "Skriv et tall fra 1 til 20" in page


def test_the_second_of_two_who_change_the_meeting_is_told(at_the_board, meeting, board_member):
    url = reverse("board:meeting-edit", args=[meeting.pk])
    at_the_board.post(url, planned(board_member, place="Rom 3"))

    page = at_the_board.post(url, planned(board_member, place="Rom 4")).content.decode()

    meeting.refresh_from_db()
    assert meeting.place == "Rom 3"
    assert "Rom 4" in page
    assert "Slik står det lagret nå" in page


def test_cases_are_put_on_and_moved_with_buttons(at_the_board, meeting):
    first, second = ChangeRequestFactory.create_batch(2)
    at_the_board.post(
        reverse("board:agenda-add", args=[meeting.pk]), {"cases": [first.pk, second.pk]}
    )

    item = meeting.agenda.get(change_request=second)
    at_the_board.post(url_of("board:agenda-move", item), {"direction": "up"})

    assert [each.change_request for each in meeting.agenda.order_by("order")] == [second, first]


def test_nothing_ticked_says_so(at_the_board, meeting):
    response = at_the_board.post(reverse("board:agenda-add", args=[meeting.pk]))

    assert said(response) == ["Kryss av for minst én sak."]


def test_the_agenda_is_a_page_to_print(at_the_board, item):
    page = page_of(at_the_board, "board:agenda", item.meeting_id)

    assert f"Sak {item.order}: Ny lås" in page
    assert item.change_request.reason in page


# The meeting


@pytest.mark.parametrize("count", [1, 3])
def test_the_meeting_asks_as_often_for_three_cases_as_for_one(
    at_the_board, meeting, other_member, count, django_assert_num_queries
):
    for order in range(count):
        item = AgendaItemFactory(meeting=meeting, order=order)
        item.recusals.create(member=other_member, reason="Eier prosjektet.")
        ChangeRequestFactory()

    with django_assert_num_queries(MEETING_QUERIES):
        at_the_board.get(meeting.get_absolute_url())


def test_a_case_is_treated(at_the_board, item, other_member):
    url = url_of("board:case", item)
    assert "Bo Berg og Eli Nes avgjør saken" in at_the_board.get(url).content.decode()

    response = at_the_board.post(
        url, {"outcome": "conditional", "conditions": "Test først.", "reason": "Trengs."}
    )

    item.change_request.refresh_from_db()
    assert response.url == item.meeting.get_absolute_url()
    assert item.change_request.status == ChangeRequestStatus.CONDITIONAL
    assert "Test først." in at_the_board.get(url).content.decode()


def test_the_second_of_two_who_record_is_refused_with_what_was_written(at_the_board, item):
    url = url_of("board:case", item)
    at_the_board.post(url, {"outcome": "rejected", "reason": "For dyrt."})

    response = at_the_board.post(url, {"outcome": "approved", "reason": "Det henger sammen."})

    assert response.status_code == 409
    page = response.content.decode()
    assert "Bo Berg førte utfallet" in page
    assert "Det henger sammen." in page


def test_an_outcome_needs_a_choice_a_reason_and_its_conditions(at_the_board, item):
    url = url_of("board:case", item)
    page = at_the_board.post(url, {"reason": ""}).content.decode()
    assert "Velg hva rådet svarer." in page
    assert "Skriv hvorfor rådet svarer slik." in page

    page = at_the_board.post(url, {"outcome": "conditional", "reason": "Ja."}).content.decode()
    assert "Skriv hvilke vilkår rådet setter." in page


def test_without_quorum_there_is_no_form_but_the_reason(at_the_board, item, other_member):
    item.recusals.create(member=other_member, reason="Eier prosjektet.")

    page = at_the_board.get(url_of("board:case", item)).content.decode()

    assert "ikke beslutningsdyktig" in page
    assert "Før utfallet" not in page


def test_one_with_a_part_in_the_project_is_suggested_and_reported(
    at_the_board, meeting, other_member
):
    item = AgendaItemFactory(
        meeting=meeting, change_request__project=ProjectFactory(owner=other_member)
    )
    assert "Meld Eli Nes inhabil" in at_the_board.get(url_of("board:case", item)).content.decode()

    url = url_of("board:recuse", item, member=other_member.pk)
    form = at_the_board.get(url).context["form"]
    assert form["reason"].value() == "Eier prosjektet."
    at_the_board.post(url, {"member": other_member.pk, "reason": form["reason"].value()})

    recusal = item.recusals.get()
    assert recusal.member == other_member
    args = [meeting.pk, item.pk, recusal.pk]
    at_the_board.post(reverse("board:recuse-withdraw", args=args))
    assert not item.recusals.exists()


def test_those_who_are_there_are_noted(at_the_board, meeting, other_member):
    url = reverse("board:attendance", args=[meeting.pk])

    response = at_the_board.post(url, {"members": [other_member.pk]})

    assert said(response) == ["Til stede: Eli Nes."]
    assert [row.member for row in meeting.attendance.all()] == [other_member]


def test_closing_makes_the_minutes(at_the_board, item):
    meeting = item.meeting
    url = reverse("board:meeting-close", args=[meeting.pk])
    assert "Ny lås" in at_the_board.get(url).content.decode()  # goes back to the queue

    response = at_the_board.post(url, {"notes": "Takk for i dag."})

    assert response.url == reverse("board:minutes", args=[meeting.pk])
    assert MinutesFile.objects.get().snapshot["meeting"]["notes"] == "Takk for i dag."
    assert "Vi lager referatet" in at_the_board.get(response.url).content.decode()
    assert at_the_board.post(url, {"notes": "En gang til."}).status_code == 409


def test_minutes_are_followed_until_they_are_made_and_then_read(at_the_board):
    file = MinutesFileFactory()
    url = reverse("board:minutes", args=[file.meeting_id])

    fragment = at_the_board.get(url, headers={"HX-Request": "true"})
    assert fragment.status_code == 286  # asks no more
    assert "<html" not in fragment.content.decode()
    download = at_the_board.get(reverse("board:minutes-download", args=[file.meeting_id]))
    assert download.content == b"%PDF-1.7"


# What cannot wait


def test_the_chair_answers_without_a_meeting(at_the_board, meeting):
    urgent = ChangeRequestFactory(urgency=Urgency.NOW, title="Stoppe lekkasjen")

    url = urgent.get_absolute_url()
    response = at_the_board.post(url, {"outcome": "approved", "reason": "Det haster."})

    urgent.refresh_from_db()
    assert response.url == reverse("board:list")
    assert urgent.status == ChangeRequestStatus.APPROVED
    assert "Stoppe lekkasjen" in page_of(at_the_board, "board:meeting", meeting.pk)


def test_an_answer_given_meanwhile_is_refused_with_what_was_written(at_the_board, meeting):
    url = ChangeRequestFactory(urgency=Urgency.NOW).get_absolute_url()
    at_the_board.post(url, {"outcome": "rejected", "reason": "For dyrt."})

    response = at_the_board.post(url, {"outcome": "approved", "reason": "Det henger sammen."})

    assert response.status_code == 409
    assert "Det henger sammen." in response.content.decode()


def test_the_team_reads_but_does_not_answer(client, team_member, item):
    client.force_login(team_member)
    url = url_of("board:case", item)

    assert "Før utfallet" not in client.get(url).content.decode()
    assert client.post(url, {"outcome": "approved", "reason": "Ja."}).status_code == 403


# After an approval


def test_the_project_looks_again(client, owner):
    row = ReverificationFactory(change_request__project__owner=owner)
    project = row.change_request.project
    client.force_login(owner)
    assert "Én ting må vurderes på nytt" in page_of(client, "projects:reverify", project.pk)
    url = reverse("projects:reverify-one", args=[project.pk, row.pk])
    assert "Ferdig 1. mars 2027" in client.get(url).content.decode()

    response = client.post(url, {"after": "Ferdig 1. april 2027", "note": "Det holder."})

    assert response.url == reverse("projects:reverify", args=[project.pk])
    assert "Det holder." in client.get(response.url).content.decode()
    assert client.post(url, {"after": "1. mai", "note": "Ombestemt."}).status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_the_looks_ask_as_often_for_three_as_for_one(
    client, owner, count, django_assert_num_queries
):
    project = ProjectFactory(owner=owner)
    for _number in range(count):
        ReverificationFactory(change_request__project=project)
    client.force_login(owner)

    with django_assert_num_queries(LOOKS_QUERIES):
        client.get(reverse("projects:reverify", args=[project.pk]))


# «Min side»


def tasks_of(user):
    return [task.title for task in board_waiting_for(user, on=timezone.localdate())]


def test_the_board_is_asked_to_answer(board_member):
    assert tasks_of(board_member) == []
    ChangeRequestFactory()
    assert tasks_of(board_member) == ["Behandle én endringsanmodning"]
    ChangeRequestFactory()
    assert tasks_of(board_member) == ["Behandle to endringsanmodninger"]


def test_what_is_on_an_agenda_is_to_be_read_before_the_meeting(board_member):
    AgendaItemFactory(meeting__held_at=timezone.now() + dt.timedelta(days=3))

    [task] = board_waiting_for(board_member, on=timezone.localdate())

    assert task.title == "Les én sak til IKT-styringsrådet"
    assert task.due_on == timezone.localdate() + dt.timedelta(days=3)


def test_looking_again_falls_to_the_manager_or_to_the_owner_without_one(owner, person):
    manager = person(roles.PROJECT_MANAGER)
    project = ProjectFactory(owner=owner, name="Digital nøkkel")
    ReverificationFactory(change_request__project=project)
    assert tasks_of(owner) == ["Vurder «Digital nøkkel» på nytt etter endringen"]

    project.manager = manager
    project.save()

    assert tasks_of(owner) == []
    assert tasks_of(manager) == ["Vurder «Digital nøkkel» på nytt etter endringen"]
    Reverification.objects.update(done_at=timezone.now(), done_by=manager, note="Holder.")
    assert tasks_of(manager) == []


def test_a_request_that_was_withdrawn_waits_for_nobody(board_member):
    ChangeRequestFactory()
    ChangeRequest.objects.update(status=ChangeRequestStatus.WITHDRAWN)

    assert tasks_of(board_member) == []
