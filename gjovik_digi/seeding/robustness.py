"""How sure each year's ranking is, and how much money there was: where the line goes."""

import datetime as dt
from decimal import Decimal

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.memos import FRAMES
from gjovik_digi.seeding.scene import Scene, backdate
from gjovik_digi.seeding.screening import SCORERS, Scored
from prioritization import robustness_making
from prioritization.cut import usual_top
from prioritization.models import RobustnessRun

FRAME_NOW = "frame_now"
DRAWS = {0: 10_000, -1: 2_000}  # no run of the year before that
AFTER_CLOSING = dt.timedelta(hours=6)


def make(scene: Scene, scored: Scored) -> None:
    round_ = scored.round
    round_.budget_frame = Decimal(texts.read("memo")[FRAMES.get(scored.offset, FRAME_NOW)])
    round_.save(update_fields=["budget_frame"])
    if scored.offset in DRAWS:
        _work_out(scene, scored)


def _work_out(scene: Scene, scored: Scored) -> None:
    round_ = scored.round
    ranked = round_.entries.ranked().order_by().count()
    run = RobustnessRun.objects.create(
        round=round_,
        draws=DRAWS[scored.offset],
        top=usual_top(round_, ranked=ranked),
        requested_by=scene.people[SCORERS[0]],
    )
    robustness_making.make(run)
    if round_.closed_at:
        at = round_.closed_at + AFTER_CLOSING
        RobustnessRun.objects.filter(pk=run.pk).update(started_at=at, finished_at=at)
        backdate([run], at)
