"""The whole app, for a new database (core/whole.py)."""

from django.conf import settings
from django.db import migrations

from core.whole import whole

NAMES = [
    "0001_initial",
    "0002_weights_sum_to_100",
    "0003_memo_file_is_kept",
    "0004_consensus_scenarios_and_decisions",
    "0005_criteria_in_use_are_frozen",
    "0006_decisions_are_drafts_first",
    "0007_earlier_decisions_have_a_meeting",
    "0008_decisions_belong_to_a_meeting",
    "0009_protocol_file_is_kept",
    "0010_answers_can_be_given_back",
    "0011_meeting_shows_a_question",
    "0012_memo_parts_have_an_order",
]


class Migration(migrations.Migration):
    initial = True
    replaces = [("prioritization", name) for name in NAMES]
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("ideas", "0001_initial"),
        ("municipality", "0002_roles"),
        ("projects", "0003_idea_in_project"),
    ]
    operations = whole("prioritization", NAMES)
