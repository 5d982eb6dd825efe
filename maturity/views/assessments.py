from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.errors import ActionRefused
from core.models import Event
from maturity import actions
from maturity.models import Assessment, Measure
from maturity.views.answers import takes_ideas
from maturity.views.scope import permitted


@require_GET
def assessment(request: HttpRequest, sector: str) -> HttpResponse:
    """The areas of one sector: what is done, what is missing, and where to submit."""
    found = permitted(request, "maturity.view_assessment", sector)
    today = timezone.localdate()
    answers = found.ordered_answers()
    measures = Measure.objects.select_related("idea")
    prefetch_related_objects(answers, "ticks__guidance", Prefetch("measures", measures))
    can_answer = request.user.has_perm("maturity.answer_assessment", found)
    context = {
        "assessment": found,
        "answers": answers,
        "missing": found.missing(),
        "is_open": found.is_open(today),
        "closed": "" if found.is_open(today) else actions.closed_message(found, on=today),
        "reopened": _reopening(found),
        "can_answer": can_answer,
        "can_write": can_answer and found.is_open(today) and not found.is_submitted,
        "can_manage": request.user.has_perm("maturity.manage_assessments"),
        "can_send": can_answer and takes_ideas(found),
        "asked": found.respondents.count() if found.is_begun else 0,
    }
    return render(request, "maturity/assessment.html", context)


def _reopening(assessment: Assessment) -> Event | None:
    """Why the team opened a submitted assessment again, as long as it stands open."""
    if not assessment.is_begun or assessment.is_submitted:
        return None
    reopened = Event.objects.about(assessment).filter(verb=actions.REOPENED)
    return reopened.order_by("-at", "-pk").first()


@require_POST
def start(request: HttpRequest, sector: str) -> HttpResponse:
    new = permitted(request, "maturity.answer_assessment", sector)
    begun = actions.start(new.cycle, sector=new.sector, by=request.user, on=timezone.localdate())
    first = begun.answers.select_related("area").order_by("area__order", "pk").first()
    if first is None:
        return redirect("maturity:assessment", sector=sector)
    return redirect("maturity:answer", sector=sector, area=first.area.code)


@require_POST
def submit(request: HttpRequest, sector: str) -> HttpResponse:
    found = permitted(request, "maturity.answer_assessment", sector)
    if not found.is_begun:
        raise ActionRefused(_("Ingen har begynt på egenvurderingen ennå."))
    actions.submit(found, by=request.user, on=timezone.localdate())
    messages.success(
        request, _("Takk. Egenvurderingen for {sector} er levert.").format(sector=found.sector.name)
    )
    return redirect("maturity:assessment", sector=sector)
