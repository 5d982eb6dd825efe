"""The minutes of a meeting: what they are made of, as plain JSON, and made ready to be shown."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formatting import clock, day_with_year, kroner, number
from municipality.models import Municipality
from projects import council
from projects.models import BoardMeeting, ChangeRequest

FORMAT = 1  # of a snapshot; raise it when a change would make old snapshots read wrongly


def snapshot(meeting: BoardMeeting) -> dict[str, Any]:
    """All that the minutes say, whatever happens to it in the database afterwards."""
    cases = council.cases(meeting)
    present = council.present_at(meeting)
    here = {person.pk for person in present}
    return {
        "format": FORMAT,
        "municipality": {"name": Municipality.load().name},
        "meeting": {
            "held_on": timezone.localdate(meeting.held_at).isoformat(),
            "clock": clock(meeting.held_at),
            "place": meeting.place,
            "chair": str(meeting.chair),
            "quorum": meeting.quorum,
            "notes": meeting.notes,
            "closed_on": day_with_year(meeting.closed_at),
        },
        "present": [str(person) for person in present],
        "absent": [str(person) for person in council.members() if person.pk not in here],
        "cases": [_case(case) for case in cases],
        "told": [_told(change) for change in council.to_be_told(meeting)],
    }


def _case(case: council.Case) -> dict[str, Any]:
    item, change = case.item, case.change_request
    return {
        "order": item.order,
        "title": change.title,
        "project": change.project.name,
        "requested_by": str(change.requested_by),
        "why": change.reason,
        "consequence": change.consequence,
        "follows": follows(change),
        "collisions": [each["words"] for each in item.collisions],
        "recusals": [f"{each.member}: {each.reason}" for each in case.recusals],
        "outcome": str(item.get_outcome_display()) if item.is_decided else "",
        "reason": item.reason,
        "conditions": item.conditions,
        "present": item.present,
    }


def _told(change: ChangeRequest) -> dict[str, Any]:
    return {
        "title": change.title,
        "project": change.project.name,
        "outcome": str(change.get_status_display()),
        "reason": change.decision_reason,
        "by": str(change.decided_by),
        "on": day_with_year(change.decided_at),
    }


def follows(change: ChangeRequest) -> list[str]:
    """What approval does with the plan: «90 dager senere», «140 000 kr mer»."""
    words = []
    if change.days:
        count = abs(change.days)
        later = ngettext("{n} dag senere", "{n} dager senere", count)
        earlier = ngettext("{n} dag tidligere", "{n} dager tidligere", count)
        words.append((later if change.days > 0 else earlier).format(n=number(count)))
    if change.cost:
        more, less = _("{sum} mer"), _("{sum} mindre")
        words.append((more if change.cost > 0 else less).format(sum=kroner(abs(change.cost))))
    if change.benefit_share:
        more, less = _("{n} prosentpoeng mer gevinst"), _("{n} prosentpoeng mindre gevinst")
        chosen = more if change.benefit_share > 0 else less
        words.append(chosen.format(n=number(abs(change.benefit_share))))
    return words


def context(shown: dict[str, Any]) -> dict[str, Any]:
    """What templates/projects/minutes_pdf.html wants, of a snapshot. No database."""
    held_on = dt.date.fromisoformat(shown["meeting"]["held_on"])
    title = _("Referat fra IKT-styringsrådet {day}").format(day=day_with_year(held_on))
    return {**shown, "held_on": held_on, "title": title, "running_title": title}
