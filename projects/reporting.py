"""When the status of a month is asked for, reminded of and overdue. Days in, days out.

A month is named by its first day. Its status is asked for from the first of the next month. The
project manager is reminded on the third working day and on the tenth, the last day to send it;
the day after, the project owner is told too.
"""

import datetime as dt
from enum import StrEnum

LAST_DAY = 10
WORKING_DAYS_BEFORE_REMINDER = 3
FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)}
# Skjærtorsdag, langfredag, the two days of Easter, Kristi himmelfartsdag and the two of Pentecost.
DAYS_FROM_EASTER = (-3, -2, 0, 1, 39, 49, 50)


class Step(StrEnum):
    """The reminders about one month, in order."""

    FIRST = "first"
    LAST_DAY = "last_day"
    OWNER = "owner"


def month_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def month_before(month: dt.date) -> dt.date:
    return month_of(month - dt.timedelta(days=1))


def month_after(month: dt.date) -> dt.date:
    return month_of(month + dt.timedelta(days=31))


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every month from the one to the other, both taken along, the latest first."""
    months = []
    while last >= first:
        months.append(last)
        last = month_before(last)
    return months


def due_on(month: dt.date) -> dt.date:
    """The last day to send the status of the month."""
    return month_after(month).replace(day=LAST_DAY)


def asked_for(on: dt.date) -> dt.date:
    """The month whose status is asked for on the day: the last that is over."""
    return month_before(month_of(on))


def overdue(on: dt.date) -> dt.date:
    """The latest month whose status should have been sent by the day."""
    asked = asked_for(on)
    return asked if on > due_on(asked) else month_before(asked)


def step_due(on: dt.date) -> Step | None:
    """The reminder whose day has come, about the month that is asked for.

    Of several whose day has passed only the last, so that a missed night is made up for once.
    """
    if on.day > LAST_DAY:
        return Step.OWNER
    if on.day == LAST_DAY:
        return Step.LAST_DAY
    return Step.FIRST if on >= working_day(on, WORKING_DAYS_BEFORE_REMINDER) else None


def working_day(month: dt.date, number: int) -> dt.date:
    """The n-th day of the month that is neither weekend nor public holiday."""
    day = month_of(month)
    while True:
        number -= is_working_day(day)
        if not number:
            return day
        day += dt.timedelta(days=1)


def is_working_day(day: dt.date) -> bool:
    is_fixed = (day.month, day.day) in FIXED_HOLIDAYS
    is_moving = (day - easter_sunday(day.year)).days in DAYS_FROM_EASTER
    return day.weekday() < 5 and not is_fixed and not is_moving


def easter_sunday(year: int) -> dt.date:
    """By the method of Meeus, Jones and Butcher for the Gregorian calendar."""
    century, of_century = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - _drift(century) + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def _drift(century: int) -> int:
    return (century - (century + 8) // 25 + 1) // 3
