"""An exchange document as bytes: JSON for programs, CSV for spreadsheets."""

import csv
import io
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from maturity.exchange.document import HEAD, ROW, Document

JSON_TYPE = "application/json"
CSV_TYPE = "text/csv; charset=utf-8"

# A spreadsheet takes a text that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(document: Document, *, schema: str) -> bytes:
    """`schema` is the address of the published JSON Schema."""
    text = json.dumps({"$schema": schema, **document.as_json()}, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def as_csv(document: Document) -> bytes:
    """As Norwegian spreadsheets open it: byte order mark, semicolon, decimal comma, CRLF."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEAD + ROW)
    writer.writerows(map(_cells, document.table()))
    return out.getvalue().encode("utf-8-sig")


def _cells(values: Iterable[Any]) -> list[str]:
    return [_cell(value) for value in values]


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nei"
        case Decimal():
            return str(value).replace(".", ",")
        case str() if value.startswith(FORMULA):
            return f"'{value}"
    return str(value)
