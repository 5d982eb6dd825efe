"""The annual report as it is read: the years, the public page, management's, and the PDF."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from annual import report_document
from annual.models import AnnualReport, AnnualReportFile, Audience
from annual.report import Facts, Standing, standing
from core.access import get_permitted
from core.models import Chart
from core.responses import attachment
from municipality.models import AnnualCycle

PER_PAGE = 50
YEARS_PER_PAGE = 20


@login_not_required
@require_GET
def report_list(request: HttpRequest) -> HttpResponse:
    """Every year with a report that the person may read. The team begins new ones here."""
    edits = request.user.has_perm("annual.edit_report")
    readable = Q(reports__published_at__isnull=False)
    if not request.user.has_perm("annual.read_management_report"):
        readable &= Q(reports__audience=Audience.PUBLIC)
    cycles = AnnualCycle.objects.order_by("-year")
    if not edits:
        cycles = cycles.filter(readable).distinct()
    page = Paginator(cycles, YEARS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "years": _years(request, page.object_list), "edits": edits}
    return render(request, "annual/report_list.html", context)


def _years(request: HttpRequest, cycles: Any) -> list[dict[str, Any]]:
    """Each with its report for everybody and the one for management, or None."""
    sees_all = request.user.has_perm("annual.read_management_report")
    edits = request.user.has_perm("annual.edit_report")
    rows = AnnualReport.objects.filter(cycle__in=list(cycles)).select_related("cycle")
    if not edits:
        rows = rows.filter(published_at__isnull=False)
    found = {
        (report.cycle_id, report.audience): report
        for report in rows.without_content()
        if report.is_public or sees_all
    }
    return [
        {
            "cycle": cycle,
            "kinds": [
                (audience, found.get((cycle.pk, audience)))
                for audience in (Audience.PUBLIC, Audience.MANAGEMENT)
                if edits or (cycle.pk, audience) in found
            ],
        }
        for cycle in cycles
    ]


@login_not_required
@require_GET
def report_public(request: HttpRequest, year: int) -> HttpResponse:
    report = _published(year)
    stands = standing(report.published)
    context = {
        **reading(report, stands.shown),
        "file": _file(report) if stands.is_whole else None,
        "edits": request.user.has_perm("annual.edit_report"),
    }
    return render(request, "annual/report_public.html", context)


def _published(year: int) -> AnnualReport:
    return get_object_or_404(
        AnnualReport.objects.for_everybody().defer("numbers"), cycle__year=year
    )


def reading(report: AnnualReport, shown: Facts) -> dict[str, Any]:
    """What the pages of a report show: the text, and the drawings that are ready."""
    body = report_document.body(shown)
    keys = [
        report_document.chart_key(drawing) for section in body for drawing in section["drawings"]
    ]
    charts = {chart.key: chart for chart in Chart.objects.filter(key__in=keys)}
    for section in body:
        section["drawings"] = [
            {**drawing, "chart": charts.get(report_document.chart_key(drawing))}
            for drawing in section["drawings"]
        ]
    return {
        "report": report,
        "shown": shown,
        "lead": report_document.lead(shown),
        "body": body,
    }


def _file(report: AnnualReport) -> AnnualReportFile | None:
    """The PDF of what is published, when a worker has made it."""
    files = report.files.without_content().defer("snapshot").ready()
    return files.filter(number=report.published["version"]).first()


@login_not_required
@require_GET
def report_ideas(request: HttpRequest, year: int) -> HttpResponse:
    """«Hva ble det av ideene», idea by idea."""
    report = _published(year)
    shown = standing(report.published).shown
    section = next((each for each in shown["sections"] if each["key"] == "outcomes"), None)
    if section is None:
        raise Http404
    page = Paginator(section["outcomes"], PER_PAGE).get_page(request.GET.get("page"))
    hidden = section["not_shown"]
    context = {"report": report, "section": section, "page": page, "not_shown": hidden}
    return render(request, "annual/report_ideas.html", context)


@require_GET
def report_management(request: HttpRequest, year: int, audience: Audience) -> HttpResponse:
    """Management's. The one for everybody has an address of its own."""
    if audience == Audience.PUBLIC:
        return redirect("annual:public", year)
    report = _for_management(request, year)
    context = {
        **reading(report, report.published),
        "file": _file(report),
        "edits": request.user.has_perm("annual.edit_report"),
    }
    return render(request, "annual/report_management.html", context)


def _for_management(request: HttpRequest, year: int) -> AnnualReport:
    return get_permitted(
        request.user,
        "annual.read_management_report",
        AnnualReport.objects.select_related("cycle").defer("numbers"),
        cycle__year=year,
        audience=Audience.MANAGEMENT,
        published_at__isnull=False,
    )


@login_not_required
@require_GET
def report_public_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """Not handed out when it says more than everybody may read now."""
    report = _published(year)
    stands: Standing = standing(report.published)
    if not stands.is_whole:
        raise Http404
    return _download(report)


@require_GET
def report_management_pdf(request: HttpRequest, year: int, audience: Audience) -> HttpResponse:
    if audience == Audience.PUBLIC:
        return redirect("annual:public-pdf", year)
    return _download(_for_management(request, year))


def _download(report: AnnualReport) -> HttpResponse:
    file = _file(report)
    if file is None:
        raise Http404
    return pdf_response(file)


def pdf_response(file: AnnualReportFile) -> HttpResponse:
    name = f"{slugify(file.report.title)}-{file.number}.pdf"
    return attachment(bytes(file.content), filename=name, content_type="application/pdf")
