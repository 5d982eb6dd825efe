"""Our result beside others', and the team's reading in of what others have shared."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core import imports
from core.access import require_perm
from core.models import Chart
from maturity import comparison, results
from maturity.actions import benchmarks
from maturity.exchange import checking, ours
from maturity.exchange.document import Document
from maturity.forms.exchange import BenchmarkConfirmForm, BenchmarkUploadForm
from maturity.models import Area, Benchmark
from maturity.views.scope import year_asked_for
from municipality.models import Municipality

KIND = "benchmark"
PER_PAGE = 25
MOST_FAULTS = 50  # on the page: whoever has more has the same one many times


@login_not_required
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The newest year with a result beside others, or the one `?ar=` asks for."""
    years = ours.years()
    cycle = year_asked_for(request)
    year = cycle.year if cycle else years[0].year if years else 0
    history = results.read(since=year, until=year)
    found = comparison.of_year(history, history.years[0]) if history.years else None
    others = Paginator(found.others if found else [], PER_PAGE)
    key = benchmarks.comparison_key(year)
    context = {
        "year": year,
        "years": years,
        "comparison": found,
        "page": others.get_page(request.GET.get("page")),
        "chart": Chart.objects.filter(key=key).first() if found and found.has_enough else None,
        "can_manage": request.user.has_perm("maturity.manage_assessments"),
    }
    return render(request, "maturity/comparison.html", context)


def read_in(request: HttpRequest) -> HttpResponse:
    """Choose a file. Nothing is kept of it before it has been shown and confirmed."""
    require_perm(request.user, "maturity.manage_assessments")
    form = BenchmarkUploadForm(request.POST or None, request.FILES or None)
    context = {"form": form, "file_name": _file_name(request), "page": _kept(request)}
    if not form.is_valid():
        return render(request, "maturity/benchmark_read_in.html", context)
    try:
        document = checking.check(form.cleaned_data["file"], _known())
    except checking.InvalidFile as invalid:
        faults = {"faults": invalid.faults[:MOST_FAULTS], "fault_count": len(invalid.faults)}
        return render(request, "maturity/benchmark_read_in.html", context | faults)
    staged = imports.stage(
        KIND,
        payload={
            "document": document.as_json() | {"områder": []},
            "keys": sorted(document.keys()),
            "source": form.cleaned_data["source"],
        },
        file_name=_file_name(request),
        by=request.user,
    )
    return redirect("maturity:benchmark-preview", token=staged.token)


def _file_name(request: HttpRequest) -> str:
    upload = request.FILES.get("file")
    return (upload.name or "") if upload else ""


def _kept(request: HttpRequest) -> object:
    kept = Benchmark.objects.select_related("imported_by").order_by(
        "municipality_name", "-year", "pk"
    )
    return Paginator(kept, PER_PAGE).get_page(request.GET.get("page"))


def _known() -> checking.Known:
    """Areas under their code and under the name they have had in any version."""
    named = Area.objects.values_list("code", "name")
    return checking.Known(
        own_number=Municipality.load().number,
        areas={word.casefold(): code for code, name in named for word in (code, name)},
        latest_year=timezone.localdate().year,
    )


def preview(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """What the file says, what it replaces, and one button."""
    require_perm(request.user, "maturity.manage_assessments")
    staged = imports.get_staged(KIND, token, by=request.user)
    document = Document.of_json(staged.payload["document"])
    earlier = _earlier(document)
    sent = request.POST if request.method == "POST" else None
    form = BenchmarkConfirmForm(sent, has_earlier=earlier is not None)
    if form.is_valid():
        with imports.apply_once(staged) as payload:
            kept = benchmarks.read_in(
                Document.of_json(payload["document"]),
                source=payload["source"],
                file_name=staged.file_name,
                replaces=form.cleaned_data.get("replaces", False),
                by=request.user,
            )
        messages.success(request, _("{measurement} er lest inn.").format(measurement=kept))
        return redirect("maturity:comparison")
    context = {
        "staged": staged,
        "document": document,
        "earlier": earlier,
        "form": form,
        "preview": comparison.preview(document, keys=frozenset(staged.payload["keys"])),
    }
    return render(request, "maturity/benchmark_preview.html", context)


def _earlier(document: Document) -> Benchmark | None:
    return (
        Benchmark.objects.select_related("imported_by")
        .filter(municipality_number=document.municipality_number, year=document.year)
        .first()
    )


def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first. Our own result stays as it is."""
    require_perm(request.user, "maturity.manage_assessments")
    benchmark = get_object_or_404(Benchmark, pk=pk)
    if request.method == "POST":
        benchmarks.remove(benchmark, by=request.user)
        messages.success(request, _("{measurement} er fjernet.").format(measurement=benchmark))
        return redirect("maturity:benchmark-read-in")
    return render(request, "maturity/benchmark_remove.html", {"benchmark": benchmark})
