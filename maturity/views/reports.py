"""The report of a year: the newest, how far it has come, and the versions before it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseStopPolling

from core.access import require_perm
from core.responses import attachment
from core.workbook_writing import CONTENT_TYPE
from maturity import actions, report_workbook, results
from maturity.models import Report
from maturity.views.scope import year_asked_for
from municipality.models import AnnualCycle

VERSIONS_SHOWN = 20


def _address(year: int) -> str:
    return f"{reverse('maturity:report')}?ar={year}"


@login_not_required
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """The newest year's, or the one `?ar=` asks for. htmx asks for #status while it is made."""
    measured = results.measured_years()
    cycle = year_asked_for(request) or next(iter(measured), None)
    versions = list(Report.objects.of_year(cycle)[:VERSIONS_SHOWN]) if cycle else []
    context = {
        "cycle": cycle,
        "measured": measured,
        "has_result": cycle in measured,
        "newest": versions[0] if versions else None,
        "ready": [each for each in versions if each.is_ready],
        "can_manage": request.user.has_perm("maturity.manage_assessments"),
    }
    if not request.htmx:
        return render(request, "maturity/report.html", context)
    fragment = render(request, "maturity/report.html#status", context)
    underway = context["newest"] and context["newest"].is_underway
    return fragment if underway else HttpResponseStopPolling(fragment.content)


@require_POST
def report_make(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, "maturity.manage_assessments")
    cycle = get_object_or_404(AnnualCycle, year=_year(request.POST.get("year", "")))
    actions.request_report(cycle, by=request.user)
    messages.success(request, _("Rapporten lages nå. Det tar noen sekunder."))
    return redirect(_address(cycle.year))


def _year(text: str) -> int:
    if not text.isdecimal() or len(text) != len("2026"):
        raise Http404
    return int(text)


@require_POST
def report_retry(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, "maturity.manage_assessments")
    found = get_object_or_404(Report.objects.select_related("cycle").without_content(), pk=pk)
    actions.try_report_again(found, by=request.user)
    return redirect(_address(found.cycle.year))


def _ready(pk: int) -> Report:
    return get_object_or_404(Report.objects.ready().select_related("cycle"), pk=pk)


@login_not_required
@require_GET
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    found = _ready(pk)
    return attachment(
        bytes(found.content), filename=f"{_name(found)}.pdf", content_type="application/pdf"
    )


@login_not_required
@require_GET
def report_excel(request: HttpRequest, pk: int) -> HttpResponse:
    found = _ready(pk)
    content = report_workbook.report_workbook(found.snapshot, made_at=found.created_at)
    return attachment(content, filename=f"{_name(found)}.xlsx", content_type=CONTENT_TYPE)


def _name(found: Report) -> str:
    return slugify(
        _("digital modenhet {year} versjon {number}").format(
            year=found.cycle.year, number=found.number
        )
    )
