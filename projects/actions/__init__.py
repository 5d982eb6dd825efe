"""What happens to projects, from the executive group's decision (vedtak) to the last phase."""

from projects.actions.board import (
    decide_alone,
    decide_change,
    record_outcome,
    why_not_alone,
)
from projects.actions.decisions import correct_decision, publish_decisions
from projects.actions.drifting import DRIFT_MEASURES, redraw_drift
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
from projects.actions.opening import close_to_all, open_to_all, write_public_text
from projects.actions.organising import edit, forget_outsiders, keep_role
from projects.actions.products import (
    check_waiting_product_files,
    requeue_stale_product_files,
)
from projects.actions.reports import (
    Said,
    answer_deviation,
    draw_forecast,
    forecast_key,
    keep_report,
    remind_of_status,
    requeue_stale_status_files,
    send_report,
    try_report_file_again,
)
from projects.actions.reverifying import reverify
from projects.actions.running import move_phase, request_change, take_in
from projects.actions.tolerances import TOLERANCES_SET, Wanted, are_agreed, set_tolerances

__all__ = [
    "Said",
    "TOLERANCES_SET",
    "Wanted",
    "answer_deviation",
    "are_agreed",
    "draw_forecast",
    "forecast_key",
    "keep_report",
    "remind_of_status",
    "requeue_stale_status_files",
    "send_report",
    "set_tolerances",
    "try_report_file_again",
    "DRIFT_MEASURES",
    "check_waiting_product_files",
    "requeue_stale_product_files",
    "agenda_fingerprint",
    "close_meeting",
    "close_to_all",
    "correct_decision",
    "decide_alone",
    "decide_change",
    "edit",
    "forget_outsiders",
    "keep_role",
    "move_on_agenda",
    "move_phase",
    "note_attendance",
    "open_meeting",
    "open_to_all",
    "publish_decisions",
    "put_on_agenda",
    "record_outcome",
    "recuse",
    "redraw_drift",
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
    "write_public_text",
]
