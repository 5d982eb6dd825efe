"""The lines of a project's plan and registers: added, changed, taken away and put back.

Each locks the project first, so that two who write at once are served one after the other, and a
form that is sent twice finds its own line.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.core import serializers
from django.db import models, transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from municipality.models import User
from projects import waiting_for
from projects.dependencies import circle
from projects.models import Milestone, MilestoneLink, Project, Risk, RiskStatus
from projects.models.lines import Line

L = TypeVar("L", bound=Line)


def begin(project: Project) -> Project:
    """The project, locked. One that has ended is kept as it was."""
    locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if locked.has_ended:
        raise ActionRefused(
            _("«{name}» er avsluttet. Planen og registrene kan ikke endres lenger.").format(
                name=locked
            )
        )
    return locked


@transaction.atomic
def add_line(line: L, *, by: User, waits_for: Iterable[Milestone] = ()) -> L:
    """Keep a line that a form filled in, once. `waits_for` is said of milestones."""
    project = begin(line.project)
    sent = type(line)._default_manager.filter(submission_key=line.submission_key).first()
    if line.submission_key is not None and sent is not None:
        return sent
    if isinstance(line, Risk):
        line.number = _next_number(project)
    line.mark_edited(by)
    line.save()
    _link(line, waits_for)
    project.touch()
    record(f"{_word(line)} added", line, by=by, project=project.pk)
    return line


def _next_number(project: Project) -> int:
    """Risks are never deleted, so the number after the highest has not been used."""
    highest = project.risks.aggregate(highest=models.Max("number"))["highest"]
    return (highest or 0) + 1


def _word(line: Line) -> str:
    return str(line._meta.model_name)


@transaction.atomic
def change_line(line: Line, *, by: User, waits_for: Iterable[Milestone] | None = None) -> None:
    """Keep what a form filled in on `line`, locked by the caller and not yet saved."""
    project = begin(line.project)
    line.mark_edited(by)
    line.save()
    if waits_for is not None and isinstance(line, Milestone):
        MilestoneLink.objects.filter(after=line).delete()
        _link(line, waits_for)
    project.touch()
    record(f"{_word(line)} changed", line, by=by, project=project.pk)


def _link(line: Line, waits_for: Iterable[Milestone]) -> None:
    if not isinstance(line, Milestone):
        return
    waits_for = list(waits_for)
    names = waiting_for.circle_of_milestones(line, waits_for)
    if names:
        raise ActionRefused(waiting_for.words_of_milestones(names))
    MilestoneLink.objects.bulk_create(
        MilestoneLink(before=before, after=line) for before in waits_for
    )


@transaction.atomic
def remove_line(line: Line, *, by: User) -> str:
    """Take the line away. A risk keeps its number, and is said to be of no matter any more.

    What is given back is all `restore_line` needs to put it back.
    """
    project = begin(line.project)
    links = _links_of(line)
    kept = serializers.serialize("json", [line, *links])
    record(f"{_word(line)} removed", line, by=by, project=project.pk)
    if isinstance(line, Risk):
        line.status = RiskStatus.GONE
        line.mark_edited(by)
        line.save()
    else:
        line.delete()
    project.touch()
    return kept


def _links_of(line: Line) -> list[MilestoneLink]:
    if not isinstance(line, Milestone):
        return []
    return list(MilestoneLink.objects.filter(models.Q(before=line) | models.Q(after=line)))


@transaction.atomic
def restore_line(project: Project, kept: str, *, by: User) -> None:
    """Put back what `remove_line` took away. What others have written meanwhile stands."""
    project = begin(project)
    rows: list[Any] = [each.object for each in serializers.deserialize("json", kept)]
    line, *links = rows
    stored = type(line)._default_manager.filter(pk=line.pk).first()
    if isinstance(stored, Risk):
        stored.status = line.status
        stored.mark_edited(by)
        stored.save()
    elif stored is None:
        line.save(force_insert=True)
        _put_back_links(project, links)
    project.touch()
    record(f"{_word(line)} restored", line, by=by, project=project.pk)


def _put_back_links(project: Project, links: list[Any]) -> None:
    """Those that still have two ends and make no circle with what has been linked since."""
    there = set(project.milestones.values_list("pk", flat=True))
    edges = list(
        MilestoneLink.objects.filter(after__project=project).values_list("before_id", "after_id")
    )
    for link in links:
        edge = (link.before_id, link.after_id)
        if there.issuperset(edge) and circle([*edges, edge]) is None:
            edges.append(edge)
            link.save(force_insert=True)
