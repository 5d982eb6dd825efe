"""The registers of a project: uncertainty, stakeholders, user involvement and lessons."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from core.formatting import count_word
from core.responses import attachment
from core.workbook_writing import CONTENT_TYPE
from municipality.models import Municipality
from projects import risk_matrix
from projects.forms.registers import InvolvementForm, LessonForm, RiskForm, StakeholderForm
from projects.models import (
    Lesson,
    LessonKind,
    Project,
    ProjectPhase,
    Risk,
    RiskKind,
    RiskLevel,
    RiskStatus,
    Stakeholder,
    UserInvolvement,
)
from projects.register_workbooks import risk_workbook
from projects.views.lines import Register, noted_today, page_context, read

PER_PAGE = 50
OTHERS_SHOWN = 8

RISKS = Register(
    key="risk",
    page="risks",
    here=gettext_lazy("Usikkerhet"),
    model=Risk,
    form=RiskForm,
    asks=gettext_lazy("Hva er dere usikre på?"),
    change=gettext_lazy("Endre usikkerheten"),
    remove=gettext_lazy("Ta usikkerheten ut av vurderingen?"),
    warning=gettext_lazy(
        "Den blir stående nederst som «Ikke lenger aktuell». Nummeret brukes ikke på nytt."
    ),
    removed=gettext_lazy("er ikke lenger aktuell"),
)
STAKEHOLDERS = Register(
    key="stakeholder",
    page="stakeholders",
    here=gettext_lazy("Interessenter"),
    model=Stakeholder,
    form=StakeholderForm,
    asks=gettext_lazy("Hvem blir berørt, eller har noe å si?"),
    change=gettext_lazy("Endre interessenten"),
    remove=gettext_lazy("Fjerne interessenten?"),
    warning=gettext_lazy("Det dere har planlagt å si til dem, blir også borte."),
    removed=gettext_lazy("er fjernet"),
)
INVOLVEMENT = Register(
    key="involvement",
    page="involvement",
    here=gettext_lazy("Brukerinvolvering"),
    model=UserInvolvement,
    form=InvolvementForm,
    asks=gettext_lazy("Hvem var med, og hva endret det?"),
    change=gettext_lazy("Endre brukerinvolveringen"),
    remove=gettext_lazy("Fjerne brukerinvolveringen?"),
    warning=gettext_lazy("Timene og det den endret, telles ikke lenger med."),
    removed=gettext_lazy("er fjernet"),
    blank=lambda model, project, *, today, **_others: model(project=project, held_on=today),
)
LESSONS = Register(
    key="lesson",
    page="lessons",
    here=gettext_lazy("Erfaringer"),
    model=Lesson,
    form=LessonForm,
    asks=gettext_lazy("Hva lærte dere?"),
    change=gettext_lazy("Endre erfaringen"),
    remove=gettext_lazy("Fjerne erfaringen?"),
    warning=gettext_lazy("Andre prosjekter får da ikke lest den."),
    removed=gettext_lazy("er fjernet"),
    blank=noted_today,
)


@require_GET
def risk_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The register with the highest factor first, and the matrix before or after measures."""
    project = read(request, pk)
    risks = risk_matrix.highest_first(project.risks.select_related("owner"))
    after = request.GET.get("visning") == "etter"
    context = {
        **page_context(request, project, RISKS),
        "headline": _risks_in_words(risks),
        "page": Paginator(risks, PER_PAGE).get_page(request.GET.get("page")),
        "after": after,
        "steps": risk_matrix.SCALE,
        "matrices": _matrices(risks, after=after),
    }
    return render(request, "projects/risk_list.html", context)


def _matrices(risks: list[Risk], *, after: bool) -> list[tuple[RiskKind, risk_matrix.Matrix]]:
    """One of threats and one of opportunities, for those there are any of."""
    live = [risk for risk in risks if risk.status != RiskStatus.GONE]
    found = []
    for kind in RiskKind:
        of_kind = [risk for risk in live if risk.kind == kind]
        if of_kind:
            found.append((kind, risk_matrix.matrix(of_kind, after=after)))
    return found


