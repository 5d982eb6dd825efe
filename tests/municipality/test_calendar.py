import datetime as dt

import pytest

from municipality.calendar import (
    Overlap,
    PhaseKind,
    PhaseState,
    Span,
    default_phases,
    overlaps,
    state,
)

MAY = Span(dt.date(2026, 5, 1), dt.date(2026, 5, 31))


def test_default_dates_are_counted_back_from_the_deadline():
    phases = default_phases(dt.date(2026, 10, 25))

    assert phases == {
        PhaseKind.MEASUREMENT: Span(dt.date(2026, 1, 5), dt.date(2026, 3, 27)),
        PhaseKind.IDEATION: Span(dt.date(2026, 4, 7), dt.date(2026, 5, 31)),
        PhaseKind.PRIORITISATION: Span(dt.date(2026, 6, 1), dt.date(2026, 8, 28)),
        PhaseKind.MEMO: Span(dt.date(2026, 8, 31), dt.date(2026, 10, 9)),
        PhaseKind.PROJECT: Span(dt.date(2026, 10, 12), dt.date(2026, 12, 31)),
    }
    assert overlaps(phases) == []


def test_default_dates_move_with_the_deadline():
    week = dt.timedelta(days=7)
    early, late = default_phases(dt.date(2026, 10, 25)), default_phases(dt.date(2026, 11, 1))

    assert all(late[kind].opens_on - early[kind].opens_on == week for kind in PhaseKind)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (dt.date(2026, 4, 30), PhaseState.UPCOMING),
        (dt.date(2026, 5, 1), PhaseState.OPEN),
        (dt.date(2026, 5, 31), PhaseState.OPEN),
        (dt.date(2026, 6, 1), PhaseState.DONE),
    ],
)
def test_a_phase_is_open_on_its_first_and_last_day(on, expected):
    assert state(MAY.opens_on, MAY.closes_on, on=on) == expected


@pytest.mark.parametrize(
    ("opens_on", "days"), [(dt.date(2026, 5, 31), 1), (dt.date(2026, 5, 20), 12)]
)
def test_an_overlap_counts_the_days_both_are_open(opens_on, days):
    spans = {
        PhaseKind.IDEATION: MAY,
        PhaseKind.PRIORITISATION: Span(opens_on, dt.date(2026, 8, 1)),
    }

    assert overlaps(spans) == [Overlap(PhaseKind.IDEATION, PhaseKind.PRIORITISATION, days)]
