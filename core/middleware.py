from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRefresh

from core.errors import ActionRefused

# What a form sends along that is not something a person wrote.
NOT_WRITTEN = {"csrfmiddlewaretoken", "submission_key", "version", "next"}


def written(request: HttpRequest) -> list[str]:
    """What the person typed, to show on the refusal so that nothing is lost."""
    return [
        value.strip()
        for name, values in request.POST.lists()
        if name not in NOT_WRITTEN
        for value in values
        if len(value.strip()) > 3
    ]


class ActionRefusedMiddleware:
    """Turn ActionRefused into the 409 page, or, for htmx, a message on the refreshed page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, ActionRefused):
            return None
        if getattr(request, "htmx", False):
            messages.error(request, error.reason)
            return HttpResponseClientRefresh()
        context = {"reason": error.reason, "written": written(request)}
        return render(request, "409.html", context, status=409)
