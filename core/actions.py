from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from core import charts, tasks
from core.models import Chart
from core.queue import enqueue_on_commit


@dataclass(frozen=True)
class WantedChart:
    """What a chart with this key shall show."""

    key: str
    spec: charts.Spec
    title: str
    description: str

    @property
    def requested_hash(self) -> str:
        return charts.spec_hash(self.spec, title=self.title, description=self.description)


@transaction.atomic
def request_chart(key: str, *, spec: charts.Spec, title: str, description: str) -> Chart:
    """Store what the chart shall show, and have it drawn if that is something new."""
    wanted = WantedChart(key, spec, title, description)
    chart, _created = Chart.objects.update_or_create(
        key=key,
        defaults={
            "spec": spec,
            "title": title,
            "description": description,
            "requested_hash": wanted.requested_hash,
        },
    )
    if not chart.is_drawn:
        enqueue_on_commit(tasks.draw_chart, chart.pk)
    return chart


@transaction.atomic
def request_charts(wanted: Iterable[WantedChart]) -> None:
    """The same for many at once. Those that shall show what they were asked for are left alone."""
    by_key = {each.key: each for each in wanted}
    known = dict(Chart.objects.filter(key__in=by_key).values_list("key", "requested_hash"))
    stored = Chart.objects.bulk_create(
        [
            Chart(
                key=key,
                spec=each.spec,
                title=each.title,
                description=each.description,
                requested_hash=each.requested_hash,
            )
            for key, each in sorted(by_key.items())
            if known.get(key) != each.requested_hash
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["spec", "title", "description", "requested_hash", "updated_at"],
    )
    for chart in stored:
        enqueue_on_commit(tasks.draw_chart, chart.pk)
