"""The short code that leads to a workshop, and the key that knows a phone again."""

import secrets

from django.db import connection
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from workshops.models import Workshop, WorkshopStatus

FIRST, LAST = 1000, 9999
_LOCK = 0x76657264  # one code is drawn at a time


def new_code() -> str:
    """Four digits that lead nowhere else now. Called inside the transaction that stores it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    in_use = Workshop.objects.exclude(status=WorkshopStatus.ENDED)
    taken = {int(code) for code in in_use.values_list("code", flat=True)}
    free = [number for number in range(FIRST, LAST + 1) if number not in taken]
    if not free:
        raise ActionRefused(_("Alle kodene er i bruk. Avslutt et verksted som er ferdig."))
    return str(secrets.choice(free))


def normalise(typed: str) -> str:
    """What a person types for a code: «41 72» → «4172»."""
    return "".join(character for character in typed if character in "0123456789")


def new_key() -> str:
    return secrets.token_urlsafe(24)


def fingerprint(key: str) -> str:
    """What is stored of a key: enough to know it again, nothing to make it from."""
    return salted_hmac("workshops.participant", key, algorithm="sha256").hexdigest()
