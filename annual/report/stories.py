"""«Tre historier»: ideas that became something, from the idea to the number.

Only of ideas that are published and projects that are opened, and without anybody's name.
"""

from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from annual.report.parts import NOT_MEASURED, Section, Story
from annual.report.reader import Reader
from benefits.models import Benefit
from core.formatting import day_with_year, quantity
from ideas.models import Idea
from prioritization.models import Decision, Outcome
from projects import public_page
from projects.models import Project, ProjectPhase

KEY = "stories"
TOLD = 3
LONGEST_PROBLEM = 250  # characters; the idea's own page has all of it


def section(reader: Reader) -> Section:
    projects = _chosen(reader)
    heading = _("Tre historier")
    if not projects:
        text = _("Ingen ideer er blitt til prosjekter som er åpnet for alle ennå.")
        return Section(KEY, _("Historiene"), text)
    if len(projects) < TOLD:
        heading = _("Historiene")
    stories = list(_told(projects))
    return Section(KEY, heading, _("Slik ble ideer til noe folk merker."), stories=stories)


def _chosen(reader: Reader) -> list[Project]:
    """Those measured last that are at least half of the way; then the newest.

    A project that was stopped became nothing.
    """
    opened = reader.projects.opened().exclude(ending="stopped")
    told = opened.filter(
        idea__published_at__isnull=False, started_on__year__lte=reader.year
    ).select_related("idea")
    measured = (
        Benefit.objects.half_way()
        .filter(is_disbenefit=False, project__in=told)
        .order_by("-main__latest_on", "-pk")
        .values_list("project_id", flat=True)
    )
    first = list(dict.fromkeys(measured[: TOLD * TOLD]))[:TOLD]
    by_pk = {project.pk: project for project in told.filter(pk__in=first)}
    rest = told.exclude(pk__in=first).order_by("-started_on", "-pk")[: TOLD - len(first)]
    return [*(by_pk[pk] for pk in first), *rest]


def _told(projects: list[Project]) -> Iterator[Story]:
    decisions = _decisions(projects)
    benefits = _benefits(projects)
    for project in projects:
        yield _story(project, decisions.get(project.idea_id), benefits.get(project.pk))


def _decisions(projects: list[Project]) -> dict[int, Decision]:
    """Idea → the decision that made it a project."""
    approved = Decision.objects.published().filter(
        outcome=Outcome.APPROVED, item__entry__idea__in=[project.idea_id for project in projects]
    )
    rows = approved.select_related("meeting", "item__entry").order_by("meeting__held_on", "pk")
    return {decision.item.entry.idea_id: decision for decision in rows}


def _benefits(projects: list[Project]) -> dict[int, Benefit]:
    """Project → the benefit to tell of: at least half of the way, else measured last."""
    rows = Benefit.objects.measured().filter(project__in=projects, is_disbenefit=False)
    good = set(rows.half_way().values_list("pk", flat=True))
    told = sorted(rows, key=lambda benefit: (benefit.pk in good, benefit.latest_on, benefit.pk))
    return {benefit.project_id: benefit for benefit in told}


def _story(project: Project, decision: Decision | None, benefit: Benefit | None) -> Story:
    idea: Idea = project.idea
    main = benefit.main if benefit else None
    return Story(
        title=idea.title,
        code=idea.code,
        url=idea.get_absolute_url(),
        problem=problem_of(idea),
        sent=day_with_year(idea.created_at),
        decided=day_with_year(decision.meeting.held_on) if decision else "",
        reason=decision.public_reason if decision else "",
        project=project.name,
        project_pk=project.pk,
        project_url=project.get_absolute_url(),
        where=_where(project),
        number=_number(benefit) if benefit else str(NOT_MEASURED),
        benefit=benefit.name if benefit else "",
        benefit_url=benefit.get_absolute_url() if benefit else "",
        evidence=main.latest_evidence if main else "",
        evidence_words=str(main.get_latest_evidence_display()) if main else "",
    )


def problem_of(idea: Idea) -> str:
    return idea.summary or Truncator(idea.problem).chars(LONGEST_PROBLEM)


def _where(project: Project) -> str:
    if project.has_ended:
        return str(project.get_ending_display())
    return str(public_page.WHERE[ProjectPhase(project.phase)])


def _number(benefit: Benefit) -> str:
    """«Fra 9,4 til 5,8 %, målt 3. mars 2026. Målet er 5 %.»"""
    return _("Fra {before} til {now}, {day}. Målet er {target}.").format(
        day=day_with_year(benefit.latest_on),
        before=quantity(benefit.baseline),
        now=quantity(benefit.latest_value, benefit.unit),
        target=quantity(benefit.target, benefit.unit),
    )
