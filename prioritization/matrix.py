"""The matrix of a round: benefit against feasibility, for the chart and its table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core.formatting import kroner
from municipality.models import Sector
from prioritization.charts import Axis, Spot, matrix_chart
from prioritization.models import Criterion, Entry
from prioritization.scoring import places

MOST = 30  # ideas; more than that nobody tells apart
MIDDLE = 50
BENEFIT = "gevinst"
FEASIBILITY = ("gjennomforing", "eier")  # the screening does not ask about feasibility


@dataclass(frozen=True)
class Matrix:
    """The first ideas of the ranking, and what the two ways across it measure."""

    x: Criterion
    y: Criterion
    spots: Sequence[Spot]

    @property
    def x_axis(self) -> Axis:
        return Axis(self.x.short_name, _weak_and_strong(self.x))

    @property
    def y_axis(self) -> Axis:
        return Axis(self.y.short_name, (_("Liten gevinst"), _("Stor gevinst")))

    @property
    def heading(self) -> str:
        """What it shows, as a sentence."""
        both = [spot for spot in self.spots if spot.x >= MIDDLE and spot.y >= MIDDLE]
        if self.x.code == "eier":
            useful = _("nyttige og har en eier som forplikter seg")
        else:
            useful = _("nyttige og gjennomførbare")
        if len(self.spots) > 1 and len(both) == len(self.spots):
            return _("Alle er både {what}").format(what=useful)
        if len(both) * 2 > len(self.spots) and len(both) > 1:
            return _("De fleste er både {what}").format(what=useful)
        if len(both) > 1:
            return _("{count} av {all} er både {what}").format(
                count=len(both), all=len(self.spots), what=useful
            )
        return _("{y} mot {x}").format(y=self.y.name, x=self.x.name.lower())

    @property
    def words(self) -> str:
        """The chart for those who do not see it."""
        told = "; ".join(
            _("nr. {place} {title}: {y} og {x}").format(
                place=spot.place, title=spot.title, y=round(spot.y), x=round(spot.x)
            )
            for spot in self.spots
        )
        return _("{y} (0–100) og {x} (0–100) for hver idé. {told}.").format(
            y=self.y.short_name, x=self.x.short_name.lower(), told=told
        )

    def spec(self, *, sectors: Sequence[str], on_paper: bool = False):
        return matrix_chart(
            self.spots, x=self.x_axis, y=self.y_axis, sectors=sectors, on_paper=on_paper
        )


def matrix_of(ranked: Iterable[Entry], criteria: Sequence[Criterion]) -> Matrix | None:
    """None when the criteria have nothing to set against each other, or nothing is ranked.

    `ranked`: the ideas from the first of the list on.
    """
    by_code = {criterion.code: criterion for criterion in criteria}
    y = by_code.get(BENEFIT)
    x = next((by_code[code] for code in FEASIBILITY if code in by_code), None)
    shown = list(ranked)[:MOST]
    if x is None or y is None or not shown:
        return None
    numbers = places([entry.rank_key for entry in shown])
    spots = [_spot(place, entry, x, y) for place, entry in zip(numbers, shown, strict=True)]
    return Matrix(x, y, spots)


def _spot(place: int, entry: Entry, x: Criterion, y: Criterion) -> Spot:
    cost = entry.idea.estimated_cost
    return Spot(
        place=place,
        title=str(entry.idea),
        sector=entry.idea.sector.name if entry.idea.sector else "",
        x=_percent(entry, x),
        y=_percent(entry, y),
        cost=None if cost is None else float(cost),
        cost_in_words=_("ukjent") if cost is None else kroner(cost),
    )


def _percent(entry: Entry, criterion: Criterion) -> float:
    return float(Decimal(str(entry.breakdown[criterion.code])) * 100)


def _weak_and_strong(criterion: Criterion) -> tuple[str, str]:
    if criterion.code == "eier":
        return _("svak forpliktelse"), _("sterk forpliktelse")
    return _("krevende"), _("gjennomførbart")


def sectors_in_order() -> list[str]:
    return list(Sector.objects.values_list("name", flat=True))
