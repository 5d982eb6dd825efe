"""What was measured, as a table for people and as JSON for machines."""

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.aggregation import Aggregation
from benchmarks.answering import Answered
from benchmarks.browsing import Browsed, growths
from benchmarks.collisions import Searched
from benchmarks.collisions import lines as collision_lines
from benchmarks.freezing import Frozen
from benchmarks.kommit import TakenIn
from benchmarks.memo import Cost, Memo
from benchmarks.pages import Measured
from benchmarks.portfolio import Exported as PortfolioWorkbook
from benchmarks.robustness import Robustness
from benchmarks.scoring_export import Exported
from benchmarks.searching import Similar
from benchmarks.selection import Selected
from benchmarks.sending import Sent
from benchmarks.uncertainty import Drawn
from benchmarks.wall import LiveWall

MOST_TIMES_THE_FLOOR = 3.0
MOST_GROWTH = 1.5
MOST_QUERIES_FOR_RANKING = 12
MOST_GROWTH_OF_SIMILAR = 2.0
MOST_GROWTH_OF_BROWSING = 2.0
MOST_TIMES_A_MEAN = 10.0
MOST_SECONDS_TO_THE_WALL = 3.0
MOST_TIMES_A_PRODUCT = 3.0
MOST_TIMES_BARE_DRAWS = 1.5
MOST_TIMES_THE_CELLS = 1.5
MOST_TIMES_OPENPYXL = 3.0
MOST_SECONDS_TO_FREEZE = 10.0
HEADINGS = (
    *("page", "volume", "req/s", "median", "p95", "queries", "bytes"),
    *("floor median", "floor bytes", "times floor", "(processor)"),
)


@dataclass(frozen=True)
class Goal:
    text: str
    value: float
    limit: float

    @property
    def holds(self) -> bool:
        return self.value <= self.limit


