"""What the leadership group answered in one area, and whether it may be shown yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from maturity import scoring
from maturity.models import Area, Assessment, IndividualAnswer, LevelGuidance, Respondent
from municipality.models import User


@dataclass(frozen=True)
class Column:
    """One level, and those who set it."""

    level: LevelGuidance
    answers: Sequence[IndividualAnswer]


@dataclass(frozen=True)
class Consensus:
    """The answers are for the page that asks `is_shown` first: fewer than three tell who said what,
    and who has not answered shall not be led.
    """

    area: Area
    asked: int
    given: Sequence[IndividualAnswer]
    own: IndividualAnswer | None
    is_member: bool

    @property
    def count(self) -> int:
        return len(self.given)

    @property
    def has_enough(self) -> bool:
        return self.count >= scoring.MINIMUM_FOR_DISTRIBUTION

    @property
    def lacking(self) -> int:
        return max(0, scoring.MINIMUM_FOR_DISTRIBUTION - self.count)

    @property
    def is_shown(self) -> bool:
        return self.has_enough and self.own is not None

    @cached_property
    def spread(self) -> scoring.Spread:
        return scoring.spread([answer.level for answer in self.given])

    @property
    def all_agree(self) -> bool:
        return self.spread.lowest == self.spread.highest

    def columns(self) -> list[Column]:
        """Every level, also those nobody set. Uses the prefetch of the guidance."""
        by_level = {
            level: list(answers) for level, answers in groupby(self.given, lambda each: each.level)
        }
        return [Column(level, by_level.get(level.level, [])) for level in self.area.levels.all()]


def of_area(assessment: Assessment, area: Area, *, viewer: User) -> Consensus:
    """In the order of the levels, then of the names."""
    members = list(Respondent.objects.filter(assessment=assessment).values_list("user", flat=True))
    given = list(
        IndividualAnswer.objects.given()
        .filter(respondent__assessment=assessment, area=area)
        .select_related("respondent")
        .order_by("level", "respondent__name", "respondent__pk")
    )
    return Consensus(
        area=area,
        asked=len(members),
        given=given,
        own=next((each for each in given if each.respondent.user_id == viewer.pk), None),
        is_member=viewer.pk in members,
    )
