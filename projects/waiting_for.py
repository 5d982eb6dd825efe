"""Who would wait for whom: the circles that a new dependency would close, by name."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from projects.dependencies import circle
from projects.models import Milestone, MilestoneLink, Project, ProjectLink


def circle_of_milestones(milestone: Milestone, waits_for: Iterable[Milestone]) -> list[str]:
    """The milestones, in order, that would wait for each other if `milestone` waited for these."""
    waits_for = list(waits_for)
    links = MilestoneLink.objects.filter(after__project=milestone.project)
    others = links.exclude(after=milestone.pk) if milestone.pk else links
    edges = list(others.values_list("before_id", "after_id"))
    edges += [(before.pk, milestone.pk) for before in waits_for]
    found = circle(edges)
    if found is None:
        return []
    names = dict(milestone.project.milestones.values_list("pk", "name"))
    return [milestone.name if pk == milestone.pk else names[pk] for pk in found]


def circle_of_projects(project: Project, before: Project) -> list[str]:
    """The same of projects, when `project` is to wait for `before`. Three queries at most."""
    links = ProjectLink.objects.exclude(before=before, after=project)
    edges = [*links.values_list("before_id", "after_id"), (before.pk, project.pk)]
    found = circle(edges)
    if found is None:
        return []
    names = Project.objects.in_bulk(found)
    return [names[pk].name for pk in found]


def words_of_milestones(names: list[str]) -> str:
    return _("Da venter milepælene på hverandre i ring: {names}.").format(names=" → ".join(names))


def words_of_projects(names: list[str]) -> str:
    return _("Da venter prosjektene på hverandre i ring: {names}.").format(names=" → ".join(names))
