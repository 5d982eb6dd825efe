import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.workbooks import Workbook, read_workbook
from municipality.models import Sector
from tests.factories.municipality import SectorFactory

HEADER = ["Sektor", "Område", "Nivå", "Begrunnelse", "Årsverk"]
Rows = list[list[object]]


@pytest.fixture
def sectors(db) -> list[Sector]:
    return [
        SectorFactory(code="helse", name="Helse og omsorg", short_name="Helse"),
        SectorFactory(code="nav", name="Arbeid og velferd", short_name="NAV"),
    ]


@pytest.fixture
def last_year(cycle) -> int:
    return cycle.year - 1


def file_of(years: dict[object, Rows], header: list[str] | None = None) -> bytes:
    """A workbook as somebody makes it: a sheet per year, with these rows below the header."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for year, rows in years.items():
        sheet = book.create_sheet(str(year))
        sheet.append(header or HEADER)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def upload_of(years: dict[object, Rows], name: str = "historikk.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, file_of(years))


def book_of(years: dict[object, Rows], header: list[str] | None = None) -> Workbook:
    return read_workbook(SimpleUploadedFile("historikk.xlsx", file_of(years, header)))
