import datetime as dt
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.accumulation import (
    Agreed,
    ApprovedChange,
    Distance,
    Reported,
    StepKind,
    accumulate,
    latest,
)

BP3 = dt.date(2026, 3, 1)
AGREED = Agreed(on=BP3, end_on=dt.date(2026, 12, 1), cost=Decimal(900_000))

days_since = st.integers(0, 900).map(lambda days: BP3 + dt.timedelta(days=days))
changes = st.lists(
    st.builds(
        ApprovedChange,
        on=days_since,
        words=st.sampled_from(["a", "b"]),
        days=st.integers(-200, 200),
        cost=st.integers(-1_000_000, 1_000_000).map(Decimal),
        benefit=st.integers(-100, 100),
    ),
    max_size=6,
)


def change(months: int, **own) -> ApprovedChange:
    return ApprovedChange(on=dt.date(2026, 3 + months, 1), words=f"Nr. {months}", **own)


def test_changes_add_up_and_a_report_stands_alone():
    steps = accumulate(
        AGREED,
        [change(1, days=30, cost=Decimal(50_000)), change(3, days=-10, benefit=-5)],
        [
            Reported(
                on=dt.date(2026, 5, 1),
                words="April",
                end_on=dt.date(2027, 1, 15),
                cost=Decimal(980_000),
                benefit=90,
            )
        ],
    )

    assert [step.distance for step in steps] == [
        Distance(0, Decimal(0), 0),
        Distance(30, Decimal(50_000), 0),
        Distance(45, Decimal(80_000), -10),
        Distance(20, Decimal(50_000), -5),
    ]
    assert latest(steps, StepKind.CHANGE) == Distance(20, Decimal(50_000), -5)
    assert latest(steps, StepKind.REPORT) == Distance(45, Decimal(80_000), -10)


def test_what_was_approved_before_bp3_is_in_what_was_agreed():
    early = ApprovedChange(on=BP3 - dt.timedelta(days=1), words="Før", days=90)

    assert len(accumulate(AGREED, [early], [])) == 1
    assert latest(accumulate(AGREED, [early], []), StepKind.CHANGE) is None


def test_where_nothing_was_agreed_a_report_tells_no_distance():
    report = Reported(on=BP3, words="Mars", end_on=dt.date(2027, 1, 1), cost=Decimal(5), benefit=80)

    [_start, step] = accumulate(Agreed(on=BP3), [], [report])

    assert step.distance == Distance(None, None, -20)


def test_a_report_that_tells_nothing_is_no_step():
    assert len(accumulate(AGREED, [], [Reported(on=BP3, words="Mars")])) == 1


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(changes)
def test_the_last_step_is_the_sum_of_all_changes(made):
    last = latest(accumulate(AGREED, made, []), StepKind.CHANGE)

    if not made:
        assert last is None
    else:
        assert last == Distance(
            sum(one.days for one in made),
            sum((one.cost for one in made), Decimal(0)),
            sum(one.benefit for one in made),
        )


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(changes.flatmap(lambda made: st.tuples(st.just(made), st.permutations(made))))
def test_the_order_they_come_in_does_not_matter(both):
    made, shuffled = both

    last = latest(accumulate(AGREED, shuffled, []), StepKind.CHANGE)

    assert last == latest(accumulate(AGREED, made, []), StepKind.CHANGE)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(changes)
def test_steps_come_in_order_of_day(made):
    days = [step.on for step in accumulate(AGREED, made, [])]

    assert days == sorted(days)
