"""What a row holds, and what it may name."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ideas.models import Submitter
from municipality.models import Sector, StrategyGoal


@dataclass(frozen=True)
class ImportedIdea:
    """An idea as it stands in a file. Sector and goals by their codes."""

    row: int
    problem: str
    who_has_it: str
    submitter: str
    solution: str = ""
    sector: str = ""
    title: str = ""
    goals: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    received_on: dt.date | None = None

    @property
    def text(self) -> str:
        """What tells whether another idea is the same."""
        return f"{self.title} {self.problem}".strip()

    @property
    def submitter_words(self) -> str:
        return str(Submitter(self.submitter).label)

    def as_json(self) -> dict[str, Any]:
        day = self.received_on
        return {**asdict(self), "received_on": day.isoformat() if day else None}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "ImportedIdea":
        day = stored["received_on"]
        return cls(
            **{
                **stored,
                "goals": tuple(stored["goals"]),
                "tags": tuple(stored["tags"]),
                "received_on": dt.date.fromisoformat(day) if day else None,
            }
        )


@dataclass(frozen=True)
class Known:
    """What a file may name here: words in small letters → code."""

    sectors: Mapping[str, str]
    sector_names: Mapping[str, str]  # code → name
    goals: Mapping[str, str]
    goal_texts: Mapping[str, str]  # code → text
    today: dt.date

    @classmethod
    def load(cls, on: dt.date) -> "Known":
        sectors = list(Sector.objects.all())
        goals = list(StrategyGoal.objects.in_order())
        return cls(
            sectors={
                word.casefold(): sector.code
                for sector in sectors
                for word in (sector.short_name, sector.code, sector.name)
            },
            sector_names={sector.code: sector.name for sector in sectors},
            goals={goal.code.casefold(): goal.code for goal in goals},
            goal_texts={goal.code: goal.text for goal in goals},
            today=on,
        )
