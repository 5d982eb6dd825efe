"""Ideas that are read in from a spreadsheet, and what undoes it."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.imports import apply_once
from core.models import StagedImport, record
from ideas import titles
from ideas.actions.sending import take_in
from ideas.models import Idea, IdeaImport, IdeaQuerySet, IdeaStatus, Origin, StatusChange, Tag
from ideas.workbook.rows import ImportedIdea
from municipality.models import AnnualCycle, Sector, StrategyGoal, User


@transaction.atomic
def read_in(
    rows: Iterable[ImportedIdea], *, staged: StagedImport, by: User, at: dt.datetime
) -> IdeaImport:
    """Take the ideas in, all or none. Nobody is mailed: no address came with them.

    The answer is promised from the day they are read in.
    """
    wanted = list(rows)
    if not wanted:
        raise ActionRefused(_("Velg minst én idé å lese inn."))
    cycle = AnnualCycle.objects.current()
    if cycle is None:
        raise ActionRefused(_("Det er ikke noe gjeldende år. Da er det ingen innboks å lese til."))
    with apply_once(staged):
        made = IdeaImport.objects.create(
            file_name=staged.file_name, count=len(wanted), by=by, at=at
        )
        sectors = {sector.code: sector for sector in Sector.objects.all()}
        goals = {goal.code: goal for goal in StrategyGoal.objects.all()}
        for row in wanted:
            _take_in(row, made, cycle, sectors=sectors, goals=goals)
        record("ideas imported", made, by=by, file=made.file_name, count=made.count)
    return made


def _take_in(
    row: ImportedIdea,
    made: IdeaImport,
    cycle: AnnualCycle,
    *,
    sectors: dict[str, Sector],
    goals: dict[str, StrategyGoal],
) -> None:
    idea = Idea(
        origin=Origin.IMPORT,
        imported_in=made,
        title=row.title or titles.from_problem(row.problem),
        problem=row.problem,
        who_has_it=row.who_has_it,
        submitter=row.submitter,
        solution=row.solution,
        sector=sectors.get(row.sector),
    )
    take_in(idea, cycle, by=None, answer_from=timezone.localdate(made.at))
    idea.goals.set(goals[code] for code in row.goals if code in goals)
    idea.tags.set(Tag.objects.get_or_create(name=name)[0] for name in row.tags)
    if row.received_on is not None:
        _received_on(idea, row.received_on)


def _received_on(idea: Idea, day: dt.date) -> None:
    """It came before it was typed in: in the middle of that day."""
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    Idea.objects.filter(pk=idea.pk).update(created_at=moment)
    StatusChange.objects.filter(idea=idea).update(at=moment)


def handled(made: IdeaImport) -> IdeaQuerySet:
    """The ideas of an import that somebody has done something with."""
    untouched = Idea.objects.filter(
        imported_in=made,
        status=IdeaStatus.RECEIVED,
        version=0,
        published_at=None,
        supporter_count=0,
        replies=None,
        notes=None,
        comments=None,
        additions=None,
        subscriptions=None,
        merges=None,
        merged=None,
        splits=None,
        parts=None,
    ).exclude(changes__reason__gt="")
    return Idea.objects.filter(imported_in=made).exclude(pk__in=untouched.values("pk"))


@transaction.atomic
def undo(made: IdeaImport, *, by: User, at: dt.datetime) -> None:
    """Remove the ideas again, while nobody has done anything with one. Their codes are not reused.

    They have been seen by nobody but us, so nothing is left to explain.
    """
    locked = IdeaImport.objects.select_for_update(of=("self",)).get(pk=made.pk)
    if locked.undone_at is not None:
        raise ActionRefused(_("Innlesingen er allerede angret."))
    ideas = Idea.objects.filter(imported_in=locked)
    list(ideas.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    touched = list(handled(locked).order_by("pk").values_list("code", flat=True)[:5])
    if touched:
        raise ActionRefused(
            _("Noen har begynt å behandle {codes}. Da kan ikke innlesingen angres.").format(
                codes=", ".join(touched)
            )
        )
    ideas.delete()
    locked.undone_by, locked.undone_at = by, at
    locked.save(update_fields=["undone_by", "undone_at"])
    record("ideas import undone", locked, by=by, count=locked.count)
