from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from core.fields import KronerField, NorwegianDecimalField, PersonYearsField


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("5,8", "5.8"),
        ("5.8", "5.8"),
        ("17", "17"),
        ("0", "0"),
        ("1 234,50", "1234.50"),
        ("1\u202f234", "1234"),
        ("1\u00a0234", "1234"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("−3", "-3"),
        ("–3,5", "-3.5"),
        ("5,8 %", "5.8"),
        ("25 000 kr", "25000"),
        ("25 000,-", "25000"),
        ("12.25", "12.25"),
    ],
)
def test_reads_numbers_as_people_write_them(typed, value):
    assert NorwegianDecimalField().clean(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["fem", "5,8,1", "5..8", "1e5", "--3", "NaN", "12.34.56"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValidationError, match="Skriv et tall"):
        NorwegianDecimalField().clean(typed)


def test_a_point_that_could_be_either_is_asked_about():
    with pytest.raises(ValidationError) as error:
        NorwegianDecimalField().clean("1.500")

    assert error.value.messages == ["Mener du 1\u202f500 eller 1,500? Skriv tallet uten punktum."]


def test_too_many_digits_are_refused():
    with pytest.raises(ValidationError):
        NorwegianDecimalField(max_digits=4, decimal_places=2).clean("12345")


@pytest.mark.parametrize(
    ("stored", "shown"),
    [(Decimal("9.40"), "9,4"), (Decimal("25000"), "25\u202f000"), (Decimal("-3"), "−3")],
)
def test_a_stored_number_is_shown_as_it_is_written_here(stored, shown):
    assert NorwegianDecimalField().prepare_value(stored) == shown


def test_what_was_typed_is_shown_again_as_typed():
    class Form(forms.Form):
        value = NorwegianDecimalField()

    form = Form({"value": "9,4 prosent"})

    assert not form.is_valid()
    assert form["value"].value() == "9,4 prosent"


def test_the_same_number_written_otherwise_is_no_change():
    field = NorwegianDecimalField()

    assert not field.has_changed(Decimal("9.40"), "9,4")
    assert field.has_changed(Decimal("9.40"), "9,5")
    assert field.has_changed(None, "0")


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        (KronerField, "-1", "Kroner kan ikke være mindre enn null."),
        (KronerField, "1,5", "Skriv hele kroner."),
        (KronerField, "1" * 13, "Tallet er for stort."),
        (PersonYearsField, "-1", "Årsverk kan ikke være mindre enn null."),
        (PersonYearsField, "1,555", "Skriv årsverk med høyst to desimaler."),
        (PersonYearsField, "12345", "Tallet er for stort."),
    ],
)
def test_amounts_say_what_is_wrong_in_plain_words(field, typed, told):
    with pytest.raises(ValidationError) as refused:
        field().clean(typed)

    assert refused.value.messages == [told]


def test_a_form_may_say_it_in_its_own_words():
    field = KronerField(error_messages={"min_value": "Rammen kan ikke være mindre enn null."})

    with pytest.raises(ValidationError, match="Rammen"):
        field.clean("-1")
