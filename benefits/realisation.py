"""How far a benefit has come, and how that compares with its plan. Plain arithmetic, no Django."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import IntEnum, StrEnum

# A benefit within ten percentage points of its plan is on track. Own choice.
TOLERANCE = Decimal("0.10")

# Benefits are measured at the three tertial points of the year (domain.md §5.10).
MEASURING_DAYS = ((1, 15), (5, 15), (9, 15))
# A number up to this much before its day counts as that day's.
EARLY = dt.timedelta(days=30)

DAYS_IN_YEAR = 365
HUNDREDTH = Decimal("0.01")


class Status(StrEnum):
    BEHIND = "behind"
    ON_TRACK = "on_track"
    AHEAD = "ahead"


def progress(value: Decimal | None, *, baseline: Decimal, target: Decimal) -> Decimal | None:
    """Share of the way from baseline to target, (måling − nullpunkt)/(mål − nullpunkt).

    0 is no change, 1 the target; negative when it got worse, above 1 when it went further.
    None when nothing is measured, or when baseline equals target: then there is no way to go.
    Works for targets below the baseline as well. Source: domain.md §4.2, own proposal; KS'
    KommIT workbook credits the baseline and is not used.
    """
    if value is None or baseline == target:
        return None
    return (value - baseline) / (target - baseline)


def planned(on: dt.date, *, baseline_on: dt.date, target_on: dt.date) -> Decimal:
    """Share of the way the plan has come on a date: a straight line from baseline to target.

    0 up to the baseline's date, 1 from the target's date on.
    """
    if on >= target_on:
        return Decimal(1)
    if on <= baseline_on:
        return Decimal(0)
    return Decimal((on - baseline_on).days) / Decimal((target_on - baseline_on).days)


def status(
    value: Decimal | None,
    *,
    measured_on: dt.date,
    baseline: Decimal,
    baseline_on: dt.date,
    target: Decimal,
    target_on: dt.date,
) -> Status | None:
    """Foran plan, i rute or bak plan: progress against the plan on the day it was measured.

    Not against today, so it does not drift between measurements. None when progress is not
    defined.
    """
    reached = progress(value, baseline=baseline, target=target)
    if reached is None:
        return None
    lead = reached - planned(measured_on, baseline_on=baseline_on, target_on=target_on)
    if lead > TOLERANCE:
        return Status.AHEAD
    return Status.BEHIND if lead < -TOLERANCE else Status.ON_TRACK


def measuring_day_after(day: dt.date) -> dt.date:
    """The next of 15 January, 15 May and 15 September, after the day itself."""
    days = (dt.date(year, *at) for year in (day.year, day.year + 1) for at in MEASURING_DAYS)
    return next(candidate for candidate in days if candidate > day)


def next_measuring_day(due: dt.date | None, *, measured_on: dt.date) -> dt.date:
    """When to measure again, now that there is a number for `measured_on`.

    An extra number between two days, or one entered afterwards, leaves the day that is due.
    """
    if due is None:
        return measuring_day_after(measured_on)
    if due - measured_on > EARLY:
        return due
    return measuring_day_after(max(due, measured_on))


class Step(IntEnum):
    """The mails about one measuring day, in their order. The last goes to the sector's leader."""

    ASK = 1
    REMIND = 2
    ON_THE_DAY = 3
    ESCALATE = 4


ASK_BEFORE = dt.timedelta(days=14)
REMIND_BEFORE = dt.timedelta(days=3)
ESCALATE_AFTER = dt.timedelta(days=7)


def step_due(due_on: dt.date, *, asked_on: dt.date | None, on: dt.date) -> Step | None:
    """The step whose day has come. Of several that were missed only the latest counts.

    Nobody's leader is told before the person has had a week from the first mail.
    """
    if on < due_on - ASK_BEFORE:
        return None
    if asked_on is None:
        return Step.ASK
    if on >= max(due_on, asked_on) + ESCALATE_AFTER:
        return Step.ESCALATE
    if on >= due_on:
        return Step.ON_THE_DAY
    return Step.REMIND if on >= due_on - REMIND_BEFORE else Step.ASK


def due_again(due: dt.date | None, *, measured_on: dt.date) -> dt.date:
    """When to measure again, now that the newest number, for `measured_on`, does not count.

    The day that the number was for comes back, unless an earlier one is due already.
    """
    year = measured_on.year
    days = (dt.date(each, *at) for each in (year - 1, year, year + 1) for at in MEASURING_DAYS)
    answered = max(day for day in days if day <= measured_on + EARLY)
    return answered if due is None else min(due, answered)


def shifted(amounts: Mapping[int, Decimal], *, days: int) -> dict[int, Decimal]:
    """The amounts of a plan by year, when all of it comes `days` later. Own proposal.

    A benefit is taken to come evenly through its year, so a delay of d days moves d/365 of each
    year's amount to the year after. No amount is lost: the years go on as long as it takes.
    """
    whole, rest = divmod(days, DAYS_IN_YEAR)
    moved: dict[int, Decimal] = {}
    for year, amount in sorted(amounts.items()):
        later = (amount * rest / DAYS_IN_YEAR).quantize(HUNDREDTH)
        for at, part in ((year + whole, amount - later), (year + whole + 1, later)):
            if part:
                moved[at] = moved.get(at, Decimal(0)) + part
    return moved