def _risks_in_words(risks: list[Risk]) -> str:
    live = [risk for risk in risks if risk.status != RiskStatus.GONE]
    threats = [risk for risk in live if risk.kind == RiskKind.THREAT]
    if not live:
        return _("Ingenting er registrert som usikkert")
    high = sum(risk.level == RiskLevel.HIGH for risk in threats)
    if high == 1:
        return _("Én trussel er høy")
    if high:
        return _("{count} trusler er høye").format(count=count_word(high).capitalize())
    return _("Ingen trusler er høye")


@require_GET
def risk_workbook_download(request: HttpRequest, pk: int) -> HttpResponse:
    project = read(request, pk)
    risks = risk_matrix.highest_first(project.risks.select_related("owner"))
    content = risk_workbook(
        project, risks, creator=Municipality.load().name, made_at=timezone.now()
    )
    filename = _("usikkerhet-{project}.xlsx").format(project=slugify(project.name))
    return attachment(content, filename=filename, content_type=CONTENT_TYPE)


@require_GET
def stakeholder_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Those with most to say first, and the plan of what is said to them."""
    project = read(request, pk)
    stakeholders = project.stakeholders.select_related("responsible").order_by(
        "-influence", "attitude", "name", "pk"
    )
    context = {
        **page_context(request, project, STAKEHOLDERS),
        "page": Paginator(stakeholders, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "projects/stakeholder_list.html", context)


@require_GET
def involvement_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who took part, what it took and what it changed. BP2 asks for at least one."""
    project = read(request, pk)
    involvements = project.involvements.order_by("-held_on", "-pk")
    sums = involvements.order_by().aggregate(
        times=Count("pk"), people=Sum("people"), hours=Sum("hours")
    )
    before_bp2 = project.phase in (ProjectPhase.IDEA, ProjectPhase.CONCEPT)
    context = {
        **page_context(request, project, INVOLVEMENT),
        "page": Paginator(involvements, PER_PAGE).get_page(request.GET.get("page")),
        "headline": _involved_in_words(sums["times"]),
        "sums": sums,
        "is_missing": not sums["times"] and before_bp2 and not project.has_ended,
    }
    return render(request, "projects/involvement_list.html", context)


def _involved_in_words(times: int) -> str:
    if not times:
        return _("Ingen brukere har vært med ennå")
    return ngettext(
        "Brukerne har vært med {times} gang", "Brukerne har vært med {times} ganger", times
    ).format(times=count_word(times))


@require_GET
def lesson_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What was learnt here, and, while there is time to use it, what others like this learnt."""
    project = read(request, pk)
    lessons = project.lessons.select_related("noted_by").order_by("-noted_on", "-pk")
    context: dict[str, Any] = {
        **page_context(request, project, LESSONS),
        "page": Paginator(lessons, PER_PAGE).get_page(request.GET.get("page")),
        "positive": LessonKind.POSITIVE,
        "others": _lessons_of_others(project) if _is_young(project) else None,
    }
    return render(request, "projects/lesson_list.html", context)


def _is_young(project: Project) -> bool:
    early = (ProjectPhase.IDEA, ProjectPhase.CONCEPT, ProjectPhase.PLANNING)
    return project.phase in early and not project.has_ended


def _lessons_of_others(project: Project) -> QuerySet[Lesson]:
    """Of projects in the same sector that are done with their work, the newest first."""
    finished = Q(project__phase=ProjectPhase.REALISATION) | ~Q(project__ending="")
    return (
        Lesson.objects.filter(finished, project__sector=project.sector)
        .exclude(project=project)
        .select_related("project")
        .order_by("-noted_on", "-pk")[:OTHERS_SHOWN]
    )
