"""How sure the ranking is, as the memo keeps it: the newest run that is ready, and the matrix."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from municipality.models import Sector
from prioritization import matrix
from prioritization.memo_texts import Facts
from prioritization.models import Question, Round

OF_IDEA = ("code", "title", "place", "lowest", "highest", "top_share", "band")
OF_FLIP = ("name", "from", "change", "into", "out")


def sureness(scored: Round) -> Facts | None:
    """None when nobody has worked it out. The ideas as the run had them, by place."""
    run = scored.robustness_runs.ready().defer("snapshot").order_by("-pk").first()
    if run is None:
        return None
    result = json.loads(bytes(run.content))
    return {
        "draws": run.draws,
        "span": run.span,
        "top": run.top,
        "is_current": run.fingerprint == scored.fingerprint(),
        "rows": sorted(
            ({key: idea[key] for key in OF_IDEA} for idea in result["ideas"]),
            key=lambda idea: (idea["place"], idea["title"]),
        ),
        "flips": [{key: flip[key] for key in OF_FLIP} for flip in result["flips"]],
    }


def matrix_facts(scored: Round, questions: Sequence[Question]) -> Facts | None:
    """What the drawing is made of. None when nothing is ranked, or the criteria lack an axis."""
    criteria = list(dict.fromkeys(question.criterion for question in questions))
    found = matrix.matrix_of(scored.entries.ranked().for_rows()[: matrix.MOST], criteria)
    if found is None:
        return None
    short = dict(Sector.objects.values_list("name", "short_name"))
    return {
        "heading": found.heading,
        "words": found.words,
        "x": asdict(found.x_axis),
        "y": asdict(found.y_axis),
        "sectors": [short[name] for name in matrix.sectors_in_order()],
        "spots": [{**asdict(spot), "sector": short.get(spot.sector, "")} for spot in found.spots],
    }
