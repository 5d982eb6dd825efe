"""The words of the traffic lights: each dimension is told by one choice, which gives its light.

The words are those of Prosjektportalen 365 (domain.md §3.3), as short as the project page has
them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.formatting import count_word
from projects.models import Dimension, DimensionStatus, Light

LOOKS = DimensionStatus.LOOKS


@dataclass(frozen=True)
class Choice:
    """What may be said about a dimension. `code` is what a form sends."""

    code: str
    words: Any
    light: Light

    @property
    def look(self) -> str:
        return LOOKS[self.light]


GREEN, YELLOW, RED = Light.GREEN, Light.YELLOW, Light.RED
AHEAD = Choice("ahead", gettext_lazy("Foran plan"), GREEN)
ON_PLAN = Choice("on-plan", gettext_lazy("På plan"), GREEN)
SOMEWHAT_LATE = Choice("somewhat-late", gettext_lazy("Mindre forsinkelser"), YELLOW)
LATE = Choice("late", gettext_lazy("Forsinket"), RED)

CHOICES: dict[Dimension, tuple[Choice, ...]] = {
    Dimension.PROGRESS: (AHEAD, ON_PLAN, SOMEWHAT_LATE, LATE),
    Dimension.MONEY: (
        Choice("under", gettext_lazy("Under budsjett"), GREEN),
        Choice("on-budget", gettext_lazy("På budsjett"), GREEN),
        Choice("somewhat-over", gettext_lazy("Litt over"), YELLOW),
        Choice("over", gettext_lazy("Over budsjett"), RED),
        Choice("unknown", gettext_lazy("Vet ikke"), YELLOW),
    ),
    Dimension.QUALITY: (
        Choice("good", gettext_lazy("God"), GREEN),
        Choice("somewhat-poor", gettext_lazy("Noe å rette"), YELLOW),
        Choice("poor", gettext_lazy("Ikke god nok"), RED),
    ),
    Dimension.RISK: (
        Choice("low", gettext_lazy("Lav"), GREEN),
        Choice("medium", gettext_lazy("Middels"), YELLOW),
        Choice("high", gettext_lazy("Høy"), RED),
    ),
    Dimension.BENEFITS: (
        Choice("not-begun", gettext_lazy("Ikke påbegynt"), GREEN),
        AHEAD,
        ON_PLAN,
        SOMEWHAT_LATE,
        LATE,
    ),
}


def choice(dimension: Dimension, code: str) -> Choice | None:
    return next((each for each in CHOICES[dimension] if each.code == code), None)


def code_of(status: DimensionStatus | None) -> str:
    """The choice that a stored status was made with; none when its words are no longer asked."""
    if status is None:
        return ""
    choices = CHOICES[Dimension(status.dimension)]
    return next((each.code for each in choices if str(each.words) == status.words), "")


def story(statuses: Iterable[DimensionStatus]) -> str:
    """«én ting er gul», «to ting er røde og én er gul», «alt er grønt»."""
    lights = [status.light for status in statuses]
    red, yellow = lights.count(RED), lights.count(YELLOW)
    if red and yellow:
        return _("{red} og {yellow}").format(red=_red(red), yellow=_also_yellow(yellow))
    if red:
        return _red(red)
    return _yellow(yellow) if yellow else _("alt er grønt")


def _red(count: int) -> str:
    words = ngettext("én ting er rød", "{count} ting er røde", count)
    return words.format(count=count_word(count))


def _yellow(count: int) -> str:
    words = ngettext("én ting er gul", "{count} ting er gule", count)
    return words.format(count=count_word(count))


def _also_yellow(count: int) -> str:
    words = ngettext("én er gul", "{count} er gule", count)
    return words.format(count=count_word(count))
