"""`python -m benchmarks.kommit_job`: reads a full workbook and takes it in, turn by turn.

«alone» is what openpyxl needs to open the same bytes and look at each cell. All that is written is
rolled back, so that each turn begins from the same database.
"""

import datetime as dt
import io
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

import openpyxl  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from benefits.actions import kommit  # noqa: E402
from benefits.kommit_plan import Choices  # noqa: E402
from benefits.kommit_workbook import layout  # noqa: E402
from benefits.kommit_workbook.content import Filled  # noqa: E402
from benefits.kommit_workbook.reading import read_kommit  # noqa: E402
from benefits.models import Evidence  # noqa: E402
from core.imports import stage  # noqa: E402
from core.workbooks import read_workbook  # noqa: E402
from ideas.models import Idea  # noqa: E402
from municipality.models import Sector, User  # noqa: E402
from projects.models import Project  # noqa: E402

TURNS = 7
KINDS = ("Direkte (økonomiske - NOK)", "Indirekte (frigjort tid - årsverk)", "Kvalitative")


def full_workbook() -> bytes:
    """The sheets that are read, with all fourteen rows filled, and those that are not."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, headings in layout.HEADINGS.items():
        sheet = book.create_sheet(name)
        for cell, heading in headings.items():
            sheet[cell] = heading
    for name in (*layout.PROCESSES, layout.STATUS_REPORT, layout.HANDOVER, layout.SUPPORT):
        book.create_sheet(name)["A1"] = name
    for row in layout.BENEFITS:
        _fill(book, row)
    for number in layout.STAKEHOLDER_ROWS:
        book[layout.STAKEHOLDERS][f"A{number}"] = f"Interessent {number}"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _fill(book: openpyxl.Workbook, row: layout.Row) -> None:
    kind = KINDS[row.place % 3]
    cells: dict[str, dict[str, Any]] = {
        layout.CHANGES: {
            f"{column}{row.changes}": f"{words} {row.place}"
            for column, words in zip(
                "ABCDE", ("Prosess", "Endring", "Gevinst", "Mål", "Forutsetning"), strict=True
            )
        },
        layout.ANALYSIS: {f"C{row.analysis}": kind, f"H{row.analysis}": 3},
        layout.PLAN: {
            f"B{row.plan}": "Tiltak",
            f"B{row.plan + 1}": "Et tiltak til",
            f"F{row.plan}": 2030,
            f"G{row.plan}": "Nina Nattevakt",
        },
        layout.FOLLOW_UP: {
            f"C{row.follow_up}": "%",
            f"D{row.follow_up}": 10,
            f"E{row.follow_up}": 90,
        },
        layout.RESULTS: {f"D{row.results}": 20},
    }
    if kind != KINDS[2]:
        for column in layout.BUDGET_COLUMNS:
            cells[layout.ANALYSIS][f"{column}{row.analysis}"] = 1000 * row.place
    for name, values in cells.items():
        for cell, value in values.items():
            book[name][cell] = value


def alone(content: bytes) -> int:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return sum(
        cell.value is not None for sheet in book for row in sheet.iter_rows() for cell in row
    )


def read(content: bytes) -> Filled:
    upload = SimpleUploadedFile("gevinster.xlsx", content)
    filled, faults = read_kommit(read_workbook(upload, computed=True))
    if filled is None:
        raise SystemExit("\n".join(map(str, faults)))
    return filled


def take_in(filled: Filled, project: Project, by: User) -> int:
    """How many rows came of it."""
    choices = Choices(
        first_year=2027,
        baseline_on=dt.date(2026, 1, 1),
        target_on=dt.date(2030, 12, 31),
        measured_on=dt.date(2026, 2, 1),
        evidence=Evidence.MEASURED,
        same={},
        left_out=frozenset(),
        people={},
        replaces_calculation=False,
    )
    staged = stage("kommit", payload=filled.as_json(), file_name="gevinster.xlsx", by=by)
    taken = kommit.take_in(
        filled, choices, project=project, staged=staged, by=by, at=timezone.now()
    )
    return len(taken.made)


def _empty_project() -> tuple[Project, User]:
    person = User.objects.create(email="kommit@gjovik.example", name="Benchmark")
    project = Project.objects.create(
        idea=Idea.objects.filter(project=None).earliest("pk"),
        name="KommIT",
        sector=Sector.objects.earliest("pk"),
        owner=person,
        started_on=dt.date(2026, 1, 1),
    )
    return project, person


def _queries(filled: Filled) -> int:
    """Counted in a turn of its own: the counting costs as much as the work."""
    with transaction.atomic():
        project, person = _empty_project()
        with CaptureQueriesContext(connection) as asked:
            take_in(filled, project, person)
        transaction.set_rollback(True)
    return len(asked)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    content = full_workbook()
    filled = read(content)
    seconds: dict[str, list[float]] = {"alone": [], "read": [], "taken_in": []}
    rows, queries = 0, _queries(filled)
    for _turn in range(TURNS):
        seconds["alone"].append(_seconds(lambda: alone(content)))
        seconds["read"].append(_seconds(lambda: read(content)))
        with transaction.atomic():
            project, person = _empty_project()
            start = time.perf_counter()
            rows = take_in(filled, project, person)
            seconds["taken_in"].append(time.perf_counter() - start)
            transaction.set_rollback(True)
    median = {name: statistics.median(each) for name, each in seconds.items()}
    measured = {
        "benefits": len(filled.benefits),
        "rows": rows,
        "queries": queries,
        "alone_seconds": median["alone"],
        "read_seconds": median["read"],
        "seconds": median["read"] + median["taken_in"],
    }
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
