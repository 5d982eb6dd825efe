"""The whole app, for a new database (core/whole.py)."""

from django.conf import settings
from django.db import migrations

from core.whole import whole

NAMES = [
    "0001_initial",
    "0002_initial",
    "0003_origins_outcomes_and_what_is_said",
    "0004_line_unit",
    "0005_search",
    "0006_staged_attachments",
    "0007_imports",
    "0008_browse",
    "0009_postponed_until_a_day",
    "0010_postponed_year_becomes_a_day",
    "0011_no_postponed_year",
]


class Migration(migrations.Migration):
    initial = True
    replaces = [("ideas", name) for name in NAMES]
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("municipality", "0002_roles"),
        ("maturity", "0007_reports"),
        ("core", "0006_search_words"),
    ]
    operations = whole("ideas", NAMES)
