import datetime as dt

import pytest
from django.utils import timezone

from core.errors import ActionRefused
from core.models import Event
from tests.factories.workshops import (
    NoteFactory,
    QuestionFactory,
    WorkshopFactory,
    open_workshop,
)
from tests.workshops.actions.steps import hang_up_note, now, numbers
from workshops import actions, wall
from workshops.models import (
    Note,
    Phase,
    Workshop,
    WorkshopStatus,
)


def test_open_begins_with_the_first_question(team_member):
    workshop = WorkshopFactory()
    QuestionFactory(workshop=workshop, order=2)
    first = QuestionFactory(workshop=workshop, order=1)

    actions.open_room(workshop, by=team_member, at=now())

    workshop.refresh_from_db()
    assert (workshop.status, workshop.current_question) == (WorkshopStatus.OPEN, first)
    assert Event.objects.about(workshop).filter(verb="workshop opened", by=team_member).exists()


@pytest.mark.parametrize("target", WorkshopStatus)
@pytest.mark.parametrize("status", WorkshopStatus)
def test_status_moves_along_its_table(status, target):
    may = {
        WorkshopStatus.READY: {WorkshopStatus.OPEN},
        WorkshopStatus.OPEN: {WorkshopStatus.PAUSED, WorkshopStatus.ENDED},
        WorkshopStatus.PAUSED: {WorkshopStatus.OPEN, WorkshopStatus.ENDED},
        WorkshopStatus.ENDED: set(),
    }

    assert Workshop(status=status).can_move_to(target) == (target in may[status])


def test_phase_stops_the_clock_and_tells_the_phones(workshop, team_member):
    actions.start_timer(workshop, minutes=5, at=now())
    before = numbers(workshop)

    actions.move_to_phase(workshop, Phase.SORT, question=workshop.current_question, by=team_member)

    workshop.refresh_from_db()
    assert workshop.timer_ends_at is None
    assert workshop.current_question.phase == Phase.SORT
    assert numbers(workshop) == (before[0] + 1, before[1] + 1)


def test_phase_cannot_leap(workshop, team_member):
    with pytest.raises(ActionRefused):
        actions.move_to_phase(
            workshop, Phase.VOTE, question=workshop.current_question, by=team_member
        )


def test_phase_pressed_under_another_question_is_refused(workshop, team_member):
    old = workshop.current_question
    QuestionFactory(workshop=workshop, order=old.order + 1)
    actions.next_question(workshop, question=old, by=team_member)

    with pytest.raises(ActionRefused, match="et annet spørsmål"):
        actions.move_to_phase(workshop, Phase.SORT, question=old, by=team_member)


def test_next_question_after_the_last_is_refused(workshop, team_member):
    with pytest.raises(ActionRefused, match="det siste"):
        actions.next_question(workshop, question=workshop.current_question, by=team_member)


def test_no_step_back_when_something_is_chosen(cycle, team_member):
    workshop = open_workshop(Phase.CHOOSE)
    note = NoteFactory(question=workshop.current_question)
    actions.choose(workshop, notes=[note], clusters=[], by=team_member, on=timezone.localdate())

    with pytest.raises(ActionRefused, match="alt valgt"):
        actions.move_to_phase(
            workshop, Phase.VOTE, question=workshop.current_question, by=team_member
        )


def test_timer_gives_more_time_while_it_runs_and_begins_anew_when_it_is_out(workshop):
    at = now()

    actions.start_timer(workshop, minutes=5, at=at)
    actions.start_timer(workshop, minutes=2, at=at + dt.timedelta(minutes=1))
    workshop.refresh_from_db()
    extended = workshop.timer_ends_at
    actions.start_timer(workshop, minutes=3, at=at + dt.timedelta(minutes=30))
    workshop.refresh_from_db()

    assert extended == at + dt.timedelta(minutes=7)
    assert workshop.timer_ends_at == at + dt.timedelta(minutes=33)


def test_hidden_note_leaves_the_wall_and_comes_back(workshop, team_member):
    note = NoteFactory(question=workshop.current_question)

    actions.hide(note, by=team_member, at=now())
    hidden = wall.columns(workshop.current_question)
    actions.restore(note, by=team_member)

    assert wall.count_of(hidden) == 0
    assert wall.count_of(wall.columns(workshop.current_question)) == 1
    assert Event.objects.about(note).count() == 2


def test_ended_keeps_everything_and_takes_no_more(workshop, participant, team_member):
    note = hang_up_note(participant)

    actions.end(workshop, by=team_member, at=now())
    participant.workshop.refresh_from_db()

    with pytest.raises(ActionRefused, match="avsluttet"):
        hang_up_note(participant)
    with pytest.raises(ActionRefused, match="avsluttet"):
        actions.join(workshop, key="en ny", at=now())
    assert list(Note.objects.all()) == [note]
