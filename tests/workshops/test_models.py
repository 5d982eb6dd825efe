import pytest
from django.db import IntegrityError, transaction

from tests.factories.ideas import IdeaFactory
from tests.factories.workshops import (
    ChosenNoteFactory,
    NoteFactory,
    ParticipantFactory,
    WorkshopFactory,
)
from workshops.models import Note, Vote, Workshop, WorkshopStatus


def _refused(name, change) -> bool:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        change()
    return True


def test_code_leads_to_one_workshop_that_has_not_ended(db):
    WorkshopFactory(code="4172", status=WorkshopStatus.ENDED)
    WorkshopFactory(code="4172")

    assert _refused("workshops_workshop_code_leads_to_one", lambda: WorkshopFactory(code="4172"))


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"status": "unknown"}, "status_is_known"),
        ({"votes_each": 0}, "votes_in_range"),
        ({"votes_each": 21}, "votes_in_range"),
        ({"minutes": 0}, "minutes_in_range"),
    ],
)
def test_database_refuses_a_workshop_that_cannot_be(db, changes, name):
    workshop = WorkshopFactory()

    assert _refused(name, lambda: Workshop.objects.filter(pk=workshop.pk).update(**changes))


def test_database_refuses_two_people_with_one_key_but_not_two_who_are_forgotten(workshop):
    ParticipantFactory(workshop=workshop, key_hash="x")
    ParticipantFactory(workshop=workshop, key_hash="")
    ParticipantFactory(workshop=workshop, key_hash="")

    assert _refused(
        "key_is_one_person", lambda: ParticipantFactory(workshop=workshop, key_hash="x")
    )


def test_database_refuses_an_empty_note_and_one_hidden_by_nobody(workshop):
    note = NoteFactory(question=workshop.current_question)
    rows = Note.objects.filter(pk=note.pk)

    assert _refused("says_something", lambda: rows.update(text=""))
    assert _refused("hidden_by_somebody", lambda: rows.update(hidden_at=note.written_at))


def test_database_refuses_two_rows_of_votes_and_votes_of_nothing(workshop):
    note = NoteFactory(question=workshop.current_question)
    Vote.objects.create(note=note, participant=note.participant, dots=1)

    assert _refused(
        "one_row_per_person",
        lambda: Vote.objects.create(note=note, participant=note.participant, dots=1),
    )
    other = NoteFactory(question=workshop.current_question)
    assert _refused(
        "is_at_least_one",
        lambda: Vote.objects.create(note=other, participant=note.participant, dots=0),
    )


def test_database_refuses_what_is_chosen_twice_and_what_is_nothing(workshop, cycle):
    note = NoteFactory(question=workshop.current_question)
    ChosenNoteFactory(workshop=workshop, note=note, idea=IdeaFactory(cycle=cycle))

    assert _refused(
        "note_id",
        lambda: ChosenNoteFactory(workshop=workshop, note=note, idea=IdeaFactory(cycle=cycle)),
    )
    assert _refused(
        "is_a_note_or_a_column",
        lambda: ChosenNoteFactory(workshop=workshop, idea=IdeaFactory(cycle=cycle)),
    )
