import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from core import roles
from core.errors import ActionRefused
from core.models import Event, OutgoingMail
from projects import actions, council
from projects.models import (
    BoardMeetingStatus,
    BudgetLine,
    ChangeRequest,
    ChangeRequestStatus,
    ChangeTouch,
    Milestone,
    PhasePlan,
    ProjectPhase,
    Reverification,
    Stage,
    Subject,
    System,
    SystemUse,
    Urgency,
)
from tests.factories.board import AgendaItemFactory, BoardMeetingFactory, ReverificationFactory
from tests.factories.projects import ChangeRequestFactory, ProjectFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 6, 1)


def months(count: int) -> dt.date:
    return DAY + dt.timedelta(days=30 * count)


@pytest.fixture
def board(person):
    return [person(roles.ICT_BOARD, name=name) for name in ("Bo Berg", "Eli Nes", "Ola Vik")]


@pytest.fixture
def meeting(board):
    """Set, with all three there."""
    meeting = BoardMeetingFactory(chair=board[0], status=BoardMeetingStatus.OPEN)
    actions.note_attendance(meeting, board, by=board[0])
    return meeting


@pytest.fixture
def item(meeting):
    return AgendaItemFactory(meeting=meeting, order=1)


def decide(item, *, by, outcome=ChangeRequestStatus.APPROVED, **more):
    actions.record_outcome(
        item, outcome=outcome, reason="Det henger sammen.", by=by, at=timezone.now(), **more
    )


def to_whom() -> set[str]:
    return set(OutgoingMail.objects.values_list("to", flat=True))


# Who decides


def test_a_case_is_decided_by_those_who_are_there(item, board):
    decide(item, by=board[0], collisions=[{"words": "Samme system.", "projects": []}])

    item.refresh_from_db()
    assert (item.outcome, item.present) == (ChangeRequestStatus.APPROVED, 3)
    assert item.collisions == [{"words": "Samme system.", "projects": []}]
    assert item.change_request.decided_by == board[0]
    assert not OutgoingMail.objects.exists()  # they are told with the minutes


def test_too_few_without_the_recused_is_refused_with_how_many_it_takes(item, board):
    for member in board[1:]:
        actions.recuse(item, member=member, reason="Eier prosjektet.", by=board[0])

    with pytest.raises(ActionRefused, match="Én kan avgjøre den, og to må være med"):
        decide(item, by=board[0])

    item.change_request.refresh_from_db()
    assert item.change_request.status == ChangeRequestStatus.RECEIVED


def test_recusal_counts_in_its_own_case_only(item, meeting, board):
    other = AgendaItemFactory(meeting=meeting, order=2)
    for member in board[1:]:
        actions.recuse(item, member=member, reason="Eier prosjektet.", by=board[0])

    decide(other, by=board[1])

    other.refresh_from_db()
    assert other.present == 3


def test_a_recused_member_does_not_record_the_case(item, board):
    actions.recuse(item, member=board[0], reason="Eier prosjektet.", by=board[1])

    with pytest.raises(ActionRefused, match="Du er inhabil"):
        decide(item, by=board[0])


def test_a_recusal_taken_back_counts_no_more(item, board):
    actions.recuse(item, member=board[0], reason="Tok feil sak.", by=board[1])

    actions.withdraw_recusal(item.recusals.get(), by=board[1])

    assert council.case(item).voters == board


def test_who_was_recused_stands_once_the_case_is_decided(item, board):
    actions.recuse(item, member=board[2], reason="Eier prosjektet.", by=board[0])
    decide(item, by=board[0])

    with pytest.raises(ActionRefused, match="Da står det hvem"):
        actions.withdraw_recusal(item.recusals.get(), by=board[0])
    with pytest.raises(ActionRefused, match="før utfallet føres"):
        actions.recuse(item, member=board[1], reason="Kom på det nå.", by=board[0])


def test_one_who_is_not_there_does_not_record(item, meeting, board):
    actions.note_attendance(meeting, board[:2], by=board[0])

    with pytest.raises(ActionRefused, match="ikke som til stede"):
        decide(item, by=board[2])


