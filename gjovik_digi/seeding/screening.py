"""Prioritering: the screening of each year, with answers that differ."""

from dataclasses import dataclass

from gjovik_digi.seeding import answers
from gjovik_digi.seeding.scene import Scene, backdate, moment
from gjovik_digi.seeding.submissions import Submission
from municipality.calendar import PhaseKind
from prioritization import actions
from prioritization.models import (
    CriteriaSet,
    Entry,
    Participation,
    Question,
    Round,
    RoundStatus,
    Score,
    Stage,
)

SCORERS = (
    "marte.sveen@demo.gjovik.example",
    "guro.aasen@demo.gjovik.example",
    "ola.brenden@demo.gjovik.example",
    "siri.moen@demo.gjovik.example",
    "per.lunde@demo.gjovik.example",
    "anne.bakken@demo.gjovik.example",
)
# How many ideas of the current year they have left to answer.
NOT_DONE = {"per.lunde@demo.gjovik.example": 5, "anne.bakken@demo.gjovik.example": 3}


@dataclass(frozen=True)
class Scored:
    """A round with its entries, and what each entry was made from."""

    round: Round
    offset: int
    entries: list[tuple[Entry, Submission]]


def make(scene: Scene, offset: int, submissions: list[Submission]) -> Scored:
    """The screening of one year, closed unless it is the current one."""
    forwarded = [one for one in submissions if one.offset == offset and one.forwarded_at]
    round_ = _open(scene, offset)
    entries = Entry.objects.bulk_create(Entry(round=round_, idea=one.idea) for one in forwarded)
    scored = Scored(round_, offset, list(zip(entries, forwarded, strict=True)))
    _answer(scene, scored)
    actions.rescore_all(round_)
    actions.recount(round_)
    return scored


def _open(scene: Scene, offset: int) -> Round:
    cycle = scene.cycles[offset]
    phase = cycle.phase(PhaseKind.PRIORITISATION)
    opened_at = moment(phase.opens_on, "round")
    round_ = Round(
        cycle=cycle,
        criteria_set=CriteriaSet.objects.get(stage=Stage.SCREENING, is_current=True),
        stage=Stage.SCREENING,
        closes_on=phase.closes_on,
    )
    if offset < 0:
        round_.status = RoundStatus.CLOSED
        round_.closed_at = moment(phase.closes_on, "round")
    round_.save()
    backdate([round_], opened_at)
    team = scene.people[SCORERS[0]]
    scene.tell("round opened", round_, by=team, at=opened_at)
    if round_.closed_at:
        scene.tell("round closed", round_, by=team, at=round_.closed_at)
    Participation.objects.bulk_create(
        Participation(round=round_, user=scene.people[email]) for email in SCORERS
    )
    return round_


def _answer(scene: Scene, scored: Scored) -> None:
    """The idea that the law demands gets no points: it is done anyway."""
    questions = list(
        Question.objects.filter(
            criterion__criteria_set=scored.round.criteria_set_id
        ).select_related("criterion")
    )
    competing = [pair for pair in scored.entries if not pair[1].idea.is_statutory]
    Score.objects.bulk_create(
        Score(entry=entry, question=question, scorer=scene.people[email], level=level)
        for number, (entry, submission) in enumerate(competing)
        for question in questions
        for email, level in _levels(submission, question).items()
        if not _is_left(scored, email, number, of=len(competing))
    )


def _levels(submission: Submission, question: Question) -> dict[str, int]:
    criterion = question.criterion.code
    return answers.levels(
        submission.key,
        question.code,
        most=submission.row["answers"][criterion],
        is_disputed=criterion in submission.row["disagree_on"],
        scorers=list(SCORERS),
    )


def _is_left(scored: Scored, email: str, number: int, *, of: int) -> bool:
    return scored.offset == 0 and number >= of - NOT_DONE.get(email, 0)
