"""The protocol of a meeting: what it is made of, as plain JSON, and made ready to be shown."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from core.formatting import day_with_year
from municipality.models import Municipality
from prioritization import decided
from prioritization.models import Correction, Decision, DecisionMeeting, Memo

FORMAT = 1  # of a snapshot; raise it when a change would make old snapshots read wrongly


def snapshot(meeting: DecisionMeeting, *, version: int) -> dict[str, Any]:
    """All that the protocol says, whatever happens to it in the database afterwards."""
    memo, municipality = meeting.memo, Municipality.load()
    decisions = Decision.objects.of(memo).prefetch_related("corrections__by")
    return {
        "format": FORMAT,
        "version": version,
        "municipality": {
            "name": municipality.name,
            "executive_group": municipality.executive_group_title,
        },
        "memo": _memo(memo),
        "meeting": {
            "held_on": meeting.held_on.isoformat(),
            "deciders": meeting.names,
            "note": meeting.note,
            "published_on": _day(meeting.published_at),
            "published_by": str(meeting.published_by or ""),
        },
        "following": decided.following(memo).sentence(municipality.executive_group_title),
        "decisions": [_decision(decision) for decision in decisions],
    }


def _memo(memo: Memo) -> dict[str, Any]:
    file = decided.final_file(memo)
    return {
        "title": memo.title,
        "case_number": memo.case_number,
        "publicity": memo.publicity,
        "dated_on": memo.dated_on.isoformat(),
        "version": file.number if file else None,
        "sha256": file.sha256 if file else "",
    }


def _day(at: dt.datetime | None) -> str:
    return day_with_year(at) if at else ""


def _decision(decision: Decision) -> dict[str, Any]:
    item, idea = decision.item, decision.item.entry.idea
    return {
        "code": idea.code,
        "title": idea.title,
        "sector": str(idea.sector or ""),
        "is_recommended": item.is_recommended,
        "recommendation": item.text,
        "outcome": str(decision.outcome),
        "words": decision.words,
        "owner": str(decision.owner) if decision.is_approval else "",
        "conditions": decision.conditions,
        "reason": decision.reason,
        "public_reason": decision.public_reason,
        "difference": decided.difference(
            is_recommended=item.is_recommended, outcome_words=decision.words
        )
        if decision.differs
        else "",
        "corrections": [_correction(each) for each in decision.corrections.all()],
    }


def _correction(correction: Correction) -> dict[str, Any]:
    return {
        "on": _day(correction.at),
        "by": str(correction.by),
        "reason": correction.reason,
        "words": correction.before["words"],
        "public_reason": correction.before["public_reason"],
    }


def context(shown: dict[str, Any]) -> dict[str, Any]:
    """What templates/prioritization/protocol_pdf.html wants, of a snapshot. No database."""
    return {
        **shown,
        "held_on": dt.date.fromisoformat(shown["meeting"]["held_on"]),
        "memo_dated_on": dt.date.fromisoformat(shown["memo"]["dated_on"]),
        "running_title": running_title(shown),
        "title": _("Protokoll: {memo}").format(memo=shown["memo"]["title"]),
    }


def running_title(shown: dict[str, Any]) -> str:
    """«Protokoll 12. oktober 2026 · sak 26/1847»."""
    held_on = day_with_year(dt.date.fromisoformat(shown["meeting"]["held_on"]))
    words = _("Protokoll {day}").format(day=held_on)
    number = shown["memo"]["case_number"]
    return _("{title} · sak {number}").format(title=words, number=number) if number else words
