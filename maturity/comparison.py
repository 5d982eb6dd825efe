"""Our result beside other municipalities': what they have shared, area by area, never a ranking."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import mean

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import formatting
from maturity import scoring
from maturity.exchange.document import TOTAL, Document, Row
from maturity.exchange.ours import version_of
from maturity.models import Area, Benchmark, Characteristic, Instrument
from maturity.results import History, MeasuredYear
from maturity.results.words import rule


@dataclass(frozen=True)
class Other:
    """One municipality's newest measurement. Another version is shown, and counts in no median."""

    benchmark: Benchmark
    levels: dict[str, Decimal]
    is_comparable: bool
    cells: list[Decimal | None]  # in our areas' order, and last all of them


@dataclass(frozen=True)
class Line:
    """One of our areas, or all of them, beside the others."""

    code: str
    name: str
    result: scoring.Comparison

    @property
    def difference_in_words(self) -> str:
        difference = self.result.difference
        if difference is None:
            return ""
        if difference == 0:
            return _("likt med medianen")
        words = _("{size} over medianen") if difference > 0 else _("{size} under medianen")
        return words.format(size=formatting.number(abs(difference), 1))


@dataclass(frozen=True)
class YearComparison:
    measured: MeasuredYear
    count: int  # of our sectors have submitted
    total: int
    version: str
    lines: list[Line]
    others: list[Other]

    @property
    def is_preliminary(self) -> bool:
        return self.count < self.total

    @property
    def who(self) -> str:
        """«4 av 5 sektorer», which stands beside our numbers."""
        return _("{count} av {total} sektorer").format(count=self.count, total=self.total)

    @property
    def rule(self) -> str:
        """How our number is added up."""
        return rule(self.measured, self.who)

    @property
    def compared(self) -> list[Other]:
        return [other for other in self.others if other.is_comparable]

    @property
    def left_out(self) -> int:
        return len(self.others) - len(self.compared)

    @property
    def has_enough(self) -> bool:
        return bool(self.drawable)

    @property
    def drawable(self) -> list[Line]:
        return [line for line in self.lines if line.result.has_enough]

    @property
    def what_is_needed(self) -> str:
        """«Medianen vises når … Nå er det to, så det mangler én.» Empty when there are enough."""
        if self.has_enough:
            return ""
        count = len(self.compared)
        missing = scoring.MINIMUM_OTHERS - count
        return _(
            "Medianen vises når minst {minimum} andre kommuner har delt en måling i samme versjon "
            "som vår. Nå har {count} gjort det, så det mangler {missing}."
        ).format(
            minimum=formatting.count_word(scoring.MINIMUM_OTHERS),
            count=formatting.count_word(count) if count else _("ingen"),
            missing=formatting.count_word(missing),
        )

    @property
    def left_out_in_words(self) -> str:
        if not self.left_out:
            return ""
        return ngettext(
            "{count} kommune har målt med en annen versjon. Den står i lista, men er ikke med i "
            "medianen.",
            "{count} kommuner har målt med en annen versjon. De står i lista, men er ikke med i "
            "medianen.",
            self.left_out,
        ).format(count=formatting.count_word(self.left_out).capitalize())

    @property
    def description(self) -> str:
        """The chart in words, for those who do not see it."""
        return " ".join(
            _("{area}: vi {ours}, medianen {median}, de andre fra {lowest} til {highest}.").format(
                area=line.name,
                ours=formatting.number(line.result.ours, 1),
                median=formatting.number(line.result.median, 1),
                lowest=formatting.number(line.result.lowest, 1),
                highest=formatting.number(line.result.highest, 1),
            )
            for line in self.drawable
        )


@dataclass(frozen=True)
class Preview:
    """What an uploaded measurement will be beside ours, before it is read in."""

    lines: list[tuple[str, Row]]  # the name of an area, and the municipality's row there
    sectors: int
    version: str
    is_comparable: bool
    shared: int
    total: int

    @property
    def statements(self) -> str:
        """«18 av 20 kjennetegn er de samme», or nothing when the file does not list its own."""
        if not self.total:
            return ""
        return _("{shared} av {total} kjennetegn i fila er de samme som våre.").format(
            shared=self.shared, total=self.total
        )


def preview(document: Document, *, keys: frozenset[str]) -> Preview:
    """Beside the version we use now."""
    instrument = Instrument.objects.filter(is_current=True).first()
    version = instrument.version if instrument else ""
    own = Characteristic.objects.filter(guidance__area__instrument=instrument)
    named = Area.objects.order_by("instrument_id", "order").values_list("code", "name")
    names = dict(named) | {TOTAL: _("Samlet")}
    totals = document.totals()
    return Preview(
        lines=[(name, totals[code]) for code, name in names.items() if code in totals],
        sectors=len({row.sector for row in document.rows if not row.is_total}),
        version=version,
        is_comparable=document.scale_version == version,
        shared=len(keys & set(own.values_list("key", flat=True))),
        total=len(keys),
    )


def of_year(history: History, measured: MeasuredYear) -> YearComparison:
    """Each other municipality's newest measurement that is not later than this year's."""
    result, version = history.result(measured.year), version_of(measured)
    names = {area.code: area.name for area in measured.areas} | {TOTAL: _("Samlet")}
    ours = {area.area: area.mean for area in result.areas} | {TOTAL: result.overall}
    others = [_other(benchmark, version, names) for benchmark in _newest(measured.year)]
    return YearComparison(
        measured=measured,
        count=result.count,
        total=len(history.sectors),
        version=version,
        lines=[
            Line(code, name, scoring.compare(ours[code], _levels(others, code)))
            for code, name in names.items()
        ],
        others=others,
    )


def _newest(year: int) -> Iterable[Benchmark]:
    """Always by name: a list by number would be a league table."""
    newest = Benchmark.objects.newest_until(year).with_totals()
    return newest.order_by("municipality_name", "pk")


def _other(benchmark: Benchmark, version: str, codes: Iterable[str]) -> Other:
    given = {row.area: row.level for row in benchmark.totals}  # type: ignore[attr-defined]
    levels = _with_overall(given, [code for code in codes if code != TOTAL])
    return Other(
        benchmark=benchmark,
        levels=levels,
        is_comparable=benchmark.scale_version == version,
        cells=[levels.get(code) for code in codes],
    )


def _with_overall(levels: dict[str, Decimal], areas: list[str]) -> dict[str, Decimal]:
    """A file need not say the overall: it is the mean of the areas, when all of them are there."""
    if TOTAL in levels or not areas or not all(code in levels for code in areas):
        return levels
    overall = scoring.one_decimal(mean(Fraction(levels[code]) for code in areas))
    return levels if overall is None else levels | {TOTAL: overall}


def _levels(others: Iterable[Other], code: str) -> list[Decimal]:
    return [other.levels[code] for other in others if other.is_comparable and code in other.levels]
