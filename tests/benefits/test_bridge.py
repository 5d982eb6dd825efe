"""The waterfall and the curve: arithmetic without the database."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from benefits import accumulation, bridge
from benefits.bridge import Flow, Stage

amounts = st.decimals(-1000, 5000, places=2)
flows = st.builds(
    Flow,
    promised=amounts,
    planned=amounts,
    realised=amounts,
    taken_out=amounts,
    amounts=st.integers(1, 9),
    reported=st.integers(0, 1),
)

# The worked example of benefits.bridge, in thousands of kroner.
EXAMPLE = Flow(
    promised=Decimal(1000),
    planned=Decimal(900),
    realised=Decimal(700),
    taken_out=Decimal(400),
    unreported=Decimal(150),
    amounts=4,
    reported=3,
)


def test_the_worked_example():
    assert [(step.stage, step.amount) for step in bridge.steps(EXAMPLE)] == [
        (Stage.PROMISED, 1000),
        (Stage.CHANGED, -100),
        (Stage.PLANNED, 900),
        (Stage.DEVIATION, -200),
        (Stage.REALISED, 700),
        (Stage.TAKEN_OUT, 400),
    ]
    assert EXAMPLE.missing == 1
    assert EXAMPLE.share_realised == Decimal("0.7")


def test_each_bar_is_drawn_where_its_sum_is():
    drawn = {step.stage: (step.start, step.width) for step in bridge.steps(EXAMPLE)}

    assert drawn[Stage.PROMISED] == ("0.00%", "100.00%")
    assert drawn[Stage.CHANGED] == ("90.00%", "10.00%")
    assert drawn[Stage.DEVIATION] == ("70.00%", "20.00%")
    assert drawn[Stage.TAKEN_OUT] == ("0.00%", "40.00%")


@given(flows)
def test_every_bar_stays_within_the_drawing(flow):
    for step in bridge.steps(flow):
        start, width = (float(length.rstrip("%")) for length in (step.start, step.width))
        assert 0 <= start <= 100.01
        assert start + width <= 100.02


@given(flows, flows)
def test_the_steps_lead_from_promise_to_result(one, other):
    both = one + other
    assert both.promised + both.changed + both.deviation == both.realised
    assert both.changed == one.changed + other.changed


@given(flows)
def test_an_ulempe_counts_against_and_is_still_an_amount(flow):
    turned = -flow
    assert (flow + turned).realised == 0
    assert (flow + turned).amounts == 2 * flow.amounts


def test_nothing_is_drawn_of_nothing():
    assert [step.width for step in bridge.steps(Flow())] == ["0%"] * 6
    assert accumulation.curve([]) is None


def year(promised, realised=None):
    is_reported = realised is not None
    return Flow(
        promised=Decimal(promised),
        planned=Decimal(promised),
        realised=Decimal(realised or 0),
        amounts=1,
        reported=int(is_reported),
    )


def test_the_curve_adds_up_and_stops_where_the_numbers_do():
    rows = accumulation.totals([(2025, year(100, 80)), (2027, year(300)), (2028, year(50))])

    assert [(row.year, row.promised, row.realised) for row in rows] == [
        (2025, 100, 80),
        (2026, 100, None),
        (2027, 400, None),
        (2028, 450, None),
    ]


def test_zero_is_a_number_on_the_curve():
    rows = accumulation.totals([(2025, year(100, 0)), (2026, year(100))])

    assert [row.realised for row in rows] == [0, None]


@given(st.lists(st.tuples(st.integers(2000, 2040), flows), min_size=2, unique_by=lambda y: y[0]))
def test_the_curve_stays_within_its_frame(years):
    curve = accumulation.curve(accumulation.totals(sorted(years, key=lambda each: each[0])))

    points = [*curve.promised.points, *curve.planned.points, *curve.realised.points]
    heights = [float(point.y) for point in points]
    assert all(height >= accumulation.TOP - 0.1 for height in heights)
    assert all(height <= accumulation.HEIGHT - accumulation.BOTTOM + 0.1 for height in heights)
    assert len(curve.years) <= accumulation.MOST_NAMES
