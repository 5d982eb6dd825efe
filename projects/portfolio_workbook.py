"""The portfolio as one workbook, written row by row as it is read."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from core import workbook_writing as writing
from projects import attention, portfolio
from projects.attention import Matter
from projects.models import (
    GATE_AFTER,
    BudgetLine,
    Ending,
    Light,
    PhaseChange,
    PhasePlan,
    Project,
    ProjectPhase,
    Size,
)

FETCHED = 2000  # rows at a time
Row = Sequence[Any]
MARKED = ("=", "+", "-", "@", "#")  # what a spreadsheet may take for more than text
FIELDS = (
    *("pk", "name", "sector__short_name", "phase", "size", "owner__name", "manager__name"),
    *("started_on", "next_gate_on", "light", "reported_for", "budget", "planned", "spent"),
    *("forecast", "forecast_end_on", "person_years", "ending", "ended_on", "updated_at"),
)


def write_portfolio(
    projects: QuerySet[Project], target: IO[bytes], *, creator: str, made_at: dt.datetime
) -> None:
    """The projects, their decision points, and their money year by year."""
    export = Export(projects, on=timezone.localdate(made_at))
    properties = export.book.properties
    properties.title, properties.creator = _("Prosjektporteføljen"), creator
    properties.created = made_at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    properties.language = writing.LANGUAGE
    export.write()
    export.book.save(target)


@dataclass
class Export:
    """What the sheets share. `names`: the key of each project, and its name ready to be written."""

    projects: QuerySet[Project]
    on: dt.date
    book: Workbook = field(init=False)
    names: dict[int, Any] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.book = Workbook(write_only=True)
        self._sheets = [
            self.book.create_sheet(name)
            for name in (_("Prosjekter"), _("Beslutningspunkter"), _("Penger"))
        ]

    def contents(self) -> list[tuple[list[str], Iterator[Row]]]:
        """The titles and the rows of each sheet, to be read in this order."""
        return [
            (_project_titles(), self._project_rows()),
            (_gate_titles(), self._gate_rows()),
            (_money_titles(), self._money_rows()),
        ]

    def write(self) -> None:
        for sheet, (titles, rows) in zip(self._sheets, self.contents(), strict=True):
            sheet.freeze_panes = "B2"
            sheet.append([self._header(title) for title in titles])
            for row in rows:
                sheet.append(row)

    def _text(self, text: str) -> Any:
        """Most texts are harmless as they are; a cell of its own takes five times as long."""
        if text.isprintable() and not text.startswith(MARKED) and "_x" not in text:
            return text
        return writing.write_text(WriteOnlyCell(self._sheets[0]), text)

    def _header(self, title: str) -> Any:
        cell = writing.write_text(WriteOnlyCell(self._sheets[0]), title)
        cell.font, cell.fill = writing.STRONG, writing.HEADER_FILL
        return cell

    def _project_rows(self) -> Iterator[Row]:
        words = {
            **_labels(ProjectPhase),
            **_labels(Size),
            **_labels(Light),
            **_labels(Ending),
        }
        matters = [(str(matter.label), f"has_{matter}") for matter in Matter]
        flags = [name for _label, name in matters]
        rows = portfolio.with_money(attention.marked(self.projects, on=self.on))
        chosen = portfolio.by_sector(rows).values_list(*FIELDS, *flags)
        for pk, name, sector, phase, size, owner, manager, *rest in chosen.iterator(FETCHED):
            self.names[pk] = self._text(name)
            started, gate_on, light, month, budget, planned, spent, forecast, *late = rest
            end_on, people, ending, ended_on, updated_at, *found = late
            needs = ", ".join(label for (label, _n), has in zip(matters, found, strict=True) if has)
            yield (
                *(self.names[pk], sector, words[phase], words[size]),
                *(self._text(owner or ""), self._text(manager or "")),
                *(started, gate_on, words.get(light), month),
                *(budget, planned, spent, forecast, end_on, people),
                *(words.get(ending), ended_on, timezone.localdate(updated_at), needs or None),
            )

    def _gate_rows(self) -> Iterator[Row]:
        """A row for each decision point with a day: planned, as agreed at BP3, and taken."""
        taken = self._taken()
        chosen = PhasePlan.objects.filter(project__in=self._chosen()).order_by(
            "project__sector__order", "project__sector", "project__name", "project", "starts_on"
        )
        fields = ("project", "phase", "ends_on", "agreed_ends_on")
        for pk, phase, ends_on, agreed in chosen.values_list(*fields).iterator(FETCHED):
            code = str(GATE_AFTER[ProjectPhase(phase)])
            yield (self.names[pk], code, ends_on, agreed, taken[pk].get(phase))

    def _taken(self) -> dict[int, dict[str, dt.date]]:
        """Key of the project → the phase that ended → the day the next was entered."""
        phases = ProjectPhase.values
        before = dict(zip(phases[1:], phases, strict=False))
        found: dict[int, dict[str, dt.date]] = defaultdict(dict)
        changes = PhaseChange.objects.filter(project__in=self._chosen()).order_by()
        for pk, phase, on in changes.values_list("project", "phase", "on").iterator(FETCHED):
            if phase in before:
                found[pk][before[phase]] = on
        return found

    def _money_rows(self) -> Iterator[Row]:
        lines = BudgetLine.objects.filter(project__in=self._chosen()).order_by(
            "project__sector__order", "project__sector", "project__name", "project", "year", "pk"
        )
        fields = ("project", "year", "source", "sector__short_name", "budget", "agreed", "spent")
        more = ("forecast", "person_years")
        for pk, year, source, *rest in lines.values_list(*fields, *more).iterator(FETCHED):
            yield (self.names[pk], year, self._text(source), *rest)

    def _chosen(self) -> QuerySet[Any]:
        return self.projects.order_by().values("pk")


def _labels(choices: Any) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}


def _project_titles() -> list[str]:
    return [
        *(_("Prosjekt"), _("Sektor"), _("Fase"), _("Størrelse"), _("Prosjekteier")),
        *(_("Prosjektleder"), _("Startet"), _("Neste beslutningspunkt"), _("Siste status")),
        *(_("Statusmåned"), _("Ramme"), _("Budsjett"), _("Brukt"), _("Prognose")),
        *(_("Prognose for BP5"), _("Årsverk"), _("Endt"), _("Endt dato"), _("Oppdatert")),
        _("Trenger noen"),
    ]


def _gate_titles() -> list[str]:
    return [_("Prosjekt"), _("Beslutningspunkt"), _("Planlagt"), _("Ved BP3"), _("Tatt")]


def _money_titles() -> list[str]:
    return [
        *(_("Prosjekt"), _("År"), _("Kilde"), _("Sektor"), _("Budsjett"), _("Ved BP3")),
        *(_("Brukt"), _("Prognose"), _("Årsverk")),
    ]
