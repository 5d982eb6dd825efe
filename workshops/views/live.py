"""What is asked for every second: answered with «not changed» unless something has."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control

from workshops import wall
from workshops.models import Workshop


def answer_unless_known(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """The wall as it is now, or 304 for somebody who has seen this revision."""
    etag = f'"{workshop.pk}-{workshop.revision}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(wall.fragment(workshop, at=timezone.now()))
        response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def room_address(request: HttpRequest, workshop: Workshop) -> str:
    """What the QR code leads to: the address the one who leads came by is one that works."""
    return request.build_absolute_uri(reverse("workshops:room", args=[workshop.code]))
