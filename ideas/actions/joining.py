"""Joining ideas that are one, parting an idea that is several, and undoing either.

Nothing is moved or removed: comments, supporters and words stay with the idea they were given to.
Who supports and who is told is read over the family (`Merge.objects.family_of`), so undoing needs
only that the merge no longer stands.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from ideas import codes, notifications
from ideas.actions.counting import recount_supporters
from ideas.actions.handling import write_status
from ideas.models import (
    TAKES_NOBODY_IN,
    Idea,
    IdeaStatus,
    Merge,
    Origin,
    Split,
    StatusChange,
)
from municipality.models import Municipality, User


@transaction.atomic
def merge(source: Idea, target: Idea, *, reason: str, by: User, at: dt.datetime) -> Merge:
    """Join `source` with `target`. It stays visible, its supporters count once, both are told."""
    if source.pk == target.pk:
        raise ActionRefused(_("En idé kan ikke slås sammen med seg selv."))
    source, target = _locked(source, target)
    refuse_merge(source, target)
    before = source.status
    write_status(source, IdeaStatus.MERGED, reason=reason, by=by, at=at)
    made = Merge.objects.create(
        source=source, target=target, reason=reason, status_before=before, by=by, at=at
    )
    recount_supporters(target)
    record("ideas merged", source, by=by, into=target.code)
    record("ideas merged", target, by=by, took_in=source.code)
    notifications.tell_merged(source, target, reason=reason)
    return made


def refuse_merge(source: Idea, target: Idea) -> None:
    """Say plainly why the two cannot be joined, if they cannot."""
    if source.status == IdeaStatus.FORWARDED:
        raise ActionRefused(
            _(
                "«{title}» er til vurdering og kan ha fått poeng. Ta den tilbake til innboksen før "
                "du slår den sammen med en annen."
            ).format(title=source.title)
        )
    if not source.can_move_to(IdeaStatus.MERGED):
        raise ActionRefused(
            _("«{title}» er «{status}», og kan ikke slås sammen med en annen.").format(
                title=source.title, status=source.status_words
            )
        )
    if target.status in TAKES_NOBODY_IN:
        raise ActionRefused(
            _("«{title}» er «{status}». Velg en idé som det fortsatt skal skje noe med.").format(
                title=target.title, status=target.status_words
            )
        )


@transaction.atomic
def undo_merge(merged: Merge, *, reason: str, by: User, at: dt.datetime) -> None:
    """Part them again: `source` is where it was, and both senders are told."""
    source, target = _locked(merged.source, merged.target)
    undone = Merge.objects.standing().filter(pk=merged.pk)
    if not undone.update(undone_by=by, undone_at=at, undone_reason=reason):
        raise ActionRefused(_("Sammenslåingen er allerede angret."))
    write_status(source, IdeaStatus(merged.status_before), reason=reason, by=by, at=at)
    recount_supporters(target)
    record("merge undone", source, by=by, into=target.code)
    record("merge undone", target, by=by, took_in=source.code)
    notifications.tell_unmerged(source, target, reason=reason)


@dataclass(frozen=True)
class Part:
    """One of the ideas that an idea is parted in."""

    title: str
    problem: str


@transaction.atomic
def split(
    source: Idea,
    parts: Sequence[Part],
    *,
    reason: str,
    submission_key: uuid.UUID,
    by: User,
    at: dt.datetime,
) -> Split:
    """Part an idea in two or more new ones, in the inbox of the same sector.

    The sender's address stays with `source`; the parts point back to it. The same form sent twice
    is one parting.
    """
    (source,) = _locked(source)
    standing = Split.objects.filter(source=source, undone_at=None).first()
    if standing is not None and Idea.objects.filter(submission_key=submission_key).exists():
        return standing
    if len(parts) < 2:
        raise ActionRefused(_("Skriv minst to deler."))
    before = source.status
    write_status(source, IdeaStatus.SPLIT, reason=reason, by=by, at=at)
    made = Split.objects.create(source=source, reason=reason, status_before=before, by=by, at=at)
    made_parts = []
    for number, part in enumerate(parts):
        key = submission_key if number == 0 else uuid.uuid5(submission_key, str(number))
        made_parts.append(_make_part(source, part, key=key, reason=reason, by=by, at=at))
    _inherit(source, made_parts)
    record("idea split", source, by=by, parts=[part.title for part in parts])
    titles = [part.title for part in parts]
    notifications.tell_split(source, titles, reason=reason)
    return made


def _make_part(
    source: Idea, part: Part, *, key: uuid.UUID, reason: str, by: User, at: dt.datetime
) -> Idea:
    """A new idea, with the promise that was given for the one it came from."""
    municipality = Municipality.load()
    made = Idea.objects.create(
        cycle=source.cycle,
        code=codes.next_code(source.cycle.year, prefix=municipality.code_prefix),
        submission_key=key,
        origin=Origin.SPLIT,
        split_from=source,
        title=part.title,
        problem=part.problem,
        who_has_it=source.who_has_it,
        submitter=source.submitter,
        submitted_by=source.submitted_by,
        sector=source.sector,
        answer_due_on=source.answer_due_on,
    )
    StatusChange.objects.create(idea=made, status=IdeaStatus.RECEIVED, reason=reason, by=by, at=at)
    record("idea received", made, by=by, split_from=source.code)
    return made


def _inherit(source: Idea, parts: Sequence[Idea]) -> None:
    """The parts are sorted and linked as the whole was."""
    for name, column in (
        ("goals", "strategygoal_id"),
        ("also_touches", "sector_id"),
        ("tags", "tag_id"),
    ):
        through = getattr(Idea, name).through
        keys = through.objects.filter(idea=source).values_list(column, flat=True)
        through.objects.bulk_create(
            through(**{"idea": part, column: key}) for part in parts for key in keys
        )


@transaction.atomic
def undo_split(parted: Split, *, reason: str, by: User, at: dt.datetime) -> None:
    """Put the idea together again, while nobody has done anything with a part.

    The parts are withdrawn, not removed: their codes may have been read.
    """
    (source,) = _locked(parted.source)
    parts = list(
        Idea.objects.select_for_update(of=("self",), no_key=True)
        .filter(split_from=source)
        .exclude(status=IdeaStatus.WITHDRAWN)
        .order_by("pk")
    )
    touched = [part for part in parts if _is_touched(part)]
    if touched:
        raise ActionRefused(
            _("Noen har begynt å behandle {codes}. Da kan ikke oppdelingen angres.").format(
                codes=", ".join(part.code for part in touched)
            )
        )
    undone = Split.objects.filter(pk=parted.pk, undone_at=None)
    if not undone.update(undone_by=by, undone_at=at, undone_reason=reason):
        raise ActionRefused(_("Oppdelingen er allerede angret."))
    for part in parts:
        write_status(part, IdeaStatus.WITHDRAWN, reason=reason, by=by, at=at)
    write_status(source, IdeaStatus(parted.status_before), reason=reason, by=by, at=at)
    record("split undone", source, by=by, parts=[part.code for part in parts])
    notifications.tell_status(source, reason=reason)


def _is_touched(part: Idea) -> bool:
    """Has anybody handled, answered or noted the part, or joined another with it?"""
    return (
        part.status != IdeaStatus.RECEIVED
        or part.version > 0
        or part.replies.exists()
        or part.notes.exists()
        or part.merged.filter(undone_at=None).exists()
    )


def _locked(*ideas: Idea) -> list[Idea]:
    """The ideas as they stand now, in the order given, locked in the order of their keys."""
    locked = Idea.objects.select_for_update(of=("self",), no_key=True).select_related(
        "cycle", "sector", "submitted_by", "split_from"
    )
    found = {idea.pk: idea for idea in locked.filter(pk__in=[i.pk for i in ideas]).order_by("pk")}
    return [found[idea.pk] for idea in ideas]
