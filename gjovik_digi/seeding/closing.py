"""The two finished years are closed. Called when all that is frozen of them is there."""

from collections.abc import Iterable
from typing import Any

from annual import lessons
from annual.actions import closing as actions
from annual.actions.charts import draw_funnel
from gjovik_digi.seeding import outcomes, texts
from gjovik_digi.seeding.scene import Scene, moment
from gjovik_digi.seeding.submissions import Submission


def make(scene: Scene, submissions: Iterable[Submission]) -> None:
    told = texts.read("closing")
    ideas = {one.key: one.idea for one in submissions if one.offset < 0}
    for row in told["settled"]:
        idea = ideas[row["key"]]
        idea.refresh_from_db()  # what was decided about it came after it was sent
        outcomes.answer(scene, idea, row)
    for row in told["closed"]:
        _close(scene, row, reasons=told["reasons"])
    draw_funnel(lessons.compare(scene.cycles.values()))


def _close(scene: Scene, row: dict[str, Any], *, reasons: dict[str, str]) -> None:
    day = scene.day(-row["days_ago"])
    actions.close_year(
        scene.cycles[row["offset"]],
        reasons=reasons,
        note=row["note"],
        by=scene.people[row["by"]],
        at=moment(day, "closed", str(row["offset"])),
        on=day,
    )
