import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.workbooks import CellFault, read_workbook
from municipality.models import User
from prioritization import sheets
from prioritization.models import Entry, Round
from prioritization.workbook.changes import Difference, compare
from prioritization.workbook.reading import Filled, read_form
from prioritization.workbook.writing import Form, form_workbook
from tests.factories.prioritization import EntryFactory

ADDRESS = "https://hjulet.example/poeng/"


@pytest.fixture
def other_entry(scored, entry) -> Entry:
    """The second idea of the round."""
    return EntryFactory(round=scored)


@pytest.fixture
def as_scorer(client, scorer):
    client.force_login(scorer)
    return client


def url(name, *args):
    return reverse(f"prioritization:{name}", args=args)


def rows_of(scored: Round, person: User) -> list[sheets.Row]:
    entries = scored.entries.competing().for_rows().in_order()
    return sheets.rows(entries, scored.ordered_questions(), person)


def content_of(scored: Round, person: User, made_at=None) -> bytes:
    form = Form(
        part=scored.participations.select_related("user", "sector", "round").get(user=person),
        questions=scored.ordered_questions(),
        rows=[row for row in rows_of(scored, person) if row.recusal is None],
        address=ADDRESS,
        creator="Gjøvik kommune",
    )
    return form_workbook(form, made_at=made_at or timezone.now())


def download(scored: Round, person: User) -> openpyxl.Workbook:
    """The workbook as the scorer gets it, open in a spreadsheet program."""
    return openpyxl.load_workbook(io.BytesIO(content_of(scored, person)))


def upload_of(book: openpyxl.Workbook) -> SimpleUploadedFile:
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile("poeng.xlsx", target.getvalue())


def read(
    book: openpyxl.Workbook, scored: Round, person: User
) -> tuple[list[Filled], list[CellFault]]:
    part = scored.participations.select_related("round").get(user=person)
    return read_form(
        read_workbook(upload_of(book)), part, rows_of(scored, person), scored.ordered_questions()
    )


def faults_of(book: openpyxl.Workbook, scored: Round, person: User) -> list[str]:
    filled, faults = read(book, scored, person)
    assert not (filled and faults)
    return [str(fault) for fault in faults]


def differences(book: openpyxl.Workbook, scored: Round, person: User) -> list[Difference]:
    filled, faults = read(book, scored, person)
    assert not faults
    return compare(rows_of(scored, person), filled)
