"""What there is to say of how sure a ranking is, and whether it still is about these answers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from core.formatting import listed, number
from core.made_files import FileStatus
from prioritization.models import RobustnessRun, Round


@dataclass(frozen=True)
class Sureness:
    """The newest computation that is ready, and the newest that was asked for.

    `answers` is the fingerprint of the answers now.
    """

    ready: RobustnessRun | None
    latest: RobustnessRun | None
    answers: str

    @property
    def answers_changed(self) -> bool:
        return self.ready is not None and self.ready.fingerprint != self.answers

    def is_of_another_top(self, top: int | None) -> bool:
        """`top`: how many there is room for now, if anybody has said."""
        return self.ready is not None and bool(top) and self.ready.top != top

    @property
    def is_current(self) -> bool:
        return self.ready is not None and not self.answers_changed

    @property
    def underway(self) -> RobustnessRun | None:
        return self.latest if self.latest is not None and self.latest.is_underway else None

    @property
    def failed(self) -> RobustnessRun | None:
        has_failed = self.latest is not None and self.latest.status == FileStatus.FAILED
        return self.latest if has_failed else None


def sureness_of(scored: Round, *, answers: str | None = None) -> Sureness:
    """One query; `answers` when the caller has them with the round."""
    runs = scored.robustness_runs.defer("content", "snapshot").order_by("-pk")
    newest = list(runs[:MOST_RUNS])
    return Sureness(
        ready=next((run for run in newest if run.is_ready), None),
        latest=newest[0] if newest else None,
        answers=scored.fingerprint() if answers is None else answers,
    )


MOST_RUNS = 5  # those that are kept, and some that are not ready


SLIGHT = 0.05  # points of weight: less than what one decimal shows


@dataclass(frozen=True)
class Flip:
    """Which change of one weight moves the line, in words."""

    name: str
    start: int
    change: float
    into: Sequence[str]
    out: Sequence[str]

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Flip":
        return cls(stored["name"], stored["from"], stored["change"], stored["into"], stored["out"])

    @cached_property
    def weight(self) -> str:
        if abs(self.change) < SLIGHT:
            little = _("{name} litt opp fra {start}"), _("{name} litt ned fra {start}")
            return little[math.copysign(1, self.change) < 0].format(
                name=self.name, start=self.start
            )
        return _("{name} fra {start} til {end}").format(
            name=self.name,
            start=self.start,
            end=number(self.start + self.change, 1).removesuffix(",0"),
        )

    @property
    def moves(self) -> str:
        parts = []
        if self.into:
            parts.append(_("{ideas} inn").format(ideas=listed(list(self.into))))
        if self.out:
            parts.append(_("{ideas} ut").format(ideas=listed(list(self.out))))
        return ", ".join(parts)
