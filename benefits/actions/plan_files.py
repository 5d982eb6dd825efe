"""The files of a benefits plan: asked for, tried again, put back in the queue, forgotten."""

import datetime as dt

from django.db import transaction

from benefits import plan_facts, tasks
from benefits.models import OtherBody, PlanFile, PlanFileKind
from core import made_files
from core.models import record
from core.queue import enqueue_on_commit
from municipality.models import User
from projects.models import Project


@transaction.atomic
def ask_for_plan_file(project: Project, kind: PlanFileKind, *, by: User, on: dt.date) -> PlanFile:
    """The plan or the map as it is now. While one is in the making, that is the one.

    An earlier one names people, and can be made again; it goes.
    """
    project = (
        Project.objects.select_for_update(of=("self",))
        .select_related("idea", "owner", "manager", "sector")
        .get(pk=project.pk)
    )
    underway = PlanFile.objects.filter(project=project, kind=kind).unfinished().first()
    if underway is not None:
        return underway
    PlanFile.objects.filter(project=project, kind=kind).delete()
    facts = plan_facts.facts(project, on=on)
    file = PlanFile.objects.create(project=project, kind=kind, snapshot=facts, requested_by=by)
    enqueue_on_commit(tasks.make_plan_file, file.pk)
    return file


def try_plan_file_again(file: PlanFile) -> None:
    made_files.queue_again(file, tasks.make_plan_file)


def requeue_stale_plan_files(*, at: dt.datetime) -> int:
    return made_files.requeue_stale(PlanFile.objects.all(), tasks.make_plan_file, at=at)


@transaction.atomic
def keep_other_body(other: OtherBody, *, by: User) -> None:
    """Keep what a form filled in on the other public body, locked by the caller through its
    benefit.
    """
    other.mark_edited(by)
    other.save()
    record("other body described", other.benefit, by=by)
    other.benefit.project.touch()
