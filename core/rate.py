"""How often an address does a thing. Only a hash of the address is kept, and only for a day."""

import datetime as dt
import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.models import AddressCount

KEPT = dt.timedelta(days=1)
IPV6_HOUSEHOLD = 64  # bits: what one subscriber has all addresses of

ADD = """
INSERT INTO {table} AS counted (purpose, address, hour, count) VALUES (%s, %s, %s, 1)
ON CONFLICT (purpose, hour, address) DO UPDATE SET count = counted.count + 1
"""


@dataclass(frozen=True)
class Rate:
    """This hour, so far."""

    from_address: int
    from_all: int


def address_of(request: HttpRequest) -> str:
    """The visitor's address: the one that the outermost of our own proxies saw."""
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    seen.append(request.META.get("REMOTE_ADDR", ""))
    ours = min(settings.TRUSTED_PROXIES, len(seen) - 1)
    return seen[-1 - ours] or seen[-1]


def hash_of(address: str, *, on: dt.date) -> str:
    """A keyed hash that cannot be followed from one day to the next."""
    return salted_hmac(f"core.rate {on}", _household(address), algorithm="sha256").hexdigest()


def _household(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, IPV6_HOUSEHOLD), strict=False))


def add(purpose: str, address: str) -> None:
    """Count one more. Two at once are two."""
    now = timezone.now()
    statement = ADD.format(table=AddressCount._meta.db_table)
    hashed = hash_of(address, on=timezone.localdate(now))
    with connection.cursor() as cursor:
        cursor.execute(statement, [purpose, hashed, _hour(now)])


def now(purpose: str, address: str) -> Rate:
    at = timezone.now()
    counts = AddressCount.objects.filter(purpose=purpose, hour=_hour(at))
    hashed = hash_of(address, on=timezone.localdate(at))
    found = counts.aggregate(
        mine=Coalesce(Sum("count", filter=Q(address=hashed)), 0), total=Coalesce(Sum("count"), 0)
    )
    return Rate(from_address=found["mine"], from_all=found["total"])


def _hour(at: dt.datetime) -> dt.datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def forget(*, at: dt.datetime) -> int:
    """Delete what is a day old, and say how many."""
    count, _rows = AddressCount.objects.filter(hour__lte=at - KEPT).delete()
    return count
