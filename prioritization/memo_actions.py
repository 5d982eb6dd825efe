"""What happens to the decision memo: drafted, edited, made as PDF, made final."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import made_files
from core.errors import ActionRefused
from core.models import record
from core.queue import enqueue_on_commit
from municipality.actions import require_open
from municipality.calendar import PhaseKind
from municipality.models import User
from prioritization import memo, memo_missing, memo_notifications, memo_parts, memo_texts, tasks
from prioritization.memo_parts import Part
from prioritization.models import (
    Entry,
    Memo,
    MemoFile,
    MemoItem,
    MemoSection,
    MemoStatus,
    Round,
    SectionKey,
)


@transaction.atomic
def compose(
    scored: Round,
    *,
    by: User,
    on: dt.date,
    title: str = "",
    case_number: str = "",
    copy_to: str = "",
    publicity: str = "",
    budget_frame: Decimal | None = None,
    benefits_last_year: Sequence[dict[str, Any]] = (),
) -> Memo:
    """Draft the memo of a round: its ideas by rank, recommended as far as the money goes.

    `benefits_last_year` are rows of plain values (name, project, unit, baseline, target, latest,
    progress), given by the caller because benefits are a later step. A round has one memo: asked
    for twice it is the one that is there.
    """
    scored = Round.objects.select_for_update(of=["self"]).select_related("cycle").get(pk=scored.pk)
    existing = Memo.objects.filter(round=scored).first()
    if existing is not None:
        return existing
    require_open(scored.cycle, PhaseKind.MEMO, on=on)
    if not scored.entries.ranked().exists():
        raise ActionRefused(
            _("Ingen ideer har fått poeng på alle spørsmål ennå. Da er det ingenting å anbefale.")
        )
    drafted = Memo.objects.create(
        round=scored,
        title=title
        or _("Digitaliseringsprosjekter for {year}").format(year=scored.cycle.budget_year),
        case_number=case_number,
        copy_to=copy_to,
        publicity=publicity,
        dated_on=on,
        budget_frame=budget_frame,
        benefits_last_year=list(benefits_last_year),
    )
    _add_items(drafted)
    _recommend_within(drafted, budget_frame)
    MemoSection.objects.bulk_create(MemoSection(memo=drafted, key=key) for key in SectionKey.values)
    _redraft(drafted.pk)
    record("memo drafted", drafted, by=by)
    return drafted


def _add_items(drafted: Memo) -> None:
    """Ranked ideas in their order, then what the law demands."""
    ranked = list(drafted.round.entries.ranked().select_related("idea"))
    duties = list(drafted.round.entries.statutory().select_related("idea"))
    MemoItem.objects.bulk_create(
        MemoItem(
            memo=drafted,
            entry=entry,
            order=number,
            is_recommended=entry.idea.is_statutory,
            text=_reason_for(entry) if entry.idea.is_statutory else "",
        )
        for number, entry in enumerate([*ranked, *duties], start=1)
    )


def _recommend_within(drafted: Memo, frame: Decimal | None) -> None:
    """Recommend from the top of the list until the next idea costs more than what is left."""
    items = list(drafted.items.ranked())
    costs = memo.costs(items)
    left = frame
    for item in items:
        cost = costs[item.pk] or 0
        if left is not None:
            left = left - cost if cost <= left else None
        _set_recommended(item, left is not None)
    MemoItem.objects.bulk_update(items, ["is_recommended", "text"])


def _set_recommended(item: MemoItem, is_recommended: bool) -> None:
    """A text nobody has written themselves follows the choice: a gain is no reason against."""
    if item.is_recommended == is_recommended:
        return
    suggested = _reason_for(item.entry)
    item.is_recommended = is_recommended
    if is_recommended and not item.text:
        item.text = suggested
    elif not is_recommended and item.text == suggested:
        item.text = ""


def _reason_for(entry: Entry) -> str:
    return entry.idea.summary


def _redraft(memo_id: int) -> None:
    """Draft the texts anew. Those the team has not touched follow; its own stay."""
    drafted = Memo.objects.for_editing().get(pk=memo_id)
    suggestions = memo_texts.draft(memo.facts(drafted))
    sections = list(drafted.sections.all())
    for section in sections:
        suggested = suggestions[SectionKey(section.key)]
        if section.is_as_drafted:
            section.text = suggested
        section.drafted = suggested
    MemoSection.objects.bulk_update(sections, ["text", "drafted"])


def _lock(memo_id: int) -> Memo:
    return Memo.objects.for_editing().select_for_update(of=["self"]).get(pk=memo_id)


def _lock_draft(memo_id: int, *, on: dt.date) -> Memo:
    """The memo, locked, while it still can be edited; refuses when it cannot."""
    locked = _lock(memo_id)
    if locked.is_final:
        raise ActionRefused(_("Notatet er gjort endelig, og kan ikke endres."))
    require_open(locked.round.cycle, PhaseKind.MEMO, on=on)
    return locked


@transaction.atomic
def save_details(edited: Memo, *, by: User, on: dt.date) -> None:
    """Keep title, case number and frame: `edited` is changed by the form, not yet saved."""
    _lock_draft(edited.pk, on=on)
    edited.mark_edited(by)
    edited.save()
    _redraft(edited.pk)
    record("memo details changed", edited, by=by)


@transaction.atomic
def save_section(section: MemoSection, *, by: User, on: dt.date) -> None:
    """Keep a text: `section` is changed by the form, not yet saved."""
    _lock_draft(section.memo_id, on=on)
    section.mark_edited(by)
    section.save()
    record("memo text changed", section.memo, by=by, part=section.key)


@transaction.atomic
def restore_section(section: MemoSection, *, by: User, on: dt.date) -> None:
    """Let the text drafted from the numbers take the place of what was written."""
    section.text = section.drafted
    save_section(section, by=by, on=on)


@transaction.atomic
def save_item(item: MemoItem, *, by: User, on: dt.date) -> None:
    """Keep what is written about an idea: `item` is changed by the form, not yet saved."""
    locked = _lock_draft(item.memo_id, on=on)
    item.mark_edited(by)
    item.save()
    _redraft(locked.pk)
    record("memo item changed", locked, by=by, idea=item.entry.idea.code)


@transaction.atomic
def recommend(item: MemoItem, *, is_recommended: bool, by: User, on: dt.date) -> None:
    """Move an idea between recommended and not recommended."""
    locked = _lock_draft(item.memo_id, on=on)
    _set_recommended(item, is_recommended)
    item.mark_edited(by)
    item.save()
    _redraft(locked.pk)
    record(
        "memo item recommended" if is_recommended else "memo item not recommended",
        locked,
        by=by,
        idea=item.entry.idea.code,
    )


@transaction.atomic
def recommend_within_frame(drafted: Memo, *, by: User, on: dt.date) -> None:
    """Choose anew from the top of the list, as far as the frame goes."""
    locked = _lock_draft(drafted.pk, on=on)
    if locked.budget_frame is None:
        raise ActionRefused(_("Skriv hvor stor den økonomiske rammen er først."))
    _recommend_within(locked, locked.budget_frame)
    _redraft(locked.pk)
    record("memo recommended within frame", locked, by=by, frame=int(locked.budget_frame))


@transaction.atomic
def move_part(drafted: Memo, part: Part, *, to: int, by: User, on: dt.date) -> list[str]:
    """Let a part stand as number `to` (from 0) of those that can move. The order as it became."""
    locked = _lock_draft(drafted.pk, on=on)
    if part.is_fixed:
        raise ActionRefused(_("Denne delen står alltid først i notatet."))
    locked.part_order = memo_parts.moved(locked.part_order, part, to=to)
    locked.save(update_fields=["part_order", "updated_at"])
    record("memo part moved", locked, by=by, part=part.slug)
    return locked.part_order


@transaction.atomic
def move_item(item: MemoItem, *, to: int, by: User, on: dt.date) -> None:
    """Let an idea stand as number `to` (from 0) of its own list in the memo.

    Its place on the ranked list stays: this is only the order of telling.
    """
    locked = _lock_draft(item.memo_id, on=on)
    item.refresh_from_db()
    rows = list(MemoItem.objects.beside(item))
    orders = [row.order for row in rows]
    rows.remove(item)
    rows.insert(max(0, min(to, len(rows))), item)
    for row, order in zip(rows, orders, strict=True):
        row.order = order
    MemoItem.objects.bulk_update(rows, ["order"])
    record("memo item moved", locked, by=by, idea=item.entry.idea.code)


@transaction.atomic
def make_draft_file(drafted: Memo, *, by: User) -> MemoFile:
    """Ask for a PDF of the draft as it is now. While one is in the making, that is the one."""
    locked = _lock(drafted.pk)
    if locked.is_final:
        raise ActionRefused(_("Notatet er gjort endelig. Last ned den endelige PDF-en."))
    underway = locked.files.unfinished().without_content().first()
    return underway or _ask_for_file(locked, is_draft=True, by=by)


def _ask_for_file(locked: Memo, *, is_draft: bool, by: User) -> MemoFile:
    last = locked.files.aggregate(last=Max("number"))["last"] or 0
    file = MemoFile.objects.create(
        memo=locked,
        number=last + 1,
        is_draft=is_draft,
        snapshot=memo.snapshot(locked),
        requested_by=by,
    )
    enqueue_on_commit(tasks.make_memo_file, file.pk)
    return file


@transaction.atomic
def finalise(drafted: Memo, *, by: User, on: dt.date, at: dt.datetime) -> MemoFile:
    """Freeze the memo and have its PDF made. Nothing in it can be changed after this."""
    locked = _lock_draft(drafted.pk, on=on)
    lacking = memo_missing.missing(
        locked, items=locked.items.in_order(), sections=locked.sections.all()
    )
    if lacking:
        raise ActionRefused(
            _("Notatet er ikke ferdig. Først: {what}.").format(what=_uncapitalised(lacking[0].text))
        )
    locked.finalised_at, locked.finalised_by = at, by
    locked.save(update_fields=["finalised_at", "finalised_by", "updated_at"])
    locked.move_to(MemoStatus.FINAL)
    file = _ask_for_file(locked, is_draft=False, by=by)
    record("memo finalised", locked, by=by, version=file.number)
    memo_notifications.tell_final(locked)
    return file


def _uncapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]


@transaction.atomic
def try_again(file: MemoFile, *, by: User) -> None:
    """Put a file that failed back in the queue, with the same snapshot."""
    made_files.queue_again(file, tasks.make_memo_file)
    record("memo file retried", file.memo, by=by, version=file.number)


def requeue_stale(*, at: dt.datetime) -> int:
    """Hand out again what no worker took, or what a worker died with. How many there were."""
    return made_files.requeue_stale(MemoFile.objects.all(), tasks.make_memo_file, at=at)
