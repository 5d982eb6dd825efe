"""The whole app, for a new database (core/whole.py)."""

from importlib import import_module

from django.conf import settings
from django.db import migrations

from core.whole import whole

NAMES = [
    "0001_initial",
    "0002_initial",
    "0003_event_append_only",
    "0004_cache_table",
    "0005_stagedimport",
    "0006_search_words",
    "0007_address_count",
    "0008_outbox_templates_and_forgetting_runs",
    "0009_mail_link",
]
FIRST_ROWS = (import_module("core.migrations.0004_cache_table").create,)


class Migration(migrations.Migration):
    initial = True
    replaces = [("core", name) for name in NAMES]
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = whole("core", NAMES, first_rows=FIRST_ROWS)
