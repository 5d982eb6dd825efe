"""Who answers for a benefit after the project (strategy §6.4)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from benefits import notifications
from benefits.models import Benefit
from core.errors import ActionRefused
from core.models import record
from municipality.models import User
from projects.models import HANDED_OVER_IN, Project


@transaction.atomic
def take_responsibility(benefit: Benefit, *, by: User, at: dt.datetime) -> None:
    """The project's owner, or whoever the owner asked, answers for the benefit from now on."""
    benefit = _locked_for_handover(benefit)
    asked = benefit.responsible_id == by.pk
    if not asked and by.pk != benefit.project.owner_id:
        raise ActionRefused(_("Prosjekteieren har spurt en annen. Se hvem som er spurt nå."))
    if asked and benefit.responsibility_accepted_at is not None:
        return
    benefit.responsible = by
    benefit.responsibility_accepted_at = at
    benefit.responsibility_declined = ""
    _keep_responsibility(benefit)
    record("responsibility taken", benefit, by=by, project=benefit.project_id)
    if by.pk != benefit.project.owner_id:
        notifications.tell_responsibility_taken(benefit)


@transaction.atomic
def hand_over(benefit: Benefit, *, to: User, by: User, at: dt.datetime) -> None:
    """Ask a leader in the line to answer for the benefit. The owner does until they have said yes.

    Handed to the owner, it is taken at once.
    """
    if to == by:
        take_responsibility(benefit, by=by, at=at)
        return
    benefit = _locked_for_handover(benefit)
    if benefit.responsible_id == to.pk:
        return
    benefit.responsible = to
    benefit.responsibility_asked_at, benefit.responsibility_accepted_at = at, None
    benefit.responsibility_declined = ""
    _keep_responsibility(benefit)
    record("responsibility asked", benefit, by=by, project=benefit.project_id, to=to.pk)
    notifications.tell_responsibility_asked(benefit, by=by)


def ask_instead(benefit: Benefit, *, to: User, by: User, at: dt.datetime) -> None:
    """Another is asked, as whoever was asked or had said yes, leaves. The caller tells them.

    `benefit` is locked by the caller.
    """
    benefit.responsible = to
    benefit.responsibility_asked_at, benefit.responsibility_accepted_at = at, None
    benefit.responsibility_declined = ""
    _keep_responsibility(benefit)
    record("responsibility asked", benefit, by=by, project=benefit.project_id, to=to.pk)


@transaction.atomic
def decline_responsibility(benefit: Benefit, *, reason: str, by: User) -> None:
    """The one who was asked says no, with a reason. It falls back to the project's owner."""
    benefit = _locked_for_handover(benefit)
    if benefit.responsible_id != by.pk or benefit.responsibility_accepted_at is not None:
        raise ActionRefused(_("Du er ikke lenger spurt om dette. Se hvem som har ansvaret nå."))
    benefit.responsible = None
    benefit.responsibility_asked_at = None
    benefit.responsibility_declined = reason
    _keep_responsibility(benefit)
    record("responsibility declined", benefit, by=by, project=benefit.project_id, reason=reason)
    notifications.tell_responsibility_declined(benefit, by=by)


def _locked_for_handover(benefit: Benefit) -> Benefit:
    """Its project is locked first, as where BP5 is decided: the two wait for each other."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=benefit.project_id)
    if project.has_ended or project.phase not in HANDED_OVER_IN:
        raise ActionRefused(_("Ansvaret fordeles når prosjektet er i Avslutte."))
    locked = Benefit.objects.select_for_update(of=("self",))
    return locked.select_related("project__owner", "responsible").get(pk=benefit.pk)


def _keep_responsibility(benefit: Benefit) -> None:
    benefit.save(
        update_fields=[
            "responsible",
            "responsibility_asked_at",
            "responsibility_accepted_at",
            "responsibility_declined",
            "updated_at",
        ]
    )
    benefit.project.touch()
