"""What happens to projects, from the executive group's decision (vedtak) to the last phase."""

from projects.actions.decisions import correct_decision, publish_decisions
from projects.actions.running import decide_change, edit, move_phase, request_change, take_in

__all__ = [
    "correct_decision",
    "decide_change",
    "edit",
    "move_phase",
    "publish_decisions",
    "request_change",
    "take_in",
]
