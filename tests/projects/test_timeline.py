import datetime as dt

import pytest

from projects.models import ProjectPhase
from projects.timeline import Course, Window, draw, month_after

TODAY = dt.date(2026, 8, 18)
IDEA, CONCEPT, PLANNING, EXECUTION, CLOSING, REALISATION = (
    ProjectPhase(value) for value in ProjectPhase.values
)


def day(text):
    return dt.date.fromisoformat(text)


def course(phase=CONCEPT, *, entered=None, planned=None, ended=None, is_realised=False):
    return Course(
        phase=phase,
        entered={key: day(value) for key, value in (entered or {}).items()},
        planned={key: (day(a), day(b)) for key, (a, b) in (planned or {}).items()},
        started_on=day("2026-01-10"),
        ended_on=day(ended) if ended else None,
        is_realised=is_realised,
    )


# The window


@pytest.mark.parametrize(
    ("today", "first"),
    [("2026-08-18", "2026-01-01"), ("2026-11-23", "2026-04-01"), ("2026-01-02", "2025-07-01")],
)
def test_the_window_begins_two_whole_quarters_before_the_present_one(today, first):
    assert Window.around(day(today)).starts_on == day(first)


def test_the_window_is_two_years_and_moves_by_one():
    window = Window.around(TODAY)

    assert window.ends_on == day("2028-01-01")
    assert (window.earlier, window.later) == ("2025-01", "2027-01")
    assert window.words == "jan 2026 – des 2027"


@pytest.mark.parametrize("text", ["", "tull", "2026-13", "2026-04-01", "0000-01"])
def test_a_month_nobody_can_read_gives_the_window_around_today(text):
    assert Window.asked_for(text, today=TODAY) == Window.around(TODAY)


def test_a_month_that_is_asked_for_is_the_first():
    assert Window.asked_for("2025-03", today=TODAY).starts_on == day("2025-03-01")


@pytest.mark.parametrize("text", ["0001-01", "9999-12"])
def test_the_ends_of_the_calendar_give_the_window_around_today(text):
    assert Window.asked_for(text, today=TODAY) == Window.around(TODAY)


def test_a_day_stands_where_it_is_in_the_width_and_never_outside():
    window = Window(day("2026-01-01"))

    assert window.x(day("2026-01-01")) == "0.00%"
    assert window.x(day("2027-01-01")) == "50.00%"
    assert window.x(day("2020-05-05")) == "0.00%"
    assert window.x(day("2030-05-05")) == "100.00%"


def test_months_go_over_the_turn_of_the_year():
    assert month_after(day("2026-11-15"), 3) == day("2027-02-01")
    assert month_after(day("2026-02-15"), -3) == day("2025-11-01")


# A project's course


def test_what_has_been_is_drawn_as_it_was_and_the_rest_as_it_is_planned():
    way = course(
        PLANNING,
        entered={IDEA: "2026-01-10", CONCEPT: "2026-02-01", PLANNING: "2026-05-01"},
        planned={
            CONCEPT: ("2026-02-01", "2026-04-01"),
            PLANNING: ("2026-04-01", "2026-10-01"),
            EXECUTION: ("2026-10-01", "2027-03-01"),
        },
    )

    spans = [(span.phase, span.starts_on, span.ends_on) for span in way.spans(TODAY)]

    assert spans == [
        (IDEA, day("2026-01-10"), day("2026-02-01")),
        (CONCEPT, day("2026-02-01"), day("2026-05-01")),
        (PLANNING, day("2026-05-01"), day("2026-10-01")),
        (EXECUTION, day("2026-10-01"), day("2027-03-01")),
    ]


def test_decision_points_are_passed_planned_or_overdue():
    way = course(
        CONCEPT,
        entered={IDEA: "2026-01-10", CONCEPT: "2026-02-01"},
        planned={CONCEPT: ("2026-02-01", "2026-06-15"), PLANNING: ("2026-06-15", "2026-10-01")},
    )

    points = [(point.code, point.on, point.state) for point in way.points(TODAY)]

    assert points == [
        ("BP1", day("2026-02-01"), "passed"),
        ("BP2", day("2026-06-15"), "overdue"),
        ("BP3", day("2026-10-01"), "planned"),
    ]


def test_a_decision_point_is_not_overdue_on_its_own_day():
    way = course(CONCEPT, planned={CONCEPT: ("2026-02-01", TODAY.isoformat())})

    assert [point.state for point in way.points(TODAY)] == ["planned"]


def test_a_phase_that_is_late_lasts_until_today():
    way = course(CONCEPT, planned={CONCEPT: ("2026-02-01", "2026-06-15")})

    (span,) = way.spans(TODAY)

    assert span.ends_on == TODAY


def test_a_phase_planned_for_what_is_over_is_not_drawn():
    way = course(
        CONCEPT,
        planned={CONCEPT: ("2026-02-01", "2026-06-15"), PLANNING: ("2026-06-15", "2026-08-01")},
    )

    assert [span.phase for span in way.spans(TODAY)] == [CONCEPT]


def test_realising_goes_on_to_the_end_of_the_window():
    way = course(REALISATION, entered={REALISATION: "2026-03-01"})

    bars, _marks = draw(way, Window(day("2026-01-01")), TODAY)

    assert bars[-1].phase == REALISATION
    assert (bars[-1].x, bars[-1].width) == ("8.08%", "91.92%")


def test_a_project_that_was_stopped_ends_there_and_waits_for_no_more_decision_points():
    way = course(
        PLANNING,
        entered={PLANNING: "2026-03-01"},
        planned={PLANNING: ("2026-03-01", "2026-12-01"), EXECUTION: ("2026-12-01", "2027-06-01")},
        ended="2026-05-01",
    )

    assert [(span.phase, span.ends_on) for span in way.spans(TODAY)] == [
        (PLANNING, day("2026-05-01"))
    ]
    assert [(point.code, point.state) for point in way.points(TODAY)] == [("BP2", "passed")]


def test_realised_benefits_are_the_last_decision_point():
    way = course(
        REALISATION, entered={REALISATION: "2026-03-01"}, ended="2026-07-01", is_realised=True
    )

    last = way.points(TODAY)[-1]
    assert (last.code, last.state) == ("BP6", "passed")


def test_a_project_without_a_plan_has_a_bar_until_today():
    (bar,), marks = draw(course(CONCEPT), Window(day("2026-01-01")), TODAY)

    assert bar.x == "1.23%"
    assert marks == []


def test_what_is_outside_the_window_is_not_drawn():
    way = course(CONCEPT, planned={CONCEPT: ("2026-02-01", "2026-09-15")})

    assert draw(way, Window(day("2028-01-01")), TODAY) == ([], [])


def test_lengths_are_texts_that_svg_can_read():
    bars, _marks = draw(course(CONCEPT), Window(day("2026-01-01")), TODAY)

    assert "," not in "".join([bars[0].x, bars[0].width])
