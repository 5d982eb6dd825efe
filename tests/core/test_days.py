"""A moment's day is the day in Norway, also in the hours when it is still yesterday in UTC."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Cells of a workbook are read as moments without a time zone: their day is the one written.
WITHOUT_ZONE = {
    "benefits/kommit_workbook/dates.py",
    "core/formatting.py",
    "core/workbooks.py",
}
OURS = ("annual", "benchmarks", "benefits", "core", "gjovik_digi", "ideas", "maturity")
OURS += ("municipality", "prioritization", "projects", "tests", "workshops")


def _lines_with_utc_day(path: Path) -> list[int]:
    """Where `.date()` is called, which of a moment from the database is its day in UTC."""
    source = path.read_text()
    if ".date()" not in source:
        return []
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
        and not (node.args or node.keywords)
    ]


@pytest.mark.parametrize("package", OURS)
def test_days_are_asked_for_by_localdate(package):
    found = {
        f"{path.relative_to(ROOT)}:{line}"
        for path in (ROOT / package).rglob("*.py")
        if path.relative_to(ROOT).as_posix() not in WITHOUT_ZONE
        for line in _lines_with_utc_day(path)
    }

    assert found == set(), "use timezone.localdate(moment)"
