"""What happens to a benefit in the register: described, and described anew."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from benefits import change_story, delays, notifications
from benefits.actions.delays import move_with_project
from benefits.actions.indicators import add_main, direction_of, edit_indicator
from benefits.actions.plan_changes import note_change, note_edit
from benefits.models import Benefit, BenefitYear, ChangeKind, Indicator
from core.errors import ActionRefused
from core.models import record
from municipality.models import User
from projects.models import Project

__all__ = ["add_main", "create_benefit", "direction_of", "edit_benefit", "next_number"]


@transaction.atomic
def create_benefit(
    benefit: Benefit, *, indicator: Indicator | None, by: User, on: dt.date, reason: str = ""
) -> Benefit:
    """Store a new benefit and its main indicator, as the form filled them in, not yet saved.

    The same form sent twice is one benefit: the second waits for the project's lock. In a plan
    that is frozen it was not promised, and `reason` says why it comes now.
    """
    project = Project.objects.select_for_update().get(pk=benefit.project_id)
    earlier = Benefit.objects.filter(submission_key=benefit.submission_key).first()
    if earlier is not None:
        return earlier
    comes_late = plan_is_frozen(project)
    if comes_late and not reason.strip():
        raise ActionRefused(_("Planen er låst. Skriv hvorfor gevinsten kommer til nå."))
    benefit.number = next_number(project)
    if comes_late:
        benefit.frozen_at = timezone.now()
        benefit.delay_when_frozen = delays.of_project(project)
    benefit.mark_edited(by)
    benefit.save()
    if indicator is not None:
        add_main(benefit, indicator, by=by, on=on)
    if comes_late:
        note_change(benefit, ChangeKind.ADDED, reason=reason, by=by)
    record("benefit described", benefit, by=by, project=benefit.project_id)
    project.touch()
    if benefit.owner != by:
        notifications.tell_owner_named(benefit)
    return benefit


def plan_is_frozen(project: Project) -> bool:
    """BP3 is passed, and no benefit waits for its plan to be frozen."""
    waiting = Benefit.objects.filter(project=project, frozen_at=None)
    return delays.is_past_bp3(project) and not waiting.exists()


def next_number(project: Project) -> int:
    """Of the next benefit in the project, locked by the caller. A number is never used twice."""
    used = Benefit.objects.filter(project=project).aggregate(highest=Max("number"))
    return (used["highest"] or 0) + 1


@transaction.atomic
def edit_benefit(
    benefit: Benefit, *, indicator: Indicator | None, by: User, reason: str = ""
) -> None:
    """Keep what a form filled in on `benefit`, locked by the caller and not yet saved.

    A frozen plan is changed with a reason, and what it was is kept beside what it became.
    """
    stored = Benefit.objects.get(pk=benefit.pk)
    _refuse_another_unit(benefit, stored)
    before, after = change_story.differences(stored, benefit, change_story.PLAN_FIELDS)
    if indicator is not None:
        was, is_now = edit_indicator(indicator, by=by)
        before, after = {**before, **was}, {**after, **is_now}
    benefit.mark_edited(by)
    benefit.save()
    note_edit(benefit, before, after, reason=reason, by=by)
    record("benefit edited", benefit, by=by)
    benefit.project.touch()
    if benefit.owner_id != stored.owner_id and benefit.owner != by:
        notifications.tell_owner_named(benefit)
    if benefit.follows_project and not stored.follows_project:
        again = _("Datoene følger prosjektet igjen.")
        move_with_project(benefit.project, by=by, reason=again)


def _refuse_another_unit(benefit: Benefit, stored: Benefit) -> None:
    if counts_otherwise(benefit, stored) and has_amounts(stored):
        raise ActionRefused(
            _(
                "Gevinsten har tall per år. Da kan ikke typen byttes mellom kroner, årsverk og "
                "kvalitet. Lag en ny gevinst, eller ta bort tallene først."
            )
        )


def counts_otherwise(one: Benefit, other: Benefit) -> bool:
    """Kroner, årsverk and quality are not each other."""
    return (one.is_in_kroner, one.is_in_person_years) != (
        other.is_in_kroner,
        other.is_in_person_years,
    )


def has_amounts(benefit: Benefit) -> bool:
    return BenefitYear.objects.filter(benefit=benefit).exists()
