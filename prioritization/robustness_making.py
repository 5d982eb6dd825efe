"""What a worker does with a computation of how sure a ranking is.

The answers are read when the work begins, and kept with it: a worker that dies leaves them to the
next, which gets the same result from them and the same seed.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

import numpy as np
from django.db import transaction

from core import made_files
from core.actions import request_chart
from core.made_files import Made, Reached
from prioritization import matrix, robustness, scoring
from prioritization.levels import final_levels_of, levels_of
from prioritization.models import (
    Criterion,
    Entry,
    Question,
    RankRange,
    RobustnessRun,
    Round,
    criteria_for_scoring,
)
from prioritization.robustness import Flip, Ranges

BATCH = 2000
Snapshot = dict[str, Any]


def make(run: RobustnessRun) -> None:
    """Compute it, unless another worker is at it or has done it."""
    made_files.make(run, _made)


def _made(run: RobustnessRun, reached: Reached) -> Made:
    snapshot = _snapshot(run)
    reached(1)
    criteria = _criteria(snapshot)
    levels, final, ties = _arrays(snapshot)
    ranges = robustness.rank_ranges(
        criteria,
        levels,
        top=run.top,
        final=final,
        tie_break=ties,
        draws=run.draws,
        span=run.span,
        seed=snapshot["seed"],
    )
    reached(2)
    scores = scoring.score_many(criteria, levels, final=final)
    flips = robustness.flips(criteria, scores.values, top=run.top, span=run.span, tie_break=ties)
    reached(3)
    _store(run, snapshot, ranges)
    _draw(run.round)
    return Made(json.dumps(_result(run, snapshot, ranges, flips), ensure_ascii=False).encode())


def _snapshot(run: RobustnessRun) -> Snapshot:
    """What it is computed from: as it was when a worker first began."""
    if not run.snapshot:
        run.refresh_from_db(fields=["draws", "span", "top"])  # it may have been asked for anew
        with transaction.atomic():
            run.fingerprint = run.round.fingerprint()
            run.snapshot = _read(run.round)
            run.save(update_fields=["fingerprint", "snapshot"])
    return run.snapshot


def _read(scored: Round) -> Snapshot:
    """Who answered what is not in it: a scorer is a place in a row."""
    questions = scored.ordered_questions()
    entries = list(scored.entries.ranked().select_related("idea"))
    people = list(scored.participations.order_by("user").values_list("user_id", flat=True))
    levels = levels_of(scored, entries, people, questions)
    final = final_levels_of(scored, entries, questions)
    return {
        "seed": robustness.SEED,
        "scorers": len(people),
        "criteria": [_described(criterion, asked) for criterion, asked in _grouped(questions)],
        "ideas": [
            {
                "entry": entry.pk,
                "code": entry.idea.code,
                "title": str(entry.idea),
                "score": str(entry.score),
                "tie_break": str(entry.tie_break),
                "levels": ["".join(map(str, given)) for given in levels[row]],
                "agreed": "".join(map(str, final[row])),
            }
            for row, entry in enumerate(entries)
        ],
    }


def _grouped(questions: Sequence[Question]) -> list[tuple[Criterion, list[Question]]]:
    criteria = list(dict.fromkeys(question.criterion for question in questions))
    return [
        (criterion, [each for each in questions if each.criterion == criterion])
        for criterion in criteria
    ]


def _described(criterion: Criterion, asked: Sequence[Question]) -> dict[str, Any]:
    (scoring_criterion,) = criteria_for_scoring(asked)
    return {"name": criterion.short_name, **asdict(scoring_criterion)}


def _criteria(snapshot: Snapshot) -> list[scoring.Criterion]:
    return [
        scoring.Criterion(
            code=each["code"],
            weight=each["weight"],
            questions=tuple(scoring.Question(**question) for question in each["questions"]),
        )
        for each in snapshot["criteria"]
    ]


def _arrays(snapshot: Snapshot) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Levels (idea × scorer × question), what was agreed (idea × question), and the tie-breaks."""
    questions = sum(len(each["questions"]) for each in snapshot["criteria"])
    ideas = snapshot["ideas"]
    levels = _digits(given for idea in ideas for given in idea["levels"])
    return (
        levels.reshape(len(ideas), snapshot["scorers"], questions),
        _digits(idea["agreed"] for idea in ideas).reshape(len(ideas), questions),
        np.array([float(idea["tie_break"]) for idea in ideas]),
    )


def _digits(texts) -> np.ndarray:
    return np.frombuffer("".join(texts).encode(), dtype=np.int8) - ord("0")


def _store(run: RobustnessRun, snapshot: Snapshot, ranges: Ranges) -> None:
    """A worker that took over from one thought dead writes the same rows."""
    RankRange.objects.bulk_create(
        (
            RankRange(
                run=run,
                entry_id=idea["entry"],
                lowest=int(ranges.low[row]),
                highest=int(ranges.high[row]),
                top_share=_share(ranges.top_share[row]),
                band=int(ranges.band[row]),
            )
            for row, idea in enumerate(snapshot["ideas"])
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _share(part: float) -> Decimal:
    return Decimal(str(part)).quantize(Decimal("0.0001"))


def _result(
    run: RobustnessRun, snapshot: Snapshot, ranges: Ranges, flips: Sequence[Flip]
) -> dict[str, Any]:
    ideas = snapshot["ideas"]
    names = {each["code"]: each for each in snapshot["criteria"]}
    return {
        "draws": run.draws,
        "span": run.span,
        "top": run.top,
        "seed": snapshot["seed"],
        "scorers": snapshot["scorers"],
        "criteria": snapshot["criteria"],
        "ideas": [
            {
                "entry": idea["entry"],
                "code": idea["code"],
                "title": idea["title"],
                "score": float(idea["score"]),
                "place": int(ranges.place[row]),
                "lowest": int(ranges.low[row]),
                "highest": int(ranges.high[row]),
                "mean": round(float(ranges.mean[row]), 2),
                "top_share": float(_share(ranges.top_share[row])),
                "band": int(ranges.band[row]),
            }
            for row, idea in enumerate(ideas)
        ],
        "flips": [_flip(flip, names, ideas) for flip in flips],
    }


def _flip(
    flip: Flip, criteria: Mapping[str, Mapping[str, Any]], ideas: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    criterion = criteria[flip.criterion]
    return {
        "criterion": flip.criterion,
        "name": criterion["name"],
        "from": criterion["weight"],
        "change": round(flip.change, 2),
        "into": [ideas[row]["title"] for row in flip.into],
        "out": [ideas[row]["title"] for row in flip.out],
    }


def _draw(scored: Round) -> None:
    """The matrix follows the ranking as it is now."""
    questions = scored.ordered_questions()
    criteria = list(dict.fromkeys(question.criterion for question in questions))
    first: list[Entry] = list(scored.entries.ranked().for_rows()[: matrix.MOST])
    found = matrix.matrix_of(first, criteria)
    if found is not None:
        request_chart(
            scored.matrix_key,
            spec=found.spec(sectors=matrix.sectors_in_order()),
            title=found.heading,
            description=found.words,
        )