@dataclass(frozen=True)
class Report:
    server: str
    measured: list[Measured]
    maturity: list[Measured]
    memos: list[Memo]
    aggregation: Aggregation
    wall: LiveWall
    sent: Sent
    similar: list[Similar]
    browsed: list[Browsed]
    answered: list[Answered]
    robustness: list[Robustness]
    drawn: Drawn
    taken_in: TakenIn
    selected: Selected
    exported: Exported
    frozen: Frozen
    searched: list[Searched]
    portfolio: list[Measured]
    portfolio_workbooks: list[PortfolioWorkbook]

    def as_json(self) -> dict[str, Any]:
        return {
            "machine": {
                "processors": os.cpu_count(),
                "load": os.getloadavg()[0],
                "python": platform.python_version(),
            },
            "server": self.server,
            "pages": [_page(each) for each in self.measured],
            "maturity": [_page(each) for each in self.maturity],
            "portfolio": [_page(each) for each in self.portfolio],
            "portfolio_workbooks": [each.as_json() for each in self.portfolio_workbooks],
            "memos": [_memo(each) for each in self.memos],
            "aggregation": _aggregation(self.aggregation),
            "live_wall": _wall(self.wall),
            "sending": _sent(self.sent),
            "similar": [{**_similar(each), "plan": each.plan} for each in self.similar],
            "answering": [_answered(each) for each in self.answered],
            "browsing": [{**_browsed(each), "plan": each.plan} for each in self.browsed],
            "robustness": [each.as_json() for each in self.robustness],
            "estimates": self.drawn.as_json(),
            "kommit": self.taken_in.as_json(),
            "best_set": self.selected.as_json(),
            "export": self.exported.as_json(),
            "freezing": self.frozen.as_json(),
            "collisions": [each.as_json() for each in self.searched],
            "goals": [
                {"goal": goal.text, "value": round(goal.value, 2), "holds": goal.holds}
                for goal in self.goals()
            ],
        }

    def as_text(self) -> str:
        pages = [*self.measured, *self.maturity, *self.portfolio]
        rows = [HEADINGS, *(_cells(each) for each in pages)]
        lines = [*_table(rows), ""]
        lines += [line for each in self.memos for line in [*_memo_lines(each), ""]]
        lines += [_aggregation_line(self.aggregation), _wall_line(self.wall), ""]
        lines += [_sent_line(self.sent), "", *_similar_lines(self.similar), ""]
        lines += [*(_answered_line(each) for each in self.answered), ""]
        lines += [*_browsed_lines(self.browsed), ""]
        lines += [each.as_text() for each in self.robustness]
        lines += [self.drawn.as_text(), self.taken_in.as_text()]
        lines += [self.selected.as_text(), self.exported.as_text()]
        lines += [self.frozen.as_text(), ""]
        lines += [*(each.as_text() for each in self.portfolio_workbooks), ""]
        lines += [*collision_lines(self.searched), ""]
        lines += [
            f"{'holds' if goal.holds else 'FAILS':6}{goal.text}: {goal.value:.2f}"
            for goal in self.goals()
        ]
        return "\n".join(lines)

    def goals(self) -> list[Goal]:
        return [
            *self._against_the_floor(),
            *self._growth(),
            *self._ranking(),
            *self._results(),
            *self._portfolio(),
            self._aggregated(),
            *self._walled(),
            self._similar_growth(),
            *self._browsing_growth(),
            *self._robust(),
            self._estimated(),
            self._read_in(),
            self._exported(),
            self._frozen(),
        ]

    def _against_the_floor(self) -> Iterator[Goal]:
        largest = max(each.volume for each in self.measured)
        for each in self.measured:
            if each.volume == largest:
                text = f"{each.page.name}, times the floor at {largest} (≤ {MOST_TIMES_THE_FLOOR})"
                yield Goal(text, each.ratio, MOST_TIMES_THE_FLOOR)

    def _growth(self) -> Iterator[Goal]:
        """Both sizes are measured turn by turn, so that the machine is the same for both."""
        sizes = sorted({each.volume for each in self.measured})
        few, many = sizes[0], sizes[-1]
        if few == many:
            return
        for small, large in self._pairs(few, many):
            growth = large.run.median / small.run.median
            text = f"{small.page.name}, growth from {few} to {many} ideas (≤ {MOST_GROWTH})"
            yield Goal(text, growth, MOST_GROWTH)

    def _pairs(self, few: int, many: int) -> Iterator[tuple[Measured, Measured]]:
        found = {(each.page.name, each.volume): each for each in self.measured}
        for each in self.measured:
            if each.volume == few:
                yield each, found[each.page.name, many]

    def _read_in(self) -> Goal:
        text = f"reading a KommIT workbook, times openpyxl alone (≤ {MOST_TIMES_OPENPYXL})"
        return Goal(text, self.taken_in.times_alone, MOST_TIMES_OPENPYXL)

    def _frozen(self) -> Goal:
        text = f"freezing a year with {self.frozen.ideas} ideas, seconds"
        return Goal(text, self.frozen.seconds, MOST_SECONDS_TO_FREEZE)

    def _exported(self) -> Goal:
        text = f"export of all answers, times openpyxl alone (≤ {MOST_TIMES_THE_CELLS})"
        return Goal(text, self.exported.times_alone, MOST_TIMES_THE_CELLS)

    def _ranking(self) -> Iterator[Goal]:
        for each in self.measured:
            if each.page.name == "ranking":
                text = f"ranking of {each.volume}, queries (≤ {MOST_QUERIES_FOR_RANKING})"
                yield Goal(text, each.answer.queries, MOST_QUERIES_FOR_RANKING)

    def _results(self) -> Iterator[Goal]:
        """The volume is how many answers the members of the groups have given."""
        for each in self.maturity:
            text = f"{each.page.name}, times the floor at {each.volume} (≤ {MOST_TIMES_THE_FLOOR})"
            yield Goal(text, each.ratio, MOST_TIMES_THE_FLOOR)
        queries = [each.answer.queries for each in self.maturity]
        if queries:
            text = "maturity result, queries more at the largest than at the smallest (≤ 0)"
            yield Goal(text, max(queries) - min(queries), 0)

    def _portfolio(self) -> Iterator[Goal]:
        queries: dict[str, list[int]] = {}
        for each in self.portfolio:
            text = f"{each.page.name}, times the floor at {each.volume} (≤ {MOST_TIMES_THE_FLOOR})"
            yield Goal(text, each.ratio, MOST_TIMES_THE_FLOOR)
            queries.setdefault(each.page.name, []).append(each.answer.queries)
        for name, found in queries.items():
            text = f"{name}, queries more at the largest than at the smallest (≤ 0)"
            yield Goal(text, found[-1] - found[0], 0)
        for workbook in self.portfolio_workbooks:
            text = f"portfolio's workbook of {workbook.projects}, times openpyxl alone"
            yield Goal(
                f"{text} (≤ {MOST_TIMES_THE_CELLS})", workbook.times_alone, MOST_TIMES_THE_CELLS
            )

    def _aggregated(self) -> Goal:
        text = f"aggregation, times a mean of the same array (≤ {MOST_TIMES_A_MEAN})"
        return Goal(text, self.aggregation.ratio, MOST_TIMES_A_MEAN)

    def _walled(self) -> Iterator[Goal]:
        text = f"live wall, seconds to the slowest of {self.wall.clients}"
        yield Goal(
            f"{text} (≤ {MOST_SECONDS_TO_THE_WALL})", self.wall.slowest, MOST_SECONDS_TO_THE_WALL
        )
        yield Goal("live wall, notes that somebody never got (0)", self.wall.lost, 0)

    def _similar_growth(self) -> Goal:
        few, many = self.similar[0], self.similar[-1]
        text = f"what is like a text, growth from {few.ideas} to {many.ideas} ideas"
        return Goal(
            f"{text} (≤ {MOST_GROWTH_OF_SIMILAR})",
            many.seconds / few.seconds,
            MOST_GROWTH_OF_SIMILAR,
        )

    def _browsing_growth(self) -> Iterator[Goal]:
        for few, many in growths(self.browsed):
            text = f"{few.kind}, growth from {few.ideas} to {many.ideas} ideas"
            yield Goal(
                f"{text} (≤ {MOST_GROWTH_OF_BROWSING})",
                many.seconds / few.seconds,
                MOST_GROWTH_OF_BROWSING,
            )

    def _robust(self) -> Iterator[Goal]:
        for each in self.robustness:
            text = f"robustness of {each.ideas} ideas, times the bare product"
            yield Goal(f"{text} (≤ {MOST_TIMES_A_PRODUCT})", each.ratio, MOST_TIMES_A_PRODUCT)

    def _estimated(self) -> Goal:
        text = f"draws of {self.drawn.benefits} benefits, times bare numpy"
        return Goal(f"{text} (≤ {MOST_TIMES_BARE_DRAWS})", self.drawn.ratio, MOST_TIMES_BARE_DRAWS)


