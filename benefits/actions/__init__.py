"""What happens to benefits: described, measured, compared with their plan, and handed over."""

from benefits.actions.measuring import redraw, register_measurement, restate
from benefits.actions.register import create_benefit, edit_benefit
from benefits.actions.responsibility import (
    ask_instead,
    decline_responsibility,
    hand_over,
    take_responsibility,
)

__all__ = [
    "ask_instead",
    "create_benefit",
    "decline_responsibility",
    "edit_benefit",
    "hand_over",
    "redraw",
    "register_measurement",
    "restate",
    "take_responsibility",
]
