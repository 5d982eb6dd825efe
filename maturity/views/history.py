"""Earlier years: a workbook out, the filled-in one in, what it holds, and yes. Or away again."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.db.models import F, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import require_perm
from core.formatting import listed
from core.imports import get_staged, stage
from core.models import StagedImport
from core.responses import attachment
from core.workbook_writing import CONTENT_TYPE
from core.workbooks import CellFault
from maturity.actions import history as actions
from maturity.forms.history import HistoryForm, YearsForm
from maturity.history.reading import read_years
from maturity.history.writing import template
from maturity.history.years import Known, PastLevel, PastYear
from maturity.models import AssessmentSource, Instrument
from municipality.models import AnnualCycle, Municipality

KIND = "maturity-history"
PERM = "maturity.manage_assessments"


def history(request: HttpRequest) -> HttpResponse:
    """The years that are here, and where more are read in."""
    require_perm(request.user, PERM)
    is_sent = request.method == "POST"
    form = HistoryForm(request.POST, request.FILES) if is_sent else HistoryForm()
    faults: list[CellFault] = []
    if form.is_valid():
        book = form.cleaned_data["file"]
        years, faults = read_years(book, Known.load(timezone.localdate()))
        if not faults:
            staged = stage(
                KIND,
                payload={"years": [past.as_json() for past in years]},
                file_name=book.file_name,
                by=request.user,
            )
            return redirect("maturity:history-preview", token=staged.token)
    context = {"form": form, "faults": faults, "read_in": _read_in_years()}
    return render(request, "maturity/history.html", context)


def _read_in_years() -> QuerySet[AnnualCycle]:
    cycles = AnnualCycle.objects.filter(assessments__source=AssessmentSource.IMPORTED)
    return cycles.select_related("measurement_round__instrument").distinct().order_by("-year")


@require_GET
def history_template(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, PERM)
    now = timezone.now()
    content = template(
        Known.load(timezone.localdate(now)), creator=Municipality.load().name, made_at=now
    )
    return attachment(content, filename=_("tidligere-malinger.xlsx"), content_type=CONTENT_TYPE)


def history_preview(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """The years of a file, level by level. Nothing is saved before it is confirmed."""
    require_perm(request.user, PERM)
    staged = get_staged(KIND, token, by=request.user)
    years = [PastYear.from_json(each) for each in staged.payload["years"]]
    form = YearsForm(request.POST or None, years=years, instruments=_used_instruments())
    if not form.is_valid():
        return _show_preview(request, staged, years, form)
    actions.read_in(
        form.chosen(),
        scale=form.cleaned_data["scale"],
        staged=staged,
        by=request.user,
        on=timezone.localdate(),
    )
    names = listed([str(past.year) for past in years])
    messages.success(request, _("Lest inn: {years}.").format(years=names))
    return redirect("maturity:history")


def _used_instruments() -> list[Instrument]:
    """Versions that somebody has answered, or soon will, the one used first before the others."""
    used = Q(frozen_at__isnull=False) | Q(is_current=True)
    found = Instrument.objects.filter(used).annotate(first_used=Min("rounds__cycle__year"))
    by_age = found.order_by(F("first_used").asc(nulls_last=True), "pk")
    return list(by_age.prefetch_related("areas"))


@dataclass(frozen=True)
class _SectorRow:
    name: str
    staff: Decimal | None
    levels: list[PastLevel | None]


@dataclass(frozen=True)
class _YearTable:
    past: PastYear
    areas: list[str]
    rows: list[_SectorRow]
    reasons: list[tuple[str, str, PastLevel]]


def _show_preview(
    request: HttpRequest, staged: StagedImport, years: Sequence[PastYear], form: YearsForm
) -> HttpResponse:
    known = Known.load(timezone.localdate())
    context = {
        "staged": staged,
        "form": form,
        "years": [(_table(past, known), form.version(past)) for past in years],
    }
    return render(request, "maturity/history_preview.html", context)


def _table(past: PastYear, known: Known) -> _YearTable:
    areas = [code for code in known.areas if code in past.areas]
    name = {**{code: code for code in past.sectors}, **known.sectors}
    rows = [
        _SectorRow(
            name=name[code],
            staff=past.staff.get(code),
            levels=[past.of_sector(code).get(area) for area in areas],
        )
        for code in past.sectors
    ]
    reasons = [
        (name[level.sector], known.areas[level.area], level)
        for level in past.levels
        if level.reason
    ]
    return _YearTable(past, [known.areas[code] for code in areas], rows, reasons)


def history_remove(request: HttpRequest, year: int) -> HttpResponse:
    """Take back a year that was read in, after a question."""
    require_perm(request.user, PERM)
    cycle = get_object_or_404(_read_in_years(), year=year)
    if request.method == "POST":
        actions.remove_year(cycle, by=request.user)
        messages.success(request, _("{year} er fjernet.").format(year=year))
        return redirect("maturity:history")
    context = {"cycle": cycle, "is_built_on": actions.built_on(cycle)}
    return render(request, "maturity/history_remove.html", context)