def test_the_second_of_two_who_record_is_told_who_was_first(item, board):
    decide(item, by=board[0])

    with pytest.raises(ActionRefused, match="Bo Berg førte utfallet .*Godkjent"):
        decide(item, by=board[1], outcome=ChangeRequestStatus.REJECTED)

    item.refresh_from_db()
    assert item.outcome == ChangeRequestStatus.APPROVED


def test_nothing_is_recorded_before_the_meeting_is_set(item, board):
    type(item.meeting).objects.update(status=BoardMeetingStatus.PLANNED)

    with pytest.raises(ActionRefused, match="mens møtet er satt"):
        decide(item, by=board[0])


def test_approval_with_conditions_wants_them_said(item, board):
    with pytest.raises(ActionRefused, match="hvilke vilkår"):
        decide(item, by=board[0], outcome=ChangeRequestStatus.CONDITIONAL)

    decide(
        item, by=board[0], outcome=ChangeRequestStatus.CONDITIONAL, conditions="Test før 1. mars."
    )

    item.refresh_from_db()
    assert item.conditions == item.change_request.conditions == "Test før 1. mars."


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("owner", "Eier prosjektet."),
        ("manager", "Leder prosjektet."),
        ("benefit_lead", "Er gevinstansvarlig i prosjektet."),
    ],
)
def test_those_with_a_part_in_the_project_are_suggested(meeting, board, part, reason):
    item = AgendaItemFactory(
        meeting=meeting, change_request__project=ProjectFactory(**{part: board[1]})
    )

    [suggestion] = council.case(item).suggestions

    assert (suggestion.member, suggestion.reason) == (board[1], reason)


def test_the_one_who_asked_is_suggested_until_it_is_said(meeting, board):
    item = AgendaItemFactory(meeting=meeting, change_request__requested_by=board[2])
    [suggestion] = council.case(item).suggestions
    assert suggestion.reason == "Har selv bedt om endringen."

    actions.recuse(item, member=board[2], reason=suggestion.reason, by=board[0])

    assert council.case(item).suggestions == []


# The queue


def test_the_most_urgent_and_oldest_is_first_in_the_queue():
    normal = ChangeRequestFactory()
    soon = ChangeRequestFactory(urgency=Urgency.SOON)
    now = ChangeRequestFactory(urgency=Urgency.NOW)
    also_normal = ChangeRequestFactory()

    assert list(ChangeRequest.objects.queued()) == [now, soon, normal, also_normal]


def test_what_is_put_off_goes_back_to_the_queue_and_can_be_put_off_again(item, meeting, board):
    decide(item, by=board[0], outcome=ChangeRequestStatus.POSTPONED)
    assert not ChangeRequest.objects.queued().exists()  # until the meeting is over

    actions.close_meeting(meeting, notes="", by=board[0], at=timezone.now())
    [waiting] = ChangeRequest.objects.queued()
    following = BoardMeetingFactory(chair=board[0], status=BoardMeetingStatus.OPEN)
    actions.put_on_agenda(following, [waiting], by=board[0])
    actions.note_attendance(following, board, by=board[0])
    decide(following.agenda.get(), by=board[0], outcome=ChangeRequestStatus.POSTPONED)

    waiting.refresh_from_db()
    assert waiting.status == ChangeRequestStatus.POSTPONED


def test_what_another_has_put_on_an_agenda_is_refused(board):
    change_request = ChangeRequestFactory()
    actions.put_on_agenda(BoardMeetingFactory(), [change_request], by=board[0])

    with pytest.raises(ActionRefused, match="ikke i køen lenger"):
        actions.put_on_agenda(BoardMeetingFactory(), [change_request], by=board[0])


