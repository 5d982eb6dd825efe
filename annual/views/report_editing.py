"""The annual report as the team writes it: drafted, edited, looked through, published."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseStopPolling, reswap, retarget, trigger_client_event

from annual import report as reporting
from annual import report_document
from annual.actions import reports as actions
from annual.forms.reports import PublishForm, ReportSectionForm
from annual.models import AnnualReport, AnnualReportFile, Audience, ReportSection
from annual.report import standing
from annual.views.reports import pdf_response, reading
from core.access import get_permitted, require_perm
from municipality.models import AnnualCycle

SAVED = "kept:saved"  # tells the page's script that it may forget what it keeps
FILES_SHOWN = 10


def _report(request: HttpRequest, year: int, audience: Audience) -> AnnualReport:
    rows = AnnualReport.objects.select_related("cycle", "published_by", "edited_by")
    return get_permitted(
        request.user, "annual.edit_report", rows, cycle__year=year, audience=audience
    )


def _section(report: AnnualReport, key: str, *, lock: bool = False) -> ReportSection:
    rows = ReportSection.objects.select_related("edited_by")
    if lock:
        rows = rows.select_for_update(of=("self",))
    section = get_object_or_404(rows, report=report, key=key)
    section.report = report
    return section


def _to_edit(report: AnnualReport) -> HttpResponse:
    return redirect("annual:edit", report.cycle.year, report.audience)


@require_POST
def report_begin(request: HttpRequest, year: int, audience: Audience) -> HttpResponse:
    require_perm(request.user, "annual.edit_report")
    cycle = get_object_or_404(AnnualCycle, year=year)
    report = actions.begin_report(cycle, audience, by=request.user, at=timezone.now())
    return _to_edit(report)


@require_GET
def report_edit(request: HttpRequest, year: int, audience: Audience) -> HttpResponse:
    """Its parts, whether it is published, and its files."""
    report = _report(request, year, audience)
    context = {"report": report, **_files(report)}
    if request.htmx:
        fragment = render(request, "annual/report_edit.html#files", context)
        return fragment if context["underway"] else HttpResponseStopPolling(fragment.content)
    context["sections"] = report.sections.defer("generated", "text").with_state()
    context["is_whole"] = not report.is_published or _is_whole(report)
    context["changed"] = report.is_published and _is_changed(report)
    return render(request, "annual/report_edit.html", context)


def _files(report: AnnualReport) -> dict[str, Any]:
    files = list(report.files.without_content().defer("snapshot")[:FILES_SHOWN])
    return {"files": files, "underway": any(file.is_underway for file in files)}


def _is_whole(report: AnnualReport) -> bool:
    return not report.is_public or standing(report.published).is_whole


def _is_changed(report: AnnualReport) -> bool:
    """The draft says something else than what is published."""
    draft = report_document.content(report, report.sections.all())
    return {**draft, "version": report.published["version"]} != report.published


@transaction.atomic
def report_section(request: HttpRequest, year: int, audience: Audience, key: str) -> HttpResponse:
    """One section. Saves by itself with htmx, and with its button without."""
    report = _report(request, year, audience)
    section = _section(report, key, lock=request.method == "POST")
    form = ReportSectionForm(request.POST or None, instance=section)
    if not form.is_valid():
        return _show(request, form)
    actions.save_report_section(form.instance, by=request.user)
    if request.htmx:
        context = {"report": report, "section": form.instance, "form": form, "is_swap": True}
        response = render(request, "annual/report_section.html#saved", context)
        return trigger_client_event(response, SAVED)
    messages.success(request, _("«{name}» er lagret.").format(name=section.heading))
    return redirect("annual:section", year, audience, key)


def _show(request: HttpRequest, form: ReportSectionForm) -> HttpResponse:
    section = form.instance
    report = section.report
    context = {"report": report, "section": section, "form": form}
    if request.htmx:
        page = render(request, "annual/report_section.html#form", {**context, "is_swap": True})
        return reswap(retarget(page, "#skjema"), "outerHTML")
    sections = list(report.sections.defer("generated", "text").with_state())
    place = [each.pk for each in sections].index(section.pk)
    shown = reading(report, report_document.content(report, [section]))
    context |= {
        "sections": sections,
        "follows": next(iter(shown["body"]), None),
        "before": sections[place - 1] if place else None,
        "after": sections[place + 1] if place + 1 < len(sections) else None,
    }
    return render(request, "annual/report_section.html", context)


@require_POST
def report_section_restore(
    request: HttpRequest, year: int, audience: Audience, key: str
) -> HttpResponse:
    report = _report(request, year, audience)
    actions.restore_report_section(_section(report, key), by=request.user)
    messages.success(request, _("Den genererte teksten er tatt i bruk."))
    return redirect("annual:section", year, audience, key)


@require_POST
def report_section_leave_out(
    request: HttpRequest, year: int, audience: Audience, key: str
) -> HttpResponse:
    """Out with `leave_out=1`, in again without."""
    report = _report(request, year, audience)
    section = _section(report, key)
    is_left_out = "leave_out" in request.POST
    actions.leave_out_report_section(section, is_left_out=is_left_out, by=request.user)
    words = _("«{name}» er utelatt.") if is_left_out else _("«{name}» er med igjen.")
    messages.success(request, words.format(name=section.heading))
    return redirect("annual:section", year, audience, key)


def report_numbers(request: HttpRequest, year: int, audience: Audience) -> HttpResponse:
    """Which numbers have changed since they were fetched; fetched again when asked."""
    report = _report(request, year, audience)
    if request.method == "POST":
        actions.fetch_numbers(report, by=request.user, at=timezone.now())
        messages.success(request, _("Tallene er hentet på nytt."))
        return _to_edit(report)
    now = reporting.gather(report.cycle, Audience(report.audience))
    own = [section for section in report.sections.all() if not section.is_as_generated]
    context = {"report": report, "changes": reporting.changes(report.numbers, now), "own": own}
    return render(request, "annual/report_numbers.html", context)


@require_GET
def report_preview(request: HttpRequest, year: int, audience: Audience) -> HttpResponse:
    """The draft of this moment, as it will be read."""
    report = _report(request, year, audience)
    shown = report_document.content(report, report.sections.all())
    context = {**reading(report, shown), "is_preview": True}
    page = "public" if report.is_public else "management"
    return render(request, f"annual/report_{page}.html", context)


def report_publish(request: HttpRequest, year: int, audience: Audience) -> HttpResponse:
    report = _report(request, year, audience)
    form = PublishForm(request.POST or None, initial={"version": actions.draft_version(report)})
    if form.is_valid():
        actions.publish_report(report, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Rapporten er publisert. PDF-en lages nå."))
        return redirect(report)
    context = {
        "report": report,
        "form": form,
        "sections": report.sections.defer("generated", "text").with_state(),
    }
    return render(request, "annual/report_publish.html", context)


def report_unpublish(request: HttpRequest, year: int, audience: Audience) -> HttpResponse:
    report = _report(request, year, audience)
    if request.method == "POST":
        actions.unpublish_report(report, by=request.user)
        messages.success(request, _("Rapporten er ikke publisert lenger."))
        return _to_edit(report)
    if not report.is_published:
        return _to_edit(report)
    return render(request, "annual/report_unpublish.html", {"report": report})


@require_POST
def report_file_make(request: HttpRequest, year: int, audience: Audience) -> HttpResponse:
    report = _report(request, year, audience)
    actions.make_draft_report_file(report, by=request.user)
    messages.success(request, _("PDF-en lages nå. Det tar noen sekunder."))
    return _to_edit(report)


def _file(request: HttpRequest, pk: int) -> AnnualReportFile:
    rows = AnnualReportFile.objects.select_related("report__cycle")
    return get_permitted(request.user, "annual.edit_report", rows, pk=pk)


@require_POST
def report_file_retry(request: HttpRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    actions.try_report_file_again(file, by=request.user)
    return _to_edit(file.report)


@require_GET
def report_file_download(request: HttpRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    if not file.is_ready:
        raise Http404
    return pdf_response(file)
