"""The monthly status: all months, one month, and the one that is being written."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import (
    HttpResponseClientRedirect,
    HttpResponseStopPolling,
    reswap,
    retarget,
    trigger_client_event,
)

from core.access import get_permitted
from core.models import Chart
from core.responses import attachment
from projects import actions, lights, monthly, status_document
from projects.deviations import agreed_for, forecast_in, limits_of
from projects.forms.reports import StatusForm
from projects.models import Dimension, Project, ReportFile, StatusReport
from projects.tolerances import outside

SAVED = "kept:saved"  # tells the page's script that it may forget what it keeps
PEOPLE = ("owner", "manager", "benefit_lead")


def _inside(request: HttpRequest, pk: int) -> Project:
    projects = Project.objects.select_related(*PEOPLE)
    return get_permitted(request.user, "projects.view_project_inside", projects, pk=pk)


def _month(text: str) -> dt.date:
    """«2026-10» as the first of the month."""
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Http404 from error


@require_GET
def report_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Every month with its lights, which are missing, and where the money is heading."""
    project = _inside(request, pk)
    today = timezone.localdate()
    months = monthly.months(project, on=today)
    may_write = request.user.has_perm("projects.report_status", project)
    latest = next((month.report for month in months if month.report and month.is_sent), None)
    context = {
        "project": project,
        "here": _("Status"),
        "months": [(month, _in_columns(month.report)) for month in months],
        "dimensions": list(Dimension),
        "latest": latest,
        "story": lights.story(latest.dimensions.all()) if latest else "",
        "to_write": monthly.to_write(project, on=today) if may_write else None,
        "may_write": may_write,
        "chart": Chart.objects.filter(key=actions.forecast_key(project)).first(),
        "agreed": agreed_for(project),
        "deviations": project.deviations.select_related("report", "answered_by"),
    }
    return render(request, "projects/report_list.html", context)


def _in_columns(report: StatusReport | None) -> list[Any]:
    """The five of a sent report in their order; a draft is nobody else's business yet."""
    if report is None or not report.is_sent:
        return []
    return [line.now for line in monthly.lines(report, None)]


@require_GET
def report(request: HttpRequest, pk: int, month: str) -> HttpResponse:
    """One sent month with the one before beside it, and how far its PDF has come."""
    project = _inside(request, pk)
    found = monthly.report_of(project, _month(month))
    if found is None or not found.is_sent:
        return _to_writing(request, project, month)
    file = ReportFile.objects.without_content().defer("snapshot").filter(report=found).first()
    context = {"project": project, "report": found, "file": file}
    if request.htmx:
        fragment = render(request, "projects/report.html#file", context)
        is_underway = file is not None and file.is_underway
        return fragment if is_underway else HttpResponseStopPolling(fragment.content)
    return render(request, "projects/report.html", {**context, **_told(project, found)})


def _to_writing(request: HttpRequest, project: Project, month: str) -> HttpResponse:
    """What is not sent is seen by those who write it."""
    is_open = monthly.can_be_written(project, _month(month), on=timezone.localdate())
    if not is_open or not request.user.has_perm("projects.report_status", project):
        raise Http404
    return redirect("projects:report-write", project.pk, month)


def _told(project: Project, found: StatusReport) -> dict[str, Any]:
    last = monthly.before(project, found.month)
    return {
        "here": _("Status for {month}").format(month=found.month_name),
        "last": last,
        "lines": monthly.lines(found, last),
        "numbers": status_document.numbers(found, last),
        "story": lights.story(found.dimensions.all()),
        "deviations": found.deviations.order_by("pk"),
    }


@transaction.atomic
def report_write(request: HttpRequest, pk: int, month: str) -> HttpResponse:
    """A draft that saves itself with htmx, and with its button without; then it is sent, once."""
    locked = Project.objects.select_for_update(of=("self",)).select_related(*PEOPLE)
    project = get_permitted(request.user, "projects.report_status", locked, pk=pk)
    first = _month(month)
    stored = monthly.report_of(project, first)
    if stored is not None and stored.is_sent and _is_done(request, stored):
        return _go(request, stored.get_absolute_url())
    today = timezone.localdate()
    if request.method == "POST":
        actions.require_writable(project, first, on=today)
    elif not monthly.can_be_written(project, first, on=today):
        raise Http404
    last = monthly.before(project, first)
    instance = stored or monthly.begun(project, first, last=last)
    is_sending = "send" in request.POST
    form = StatusForm(request.POST or None, instance=instance, last=last, is_sending=is_sending)
    if not form.is_valid():
        return _show(request, form, project)
    if is_sending:
        return _sent(request, form)
    actions.keep_report(form.instance, form.said(), by=request.user)
    return _kept(request, project, first)


