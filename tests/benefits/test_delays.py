"""A plan moved by its project: the law of the move, and what moves."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits import actions
from benefits.models import Benefit, BenefitChange, BenefitYear, Indicator
from benefits.realisation import shifted
from core import roles
from projects.actions import decide_change
from projects.actions import plan as plan_actions
from projects.models import ChangeRequestStatus, PhasePlan, ProjectPhase
from tests.factories.benefits import BenefitFactory, BenefitYearFactory
from tests.factories.projects import ChangeRequestFactory, ProjectFactory

D = Decimal
amounts = st.integers(0, 10**9).map(lambda hundredths: D(hundredths) / 100)
plans = st.dictionaries(st.integers(2020, 2040), amounts, min_size=1, max_size=8)
delays = st.integers(-1000, 3000)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, {2027: D(100), 2028: D(100)}),
        (73, {2027: D(80), 2028: D(100), 2029: D(20)}),
        (365, {2028: D(100), 2029: D(100)}),
        (438, {2028: D(80), 2029: D(100), 2030: D(20)}),
        (-73, {2026: D(20), 2027: D(100), 2028: D(80)}),
    ],
)
def test_a_delay_moves_its_share_of_each_year_to_the_next(days, expected):
    assert shifted({2027: D(100), 2028: D(100)}, days=days) == expected


@settings(max_examples=50, deadline=None)
@given(plan=plans, days=delays)
def test_no_amount_is_lost_and_none_becomes_negative(plan, days):
    moved = shifted(plan, days=days)

    assert sum(moved.values()) == sum(plan.values())
    assert all(amount > 0 for amount in moved.values())


@settings(max_examples=50, deadline=None)
@given(plan=plans, days=st.integers(0, 3000), longer=st.integers(0, 1000))
def test_the_later_it_comes_the_less_has_come_by_any_year(plan, days, longer):
    early, late = shifted(plan, days=days), shifted(plan, days=days + longer)
    rounding = D("0.01") * len(plan)

    for year in range(2020, 2060):
        by_then = sum(amount for at, amount in early.items() if at <= year)
        assert sum(amount for at, amount in late.items() if at <= year) <= by_then + rounding


# The project


@pytest.fixture
def project(db, today):
    """In Gjennomføre, with BP5 agreed in 100 days."""
    project = ProjectFactory(phase=ProjectPhase.EXECUTION)
    PhasePlan.objects.create(
        project=project,
        phase=ProjectPhase.CLOSING,
        starts_on=today,
        ends_on=today + dt.timedelta(days=100),
        agreed_ends_on=today + dt.timedelta(days=100),
    )
    return project


@pytest.fixture
def benefit(project, today):
    """Promised, and not measured yet."""
    benefit = BenefitFactory(
        project=project,
        kind="direct",
        realised_from=dt.date(2027, 1, 1),
        target_on=dt.date(2027, 6, 1),
        next_measurement_on=dt.date(2027, 1, 15),
    )
    for year in (2027, 2028):
        BenefitYearFactory(benefit=benefit, year=year, plan=100_000)
    actions.freeze_plan(project, by=project.owner, at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    return benefit


def end_later(project, days):
    """As on the plan page."""
    closing = project.phase_plans.get(phase=ProjectPhase.CLOSING)
    day = closing.agreed_ends_on + dt.timedelta(days=days)
    plan_actions.plan_phases(
        project, {ProjectPhase.CLOSING: (closing.starts_on, day)}, by=project.owner
    )


def test_a_delay_moves_the_dates_and_the_years_once(project, benefit):
    end_later(project, 73)
    end_later(project, 73)

    benefit = Benefit.objects.get()
    change = BenefitChange.objects.get()
    assert benefit.moved_days == change.days == 73
    assert benefit.realised_from == dt.date(2027, 3, 15)
    assert benefit.target_on == dt.date(2027, 8, 13)
    assert benefit.next_measurement_on == dt.date(2027, 3, 29)
    assert change.before["target_on"] == "2027-06-01"
    assert change.reason.startswith("BP5 er planlagt")
    assert list(benefit.years.order_by("year").values_list("year", "plan", "moved")) == [
        (2027, 100_000, 80_000),
        (2028, 100_000, 100_000),
        (2029, None, 20_000),
    ]


def test_an_approved_change_moves_the_benefits_and_stands_as_the_reason(project, benefit, person):
    request = ChangeRequestFactory(project=project, title="Vent på leverandøren", days=30)

    decide_change(
        request,
        outcome=ChangeRequestStatus.APPROVED,
        reason="Det henger sammen.",
        by=person(roles.ICT_BOARD),
        at=timezone.now(),
    )

    change = BenefitChange.objects.get()
    assert (change.days, change.reason) == (30, "Vent på leverandøren")
    assert change.change_request == request


def test_all_goes_back_when_the_project_catches_up(project, benefit):
    end_later(project, 73)
    end_later(project, 0)

    benefit = Benefit.objects.get()
    assert (benefit.moved_days, benefit.target_on) == (0, dt.date(2027, 6, 1))
    assert list(benefit.years.values_list("year", "moved")) == [(2027, None), (2028, None)]


def test_a_project_that_ends_early_hurries_no_benefit(project, benefit):
    end_later(project, -20)

    assert Benefit.objects.get().moved_days == 0


def test_what_does_not_follow_the_project_stays(project, benefit):
    Benefit.objects.update(follows_project=False)

    end_later(project, 73)

    assert Benefit.objects.get().target_on == dt.date(2027, 6, 1)
    assert not BenefitChange.objects.exists()


def test_one_that_follows_again_catches_up_with_the_delay(project, benefit):
    Benefit.objects.update(follows_project=False)
    end_later(project, 73)
    benefit = Benefit.objects.get()
    benefit.follows_project = True

    actions.edit_benefit(benefit, indicator=None, by=project.owner)

    assert Benefit.objects.get().moved_days == 73


def test_a_delay_before_the_plan_was_frozen_is_part_of_it(project, today):
    BenefitFactory(project=project)
    end_later(project, 30)
    at = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    actions.freeze_afterwards(project, by=project.owner, at=at)

    end_later(project, 40)

    assert Benefit.objects.get().moved_days == 10


def test_the_first_measurement_waits_and_those_begun_keep_their_day(project, benefit):
    Indicator.objects.update(
        state="on_track", latest_value=7, latest_on=dt.date(2026, 1, 2), latest_evidence="measured"
    )

    end_later(project, 73)

    assert Indicator.objects.get().next_measurement_on == dt.date(2027, 1, 15)


def test_a_year_that_nothing_is_said_of_has_no_row(project, benefit):
    year = benefit.years.get(year=2028)
    year.plan = year.promised = None

    actions.save_years(benefit, [year], by=project.owner, reason="Falt bort.")

    assert list(BenefitYear.objects.values_list("year", flat=True)) == [2027]
