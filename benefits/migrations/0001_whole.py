"""The whole app, for a new database (core/whole.py)."""

from django.conf import settings
from django.db import migrations

from core.whole import whole

NAMES = [
    "0001_initial",
    "0002_initial",
    "0003_responsibility",
    "0004_responsibility_declined",
]


class Migration(migrations.Migration):
    initial = True
    replaces = [("benefits", name) for name in NAMES]
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("projects", "0005_prosjektveiviseren"),
    ]
    operations = whole("benefits", NAMES)
