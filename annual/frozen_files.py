"""What was frozen of a year, as files to keep: the lines that are sealed, and tables of them."""

import csv
import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from annual import freezing
from annual.models import ClosedYear, FrozenKind

LINES = "arshjul-{year}.jsonl"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
A_FIXED_DAY = (1980, 1, 1, 0, 0, 0)  # so that the same year gives the same bytes


def lines_name(closed: ClosedYear) -> str:
    return LINES.format(year=closed.cycle.year)


def lines_file(closed: ClosedYear) -> Iterator[bytes]:
    """The bytes whose SHA-256 the page shows."""
    return (line.encode() for line in freezing.lines(closed))


def zip_file(closed: ClosedYear) -> bytes:
    """The lines, a CSV of each kind as Norwegian spreadsheets open it, and how to check it all."""
    lines = list(freezing.lines(closed))
    rows: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for line in lines:
        row = json.loads(line)
        rows[row["kind"]].append((row["key"], row["data"]))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "LES-MEG.txt", _explanation(closed, rows))
        _put(archive, lines_name(closed), "".join(lines))
        for kind, found in rows.items():
            _put(archive, f"{kind}.csv", "\ufeff" + _table(found))
    return out.getvalue()


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, date_time=A_FIXED_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text)


def _table(rows: Iterable[tuple[str, dict[str, Any]]]) -> str:
    rows = list(rows)
    columns = list(dict.fromkeys(name for _key, data in rows for name in data))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["key", *columns])
    for key, data in rows:
        writer.writerow([_cell(key), *(_cell(data.get(name)) for name in columns)])
    return out.getvalue()


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("ja") if value else _("nei")
        case int() | float():
            return str(value).replace(".", ",")
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _explanation(closed: ClosedYear, rows: dict[str, list[Any]]) -> str:
    counts = [f"{kind}.csv: {FrozenKind(kind).label}, {len(found)}" for kind, found in rows.items()]
    name = lines_name(closed)
    told = [
        _("Årshjulet {year}, slik det var da det ble lukket.").format(year=closed.cycle.year),
        _("SHA-256 av {name}: {sha}").format(name=name, sha=closed.sha256),
        _("Kontroller den slik: sha256sum {name}").format(name=name),
        _("Tabellene har de samme radene. Den som satte poeng, er et nummer i runden."),
        *counts,
    ]
    return "\r\n".join([*told, ""])
