"""The results of a closed year counted again, from its frozen rows and nothing else.

Points and places by prioritization.scoring, the maturity by maturity.scoring. Every number that
comes out another than the one that was frozen is a difference. Plain values in, plain values out.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np

from maturity import scoring as maturity
from prioritization import scoring

Data = Mapping[str, Any]
Rows = Mapping[str, Mapping[str, Data]]  # kind → key → data

SCREENING = "screening"
MOST_NAMED = 20  # differences that are told of one by one


@dataclass
class Recount:
    """How many ideas and areas were counted again, and the keys of those that came out others."""

    ideas: int = 0
    areas: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def is_equal(self) -> bool:
        return not self.differences

    def as_json(self) -> dict[str, Any]:
        return {
            "ideas": self.ideas,
            "areas": self.areas,
            "differences": len(self.differences),
            "named": self.differences[:MOST_NAMED],
        }


def read(lines: Iterable[str]) -> Rows:
    """The lines of the file, as `freezing.lines` gives them. Numbers keep every decimal."""
    found: dict[str, dict[str, Data]] = defaultdict(dict)
    for line in lines:
        row = json.loads(line, parse_float=Decimal)
        found[row["kind"]][row["key"]] = row["data"]
    return found


def recount(rows: Rows) -> Recount:
    found = Recount()
    _recount_rankings(rows, found)
    _recount_maturity(rows, found)
    return found


def _recount_rankings(rows: Rows, found: Recount) -> None:
    rounds = _by_round(rows.get("score", {}).values())
    screened: dict[str, Decimal] = {}
    for stage in sorted(rounds, key=lambda stage: stage != SCREENING):
        questions = _by_round(rows["criterion"].values())[stage]
        ranking = _ranking(_criteria(questions), rounds[stage], screened)
        for idea, again in ranking.items():
            key = f"{stage}/{idea}"
            found.ideas += 1
            if not _is_same(rows["ranking"].get(key, {}), again):
                found.differences.append(key)
            if stage == SCREENING and again["score"] is not None:
                screened[idea] = again["score"]


def _by_round(rows: Iterable[Data]) -> dict[str, list[Data]]:
    found: dict[str, list[Data]] = defaultdict(list)
    for row in rows:
        found[row["round"]].append(row)
    return found


def _criteria(questions: Iterable[Data]) -> list[scoring.Criterion]:
    asked: dict[str, list[Data]] = defaultdict(list)
    for question in sorted(questions, key=lambda row: row["question"]):
        asked[question["criterion"]].append(question)
    return [
        scoring.Criterion(
            code=code,
            weight=own[0]["weight"],
            questions=tuple(
                scoring.Question(str(row["question"]), up=row["direction"] == "up") for row in own
            ),
        )
        for code, own in asked.items()
    ]


def _ranking(
    criteria: Sequence[scoring.Criterion], ideas: Sequence[Data], screened: Mapping[str, Decimal]
) -> dict[str, dict[str, Any]]:
    """Idea → what the ranking says of it, as `freezing.RANKING` writes it."""
    levels, final = _arrays(criteria, ideas)
    people = (levels != scoring.NOT_ANSWERED).any(axis=2).sum(axis=1)
    results = scoring.score_many(criteria, levels, final=final).results()
    again = {
        idea["idea"]: {
            "place": None,
            "score": result.score,
            "tie_break": screened.get(idea["idea"], result.tie_break),
            "answered_weight": result.answered_weight,
            "breakdown": result.breakdown,
            "scorers": int(count),
            "spread": result.spread,
        }
        for idea, result, count in zip(ideas, results, people, strict=True)
    }
    competing = {idea["idea"] for idea in ideas if not idea["is_statutory"]}
    _give_places([each for code, each in again.items() if code in competing])
    return again


def _arrays(
    criteria: Sequence[scoring.Criterion], ideas: Sequence[Data]
) -> tuple[np.ndarray, np.ndarray]:
    """The answers as idea × person × question, and what was agreed as idea × question."""
    column = {
        question.code: place
        for place, question in enumerate(each for one in criteria for each in one.questions)
    }
    people = {person for _row, _question, person, _level in _answers(ideas)}
    seat = {person: place for place, person in enumerate(sorted(people))}
    levels = np.full((len(ideas), len(seat), len(column)), scoring.NOT_ANSWERED, dtype=np.int8)
    final = np.full((len(ideas), len(column)), scoring.NOT_ANSWERED, dtype=np.int8)
    for row, question, person, level in _answers(ideas):
        levels[row, seat[person], column[question]] = level
    for row, idea in enumerate(ideas):
        for question, level in idea["final"].items():
            final[row, column[question]] = level
    return levels, final


def _answers(ideas: Sequence[Data]) -> Iterator[tuple[int, str, str, int]]:
    for row, idea in enumerate(ideas):
        for question, given in idea["answers"].items():
            for person, level in given.items():
                yield row, question, person, level


def _give_places(competing: Iterable[dict[str, Any]]) -> None:
    scored = [each for each in competing if each["score"] is not None]
    scored.sort(key=lambda each: (-each["score"], -each["tie_break"]))
    keys = [(each["score"], each["tie_break"]) for each in scored]
    for each, place in zip(scored, scoring.places(keys), strict=True):
        each["place"] = place


def _is_same(frozen: Data, again: Mapping[str, Any]) -> bool:
    return all(_plain(frozen.get(name)) == _plain(value) for name, value in again.items())


def _plain(value: Any) -> Any:
    """So that 0.5, 0.50 and Decimal("0.5000") are the same number."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, (float, int)) and not isinstance(value, bool):
        return Decimal(str(value))
    return value


def _recount_maturity(rows: Rows, found: Recount) -> None:
    frozen = rows.get("level", {})
    if "rule" not in frozen:
        return
    areas = {data["area"]: key for key, data in frozen.items() if key.startswith("area/")}
    sectors: dict[str, dict[str, int]] = defaultdict(dict)
    for answer in rows.get("answer", {}).values():
        if answer["level"] is not None:
            sectors[answer["sector"]][answer["area"]] = answer["level"]
    weights = [Decimal(frozen["rule"]["weights"][sector]) for sector in sectors]
    again = maturity.result(areas, sectors.values(), weights=weights)
    found.areas = len(areas)
    if _mean(frozen["overall"]) != again.overall:
        found.differences.append("overall")
    for area in again.areas:
        if not _is_same_area(frozen[areas[area.area]], area):
            found.differences.append(areas[area.area])


def _is_same_area(frozen: Data, again: maturity.AreaResult) -> bool:
    kept = (frozen["lowest"], frozen["highest"], frozen["sectors"])
    return _mean(frozen) == again.mean and kept == (again.lowest, again.highest, again.count)


def _mean(frozen: Data) -> Decimal | None:
    return None if frozen["mean"] is None else Decimal(frozen["mean"])
