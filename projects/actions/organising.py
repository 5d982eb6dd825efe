"""Who runs a project: handed over with its history kept, and forgotten when the time is up."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.models import record
from municipality.models import User
from projects import notifications
from projects.models import Project, RoleHolder, RoleKey
from projects.organisation import LEADS

OUTSIDERS_KEPT = dt.timedelta(days=365)  # after the project has ended


@transaction.atomic
def edit(project: Project, *, by: User, on: dt.date) -> None:
    """Keep what a form filled in on `project`, locked by the caller and not yet saved.

    Whoever lost or got one of the roles that stand on the project is kept in its history, and the
    new one is told.
    """
    before = Project.objects.select_related(*LEADS.values()).get(pk=project.pk)
    project.mark_edited(by)
    project.save()
    record("project edited", project, by=by)
    for role, field in LEADS.items():
        person = getattr(project, field)
        if person != getattr(before, field):
            _hand_over(project, role, giver=getattr(before, field), taker=person, on=on)
            record("project role changed", project, by=by, role=str(role))
            if person is not None and person != by:
                notifications.tell_appointed(project, role, person)


@transaction.atomic
def appoint(
    project: Project, role: RoleKey, *, giver: User, taker: User, by: User, on: dt.date
) -> None:
    """Somebody else gets one of the roles that stand on the project. The caller tells them."""
    setattr(project, LEADS[role], taker)
    project.mark_edited(by)
    project.save(
        update_fields=[LEADS[role], "version", "edited_by", "edited_at", "updated_at"],
    )
    _hand_over(project, role, giver=giver, taker=taker, on=on)
    record("project role changed", project, by=by, role=str(role))


@transaction.atomic
def replace_holder(holder: RoleHolder, *, taker: User, by: User, on: dt.date) -> None:
    """Somebody else has one of the other roles from now on. Who had it stays in its history."""
    if holder.starts_on > on:
        holder.person = taker
    else:
        holder.ends_on = on
        holder.project.role_holders.create(role=holder.role, person=taker, starts_on=on)
    holder.save(update_fields=["person", "ends_on"])
    record("project role changed", holder.project, by=by, role=holder.role)


def _hand_over(
    project: Project, role: RoleKey, *, giver: User | None, taker: User | None, on: dt.date
) -> None:
    ended = project.role_holders.filter(role=role, person=giver, ends_on=None).update(ends_on=on)
    if giver is not None and not ended:
        began = min(project.started_on, on)
        project.role_holders.create(role=role, person=giver, starts_on=began, ends_on=on)
    if taker is not None:
        project.role_holders.create(role=role, person=taker, starts_on=on)


@transaction.atomic
def keep_role(holder: RoleHolder, *, by: User) -> RoleHolder:
    """Add or change who has one of the other roles. The form may be sent twice."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=holder.project_id)
    is_new = holder.pk is None
    if is_new and (same := _same(holder)) is not None:
        return same
    holder.save()
    project.touch()
    record("project role added" if is_new else "project role edited", project, by=by)
    return holder


def _same(holder: RoleHolder) -> RoleHolder | None:
    return RoleHolder.objects.filter(
        project=holder.project_id,
        role=holder.role,
        person=holder.person,
        name=holder.name,
        starts_on=holder.starts_on,
    ).first()


def forgotten_name() -> str:
    return _("Tidligere deltaker")


@transaction.atomic
def forget_outsiders(*, on: dt.date) -> int:
    """Take away the names of those without an account, a year after their project ended."""
    due = RoleHolder.objects.filter(person=None, project__ended_on__lte=on - OUTSIDERS_KEPT)
    return due.exclude(name=forgotten_name()).update(name=forgotten_name(), organisation="")
