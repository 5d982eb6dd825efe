"""Why an idea stands where it does: each criterion, each question, and what would lift it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core.formatting import listed, number
from prioritization import scoring
from prioritization.models import (
    Criterion,
    Direction,
    Entry,
    FinalAnswer,
    Question,
    Recusal,
    Score,
    ScoreLevel,
    Stage,
    criteria_for_scoring,
)
from prioritization.scoring import RankKey

DOT = 12  # pixels from one dot to the next


@dataclass(frozen=True)
class LevelGroup:
    """Those who answered the same to one question. `names` only of those one may see."""

    level: int
    count: int
    names: Sequence[str]

    @property
    def label(self) -> str:
        return str(ScoreLevel(self.level).label)

    @property
    def dots(self) -> list[int]:
        """Where each dot stands, in pixels."""
        return [DOT // 2 + DOT * index for index in range(self.count)]

    @property
    def width(self) -> int:
        return DOT * self.count

    @property
    def who(self) -> str:
        unnamed = self.count - len(self.names)
        if not self.names or not unnamed:
            return listed(list(self.names))
        return listed([*self.names, _("{count} til").format(count=unnamed)])


@dataclass(frozen=True)
class Asked:
    """One question with the answers that count, and who abstained."""

    question: Question
    groups: Sequence[LevelGroup]
    abstained: Sequence[tuple[str, str]]  # who, and why
    agreed: FinalAnswer | None

    @property
    def pulls_down(self) -> bool:
        return self.question.direction == Direction.DOWN

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)

    @property
    def mean(self) -> Decimal | None:
        if not self.count:
            return None
        return Decimal(sum(group.level * group.count for group in self.groups)) / self.count


@dataclass(frozen=True)
class Part:
    """One criterion: what it gives of the points, and its questions."""

    criterion: Criterion
    given: scoring.Part
    asked: Sequence[Asked]

    @property
    def is_more_than_its_question(self) -> bool:
        """The strategy's screening has one question for each criterion, in the same words."""
        return len(self.asked) > 1 or self.asked[0].question.text != self.criterion.name


@dataclass(frozen=True)
class Step:
    """What would become of the idea if one question were answered better."""

    question: Question
    step: scoring.Step

    @property
    def change(self) -> str:
        """«fra 1,5 til middels (2)»."""
        return _("fra {start} til {level} ({end})").format(
            start=number(self.step.start, 1),
            level=str(ScoreLevel(self.step.end).label).lower(),
            end=self.step.end,
        )


class Answers:
    """All that was answered about one idea, read in three queries."""

    def __init__(self, entry: Entry, questions: Sequence[Question]) -> None:
        self.entry = entry
        self.questions = questions
        self.parts = {
            part.user_id: part
            for part in entry.round.participations.select_related("user", "sector")
        }
        self.recusals: list[Recusal] = list(entry.recusals.select_related("person"))
        self.final = {final.question_id: final for final in entry.final_answers.all()}
        self.scores: dict[int, list[Score]] = defaultdict(list)
        for score in entry.scores.filter(scorer__in=self.parts):
            self.scores[score.question_id].append(score)

    @property
    def recused(self) -> set[int]:
        return {recusal.person_id for recusal in self.recusals}

    def counting(self, question: Question) -> list[Score]:
        return [
            score
            for score in self.scores[question.pk]
            if score.level is not None and score.scorer_id not in self.recused
        ]

    def levels(self) -> dict[str, list[int]]:
        """As `scoring.score` wants them."""
        return {
            str(question.pk): [score.level or 0 for score in self.counting(question)]
            for question in self.questions
        }

    def final_levels(self) -> dict[str, int]:
        return {str(question): final.level for question, final in self.final.items()}

    def parts_of_score(self, *, named: Collection[int]) -> list[Part]:
        """Criterion by criterion. `named`: the scorers whose answers may be shown with a name."""
        criteria = list(dict.fromkeys(question.criterion for question in self.questions))
        given = scoring.explain(criteria_for_scoring(self.questions), self.entry.breakdown)
        return [
            Part(
                criterion,
                part,
                [
                    self._asked(question, named)
                    for question in self.questions
                    if question.criterion == criterion
                ],
            )
            for criterion, part in zip(criteria, given, strict=True)
        ]

    def _asked(self, question: Question, named: Collection[int]) -> Asked:
        by_level: Mapping[int, list[Score]] = defaultdict(list)
        for score in self.counting(question):
            by_level[score.level or 0].append(score)
        abstained = [
            (self.parts[score.scorer_id].name, score.abstention)
            for score in self.scores[question.pk]
            if score.abstention and score.scorer_id in named
        ]
        return Asked(
            question=question,
            groups=[
                LevelGroup(
                    level,
                    len(by_level[level]),
                    sorted(
                        self.parts[score.scorer_id].name
                        for score in by_level[level]
                        if score.scorer_id in named
                    ),
                )
                for level in sorted(ScoreLevel.values, reverse=True)
            ],
            abstained=sorted(abstained),
            agreed=self.final.get(question.pk),
        )

    def steps(self, others: Sequence[RankKey], *, top: int) -> list[Step]:
        """What would have to change to move up, what gives most points first."""
        by_code = {str(question.pk): question for question in self.questions}
        of_screening = self.entry.round.stage == Stage.SCREENING
        found = scoring.next_steps(
            criteria_for_scoring(self.questions),
            self.levels(),
            others,
            top=top,
            final=self.final_levels(),
            tie_break=None if of_screening else self.entry.tie_break,
        )
        return [Step(by_code[step.question], step) for step in found]
