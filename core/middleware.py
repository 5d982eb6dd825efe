from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import middleware as auth
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRefresh

from core.errors import ActionRefused


def wants_json(request: HttpRequest) -> bool:
    """A script of ours asks, and reads the answer itself."""
    preferred = request.get_preferred_type(["text/html", "application/json"])
    return bool(preferred == "application/json")


class LoginRequiredMiddleware(auth.LoginRequiredMiddleware):
    """To the log-in page, or 401 for htmx and scripts: a log-in page is no answer to put into this.

    static/js/keep.js then says what has happened and keeps what was typed.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is not None and (getattr(request, "htmx", False) or wants_json(request)):
            return HttpResponse(status=401)
        return answer


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
    """Turn ActionRefused into the 409 page.

    Or, for htmx, a message on the refreshed page; for a script of ours the reason alone.
    """

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
        if wants_json(request):
            return JsonResponse({"reason": error.reason}, status=409)
        context = {"reason": error.reason, "written": written(request)}
        return render(request, "409.html", context, status=409)
