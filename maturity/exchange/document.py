"""What an exchange file says: one municipality's result in one year (domain.md §1.4 item 4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

FORMAT = "modenhet-utveksling"
FORMAT_VERSION = 1

# In the column «sektor»: the whole municipality. In the column «område»: all areas together.
TOTAL = "samlet"

UNWEIGHTED, BY_STAFF = "uvektet", "årsverk"

# The columns of a table, in order. In JSON the first eight stand in the document, once.
HEAD = (
    *("kommunenr", "kommune", "år", "skalaversjon"),
    *("foreløpig", "levert", "sektorer", "aggregering"),
)
ROW = ("område", "sektor", "nivå", "n")
OPTIONAL = frozenset({"foreløpig", "levert", "sektorer", "aggregering"})


@dataclass(frozen=True)
class Row:
    """A level in one area (or TOTAL): a sector's own, or the municipality's (sector TOTAL).

    `n` is how many sectors' assessments stand behind the number.
    """

    area: str
    sector: str
    level: Decimal
    n: int

    @property
    def is_total(self) -> bool:
        return self.sector == TOTAL


@dataclass(frozen=True)
class Statement:
    """A characteristic under its stable key: the same key means the same in all versions."""

    key: str
    level: int
    text: str


@dataclass(frozen=True)
class AreaText:
    code: str
    name: str
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Document:
    municipality_number: str
    municipality_name: str
    year: int
    scale_version: str
    rows: tuple[Row, ...]
    is_preliminary: bool = False
    submitted: int | None = None
    sectors: int | None = None
    aggregation: str = ""
    areas: tuple[AreaText, ...] = ()

    def totals(self) -> dict[str, Row]:
        """Area code, or TOTAL for all of them, → the municipality's row."""
        return {row.area: row for row in self.rows if row.is_total}

    def keys(self) -> frozenset[str]:
        return frozenset(statement.key for area in self.areas for statement in area.statements)

    def as_json(self) -> dict[str, Any]:
        """The document as JSON has it, with the numbers as numbers."""
        head = dict(zip(HEAD, self._head(), strict=True))
        return {
            "format": FORMAT,
            "formatversjon": FORMAT_VERSION,
            **{name: value for name, value in head.items() if value not in (None, "")},
            "områder": [_area(area) for area in self.areas],
            "rader": [
                dict(zip(ROW, (row.area, row.sector, float(row.level), row.n), strict=True))
                for row in self.rows
            ],
        }

    @classmethod
    def of_json(cls, data: dict[str, Any]) -> "Document":
        """Back from what `as_json` made of a document that was checked, without its areas."""
        return cls(
            municipality_number=data["kommunenr"],
            municipality_name=data["kommune"],
            year=data["år"],
            scale_version=data["skalaversjon"],
            rows=tuple(
                Row(row["område"], row["sektor"], Decimal(str(row["nivå"])), row["n"])
                for row in data["rader"]
            ),
            is_preliminary=data.get("foreløpig", False),
            submitted=data.get("levert"),
            sectors=data.get("sektorer"),
            aggregation=data.get("aggregering", ""),
        )

    def table(self) -> Iterator[tuple[Any, ...]]:
        """The rows under HEAD and ROW, each with all that it takes to stand alone."""
        for row in self.rows:
            yield *self._head(), row.area, row.sector, row.level, row.n

    def _head(self) -> tuple[Any, ...]:
        return (
            *(self.municipality_number, self.municipality_name, self.year, self.scale_version),
            *(self.is_preliminary, self.submitted, self.sectors, self.aggregation),
        )


def _area(area: AreaText) -> dict[str, Any]:
    return {
        "kode": area.code,
        "navn": area.name,
        "kjennetegn": [
            {"nøkkel": statement.key, "nivå": statement.level, "tekst": statement.text}
            for statement in area.statements
        ],
    }
