"""What happens in the measurement: every change of its tables goes through here."""

from maturity.actions.assessments import REOPENED, answer, extend, reopen, start, submit
from maturity.actions.charts import chart_key, draw_result
from maturity.actions.rounds import (
    REMINDED,
    change_deadline,
    closed_message,
    freeze,
    open_round,
    remind,
)

__all__ = [
    "REMINDED",
    "REOPENED",
    "answer",
    "change_deadline",
    "chart_key",
    "closed_message",
    "draw_result",
    "extend",
    "freeze",
    "open_round",
    "remind",
    "reopen",
    "start",
    "submit",
]