def _answered(answered: Answered) -> dict[str, Any]:
    return {
        "ideas": answered.ideas,
        "queries": answered.queries,
        "median_ms": _milliseconds(answered.seconds),
        "update_median_ms": _milliseconds(answered.update_seconds),
        "times_update": round(answered.ratio, 1),
    }


def _answered_line(answered: Answered) -> str:
    row = _answered(answered)
    return (
        f"one answer saved among {row['ideas']} ideas: {row['median_ms']} ms in {row['queries']} "
        f"queries, {row['times_update']} times one UPDATE ({row['update_median_ms']} ms)"
    )


def _sent(sent: Sent) -> dict[str, Any]:
    return {
        "ideas": sent.count,
        "per_second": round(sent.per_second, 1),
        "median_ms": _milliseconds(sent.seconds),
        "floor_per_second": round(sent.floor_per_second, 1),
        "floor_median_ms": _milliseconds(sent.floor_seconds),
        "times_floor": round(sent.ratio, 2),
    }


def _sent_line(sent: Sent) -> str:
    row = _sent(sent)
    return (
        f"sending ideas: {row['per_second']} a second, median {row['median_ms']} ms, "
        f"{row['times_floor']} times a form that keeps one row ({row['floor_per_second']} a second)"
    )


def _similar(similar: Similar) -> dict[str, Any]:
    return {
        "ideas": similar.ideas,
        "median_ms": _milliseconds(similar.seconds),
        "p95_ms": _milliseconds(similar.slow_seconds),
        "by_key_ms": _milliseconds(similar.floor_seconds),
        "times_by_key": round(similar.ratio, 1),
    }


def _similar_lines(measured: list[Similar]) -> list[str]:
    rows = [_similar(each) for each in measured]
    lines = [
        f"what is like a text among {row['ideas']}: median {row['median_ms']} ms, p95 "
        f"{row['p95_ms']} ms, {row['times_by_key']} times a look-up by key"
        for row in rows
    ]
    return [*lines, f"Its plan at {measured[-1].ideas}:", measured[-1].plan]


