import logging
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import middleware as auth
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRefresh
from psycopg.errors import DeadlockDetected

from core.errors import ActionRefused

logger = logging.getLogger(__name__)


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
        return _refused(request, error) if isinstance(error, ActionRefused) else None


def _refused(request: HttpRequest, error: ActionRefused) -> HttpResponse:
    if getattr(request, "htmx", False):
        messages.error(request, error.reason)
        return HttpResponseClientRefresh()
    if wants_json(request):
        return JsonResponse({"reason": error.reason}, status=409)
    context = {"reason": error.reason, "written": written(request)}
    return render(request, "409.html", context, status=409)


class DeadlockMiddleware:
    """Do the request again when PostgreSQL ended its transaction to free another.

    Two who save at once can come to wait for each other's rows. The database then undoes all that
    one of them did, and the other goes on: the one that was undone has only to be done again.
    """

    TRIES = 3

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not _is_deadlock(error):
            return None
        for tried in range(1, self.TRIES):
            logger.warning("Deadlock at %s, tried %s time(s): done again", request.path, tried)
            for _field, uploads in request.FILES.lists():
                for upload in uploads:
                    upload.seek(0)
            try:
                return match.func(request, *match.args, **match.kwargs)
            except ActionRefused as refusal:
                return _refused(request, refusal)
            except OperationalError as again:
                if not _is_deadlock(again):
                    raise
        return None


def _is_deadlock(error: Exception) -> bool:
    """And nothing of the request is left: a transaction around it would be spoilt."""
    return isinstance(error.__cause__, DeadlockDetected) and not connection.in_atomic_block
