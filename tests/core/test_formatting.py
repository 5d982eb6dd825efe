import datetime as dt
from decimal import Decimal

import pytest

from core import formatting

TODAY = dt.date(2026, 6, 9)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, None, "0"),
        (3, None, "3"),
        (5.8, None, "5,8"),
        (Decimal("5.80"), None, "5,8"),
        (92.5, 1, "92,5"),
        (90, 1, "90,0"),
        (2.5, 0, "3"),
        (4250, None, "4\u202f250"),
        (1234567.891, None, "1\u202f234\u202f567,89"),
        (-12.5, None, "−12,5"),
        (-0.001, 0, "0"),
        (None, None, "–"),
    ],
)
def test_number_has_decimal_comma_and_thin_thousands(value, decimals, text):
    assert formatting.number(value, decimals) == text


def test_percent_and_share_have_a_no_break_space():
    assert formatting.percent(5.8, 1) == "5,8\u00a0%"
    assert formatting.share(0.825) == "83\u00a0%"
    assert formatting.share(None) == "–"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (950, "950\u00a0kr"),
        (25_000, "25\u202f000\u00a0kr"),
        (1_400_000, "1,4\u00a0mill.\u00a0kr"),
        (None, "–"),
    ],
)
def test_kroner_are_millions_when_large(amount, text):
    assert formatting.kroner(amount) == text


def test_quantity_has_its_unit():
    assert formatting.quantity(Decimal("5.8"), "%") == "5,8\u00a0%"
    assert formatting.quantity(17, "minutter") == "17\u00a0minutter"
    assert formatting.quantity(17) == "17"


def test_small_counts_are_words():
    assert [formatting.count_word(count) for count in (0, 1, 2, 12, 13)] == [
        "null",
        "én",
        "to",
        "tolv",
        "13",
    ]
    assert formatting.things(2) == "to ting"


def test_day_has_the_year_only_when_it_is_another():
    assert formatting.day(dt.date(2026, 9, 22), today=TODAY) == "22. september"
    assert formatting.day(dt.date(2027, 4, 7), today=TODAY) == "7. april 2027"
    assert formatting.day(None, today=TODAY) == "–"


def test_day_of_a_moment_is_the_day_in_norway():
    late = dt.datetime(2026, 6, 9, 22, 30, tzinfo=dt.UTC)

    assert formatting.day(late, today=TODAY) == "10. juni"
    assert formatting.clock(late) == "kl.\u00a000.30"


def test_other_ways_to_write_a_day():
    assert formatting.short_day(dt.date(2025, 9, 23)) == "23. sep. 2025"
    assert formatting.day_with_year(dt.date(2026, 6, 9)) == "9. juni 2026"
    assert formatting.weekday(dt.date(2026, 6, 12), today=TODAY) == "fredag 12. juni"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (dt.date(2026, 4, 7), dt.date(2026, 5, 31), "7. april–31. mai"),
        (dt.date(2026, 8, 1), dt.date(2026, 8, 28), "1.–28. august"),
        (dt.date(2026, 8, 1), dt.date(2026, 8, 1), "1. august"),
        (dt.date(2027, 4, 7), dt.date(2027, 5, 31), "7. april–31. mai 2027"),
        (dt.date(2026, 12, 1), dt.date(2027, 1, 31), "1. desember 2026 – 31. januar 2027"),
    ],
)
def test_span_says_no_more_than_it_must(first, last, text):
    assert formatting.span(first, last, today=TODAY) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (-3, "3 dager over"),
        (-1, "I går"),
        (0, "I dag"),
        (1, "I morgen"),
        (3, "Om 3 dager"),
    ],
)
def test_relative_day_is_seen_from_today(days, text):
    assert formatting.relative_day(TODAY + dt.timedelta(days=days), today=TODAY) == text


def test_relative_day_without_a_deadline():
    assert formatting.relative_day(None, today=TODAY) == "Ingen frist"


@pytest.mark.parametrize(
    ("days", "text"), [(23, "23 dager igjen"), (1, "1 dag igjen"), (0, "Siste dag")]
)
def test_days_left_counts_down(days, text):
    assert formatting.days_left(TODAY + dt.timedelta(days=days), today=TODAY) == text


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["teknologi"], "teknologi"),
        (["innovasjon", "teknologi"], "innovasjon og teknologi"),
        (["styring og ledelse", "teknologi"], "styring og ledelse, og teknologi"),
        (["a", "b", "c"], "a, b og c"),
    ],
)
def test_listed_reads_as_running_text(names, expected):
    assert formatting.listed(names) == expected
