from django.db import migrations
from django.utils import timezone


def name_the_characteristics(apps):
    """The same keys as the reference data has: area, level and place."""
    characteristics = apps.get_model("maturity", "Characteristic").objects
    rows = list(characteristics.select_related("guidance__area"))
    for row in rows:
        row.key = f"{row.guidance.area.code}-{row.guidance.level}-{row.order}"
    characteristics.bulk_update(rows, ["key"], batch_size=500)


def open_rounds(apps):
    """Every year that has been measured had a round, with the dates of its phase."""
    assessments = apps.get_model("maturity", "Assessment").objects
    phases = apps.get_model("municipality", "Phase").objects.filter(kind="measurement")
    rounds = apps.get_model("maturity", "MeasurementRound").objects
    for phase in phases.order_by("pk"):
        first = assessments.filter(cycle_id=phase.cycle_id).order_by("pk").first()
        if first is not None:
            rounds.create(
                cycle_id=phase.cycle_id,
                instrument_id=first.instrument_id,
                opens_on=phase.opens_on,
                closes_on=phase.closes_on,
            )
    used = assessments.values("instrument")
    apps.get_model("maturity", "Instrument").objects.filter(pk__in=used).update(
        frozen_at=timezone.now()
    )


def keep_what_is_submitted(apps):
    """What stands as submitted is the first revision."""
    revisions = apps.get_model("maturity", "Revision").objects
    submitted = (
        apps.get_model("maturity", "Assessment")
        .objects.filter(status="submitted")
        .select_related("instrument")
        .prefetch_related("answers__area")
    )
    for assessment in submitted:
        answers = sorted(assessment.answers.all(), key=lambda answer: answer.area.order)
        revisions.create(
            assessment=assessment,
            number=1,
            submitted_at=assessment.submitted_at,
            submitted_by_id=assessment.submitted_by_id,
            snapshot={
                "instrument": assessment.instrument.version,
                "areas": [_kept(answer) for answer in answers],
            },
        )


def _kept(answer):
    return {
        "code": answer.area.code,
        "name": answer.area.name,
        "level": answer.level,
        "reason": answer.reason,
        "target": None,
        "ticks": [],
        "measures": [],
    }


def fill(apps, schema_editor):
    name_the_characteristics(apps)
    open_rounds(apps)
    keep_what_is_submitted(apps)


class Migration(migrations.Migration):
    dependencies = [("maturity", "0003_rounds_groups_revisions")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
