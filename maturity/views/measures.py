"""The measures of one area: added, changed and removed beside the answer they belong to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from maturity.actions import measures as actions
from maturity.forms.measures import MeasureForm
from maturity.models import Answer, Measure
from maturity.views.answers import can_write, measures_context
from maturity.views.scope import permitted


def _answer(request: HttpRequest, sector: str, area: str) -> Answer:
    found = permitted(request, "maturity.answer_assessment", sector)
    answer = get_object_or_404(
        Answer.objects.select_related("area"), assessment=found.pk, area__code=area
    )
    answer.assessment = found
    return answer


def _show(request: HttpRequest, answer: Answer, form: MeasureForm | None = None) -> HttpResponse:
    context = {"assessment": answer.assessment, "answer": answer, **measures_context(answer)}
    if form is not None:
        context["measure_form"] = form
    template = "maturity/measures.html#measures" if request.htmx else "maturity/measures.html"
    return render(request, template, context)


def measures(request: HttpRequest, sector: str, area: str) -> HttpResponse:
    """The list with a field to add one. On the area's own page it is a part of it."""
    answer = _answer(request, sector, area)
    if request.method == "GET" and not can_write(answer.assessment):
        return redirect("maturity:assessment", sector=sector)
    form = MeasureForm(request.POST or None, auto_id=f"id_tiltak_{area}_%s")
    if not form.is_valid():
        return _show(request, answer, form)
    text = form.cleaned_data["text"]
    actions.add_measure(answer, text=text, by=request.user, on=timezone.localdate())
    return _done(request, answer)


def _done(request: HttpRequest, answer: Answer) -> HttpResponse:
    if request.htmx:
        return _show(request, answer)
    return redirect(
        "maturity:measures", sector=answer.assessment.sector.code, area=answer.area.code
    )


def measure_edit(request: HttpRequest, sector: str, area: str, pk: int) -> HttpResponse:
    answer = _answer(request, sector, area)
    measure = get_object_or_404(Measure, pk=pk, answer=answer)
    measure.answer = answer
    if request.method == "GET" and not can_write(answer.assessment):
        return redirect("maturity:assessment", sector=sector)
    form = MeasureForm(request.POST or None, instance=measure)
    if form.is_valid():
        text = form.cleaned_data["text"]
        actions.change_measure(measure, text=text, by=request.user, on=timezone.localdate())
        return redirect("maturity:measures", sector=sector, area=area)
    context = {"assessment": answer.assessment, "answer": answer, "form": form}
    return render(request, "maturity/measure_edit.html", context)


@require_POST
def measure_remove(request: HttpRequest, sector: str, area: str, pk: int) -> HttpResponse:
    answer = _answer(request, sector, area)
    measure = get_object_or_404(Measure, pk=pk, answer=answer)
    measure.answer = answer
    actions.remove_measure(measure, by=request.user, on=timezone.localdate())
    return _done(request, answer)
