"""What happens in the measurement: every change of its tables goes through here."""

from maturity.actions.assessments import REOPENED, answer, extend, reopen, start, submit
from maturity.actions.charts import chart_key, draw_result
from maturity.actions.reminders import REMINDED, remind, remind_due
from maturity.actions.reports import (
    report_when_complete,
    request_report,
    requeue_stale_reports,
    try_report_again,
)
from maturity.actions.rounds import (
    change_aggregation,
    change_deadline,
    closed_message,
    freeze,
    open_round,
)

__all__ = [
    "REMINDED",
    "REOPENED",
    "answer",
    "change_aggregation",
    "change_deadline",
    "chart_key",
    "closed_message",
    "draw_result",
    "extend",
    "freeze",
    "open_round",
    "remind",
    "report_when_complete",
    "request_report",
    "requeue_stale_reports",
    "try_report_again",
    "remind_due",
    "reopen",
    "start",
    "submit",
]
