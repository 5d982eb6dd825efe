import datetime as dt

from django.db import migrations
from django.db.models.functions import ExtractYear


def to_days(apps, schema_editor):
    """«Utsatt til 2027» meant from the beginning of that year."""
    Idea = apps.get_model("ideas", "Idea")
    postponed = Idea.objects.filter(postponed_to__isnull=False)
    for year in set(postponed.values_list("postponed_to", flat=True)):
        postponed.filter(postponed_to=year).update(postponed_until=dt.date(year, 1, 1))


def to_years(apps, schema_editor):
    Idea = apps.get_model("ideas", "Idea")
    Idea.objects.filter(postponed_until__isnull=False).update(
        postponed_to=ExtractYear("postponed_until")
    )


class Migration(migrations.Migration):
    dependencies = [("ideas", "0009_postponed_until_a_day")]

    operations = [migrations.RunPython(to_days, to_years)]
