"""What happens to projects, from the executive group's decision (vedtak) to the last phase."""

from projects.actions.board import (
    decide_alone,
    decide_change,
    record_outcome,
    why_not_alone,
)
from projects.actions.changes import edit_change, request_change, withdraw_change
from projects.actions.decisions import correct_decision, publish_decisions
from projects.actions.drifting import DRIFT_MEASURES, redraw_drift
from projects.actions.ending import end_project
from projects.actions.gates import answer_checkpoint, ask_for_gate, decide_gate, withdraw_case
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
    require_writable,
    send_report,
    try_report_file_again,
)
from projects.actions.reverifying import reverify
from projects.actions.running import take_in
from projects.actions.stages import remove_stage, save_stage
from projects.actions.tolerances import TOLERANCES_SET, Wanted, are_agreed, set_tolerances

__all__ = [
    "DRIFT_MEASURES",
    "Said",
    "TOLERANCES_SET",
    "Wanted",
    "agenda_fingerprint",
    "answer_checkpoint",
    "answer_deviation",
    "are_agreed",
    "ask_for_gate",
    "check_waiting_product_files",
    "close_meeting",
    "close_to_all",
    "correct_decision",
    "decide_alone",
    "decide_change",
    "decide_gate",
    "draw_forecast",
    "edit",
    "edit_change",
    "end_project",
    "forecast_key",
    "forget_outsiders",
    "keep_report",
    "keep_role",
    "move_on_agenda",
    "note_attendance",
    "open_meeting",
    "open_to_all",
    "publish_decisions",
    "put_on_agenda",
    "record_outcome",
    "recuse",
    "redraw_drift",
    "remind_of_status",
    "remove_stage",
    "request_change",
    "requeue_stale_minutes",
    "requeue_stale_product_files",
    "requeue_stale_status_files",
    "require_writable",
    "reverify",
    "save_meeting",
    "save_stage",
    "send_agenda",
    "send_report",
    "set_tolerances",
    "take_in",
    "take_off_agenda",
    "try_minutes_again",
    "try_report_file_again",
    "why_not_alone",
    "withdraw_case",
    "withdraw_recusal",
    "write_public_text",
    "withdraw_change",
]
