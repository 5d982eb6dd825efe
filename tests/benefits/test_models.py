import datetime as dt

import pytest
from django.db import IntegrityError

from benefits.models import Benefit
from tests.factories.benefits import BenefitFactory, MeasurementFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        (
            {"baseline_on": dt.date(2026, 1, 2), "target_on": dt.date(2026, 1, 1)},
            "benefits_indicator_target_is_after_baseline",
        ),
        ({"state": "nearly"}, "benefits_indicator_state_is_known"),
        ({"latest_value": 3}, "benefits_indicator_latest_has_value_and_day"),
        ({"kind": "hope"}, "benefits_benefit_kind_is_known"),
        ({"importance": 6}, "benefits_benefit_importance_is_1_to_5"),
        ({"low_share": 110, "high_share": 120}, "benefits_benefit_estimates_are_around_the_plan"),
    ],
)
def test_the_database_refuses(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        BenefitFactory(**fields)


def test_the_latest_is_of_the_last_date_and_of_two_the_last_entered(today):
    benefit = BenefitFactory()
    earlier = today - dt.timedelta(days=3)
    MeasurementFactory(benefit=benefit, value=8, measured_on=today)
    MeasurementFactory(benefit=benefit, value=9, measured_on=earlier)
    MeasurementFactory(benefit=benefit, value=7, measured_on=today)

    read = Benefit.objects.get(pk=benefit.pk)

    assert (read.latest_value, read.latest_on) == (7, today)


def test_zero_is_a_value(today):
    benefit = BenefitFactory(baseline=20, target=0)
    MeasurementFactory(benefit=benefit, value=0)

    assert Benefit.objects.get(pk=benefit.pk).latest_progress == 1


def test_what_is_due_within_two_weeks_is_due(today):
    soon = BenefitFactory(next_measurement_on=today + dt.timedelta(days=14))
    over = BenefitFactory(next_measurement_on=today - dt.timedelta(days=1))
    BenefitFactory(next_measurement_on=today + dt.timedelta(days=15))
    BenefitFactory(next_measurement_on=None)

    assert list(Benefit.objects.due(today)) == [over, soon]


def test_a_benefit_without_an_indicator_says_so_and_not_zero():
    benefit = BenefitFactory(main=None)

    assert (benefit.state, benefit.latest_value, benefit.unit) == ("not_measured", None, "")


@pytest.mark.parametrize(
    ("fields", "code", "becomes_kroner"),
    [
        ({"kind": "direct"}, "Ø7", True),
        ({"kind": "avoided", "receiver": "public"}, "V7", True),
        ({"kind": "quality"}, "K7", False),
        ({"kind": "time", "use": "quality", "kroner_per_person_year": 800_000}, "Ø7", False),
        ({"kind": "time", "use": "budget"}, "Ø7", False),
        ({"kind": "time", "use": "budget", "kroner_per_person_year": 800_000}, "Ø7", True),
    ],
)
def test_freed_time_is_kroner_only_when_a_budget_is_cut(fields, code, becomes_kroner):
    benefit = Benefit(number=7, **fields)

    assert (benefit.code, benefit.becomes_kroner) == (code, becomes_kroner)
