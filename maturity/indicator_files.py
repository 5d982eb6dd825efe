"""The indicator row as CSV, as Norwegian spreadsheets open it."""

import csv
import io
from decimal import Decimal

from django.utils.translation import gettext as _

from core.formatting import number
from maturity.results import Indicator, Indicators
from municipality.models import Municipality

# A spreadsheet takes a text that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(found: Indicators, municipality: Municipality) -> bytes:
    """Byte order mark, semicolon, decimal comma, CRLF. What is not known is empty, never 0."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_head(found.year))
    for row in found.rows:
        writer.writerow([_safe(cell) for cell in _cells(found, row, municipality)])
    return out.getvalue().encode("utf-8-sig")


def _head(year: int) -> list[str]:
    return [
        _("kommunenummer"),
        _("kommune"),
        _("år"),
        _("område"),
        _("nullpunkt"),
        _("nullpunkt år"),
        _("i fjor"),
        _("nå"),
        _("mål {year}").format(year=year),
        _("status"),
        _("mål {year}").format(year=year + 1),
        _("sektorer"),
        _("sektorer i alt"),
        _("foreløpig"),
        _("slik er snittet regnet"),
    ]


def _cells(found: Indicators, row: Indicator, municipality: Municipality) -> list[str]:
    baseline = row.baseline
    return [
        municipality.number,
        municipality.name,
        str(found.year),
        row.name,
        _mean(baseline.mean if baseline else None),
        str(baseline.year) if baseline else "",
        _mean(row.last_year),
        _mean(row.now),
        _mean(row.target),
        row.status,
        _mean(row.next_target),
        str(row.count),
        str(found.result.total),
        _("ja") if found.result.is_preliminary else _("nei"),
        found.result.rule,
    ]


def _mean(value: Decimal | None) -> str:
    return "" if value is None else number(value, 1)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
