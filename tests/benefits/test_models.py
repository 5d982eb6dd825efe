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
            "benefits_benefit_target_is_after_baseline",
        ),
        ({"state": "nearly"}, "benefits_benefit_state_is_known"),
        ({"latest_value": 3}, "benefits_benefit_latest_has_value_and_day"),
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

    read = Benefit.objects.get()

    assert (read.latest_value, read.latest_on) == (7, today)


def test_zero_is_a_value(today):
    benefit = BenefitFactory(baseline=20, target=0)
    MeasurementFactory(benefit=benefit, value=0)

    assert Benefit.objects.get().latest_progress == 1


def test_what_is_due_within_two_weeks_is_due(today):
    soon = BenefitFactory(next_measurement_on=today + dt.timedelta(days=14))
    over = BenefitFactory(next_measurement_on=today - dt.timedelta(days=1))
    BenefitFactory(next_measurement_on=today + dt.timedelta(days=15))
    BenefitFactory(next_measurement_on=None)

    assert list(Benefit.objects.due(today)) == [over, soon]
