"""A member of the leadership group answers alone: by the personal link, or logged in."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget, trigger_client_event

from maturity import actions as round_actions
from maturity import links
from maturity.actions import groups as actions
from maturity.forms.groups import MemberForm
from maturity.models import Assessment, IndividualAnswer, Respondent
from maturity.views.answers import SAVED, can_write
from maturity.views.scope import permitted

Answers = list[IndividualAnswer]


@dataclass(frozen=True)
class Way:
    """Who answers, and by which addresses: the link's, or those behind log-in."""

    respondent: Respondent
    name: str
    key: str

    @property
    def start(self) -> str:
        return reverse(f"maturity:{self.name}", args=[self.key])

    @property
    def done(self) -> str:
        return reverse(f"maturity:{self.name}-done", args=[self.key])

    def area(self, answer: IndividualAnswer) -> str:
        return reverse(f"maturity:{self.name}-area", args=[self.key, answer.area.code])

    @property
    def by_link(self) -> bool:
        return self.name == "member"


View = Callable[..., HttpResponse]


def by_link(view: View) -> View:
    """Open without log-in, for whoever has the link. Kept out of search engines and caches."""

    @wraps(view)
    def with_link(request: HttpRequest, signed: str, **kwargs: Any) -> HttpResponse:
        respondent = links.read(signed)
        if respondent is None:
            response = render(request, "maturity/member_void.html", status=404)
        else:
            response = view(request, Way(respondent, "member", signed), **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return login_not_required(never_cache(with_link))


def by_account(view: View) -> View:
    @wraps(view)
    def with_account(request: HttpRequest, sector: str, **kwargs: Any) -> HttpResponse:
        assessment = permitted(request, "maturity.answer_alone", sector)
        respondent = assessment.respondents.select_related("user").get(user=request.user)
        respondent.assessment = assessment
        return view(request, Way(respondent, "my-answer", sector), **kwargs)

    return with_account


def _closed(request: HttpRequest, way: Way) -> HttpResponse | None:
    """The page that says why nothing can be answered now; None while it can."""
    assessment = way.respondent.assessment
    if can_write(assessment):
        return None
    context = {"way": way, "assessment": assessment, "closed": _why(assessment)}
    return render(request, "maturity/member_closed.html", context)


def _why(assessment: Assessment) -> str:
    if assessment.is_submitted:
        return ""
    return round_actions.closed_message(assessment, on=timezone.localdate())


def _start(request: HttpRequest, way: Way) -> HttpResponse:
    """Straight to the first area that is not answered; after the last to the thanks."""
    closed = _closed(request, way)
    if closed:
        return closed
    answers = actions.open_answers(way.respondent)
    unanswered = next((each for each in answers if each.level is None), None)
    return redirect(way.area(unanswered) if unanswered else way.done)


@transaction.atomic
def _area(request: HttpRequest, way: Way, area: str) -> HttpResponse:
    if request.method == "GET":
        closed = _closed(request, way)
        if closed:
            return closed
    answers = actions.open_answers(way.respondent)
    given = get_object_or_404(
        IndividualAnswer.objects.with_guidance().locked(),
        respondent=way.respondent,
        area__code=area,
    )
    given.respondent = way.respondent
    form = MemberForm(request.POST or None, answer=given)
    if not form.is_valid():
        return _show(request, way, form, answers)
    saved = actions.answer_alone(
        given,
        level=form.cleaned_data["level"],
        reason=form.cleaned_data["reason"],
        by=request.user if request.user.is_authenticated else None,
        on=timezone.localdate(),
    )
    if request.htmx and "next" not in request.POST:
        context = {"answer": saved, "form": form}
        return trigger_client_event(render(request, "maturity/member_saved.html", context), SAVED)
    return _go_on(request, way, answers, saved)


def _show(request: HttpRequest, way: Way, form: MemberForm, answers: Answers) -> HttpResponse:
    place = answers.index(form.answer)
    context = {
        "way": way,
        "assessment": way.respondent.assessment,
        "form": form,
        "answer": form.answer,
        "here": way.area(form.answer),
        "place": place + 1,
        "total": len(answers),
        "done_count": sum(each.level is not None for each in answers),
        "before": way.area(answers[place - 1]) if place else None,
        "is_last": place + 1 == len(answers),
    }
    if request.htmx:
        page = render(request, "maturity/member_area.html#form", {**context, "is_swap": True})
        return reswap(retarget(page, "#svar"), "outerHTML")
    return render(request, "maturity/member_area.html", context)


def _go_on(
    request: HttpRequest, way: Way, answers: Answers, saved: IndividualAnswer
) -> HttpResponse:
    place = answers.index(saved) + 1
    url = way.area(answers[place]) if place < len(answers) else way.done
    if not request.htmx:
        return redirect(url)
    return trigger_client_event(HttpResponseClientRedirect(url), SAVED)


def _done(request: HttpRequest, way: Way) -> HttpResponse:
    """Thanks, and every answer with a way back to it."""
    closed = _closed(request, way)
    if closed:
        return closed
    answers = actions.open_answers(way.respondent)
    context = {
        "way": way,
        "assessment": way.respondent.assessment,
        "answers": [(answer, way.area(answer)) for answer in answers],
        "missing": [way.area(answer) for answer in answers if answer.level is None],
        "done_count": sum(answer.level is not None for answer in answers),
    }
    return render(request, "maturity/member_done.html", context)


member, member_area, member_done = by_link(_start), by_link(_area), by_link(_done)
my_answer, my_answer_area, my_answer_done = by_account(_start), by_account(_area), by_account(_done)
