"""What several of these tests do."""

import datetime as dt
import uuid

from django.utils import timezone

from workshops import actions
from workshops.models import Note, Workshop


def now() -> dt.datetime:
    return timezone.now()


def hang_up_note(participant, text="Venter på heisen", **changes) -> Note:
    return actions.hang_up(
        participant,
        **{
            "text": text,
            "submission_key": uuid.uuid4(),
            "question_id": participant.workshop.current_question_id,
            "at": now(),
            **changes,
        },
    )


def numbers(workshop) -> tuple[int, int]:
    return Workshop.objects.values_list("revision", "step").get(pk=workshop.pk)
