"""The end of the year: what is left to do, closing, what was frozen, opening again."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from annual import closing, frozen_files
from annual.actions import closing as actions
from annual.carrying import carried_over
from annual.forms.closing import ClosingForm, ReopeningForm
from annual.models import ClosedYear, FrozenKind
from core.access import require_perm
from core.responses import attachment
from municipality.models import AnnualCycle

CLOSE = "annual.close_year"


def year_close(request: HttpRequest, year: int) -> HttpResponse:
    """What is left, what can be left with a reason, what closing means, and closing."""
    require_perm(request.user, CLOSE)
    cycle = _cycle(year)
    if cycle.is_closed:
        return redirect("annual:closed", year=year)
    today = timezone.localdate()
    checks = closing.checklist(cycle, on=today)
    lacking = [check for check in checks if not check.is_solved]
    unsolved = [check for check in lacking if not check.is_waivable]
    waivable = [check for check in lacking if check.is_waivable]
    form = ClosingForm(request.POST or None, waivable=waivable)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        reasons, note = form.reasons(), form.cleaned_data["note"]
        actions.close_year(cycle, reasons=reasons, note=note, by=request.user, at=now, on=today)
        told = _("{year} er lukket, og resultatene er frosset.")
        messages.success(request, told.format(year=year))
        return redirect("annual:closed", year=year)
    context = {
        "cycle": cycle,
        "checks": checks,
        "unsolved": unsolved,
        "waivable": waivable,
        "form": form,
        "carried": carried_over(cycle, user=request.user),
    }
    return render(request, "annual/closing.html", context)


def _cycle(year: int) -> AnnualCycle:
    return get_object_or_404(AnnualCycle.objects.prefetch_related("phases"), year=year)


@require_GET
def year_closed(request: HttpRequest, year: int) -> HttpResponse:
    """What was frozen of a year. Of one that is open: what it has got from the one before."""
    require_perm(request.user, "annual.view_closed_year")
    cycle = _cycle(year)
    found = ClosedYear.objects.filter(cycle=cycle).select_related("cycle", "by", "reopened_by")
    closed = found.first()
    context: dict[str, Any] = {
        "cycle": cycle,
        "closed": closed,
        "years": AnnualCycle.objects.exclude(pk=cycle.pk).order_by("-year"),
        "can_close": request.user.has_perm(CLOSE),
        "can_forward": request.user.has_perm("ideas.handle_all_ideas"),
    }
    if closed is None or not cycle.is_closed:
        before = AnnualCycle.objects.filter(year=year - 1).first()
        context["carried"] = carried_over(before, user=request.user) if before else None
        return render(request, "annual/open_year.html", context)
    context |= {
        "counts": _counts(closed),
        "waivers": closed.waivers.all(),
        "is_last": not AnnualCycle.objects.filter(year__gt=year).exists(),
        "can_reopen": request.user.has_perm("annual.reopen_year"),
    }
    return render(request, "annual/closed.html", context)


def _counts(closed: ClosedYear) -> list[tuple[str, int]]:
    """How many rows of each kind, in the order of the year."""
    rows = closed.rows.order_by().values_list("kind").annotate(Count("pk"))
    found = dict(rows)
    return [(str(kind.label), found[kind]) for kind in FrozenKind if kind in found]


@require_POST
def year_recount(request: HttpRequest, year: int) -> HttpResponse:
    require_perm(request.user, CLOSE)
    closed = actions.recount(_standing(year), by=request.user, at=timezone.now())
    if closed.recounted["differences"] or not closed.recounted["is_sealed"]:
        messages.warning(request, _("Noe ble annerledes da vi regnet på nytt. Se hva under."))
    else:
        messages.success(request, _("Regnet ut på nytt. Alt er likt."))
    return redirect("annual:closed", year=year)


def year_reopen(request: HttpRequest, year: int) -> HttpResponse:
    require_perm(request.user, "annual.reopen_year")
    closed = _standing(year)
    form = ReopeningForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.reopen_year(closed, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, _("{year} er åpnet igjen.").format(year=year))
        return redirect("annual:closing", year=year)
    return render(request, "annual/reopen.html", {"closed": closed, "form": form})


def _standing(year: int) -> ClosedYear:
    rows = ClosedYear.objects.standing().select_related("cycle", "by")
    return get_object_or_404(rows, cycle__year=year)


@require_GET
def frozen(request: HttpRequest, year: int, kind: str) -> HttpResponse | StreamingHttpResponse:
    """The frozen rows to keep: the lines that are sealed, or all of it with tables."""
    require_perm(request.user, "annual.view_closed_year")
    closed = _standing(year)
    name = frozen_files.lines_name(closed)
    if kind == "zip":
        return attachment(
            frozen_files.zip_file(closed),
            filename=name.replace(".jsonl", ".zip"),
            content_type="application/zip",
        )
    if kind != "jsonl":
        raise Http404
    return StreamingHttpResponse(
        frozen_files.lines_file(closed),
        content_type="application/x-ndjson",
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "X-Content-Type-Options": "nosniff",
        },
    )
