"""Supporting an idea, once: by account, or by a random key in the browser that nothing else has."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from core.abuse import Guard
from ideas import actions
from ideas.forms import SupportForm
from ideas.models import Idea, Support

COOKIE = "stotte"
REMEMBERED_FOR = 365 * 24 * 60 * 60  # seconds


@login_not_required
def support(request: HttpRequest, code: str) -> HttpResponse:
    """The page is met only without a button, or when the browser must prove something first."""
    idea = get_object_or_404(Idea.objects.published(), code=code)
    guard = Guard(request, "support")
    form = SupportForm(request.POST or None, guard=guard)
    if not form.is_valid():
        return render(request, "ideas/support.html", {"idea": idea, "form": form})
    guard.count()
    browser = request.get_signed_cookie(COOKIE, default="") or secrets.token_urlsafe(24)
    key = _key(request.user, browser)
    if form.cleaned_data["take_back"]:
        actions.take_back_support(idea, key=key)
        messages.success(request, _("Du støtter ikke lenger ideen."))
    else:
        actions.support(idea, key=key, at=timezone.now())
        messages.success(request, _("Takk. Du støtter nå ideen."))
    response = redirect("idea", code=code)
    if not request.user.is_authenticated:
        _remember(response, browser)
    return response


def supports(request: HttpRequest, idea: Idea) -> bool:
    """Does the one who looks at the page support it?"""
    browser = request.get_signed_cookie(COOKIE, default="")
    if not browser and not request.user.is_authenticated:
        return False
    return Support.objects.filter(idea=idea, key=_key(request.user, browser)).exists()


def _key(user: Any, browser: str) -> str:
    """A keyed hash, so that the rows do not tell who supports what."""
    who = f"account {user.pk}" if user.is_authenticated else f"browser {browser}"
    return salted_hmac("ideas.support", who, algorithm="sha256").hexdigest()


def _remember(response: HttpResponse, browser: str) -> None:
    response.set_signed_cookie(
        COOKIE,
        browser,
        max_age=REMEMBERED_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
