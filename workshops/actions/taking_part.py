"""What people in the room do on their phones. Nothing here knows who they are."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import ActionRefused
from workshops import codes
from workshops.actions.room import hold, require_open, tell_wall
from workshops.models import Note, Participant, Vote, Workshop

MOST_PARTICIPANTS = 1000
MOST_NOTES = 100  # from one person to one question
MOST_A_MINUTE = 20


@transaction.atomic
def join(workshop: Workshop, *, key: str, at: dt.datetime) -> Participant:
    """The person with the key, known again or new. Late-comers are welcome until it has ended."""
    workshop = hold(workshop)
    mark = codes.fingerprint(key)
    known = Participant.objects.filter(workshop=workshop, key_hash=mark).first()
    if known is not None:
        return known
    if workshop.is_ended:
        raise ActionRefused(_("Verkstedet er avsluttet."))
    if workshop.participants.count() >= MOST_PARTICIPANTS:
        raise ActionRefused(_("Verkstedet er fullt. Si fra til den som leder det."))
    joined = Participant.objects.create(workshop=workshop, key_hash=mark, joined_at=at)
    tell_wall(workshop)
    return joined


@transaction.atomic
def hang_up(
    participant: Participant,
    *,
    text: str,
    submission_key: uuid.UUID,
    question_id: int,
    at: dt.datetime,
) -> Note:
    """Put a note on the wall, unsorted. The same form sent twice is one note.

    `question_id` is the question the person saw: a note that waited for the net while the room went
    on is refused, not hung under another question.
    """
    workshop = hold(participant.workshop)
    earlier = Note.objects.filter(submission_key=submission_key).first()
    if earlier is not None:
        return earlier
    question = require_open(workshop)
    if question.pk != question_id or not question.takes_notes:
        raise ActionRefused(_("Rommet har gått videre. Lappen rakk ikke å bli hengt opp."))
    _require_a_human_pace(participant, question_id, at=at)
    note = Note.objects.create(
        question=question,
        participant=participant,
        text=text,
        submission_key=submission_key,
        written_at=at,
    )
    tell_wall(workshop)
    return note


def _require_a_human_pace(participant: Participant, question_id: int, *, at: dt.datetime) -> None:
    mine = Note.objects.filter(participant=participant)
    if mine.filter(written_at__gt=at - dt.timedelta(minutes=1)).count() >= MOST_A_MINUTE:
        raise ActionRefused(_("Det gikk fort. Vent et minutt, og heng opp flere."))
    if mine.filter(question=question_id).count() >= MOST_NOTES:
        raise ActionRefused(_("Du har hengt opp så mange lapper som veggen tar fra én."))


@transaction.atomic
def change_note(note: Note, *, text: str, by: Participant) -> None:
    """Another wording, while the room writes."""
    workshop = _hold_own(note, by)
    Note.objects.filter(pk=note.pk).update(text=text, version=note.version + 1)
    tell_wall(workshop)


@transaction.atomic
def take_down(note: Note, *, by: Participant) -> None:
    """The person's own note goes, as if it was never written."""
    workshop = _hold_own(note, by)
    note.delete()
    tell_wall(workshop)


def _hold_own(note: Note, by: Participant) -> Workshop:
    assert note.participant_id == by.pk
    workshop = hold(by.workshop)
    question = require_open(workshop)
    if note.question_id != question.pk or not question.takes_notes:
        raise ActionRefused(_("Rommet har gått videre. Lappen blir hengende som den er."))
    note.refresh_from_db()
    return workshop


@transaction.atomic
def put_dots(note: Note, *, dots: int, by: Participant, at: dt.datetime) -> None:
    """Let `dots` of the person's votes lie on the note, in place of what lay there before."""
    workshop = hold(by.workshop)
    question = require_open(workshop)
    note.refresh_from_db(fields=["hidden_at"])
    if note.question_id != question.pk or not question.takes_votes or note.is_hidden:
        raise ActionRefused(_("Det er ikke mulig å stemme på denne lappen nå."))
    if workshop.time_is_out(at):
        raise ActionRefused(_("Tiden er ute. Be den som leder, om litt til."))
    mine = Vote.objects.filter(participant=by, note__question=question)
    used = mine.exclude(note=note).aggregate(used=Sum("dots"))["used"] or 0
    if used + dots > workshop.votes_each:
        raise ActionRefused(
            ngettext(
                "Du har bare {count} stemme. Ta en tilbake først.",
                "Du har bare {count} stemmer. Ta en tilbake først.",
                workshop.votes_each,
            ).format(count=workshop.votes_each)
        )
    if dots:
        Vote.objects.update_or_create(note=note, participant=by, defaults={"dots": dots})
    else:
        mine.filter(note=note).delete()
    tell_wall(workshop)


def forget_keys(*, on: dt.date) -> int:
    """Let no phone be known again after its time, and say how many. Notes and votes stay."""
    before = on - dt.timedelta(days=Participant.KEPT_DAYS)
    known = Participant.objects.exclude(key_hash="")
    return known.filter(joined_at__date__lte=before).update(key_hash="")