def _browsed(browsed: Browsed) -> dict[str, Any]:
    return {
        "kind": browsed.kind,
        "ideas": browsed.ideas,
        "median_ms": _milliseconds(browsed.seconds),
        "p95_ms": _milliseconds(browsed.slow_seconds),
        "by_key_ms": _milliseconds(browsed.floor_seconds),
        "times_by_key": round(browsed.ratio, 1),
    }


def _browsed_lines(measured: list[Browsed]) -> list[str]:
    rows = [_browsed(each) for each in measured]
    lines = [
        f"{row['kind']} among {row['ideas']} ideas: median {row['median_ms']} ms, p95 "
        f"{row['p95_ms']} ms, {row['times_by_key']} times a look-up by key"
        for row in rows
    ]
    largest = [many for _few, many in growths(measured)]
    plans = [line for each in largest for line in (f"The plan of {each.kind}:", each.plan)]
    return [*lines, *plans]


def _wall(wall: LiveWall) -> dict[str, Any]:
    return {
        "clients": wall.clients,
        "delivered": len(wall.deliveries),
        "lost": wall.lost,
        "delivered_per_second": round(wall.notes_per_second),
        "median_seconds": round(wall.median, 2),
        "slowest_seconds": round(wall.slowest, 2),
    }


def _wall_line(wall: LiveWall) -> str:
    row = _wall(wall)
    return (
        f"live wall with {row['clients']} clients: {row['delivered_per_second']} notes delivered a "
        f"second, median {row['median_seconds']} s, slowest {row['slowest_seconds']} s"
    )


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 2)


def _page(each: Measured) -> dict[str, Any]:
    return {
        "page": each.page.name,
        "volume": each.volume,
        "requests": len(each.run.seconds),
        "requests_per_second": round(each.run.per_second, 1),
        "median_ms": _milliseconds(each.run.median),
        "p95_ms": _milliseconds(each.run.p95),
        "queries": each.answer.queries,
        "bytes": each.answer.size,
        "floor": {
            "requests_per_second": round(each.floor.per_second, 1),
            "median_ms": _milliseconds(each.floor.median),
            "p95_ms": _milliseconds(each.floor.p95),
            "bytes": each.floor_size,
        },
        "times_floor": round(each.ratio, 2),
        "processor_ms": _milliseconds(each.run.processor_median),
        "times_floor_processor": round(each.processor_ratio, 2),
    }


def _cells(each: Measured) -> tuple[str, ...]:
    row = _page(each)
    return (
        row["page"],
        str(row["volume"]),
        f"{row['requests_per_second']:.1f}",
        f"{row['median_ms']:.1f} ms",
        f"{row['p95_ms']:.1f} ms",
        str(row["queries"]),
        str(row["bytes"]),
        f"{row['floor']['median_ms']:.1f} ms",
        str(row["floor"]["bytes"]),
        f"{row['times_floor']:.2f}",
        f"{row['times_floor_processor']:.2f}",
    )


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def _memo(memo: Memo) -> dict[str, Any]:
    return {
        "projects": memo.projects,
        "pages": memo.pages,
        "ours": _cost(memo.ours),
        "weasyprint_alone": _cost(memo.alone),
        "times_seconds": round(memo.time_ratio, 2),
        "times_memory": round(memo.memory_ratio, 2),
    }


def _cost(cost: Cost) -> dict[str, float]:
    return {"seconds": round(cost.seconds, 2), "peak_megabytes": round(cost.peak_bytes / 1e6, 1)}


def _memo_lines(memo: Memo) -> list[str]:
    row = _memo(memo)
    ours, alone = row["ours"], row["weasyprint_alone"]
    return [
        f"memo of {memo.projects} projects, {memo.pages} pages: "
        f"{ours['seconds']} s, {ours['peak_megabytes']} MB",
        f"WeasyPrint alone on the same HTML: {alone['seconds']} s, {alone['peak_megabytes']} MB",
        f"times: {row['times_seconds']} of the seconds, {row['times_memory']} of the memory",
    ]


def _aggregation(aggregation: Aggregation) -> dict[str, Any]:
    return {
        "answers": aggregation.answers,
        "median_ms": _milliseconds(aggregation.seconds),
        "mean_ms": _milliseconds(aggregation.floor_seconds),
        "times_mean": round(aggregation.ratio, 2),
    }


def _aggregation_line(aggregation: Aggregation) -> str:
    row = _aggregation(aggregation)
    return (
        f"aggregation of {row['answers']} answers: {row['median_ms']} ms, "
        f"{row['times_mean']} times a mean of the same array"
    )
