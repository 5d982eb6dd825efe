"""An answer beside what it was asked about: the rows that pages and workbooks show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from core.bars import percent_of_width
from prioritization import fitting_words
from prioritization.fitting import Answer, Frame, Snapshot
from prioritization.models import RuleKind


@dataclass(frozen=True)
class IdeaRow:
    """One idea beside both ways to choose."""

    key: int
    title: str
    code: str
    sector: str
    place: int | None
    points: Decimal | None
    is_statutory: bool
    is_estimate: bool
    kroner: Decimal
    person_years: Decimal
    in_list: bool
    in_best: bool
    reason: str

    @property
    def differs(self) -> bool:
        return self.in_list != self.in_best


@dataclass(frozen=True)
class FrameRow:
    """Money or person-years of a year: how much there is, and what each way to choose takes."""

    frame: Frame
    name: str
    limit: Decimal | None
    by_list: Decimal
    by_best: Decimal

    @property
    def limit_words(self) -> str:
        return "" if self.limit is None else fitting_words.amount(self.frame, self.limit)

    @property
    def list_words(self) -> str:
        return fitting_words.amount(self.frame, self.by_list)

    @property
    def best_words(self) -> str:
        return fitting_words.amount(self.frame, self.by_best)

    @property
    def share(self) -> Decimal | None:
        """Of the limit, what the best set takes: 0 to 1. Nothing left of nothing is all of it."""
        if self.limit is None:
            return None
        return self.by_best / self.limit if self.limit else Decimal(1)

    @property
    def width(self) -> str:
        return percent_of_width(float(self.share or 0) * 100)


@dataclass(frozen=True)
class FrontierRow:
    needed: Decimal
    value: Decimal
    count: int
    change: str
    is_optimal: bool


@dataclass(frozen=True)
class ConflictRow:
    """One reason why no set is possible. With a frame: its limit is too low for the ideas."""

    words: str
    frame: Frame | None
    ideas: list[tuple[int, str]]  # key and title


class Story:
    """`taken` is what was asked (fitting.snapshot), `answer` what came back (fitting.solve)."""

    def __init__(self, taken: Snapshot, answer: Answer) -> None:
        self.taken, self.answer = taken, answer
        everybody = [*taken["ideas"], *taken["left_out"]]
        self.names: dict[int, str] = {idea["key"]: idea["title"] for idea in everybody}
        self.sectors = {int(key): name for key, name in taken["sectors"].items()}

    @property
    def is_possible(self) -> bool:
        return not self.answer["conflicts"]

    @property
    def heading(self) -> str:
        return fitting_words.heading(self.answer)

    @property
    def proof(self) -> str:
        return fitting_words.proof(self.answer["best"]) if self.is_possible else ""

    @cached_property
    def limits(self) -> dict[Frame, Decimal]:
        return {Frame(year, sector): Decimal(most) for year, sector, most in self.taken["limits"]}

    @cached_property
    def best(self) -> frozenset[int]:
        return frozenset(self.answer["best"]["chosen"]) if self.is_possible else frozenset()

    @cached_property
    def simple(self) -> frozenset[int]:
        return frozenset(self.answer["simple"]["chosen"]) if self.is_possible else frozenset()

    @property
    def best_value(self) -> Decimal:
        return Decimal(self.answer["best"]["value"])

    @property
    def list_value(self) -> Decimal:
        return Decimal(self.answer["simple"]["value"])

    @property
    def gain(self) -> Decimal:
        return self.best_value - self.list_value

    @property
    def conflicts(self) -> Iterator[ConflictRow]:
        for each in self.answer["conflicts"]:
            words = fitting_words.conflict(
                each, names=self.names, sectors=self.sectors, limits=self.limits
            )
            frame = fitting_words.frame_of(each["frame"]) if each["frame"] else None
            yield ConflictRow(words, frame, [(key, self.names[key]) for key in each["keys"]])

    @property
    def stopped_at(self) -> str:
        """The first idea down the list that there was not enough for."""
        key = self.answer["simple"]["stopped_at"]
        return "" if key is None else self.names[key]

    @cached_property
    def ideas(self) -> list[IdeaRow]:
        """In the order of the list, what the law demands last."""
        return [self._row(idea) for idea in self.taken["ideas"]]

    def _row(self, idea: Snapshot) -> IdeaRow:
        key = idea["key"]
        return IdeaRow(
            key=key,
            title=idea["title"],
            code=idea["code"],
            sector=idea["sector"],
            place=idea["place"],
            points=None if idea["is_statutory"] else Decimal(idea["points"]),
            is_statutory=idea["is_statutory"],
            is_estimate=idea["is_estimate"],
            kroner=sum((Decimal(row[2]) for row in idea["needs"]), Decimal(0)),
            person_years=sum((Decimal(row[3]) for row in idea["needs"]), Decimal(0)),
            in_list=key in self.simple,
            in_best=key in self.best,
            reason=self._reason(idea),
        )

    def _reason(self, idea: Snapshot) -> str:
        """Why it is in or out, where the two ways differ or something decides it."""
        if not self.is_possible:
            return ""
        key = idea["key"]
        if key not in self.best:
            return self._why_not_best(key)
        if key not in self.simple:
            return self._why_not_in_list(key)
        if idea["is_statutory"]:
            return _("Lovpålagt, og er med uansett")
        if [RuleKind.MANDATORY, key, None] in self.taken["rules"]:
            return _("Skal være med")
        return ""

    def _why_not_best(self, key: int) -> str:
        words = self._obstacle("best", key) or _("Gir ingen flere poeng")
        if key in self.simple:
            return _("Gir plass til ideer som til sammen gir mer. {why}").format(why=words)
        return words

    def _why_not_in_list(self, key: int) -> str:
        words = self._obstacle("simple", key)
        if words:
            return _("Får ikke plass når vi følger lista. {why}").format(why=words)
        return _("Får plass, men lista stopper ved «{idea}»").format(idea=self.stopped_at)

    def _obstacle(self, which: str, key: int) -> str:
        found = self.answer[which]["out"][str(key)]
        return fitting_words.obstacle(found, names=self.names, sectors=self.sectors)

    @cached_property
    def frames(self) -> list[FrameRow]:
        """All there is a limit to, and all that is needed. By year, money first."""
        if not self.is_possible:
            return []
        by_list, by_best = self._used("simple"), self._used("best")
        order = {sector: place for place, sector in enumerate(self.sectors)}
        found = {
            frame
            for frame in {**self.limits, **by_list, **by_best}
            if frame in self.limits or by_list.get(frame) or by_best.get(frame)
        }
        return [
            FrameRow(
                frame,
                fitting_words.frame_name(frame, self.sectors),
                self.limits.get(frame),
                by_list.get(frame, Decimal(0)),
                by_best.get(frame, Decimal(0)),
            )
            for frame in sorted(
                found, key=lambda each: (each.year, order.get(each.sector or 0, -1))
            )
        ]

    def _used(self, which: str) -> dict[Frame, Decimal]:
        return {
            Frame(year, sector): Decimal(used) for year, sector, used in self.answer[which]["used"]
        }

    @property
    def frontier_year(self) -> int:
        return int(self.answer["frontier"]["year"])

    @cached_property
    def frontier(self) -> list[FrontierRow]:
        """Dearer and better step by step, with what each step changes."""
        rows: list[FrontierRow] = []
        before: list[int] = []
        for point in self.answer["frontier"]["points"]:
            now = point["chosen"]
            into = [key for key in now if key not in before]
            out = [key for key in before if key not in now]
            change = fitting_words.exchange(into, out, self.names)
            rows.append(
                FrontierRow(
                    Decimal(point["needed"]),
                    Decimal(point["value"]),
                    len(now),
                    change[:1].upper() + change[1:],
                    point["is_optimal"],
                )
            )
            before = now
        return rows

    @property
    def kroner(self) -> Decimal:
        """What the best set costs over all the years."""
        return self._all(True)

    @property
    def person_years(self) -> Decimal:
        return self._all(False)

    def _all(self, is_money: bool) -> Decimal:
        rows = [row.by_best for row in self.frames if row.frame.is_money == is_money]
        return sum(rows, Decimal(0))

    @property
    def next_krone(self) -> list[str]:
        return [fitting_words.next_krone(each, self.names) for each in self.answer.get("next", [])]

    @property
    def free(self) -> list[IdeaRow]:
        """Ideas that nobody has said what cost: they count as if they took nothing."""
        return [row for row in self.ideas if not row.kroner and not row.person_years]

    @property
    def left_out(self) -> list[Snapshot]:
        left_out: list[Snapshot] = self.taken["left_out"]
        return left_out

    @property
    def unused_rules(self) -> list[str]:
        """Rules about ideas that are not ranked."""
        return list(self._rules_in_words(self.taken["unused_rules"]))

    @property
    def rules(self) -> list[str]:
        return list(self._rules_in_words(self.taken["rules"]))

    def _rules_in_words(self, rules: Iterable[tuple[str, int, int | None]]) -> Iterator[str]:
        for kind, key, other in rules:
            label = RuleKind(kind).label
            if other is None:
                yield f"{self.names[key]}: {label.lower()}"
            else:
                yield f"{self.names[key]}: {label.lower()} {self.names[other]}"
