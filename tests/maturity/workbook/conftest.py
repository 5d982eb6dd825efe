import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.workbooks import Workbook, read_workbook
from maturity.models import Answer, Assessment, Characteristic
from maturity.workbook.writing import Form, form_workbook
from tests.factories.maturity import CharacteristicFactory

ADDRESS = "https://hjulet.example/modenhet/"


@pytest.fixture
def statements(assessment) -> dict[str, Characteristic]:
    """Two for each of the two lowest levels of «Innovasjon», by key."""
    area = assessment.instrument.areas.get(code="innovasjon")
    return {
        f"{level}-{number}": CharacteristicFactory(
            guidance=area.levels.get(level=level), key=f"{level}-{number}", text=f"Slik {number}."
        )
        for level in (1, 2)
        for number in (1, 2)
    }


def answers_of(assessment: Assessment) -> list[Answer]:
    answers = assessment.answers.with_guidance().prefetch_related("ticks")
    return list(answers.order_by("area__order"))


def form_of(assessment: Assessment) -> Form:
    return Form(assessment, answers_of(assessment), {}, ADDRESS, "Gjøvik kommune")


def download(assessment: Assessment, made_at: dt.datetime | None = None) -> openpyxl.Workbook:
    """The form as the sector gets it, open in a spreadsheet program."""
    content = form_workbook(form_of(assessment), made_at=made_at or timezone.now())
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def upload_of(book: openpyxl.Workbook, name: str = "skjema.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, saved(book))


def reread(book: openpyxl.Workbook) -> Workbook:
    return read_workbook(upload_of(book))


def workbook_url(assessment: Assessment, page: str = "workbook", **kwargs) -> str:
    return reverse(f"maturity:{page}", kwargs={"sector": assessment.sector.code, **kwargs})
