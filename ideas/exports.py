"""Ideas as a workbook and as CSV: what somebody may see, and a word on every column."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core import workbook_writing as writing
from ideas.models import Idea, IdeaQuerySet, Note, Reply

MAX_IN_WORKBOOK = 5000  # ideas; a workbook is made while somebody waits, the CSV as it is read
CHUNK = 500
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes a text that begins so for one


@dataclass(frozen=True)
class Column:
    title: Any
    meaning: Any
    value: Callable[[Any], Any]
    is_internal: bool = False
    width: int = 20

    def of(self, idea: Any) -> Any:
        """Nothing, when it is only for those who handle the idea."""
        return None if self.is_internal and not idea.is_inside else self.value(idea)


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment else None


def _listed(things: Iterable[Any]) -> str:
    return ", ".join(str(thing) for thing in things)


def _last_reason(idea: Idea) -> str:
    reasons = [change.reason for change in idea.changes.all() if change.reason]
    return reasons[-1] if reasons else ""


COLUMNS = [
    Column(
        gettext_lazy("Kode"),
        gettext_lazy("Kjenner ideen igjen. Brukes aldri på nytt."),
        lambda i: i.code,
        width=12,
    ),
    Column(
        gettext_lazy("Tittel"), gettext_lazy("Kort navn på ideen."), lambda i: i.title, width=40
    ),
    Column(
        gettext_lazy("I én setning"),
        gettext_lazy("Skrevet av kommunen."),
        lambda i: i.summary,
        width=50,
    ),
    Column(
        gettext_lazy("Hva er problemet"),
        gettext_lazy("Slik det ble sendt inn."),
        lambda i: i.problem,
        width=60,
    ),
    Column(
        gettext_lazy("Hvem har problemet"),
        gettext_lazy("Slik det ble sendt inn."),
        lambda i: i.who_has_it,
        width=30,
    ),
    Column(
        gettext_lazy("Hva kan løse det"),
        gettext_lazy("Slik det ble sendt inn. Tomt når ingen har foreslått noe."),
        lambda i: i.solution,
        width=50,
    ),
    Column(
        gettext_lazy("Hvem sendte det"),
        gettext_lazy("Den gruppa innsenderen sier at hen hører til. Aldri navn."),
        lambda i: i.get_submitter_display(),
    ),
    Column(
        gettext_lazy("Kom hit"),
        gettext_lazy("Hvordan ideen kom inn."),
        lambda i: i.get_origin_display(),
    ),
    Column(
        gettext_lazy("År"),
        gettext_lazy("Årshjulet ideen hører til."),
        lambda i: i.cycle.year,
        width=8,
    ),
    Column(
        gettext_lazy("Mottatt"),
        gettext_lazy("Dagen ideen kom."),
        lambda i: _day(i.created_at),
        width=12,
    ),
    Column(
        gettext_lazy("Sektor"),
        gettext_lazy("Sektoren som svarer for ideen."),
        lambda i: i.sector,
        width=28,
    ),
    Column(
        gettext_lazy("Mål"),
        gettext_lazy("Kodene til målene i strategien som ideen støtter."),
        lambda i: _listed(goal.code for goal in i.goals.all()),
        width=14,
    ),
    Column(
        gettext_lazy("Status"),
        gettext_lazy("Der ideen står nå."),
        lambda i: i.status_words,
        width=24,
    ),
    Column(
        gettext_lazy("Begrunnelse"), gettext_lazy("Den siste som er gitt."), _last_reason, width=50
    ),
    Column(
        gettext_lazy("Støtter ideen"),
        gettext_lazy("Hvor mange som har sagt at de har samme problem."),
        lambda i: i.supporter_count,
        width=12,
    ),
    Column(
        gettext_lazy("Publisert"),
        gettext_lazy("Dagen ideen ble synlig for alle."),
        lambda i: _day(i.published_at),
    ),
    Column(
        gettext_lazy("Adresse"),
        gettext_lazy("Siden om ideen."),
        lambda i: settings.SITE_URL + i.get_absolute_url(),
        width=44,
    ),
    Column(
        gettext_lazy("Lovet svar innen"),
        gettext_lazy("Siste dag for svar til innsenderen."),
        lambda i: i.answer_due_on,
        is_internal=True,
    ),
    Column(
        gettext_lazy("Tenkt prosjekteier"),
        gettext_lazy("Ansatt i kommunen."),
        lambda i: i.owner,
        is_internal=True,
    ),
    Column(
        gettext_lazy("Anslått kostnad (kr)"),
        gettext_lazy("Tomt betyr at ingen har anslått det."),
        lambda i: i.estimated_cost,
        is_internal=True,
    ),
    Column(
        gettext_lazy("Anslått innsats (årsverk)"),
        gettext_lazy("Tomt betyr at ingen har anslått det."),
        lambda i: i.estimated_effort,
        is_internal=True,
    ),
    Column(
        gettext_lazy("Lovpålagt"),
        gettext_lazy("Ja når loven krever det."),
        lambda i: i.is_statutory,
        is_internal=True,
    ),
    Column(
        gettext_lazy("Berører også"),
        gettext_lazy("Andre sektorer ideen angår."),
        lambda i: _listed(i.also_touches.all()),
        is_internal=True,
        width=28,
    ),
    Column(
        gettext_lazy("Hvorfor uten mål"),
        gettext_lazy("Når ideen ikke er knyttet til et mål."),
        lambda i: i.no_goal_reason,
        is_internal=True,
        width=30,
    ),
    Column(
        gettext_lazy("Stikkord"),
        gettext_lazy("Teamets egne."),
        lambda i: _listed(i.tags.all()),
        is_internal=True,
    ),
]


def columns(*, with_internal: bool) -> list[Column]:
    return [column for column in COLUMNS if with_internal or not column.is_internal]


def prepared(ideas: IdeaQuerySet, *, inside: IdeaQuerySet | None) -> IdeaQuerySet:
    """With all that a row tells. `inside`: those whose internal fields may be told."""
    known = Value(False) if inside is None else Exists(inside.filter(pk=OuterRef("pk")))
    return (
        ideas.annotate(is_inside=known)
        .select_related("cycle", "sector", "owner")
        .prefetch_related("goals", "also_touches", "tags", "changes")
    )


def as_csv(ideas: IdeaQuerySet, *, with_internal: bool) -> Iterator[bytes]:
    """Line by line. As Norwegian spreadsheets open it: mark, semicolon, decimal comma, CRLF."""
    wanted = columns(with_internal=with_internal)
    yield "\ufeff".encode()
    yield _line([str(column.title) for column in wanted])
    for idea in ideas.iterator(chunk_size=CHUNK):
        yield _line([_text(column.of(idea)) for column in wanted])


def _line(cells: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode()


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("ja") if value else _("nei")
        case Decimal():
            return str(value).replace(".", ",")
        case dt.date():
            return f"{value:%d.%m.%Y}"
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def as_workbook(
    ideas: IdeaQuerySet, *, with_internal: bool, creator: str, made_at: dt.datetime
) -> bytes:
    """Ideas, official replies, and for those who handle them the notes. Last what it all means."""
    wanted = columns(with_internal=with_internal)
    book = writing.new_workbook(title=_("Ideer"), creator=creator, made_at=made_at)
    found: list[Any] = list(ideas)  # with what `prepared` annotates
    rows = [[column.of(idea) for column in wanted] for idea in found]
    titles = [str(column.title) for column in wanted]
    widths = [column.width for column in wanted]
    _write(book.create_sheet(_("Ideer")), titles, widths, rows)
    codes = {idea.pk: idea.code for idea in found}
    _write_said(book.create_sheet(_("Offisielle svar")), _said(Reply, codes))
    if with_internal:
        own = {row.pk: row.code for row in found if row.is_inside}
        _write_said(book.create_sheet(_("Interne notater")), _said(Note, own))
    _write_meaning(book.create_sheet(_("Slik leses fila")), wanted, made_at=made_at)
    return writing.workbook_bytes(book)


def _said(kind: type[Reply] | type[Note], codes: dict[int, str]) -> list[list[Any]]:
    said = kind._default_manager.filter(idea__in=codes).select_related("by")
    return [
        [codes[each.idea_id], _day(each.created_at), str(each.by), each.text]
        for each in said.order_by("idea__code", "created_at", "pk")
    ]


def _write_said(sheet: Worksheet, rows: list[list[Any]]) -> None:
    titles = [_("Kode"), _("Dato"), _("Skrevet av"), _("Tekst")]
    _write(sheet, titles, [12, 12, 26, 100], rows)


def _write(sheet: Worksheet, titles: list[str], widths: list[int], rows: list[list[Any]]) -> None:
    writing.write_header(sheet, 1, titles)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            writing.write(sheet.cell(number, column), _for_sheet(value))
    letters = map(get_column_letter, range(1, len(widths) + 1))
    writing.set_widths(sheet, dict(zip(letters, widths, strict=True)))
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    writing.fit_on_paper(sheet, landscape=True)


def _for_sheet(value: Any) -> Any:
    """Numbers and dates as such; what else there is as text."""
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if value is None or isinstance(value, int | Decimal | dt.date):
        return value
    return str(value)


def _write_meaning(sheet: Worksheet, wanted: list[Column], *, made_at: dt.datetime) -> None:
    day = timezone.localtime(made_at)
    made = _("Hentet {day} kl. {clock}.").format(day=f"{day:%d.%m.%Y}", clock=f"{day:%H.%M}")
    writing.write_text(sheet["A1"], _("Slik leses fila")).font = writing.HEADING
    writing.write_text(sheet["A2"], made)
    writing.write_header(sheet, 4, [_("Kolonne"), _("Hva den forteller"), _("Hvem ser den")])
    for row, column in enumerate(wanted, 5):
        who = _("De som behandler ideen") if column.is_internal else _("Alle")
        writing.write_row(sheet, row, [str(column.title), str(column.meaning), who])
    writing.set_widths(sheet, {"A": 30, "B": 80, "C": 26})
    writing.fit_on_paper(sheet)