def _is_done(request: HttpRequest, stored: StatusReport) -> bool:
    """It is only to be read, or the same person sent it a moment ago."""
    return request.method == "GET" or stored.sent_by_id == request.user.pk


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if not request.htmx:
        return redirect(url)
    return trigger_client_event(HttpResponseClientRedirect(url), SAVED)


def _show(request: HttpRequest, form: StatusForm, project: Project) -> HttpResponse:
    context = {
        "project": project,
        "here": _("Status for {month}").format(month=form.instance.month_name),
        "form": form,
        "report": form.instance,
        "last": form.last,
        "known": monthly.known_of(project),
        "changed": monthly.changed(form.instance, form.last),
        "tolerances": list(project.tolerances.all()),
        "agreed": agreed_for(project),
    }
    if request.htmx:
        page = render(request, "projects/report_form.html", {**context, "is_swap": True})
        return reswap(retarget(page, "#status-skjema"), "outerHTML")
    return render(request, "projects/report_write.html", context)


def _kept(request: HttpRequest, project: Project, month: dt.date) -> HttpResponse:
    """When it was saved, and what is new since last month."""
    if not request.htmx:
        messages.success(request, _("Utkastet er lagret. Det er ikke sendt."))
        return redirect("projects:report-write", project.pk, f"{month:%Y-%m}")
    saved = monthly.report_of(project, month)
    last = monthly.before(project, month)
    assert saved is not None
    context = {
        "report": saved,
        "form": StatusForm(instance=saved, last=last),
        "marked": [*Dimension.values, *monthly.NUMBERS],
        "changed": monthly.changed(saved, last),
        "warning": _warning(project, saved),
        "is_new": True,
    }
    return trigger_client_event(render(request, "projects/report_saved.html", context), SAVED)


def _warning(project: Project, report: StatusReport) -> str:
    """What sending it would put before the owner."""
    limits = limits_of(project.tolerances.all())
    found = outside(agreed_for(project), forecast_in(report), limits)
    if not found:
        return ""
    return ngettext(
        "Én prognose er utenfor toleransen. Eieren får et avvik å ta stilling til.",
        "{count} prognoser er utenfor toleransen. Eieren får avvik å ta stilling til.",
        len(found),
    ).format(count=len(found))


def _sent(request: HttpRequest, form: StatusForm) -> HttpResponse:
    raised = actions.send_report(form.instance, form.said(), by=request.user, at=timezone.now())
    sent = _("Status for {month} er sendt.").format(month=form.instance.month_name)
    if raised:
        sent += " " + _("Eieren har fått {count} avvik å svare på.").format(count=len(raised))
    messages.success(request, sent)
    return _go(request, form.instance.get_absolute_url())


def _file(request: HttpRequest, pk: int, month: str, *, with_content: bool) -> ReportFile:
    project = _inside(request, pk)
    rows = ReportFile.objects.select_related("report__project").defer("snapshot")
    rows = rows if with_content else rows.defer("snapshot", "content")
    return get_object_or_404(rows, report__project=project, report__month=_month(month))


@require_GET
def report_pdf(request: HttpRequest, pk: int, month: str) -> HttpResponse:
    file = _file(request, pk, month, with_content=True)
    if not file.is_ready or file.content is None:
        raise Http404
    name = slugify(f"status {month} {file.report.project}")
    return attachment(bytes(file.content), filename=f"{name}.pdf", content_type="application/pdf")


@require_POST
def report_retry(request: HttpRequest, pk: int, month: str) -> HttpResponse:
    """One more try at a PDF that failed."""
    get_permitted(request.user, "projects.report_status", Project, pk=pk)
    file = _file(request, pk, month, with_content=False)
    actions.try_report_file_again(file, by=request.user)
    return redirect(reverse("projects:report", args=[pk, month]) + "#fil")
