"""What everybody reads about a project: where it is in plain words, its ideas and their answers."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.formatting import month_name
from ideas.models import Idea, IdeaStatus
from projects.models import PhaseChange, Project, ProjectPhase

WHERE = {
    ProjectPhase.IDEA: _("Vi ser om dette bør bli et prosjekt."),
    ProjectPhase.CONCEPT: _("Vi finner ut hvilken løsning som er best."),
    ProjectPhase.PLANNING: _("Vi planlegger hvordan det skal gjøres."),
    ProjectPhase.EXECUTION: _("Vi lager løsningen og tar den i bruk."),
    ProjectPhase.CLOSING: _("Løsningen er laget. Vi gir den videre til dem som skal bruke den."),
    ProjectPhase.REALISATION: _("Løsningen er i bruk. Vi måler om den virker."),
}
NEXT = {
    ProjectPhase.IDEA: _("Så bestemmer vi om vi skal undersøke det grundig."),
    ProjectPhase.CONCEPT: _("Så bestemmer vi om vi skal planlegge det."),
    ProjectPhase.PLANNING: _("Så bestemmer vi om vi skal sette i gang."),
    ProjectPhase.EXECUTION: _("Så bestemmer vi om alt er på plass."),
    ProjectPhase.CLOSING: _("Så bestemmer vi om prosjektet er ferdig."),
    ProjectPhase.REALISATION: _("Så bestemmer vi om gevinstene er nådd."),
}
# What the sender of an idea was answered when it became part of the project.
ANSWERED = {IdeaStatus.APPROVED, IdeaStatus.IN_PROJECT}


@dataclass(frozen=True)
class AnsweredIdea:
    """`began`: the project began with it; the others it has taken in since."""

    idea: Idea
    answer: str
    began: bool


@dataclass(frozen=True)
class PublicPage:
    """`where` and `then` are the phase in words; a project that has ended has neither."""

    where: str
    then: str
    ideas: list[AnsweredIdea]
    benefits: list[Any]
    decisions: list[PhaseChange]


def public_page(project: Project, *, on: dt.date) -> PublicPage:
    """Of a project `for_page`. Three reads more."""
    phase = ProjectPhase(project.phase)
    return PublicPage(
        where="" if project.has_ended else str(WHERE[phase]),
        then="" if project.has_ended else _then(project, phase, on=on),
        ideas=[each for each in answered_ideas(project) if each.idea.is_published],
        benefits=list(project.benefits.with_project().order_by("pk")),
        decisions=list(project.phase_changes.all()),
    )


def _then(project: Project, phase: ProjectPhase, *, on: dt.date) -> str:
    """A day that has passed is no plan, so nothing is promised by it."""
    if project.next_gate_on is None or project.next_gate_on < on:
        return str(NEXT[phase])
    due_on = project.next_gate_on
    planned = _("Det er planlagt til {month}.").format(month=f"{month_name(due_on)} {due_on.year}")
    return f"{NEXT[phase]} {planned}"


def answered_ideas(project: Project) -> list[AnsweredIdea]:
    """The idea the project began with, then those it has taken in, each with its answer."""
    taken_in = (
        Idea.objects.filter(taken_in__project=project)
        .prefetch_related("changes")
        .order_by("taken_in__at", "pk")
    )
    ideas: Sequence[Idea] = [project.idea, *taken_in]
    return [AnsweredIdea(idea, _answer(idea), idea == project.idea) for idea in ideas]


def _answer(idea: Idea) -> str:
    reasons = [change.reason for change in idea.changes.all() if change.status in ANSWERED]
    return reasons[-1] if reasons else ""
