"""The link that answers a measuring request without log-in: signed, and good for one answer."""

import uuid
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

from benefits.models import MeasuringRequest

_SIGNER = signing.Signer(salt="benefits.measuring")


def signed(request: MeasuringRequest) -> str:
    """Holds the nonce of the request: a new nonce makes every earlier link void."""
    return _SIGNER.sign_object([request.pk, request.nonce.hex])


def url(request: MeasuringRequest) -> str:
    """The whole address, for a mail."""
    return settings.SITE_URL + reverse("measuring:answer", args=[signed(request)])


def read(token: str) -> MeasuringRequest | None:
    """What the link asks for; None when it is wrong, or renewed since."""
    try:
        content: Any = _SIGNER.unsign_object(token)
        pk, nonce = int(content[0]), uuid.UUID(content[1])
    except (signing.BadSignature, AttributeError, LookupError, TypeError, ValueError):
        return None
    return MeasuringRequest.objects.with_indicator().filter(pk=pk, nonce=nonce).first()
