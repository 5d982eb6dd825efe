from django.db import transaction

from core import charts, tasks
from core.models import Chart
from core.queue import enqueue_on_commit


@transaction.atomic
def request_chart(key: str, *, spec: charts.Spec, title: str, description: str) -> Chart:
    """Store what the chart shall show, and have it drawn if that is something new."""
    chart, _created = Chart.objects.update_or_create(
        key=key,
        defaults={
            "spec": spec,
            "title": title,
            "description": description,
            "requested_hash": charts.spec_hash(spec, title=title, description=description),
        },
    )
    if not chart.is_drawn:
        enqueue_on_commit(tasks.draw_chart, chart.pk)
    return chart
