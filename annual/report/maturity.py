"""«Modenhet»: how digital the sectors say that they are."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from annual.report.parts import Drawing, Numbers, Row, Section, Table, joined, page, plain
from annual.report.reader import Reader
from core.formatting import number
from maturity import results
from maturity.charts import AreaProfile, profile_chart
from maturity.results import YearResult

KEY = "maturity"


def section(reader: Reader) -> Section:
    heading = _("Modenhet")
    year = results.of_year(reader.cycle)
    if not year.count:
        text = _("Ingen sektorer har levert egenvurdering for {year} ennå.").format(
            year=reader.year
        )
        return Section(KEY, heading, text)
    return Section(
        KEY,
        heading,
        _text(year),
        numbers=_numbers(reader, year).found,
        tables=[_table(year)],
        drawings=[_drawing(year)],
    )


def _text(year: YearResult) -> str:
    mean = number(year.scores.overall, 1)
    return joined(
        _("Sektorene setter seg selv til {mean} av 5 i snitt.").format(mean=mean),
        year.sentence,
        _against_last_year(year),
        year.who_has_submitted,
    )


def _against_last_year(year: YearResult) -> str:
    change = year.overall_change
    if change.before is None:
        return ""
    if not year.is_comparable:
        return _("Spørsmålene er endret siden i fjor, så årene kan ikke sammenliknes rett fram.")
    return _("I fjor var snittet {before}.").format(before=number(change.before, 1))


def _numbers(reader: Reader, year: YearResult) -> Numbers:
    numbers = Numbers(KEY)
    where = {"url": page("maturity:result", ar=reader.year), "source": _("Modenhet")}
    mean = _("{mean} av 5").format(mean=number(year.scores.overall, 1))
    numbers.add("overall", _("Snitt for kommunen"), mean, **where)
    numbers.add("submitted", _("Har levert"), year.who, **where)
    return numbers


def _table(year: YearResult) -> Table:
    rows = [
        Row(
            line.area.name,
            [
                number(line.result.mean, 1),
                _spread(line.result.lowest, line.result.highest),
                number(line.change.before, 1),
                number(line.target.mean, 1),
            ],
        )
        for line in year.lines
    ]
    return Table(
        caption=_("Sektorenes egne nivåer, fra 1 til 5, {who}").format(who=year.who),
        head=[_("Område"), _("Snitt"), _("Lavest–høyest"), _("I fjor"), _("Mål")],
        rows=rows,
        note=year.rule,
    )


def _spread(lowest: int | None, highest: int | None) -> str:
    return "–" if lowest is None else f"{lowest}–{highest}"


def _drawing(year: YearResult) -> Drawing:
    spec = profile_chart(_profiles(year), target=_("Mål {year}").format(year=year.cycle.year))
    return Drawing(KEY, _("Snitt, spredning, i fjor og mål per område"), year.description, spec)


def _profiles(year: YearResult) -> Sequence[AreaProfile]:
    return [
        AreaProfile(
            area=line.area.name,
            mean=float(line.result.mean),
            lowest=line.result.lowest,
            highest=line.result.highest,
            last_year=plain(line.change.before) if year.is_comparable else None,
            target=plain(line.target.mean),
        )
        for line in year.lines
        if line.result.mean is not None
        and line.result.lowest is not None
        and line.result.highest is not None
    ]
