"""What happens to a round: opened, changed, locked, opened again."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from ideas.models import Idea
from municipality.actions import require_open, require_year_open
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, Sector, User
from prioritization import notifications
from prioritization.actions.deliveries import reopen_deliveries
from prioritization.actions.parts import require_scoring
from prioritization.actions.points import recount, rescore_all
from prioritization.actions.recusals import mark_own
from prioritization.actions.robustness import follow_with_robustness
from prioritization.models import (
    ChosenDirection,
    CriteriaSet,
    Entry,
    Memo,
    MemoStatus,
    Participation,
    Question,
    Round,
    RoundStatus,
    Stage,
    ideas_for_round,
)

Groups = Mapping[Sector, User]  # the sectors with one answer, and who enters it
Directions = Mapping[Question, str]  # question → what a high answer does


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
    groups: Groups | None = None,
    directions: Directions | None = None,
    threshold: Decimal | None = None,
    selection_reason: str = "",
    submission_key: uuid.UUID | None = None,
) -> Round:
    """Open a year's scoring of one stage, and ask the scorers for points.

    `groups` are the sectors whose group gives one answer, and who enters it. `directions` are
    those of the questions that each round turns as it likes. The same form sent twice gives the
    round of the first time.
    """
    AnnualCycle.objects.select_for_update().get(pk=cycle.pk)
    submission_key = submission_key or uuid.uuid4()
    earlier = Round.objects.filter(submission_key=submission_key).first()
    if earlier is not None:
        return earlier
    _require_closing_day(cycle, closes_on, on=on)
    if Round.objects.filter(cycle=cycle, stage=stage).exists():
        raise ActionRefused(_("Runden er allerede åpnet."))
    criteria_set = _criteria_in_use(stage)
    seats = _seats(scorers, groups or {})
    opened = Round.objects.create(
        cycle=cycle,
        stage=stage,
        criteria_set=criteria_set,
        closes_on=closes_on,
        threshold=threshold,
        selection_reason=selection_reason,
        submission_key=submission_key,
    )
    _turn(opened, directions or {})
    added = _enter(opened, ideas)
    Participation.objects.bulk_create(
        Participation(round=opened, user=person, sector=sector) for person, sector in seats.items()
    )
    mark_own(opened)
    record("round opened", opened, by=by, scorers=len(seats), ideas=len(added))
    notifications.tell_scorers(opened, list(seats), idea_count=_competing_count(opened))
    return opened


def _criteria_in_use(stage: Stage) -> CriteriaSet:
    """The set new rounds use, locked: from here on it is frozen."""
    in_use = CriteriaSet.objects.select_for_update().filter(stage=stage, is_current=True).first()
    if in_use is None:
        raise ActionRefused(_("Det finnes ingen kriterier for dette steget. Legg dem inn først."))
    return in_use


@transaction.atomic
def open_further_round(
    screening: Round,
    *,
    picked: Mapping[Idea, str],
    threshold: Decimal | None,
    selection_reason: str,
    by: User,
    on: dt.date,
    **choices: Any,
) -> Round:
    """Open the second stage for those of a locked screening that go on (strategy §6.3).

    They are all at or above `threshold`, and those in `picked`, each with its reason. What the
    law demands goes along without points. `choices` are those of `open_round`.
    """
    screening = Round.objects.with_phases().select_for_update(of=("self",)).get(pk=screening.pk)
    if screening.stage != Stage.SCREENING or screening.is_open:
        raise ActionRefused(_("Lås grovscreeningen først. Da er det klart hvem som kan gå videre."))
    if threshold is None and not picked:
        raise ActionRefused(_("Velg hvilke ideer som går videre."))
    above = screening.entries.ranked() if threshold is not None else Entry.objects.none()
    chosen = {
        entry.idea for entry in above.filter(score__gte=threshold or 0).select_related("idea")
    }
    ranked = {entry.idea for entry in screening.entries.ranked().select_related("idea")}
    if not set(picked) <= ranked or any(not reason.strip() for reason in picked.values()):
        raise ActionRefused(_("Velg blant ideene som fikk poeng, og skriv hvorfor for hver."))
    if not chosen | set(picked):
        raise ActionRefused(_("Ingen ideer har så mange poeng. Sett grensen lavere."))
    duties = {entry.idea for entry in screening.entries.statutory().select_related("idea")}
    opened = open_round(
        screening.cycle,
        stage=Stage.FURTHER,
        ideas=sorted(chosen | set(picked) | duties, key=lambda idea: idea.pk),
        threshold=threshold,
        selection_reason=selection_reason,
        by=by,
        on=on,
        **choices,
    )
    by_hand = opened.entries.filter(idea__in=set(picked) - chosen)
    for entry in by_hand.select_related("idea"):
        entry.picked_reason = picked[entry.idea]
        entry.save(update_fields=["picked_reason"])
    return opened


def _seats(scorers: Iterable[User], groups: Groups) -> dict[User, Sector | None]:
    """Who scores, and for which sector's group. One person has one voice in a round."""
    seats: dict[User, Sector | None] = dict.fromkeys(scorers)
    for sector, person in groups.items():
        if person in seats:
            raise ActionRefused(
                _(
                    "{person} kan ikke svare både for seg selv og for en gruppe, eller for to."
                ).format(person=person)
            )
        seats[person] = sector
    if not seats:
        raise ActionRefused(_("Velg minst én som skal sette poeng."))
    return seats


