from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.access import require_perm
from core.formatting import day_with_year, listed
from maturity import actions
from maturity.forms import ExtendForm, ReopenForm
from maturity.models import Assessment
from maturity.views.scope import permitted, this_year


@require_GET
def assessment_start(request: HttpRequest) -> HttpResponse:
    """The team sees every sector; who answers for one is sent to it; nobody else gets in."""
    assessments = Assessment.objects.of_every_sector(this_year())
    if not request.user.has_perm("maturity.manage_assessments"):
        return _to_own_sector(request, assessments)
    today = timezone.localdate()
    waiting = [each for each in assessments if not each.is_submitted]
    context = {
        "cycle": assessments[0].cycle if assessments else None,
        "assessments": assessments,
        "submitted_count": len(assessments) - len(waiting),
        "can_remind": any(each.is_open(today) for each in waiting),
    }
    return render(request, "maturity/assessment_list.html", context)


def _to_own_sector(request: HttpRequest, assessments: list[Assessment]) -> HttpResponse:
    for assessment in assessments:
        if request.user.has_perm("maturity.answer_assessment", assessment):
            return redirect("maturity:assessment", sector=assessment.sector.code)
    raise PermissionDenied


def extend(request: HttpRequest, sector: str) -> HttpResponse:
    """Give one sector more time."""
    require_perm(request.user, "maturity.manage_assessments")
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
    require_perm(request.user, "maturity.manage_assessments")
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
    require_perm(request.user, "maturity.manage_assessments")
    reached = actions.remind(this_year(), by=request.user, on=timezone.localdate())
    names = listed([sector.short_name for sector in reached])
    if reached:
        messages.success(request, _("Påminnelsen er på vei til {sectors}.").format(sectors=names))
    else:
        messages.warning(request, _("Ingen av sektorene som mangler, har en leder å minne."))
    return redirect("maturity:assessment-start")
