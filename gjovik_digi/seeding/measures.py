"""Tiltakene that were sent on as ideas."""

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene
from ideas.models import Idea, Origin
from maturity.models import Measure


def link(scene: Scene) -> None:
    """Tie each measure to the idea it was sent on as, once both are there."""
    for row in texts.read("measures"):
        if "sent_as" not in row:
            continue
        measure = Measure.objects.get(
            text=row["measures"][0],
            answer__area__code=row["area"],
            answer__assessment__sector__code=row["sector"],
            answer__assessment__cycle=scene.cycles[row["offset"]],
        )
        Idea.objects.filter(title=row["sent_as"], cycle=scene.cycles[row["offset"]]).update(
            measure=measure, origin=Origin.MEASURE
        )
