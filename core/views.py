from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core import color_scheme as scheme
from core import health
from core.middleware import written


@login_not_required
@never_cache
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when database, broker and worker answer, 503 when one does not."""
    alive = health.check()
    words = {part: "ok" if answers else "down" for part, answers in alive.items()}
    everything = all(alive.values())
    return JsonResponse(
        {"status": "ok" if everything else "down", **words}, status=200 if everything else 503
    )


@login_not_required
@require_POST
def color_scheme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark on this device, and go back to the page it was chosen on."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    choice = request.POST.get("scheme")
    response = redirect(back)
    if choice in scheme.CHOICES:
        response.set_cookie(
            scheme.COOKIE,
            choice,
            max_age=scheme.REMEMBERED_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The session ran out while somebody wrote: say so, and keep what they wrote."""
    return render(request, "403_csrf.html", {"written": written(request)}, status=403)
