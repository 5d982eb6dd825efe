import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import require_perm
from core.formatting import listed
from municipality import actions, calendar, closing
from municipality.calendar import PhaseKind, PhaseState
from municipality.forms import CycleForm, StartCycleForm
from municipality.models import AnnualCycle, Municipality, Phase, StrategyArea, StrategyGoal

NEWEST_IDEAS = 5

# Where each phase is carried out.
PHASE_PAGES = {
    PhaseKind.MEASUREMENT: "maturity:result",
    PhaseKind.IDEATION: "ideas:list",
    PhaseKind.PRIORITISATION: "prioritization:list",
    PhaseKind.MEMO: "prioritization:list",
    PhaseKind.PROJECT: "projects:list",
}


@login_not_required
@require_GET
def goals(request: HttpRequest) -> HttpResponse:
    """Table 1 of the strategy whole, and what in the portfolio serves each goal."""
    with_goals = StrategyGoal.objects.with_strategies().with_portfolio(newest=NEWEST_IDEAS)
    areas = StrategyArea.objects.with_goals(with_goals)
    return render(request, "municipality/goals.html", {"areas": areas})


@login_not_required
@require_GET
def cycle_detail(request: HttpRequest) -> HttpResponse:
    """The wheel of a year, the current one unless `?ar=` says another."""
    cycles = list(AnnualCycle.objects.newest_first())
    cycle = _chosen(cycles, request.GET.get("ar"))
    today = timezone.localdate()
    phases = cycle.ordered_phases() if cycle else []
    upcoming = [phase for phase in phases if phase.state(today) == PhaseState.UPCOMING]
    context = {
        "cycle": cycle,
        "cycles": cycles,
        "open_now": _open_in_words([phase for phase in phases if phase.is_open(today)]),
        "next_phase": upcoming[0] if upcoming else None,
        "links": {kind: reverse(name) for kind, name in PHASE_PAGES.items()},
        "can_manage": request.user.has_perm("municipality.manage_cycle"),
    }
    return render(request, "municipality/cycle.html", context)


def _open_in_words(phases: list[Phase]) -> str:
    """«Måling og idémyldring er åpne nå», or nothing between the phases."""
    if not phases:
        return ""
    names = listed([phase.get_kind_display().lower() for phase in phases])
    words = _("{phases} er åpen nå") if len(phases) == 1 else _("{phases} er åpne nå")
    return words.format(phases=names[:1].upper() + names[1:])


def _chosen(cycles: list[AnnualCycle], year: str | None) -> AnnualCycle | None:
    if year is None:
        return next((cycle for cycle in cycles if cycle.is_current), None)
    found = next((cycle for cycle in cycles if str(cycle.year) == year), None)
    if found is None:
        raise Http404
    return found


@transaction.atomic
def cycle_edit(request: HttpRequest) -> HttpResponse:
    """Move the dates of the current year. «Regn ut» shows the default dates before saving."""
    require_perm(request.user, "municipality.manage_cycle")
    current = AnnualCycle.objects.select_for_update(of=("self",)).filter(is_current=True)
    cycle = get_object_or_404(current)
    if "recompute" in request.POST:
        return _show_cycle_form(request, _recomputed(request, cycle))
    form = CycleForm(request.POST or None, cycle=cycle)
    if form.is_valid():
        spans = form.spans()
        deadline = form.cleaned_data["budget_deadline"]
        actions.set_dates(cycle, budget_deadline=deadline, spans=spans, by=request.user)
        _tell_saved(request, cycle, calendar.overlaps(spans))
        return redirect("municipality:cycle")
    return _show_cycle_form(request, form)


def _show_cycle_form(request: HttpRequest, form: CycleForm) -> HttpResponse:
    context = {"form": form, "cycle": form.cycle, "recomputed": not form.is_bound and request.POST}
    return render(request, "municipality/cycle_form.html", context)


def _recomputed(request: HttpRequest, cycle: AnnualCycle) -> CycleForm:
    """A form not yet saved, with the dates counted back from the deadline that was typed."""
    typed = CycleForm(request.POST, cycle=cycle)
    typed.full_clean()
    deadline: dt.date | None = typed.cleaned_data.get("budget_deadline")
    if deadline is None:
        return typed
    spans = calendar.default_phases(deadline)
    initial = {"budget_deadline": deadline, **CycleForm.initial_of(spans)}
    return CycleForm(cycle=cycle, initial=initial)


def _tell_saved(request: HttpRequest, cycle: AnnualCycle, overlaps: list[calendar.Overlap]) -> None:
    messages.success(request, _("Datoene for {year} er lagret.").format(year=cycle.year))
    for overlap in overlaps:
        messages.warning(
            request,
            _("{first} og {second} er åpne samtidig i {days} dager.").format(
                first=overlap.first.label, second=overlap.second.label.lower(), days=overlap.days
            ),
        )


def cycle_create(request: HttpRequest) -> HttpResponse:
    """Start the next year, once somebody has read what that means."""
    require_perm(request.user, "municipality.manage_cycle")
    newest = AnnualCycle.objects.newest_first().first()
    today = timezone.localdate()
    year = newest.year + 1 if newest else today.year
    form = StartCycleForm(request.POST or None, year=year)
    if form.is_valid():
        cycle = actions.start_cycle(
            form.cleaned_data["year"],
            budget_deadline=form.cleaned_data["budget_deadline"],
            by=request.user,
        )
        messages.success(request, _("Årshjulet {year} er i gang.").format(year=cycle.year))
        return redirect("municipality:cycle")
    context = {
        "form": form,
        "year": year,
        "newest": newest,
        "too_early": newest is not None and newest.year > today.year,
        "blockers": closing.blockers(newest) if newest else [],
        "default_phases": [
            {"name": kind.label, "span": span}
            for kind, span in calendar.default_phases(calendar.default_deadline(year)).items()
        ],
    }
    return render(request, "municipality/cycle_create.html", context)


@login_not_required
@require_GET
def logo(request: HttpRequest) -> HttpResponse:
    """The logo as it was uploaded. An SVG may hold more than a drawing, so it gets no rights."""
    municipality = Municipality.load()
    if not municipality.logo_type:
        raise Http404
    response = HttpResponse(
        bytes(municipality.logo),
        content_type=municipality.logo_type,
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        },
    )
    patch_cache_control(response, public=True, max_age=3600)
    return response
