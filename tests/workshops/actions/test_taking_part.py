import datetime as dt
import uuid

import pytest

from core.errors import ActionRefused
from tests.factories.workshops import (
    NoteFactory,
    ParticipantFactory,
    QuestionFactory,
    open_workshop,
)
from tests.workshops.actions.steps import hang_up_note, now, numbers
from workshops import actions
from workshops.models import (
    Note,
    Participant,
    Phase,
    Vote,
)


def test_join_knows_the_key_again(workshop):
    first = actions.join(workshop, key="nøkkel", at=now())
    again = actions.join(workshop, key="nøkkel", at=now())

    assert first == again
    assert "nøkkel" not in first.key_hash


def test_join_with_the_same_phone_in_two_workshops_is_two_people(workshop):
    other = open_workshop()

    assert actions.join(workshop, key="k", at=now()) != actions.join(other, key="k", at=now())


def test_hang_up_counts_the_wall_and_leaves_the_phones_alone(workshop, participant):
    before = numbers(workshop)

    note = hang_up_note(participant)

    assert (note.cluster, note.question) == (None, workshop.current_question)
    assert numbers(workshop) == (before[0] + 1, before[1])


def test_hang_up_twice_with_the_same_key_is_one_note(participant):
    key = uuid.uuid4()

    assert hang_up_note(participant, submission_key=key) == hang_up_note(
        participant, submission_key=key
    )
    assert Note.objects.count() == 1


def test_hang_up_that_comes_after_the_room_went_on_is_refused(workshop, participant, team_member):
    old = workshop.current_question
    QuestionFactory(workshop=workshop, order=old.order + 1)
    actions.next_question(workshop, question=old, by=team_member)

    with pytest.raises(ActionRefused, match="gått videre"):
        hang_up_note(participant, question_id=old.pk)


@pytest.mark.parametrize("phase", [Phase.SORT, Phase.VOTE, Phase.CHOOSE])
def test_hang_up_only_while_the_room_writes(phase, db):
    participant = ParticipantFactory(workshop=open_workshop(phase))

    with pytest.raises(ActionRefused, match="gått videre"):
        hang_up_note(participant)


def test_hang_up_faster_than_people_write_is_refused(participant):
    for _ in range(20):
        hang_up_note(participant)

    with pytest.raises(ActionRefused, match="Vent et minutt"):
        hang_up_note(participant)


def test_own_note_can_be_changed_and_taken_down_while_the_room_writes(
    workshop, participant, team_member
):
    note, kept = hang_up_note(participant), hang_up_note(participant, text="Blir")

    actions.change_note(note, text="Bedre sagt", by=participant)
    note.refresh_from_db()
    changed = note.text
    actions.take_down(note, by=participant)
    actions.move_to_phase(workshop, Phase.SORT, question=kept.question, by=team_member)

    with pytest.raises(ActionRefused, match="blir hengende"):
        actions.take_down(kept, by=participant)
    assert (changed, list(Note.objects.all())) == ("Bedre sagt", [kept])


def test_votes_are_at_most_as_many_as_each_has_and_can_be_moved(voting):
    participant = ParticipantFactory(workshop=voting)
    one, other = NoteFactory.create_batch(2, question=voting.current_question)

    actions.put_dots(one, dots=2, by=participant, at=now())
    actions.put_dots(other, dots=1, by=participant, at=now())
    with pytest.raises(ActionRefused, match="bare 3 stemmer"):
        actions.put_dots(other, dots=2, by=participant, at=now())
    actions.put_dots(one, dots=0, by=participant, at=now())
    actions.put_dots(other, dots=3, by=participant, at=now())

    assert list(Vote.objects.values_list("note", "dots")) == [(other.pk, 3)]


def test_votes_stop_when_the_time_is_out(voting):
    participant = ParticipantFactory(workshop=voting)
    note = NoteFactory(question=voting.current_question)
    at = now()
    actions.start_timer(voting, minutes=1, at=at)

    actions.put_dots(note, dots=1, by=participant, at=at + dt.timedelta(seconds=59))
    with pytest.raises(ActionRefused, match="Tiden er ute"):
        actions.put_dots(note, dots=2, by=participant, at=at + dt.timedelta(seconds=61))


def test_vote_on_a_hidden_note_is_refused(voting, team_member):
    note = NoteFactory(question=voting.current_question)
    actions.hide(note, by=team_member, at=now())

    with pytest.raises(ActionRefused, match="ikke mulig å stemme"):
        actions.put_dots(note, dots=1, by=note.participant, at=now())


def test_keys_are_forgotten_after_thirty_days_and_notes_are_not(workshop, today):
    old = ParticipantFactory(workshop=workshop, joined_at=now() - dt.timedelta(days=31))
    new = ParticipantFactory(workshop=workshop)
    NoteFactory(question=workshop.current_question, participant=old)

    assert actions.forget_keys(on=today) == 1
    assert actions.forget_keys(on=today) == 0

    known = Participant.objects.exclude(key_hash="")
    assert list(known) == [new]
    assert Note.objects.count() == 1
