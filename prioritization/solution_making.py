"""What a worker does with a scenario that is to be worked out."""

import json

from core import made_files
from core.actions import request_chart
from core.formatting import number
from core.made_files import Made, Reached
from prioritization import fitting
from prioritization.fitting import Frame
from prioritization.fitting_story import Story
from prioritization.frontier_chart import Spot, frontier_chart
from prioritization.models import Solution


def make(solution: Solution) -> None:
    """Find the best set, unless another worker is at it or has done it."""
    made_files.make(solution, _made)


def _made(solution: Solution, reached: Reached) -> Made:
    answer = fitting.solve(solution.snapshot, reached)
    story = Story(solution.snapshot, answer)
    if story.is_possible:
        _draw(solution, story)
    return Made(json.dumps(answer, sort_keys=True).encode())


def _draw(solution: Solution, story: Story) -> None:
    year = story.frontier_year
    frame = Frame(year, None)
    limit = story.limits.get(frame)
    taken = {row.frame: row.by_list for row in story.frames}
    first, last = story.frontier[0], story.frontier[-1]
    request_chart(
        solution.scenario.chart_key,
        spec=frontier_chart(
            [Spot(float(row.needed), float(row.value)) for row in story.frontier],
            year=year,
            limit=None if limit is None else float(limit),
            simple=Spot(float(taken.get(frame, 0)), float(story.list_value)),
        ),
        title=f"Poeng for pengene i {year}",
        description=(
            f"Fra {number(first.needed)} til {number(last.needed)} kroner i {year} stiger det "
            f"beste utvalget fra {number(first.value, 1)} til {number(last.value, 1)} poeng. "
            f"Å følge lista gir {number(story.list_value, 1)} poeng."
        ),
    )
