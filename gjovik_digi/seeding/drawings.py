"""The charts, drawn here and now, so that the first who opens a page sees them."""

from benefits import actions as benefits
from benefits.models import Indicator
from core import charts
from core.models import Chart
from gjovik_digi.seeding.scene import Scene
from maturity import actions as maturity


def make(scene: Scene) -> None:
    for cycle in scene.cycles.values():
        maturity.draw_result(cycle)
    for indicator in Indicator.objects.order_by("pk"):
        benefits.redraw(indicator)
    for chart in Chart.objects.waiting().order_by("pk"):
        charts.draw(chart)
