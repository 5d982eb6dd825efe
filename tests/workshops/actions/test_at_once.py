import threading

import pytest
from django.db import connection

from core.errors import ActionRefused
from tests.factories.workshops import (
    NoteFactory,
    ParticipantFactory,
    open_workshop,
)
from tests.workshops.actions.steps import hang_up_note, now, numbers
from workshops import actions
from workshops.models import (
    Note,
    Phase,
    Question,
    Vote,
)


def _at_once(*calls) -> list[str]:
    """Run each in a thread and a connection of its own; what was refused."""
    refused: list[str] = []
    ready = threading.Barrier(len(calls))

    def run(call) -> None:
        try:
            ready.wait(10)
            call()
        except ActionRefused as error:
            refused.append(error.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.django_db(transaction=True)
def test_votes_at_the_same_moment_are_never_too_many():
    voting = open_workshop(Phase.VOTE)
    participant = ParticipantFactory(workshop=voting)
    notes = NoteFactory.create_batch(8, question=voting.current_question, participant=participant)

    refused = _at_once(
        *(
            lambda note=note: actions.put_dots(note, dots=1, by=participant, at=now())
            for note in notes
        )
    )

    assert Vote.objects.count() == 3
    assert len(refused) == 5


@pytest.mark.django_db(transaction=True)
def test_a_note_is_never_hung_up_after_the_room_has_gone_on():
    workshop = open_workshop()
    people = ParticipantFactory.create_batch(6, workshop=workshop)
    by, question = workshop.created_by, workshop.current_question

    refused = _at_once(
        lambda: actions.move_to_phase(workshop, Phase.SORT, question=question, by=by),
        *(lambda person=person: hang_up_note(person, question_id=question.pk) for person in people),
    )

    assert Note.objects.count() + len(refused) == 6
    assert Question.objects.get().phase == Phase.SORT
    assert numbers(workshop)[0] == Note.objects.count() + 1
