"""The indicators for the municipality's plan: baseline, last year, now and target per area."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core import formatting
from maturity import scoring
from maturity.results import words
from maturity.results.development import Development, Line
from maturity.results.year import YearResult
from maturity.scoring import YearMean


@dataclass(frozen=True)
class Indicator:
    """`baseline` is the first year that can be compared with this one; it may be this one."""

    name: str
    is_overall: bool
    baseline: YearMean | None
    last_year: Decimal | None
    now: Decimal | None
    target: Decimal | None
    next_target: Decimal | None
    count: int

    @property
    def gap(self) -> Decimal | None:
        return scoring.gap(self.now, self.target)

    @property
    def gap_in_words(self) -> str:
        return words.gap_in_words(self.gap)

    @property
    def look(self) -> str:
        """Which of the looks in core.icons: a target is reached, not yet, or not set."""
        if self.gap is None:
            return "open"
        return "done" if self.gap <= 0 else "working"

    @property
    def status(self) -> str:
        if self.gap is None:
            return _("Uten mål")
        return _("Målet er nådd") if self.gap <= 0 else _("Under målet")

    def sentence(self, year: int) -> str:
        """«Teknologi: 3,4 i 2026. Nullpunkt 2,8 (2024), i fjor 3,2. Mål for 2026 3,6: …»"""
        said = [
            _("{name}: {now} i {year}.").format(
                name=self.name, now=formatting.number(self.now, 1), year=year
            )
        ]
        if self.baseline is not None and self.baseline.year < year:
            said.append(
                _("Nullpunkt {mean} ({year}).").format(
                    mean=formatting.number(self.baseline.mean, 1), year=self.baseline.year
                )
            )
        if self.last_year is not None:
            said.append(_("I fjor {mean}.").format(mean=formatting.number(self.last_year, 1)))
        if self.target is not None:
            said.append(
                _("Mål for {year} {mean}: {gap}.").format(
                    year=year,
                    mean=formatting.number(self.target, 1),
                    gap=words.lower_first(self.gap_in_words),
                )
            )
        if self.next_target is not None:
            said.append(
                _("Mål for {year} {mean}.").format(
                    year=year + 1, mean=formatting.number(self.next_target, 1)
                )
            )
        return " ".join(said)


@dataclass(frozen=True)
class Indicators:
    result: YearResult
    rows: list[Indicator]

    @property
    def year(self) -> int:
        return self.result.cycle.year

    def text(self, municipality: str) -> str:
        """Ready to be pasted into a document."""
        heading = _("Digital modenhet i {municipality} {year}, på en skala fra 1 til 5").format(
            municipality=municipality, year=self.year
        )
        preliminary = _("Tallene er foreløpige.") if self.result.is_preliminary else ""
        rows = [row.sentence(self.year) for row in self.rows]
        note = " ".join(filter(None, [self.result.rule, preliminary, _("Egen vurdering.")]))
        return "\n".join([heading, "", *rows, "", note])


def indicators(result: YearResult, development: Development) -> Indicators:
    lines = {line.code: line for line in development.lines}
    rows = [
        Indicator(
            name=line.area.name,
            is_overall=False,
            baseline=_baseline(lines.get(line.area.code), result.cycle.year),
            last_year=_comparable(line.change),
            now=line.result.mean,
            target=line.target.mean,
            next_target=line.next_target.mean,
            count=line.result.count,
        )
        for line in result.lines
    ]
    overall = Indicator(
        name=_("Samlet"),
        is_overall=True,
        baseline=_baseline(development.overall, result.cycle.year),
        last_year=_comparable(result.overall_change),
        now=result.scores.overall,
        target=result.targets.overall,
        next_target=result.next_targets.overall,
        count=result.count,
    )
    return Indicators(result, [*rows, overall])


def _baseline(line: Line | None, year: int) -> YearMean | None:
    """The first year of the unbroken run that ends in this one."""
    if line is None or not line.latest_run or line.latest_run[-1].year != year:
        return None
    return line.latest_run[0]


def _comparable(change: scoring.Change) -> Decimal | None:
    return change.before if change.is_comparable else None