def test_cases_are_moved_and_taken_off(board):
    meeting = BoardMeetingFactory()
    first, second, third = ChangeRequestFactory.create_batch(3)
    actions.put_on_agenda(meeting, [first, second, third], by=board[0])

    actions.move_on_agenda(meeting.agenda.get(change_request=third), up=True)
    actions.move_on_agenda(meeting.agenda.get(change_request=first), up=True)  # stays first
    actions.take_off_agenda(meeting.agenda.get(change_request=third), by=board[0])

    left = [(item.order, item.change_request) for item in meeting.agenda.order_by("order")]
    assert left == [(1, first), (2, second)]
    assert list(ChangeRequest.objects.queued()) == [third]


def test_a_decided_case_is_not_taken_off(item, board):
    decide(item, by=board[0])

    with pytest.raises(ActionRefused, match="Utfallet er ført"):
        actions.take_off_agenda(item, by=board[0])


def test_the_same_agenda_is_sent_once_and_a_changed_one_anew(board):
    meeting = BoardMeetingFactory(chair=board[0])
    actions.put_on_agenda(meeting, [ChangeRequestFactory(title="Ny lås")], by=board[0])

    actions.send_agenda(meeting, by=board[0], at=timezone.now())
    with pytest.raises(ActionRefused, match="Ingenting er endret siden"):
        actions.send_agenda(meeting, by=board[0], at=timezone.now())
    assert OutgoingMail.objects.count() == 3
    assert "1. Ny lås" in OutgoingMail.objects.first().body

    actions.put_on_agenda(meeting, [ChangeRequestFactory()], by=board[0])
    actions.send_agenda(meeting, by=board[0], at=timezone.now())

    assert OutgoingMail.objects.filter(subject__startswith="Ny saksliste").count() == 3


# The end of a meeting


def test_those_concerned_are_told_when_the_meeting_is_closed(item, meeting, board, person):
    neighbour = ProjectFactory(owner=person(email="nabo@gjovik.example"))
    decide(
        item,
        by=board[0],
        collisions=[{"words": "Samme system i uke 47.", "projects": [neighbour.pk]}],
    )

    actions.close_meeting(meeting, notes="Takk.", by=board[0], at=timezone.now())

    project = item.change_request.project
    concerned = {project.owner.email, item.change_request.requested_by.email, neighbour.owner.email}
    assert to_whom() == concerned | {member.email for member in board}
    body = OutgoingMail.objects.first().body
    assert "Godkjent" in body
    assert "Det henger sammen." in body
    assert "Samme system i uke 47." in body


def test_a_closed_meeting_is_closed(item, meeting, board):
    actions.close_meeting(meeting, notes="", by=board[0], at=timezone.now())

    for again in (
        lambda: actions.close_meeting(meeting, notes="", by=board[0], at=timezone.now()),
        lambda: decide(item, by=board[0]),
        lambda: actions.put_on_agenda(meeting, [ChangeRequestFactory()], by=board[0]),
        lambda: actions.note_attendance(meeting, board, by=board[0]),
        lambda: actions.recuse(item, member=board[0], reason="Nei.", by=board[0]),
        lambda: actions.save_meeting(meeting, by=board[0]),
    ):
        with pytest.raises(ActionRefused):
            again()


def test_a_meeting_without_anybody_is_not_closed(board):
    meeting = BoardMeetingFactory(status=BoardMeetingStatus.OPEN)

    with pytest.raises(ActionRefused, match="hvem som er til stede"):
        actions.close_meeting(meeting, notes="", by=board[0], at=timezone.now())


def test_what_was_not_treated_goes_back_to_the_queue(item, meeting, board):
    actions.close_meeting(meeting, notes="", by=board[0], at=timezone.now())

    assert list(ChangeRequest.objects.queued()) == [item.change_request]


# What cannot wait


def alone(change_request, by):
    actions.decide_alone(
        change_request,
        outcome=ChangeRequestStatus.REJECTED,
        reason="Det haster ikke så mye.",
        by=by,
        at=timezone.now(),
    )


