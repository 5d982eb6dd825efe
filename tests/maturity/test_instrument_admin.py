"""Administrators can correct what nobody has used yet, and only that."""

import pytest
from django.urls import reverse

from core import roles
from maturity.actions.rounds import freeze
from maturity.models import LevelGuidance


@pytest.fixture
def administrator(client, person):
    client.force_login(person(roles.ADMINISTRATOR, is_staff=True))
    return client


def _pages(instrument):
    guidance = LevelGuidance.objects.filter(area__instrument=instrument).first()
    return (
        reverse("admin:maturity_instrument_change", args=[instrument.pk]),
        reverse("admin:maturity_levelguidance_change", args=[guidance.pk]),
    )


def test_a_version_nobody_has_used_can_be_edited(administrator, written):
    version, level = (administrator.get(page).text for page in _pages(written))

    assert 'name="version"' in version
    assert 'name="areas-0-question"' in version
    assert 'name="characteristics-0-text"' in level


def test_a_frozen_version_can_be_read_and_not_edited(administrator, written):
    freeze(written)

    version, level = (administrator.get(page).text for page in _pages(written))

    assert 'name="version"' not in version
    assert 'name="areas-0-question"' not in version
    assert 'name="characteristics-0-text"' not in level
    assert "Innovasjon" in version


def test_nobody_says_by_hand_that_a_version_is_frozen(administrator, written):
    text = administrator.get(_pages(written)[0]).text

    assert 'name="frozen_at_0"' not in text
    assert 'name="based_on"' not in text
    assert 'name="is_current"' in text
