"""Days that people write as text: «31.12.2027», «2027», «mars 2027», «3. kvartal 2027»."""

import calendar
import datetime as dt
import re
from typing import Any

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des"), 1
    )
}
_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_YEAR = re.compile(r"(?:år\s*)?(20\d\d)")
_MONTH = re.compile(r"([a-z]{3,9})\.?\s+(20\d\d)")
_QUARTER = re.compile(r"(?:q|kv\.?\s*)?([1-4])(?:\.?\s*kv(?:artal|\.)?)?\s+(20\d\d)")


def day_of(value: Any) -> dt.date | None:
    """The day, or the last day of the month, quarter or year. None when it is neither."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value).casefold().split())
    if found := _DAY.fullmatch(text):
        return _calendar_day(found)
    if found := _YEAR.fullmatch(text):
        return dt.date(int(found[1]), 12, 31)
    if found := _QUARTER.fullmatch(text):
        return _last_day(int(found[2]), int(found[1]) * 3)
    found = _MONTH.fullmatch(text)
    if found and (month := _MONTHS.get(found[1][:3])):
        return _last_day(int(found[2]), month)
    return None


def day_in(text: str) -> dt.date | None:
    """The first day that is written out in a text, as in «Dato: 15.10.2026»."""
    found = _DAY.search(text)
    return _calendar_day(found) if found else None


def year_in(value: Any) -> int | None:
    """2027, «2027» and «År 2027» are the year; «År» is not filled in."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    found = _YEAR.fullmatch(" ".join(str(value).casefold().split()))
    return int(found[1]) if found else None


def _calendar_day(found: re.Match[str]) -> dt.date | None:
    day, month, year = (int(part) for part in found.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