def test_the_chair_decides_alone_and_the_next_meeting_is_told(meeting, board):
    urgent = ChangeRequestFactory(urgency=Urgency.NOW)

    alone(urgent, board[0])

    urgent.refresh_from_db()
    assert (urgent.status, urgent.is_decided_alone) == (ChangeRequestStatus.REJECTED, True)
    assert to_whom() == {urgent.requested_by.email, urgent.project.owner.email}
    assert list(council.to_be_told(meeting)) == [urgent]

    actions.close_meeting(meeting, notes="", by=board[0], at=timezone.now())
    meeting.refresh_from_db()

    assert list(council.to_be_told(meeting)) == [urgent]
    assert not council.to_be_told(BoardMeetingFactory()).exists()


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"urgency": Urgency.SOON}, "Saken kan vente"),
        ({"urgency": Urgency.NOW, "project": "own"}, "Du er inhabil"),
    ],
)
def test_the_chair_does_not_decide_alone_what_can_wait_or_is_their_own(
    meeting, board, about, words
):
    if about.get("project") == "own":
        about = about | {"project": ProjectFactory(owner=board[0])}

    with pytest.raises(ActionRefused, match=words):
        alone(ChangeRequestFactory(**about), board[0])


def test_only_the_chair_decides_alone(meeting, board):
    with pytest.raises(ActionRefused, match="Bo Berg leder rådet"):
        alone(ChangeRequestFactory(urgency=Urgency.NOW), board[1])


def test_without_a_meeting_nobody_leads_the_board(board):
    with pytest.raises(ActionRefused, match="Planlegg et møte først"):
        alone(ChangeRequestFactory(urgency=Urgency.NOW), board[0])


# What an approval does


@pytest.fixture
def project(owner):
    """In Gjennomføre, with a plan, a delfase that goes on, milestones and money."""
    project = ProjectFactory(owner=owner, phase=ProjectPhase.EXECUTION)
    for number, phase in enumerate(
        [ProjectPhase.PLANNING, ProjectPhase.EXECUTION, ProjectPhase.CLOSING]
    ):
        PhasePlan.objects.create(
            project=project, phase=phase, starts_on=months(number), ends_on=months(number + 1)
        )
    for number in (1, 2):
        Stage.objects.create(
            project=project,
            number=number,
            name=f"Delfase {number}",
            starts_on=months(number),
            ends_on=months(number + 1),
        )
    Milestone.objects.create(
        project=project, name="Nådd", planned_on=months(0), reached_on=months(0)
    )
    Milestone.objects.create(project=project, name="Igjen", planned_on=months(2))
    for source, budget in (("Egen ramme", 600_000), ("KS", 100_000)):
        BudgetLine.objects.create(
            project=project, year=2026, source=source, sector=project.sector, budget=budget
        )
    return project


def approve(project, by, **asked):
    change_request = ChangeRequestFactory(project=project, **asked)
    return actions.decide_change(
        change_request,
        outcome=ChangeRequestStatus.APPROVED,
        reason="Det henger sammen.",
        by=by,
        at=dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC),
    )


def days_of(rows, field):
    return [getattr(row, field) for row in rows]


def test_the_plan_is_moved_from_the_phase_it_is_in(project, board_member):
    later = dt.timedelta(days=45)

    approve(project, board_member, days=45)

    planning, execution, closing = project.phase_plans.order_by("starts_on")
    assert (planning.starts_on, planning.ends_on) == (months(0), months(1))
    assert (execution.starts_on, execution.ends_on) == (months(1), months(2) + later)
    assert (closing.starts_on, closing.ends_on) == (months(2) + later, months(3) + later)
    current, following = project.stages.order_by("number")
    assert (current.starts_on, current.ends_on) == (months(1), months(2) + later)
    assert (following.starts_on, following.ends_on) == (months(2) + later, months(3) + later)
    planned = dict(project.milestones.values_list("name", "planned_on"))
    assert planned == {"Nådd": months(0), "Igjen": months(2) + later}
    project.refresh_from_db()
    assert project.next_gate_on == months(2) + later


def test_a_milestone_somebody_edits_meanwhile_counts_as_changed(project, board_member):
    approve(project, board_member, days=45)

    milestone = project.milestones.get(name="Igjen")
    assert (milestone.version, milestone.edited_by) == (1, board_member)


