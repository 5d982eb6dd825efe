"""The pages each role begins its day with, beside «Min side»."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import get_permitted, require_perm
from gjovik_digi.dashboards import management, sector, team
from ideas.rules import sectors_of
from municipality.context_processors import current_cycle
from municipality.models import Sector


@dataclass(frozen=True)
class Tab:
    words: str
    url: str
    is_here: bool


def tabs(request: HttpRequest) -> list[Tab]:
    """The dashboards the person has. None but «Min side»: nothing to choose between."""
    user: Any = request.user
    found = [(_("Min side"), reverse("my-page"))]
    if user.has_perm("gjovik_digi.see_management"):
        found.append((_("Ledelsen"), reverse("management")))
    if user.has_perm("gjovik_digi.see_team"):
        found.append((_("Teamet"), reverse("team")))
    own = Sector.objects.filter(pk__in=sectors_of(user))
    found += [(each.short_name, reverse("sector", args=[each.code])) for each in own]
    if len(found) == 1:
        return []
    return [Tab(str(words), url, url == request.path) for words, url in found]


@require_GET
def management_page(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, "gjovik_digi.see_management")
    cycle, today = current_cycle(request), timezone.localdate()
    decisions, *rest = management.panels(request.user, cycle, on=today)
    context = {
        "tabs": tabs(request),
        "heading": decisions.heading,
        "lead": _("Ledelsens side, {day}.").format(day=_date(today)),
        "first": decisions,
        "panels": rest,
    }
    return render(request, "dashboards/dashboard.html", context)


@require_GET
def team_page(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, "gjovik_digi.see_team")
    cycle, today = current_cycle(request), timezone.localdate()
    queues, *rest = team.panels(cycle, on=today)
    context = {"tabs": tabs(request), "cycle": cycle, "first": queues, "panels": rest}
    return render(request, "dashboards/team.html", context)


@require_GET
def sector_page(request: HttpRequest, code: str) -> HttpResponse:
    found = get_permitted(request.user, "gjovik_digi.see_sector", Sector, code=code)
    cycle, today = current_cycle(request), timezone.localdate()
    ideas, *rest = sector.panels(request.user, found, cycle, on=today)
    context = {
        "tabs": tabs(request),
        "heading": found.name,
        "lead": _("Sektoren nå, {day}.").format(day=_date(today)),
        "first": ideas,
        "panels": rest,
        "sector": found,
        "others": _others(request, found),
    }
    return render(request, "dashboards/dashboard.html", context)


def _others(request: HttpRequest, shown: Sector) -> list[Sector]:
    """For those who may see any of them."""
    if not request.user.has_perm("gjovik_digi.see_sector", None):
        return []
    return list(Sector.objects.exclude(pk=shown.pk))


def _date(day: dt.date) -> str:
    return date_format(day, "j. F Y")
