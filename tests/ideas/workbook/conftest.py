import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.workbooks import Workbook, read_workbook
from municipality.models import Sector, StrategyArea, StrategyGoal
from tests.factories.municipality import SectorFactory

HEADER = ["Hva er problemet*", "Hvem har problemet*", "Hvem sendte det*", "Sektor", "Mål"]
Rows = list[list[object]]


@pytest.fixture
def sector(db) -> Sector:
    return SectorFactory(code="helse", name="Helse og omsorg", short_name="Helse")


@pytest.fixture
def goal(db) -> StrategyGoal:
    area = StrategyArea.objects.create(code="1", name="Innbyggerne først")
    return StrategyGoal.objects.create(area=area, code="1a", text="Tjenestene henger sammen.")


def file_of(rows: Rows, header: list[str] | None = None, sheet: str = "Ideer") -> bytes:
    """A workbook as somebody makes it, with these rows below the header."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = sheet
    for row in [header or HEADER, *rows]:
        book.worksheets[0].append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def upload_of(rows: Rows, header: list[str] | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("lapper.xlsx", file_of(rows, header))


def book_of(rows: Rows, header: list[str] | None = None, sheet: str = "Ideer") -> Workbook:
    return read_workbook(SimpleUploadedFile("lapper.xlsx", file_of(rows, header, sheet)))
