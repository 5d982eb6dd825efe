"""What the ideas of a round need per year: the overview, and one idea at a time."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.access import get_permitted
from core.formatting import kroner
from municipality.models import Sector
from prioritization import actions, needs
from prioritization.forms import NeedsForm
from prioritization.models import Entry, Round
from prioritization.needs import EntryNeeds, YearNeed

PER_PAGE = 25


@require_GET
def need_list(request: HttpRequest, pk: int) -> HttpResponse:
    scored = get_permitted(
        request.user, "prioritization.view_scenarios", Round.objects.for_page(), pk=pk
    )
    entries = list(scored.entries.for_needs().order_by("idea__is_statutory", "idea__title", "pk"))
    found = needs.by_entry(entries)
    years = needs.years_of(scored)
    rows = needs.add_up(found)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "round": scored,
        "heading": _heading(entries, rows),
        "years": years,
        "totals": needs.totals_per_year(rows, years),
        "sectors": _person_years_by_sector(rows, years),
        "page": page,
        "rows": [
            (entry, found[entry.pk], _kroner_per_year(found[entry.pk], years)) for entry in page
        ],
        "estimates": sum(each.is_estimate for each in found.values()),
        "unknown": sum(not each.rows for each in found.values()),
        "can_manage": request.user.has_perm("prioritization.manage_scenarios", scored),
    }
    return render(request, "prioritization/need_list.html", context)


def _heading(entries: list[Entry], rows: list[YearNeed]) -> str:
    total = sum((row.kroner for row in rows), Decimal(0))
    if not entries:
        return _("Ingen ideer er med i runden ennå")
    if not total:
        return _("Ingen har skrevet hva ideene koster ennå")
    return _("Ideene koster {amount} til sammen").format(amount=kroner(total))


def _person_years_by_sector(
    rows: list[YearNeed], years: list[int]
) -> list[tuple[Sector, list[Decimal]]]:
    """For each sector whose people are needed: how many person-years in each of the years."""
    found = {(row.sector, row.year): row.person_years for row in rows if row.person_years}
    sectors = {sector.pk: sector for sector, _year in found if sector}
    return [
        (sector, [found.get((sector, year), Decimal(0)) for year in years])
        for sector in sorted(sectors.values(), key=lambda each: (each.order, each.pk))
    ]


def _kroner_per_year(found: EntryNeeds, years: list[int]) -> list[tuple[int, Decimal]]:
    return [
        (year, sum((row.kroner for row in found.rows if row.year == year), Decimal(0)))
        for year in years
    ]


def _entry(request: HttpRequest, pk: int, entry_pk: int) -> Entry:
    get_permitted(request.user, "prioritization.manage_scenarios", Round, pk=pk)
    rows = Entry.objects.for_needs()
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    return get_object_or_404(rows, round=pk, pk=entry_pk)


@transaction.atomic
def need_edit(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    entry = _entry(request, pk, entry_pk)
    needed = needs.by_entry([entry])[entry.pk]
    asked = {
        "years": needs.years_of(entry.round),
        "sectors": _sectors(request, entry, needed),
        "needed": needed,
    }
    if "add_sector" in request.POST:
        form = NeedsForm(initial=request.POST.dict(), **asked)  # as typed, and not judged yet
    else:
        form = NeedsForm(request.POST or None, **asked)
    if form.is_valid():
        actions.spread_needs(entry, form.rows(), by=request.user)
        messages.success(request, _("Behovet til «{idea}» er lagret.").format(idea=entry.idea))
        return redirect("prioritization:needs", pk)
    context: dict[str, Any] = {"entry": entry, "needed": needed, "form": form}
    return render(request, "prioritization/need_edit.html", context)


def _sectors(request: HttpRequest, entry: Entry, needed: EntryNeeds) -> list[Sector]:
    """The sectors to write for: those sent along and one to add, or those the idea concerns."""
    if request.method == "POST":
        sent = [*request.POST.getlist("sector"), request.POST.get("add", "")]
        keys = [int(key) for key in sent if key.isdecimal()]
    else:
        touched = entry.idea.also_touches.values_list("pk", flat=True)
        keys = [entry.idea.sector_id or 0, *touched]
        keys += [row.sector.pk for row in needed.rows if row.sector]
    return list(Sector.objects.filter(pk__in=keys))


@require_POST
@transaction.atomic
def need_reset(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Back to the idea's own estimate."""
    entry = _entry(request, pk, entry_pk)
    actions.use_estimate(entry, by=request.user)
    messages.success(
        request, _("Nå gjelder anslaget som står på ideen «{idea}».").format(idea=entry.idea)
    )
    return redirect("prioritization:needs", pk)
