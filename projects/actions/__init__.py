"""What happens to projects, from the executive group's decision (vedtak) to the last phase."""

from projects.actions.board import (
    decide_alone,
    decide_change,
    record_outcome,
    why_not_alone,
)
from projects.actions.decisions import correct_decision, publish_decisions
from projects.actions.meetings import (
    agenda_fingerprint,
    close_meeting,
    move_on_agenda,
    note_attendance,
    open_meeting,
    put_on_agenda,
    recuse,
    requeue_stale_minutes,
    save_meeting,
    send_agenda,
    take_off_agenda,
    try_minutes_again,
    withdraw_recusal,
)
from projects.actions.reverifying import reverify
from projects.actions.running import edit, move_phase, request_change, take_in

__all__ = [
    "agenda_fingerprint",
    "close_meeting",
    "correct_decision",
    "decide_alone",
    "decide_change",
    "edit",
    "move_on_agenda",
    "move_phase",
    "note_attendance",
    "open_meeting",
    "publish_decisions",
    "put_on_agenda",
    "record_outcome",
    "recuse",
    "request_change",
    "requeue_stale_minutes",
    "reverify",
    "save_meeting",
    "send_agenda",
    "take_in",
    "take_off_agenda",
    "try_minutes_again",
    "why_not_alone",
    "withdraw_recusal",
]
