"""What a section of the report is made of, as plain values: they are kept as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.charts import Spec

Facts = dict[str, Any]

NOT_MEASURED = _("Ikke målt ennå")


@dataclass(frozen=True)
class Number:
    """A number, in words as it is read, and the page it is counted on."""

    key: str
    label: str
    words: str
    url: str
    source: str
    evidence: str = ""


@dataclass(frozen=True)
class Row:
    """`project`: the key of the one it is about, so that it can be asked whether it is opened."""

    head: str
    cells: Sequence[str]
    url: str = ""
    evidence: str = ""
    project: int | None = None


@dataclass(frozen=True)
class Table:
    """`head` names the columns, the first of which is that of the rows' own names."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Row]
    note: str = ""
    is_numeric: bool = True  # else the cells are words


@dataclass(frozen=True)
class Drawing:
    """A chart: its specification, its name, and what it shows in words. A table stands beside."""

    name: str
    title: str
    description: str
    spec: Spec


@dataclass(frozen=True)
class Story:
    """An idea that became something: each step with its day."""

    title: str
    code: str
    url: str
    problem: str
    sent: str
    decided: str
    reason: str
    project: str
    project_pk: int
    project_url: str
    where: str
    number: str
    benefit: str
    benefit_url: str
    evidence: str
    evidence_words: str


@dataclass(frozen=True)
class Outcome:
    """What became of one idea. Only of those that everybody may read."""

    code: str
    title: str
    words: str
    look: str


@dataclass(frozen=True)
class Section:
    """`text` is what is drafted from the numbers; the team may write another."""

    key: str
    heading: str
    text: str
    numbers: Sequence[Number] = ()
    tables: Sequence[Table] = ()
    drawings: Sequence[Drawing] = ()
    stories: Sequence[Story] = ()
    became: Sequence[tuple[int, str]] = ()
    outcomes: Sequence[Outcome] = ()
    not_shown: int = 0

    def as_facts(self) -> Facts:
        return asdict(self)


@dataclass
class Numbers:
    """Collects the numbers of a section: each is asked for where it is counted."""

    of: str
    found: list[Number] = field(default_factory=list)

    def add(
        self, name: str, label: str, words: str, *, url: str, source: str, evidence: str = ""
    ) -> None:
        key = f"{self.of}.{name}"
        self.found.append(Number(key, label, words, url, source, evidence))


def page(name: str, *args: Any, **query: Any) -> str:
    """The address of a page, with what it is narrowed down to."""
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    address = reverse(name, args=args)
    return f"{address}?{asked}" if asked else address


def plain(value: Decimal | int | None) -> float | None:
    return None if value is None else float(value)


def paragraphs(*sentences: str) -> str:
    """Those that say something, one paragraph each."""
    return "\n\n".join(sentence for sentence in sentences if sentence)


def joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
