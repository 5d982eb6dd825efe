"""The year's round as the team sees and runs it."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.access import require_perm
from core.formatting import day_with_year, listed
from core.models import Event
from maturity import actions, round_story
from maturity.forms import (
    AggregationForm,
    DeadlineForm,
    ExtendForm,
    OpenRoundForm,
    ReopenForm,
)
from maturity.models import (
    Aggregation,
    Assessment,
    Instrument,
    MeasurementRound,
    SectorWeight,
)
from maturity.notifications import leaders_of
from maturity.views.scope import permitted, round_of, this_year
from municipality.actions import closed_message
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, Sector

MANAGE = "maturity.manage_assessments"
PER_PAGE = 20


@require_GET
def assessment_start(request: HttpRequest) -> HttpResponse:
    """The team sees every sector; who answers for one is sent to it; nobody else gets in."""
    cycle = this_year()
    assessments = Assessment.objects.with_counts().of_every_sector(cycle)
    if not request.user.has_perm(MANAGE):
        return _to_own_sector(request, assessments)
    today = timezone.localdate()
    waiting = [each for each in assessments if not each.is_submitted]
    context = {
        "cycle": cycle,
        "round": round_of(cycle),
        "assessments": assessments,
        "submitted_count": len(assessments) - len(waiting),
        "can_remind": any(each.is_open(today) for each in waiting),
        "today": today,
        "closed": _closed(cycle, today),
    }
    return render(request, "maturity/assessment_list.html", context)


def _closed(cycle: AnnualCycle, today: dt.date) -> str:
    """Why a round cannot be opened on the date; empty when it can."""
    phase = cycle.phase(PhaseKind.MEASUREMENT)
    return "" if phase.is_open(today) else closed_message(phase, on=today)


def _to_own_sector(request: HttpRequest, assessments: list[Assessment]) -> HttpResponse:
    for assessment in assessments:
        if request.user.has_perm("maturity.answer_assessment", assessment):
            return redirect("maturity:assessment", sector=assessment.sector.code)
    raise PermissionDenied


def extend(request: HttpRequest, sector: str) -> HttpResponse:
    """Give one sector more time."""
    require_perm(request.user, MANAGE)
    found = permitted(request, "maturity.view_assessment", sector)
    today = timezone.localdate()
    form = ExtendForm(request.POST or None, assessment=found, today=today)
    if form.is_valid():
        extended = actions.extend(
            found.cycle, sector=found.sector, **form.cleaned_data, by=request.user, on=today
        )
        messages.success(
            request,
            _("{sector} kan levere til og med {date}.").format(
                sector=found.sector.name, date=day_with_year(extended.due_on)
            ),
        )
        return redirect("maturity:assessment-start")
    return render(request, "maturity/assessment_extend.html", {"form": form, "assessment": found})


def reopen(request: HttpRequest, sector: str) -> HttpResponse:
    """Let a sector change what it has submitted."""
    require_perm(request.user, MANAGE)
    found = permitted(request, "maturity.view_assessment", sector)
    today = timezone.localdate()
    form = ReopenForm(request.POST or None, assessment=found, today=today)
    if form.is_valid() and found.is_begun:
        actions.reopen(found, **form.cleaned_data, by=request.user, on=today)
        messages.success(
            request,
            _("Egenvurderingen for {sector} er åpnet igjen.").format(sector=found.sector.name),
        )
        return redirect("maturity:assessment-start")
    return render(request, "maturity/assessment_reopen.html", {"form": form, "assessment": found})


@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    """In all sectors that have not submitted, or in the one that is named."""
    require_perm(request.user, MANAGE)
    code = request.POST.get("sector", "")
    sector = get_object_or_404(Sector, code=code) if code else None
    reached = actions.remind(this_year(), by=request.user, on=timezone.localdate(), sector=sector)
    names = listed([each.short_name for each in reached])
    if reached:
        messages.success(request, _("Påminnelsen er på vei til {sectors}.").format(sectors=names))
    else:
        messages.warning(request, _("Ingen av sektorene som mangler, har en leder å minne."))
    return redirect("maturity:assessment-start")


@require_GET
def round_detail(request: HttpRequest) -> HttpResponse:
    """How this year is measured, and what has been changed in it."""
    require_perm(request.user, MANAGE)
    cycle = this_year()
    opened, today = round_of(cycle), timezone.localdate()
    steps = Event.objects.about(cycle).filter(verb__in=round_story.VERBS).select_related("by")
    page = Paginator(steps.order_by("-at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "cycle": cycle,
        "round": opened,
        "weights": opened.sector_weights.select_related("sector").order_by("sector")
        if opened
        else [],
        "closed": _closed(cycle, today),
        "today": today,
        "page": page,
        "steps": round_story.steps(page.object_list),
    }
    return render(request, "maturity/round.html", context)


def open_round(request: HttpRequest) -> HttpResponse:
    """Asks once more before it opens: it freezes the instrument and mails the leaders."""
    require_perm(request.user, MANAGE)
    cycle = this_year()
    today = timezone.localdate()
    closed = _closed(cycle, today)
    if request.method == "GET" and (round_of(cycle) or closed):
        return redirect("maturity:round")
    sectors = list(Sector.objects.select_related("leader"))
    phase = cycle.phase(PhaseKind.MEASUREMENT)
    form = OpenRoundForm(
        request.POST or None,
        phase=phase,
        today=today,
        sectors=sectors,
        staff=_latest_staff(),
        initial={
            "closes_on": phase.closes_on,
            "instrument": Instrument.objects.filter(is_current=True).first(),
            "aggregation": Aggregation.UNWEIGHTED,
        },
    )
    context = {"form": form, "cycle": cycle, "sectors": sectors}
    if not form.is_valid() or "change" in request.POST:
        return render(request, "maturity/round_open.html", context)
    if "confirm" not in request.POST:
        return render(request, "maturity/round_confirm.html", context | _told(form, sectors))
    actions.open_round(
        cycle,
        instrument=form.cleaned_data["instrument"],
        closes_on=form.cleaned_data["closes_on"],
        aggregation=form.cleaned_data["aggregation"],
        staff=form.staff(),
        by=request.user,
        on=today,
    )
    messages.success(request, _("Målerunden er åpnet. Sektorlederne får en e-post."))
    return redirect("maturity:assessment-start")


def _told(form: OpenRoundForm, sectors: list[Sector]) -> dict[str, Any]:
    """What the page that asks once more says: by which rule, and who gets a mail."""
    leaders = leaders_of(sectors)
    return {
        "rule": Aggregation(form.cleaned_data["aggregation"]).label,
        "told": [(sector, leaders[sector.pk]) for sector in sectors],
    }


def _latest_staff() -> dict[int, Decimal]:
    """The årsverk of each sector as they were last written."""
    latest = SectorWeight.objects.order_by("sector", "-round__cycle__year").distinct("sector")
    return dict(latest.values_list("sector", "staff"))


def _opened() -> MeasurementRound:
    """This year's round, kept from others until the transaction ends, or 404."""
    rounds = MeasurementRound.objects.select_for_update(of=("self",))
    return get_object_or_404(rounds.select_related("cycle", "edited_by"), cycle=this_year())


