"""What waits for one person, over all steps of the wheel."""

import datetime as dt
from collections.abc import Iterator

import benefits.action_waiting
import benefits.waiting
import ideas.waiting
import maturity.round_waiting
import maturity.waiting
import prioritization.memo_waiting
import prioritization.waiting
import projects.board_waiting
import projects.gate_waiting
import projects.product_waiting
import projects.report_waiting
import projects.waiting
import workshops.waiting
from core.waiting import Task
from gjovik_digi import outbox_waiting
from municipality.models import User

SOURCES = (
    maturity.round_waiting.round_waiting_for,
    maturity.waiting.waiting_for,
    maturity.waiting.waiting_for_member,
    ideas.waiting.waiting_for,
    workshops.waiting.waiting_for,
    outbox_waiting.waiting_for,
    prioritization.waiting.waiting_for,
    prioritization.memo_waiting.memo_waiting_for,
    projects.waiting.waiting_for,
    projects.gate_waiting.gate_waiting_for,
    projects.product_waiting.waiting_for,
    projects.report_waiting.report_waiting_for,
    projects.board_waiting.board_waiting_for,
    benefits.waiting.waiting_for,
    benefits.action_waiting.waiting_for,
)


def for_person(user: User, *, on: dt.date) -> Iterator[Task]:
    for source in SOURCES:
        yield from source(user, on=on)
