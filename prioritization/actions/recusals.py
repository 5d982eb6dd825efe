"""Who is disqualified (inhabil) about which ideas: their own, and those they have told about."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from municipality.models import User
from prioritization.actions.parts import lock_part, require_scoring, require_undelivered
from prioritization.actions.points import recount, rescore, rescore_all
from prioritization.models import Entry, Recusal, Round, Score, is_own_idea


@transaction.atomic
def mark_own(scored: Round, *, person: User | None = None) -> None:
    """Disqualify scorers about their own ideas, and no longer about what is not theirs any more.

    One's own: sent in by oneself, or to be owned by oneself when one had not answered before.
    Without `person` for all scorers. Those who have delivered are left as they are. Does nothing
    when there is nothing to do, so that it can be asked for as often as one likes.
    """
    if not scored.is_open:
        return
    parts = scored.participations.filter(delivered_at=None)
    if person is not None:
        parts = parts.filter(user=person)
    people = set(parts.values_list("user_id", flat=True))
    own = _own(scored, people)
    known = {
        (row.entry_id, row.person_id): row
        for row in Recusal.objects.filter(entry__round=scored, person__in=people)
    }
    lost = [row for pair, row in known.items() if row.is_own and pair not in own]
    declared = [row for pair, row in known.items() if not row.is_own and pair in own]
    new = [
        Recusal(entry_id=entry, person_id=who, reason=reason, is_own=True)
        for (entry, who), reason in own.items()
        if (entry, who) not in known
    ]
    if not (lost or declared or new):
        return
    Recusal.objects.bulk_create(new, ignore_conflicts=True)
    Recusal.objects.filter(pk__in=[row.pk for row in declared]).update(is_own=True)
    Recusal.objects.filter(pk__in=[row.pk for row in lost]).delete()
    _count_anew(scored, [*new, *lost])


def _own(scored: Round, people: set[int]) -> dict[tuple[int, int], str]:
    """Entry and scorer → why it is their own."""
    mine = Q(idea__submitted_by__in=people) | Q(idea__owner__in=people)
    entries = list(scored.entries.competing().filter(mine).select_related("idea"))
    if not entries:
        return {}
    answered = set(
        Score.objects.settled()
        .filter(entry__in=entries, scorer__in=people)
        .values_list("entry", "scorer")
    )
    return {
        (entry.pk, person): _reason(entry, person)
        for entry in entries
        for person in people & {entry.idea.submitted_by_id, entry.idea.owner_id}
        if is_own_idea(entry.idea, person, has_answered=(entry.pk, person) in answered)
    }


def _reason(entry: Entry, person: int) -> str:
    if entry.idea.submitted_by_id == person:
        return _("Har selv sendt inn ideen.")
    return _("Skal eie prosjektet.")


def _count_anew(scored: Round, changed: Sequence[Recusal]) -> None:
    """The points only where answers had been given; and what each person has left."""
    people = {row.person_id for row in changed}
    given = Score.objects.filter(
        entry__in={row.entry_id for row in changed}, scorer__in=people, level__isnull=False
    )
    if given.exists():
        rescore_all(scored)
    recount(scored, people=people)


@transaction.atomic
def declare_recusal(entry: Entry, *, reason: str, by: User, on: dt.date) -> None:
    """«Jeg er inhabil»: what the person has answered about the idea is kept, and does not count."""
    part = lock_part(entry.round_id, by)
    require_scoring(part.round, on=on)
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    row, is_new = Recusal.objects.get_or_create(entry=entry, person=by, defaults={"reason": reason})
    if not is_new:
        return
    rescore(entry)
    recount(part.round, people={by.pk})
    record("recusal declared", entry, by=by, reason=row.reason)


@transaction.atomic
def withdraw_recusal(entry: Entry, *, by: User, on: dt.date) -> None:
    """Take a declaration back: the answers count again. Not about one's own ideas."""
    part = lock_part(entry.round_id, by)
    require_scoring(part.round, on=on)
    require_undelivered(part)
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    row = entry.recusals.filter(person=by).first()
    if row is None:
        return
    if row.is_own:
        raise ActionRefused(_("Ideen er din egen. Da setter du ikke poeng på den."))
    row.delete()
    rescore(entry)
    recount(part.round, people={by.pk})
    record("recusal withdrawn", entry, by=by)
