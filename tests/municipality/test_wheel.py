import datetime as dt
import re

import pytest
from django.template import Context, Template

from municipality import wheel
from municipality.calendar import PhaseState, default_phases
from municipality.wheel import WheelPhase

YEAR = 2026
DEADLINE = dt.date(2026, 10, 25)
TODAY = dt.date(2026, 5, 8)
STATES = [
    PhaseState.DONE,
    PhaseState.OPEN,
    PhaseState.UPCOMING,
    PhaseState.UPCOMING,
    PhaseState.UPCOMING,
]


def phases(states: list[PhaseState] = STATES) -> list[WheelPhase]:
    spans = default_phases(DEADLINE).items()
    return [
        WheelPhase(
            number=number,
            name=str(kind.label),
            short_name=str(kind.label).split(" ", maxsplit=1)[0],
            opens_on=span.opens_on,
            closes_on=span.closes_on,
            state=state,
        )
        for number, ((kind, span), state) in enumerate(zip(spans, states, strict=True), start=1)
    ]


@pytest.mark.parametrize(
    ("day", "angle"),
    [
        (dt.date(2026, 1, 1), 0),
        (dt.date(2026, 7, 2), 179.5),
        (dt.date(2026, 12, 31), 359.0),
        (dt.date(2025, 12, 24), -7.9),
        (dt.date(2027, 1, 31), 389.6),
    ],
)
def test_angle_of_a_day_starts_at_the_top_and_goes_on_past_the_year(day, angle):
    assert wheel.angle_of(day, YEAR) == pytest.approx(angle, abs=0.1)


def test_points_go_clockwise_from_the_top():
    assert [str(wheel.at(100, angle)) for angle in (0, 90, 180)] == [
        "0.0 -100.0",
        "100.0 -0.0",
        "0.0 100.0",
    ]


def test_every_phase_is_drawn_with_number_and_name():
    drawn = wheel.draw(phases(), year=YEAR, today=TODAY)

    assert [arc.label for arc in drawn.arcs] == [
        "1 Måling",
        "2 Idémyldring",
        "3 Prioritering",
        "4 Notat",  # too short an arc for «Notat og vedtak»
        "5 Prosjekt",
    ]


def test_the_open_phase_is_wider():
    drawn = wheel.draw(phases(), year=YEAR, today=TODAY)

    assert "A221 221" in drawn.arcs[1].shape
    assert "A143 143" in drawn.arcs[1].shape
    assert "A214 214" in drawn.arcs[0].shape


def test_overlapping_phases_end_where_the_next_begins():
    first, second, *_rest = phases()
    long_first = WheelPhase(1, "A", "A", first.opens_on, dt.date(2026, 6, 30), PhaseState.OPEN)
    clipped = wheel.draw([long_first, second], year=YEAR, today=TODAY).arcs[0]
    adjacent = WheelPhase(
        1, "A", "A", first.opens_on, second.opens_on - dt.timedelta(days=1), PhaseState.OPEN
    )

    assert clipped.shape == wheel.draw([adjacent, second], year=YEAR, today=TODAY).arcs[0].shape


def test_labels_below_are_turned_to_keep_their_feet_down():
    drawn = wheel.draw(phases(), year=YEAR, today=TODAY)

    directions = [re.search(r" 0 [01] ([01]) ", arc.label_line)[1] for arc in drawn.arcs]

    assert directions == ["1", "0", "0", "1", "1"]


def test_a_month_name_steps_aside_for_today():
    names = {
        month.name: month.name_at
        for month in wheel.draw(phases(), year=YEAR, today=dt.date(2026, 5, 16)).months
    }
    undisturbed = {
        month.name: month.name_at
        for month in wheel.draw(phases(), year=YEAR, today=TODAY.replace(month=1)).months
    }

    assert names["mai"] != undisturbed["mai"]
    assert names["nov"] == undisturbed["nov"]


def test_today_of_another_year_is_not_on_the_wheel():
    assert wheel.draw(phases(), year=YEAR, today=dt.date(2027, 1, 4)).today is None


def rendered(cycle, source: str) -> str:
    return Template("{% load wheel %}" + source).render(Context({"cycle": cycle}))


@pytest.mark.django_db
def test_wheel_says_where_we_are(cycle):
    html = rendered(cycle, "{% year_wheel cycle %}")

    assert f"Årshjulet {cycle.year}: vi er i måling" in html
    assert "<desc" in html
    assert "style=" not in html
    assert not re.search(r'(?: [xyr]|cx|cy)="-?\d+,\d', html)


@pytest.mark.django_db
def test_phase_list_marks_the_open_steps(cycle):
    html = rendered(cycle, "{% phase_list cycle %}")

    assert html.count("<li") == 5
    assert 'aria-current="step"' in html
    assert "Åpen nå" in html