@transaction.atomic
def deadline(request: HttpRequest) -> HttpResponse:
    """Another last day for all."""
    require_perm(request.user, MANAGE)
    opened = _opened()
    today = timezone.localdate()
    form = DeadlineForm(
        request.POST or None, opened=opened, today=today, initial={"closes_on": opened.closes_on}
    )
    if form.is_valid():
        moved = actions.change_deadline(
            opened,
            closes_on=form.cleaned_data["closes_on"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            on=today,
        )
        messages.success(
            request, _("Siste dag er nå {date}.").format(date=day_with_year(moved.closes_on))
        )
        return redirect("maturity:round")
    return render(request, "maturity/round_deadline.html", {"form": form, "round": opened})


@transaction.atomic
def aggregation(request: HttpRequest) -> HttpResponse:
    """Another way of adding the sectors up."""
    require_perm(request.user, MANAGE)
    opened = _opened()
    form = AggregationForm(
        request.POST or None,
        opened=opened,
        sectors=list(Sector.objects.all()),
        staff=_latest_staff(),
        initial={"aggregation": opened.aggregation},
    )
    if form.is_valid():
        changed = actions.change_aggregation(
            opened,
            aggregation=form.cleaned_data["aggregation"],
            staff=form.staff(),
            by=request.user,
        )
        messages.success(
            request, _("Lagret. {rule}.").format(rule=changed.get_aggregation_display())
        )
        return redirect("maturity:round")
    return render(request, "maturity/round_aggregation.html", {"form": form, "round": opened})
