"""The leadership group agrees: what each answered, and the level they end on."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget, trigger_client_event

from maturity import actions
from maturity import consensus as reading
from maturity.forms.assessments import AgreementForm
from maturity.models import Answer, Assessment
from maturity.views.answers import SAVED, can_write, neighbour
from maturity.views.scope import answer_to, permitted

PERM = "maturity.view_consensus"


@require_GET
def consensus_start(request: HttpRequest, sector: str) -> HttpResponse:
    """To the first area they have not agreed on, or the first of all."""
    found = permitted(request, PERM, sector)
    waiting = found.missing() or found.ordered_answers()
    if not waiting:
        return redirect("my-page")
    return redirect("maturity:consensus", sector=sector, area=waiting[0].area.code)


@transaction.atomic
def consensus(request: HttpRequest, sector: str, area: str) -> HttpResponse:
    """Members who have answered may read; who answers for the sector writes what they agree on."""
    found = permitted(request, PERM, sector)
    may_write = request.user.has_perm("maturity.answer_assessment", found)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    answer = answer_to(request, found, area)
    form = AgreementForm(request.POST or None, answer=answer)
    if not form.is_valid():
        return _show(request, form, is_editable=may_write and can_write(found))
    saved = actions.answer(answer, form.content(), by=request.user, on=timezone.localdate())
    if request.htmx and "next" not in request.POST:
        context = {"answer": saved, "form": form}
        return trigger_client_event(render(request, "maturity/member_saved.html", context), SAVED)
    return _go_on(request, found, saved)


def _show(request: HttpRequest, form: AgreementForm, *, is_editable: bool) -> HttpResponse:
    answer = form.answer
    assessment = answer.assessment
    answers = assessment.ordered_answers()
    context = {
        "assessment": assessment,
        "answer": answer,
        "form": form if is_editable else None,
        "place": answers.index(answer) + 1,
        "total": len(answers),
        "before": neighbour(answers, answer, -1),
        "after": neighbour(answers, answer, 1),
        "may_answer": request.user.has_perm("maturity.answer_assessment", assessment),
        "group": reading.of_area(assessment, answer.area, viewer=request.user),
        "last_year": Answer.objects.a_year_before(answer).first(),
    }
    if request.htmx:
        page = render(request, "maturity/consensus.html#form", context)
        return reswap(retarget(page, f"#svar-{answer.area.code}"), "outerHTML")
    return render(request, "maturity/consensus.html", context)


def _go_on(request: HttpRequest, assessment: Assessment, saved: Answer) -> HttpResponse:
    after = neighbour(assessment.ordered_answers(), saved, 1)
    url = reverse("maturity:assessment", args=[assessment.sector.code])
    if after is not None:
        url = reverse("maturity:consensus", args=[assessment.sector.code, after.area.code])
    if not request.htmx:
        return redirect(url)
    return trigger_client_event(HttpResponseClientRedirect(url), SAVED)


@require_GET
@transaction.atomic
def consensus_screen(request: HttpRequest, sector: str, area: str) -> HttpResponse:
    """The same for the wall: large, and without names."""
    found = permitted(request, PERM, sector)
    answer = answer_to(request, found, area)
    group = reading.of_area(found, answer.area, viewer=request.user)
    if not group.is_shown:
        return redirect("maturity:consensus", sector=sector, area=area)
    context = {"assessment": found, "answer": answer, "group": group}
    return render(request, "maturity/consensus_screen.html", context)
