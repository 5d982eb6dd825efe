"""The calendar of the portfolio: a secret address of one's own, and what stands there."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.crypto import constant_time_compare
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import require_perm
from projects.actions.portfolio import make_calendar, withdraw_calendar
from projects.models import CalendarFeed
from projects.portfolio_calendar import CONTENT_TYPE, calendar_of

OWN = "mine"  # ?omfang=mine: only the projects the person works with
KEPT_SECONDS = 15 * 60


def calendar_settings(request: HttpRequest) -> HttpResponse:
    """Make the address, see it, get another one, or take it back."""
    require_perm(request.user, "projects.view_portfolio")
    if "withdraw" in request.POST:
        withdraw_calendar(by=request.user)
        messages.success(request, _("Adressen svarer ikke lenger."))
        return redirect("portfolio:calendar")
    if request.method == "POST":
        make_calendar(by=request.user)
        messages.success(request, _("Du har fått en ny adresse."))
        return redirect("portfolio:calendar")
    feed = CalendarFeed.objects.filter(person=request.user).first()
    return render(
        request, "projects/portfolio_calendar.html", {"feed": feed, **_addresses(request, feed)}
    )


def _addresses(request: HttpRequest, feed: CalendarFeed | None) -> dict[str, str]:
    if feed is None:
        return {}
    path = reverse("portfolio:calendar-feed", args=[feed.person_id, feed.token])
    whole = request.build_absolute_uri(path)
    return {"whole": whole, "own": f"{whole}?omfang={OWN}"}


@login_not_required
@require_GET
def calendar_feed(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The calendar itself. A wrong address, one taken back and one of a person who may no longer
    see the portfolio are all the same: nothing is there.
    """
    feed = get_object_or_404(CalendarFeed.objects.select_related("person"), person=pk)
    known = constant_time_compare(feed.token, token)
    person = feed.person
    if not (known and person.is_active and person.has_perm("projects.view_portfolio")):
        raise Http404
    content = calendar_of(
        person,
        only_own=request.GET.get("omfang") == OWN,
        on=timezone.localdate(),
        host=request.get_host(),
        base_url=request.build_absolute_uri("/").rstrip("/"),
    )
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    response = HttpResponse(
        content,
        content_type=CONTENT_TYPE,
        headers={
            "ETag": etag,
            "Cache-Control": f"private, max-age={KEPT_SECONDS}",
            "Content-Disposition": content_disposition_header(True, _("prosjekter.ics")),
            "X-Robots-Tag": "noindex",
        },
    )
    return get_conditional_response(request, etag=etag, response=response) or response
