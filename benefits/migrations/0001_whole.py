"""The whole app, for a new database (core/whole.py)."""

from django.conf import settings
from django.db import migrations

from core.whole import whole

NAMES = [
    "0001_initial",
    "0002_initial",
    "0003_responsibility",
    "0004_responsibility_declined",
    "0005_three_levels",
    "0006_an_indicator_for_each_benefit",
    "0007_numbers_stand_in_the_indicator",
]


class Migration(migrations.Migration):
    initial = True
    replaces = [("benefits", name) for name in NAMES]
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("municipality", "0001_whole"),
        ("projects", "0017_projects_by_name"),
    ]
    operations = whole("benefits", NAMES)
