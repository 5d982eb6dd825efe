import datetime as dt

from django.db import migrations
from django.db.models import F
from django.db.models.functions import ExtractYear

PUBLIC_LENGTH = 250


def give_meetings(apps, schema_editor):
    """Until now a decision was told as it was recorded, and nobody wrote down the meeting."""
    Memo = apps.get_model("prioritization", "Memo")
    for memo in Memo.objects.filter(items__decision__isnull=False).distinct():
        _give_meeting(apps, memo)


def _give_meeting(apps, memo):
    Decision = apps.get_model("prioritization", "Decision")
    DecisionMeeting = apps.get_model("prioritization", "DecisionMeeting")
    Municipality = apps.get_model("municipality", "Municipality")
    municipality = Municipality.objects.first() or Municipality()
    decisions = Decision.objects.filter(item__memo=memo)
    last = decisions.order_by("decided_on", "pk").last()
    everything_is_decided = memo.items.count() == decisions.count()
    meeting, _created = DecisionMeeting.objects.get_or_create(
        memo=memo,
        defaults={
            "held_on": last.decided_on,
            "deciders": municipality.executive_group,
            "published_at": last.created_at if everything_is_decided else None,
            "published_by": last.recorded_by if everything_is_decided else None,
        },
    )
    for decision in decisions:
        _move(apps, decision, meeting)


def _move(apps, decision, meeting):
    Project = apps.get_model("projects", "Project")
    project = Project.objects.filter(idea=decision.item.entry.idea_id).first()
    decision.meeting = meeting
    decision.published_at = decision.created_at
    decision.public_reason = decision.public_reason or _shortened(decision.reason)
    if decision.outcome == "approved":
        decision.owner_id = project.owner_id if project else decision.recorded_by_id
    if decision.postponed_to is not None:
        decision.postponed_until = dt.date(decision.postponed_to, 1, 1)
    decision.save()


def _shortened(reason):
    return reason if len(reason) <= PUBLIC_LENGTH else reason[: PUBLIC_LENGTH - 1] + "…"


def give_days(apps, schema_editor):
    Decision = apps.get_model("prioritization", "Decision")
    for decision in Decision.objects.select_related("meeting"):
        decision.decided_on = decision.meeting.held_on
        decision.save()
    Decision.objects.filter(postponed_until__isnull=False).update(
        postponed_to=ExtractYear(F("postponed_until"))
    )


class Migration(migrations.Migration):
    dependencies = [
        ("prioritization", "0006_decisions_are_drafts_first"),
        ("municipality", "0002_roles"),
        ("projects", "0003_idea_in_project"),  # its owner is the one the decision named
    ]

    operations = [migrations.RunPython(give_meetings, give_days)]
