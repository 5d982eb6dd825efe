"""Money and people of the portfolio by year and sector, against what there is."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import require_perm
from municipality.models import Sector
from projects import money
from projects.actions.portfolio import draw_money, keep_capacity
from projects.forms.portfolio import CapacityForm
from projects.models import Capacity
from projects.timeline import EARLIEST, LATEST


@require_GET
def money_by_sector(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, "projects.view_portfolio")
    years = money.years(_year_asked_for(request.GET.get("ar", "")))
    year = years[0]
    context = {
        "year": year,
        "years": [each for each in years if each is year or each.is_filled],
        "headline": money.headline(year),
        "chart": draw_money(year),
        "can_edit": request.user.has_perm("projects.manage_capacity"),
        "earlier": year.year - 1,
        "later": year.year + 1,
    }
    return render(request, "projects/portfolio_money.html", context)


def _year_asked_for(text: str) -> int:
    """The present one when there is no such year."""
    asked = int(text) if text.isdecimal() and len(text) == len("2026") else 0
    return asked if EARLIEST <= asked <= LATEST else timezone.localdate().year


def capacity_edit(request: HttpRequest, year: int) -> HttpResponse:
    require_perm(request.user, "projects.manage_capacity")
    if not EARLIEST <= year <= LATEST:
        raise Http404
    stored = {one.sector_id: one for one in Capacity.objects.filter(year=year)}
    form = CapacityForm(request.POST or None, sectors=Sector.objects.all(), stored=stored)
    if form.is_valid():
        keep_capacity(year, form.values(), by=request.user)
        messages.success(request, _("Kapasiteten i {year} er lagret.").format(year=year))
        return redirect(f"{reverse('portfolio:money')}?ar={year}")
    return render(request, "projects/portfolio_capacity.html", {"form": form, "year": year})
