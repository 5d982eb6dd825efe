import pytest

from maturity.workbook.reading import FilledArea, read_form
from maturity.workbook.writing import stored
from tests.factories.municipality import SectorFactory
from tests.maturity.workbook.conftest import answers_of, download, reread


def _read(book, assessment):
    areas, faults = read_form(reread(book), assessment, answers_of(assessment))
    return {area.code: area for area in areas}, [str(fault) for fault in faults]


def test_an_untouched_form_says_what_is_stored(assessment, statements):
    answer = assessment.answers.get(area__code="innovasjon")
    answer.level, answer.reason, answer.target = 2, "Først\r\nså", 4
    answer.save()
    answer.ticks.add(statements["2-1"], statements["1-2"])

    areas, faults = _read(download(assessment), assessment)

    assert faults == []
    (found, _other) = answers_of(assessment)
    assert areas["innovasjon"].filled == stored(found)
    assert areas["innovasjon"].fingerprint == stored(found).fingerprint
    assert areas["innovasjon"].version == found.version
    assert areas["teknologi"].filled.level is None


def test_what_is_filled_in_is_read(assessment, statements):
    book = download(assessment)
    sheet = book["Innovasjon"]
    sheet["C9"], sheet["C10"] = "X", True
    sheet["B16"], sheet["B17"], sheet["B18"] = 3.0, "Čuovvovaš 🎉 lávki\nog en linje til", "5"

    areas, faults = _read(book, assessment)

    assert faults == []
    filled = areas["innovasjon"].filled
    assert (filled.level, filled.target) == (3, 5)
    assert filled.reason == "Čuovvovaš 🎉 lávki\nog en linje til"
    assert filled.ticks == {"2-1", "2-2"}


def test_everything_that_is_wrong_is_told_at_once(assessment, statements):
    book = download(assessment)
    sheet = book["Innovasjon"]
    sheet["B16"], sheet["B17"], sheet["B18"], sheet["C6"] = 6, "a" * 2001, "=1+1", "kanskje"
    book["Teknologi"]["B12"] = "seks"

    areas, faults = _read(book, assessment)

    assert areas == {}
    assert faults == [
        "Arket «Innovasjon», celle B16: Nivået må være et helt tall fra 1 til 5. Der står «6».",
        "Arket «Innovasjon», celle B17: Begrunnelsen er på 2001 tegn. Det er plass til 2000.",
        "Arket «Innovasjon», celle B18: Her står en formel. Skriv verdien i stedet.",
        "Arket «Innovasjon», celle C6: Krysset må være «x», «ja» eller «nei». Der står «kanskje».",
        "Arket «Teknologi», celle B12: Nivået må være et helt tall fra 1 til 5. Der står «seks».",
    ]


def test_a_missing_and_an_unknown_sheet_are_faults(assessment, statements):
    book = download(assessment)
    book["Teknologi"].title = "Teknikk"

    areas, faults = _read(book, assessment)

    assert areas == {}
    assert faults[0] == "Arket «Teknologi»: Arket mangler."
    assert faults[1].startswith("Arket «Teknikk»: Dette arket kjenner vi ikke.")


def test_rows_that_have_moved_are_not_read_as_something_else(assessment, statements):
    book = download(assessment)
    book["Innovasjon"].insert_rows(6)

    areas, faults = _read(book, assessment)

    assert areas == {}
    assert faults[0] == (
        "Arket «Innovasjon», celle B6: Radene er flyttet eller endret. "
        "Last ned skjemaet på nytt, og svar der."
    )


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("B2", "noe annet", "Fila er ikke et skjema for egenvurdering som er lastet ned herfra."),
        ("B3", 0, "Skjemaet er i et eldre format."),
        ("B4", "helse", "Skjemaet gjelder"),
        ("B6", 2019, "Skjemaet gjelder 2019. Her svarer dere for"),
        ("B7", "2019-1", "Skjemaet bruker en annen versjon av spørsmålene."),
    ],
)
def test_another_form_is_refused_before_its_answers_are_read(
    assessment, statements, cell, value, words
):
    book = download(assessment)
    book["Om skjemaet"][cell] = value
    book["Innovasjon"]["B16"] = 99

    areas, faults = _read(book, assessment)

    assert areas == {}
    assert len(faults) == 1
    assert faults[0].startswith(words)


def test_the_form_of_another_sector_is_named(assessment, statements):
    book = download(assessment)
    assessment.sector = SectorFactory(name="Helse og omsorg")

    _areas, faults = _read(book, assessment)

    assert faults == [
        f"Skjemaet gjelder {book['Om skjemaet']['B5'].value}. Her svarer dere for Helse og omsorg."
    ]


def test_what_the_form_was_made_of_must_stand_there(assessment, statements):
    book = download(assessment)
    book["Om skjemaet"]["B12"] = "annet"

    _areas, faults = _read(book, assessment)

    assert faults == ["Arket «Om skjemaet»: Arket er endret. Last ned skjemaet på nytt."]


def test_an_area_is_the_same_after_it_has_been_staged(assessment, statements):
    areas, _faults = _read(download(assessment), assessment)
    area = areas["innovasjon"]

    assert FilledArea.from_json(area.as_json()) == area
