"""What a sector's own people and the team can look back on: every change, and every revision."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from maturity.assessment_history import between, entries, timeline
from maturity.models import Assessment, Revision
from maturity.views.scope import this_year
from municipality.models import AnnualCycle, Sector

PER_PAGE = 30


def _permitted(request: HttpRequest, sector: str, cycle: AnnualCycle) -> Assessment:
    """The sector's assessment of the year, begun or not, or 404, or 403."""
    wanted = get_object_or_404(Sector.objects.select_related("leader"), code=sector)
    found = Assessment.objects.of_sector(cycle, wanted)
    if not request.user.has_perm("maturity.view_assessment", found):
        raise PermissionDenied
    return found


def _year(year: int) -> AnnualCycle:
    return get_object_or_404(AnnualCycle.objects.newest_first(), year=year)


@require_GET
def history(request: HttpRequest, sector: str) -> HttpResponse:
    """Who changed what, when and why, newest first: this year, or the year `?ar=` asks for."""
    asked = request.GET.get("ar", "")
    cycle = _year(int(asked)) if asked.isdecimal() and len(asked) == len("2026") else this_year()
    found = _permitted(request, sector, cycle)
    page = Paginator(timeline(found), PER_PAGE).get_page(request.GET.get("page"))
    years = Assessment.objects.filter(sector=found.sector).order_by("-cycle__year")
    context = {
        "assessment": found,
        "revisions": found.revisions.select_related("submitted_by") if found.is_begun else [],
        "years": list(years.values_list("cycle__year", flat=True)),
        "page": page,
        "entries": entries(found, page.object_list),
    }
    return render(request, "maturity/assessment_history.html", context)


@require_GET
def revision(request: HttpRequest, sector: str, year: int, number: int) -> HttpResponse:
    """What was submitted, as it was submitted, and what differs from the time before."""
    found = _permitted(request, sector, _year(year))
    revisions = Revision.objects.select_related("submitted_by").filter(assessment=found.pk)
    shown = get_object_or_404(revisions, number=number)
    before = revisions.filter(number=number - 1).first()
    context = {
        "assessment": found,
        "revision": shown,
        "areas": shown.snapshot["areas"],
        "before": before,
        "differences": between(before, shown) if before else [],
        "after": revisions.filter(number=number + 1).first(),
    }
    return render(request, "maturity/assessment_revision.html", context)
