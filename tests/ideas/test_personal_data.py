import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideas.personal_data import Found, find, is_national_id, without

FIRST, SECOND = (3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def numbered(date: dt.date, individual: int, *, to_day: int = 0, to_month: int = 0) -> str | None:
    """The national identity number of a date, written out anew; None when none is given."""
    nine = f"{date.day + to_day:02}{date.month + to_month:02}{date.year % 100:02}{individual:03}"
    first = -sum(int(digit) * weight for digit, weight in zip(nine, FIRST, strict=True)) % 11
    ten = f"{nine}{first}"
    second = -sum(int(digit) * weight for digit, weight in zip(ten, SECOND, strict=False)) % 11
    return None if 10 in (first, second) else f"{ten}{second}"


NUMBERS = st.builds(
    numbered,
    st.dates(dt.date(1900, 1, 1), dt.date(2039, 12, 31)),
    st.integers(0, 999),
    to_day=st.sampled_from([0, 40]),
    to_month=st.sampled_from([0, 40, 65, 80]),
).filter(lambda number: number is not None)


@given(NUMBERS)
def test_every_number_that_may_be_given_is_known(number):
    assert is_national_id(number)


@given(NUMBERS, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_makes_it_no_number(number, place, more):
    wrong = f"{number[:place]}{(int(number[place]) + more) % 10}{number[place + 1 :]}"

    assert not is_national_id(wrong)


@given(NUMBERS, st.sampled_from(["{}{}", "{} {}", "{}.{}", "{}-{}", "{}\u00a0{}"]))
def test_a_number_is_found_however_it_is_written(number, shape):
    written = shape.format(number[:6], number[6:])

    assert [(each.kind, each.text) for each in find(f"Fnr. {written}, takk.")] == [
        (Found.NATIONAL_ID, written)
    ]


@pytest.mark.parametrize("number", ["00000000000", "32010112345", "1234567890", "x" * 11, ""])
def test_what_is_no_date_or_not_eleven_digits_is_no_number(number):
    assert not is_national_id(number)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ring 99999999.", "99999999"),
        ("Ring Kari, 999 99 999.", "999 99 999"),
        ("61 18 95 00 er opptatt", "61 18 95 00"),
        ("Nummeret +47 61 18 95 00", "+47 61 18 95 00"),
        ("+4761189500", "+4761189500"),
        ("004761189500", "004761189500"),
        ("tlf: 61\u00a018\u00a095\u00a000", "61\u00a018\u00a095\u00a000"),
    ],
)
def test_phone_numbers_are_found(text, written):
    assert [(each.kind, each.text) for each in find(text)] == [(Found.PHONE, written)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Skriv til kari.nordmann@gjovik.example.", "kari.nordmann@gjovik.example"),
        ("<a+b@c-d.example.no>", "a+b@c-d.example.no"),
        ("99999999@sms.example", "99999999@sms.example"),
    ],
)
def test_addresses_are_found(text, written):
    assert [(each.kind, each.text) for each in find(text)] == [(Found.EMAIL, written)]


@pytest.mark.parametrize(
    "text",
    [
        "I 2025 og 2026 brukte vi 12 500 000 kr.",
        "Det koster 25 000 000 kroner.",
        "kr 45000000 på budsjettet",
        "Klokka 10.30 den 12.05.2026, rom 214",
        "Mellom 2019 og 2024",
        "Postnummer 2815, gnr. 62 bnr. 118",
        "Saksnummer 26/01234",
        "14 ansatte bruker 3 timer i 52 uker",
        "IBAN 1234567890123456789",
        "Journalpost 7e2c9f0a-61189500-4b, sak 26/61189500",
        "@alle, se på dette",
        "",
    ],
)
def test_ordinary_numbers_are_left_alone(text):
    assert find(text) == []


def test_several_are_told_apart_and_stand_in_order():
    text = "Fnr 010190 00083? Nei, ring 999 99 999 eller kari@b.example, +47 61 18 95 00."

    assert [each.kind for each in find(text)][-3:] == [Found.PHONE, Found.EMAIL, Found.PHONE]


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_any_text_can_be_looked_through(text):
    for finding in find(text):
        assert text[finding.start : finding.end] == finding.text


def test_a_very_long_text_is_looked_through_at_once():
    assert find("1 " * 100_000) == []
    assert find("a." * 100_000 + "@") == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ring Kari, 999 99 999, hun vet det.", "Ring Kari, hun vet det."),
        ("Skriv til kari@b.example.", "Skriv til."),
        ("999 99 999", ""),
        ("Ingen ringer.", "Ingen ringer."),
    ],
)
def test_without_takes_out_what_was_found(text, left):
    assert without(text) == left
