"""What the one who leads does: open, go on, keep the time, moderate, end."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from municipality.models import User
from workshops.actions.room import hold, require_open, tell_everybody
from workshops.models import (
    ChosenNote,
    Note,
    Phase,
    Question,
    Workshop,
    WorkshopStatus,
)


@transaction.atomic
def open_room(workshop: Workshop, *, by: User, at: dt.datetime) -> None:
    """Let the room begin with the first question."""
    workshop = hold(workshop)
    workshop.move_to(WorkshopStatus.OPEN)
    workshop.current_question = workshop.questions.earliest("order")
    workshop.opened_at = at
    workshop.save(update_fields=["current_question", "opened_at", "updated_at"])
    tell_everybody(workshop)
    record("workshop opened", workshop, by=by)


@transaction.atomic
def pause(workshop: Workshop, *, by: User) -> None:
    """Nobody can write, sort or vote until it goes on. The clock is stopped."""
    _change_status(workshop, WorkshopStatus.PAUSED, by=by)


@transaction.atomic
def go_on(workshop: Workshop, *, by: User) -> None:
    _change_status(workshop, WorkshopStatus.OPEN, by=by)


@transaction.atomic
def end(workshop: Workshop, *, by: User, at: dt.datetime) -> None:
    """For good. Everything is kept and can be read, and notes can still be chosen."""
    workshop = _change_status(workshop, WorkshopStatus.ENDED, by=by)
    workshop.ended_at = at
    workshop.save(update_fields=["ended_at", "updated_at"])


def _change_status(workshop: Workshop, status: WorkshopStatus, *, by: User) -> Workshop:
    workshop = hold(workshop)
    workshop.move_to(status)
    _stop_clock(workshop)
    tell_everybody(workshop)
    record("workshop status", workshop, by=by, status=str(status))
    return workshop


@transaction.atomic
def move_to_phase(workshop: Workshop, phase: Phase, *, question: Question, by: User) -> None:
    """Take the room to the next step of `question`, or one back, and stop the clock.

    `question` is what the facilitator saw. Refused when another has taken the room elsewhere.
    """
    workshop = hold(workshop)
    current = require_open(workshop)
    if current != question:
        raise ActionRefused(_("Noen andre har gått til et annet spørsmål. Se hva som står der nå."))
    if phase == current.previous_phase and _has_chosen(current):
        raise ActionRefused(_("Noe er alt valgt herfra. Da kan dere ikke gå et steg tilbake."))
    current.move_to(phase)
    _stop_clock(workshop)
    tell_everybody(workshop)
    record("workshop phase", workshop, by=by, question=current.order, phase=str(phase))


def _has_chosen(question: Question) -> bool:
    return (
        ChosenNote.objects.filter(note__question=question).exists()
        or ChosenNote.objects.filter(cluster__question=question).exists()
    )


@transaction.atomic
def next_question(workshop: Workshop, *, question: Question, by: User) -> Question:
    """Go on to the question after `question`, which is what the facilitator saw."""
    workshop = hold(workshop)
    current = require_open(workshop)
    if current != question:
        raise ActionRefused(_("Noen andre har gått til et annet spørsmål. Se hva som står der nå."))
    following = workshop.questions.filter(order__gt=current.order).order_by("order").first()
    if following is None:
        raise ActionRefused(_("Dette er det siste spørsmålet."))
    workshop.current_question = following
    workshop.save(update_fields=["current_question", "updated_at"])
    _stop_clock(workshop)
    tell_everybody(workshop)
    record("workshop question", workshop, by=by, question=following.order)
    return following


@transaction.atomic
def start_timer(workshop: Workshop, *, minutes: int, at: dt.datetime) -> None:
    """Start the clock, or give more time when it is running."""
    workshop = hold(workshop)
    require_open(workshop)
    running = workshop.timer_ends_at is not None and not workshop.time_is_out(at)
    begins_at = workshop.timer_ends_at if running else at
    assert begins_at is not None
    workshop.timer_ends_at = begins_at + dt.timedelta(minutes=minutes)
    workshop.save(update_fields=["timer_ends_at", "updated_at"])
    tell_everybody(workshop)


@transaction.atomic
def stop_timer(workshop: Workshop) -> None:
    workshop = hold(workshop)
    _stop_clock(workshop)
    tell_everybody(workshop)


def _stop_clock(workshop: Workshop) -> None:
    if workshop.timer_ends_at is not None:
        workshop.timer_ends_at = None
        workshop.save(update_fields=["timer_ends_at", "updated_at"])


@transaction.atomic
def hide(note: Note, *, by: User, at: dt.datetime) -> None:
    """Take a note off the wall. Kept, with its votes, and can be shown again."""
    _show(note, by=by, at=at)


@transaction.atomic
def restore(note: Note, *, by: User) -> None:
    _show(note, by=by, at=None)


def _show(note: Note, *, by: User, at: dt.datetime | None) -> None:
    workshop = hold(note.question.workshop)
    if workshop.is_ended:
        raise ActionRefused(_("Verkstedet er avsluttet. Da kan veggen ikke endres."))
    if ChosenNote.objects.filter(note=note).exists():
        raise ActionRefused(_("Lappen er blitt en idé. Da kan den ikke skjules her."))
    note.hidden_at, note.hidden_by = at, by if at else None
    note.save(update_fields=["hidden_at", "hidden_by"])
    tell_everybody(workshop)
    record("workshop note hidden" if at else "workshop note shown", note, by=by)
