from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from core.access import require_perm
from core.errors import ActionRefused
from core.formatting import day_with_year, listed
from core.models import Chart, Event
from maturity import actions, results
from maturity.forms import AnswerForm, ExtendForm, ReopenForm
from maturity.models import Answer, Assessment
from municipality.actions import closed_message
from municipality.calendar import PhaseKind
from municipality.context_processors import current_cycle
from municipality.models import AnnualCycle, Sector


@login_not_required
@require_GET
def result(request: HttpRequest) -> HttpResponse:
    """The municipality's maturity: the newest year with a result, or the one `?ar=` asks for."""
    current = current_cycle(request)
    measured = results.measured_years()
    cycle = _year(request.GET.get("ar")) or (measured[0] if measured else current)
    found = results.of_year(cycle) if cycle else None
    context = {
        "cycle": cycle,
        "current": current,
        "measured": measured,
        "result": found if found and found.count else None,
        "chart": Chart.objects.filter(key=actions.chart_key(cycle)).first() if cycle else None,
        "levels": found.lines[0].area.levels.all() if found and found.lines else [],
        "phase_line": _phase_line(current),
        "can_manage": request.user.has_perm("maturity.manage_assessments"),
        "can_enter": request.user.has_perm("maturity.enter_assessments"),
    }
    return render(request, "maturity/result.html", context)


def _phase_line(cycle: AnnualCycle | None) -> str:
    """Is this year's measurement open, or when will it be? Nothing once it is over."""
    if cycle is None:
        return ""
    today = timezone.localdate()
    phase = cycle.phase(PhaseKind.MEASUREMENT)
    if phase.is_open(today):
        return _("Målingen for {year} er åpen til og med {date}.").format(
            year=cycle.year, date=day_with_year(phase.closes_on)
        )
    return closed_message(phase, on=today) if today < phase.opens_on else ""


def _year(year: str | None) -> AnnualCycle | None:
    if year is None:
        return None
    if not year.isdecimal() or len(year) != len("2026"):
        raise Http404
    return get_object_or_404(AnnualCycle.objects.newest_first(), year=int(year))


def _current_cycle() -> AnnualCycle:
    cycle = AnnualCycle.objects.current()
    if cycle is None:
        raise ActionRefused(_("Ingen har startet årshjulet ennå."))
    return cycle


def _permitted(request: HttpRequest, perm: str, sector: str) -> Assessment:
    """This year's assessment of a sector, begun or not, or 404, or 403."""
    found = get_object_or_404(Sector.objects.select_related("leader"), code=sector)
    assessment = Assessment.objects.of_sector(_current_cycle(), found)
    if not request.user.has_perm(perm, assessment):
        raise PermissionDenied
    return assessment


@require_GET
def assessment_start(request: HttpRequest) -> HttpResponse:
    """The team sees every sector; who answers for one is sent to it; nobody else gets in."""
    assessments = Assessment.objects.of_every_sector(_current_cycle())
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


@require_GET
def assessment(request: HttpRequest, sector: str) -> HttpResponse:
    """The five areas of one sector: what is done, what is missing, and where to submit."""
    found = _permitted(request, "maturity.view_assessment", sector)
    today = timezone.localdate()
    answers = found.ordered_answers()
    context = {
        "assessment": found,
        "answers": answers,
        "missing": found.missing(),
        "is_open": found.is_open(today),
        "closed": "" if found.is_open(today) else closed_message(found.phase, on=today),
        "reopened": _reopening(found),
        "can_answer": request.user.has_perm("maturity.answer_assessment", found),
        "can_manage": request.user.has_perm("maturity.manage_assessments"),
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
    new = _permitted(request, "maturity.answer_assessment", sector)
    begun = actions.start(new.cycle, sector=new.sector, by=request.user, on=timezone.localdate())
    first = begun.answers.select_related("area").order_by("area__order", "pk").first()
    if first is None:
        return redirect("maturity:assessment", sector=sector)
    return redirect("maturity:answer", sector=sector, area=first.area.code)


@transaction.atomic
def answer(request: HttpRequest, sector: str, area: str) -> HttpResponse:
    """One area. Saves by itself with htmx, and with «Lagre og gå til neste» without."""
    found = _permitted(request, "maturity.answer_assessment", sector)
    today = timezone.localdate()
    can_write = found.is_open(today) and not found.is_submitted
    if not found.is_begun or (request.method == "GET" and not can_write):
        return redirect("maturity:assessment", sector=sector)
    stored = get_object_or_404(
        Answer.objects.with_guidance().locked(), assessment=found, area__code=area
    )
    form = AnswerForm(request.POST or None, instance=stored)
    answers = found.ordered_answers()
    if not form.is_valid():
        return _show_answer(request, form, found, answers)
    saved = actions.answer(
        stored,
        level=form.cleaned_data["level"],
        reason=form.cleaned_data["reason"],
        by=request.user,
        on=today,
    )
    if request.htmx and "next" not in request.POST:
        return render(request, "maturity/answer.html#saved", {"saved": saved, "is_new": True})
    return _go_on(request, found, answers, saved)


def _show_answer(
    request: HttpRequest, form: AnswerForm, assessment: Assessment, answers: list[Answer]
) -> HttpResponse:
    shown = form.instance
    shown.assessment = assessment
    context = {
        "assessment": assessment,
        "answers": answers,
        "answer": shown,
        "place": answers.index(shown) + 1,
        "saved": shown,
        "form": form,
        "before": _neighbour(answers, shown, -1),
        "after": _neighbour(answers, shown, 1),
        "last_year": Answer.objects.a_year_before(shown).first(),
    }
    if request.htmx:
        page = render(request, "maturity/answer.html#answer", context)
        return reswap(retarget(page, "#svar"), "outerHTML")
    return render(request, "maturity/answer.html", context)


def _neighbour(answers: list[Answer], answer: Answer, step: int) -> Answer | None:
    place = answers.index(answer) + step
    return answers[place] if 0 <= place < len(answers) else None


def _go_on(
    request: HttpRequest, assessment: Assessment, answers: list[Answer], saved: Answer
) -> HttpResponse:
    """To the next area, or after the last to the summary."""
    after = _neighbour(answers, saved, 1)
    url = reverse("maturity:assessment", args=[assessment.sector.code])
    if after is not None:
        url = reverse("maturity:answer", args=[assessment.sector.code, after.area.code])
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


@require_POST
def submit(request: HttpRequest, sector: str) -> HttpResponse:
    found = _permitted(request, "maturity.answer_assessment", sector)
    if not found.is_begun:
        raise ActionRefused(_("Ingen har begynt på egenvurderingen ennå."))
    actions.submit(found, by=request.user, on=timezone.localdate())
    messages.success(
        request, _("Takk. Egenvurderingen for {sector} er levert.").format(sector=found.sector.name)
    )
    return redirect("maturity:assessment", sector=sector)


def extend(request: HttpRequest, sector: str) -> HttpResponse:
    """Give one sector more time."""
    require_perm(request.user, "maturity.manage_assessments")
    found = _permitted(request, "maturity.view_assessment", sector)
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
    found = _permitted(request, "maturity.view_assessment", sector)
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
    reached = actions.remind(_current_cycle(), by=request.user, on=timezone.localdate())
    names = listed([sector.short_name for sector in reached])
    if reached:
        messages.success(request, _("Påminnelsen er på vei til {sectors}.").format(sectors=names))
    else:
        messages.warning(request, _("Ingen av sektorene som mangler, har en leder å minne."))
    return redirect("maturity:assessment-start")
