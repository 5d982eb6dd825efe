"""Vedtak: what the executive group decided about each idea in a memo, and what its sender read."""

import datetime as dt
from dataclasses import dataclass

from gjovik_digi.seeding.scene import Scene, backdate, moment
from gjovik_digi.seeding.screening import Scored
from gjovik_digi.seeding.submissions import TEAM
from ideas.models import Idea, StatusChange
from municipality.calendar import PhaseKind
from municipality.models import User
from prioritization.models import Decision, Memo, MemoItem, Outcome

DECIDED = 24  # days into the phase


@dataclass(frozen=True)
class Decided:
    """An idea with its decision, and the row it was made from."""

    idea: Idea
    row: dict
    by: User
    on: dt.date


def make(scene: Scene, scored: Scored, memo: Memo) -> list[Decided]:
    """Every idea in the memo is decided the same day."""
    decided_on = memo.round.cycle.phase(PhaseKind.MEMO).opens_on + dt.timedelta(days=DECIDED)
    items = {item.entry_id: item for item in memo.items.all()}
    by = scene.people[TEAM[0]]
    decided = []
    for entry, submission in scored.entries:
        one = Decided(submission.idea, submission.row, by, decided_on)
        _decide(scene, items[entry.pk], one)
        decided.append(one)
    return decided


def _decide(scene: Scene, item: MemoItem, decided: Decided) -> None:
    row, idea = decided.row["decision"], decided.idea
    outcome, reason = Outcome(row["outcome"]), row["reason"].strip()
    postponed_to = None
    if outcome == Outcome.POSTPONED:
        postponed_to = scene.today.year + row["until_offset"]
    at = moment(decided.on, decided.row["key"])
    decision = Decision.objects.create(
        item=item,
        outcome=outcome,
        reason=reason,
        postponed_to=postponed_to,
        decided_on=decided.on,
        recorded_by=decided.by,
    )
    backdate([decision], at)
    idea.status, idea.postponed_to = Decision.IDEA_STATUS[outcome], postponed_to
    idea.save(update_fields=["status", "postponed_to"])
    StatusChange.objects.create(idea=idea, status=idea.status, reason=reason, by=decided.by, at=at)
    scene.tell("idea status", idea, by=decided.by, at=at, status=str(idea.status))
    scene.tell(
        "decision recorded",
        decision,
        by=decided.by,
        at=at,
        idea=idea.code,
        outcome=str(outcome),
    )
