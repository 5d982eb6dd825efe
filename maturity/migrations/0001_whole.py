"""The whole app, for a new database (core/whole.py)."""

from django.conf import settings
from django.db import migrations

from core.whole import whole

NAMES = [
    "0001_initial",
    "0002_initial",
    "0003_rounds_groups_revisions",
    "0004_rounds_of_earlier_years",
    "0005_characteristic_keys_and_frozen_instruments",
    "0006_frozen_texts_cannot_be_moved",
    "0007_reports",
]


class Migration(migrations.Migration):
    initial = True
    replaces = [("maturity", name) for name in NAMES]
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("municipality", "0002_roles"),
    ]
    operations = whole("maturity", NAMES)
