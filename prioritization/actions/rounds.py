"""What happens to a round: opened, changed, locked, opened again."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from ideas.models import Idea
from municipality.actions import require_open
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, User
from prioritization import notifications
from prioritization.actions.answers import require_scoring
from prioritization.actions.points import recount, rescore_all
from prioritization.models import (
    CriteriaSet,
    Entry,
    Memo,
    MemoStatus,
    Round,
    RoundStatus,
    Stage,
    ideas_for_round,
)


@transaction.atomic
def open_round(
    cycle: AnnualCycle,
    *,
    stage: Stage,
    scorers: Iterable[User],
    ideas: Iterable[Idea],
    closes_on: dt.date,
    by: User,
    on: dt.date,
    submission_key: uuid.UUID | None = None,
) -> Round:
    """Open a year's scoring of one stage, and ask the scorers for points.

    The same form sent twice gives the round of the first time.
    """
    AnnualCycle.objects.select_for_update().get(pk=cycle.pk)
    submission_key = submission_key or uuid.uuid4()
    earlier = Round.objects.filter(submission_key=submission_key).first()
    if earlier is not None:
        return earlier
    _require_closing_day(cycle, closes_on, on=on)
    if Round.objects.filter(cycle=cycle, stage=stage).exists():
        raise ActionRefused(_("Runden er allerede åpnet."))
    criteria_set = CriteriaSet.objects.filter(stage=stage, is_current=True).first()
    if criteria_set is None:
        raise ActionRefused(_("Det finnes ingen kriterier for dette steget. Legg dem inn først."))
    people = _people(scorers)
    opened = Round.objects.create(
        cycle=cycle,
        stage=stage,
        criteria_set=criteria_set,
        closes_on=closes_on,
        submission_key=submission_key,
    )
    added = _enter(opened, ideas)
    opened.scorers.set(people)
    record("round opened", opened, by=by, scorers=len(people), ideas=len(added))
    notifications.tell_scorers(opened, people, idea_count=_competing_count(opened))
    return opened


def _people(scorers: Iterable[User]) -> list[User]:
    people = list(scorers)
    if not people:
        raise ActionRefused(_("Velg minst én som skal sette poeng."))
    return people


def _enter(scored: Round, ideas: Iterable[Idea]) -> list[Entry]:
    """Take ideas into the round, if they are on their way to prioritisation and not in it."""
    chosen = list(ideas)
    taken = set(scored.entries.values_list("idea_id", flat=True))
    waiting = set(ideas_for_round(scored.cycle).values_list("pk", flat=True))
    if not chosen:
        raise ActionRefused(_("Ingen ideer er sendt videre til prioritering ennå."))
    if not {idea.pk for idea in chosen} <= waiting - taken:
        raise ActionRefused(_("Noen av ideene kan ikke tas med. Last siden på nytt og se hvilke."))
    return Entry.objects.bulk_create(Entry(round=scored, idea=idea) for idea in chosen)


def _require_closing_day(cycle: AnnualCycle, closes_on: dt.date, *, on: dt.date) -> None:
    """Points can be given while the phase lasts, so the last day lies within it."""
    require_open(cycle, PhaseKind.PRIORITISATION, on=on)
    if not on <= closes_on <= cycle.phase(PhaseKind.PRIORITISATION).closes_on:
        raise ActionRefused(
            _("Siste dag for poeng må være i dag eller senere, og mens fasen er åpen.")
        )


def _competing_count(scored: Round) -> int:
    return scored.entries.competing().count()


@transaction.atomic
def add_ideas(scored: Round, *, ideas: Iterable[Idea], by: User, on: dt.date) -> int:
    """Take in what has been passed on since the round opened. Says how many."""
    scored = _lock_open(scored)
    require_open(scored.cycle, PhaseKind.PRIORITISATION, on=on)
    added = _enter(scored, ideas)
    record("ideas added", scored, by=by, ideas=[entry.idea_id for entry in added])
    return len(added)


@transaction.atomic
def change_round(
    scored: Round, *, scorers: Iterable[User], closes_on: dt.date, by: User, on: dt.date
) -> None:
    """Change who scores, and until when."""
    scored = _lock_open(scored)
    _require_closing_day(scored.cycle, closes_on, on=on)
    if closes_on != scored.closes_on:
        scored.closes_on = closes_on
        scored.save(update_fields=["closes_on", "updated_at"])
        record("deadline moved", scored, by=by, closes_on=closes_on.isoformat())
    set_scorers(scored, scorers=scorers, by=by)


@transaction.atomic
def set_scorers(scored: Round, *, scorers: Iterable[User], by: User) -> None:
    """Decide who scores. New ones are asked by mail.

    Answers of those who are taken out are kept, but do not count unless they come back.
    """
    people = _people(scorers)
    before = set(scored.scorers.all())
    if before == set(people):
        return
    scored.scorers.set(people)
    rescore_all(scored)
    recount(scored)
    record("scorers changed", scored, by=by, scorers=sorted(person.pk for person in people))
    new = [person for person in people if person not in before]
    notifications.tell_scorers(scored, new, idea_count=_competing_count(scored))


@transaction.atomic
def remind_missing(scored: Round, *, by: User, on: dt.date) -> int:
    """Mail those who have ideas left, at most once a day each. Says how many."""
    scored = _lock_open(scored)
    require_scoring(scored, on=on)
    recount(scored)
    missing = [
        part
        for part in scored.participations.with_remaining(scored).select_related("user")
        if part.remaining and part.reminded_on != on
    ]
    notifications.remind(missing, scored)
    scored.participations.filter(pk__in=[part.pk for part in missing]).update(reminded_on=on)
    record("scorers reminded", scored, by=by, people=[part.user_id for part in missing])
    return len(missing)


@transaction.atomic
def close_round(scored: Round, *, by: User) -> None:
    """Lock the points. Waits for answers that are being stored."""
    Round.objects.select_for_update().get(pk=scored.pk)
    list(scored.participations.select_for_update().order_by("pk"))
    scored.move_to(RoundStatus.CLOSED)
    scored.closed_at = timezone.now()
    scored.save(update_fields=["closed_at", "updated_at"])
    record("round closed", scored, by=by)


@transaction.atomic
def reopen_round(scored: Round, *, reason: str, closes_on: dt.date, by: User, on: dt.date) -> None:
    """Open a locked round again, with a reason. Refused when the memo is final."""
    _require_closing_day(scored.cycle, closes_on, on=on)
    if Memo.objects.filter(round=scored, status=MemoStatus.FINAL).exists():
        raise ActionRefused(_("Notatet er endelig. Da kan ikke poengene endres."))
    scored.move_to(RoundStatus.OPEN)
    scored.closed_at = None
    scored.closes_on = closes_on
    scored.save(update_fields=["closed_at", "closes_on", "updated_at"])
    record("round reopened", scored, by=by, reason=reason)


def _lock_open(scored: Round) -> Round:
    """The round as it is now, locked; refused when it is closed."""
    locked = Round.objects.with_phases().select_for_update(of=("self",)).get(pk=scored.pk)
    if not locked.is_open:
        raise ActionRefused(_("Runden er låst. Åpne den igjen før du endrer den."))
    return locked
