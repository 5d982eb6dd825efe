import datetime as dt

import pytest
import time_machine
from django.test import RequestFactory
from django.utils import timezone

from core import rate
from core.models import AddressCount


def request(remote="10.0.0.1", **headers):
    return RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "10.0.0.1"),
        (0, "6.6.6.6", "10.0.0.1"),  # anybody can write the header
        (1, "", "10.0.0.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "6.6.6.6, 198.51.100.7", "198.51.100.7"),  # ours added the last
        (2, "6.6.6.6, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (5, "198.51.100.7", "198.51.100.7"),
    ],
)
def test_address_of_believes_only_our_own_proxies(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies

    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    assert rate.address_of(request(**headers)) == address


def test_hash_of_hides_the_address_and_changes_every_day():
    today = dt.date(2026, 5, 4)

    hashed = rate.hash_of("198.51.100.7", on=today)

    assert "198" not in hashed
    assert hashed == rate.hash_of("198.51.100.7", on=today)
    assert hashed != rate.hash_of("198.51.100.8", on=today)
    assert hashed != rate.hash_of("198.51.100.7", on=today + dt.timedelta(days=1))


def test_hash_of_counts_a_household_with_ipv6_as_one():
    today = dt.date(2026, 5, 4)

    assert rate.hash_of("2001:db8:1:2::1", on=today) == rate.hash_of("2001:db8:1:2::9", on=today)
    assert rate.hash_of("2001:db8:1:2::1", on=today) != rate.hash_of("2001:db8:1:3::1", on=today)


def test_counts_are_per_purpose_and_address_and_hour(db):
    with time_machine.travel("2026-05-04 10:05+00:00", tick=False):
        for address in ("198.51.100.7", "198.51.100.7", "198.51.100.8"):
            rate.add("idea", address)
        rate.add("comment", "198.51.100.7")

        assert rate.now("idea", "198.51.100.7") == rate.Rate(from_address=2, from_all=3)
        assert rate.now("idea", "198.51.100.9") == rate.Rate(from_address=0, from_all=3)
        assert rate.now("support", "198.51.100.7") == rate.Rate(from_address=0, from_all=0)
    with time_machine.travel("2026-05-04 11:00+00:00", tick=False):
        assert rate.now("idea", "198.51.100.7") == rate.Rate(from_address=0, from_all=0)


def test_forget_removes_what_is_a_day_old(db):
    rate.add("idea", "198.51.100.7")
    at = timezone.now()

    assert rate.forget(at=at) == 0
    assert rate.forget(at=at + dt.timedelta(days=1)) == 1
    assert not AddressCount.objects.exists()