def test_money_is_added_to_the_largest_source_of_the_year(project, board_member):
    approve(project, board_member, cost=Decimal(50_000))

    budget = dict(project.budget_lines.values_list("source", "budget"))
    assert budget == {"Egen ramme": 650_000, "KS": 100_000}


def test_money_without_a_budget_for_the_year_makes_a_line(project, board_member):
    project.budget_lines.update(year=2025)

    approve(project, board_member, cost=Decimal(50_000))

    line = project.budget_lines.get(year=2026)
    assert (line.budget, line.sector) == (50_000, project.sector)


def test_more_money_back_than_there_is_is_refused_and_nothing_is_moved(project, board_member):
    with pytest.raises(ActionRefused, match="ikke så mye å ta av"):
        approve(project, board_member, cost=Decimal(-700_000), days=30)

    assert project.milestones.get(name="Igjen").planned_on == months(2)
    assert ChangeRequest.objects.get().status == ChangeRequestStatus.RECEIVED


def test_a_phase_does_not_end_before_it_begins(project, board_member):
    with pytest.raises(ActionRefused, match="slutter fasen før den begynner"):
        approve(project, board_member, days=-31)

    approve(project, board_member, days=-30)
    assert project.phase_plans.get(phase=ProjectPhase.EXECUTION).ends_on == months(1)


def test_the_plan_before_is_kept(project, board_member):
    change_request = approve(project, board_member, days=45, cost=Decimal(50_000))

    before = change_request.baseline
    assert before["phases"][1]["ends_on"] == str(months(2))
    assert before["milestones"] == [{"name": "Igjen", "planned_on": str(months(2))}]
    assert {"year": 2026, "source": "Egen ramme", "budget": "600000"} in before["budget"]


def test_the_systems_it_touches_become_the_projects(project, board_member):
    system = System.objects.create(name="Visma")
    change_request = ChangeRequestFactory(project=project)
    ChangeTouch.objects.create(
        change_request=change_request, system=system, starts_on=months(1), ends_on=months(2)
    )

    actions.decide_change(
        change_request,
        outcome=ChangeRequestStatus.APPROVED,
        reason="Ja.",
        by=board_member,
        at=timezone.now(),
    )

    use = SystemUse.objects.get()
    assert (use.project, use.system, use.ends_on) == (project, system, months(2))


def test_four_things_are_to_be_looked_at_again_with_how_they_were(project, board_member):
    approve(project, board_member, days=45, cost=Decimal(50_000))

    before = dict(Reverification.objects.values_list("subject", "before"))
    assert set(before) == set(Subject.values)
    assert before[Subject.BUSINESS_CASE].startswith("Budsjett 700")
    assert "30. aug. 2026" in before[Subject.BUSINESS_CASE]  # before it was moved
    assert before[Subject.RISKS] == "Ingen åpne usikkerheter i registeret"


@pytest.mark.parametrize(
    "outcome", [ChangeRequestStatus.REJECTED, ChangeRequestStatus.POSTPONED], ids=str
)
def test_what_is_not_approved_moves_nothing(project, board_member, outcome):
    change_request = ChangeRequestFactory(project=project, days=45)

    actions.decide_change(
        change_request, outcome=outcome, reason="Nei.", by=board_member, at=timezone.now()
    )

    assert project.milestones.get(name="Igjen").planned_on == months(2)
    assert not Reverification.objects.exists()


def test_an_ended_project_has_no_plan_to_change(project, board_member):
    project.ending, project.ended_on = "realised", DAY
    project.save()

    with pytest.raises(ActionRefused, match="avsluttet"):
        approve(project, board_member)


# Looked at again


def test_a_look_is_kept_once(owner):
    row = ReverificationFactory()

    actions.reverify(row, after="1. april", note="Holder.", by=owner, at=timezone.now())

    row.refresh_from_db()
    assert (row.after, row.note, row.done_by) == ("1. april", "Holder.", owner)
    with pytest.raises(ActionRefused, match="Den står"):
        actions.reverify(row, after="", note="Nei.", by=owner, at=timezone.now())
    assert Event.objects.filter(verb="reverified").count() == 1