def _turn(scored: Round, directions: Directions) -> None:
    """Keep which way the questions count that are a choice of the round."""
    free = {
        question.pk: question
        for question in scored.criteria_set.questions()
        if question.is_direction_chosen
    }
    if not {question.pk for question in directions} <= free.keys():
        raise ActionRefused(_("Retningen på spørsmålet står fast i kriteriene."))
    ChosenDirection.objects.bulk_create(
        ChosenDirection(
            round=scored,
            question=question,
            direction=next(
                (chosen for each, chosen in directions.items() if each.pk == pk),
                question.direction,
            ),
        )
        for pk, question in free.items()
    )


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
    if scored.stage != Stage.SCREENING:
        raise ActionRefused(_("Hvem som går videre til steg 2, velges når det åpnes."))
    added = _enter(scored, ideas)
    mark_own(scored)
    reopen_deliveries(scored, reason=_("Nye ideer har kommet til i runden."))
    record("ideas added", scored, by=by, ideas=[entry.idea_id for entry in added])
    return len(added)


@transaction.atomic
def change_round(
    scored: Round,
    *,
    scorers: Iterable[User],
    closes_on: dt.date,
    by: User,
    on: dt.date,
    groups: Groups | None = None,
) -> None:
    """Change who scores, and until when."""
    scored = _lock_open(scored)
    _require_closing_day(scored.cycle, closes_on, on=on)
    if closes_on != scored.closes_on:
        scored.closes_on = closes_on
        scored.save(update_fields=["closes_on", "updated_at"])
        record("deadline moved", scored, by=by, closes_on=closes_on.isoformat())
    set_scorers(scored, scorers=scorers, groups=groups, by=by)


@transaction.atomic
def set_scorers(
    scored: Round, *, scorers: Iterable[User], by: User, groups: Groups | None = None
) -> None:
    """Decide who scores, for themselves or for a sector's group. New ones are asked by mail.

    Answers of those who are taken out are kept, but do not count unless they come back.
    """
    seats = _seats(scorers, groups or {})
    parts = {part.user: part for part in scored.participations.select_related("user", "sector")}
    if {person: part.sector for person, part in parts.items()} == seats:
        return
    scored.participations.exclude(user__in=seats).delete()
    moved = [part for person, part in parts.items() if person in seats]
    scored.participations.update(sector=None)  # two groups may have swapped who enters
    for part in moved:
        part.sector = seats[part.user]
    Participation.objects.bulk_update(moved, ["sector"])
    new = [person for person in seats if person not in parts]
    Participation.objects.bulk_create(
        Participation(round=scored, user=person, sector=seats[person]) for person in new
    )
    mark_own(scored)
    rescore_all(scored)
    recount(scored)
    record("scorers changed", scored, by=by, scorers=sorted(person.pk for person in seats))
    notifications.tell_scorers(scored, new, idea_count=_competing_count(scored))


@transaction.atomic
def remind_missing(scored: Round, *, by: User, on: dt.date) -> int:
    """Mail those who have not delivered, at most once a day each. Says how many."""
    scored = _lock_open(scored)
    require_scoring(scored, on=on)
    recount(scored)
    missing = [
        part
        for part in scored.participations.with_remaining(scored).select_related("user")
        if not part.is_delivered and part.idea_count and part.reminded_on != on
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
    mark_own(scored)
    scored.move_to(RoundStatus.CLOSED)
    scored.closed_at = timezone.now()
    scored.save(update_fields=["closed_at", "updated_at"])
    record("round closed", scored, by=by)
    follow_with_robustness(scored, by=by)


@transaction.atomic
def reopen_round(scored: Round, *, reason: str, closes_on: dt.date, by: User, on: dt.date) -> None:
    """Open a locked round again, with a reason. Refused when the memo is final."""
    Round.objects.select_for_update().get(pk=scored.pk)
    require_year_open(scored.cycle)
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
