"""The portfolio of benefits as files: a workbook at once or by a worker, an overview as PDF."""

import io

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseStopPolling

from benefits.actions.portfolio import request_overview, request_workbook, try_file_again
from benefits.filters import PortfolioFilter
from benefits.models import PortfolioFile, PortfolioFileKind
from benefits.portfolio_workbook import write_portfolio
from benefits.views.portfolio import asked_filters, filtered
from core.access import get_permitted
from core.responses import attachment
from core.workbook_writing import CONTENT_TYPE
from municipality.models import Municipality

AT_ONCE = 500  # benefits; more than these are written by a worker
FILES_SHOWN = 10


@require_GET
def portfolio_export(request: HttpRequest) -> HttpResponse:
    """The workbook. Of very many benefits it is asked for on the page of files instead."""
    found = filtered(request)
    if found.qs.order_by()[: AT_ONCE + 1].count() > AT_ONCE:
        return redirect(_files(request))
    made, now = io.BytesIO(), timezone.now()
    write_portfolio(
        found.qs, made, through=found.until, creator=Municipality.load().name, made_at=now
    )
    name = _("gevinster-{day}.xlsx").format(day=timezone.localdate(now).isoformat())
    return attachment(made.getvalue(), filename=name, content_type=CONTENT_TYPE)


def _files(request: HttpRequest) -> str:
    return f"{reverse('benefits:portfolio-files')}?{asked_filters(request)}"


def portfolio_files(request: HttpRequest) -> HttpResponse:
    """Ask for a file of what the page is narrowed down to, and see how far it has come."""
    found = filtered(request)
    if request.method == "POST":
        return _ask_for(request, found)
    files = list(PortfolioFile.objects.of(request.user)[:FILES_SHOWN])
    underway = any(file.is_underway for file in files)
    context = {
        "files": files,
        "underway": underway,
        "narrowed": _in_words(found),
        "count": found.qs.order_by().count(),
        "asked": asked_filters(request),
        "kept_days": PortfolioFile.KEPT_DAYS,
    }
    if not request.htmx:
        return render(request, "benefits/portfolio_files.html", context)
    fragment = render(request, "benefits/portfolio_files.html#files", context)
    return fragment if underway else HttpResponseStopPolling(fragment.content)


def _ask_for(request: HttpRequest, found: PortfolioFilter) -> HttpResponse:
    if request.POST.get("kind") == PortfolioFileKind.WORKBOOK:
        request_workbook(found.qs, through=found.until, by=request.user)
    else:
        request_overview(found.qs, through=found.until, narrowed=_in_words(found), by=request.user)
    messages.success(request, _("Filen lages nå. Det tar noen sekunder."))
    return redirect(_files(request))


def _in_words(found: PortfolioFilter) -> str:
    """«Sektor: NAV. Type: Kvalitet.», or nothing when all is asked for."""
    return " ".join(f"{each.words}." for each in found.chosen())


def _own(request: HttpRequest, pk: int) -> PortfolioFile:
    return get_permitted(request.user, "benefits.use_portfolio_file", PortfolioFile, pk=pk)


@require_POST
def file_retry(request: HttpRequest, pk: int) -> HttpResponse:
    try_file_again(_own(request, pk))
    return redirect("benefits:portfolio-files")


@require_GET
def file_download(request: HttpRequest, pk: int) -> HttpResponse:
    file = _own(request, pk)
    if not file.is_ready:
        raise Http404
    day = timezone.localdate(file.created_at).isoformat()
    name = slugify(_("Gevinster {day}").format(day=day))
    if file.is_workbook:
        name, content_type = f"{name}.xlsx", CONTENT_TYPE
    else:
        name, content_type = f"{name}.pdf", "application/pdf"
    return attachment(bytes(file.content), filename=name, content_type=content_type)
