"""The list of benefits, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from benefits.filters import BenefitFilter
from benefits.models import Benefit
from core.formatting import count_word

PER_PAGE = 25


@login_not_required
@require_GET
def benefit_list(request: HttpRequest) -> HttpResponse:
    visible = Benefit.objects.visible_to(request.user)
    found = BenefitFilter(request.GET, queryset=visible.for_list())
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    counts = visible.counts()
    context = {
        "filter": found,
        "page": page,
        "benefits": page.object_list,
        "counts": counts,
        "headline": _headline(**counts),
    }
    template = "benefits/benefit_list.html#rows" if request.htmx else "benefits/benefit_list.html"
    return render(request, template, context)


def _headline(*, total: int, measured: int, on_plan: int, behind: int) -> str:
    """«Fire av sju gevinster er i rute. To ligger bak planen.»"""
    if not measured:
        return _("Ingen gevinster er målt ennå.")
    if total == 1:
        return _("Gevinsten er i rute.") if on_plan else _("Gevinsten er ikke i rute.")
    sentence = _("{count} av {total} gevinster er i rute.").format(
        count=count_word(on_plan).capitalize() if on_plan else _("Ingen"), total=count_word(total)
    )
    if not behind:
        return sentence
    late = _("{count} ligger bak planen.").format(count=count_word(behind).capitalize())
    return f"{sentence} {late}"
