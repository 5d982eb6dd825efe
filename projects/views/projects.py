from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.formatting import count_word
from projects.filters import ProjectFilter
from projects.models import Project

PER_PAGE = 25


@login_not_required
@require_GET
def project_list(request: HttpRequest) -> HttpResponse:
    visible = Project.objects.visible_to(request.user)
    found = ProjectFilter(request.GET, queryset=visible.for_list())
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    counts = visible.live().running_and_realising()
    context = {
        "filter": found,
        "page": page,
        "projects": page.object_list,
        "headline": _headline(**counts),
        "has_projects": any(counts.values()) or bool(page.object_list),
        "sees_portfolio": request.user.has_perm("projects.view_portfolio"),
    }
    template = "projects/project_list.html#rows" if request.htmx else "projects/project_list.html"
    return render(request, template, context)


def _headline(*, running: int, realising: int) -> str:
    """«Seks prosjekter pågår. To realiserer gevinster.»"""
    if not running:
        first = _("Ingen prosjekter pågår.")
    elif running == 1:
        first = _("Ett prosjekt pågår.")
    else:
        first = _("{count} prosjekter pågår.").format(count=count_word(running).capitalize())
    if not realising:
        return first
    count = _("Ett") if realising == 1 else count_word(realising).capitalize()
    return first + " " + _("{count} realiserer gevinster.").format(count=count)
