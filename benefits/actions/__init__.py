"""What happens to benefits: described, measured, compared with their plan, and handed over."""

from benefits.actions.answering import answer_request, skip_request
from benefits.actions.asking import (
    ask_another,
    ask_for_measurements,
    renew_link,
    skip_measurement,
)
from benefits.actions.delays import follow_plan, move_with_project
from benefits.actions.freezing import freeze_afterwards, freeze_at_gate, freeze_plan
from benefits.actions.indicators import (
    add_indicator,
    change_indicator,
    choose_main,
    resume_indicator,
    retire_indicator,
)
from benefits.actions.mapping import (
    add_box,
    change_box,
    make_agree,
    move_box,
    place_benefit,
    remove_box,
    restore_box,
)
from benefits.actions.measuring import (
    Reading,
    check_waiting_measurement_files,
    redraw,
    register_measurement,
    restate,
)
from benefits.actions.plan_files import (
    ask_for_plan_file,
    keep_other_body,
    requeue_stale_plan_files,
    try_plan_file_again,
)
from benefits.actions.realising import say_how_it_goes
from benefits.actions.register import create_benefit, edit_benefit
from benefits.actions.responsibility import (
    ask_instead,
    decline_responsibility,
    hand_over,
    take_responsibility,
)
from benefits.actions.withdrawing import restore_measurement, withdraw_measurement
from benefits.actions.years import save_plan, save_years

__all__ = [
    "Reading",
    "add_box",
    "add_indicator",
    "answer_request",
    "ask_another",
    "ask_for_measurements",
    "ask_for_plan_file",
    "ask_instead",
    "change_box",
    "change_indicator",
    "check_waiting_measurement_files",
    "choose_main",
    "create_benefit",
    "decline_responsibility",
    "edit_benefit",
    "follow_plan",
    "freeze_afterwards",
    "freeze_at_gate",
    "freeze_plan",
    "hand_over",
    "keep_other_body",
    "make_agree",
    "move_box",
    "move_with_project",
    "place_benefit",
    "redraw",
    "register_measurement",
    "remove_box",
    "renew_link",
    "requeue_stale_plan_files",
    "restate",
    "restore_box",
    "restore_measurement",
    "resume_indicator",
    "retire_indicator",
    "save_plan",
    "save_years",
    "say_how_it_goes",
    "skip_measurement",
    "skip_request",
    "take_responsibility",
    "try_plan_file_again",
    "withdraw_measurement",
]
