"""The whole app, for a new database (core/whole.py)."""

from django.conf import settings
from django.db import migrations

from core.whole import whole

NAMES = [
    "0001_initial",
    "0002_search",
    "0003_idea_in_project",
    "0004_what_was_decided",
    "0005_prosjektveiviseren",
    "0006_pages_stay_open",
    "0007_method_in_use_is_frozen",
    "0008_lines_are_sent_once",
    "0009_board_agendas_and_minutes",
    "0010_products_stand_in_and_are_kept",
    "0011_monthly_status",
    "0012_projects_begin_as_ideas",
    "0013_portfolio_files",
    "0014_system_uses_in_order",
    "0015_change_requests_can_be_edited",
    "0016_system_uses_by_index_alone",
]


class Migration(migrations.Migration):
    initial = True
    replaces = [("projects", name) for name in NAMES]
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("ideas", "0011_no_postponed_year"),
        ("municipality", "0002_roles"),
    ]
    operations = whole("projects", NAMES)
