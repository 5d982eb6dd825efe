"""Vedtak: what the executive group decided about each idea in a memo, and what its sender read."""

import datetime as dt
from dataclasses import dataclass

from gjovik_digi.seeding.scene import Scene, backdate, moment
from gjovik_digi.seeding.screening import Scored
from gjovik_digi.seeding.submissions import TEAM
from ideas.models import Idea, StatusChange
from municipality.calendar import PhaseKind
from municipality.models import User
from prioritization.actions import ask_for_protocol
from prioritization.models import Decision, DecisionMeeting, Memo, MemoItem, Outcome

DECIDED = 24  # days into the phase
TAKEN_UP = 3, 1  # month and day of the year that a postponed idea comes up again


@dataclass(frozen=True)
class Decided:
    """An idea with its decision, and the row it was made from."""

    idea: Idea
    row: dict
    by: User
    on: dt.date
    item: MemoItem


def make(scene: Scene, scored: Scored, memo: Memo) -> list[Decided]:
    """Every idea in the memo is decided the same day, and told the day after."""
    held_on = memo.round.cycle.phase(PhaseKind.MEMO).opens_on + dt.timedelta(days=DECIDED)
    items = {item.entry_id: item for item in memo.items.all()}
    by = scene.people[TEAM[0]]
    meeting = _meeting(memo, held_on, by)
    decided = []
    for entry, submission in scored.entries:
        one = Decided(submission.idea, submission.row, by, held_on, items[entry.pk])
        _decide(scene, meeting, one)
        decided.append(one)
    scene.tell("decisions published", meeting, by=by, at=moment(held_on, "published"))
    ask_for_protocol(meeting, by=by)  # a worker makes it
    return decided


def _meeting(memo: Memo, held_on: dt.date, by: User) -> DecisionMeeting:
    meeting = DecisionMeeting.prepared_for(memo, on=held_on)
    meeting.published_at, meeting.published_by = moment(held_on, "published"), by
    meeting.save()
    backdate([meeting], moment(held_on, "meeting"))
    return meeting


def _decide(scene: Scene, meeting: DecisionMeeting, decided: Decided) -> None:
    row, idea = decided.row["decision"], decided.idea
    outcome, reason = Outcome(row["outcome"]), row["reason"].strip()
    until = None
    if outcome == Outcome.POSTPONED:
        until = dt.date(scene.today.year + row["until_offset"], *TAKEN_UP)
    at = moment(decided.on, decided.row["key"])
    decision = Decision.objects.create(
        item=decided.item,
        meeting=meeting,
        outcome=outcome,
        owner=scene.people[decided.row["project"]["owner"]] if "project" in decided.row else None,
        reason=reason,
        public_reason=reason,
        conditions=row.get("conditions", "").strip(),
        postponed_until=until,
        recorded_by=decided.by,
        published_at=meeting.published_at,
    )
    backdate([decision], at)
    idea.status, idea.postponed_until = decision.idea_status, until
    idea.save(update_fields=["status", "postponed_until"])
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
