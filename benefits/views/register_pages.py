"""The register of one project's benefits, its frozen plan, and how each has changed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Min, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from benefits import actions, change_story, delays
from benefits.models import Benefit, Indicator
from core.formatting import count_word
from projects.models import Project
from projects.views.lines import read

PER_PAGE = 25


@require_GET
def register(request: HttpRequest, project_pk: int) -> HttpResponse:
    project = read(request, project_pk)
    in_use = Indicator.objects.filter(retired_at=None).order_by("pk")
    benefits = (
        Benefit.objects.filter(project=project)
        .select_related("owner", "goal")
        .prefetch_related(Prefetch("indicators", queryset=in_use, to_attr="in_use"))
        .order_by("number", "pk")
    )
    page = Paginator(benefits, PER_PAGE).get_page(request.GET.get("page"))
    counts = _counts(project)
    context = {
        **page_context(request, project),
        "page": page,
        "counts": counts,
        "headline": _headline(counts),
        "can_freeze": _can_freeze(request, project, counts),
        "is_past_bp3": delays.is_past_bp3(project),
    }
    return render(request, "benefits/register.html", context)


def page_context(request: HttpRequest, project: Project) -> dict[str, Any]:
    """What every page of a project's benefits needs."""
    return {
        "project": project,
        "here": _("Gevinster"),
        "can_write": request.user.has_perm("benefits.add_benefit_to", project),
    }


def _counts(project: Project) -> dict[str, Any]:
    benefits = Benefit.objects.filter(project=project)
    return {
        **benefits.counts(),
        "without_indicator": benefits.filter(main=None).count(),
        "not_frozen": benefits.filter(frozen_at=None).count(),
        "first_frozen": benefits.aggregate(first=Min("frozen_at"))["first"],
    }


def _headline(counts: dict[str, Any]) -> str:
    """«Tre av fire gevinster er målt. Én ligger bak planen»"""
    total, measured, behind = counts["total"], counts["measured"], counts["behind"]
    if not total:
        return _("Ingen gevinster er beskrevet ennå")
    if total == 1:
        return _("Gevinsten er målt") if measured else _("Én gevinst, som ikke er målt ennå")
    if not measured:
        return _("{count} gevinster, ingen er målt ennå").format(count=_sentence(count_word(total)))
    told = _("{measured} av {total} gevinster er målt").format(
        measured=_sentence(count_word(measured)), total=count_word(total)
    )
    if not behind:
        return told
    return _("{told}. {count} ligger bak planen").format(
        told=told, count=_sentence(count_word(behind))
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _can_freeze(request: HttpRequest, project: Project, counts: dict[str, Any]) -> bool:
    waits = counts["not_frozen"] > 0 and delays.is_past_bp3(project)
    return waits and request.user.has_perm("benefits.freeze_plan", project)


def freeze(request: HttpRequest, project_pk: int) -> HttpResponse:
    """Asks first: what is promised cannot be promised otherwise afterwards."""
    project = read(request, project_pk)
    if not request.user.has_perm("benefits.freeze_plan", project):
        raise PermissionDenied
    if request.method == "POST":
        count = actions.freeze_afterwards(project, by=request.user, at=timezone.now())
        messages.success(
            request,
            ngettext(
                "Planen for {count} gevinst er låst.",
                "Planen for {count} gevinster er låst.",
                count,
            ).format(count=count_word(count)),
        )
        return redirect("benefits:register", project_pk)
    waiting = Benefit.objects.filter(project=project, frozen_at=None).order_by("number", "pk")
    context = {
        **page_context(request, project),
        "waiting": waiting,
        "is_past_bp3": delays.is_past_bp3(project),
    }
    return render(request, "benefits/freeze.html", context)


@require_GET
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was promised, and each change of it with its reason."""
    benefit = get_object_or_404(Benefit.objects.select_related("project__sector"), pk=pk)
    if not request.user.has_perm("projects.view_project_inside", benefit.project):
        raise PermissionDenied
    changes = benefit.changes.select_related("by", "change_request").order_by("-at", "-pk")
    page = Paginator(changes, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **page_context(request, benefit.project),
        "benefit": benefit,
        "page": page,
        "changes": [(change, change_story.lines(change)) for change in page.object_list],
    }
    return render(request, "benefits/history.html", context)
