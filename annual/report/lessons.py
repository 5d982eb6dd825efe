"""«Hva lærte vi»: this year beside the one before."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from annual.report import ideas
from annual.report.parts import NOT_MEASURED, Row, Section, Table, joined, paragraphs
from annual.report.reader import Reader
from core.formatting import number
from maturity import results
from municipality.models import AnnualCycle
from projects.models import Lesson

KEY = "lessons"
MOST_LESSONS = 10


@dataclass(frozen=True)
class YearBefore:
    cycle: AnnualCycle
    ideas: ideas.Year


def section(reader: Reader, year: ideas.Year) -> Section:
    heading = _("Hva lærte vi")
    before = _before(reader)
    from_projects = [] if reader.is_public else [_from_projects(reader)]
    tables = [table for table in from_projects if table.rows]
    if before is None:
        text = _("Dette er det første året. Neste år kan vi sammenlikne.")
        return Section(KEY, heading, text, tables=tables)
    return Section(
        KEY,
        heading,
        paragraphs(
            joined(_came(year, before), _waited(year, before)),
            _became(year, before),
            _level(reader),
        ),
        tables=[_table(reader, year, before), *tables],
    )


def _before(reader: Reader) -> YearBefore | None:
    cycle = AnnualCycle.objects.filter(year=reader.year - 1).first()
    if cycle is None:
        return None
    found = ideas.read(Reader(cycle, reader.audience))
    return YearBefore(cycle, found) if found.total else None


def _came(year: ideas.Year, before: YearBefore) -> str:
    earlier = before.ideas.total
    if year.total == earlier:
        return _("Vi fikk like mange ideer som året før: {n}.").format(n=year.total)
    said = _("Vi fikk flere ideer: {n} mot {earlier}.")
    if year.total < earlier:
        said = _("Vi fikk færre ideer: {n} mot {earlier}.")
    return said.format(n=year.total, earlier=earlier)


def _waited(year: ideas.Year, before: YearBefore) -> str:
    if year.answering is None or before.ideas.answering is None:
        return ""
    now, earlier = year.answering.median_days, before.ideas.answering.median_days
    if now == earlier:
        return _("Ventetiden er den samme.")
    said = _("De ventet kortere på svar: {now} dager mot {earlier}, midt på treet.")
    if now > earlier:
        said = _("De ventet lenger på svar: {now} dager mot {earlier}, midt på treet.")
    return said.format(now=now, earlier=earlier)


def _became(year: ideas.Year, before: YearBefore) -> str:
    return _(
        "Av årets ideer er {approved} godkjent og {delivered} levert. Av ideene året før er "
        "{approved_before} godkjent og {delivered_before} levert til nå."
    ).format(
        approved=year.approved,
        delivered=year.delivered,
        approved_before=before.ideas.approved,
        delivered_before=before.ideas.delivered,
    )


def _level(reader: Reader) -> str:
    """The change in maturity, where the years can be compared."""
    year = results.of_year(reader.cycle)
    change = year.overall_change
    if not year.count or change.before is None or not year.is_comparable:
        return ""
    now: Decimal = year.scores.overall or Decimal(0)
    return _("Modenheten gikk fra {before} til {now} av 5.").format(
        before=number(change.before, 1), now=number(now, 1)
    )


def _table(reader: Reader, year: ideas.Year, before: YearBefore) -> Table:
    pairs = [
        (_("Ideer"), str(before.ideas.total), str(year.total)),
        (_("Har fått endelig svar"), str(before.ideas.answered), str(year.answered)),
        (_("Dager til første svar, midt på treet"), _days(before.ideas), _days(year)),
        (_("Godkjent"), str(before.ideas.approved), str(year.approved)),
        (_("Levert"), str(before.ideas.delivered), str(year.delivered)),
        (_("Målt, og bedre enn før"), _effect(before.ideas), _effect(year)),
    ]
    return Table(
        caption=_("Ideene fra {before} og {year}, slik de står nå").format(
            before=before.cycle.year, year=reader.year
        ),
        head=[_("Hva"), str(before.cycle.year), str(reader.year)],
        rows=[Row(words, [then, now]) for words, then, now in pairs],
        note=_("Ideene fra året før har hatt ett år lenger på seg."),
    )


def _effect(year: ideas.Year) -> str:
    return str(year.effect) if year.measured else str(NOT_MEASURED)


def _days(year: ideas.Year) -> str:
    return "–" if year.answering is None else str(year.answering.median_days)


def _from_projects(reader: Reader) -> Table:
    """What the projects wrote down for the next ones."""
    written = Lesson.objects.filter(noted_on__year=reader.year).select_related("project")
    return Table(
        caption=_("Fra prosjektenes erfaringslogger"),
        head=[_("Prosjekt"), _("Erfaring")],
        rows=[
            Row(lesson.project.name, [lesson.text], url=lesson.project.get_absolute_url())
            for lesson in written.order_by("-noted_on", "-pk")[:MOST_LESSONS]
        ],
        is_numeric=False,
    )
