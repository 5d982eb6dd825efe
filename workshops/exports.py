"""A workshop as a workbook: every note, where it hung, its votes and the idea it became."""

import datetime as dt

from django.utils.translation import gettext as _

from core.formatting import day_with_year
from core.workbook_writing import (
    HEADING,
    new_workbook,
    set_widths,
    workbook_bytes,
    write_header,
    write_row,
    write_text,
)
from workshops.models import Workshop
from workshops.results import Outcome


def workshop_workbook(
    workshop: Workshop, outcomes: list[Outcome], *, creator: str, made_at: dt.datetime
) -> bytes:
    book = new_workbook(title=workshop.name, creator=creator, made_at=made_at)
    about = book.create_sheet(_("Om verkstedet"))
    write_text(about["A1"], workshop.name).font = HEADING
    facts = [
        (_("Sektor"), workshop.sector_name),
        (_("Status"), workshop.get_status_display()),
        (_("Åpnet"), day_with_year(workshop.opened_at)),
        (_("Avsluttet"), day_with_year(workshop.ended_at)),
        (_("Deltakere"), workshop.participants.count()),
        (_("Stemmer til hver"), workshop.votes_each),
    ]
    for row, fact in enumerate(facts, 3):
        write_row(about, row, fact)
    set_widths(about, {"A": 24, "B": 60})
    sheet = book.create_sheet(_("Lapper"))
    titles = [_("Spørsmål"), _("Kolonne"), _("Lapp"), _("Stemmer"), _("Vist"), _("Idé")]
    write_header(sheet, 1, titles)
    for row, values in enumerate(_rows(outcomes), 2):
        write_row(sheet, row, values)
    set_widths(sheet, {"A": 40, "B": 26, "C": 70, "D": 10, "E": 10, "F": 12})
    sheet.freeze_panes = "A2"
    return workbook_bytes(book)


def _rows(outcomes: list[Outcome]) -> list[tuple[str, str, str, int, str, str]]:
    rows = []
    for outcome in outcomes:
        by_note = {one.pk: one.chosen for one in outcome.notes}
        by_cluster = {one.pk: one.chosen for one in outcome.clusters}
        for column in outcome.columns:
            whole = by_cluster.get(column.cluster.pk) if column.cluster else None
            for note in column.notes:
                chosen = by_note.get(note.pk) or whole
                rows.append(
                    (
                        outcome.question.text,
                        column.title,
                        note.text,
                        note.dots,  # type: ignore[attr-defined]
                        _("skjult") if note.is_hidden else _("ja"),
                        chosen.idea.code if chosen else "",
                    )
                )
    return rows
