from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from core.errors import ActionRefused
from core.models import Event
from maturity import actions
from maturity.forms import AnswerForm
from maturity.models import Answer, Assessment
from maturity.views.scope import permitted


@require_GET
def assessment(request: HttpRequest, sector: str) -> HttpResponse:
    """The five areas of one sector: what is done, what is missing, and where to submit."""
    found = permitted(request, "maturity.view_assessment", sector)
    today = timezone.localdate()
    answers = found.ordered_answers()
    context = {
        "assessment": found,
        "answers": answers,
        "missing": found.missing(),
        "is_open": found.is_open(today),
        "closed": "" if found.is_open(today) else actions.closed_message(found, on=today),
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
    new = permitted(request, "maturity.answer_assessment", sector)
    begun = actions.start(new.cycle, sector=new.sector, by=request.user, on=timezone.localdate())
    first = begun.answers.select_related("area").order_by("area__order", "pk").first()
    if first is None:
        return redirect("maturity:assessment", sector=sector)
    return redirect("maturity:answer", sector=sector, area=first.area.code)


@transaction.atomic
def answer(request: HttpRequest, sector: str, area: str) -> HttpResponse:
    """One area. Saves by itself with htmx, and with «Lagre og gå til neste» without."""
    found = permitted(request, "maturity.answer_assessment", sector)
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
    content = replace(
        stored.content(), level=form.cleaned_data["level"], reason=form.cleaned_data["reason"]
    )
    saved = actions.answer(stored, content, by=request.user, on=today)
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
    found = permitted(request, "maturity.answer_assessment", sector)
    if not found.is_begun:
        raise ActionRefused(_("Ingen har begynt på egenvurderingen ennå."))
    actions.submit(found, by=request.user, on=timezone.localdate())
    messages.success(
        request, _("Takk. Egenvurderingen for {sector} er levert.").format(sector=found.sector.name)
    )
    return redirect("maturity:assessment", sector=sector)
