"""The personal link of a member: signed, so that nobody can guess one, and void when renewed."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

from maturity.models import Respondent

_SIGNER = signing.Signer(salt="maturity.respondent")


def signed(respondent: Respondent) -> str:
    """Holds the member's nonce: a new nonce makes every earlier link void."""
    return _SIGNER.sign_object([respondent.pk, respondent.nonce])


def url(respondent: Respondent) -> str:
    """The whole address, for a mail: with an account the page behind log-in, else the link."""
    if respondent.user_id is not None:
        path = reverse("maturity:my-answer", args=[respondent.assessment.sector.code])
    else:
        path = reverse("maturity:member", args=[signed(respondent)])
    return settings.SITE_URL + path


def read(token: str) -> Respondent | None:
    """Whose link it is; None when it is wrong, or renewed since, or the name is forgotten."""
    try:
        content: Any = _SIGNER.unsign_object(token)
        pk, nonce = content
    except (signing.BadSignature, TypeError, ValueError):
        return None
    found = Respondent.objects.filter(pk=pk, nonce=nonce, forgotten_at=None)
    return found.select_related("assessment__cycle", "assessment__sector__leader", "user").first()
