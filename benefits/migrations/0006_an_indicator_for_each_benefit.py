"""Each benefit had one number. It becomes the benefit's main indicator."""

import uuid
from collections import Counter

from django.db import migrations

MOVED = [
    "name",
    "unit",
    "method",
    "baseline",
    "baseline_on",
    "target",
    "target_on",
    "next_measurement_on",
    "latest_value",
    "latest_on",
    "state",
]


def add_indicators(apps, schema_editor):
    benefits = apps.get_model("benefits", "Benefit")
    indicators = apps.get_model("benefits", "Indicator")
    measurements = apps.get_model("benefits", "Measurement")
    charts = apps.get_model("core", "Chart")
    used = Counter()
    for benefit in benefits.objects.order_by("project_id", "pk"):
        indicator = indicators.objects.create(
            benefit=benefit,
            submission_key=uuid.uuid4(),
            direction=direction(benefit),
            latest_evidence="" if benefit.latest_on is None else "measured",
            **{name: getattr(benefit, name) for name in MOVED},
        )
        used[benefit.project_id] += 1
        benefit.number = used[benefit.project_id]
        benefit.main = indicator
        benefit.save(update_fields=["number", "main"])
        measurements.objects.filter(benefit=benefit).update(indicator=indicator)
        drawn = charts.objects.filter(key=f"benefit-{benefit.pk}")
        drawn.update(key=f"indicator-{indicator.pk}")


def direction(benefit):
    if benefit.target == benefit.baseline:
        return "hold"
    return "up" if benefit.target > benefit.baseline else "down"


class Migration(migrations.Migration):
    dependencies = [("benefits", "0005_three_levels"), ("core", "0001_initial")]

    operations = [migrations.RunPython(add_indicators, migrations.RunPython.noop)]
