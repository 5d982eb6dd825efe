import datetime as dt
import io

import openpyxl
import pytest

from maturity.models import AssessmentStatus
from maturity.workbook.writing import form_workbook
from tests.factories.maturity import AnswerFactory, AreaFactory, AssessmentFactory
from tests.factories.municipality import CycleFactory
from tests.maturity.workbook.conftest import ADDRESS, download, form_of

AT = dt.datetime(2026, 4, 7, 7, 30, tzinfo=dt.UTC)


def _texts(sheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_there_is_guidance_a_sheet_for_each_area_and_what_the_form_is(assessment, statements):
    book = download(assessment)

    assert book.sheetnames == ["Slik gjør dere", "Innovasjon", "Teknologi", "Om skjemaet"]
    guide = " ".join(_texts(book["Slik gjør dere"]))
    assert f"Egenvurdering av digital modenhet {assessment.cycle.year}" in guide
    assert "Siste dag er" in guide
    assert ADDRESS in guide
    assert f"versjon {assessment.instrument.version}" in guide


def test_what_is_answered_stands_in_its_cells(assessment, statements):
    answer = assessment.answers.get(area__code="innovasjon")
    answer.level, answer.reason, answer.target = 2, "=SUM(A1) er ingen formel", 4
    answer.save()
    answer.ticks.add(statements["2-1"])

    sheet = download(assessment)["Innovasjon"]

    assert [(sheet[f"B{row}"].value, sheet[f"C{row}"].value) for row in (6, 7, 9, 10)] == [
        ("Slik 1.", None),
        ("Slik 2.", None),
        ("Slik 1.", "x"),
        ("Slik 2.", None),
    ]
    assert [sheet[f"B{row}"].value for row in (16, 17, 18)] == [2, "=SUM(A1) er ingen formel", 4]
    assert sheet["B17"].data_type == "s"


def test_only_the_cells_to_fill_in_are_open(assessment, statements):
    book = download(assessment)

    open_cells = {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }

    assert all(sheet.protection.sheet for sheet in book)
    assert book.security.lockStructure
    assert {cell for sheet, cell in open_cells if sheet == "Innovasjon"} == {
        *("C6", "C7", "C9", "C10"),
        *("B16", "B17", "B18"),
    }
    assert {sheet for sheet, _cell in open_cells} == {"Innovasjon", "Teknologi"}


def test_levels_and_ticks_are_chosen_from_lists(assessment, statements):
    validations = download(assessment)["Innovasjon"].data_validations.dataValidation

    lists = {each.formula1: each for each in validations}
    assert set(lists) == {'"x"', '"1,2,3,4,5"'}
    assert {"C6", "C10"} <= set(str(lists['"x"'].sqref).replace(":", " ").split())
    assert set(str(lists['"1,2,3,4,5"'].sqref).split()) == {"B16", "B18"}
    assert lists['"1,2,3,4,5"'].error == "Nivået må være et helt tall fra 1 til 5."


def test_last_year_stands_beside_as_last_year(assessment, statements):
    answer = assessment.answers.get(area__code="innovasjon")
    before = AnswerFactory(
        assessment=AssessmentFactory(
            cycle=CycleFactory(year=assessment.cycle.year - 1, is_current=False),
            sector=assessment.sector,
            instrument=assessment.instrument,
        ),
        area=answer.area,
        level=2,
        reason="Vi prøvde litt.",
        target=3,
    )
    form = form_of(assessment)
    form.last_year["innovasjon"] = before

    sheet = openpyxl.load_workbook(io.BytesIO(form_workbook(form, made_at=AT)))["Innovasjon"]

    assert [sheet[f"D{row}"].value for row in (16, 17, 18)] == [
        "Nivå 2",
        "Vi prøvde litt.",
        "Målet for i år var nivå 3",
    ]
    assert sheet["B16"].value is None
    assert before.assessment.status == AssessmentStatus.DRAFT


def test_the_same_answers_at_the_same_time_give_the_same_bytes(assessment, statements):
    assert form_workbook(form_of(assessment), made_at=AT) == form_workbook(
        form_of(assessment), made_at=AT
    )


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Data/analyse: [ny]", "Data analyse   ny"),
        ("Om skjemaet", "Om skjemaet 2"),
        ("teknologi", "teknologi 2"),
        ("Et navn på et område som er langt", "Et navn på et område som er lan"),
    ],
)
def test_a_sheet_gets_a_name_that_a_spreadsheet_takes(assessment, statements, name, title):
    area = AreaFactory(instrument=assessment.instrument, name=name, order=9)
    AnswerFactory(assessment=assessment, area=area)

    assert download(assessment).sheetnames[-2] == title
