"""From what was promised to what is taken out of the budget. Arithmetic alone, in one unit.

    lovet + endret = gjeldende plan; gjeldende plan + avvik = realisert; herav tatt ut i budsjettet

All are sums over the same years, from the first through the one that is chosen.

- Lovet: the plan as it was frozen at BP3. A plan that is not frozen yet counts as promised.
- Gjeldende plan: for each year the forecast, else the plan as the project's delay has moved it,
  else the plan. A project that was stopped gives no more than it gave.
- Endret: gjeldende plan less lovet.
- Realisert: what was achieved. A year that nobody has put a number on counts as nothing, and what
  was planned for it is told apart (`unreported`).
- Avvik: realisert less gjeldende plan, so below zero when less came than was planned.
- Tatt ut i budsjettet: a part of what is realised, and never drawn from it.

What a disbenefit (ulempe) costs counts against in each of them.

Worked example, in thousands of kroner: promised 1 000; the forecast is now 900, so endret is −100;
700 is achieved, so avvik is −200, of which 150 was planned for a year without a number; of the 700,
400 is taken out of the budget.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum

ZERO = Decimal(0)


@dataclass(frozen=True)
class Flow:
    """Sums in one unit, kroner or årsverk, which are never added to each other."""

    promised: Decimal = ZERO
    planned: Decimal = ZERO
    realised: Decimal = ZERO
    taken_out: Decimal = ZERO
    unreported: Decimal = ZERO  # of the planned, for years without a number
    measured: Decimal = ZERO  # of the realised, by how sure it is
    estimated: Decimal = ZERO
    judged: Decimal = ZERO
    amounts: int = 0  # years of benefits that are summed
    reported: int = 0  # of them, with a number for what was achieved

    def __add__(self, other: "Flow") -> "Flow":
        return Flow(
            **{
                field.name: getattr(self, field.name) + getattr(other, field.name)
                for field in fields(self)
            }
        )

    def __neg__(self) -> "Flow":
        """The same as an ulempe: the amounts count against, and are as many."""
        turned = {f.name: -getattr(self, f.name) for f in fields(self) if f.name not in COUNTED}
        return Flow(**turned, amounts=self.amounts, reported=self.reported)

    def __bool__(self) -> bool:
        return bool(self.amounts)

    @property
    def changed(self) -> Decimal:
        return self.planned - self.promised

    @property
    def deviation(self) -> Decimal:
        return self.realised - self.planned

    @property
    def missing(self) -> int:
        """How many of the amounts nobody has put a number on."""
        return self.amounts - self.reported

    @property
    def share_realised(self) -> Decimal | None:
        """Of what was promised. None when nothing was, or when it was to cost more than it gave."""
        return self.realised / self.promised if self.promised > 0 else None


COUNTED = ("amounts", "reported")


class Stage(StrEnum):
    PROMISED = "promised"
    CHANGED = "changed"
    PLANNED = "planned"
    DEVIATION = "deviation"
    REALISED = "realised"
    TAKEN_OUT = "taken_out"


@dataclass(frozen=True)
class Step:
    """One bar. `amount` is what it says; it is drawn from `start`, as wide as `width`."""

    stage: Stage
    amount: Decimal
    start: str
    width: str

    @property
    def is_change(self) -> bool:
        return self.stage in (Stage.CHANGED, Stage.DEVIATION)


def steps(flow: Flow) -> list[Step]:
    """The waterfall: three sums from zero, and between them what leads from one to the next."""
    spans = {
        Stage.PROMISED: (ZERO, flow.promised),
        Stage.CHANGED: (flow.promised, flow.planned),
        Stage.PLANNED: (ZERO, flow.planned),
        Stage.DEVIATION: (flow.planned, flow.realised),
        Stage.REALISED: (ZERO, flow.realised),
        Stage.TAKEN_OUT: (ZERO, flow.taken_out),
    }
    ends = [end for span in spans.values() for end in span]
    low, high = min(ends), max(ends)
    return [
        Step(
            stage,
            end - start,
            _percent(min(start, end) - low, high - low),
            _percent(abs(end - start), high - low),
        )
        for stage, (start, end) in spans.items()
    ]


def _percent(part: Decimal, whole: Decimal) -> str:
    """As SVG writes it, whatever the language of the page."""
    return f"{100 * part / whole:.2f}%" if whole else "0%"


@dataclass(frozen=True)
class Bar:
    """Of what was promised, how much is planned now and how much is realised: one line in a table.

    `scale` is the largest of the table, so that its lines can be compared.
    """

    promised: str
    realised: str


def bars(flows: Sequence[Flow]) -> list[Bar]:
    """Sums below zero have no bar: the number beside says it."""
    largest = max((max(flow.promised, flow.realised) for flow in flows), default=ZERO)
    return [
        Bar(
            _percent(max(flow.promised, ZERO), largest), _percent(max(flow.realised, ZERO), largest)
        )
        for flow in flows
    ]
