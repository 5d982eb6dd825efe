"""The whole app, for a new database (core/whole.py)."""

from importlib import import_module

from django.db import migrations

from core.whole import whole

NAMES = [
    "0001_initial",
    "0002_roles",
]
FIRST_ROWS = (import_module("municipality.migrations.0002_roles").create_roles,)


class Migration(migrations.Migration):
    initial = True
    replaces = [("municipality", name) for name in NAMES]
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = whole("municipality", NAMES, first_rows=FIRST_ROWS)
