"""What came of the ideas of a year: how long their senders waited, and what they became."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Aggregate, Count, DurationField, F, Min, Q
from django.utils.translation import gettext_lazy as _

from core.bars import percent_of_width
from ideas.models import Idea, IdeaStatus

# Fewer than this and a median or a share says nothing: the number is left out.
FEWEST_FOR_A_NUMBER = 5

PART_GAP = 0.5  # percent of the width, between the parts of the bar

BECAME = [
    ([IdeaStatus.APPROVED, IdeaStatus.IN_PROJECT], _("ble prosjekt")),
    ([IdeaStatus.LINE], _("ble gjort uten prosjekt")),
    ([IdeaStatus.RETURNED], _("utredes mer")),
    ([IdeaStatus.POSTPONED, IdeaStatus.PARKED], _("venter til en avtalt dag")),
    ([IdeaStatus.MERGED, IdeaStatus.SPLIT], _("ble slått sammen eller delt")),
    (
        [IdeaStatus.REJECTED, IdeaStatus.DECLINED, IdeaStatus.WITHDRAWN],
        _("gikk vi ikke videre med"),
    ),
]
NOT_ANSWERED = (IdeaStatus.RECEIVED, IdeaStatus.FORWARDED)


def became(counts: Mapping[str, int]) -> list[tuple[int, str]]:
    """How many became what, of ideas counted by status. What none became is left out."""
    summed = [(sum(counts.get(each, 0) for each in group), str(words)) for group, words in BECAME]
    return [(count, words) for count, words in summed if count]


@dataclass(frozen=True)
class Part:
    """One piece of «hva ble det av ideene»: how many, in which words, and where in the drawing."""

    count: int
    words: str
    x: str
    width: str
    label_x: str


def parts(present: Sequence[tuple[int, str]]) -> list[Part]:
    """The pieces of a bar as wide as the page, for counts above zero."""
    total = sum(count for count, _words in present)
    room = 100 - PART_GAP * (len(present) - 1)
    drawn = []
    x = 0.0
    for count, words in present:
        width = room * count / total
        drawn.append(
            Part(
                count, words, percent_of_width(x), percent_of_width(width), percent_of_width(x + 1)
            )
        )
        x += width + PART_GAP
    return drawn


class Median(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True)
class Answering:
    """How long senders waited for their first answer in a year."""

    median_days: int
    late: int
    total: int


def answering(year: int) -> Answering | None:
    """Days from received to the first answer, for ideas of `year`. None under five answered."""
    first_answer = Min("changes__at", filter=~Q(changes__status=IdeaStatus.RECEIVED))
    answered = (
        Idea.objects.filter(cycle__year=year)
        .annotate(answered_at=first_answer)
        .filter(answered_at__isnull=False)
    )
    found = answered.aggregate(
        wait=Median(F("answered_at") - F("created_at"), output_field=DurationField()),
        late=Count("pk", filter=Q(answered_at__date__gt=F("answer_due_on"))),
        total=Count("pk"),
    )
    if found["total"] < FEWEST_FOR_A_NUMBER:
        return None
    return Answering(found["wait"].days, found["late"], found["total"])
