"""Measuring in one minute: the link in the mail, without log-in. Reading it never uses it up."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from benefits import actions, links
from benefits.forms.measuring import MeasurementForm, SkipForm
from benefits.measuring_words import progress_sentence, where_it_stood
from benefits.models import MeasuringRequest, RequestState
from core import rate

WRONG_LINK = "wrong-measuring-link"
MOST_WRONG_LINKS = 30  # from one address in an hour
GONE = 410

View = Callable[..., HttpResponse]


def by_link(view: View) -> View:
    """Open without log-in, for whoever has the link. Kept out of search engines and caches.

    What is altered, guessed or replaced looks the same from outside.
    """

    @wraps(view)
    def with_link(request: HttpRequest, token: str) -> HttpResponse:
        asked = links.read(token)
        response = view(request, asked, token) if asked else _void(request)
        response["X-Robots-Tag"] = "noindex"
        return response

    return login_not_required(never_cache(with_link))


def _void(request: HttpRequest) -> HttpResponse:
    """Who has tried very many must wait. A link that is right is never kept waiting by others."""
    address = rate.address_of(request)
    if rate.now(WRONG_LINK, address).from_address >= MOST_WRONG_LINKS:
        return render(request, "benefits/answer_void.html", {"is_many": True}, status=429)
    rate.add(WRONG_LINK, address)
    return render(request, "benefits/answer_void.html", status=404)


@by_link
def answer(request: HttpRequest, asked: MeasuringRequest, token: str) -> HttpResponse:
    """The form while it can be answered, else the page that says what has become of it."""
    today = timezone.localdate()
    state = asked.state(on=today)
    if state != RequestState.OPEN:
        return _closed(request, asked, token, state)
    form = MeasurementForm(
        request.POST or None,
        request.FILES or None,
        indicator=asked.indicator,
        today=today,
        due_on=asked.due_on,
    )
    if form.is_valid():
        measurement = actions.answer_request(asked, actions.Reading(**form.cleaned_data), on=today)
        is_ours = measurement.submission_key == form.cleaned_data["submission_key"]
        here = reverse("measuring:answer", args=[token])
        return redirect(f"{here}?takk=1" if is_ours else here)
    context = {
        **_about(asked, token),
        "form": form,
        "stood": where_it_stood(asked.indicator, today=today),
    }
    return render(request, "benefits/answer_form.html", context)


def _about(asked: MeasuringRequest, token: str) -> dict[str, Any]:
    return {
        "asked": asked,
        "indicator": asked.indicator,
        "benefit": asked.indicator.benefit,
        "here": reverse("measuring:answer", args=[token]),
        "skip_url": reverse("measuring:skip", args=[token]),
        "renew_url": reverse("measuring:renew", args=[token]),
    }


def _closed(
    request: HttpRequest, asked: MeasuringRequest, token: str, state: RequestState
) -> HttpResponse:
    context = {**_about(asked, token), "state": state, "is_thanked": "takk" in request.GET}
    if asked.measurement is not None:
        progress = asked.indicator.progress(asked.measurement.value)
        context["progress"] = progress_sentence(progress)
    told = state in (RequestState.ANSWERED, RequestState.SKIPPED)
    return render(request, "benefits/answer_closed.html", context, status=200 if told else GONE)


@by_link
def answer_skip(request: HttpRequest, asked: MeasuringRequest, token: str) -> HttpResponse:
    """Why there is no number. Nothing is kept before the reason is sent."""
    today = timezone.localdate()
    state = asked.state(on=today)
    if state != RequestState.OPEN:
        return _closed(request, asked, token, state)
    form = SkipForm(request.POST or None)
    if form.is_valid():
        actions.skip_request(asked, reason=form.cleaned_data["reason"], on=today)
        return redirect("measuring:answer", token)
    return render(request, "benefits/answer_skip.html", {**_about(asked, token), "form": form})


@require_POST
@by_link
def answer_renew(request: HttpRequest, asked: MeasuringRequest, token: str) -> HttpResponse:
    """A new link to the same person, when the old one has expired. Sent only by mail."""
    today = timezone.localdate()
    state = asked.state(on=today)
    if state != RequestState.EXPIRED:
        return redirect("measuring:answer", token)
    actions.renew_link(asked, on=today)
    return redirect("measuring:renewed")


@login_not_required
def renewed(request: HttpRequest) -> HttpResponse:
    response = render(request, "benefits/answer_renewed.html")
    response["X-Robots-Tag"] = "noindex"
    return response
