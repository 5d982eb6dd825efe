"""The sector's own answer: one area at a time, or all on one page. Each saves by itself."""

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget, trigger_client_event

from maturity import actions, bridge, consensus
from maturity.forms.assessments import AnswerForm
from maturity.forms.measures import MeasureForm
from maturity.models import Answer, Assessment, Characteristic
from maturity.views.scope import answer_to, permitted
from municipality.calendar import PhaseKind, PhaseState

ON_ONE_PAGE = "all"  # the form stands on the page with all the areas
SAVED = "kept:saved"  # tells the page's script that it may forget what it keeps


@transaction.atomic
def answer(request: HttpRequest, sector: str, area: str) -> HttpResponse:
    """One area. Saves by itself with htmx, and with its button without."""
    found = permitted(request, "maturity.answer_assessment", sector)
    if not found.is_begun or (request.method == "GET" and not can_write(found)):
        return redirect("maturity:assessment", sector=sector)
    stored = answer_to(request, found, area)
    form = AnswerForm(request.POST or None, answer=stored)
    if not form.is_valid():
        return _show(request, form, found)
    actions.answer(stored, form.content(), by=request.user, on=timezone.localdate())
    if request.htmx and "next" not in request.POST:
        return _saved(request, stored, found)
    return _go_on(request, found, stored)


def can_write(assessment: Assessment) -> bool:
    return assessment.is_open(timezone.localdate()) and not assessment.is_submitted


def _show(request: HttpRequest, form: AnswerForm, assessment: Assessment) -> HttpResponse:
    if request.htmx:
        context = {
            "assessment": assessment,
            "form": form,
            "answer": form.answer,
            "on_one_page": ON_ONE_PAGE in request.POST,
            "is_swap": True,
        }
        page = render(request, "maturity/answer_form.html", context)
        return reswap(retarget(page, f"#svar-{form.answer.area.code}"), "outerHTML")
    return render(request, "maturity/answer.html", _page(request, form, assessment))


def _page(request: HttpRequest, form: AnswerForm, assessment: Assessment) -> dict[str, object]:
    answers = assessment.ordered_answers()
    prefetch_related_objects(answers, "ticks")
    shown = form.answer
    last_year = Answer.objects.a_year_before(shown).first()
    return {
        "assessment": assessment,
        "answers": answers,
        "answer": shown,
        "place": answers.index(shown) + 1,
        "form": form,
        "before": neighbour(answers, shown, -1),
        "after": neighbour(answers, shown, 1),
        "last_year": last_year,
        "bridge": _bridge(shown, last_year) if last_year else None,
        "group": consensus.of_area(assessment, shown.area, viewer=request.user),
        **measures_context(shown),
    }


def measures_context(answer: Answer) -> dict[str, object]:
    return {
        "measures": answer.measures.select_related("idea"),
        "measure_form": MeasureForm(auto_id=f"id_tiltak_{answer.area.code}_%s"),
        "takes_ideas": takes_ideas(answer.assessment),
    }


def takes_ideas(assessment: Assessment) -> bool:
    """Can a measure still be sent as an idea this year?"""
    phase = assessment.cycle.phase(PhaseKind.IDEATION)
    return phase.state(timezone.localdate()) != PhaseState.DONE


def _bridge(now: Answer, before: Answer) -> bridge.Bridge:
    """How many of the area's statements were there last year too."""
    code = now.area.code
    here = {
        mark.key: level.level
        for level in now.area.levels.all()
        for mark in level.characteristics.all()
    }
    there = Characteristic.objects.filter(guidance__area=before.area_id)
    levels = dict(there.values_list("key", "guidance__level"))
    return bridge.comparable({code: here}, {code: levels})[code]


def neighbour(answers: list[Answer], answer: Answer, step: int) -> Answer | None:
    place = answers.index(answer) + step
    return answers[place] if 0 <= place < len(answers) else None


def _saved(request: HttpRequest, before: Answer, assessment: Assessment) -> HttpResponse:
    """When it was saved, and what the ticks now point to."""
    saved = Answer.objects.with_guidance().get(pk=before.pk)
    saved.assessment = assessment
    context = {
        "form": AnswerForm(answer=saved),
        "answer": saved,
        "is_new": True,
        "points_elsewhere": saved.suggestion != before.suggestion,
    }
    return trigger_client_event(render(request, "maturity/answer_saved.html", context), SAVED)


def _go_on(request: HttpRequest, assessment: Assessment, saved: Answer) -> HttpResponse:
    """To the next area, or after the last to the summary."""
    sector, area = assessment.sector.code, saved.area.code
    after = neighbour(assessment.ordered_answers(), saved, 1)
    if ON_ONE_PAGE in request.POST:
        url = reverse("maturity:all-areas", args=[sector]) + f"#{area}"
    elif after is not None:
        url = reverse("maturity:answer", args=[sector, after.area.code])
    else:
        url = reverse("maturity:assessment", args=[sector])
    if not request.htmx:
        return redirect(url)
    return trigger_client_event(HttpResponseClientRedirect(url), SAVED)


@require_GET
def all_areas(request: HttpRequest, sector: str) -> HttpResponse:
    """Every area below the other, each with its own form."""
    found = permitted(request, "maturity.answer_assessment", sector)
    if not found.is_begun or not can_write(found):
        return redirect("maturity:assessment", sector=sector)
    answers = list(
        Answer.objects.with_guidance().filter(assessment=found).order_by("area__order", "pk")
    )
    for each in answers:
        each.assessment = found
    last_year = {each.area.code: each for each in Answer.objects.of_the_year_before(found)}
    context = {
        "assessment": found,
        "areas": [(AnswerForm(answer=each), last_year.get(each.area.code)) for each in answers],
        "done_count": sum(each.is_complete for each in answers),
    }
    return render(request, "maturity/all_areas.html", context)
