"""The consensus meeting as it is read: who answered what, before it and in it, and what was agreed.

What is answered in the meeting stands in none of this until the answers are shown to everybody.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.formatting import day, listed
from prioritization.models import (
    Ballot,
    BallotAnswer,
    ConsensusMeeting,
    Entry,
    FinalAnswer,
    Memo,
    MemoStatus,
    Participation,
    Question,
    Recusal,
    Round,
    Score,
    ScoreLevel,
)
from prioritization.sheets import agreement

MOST_NAMED = 5


@dataclass(frozen=True)
class Voice:
    """What one person, or one sector's group, says about a question."""

    name: str
    level: int | None
    comment: str = ""
    abstention: str = ""
    is_recused: bool = False

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @property
    def counts(self) -> bool:
        return self.level is not None and not self.is_recused

    @property
    def words(self) -> str:
        if self.level is not None:
            return str(ScoreLevel(self.level).label)
        return _("Avstår") if self.abstention else _("Ikke besvart")


@dataclass(frozen=True)
class Column:
    level: ScoreLevel
    voices: Sequence[Voice]


@dataclass(frozen=True)
class Take:
    """The answers to a question at one time: those from before, or those of one ballot."""

    label: str
    voices: Sequence[Voice]

    @property
    def levels(self) -> list[int]:
        return [voice.level for voice in self.voices if voice.level is not None]

    @property
    def distance(self) -> int:
        return max(self.levels) - min(self.levels) if self.levels else 0

    @property
    def words(self) -> str:
        return agreement(self.levels)

    def columns(self) -> list[Column]:
        """Lav, middels and høy, also those nobody chose."""
        return [
            Column(level, [voice for voice in self.voices if voice.level == level])
            for level in ScoreLevel
        ]


@dataclass(frozen=True)
class Person:
    """What somebody answered before the meeting and in each of its ballots, and why."""

    name: str
    answers: Sequence[tuple[str, str]]  # when, and what
    voice: Voice | None


@dataclass(frozen=True)
class Asked:
    """One question about one idea: all that was said about it, and what was agreed in the end."""

    question: Question
    said: Sequence[Voice]
    ballots: Sequence[Take] = field(default=())
    final: FinalAnswer | None = None

    @cached_property
    def before(self) -> Take:
        """The individual answers that count. They are kept, whatever is agreed."""
        return Take(_("Før møtet"), [voice for voice in self.said if voice.counts])

    @property
    def takes(self) -> list[Take]:
        return [self.before, *self.ballots]

    def people(self) -> list[Person]:
        """Everybody who said something, with what they answered each time."""
        told = {voice.name: voice for voice in self.said}
        times = [(self.before.label, told)]
        times += [
            (ballot.label, {voice.name: voice for voice in ballot.voices})
            for ballot in self.ballots
        ]
        names = sorted({name for _label, voices in times for name in voices})
        return [
            Person(
                name=name,
                answers=[
                    (label, voices[name].words if name in voices else "–")
                    for label, voices in times
                ],
                voice=told.get(name),
            )
            for name in names
        ]

    @property
    def latest_two(self) -> list[Take]:
        """What it was and what it has become, or only what it was."""
        return self.takes[-2:]


def widest_first(asked: Iterable[Asked]) -> list[Asked]:
    """What people are furthest apart about comes first; equals stay in the order of the round."""
    return sorted(asked, key=lambda one: -one.before.distance)


def read(
    scored: Round, entries: Iterable[Entry], questions: Sequence[Question]
) -> dict[int, list[Asked]]:
    """Entry → its questions with all answers. Five queries, however many entries there are."""
    entries = list(entries)
    names = {part.user_id: part.name for part in _parts(scored)}
    said = _said(entries, names)
    ballots = _ballots(entries, names)
    agreed = {
        (final.entry_id, final.question_id): final
        for final in FinalAnswer.objects.filter(entry__in=entries)
    }
    return {
        entry.pk: [
            Asked(question, said[key], ballots[key], agreed.get(key))
            for question in questions
            for key in [(entry.pk, question.pk)]
        ]
        for entry in entries
    }


def _parts(scored: Round) -> list[Participation]:
    return list(scored.participations.select_related("user", "sector"))


def _said(entries: Sequence[Entry], names: dict[int, str]) -> dict[tuple[int, int], list[Voice]]:
    recused = set(Recusal.objects.filter(entry__in=entries).values_list("entry", "person"))
    said: dict[tuple[int, int], list[Voice]] = defaultdict(list)
    for score in Score.objects.filter(entry__in=entries, scorer__in=names):
        said[score.entry_id, score.question_id].append(
            Voice(
                name=names[score.scorer_id],
                level=score.level,
                comment=score.comment,
                abstention=score.abstention,
                is_recused=(score.entry_id, score.scorer_id) in recused,
            )
        )
    for voices in said.values():
        voices.sort(key=lambda voice: (voice.level or 0, voice.name))
    return said


def _ballots(entries: Sequence[Entry], names: dict[int, str]) -> dict[tuple[int, int], list[Take]]:
    """Only what has been shown to everybody."""
    shown = (
        BallotAnswer.objects.filter(ballot__entry__in=entries, ballot__revealed_at__isnull=False)
        .select_related("ballot", "scorer")
        .order_by("ballot__opened_at", "ballot__pk", "level", "scorer__name", "pk")
    )
    by_ballot: dict[Ballot, list[Voice]] = defaultdict(list)
    for answer in shown:
        name = names.get(answer.scorer_id) or str(answer.scorer)
        by_ballot[answer.ballot].append(Voice(name, answer.level))
    takes: dict[tuple[int, int], list[Take]] = defaultdict(list)
    for ballot, voices in by_ballot.items():
        key = (ballot.entry_id, ballot.question_id)
        takes[key].append(Take(_in_meeting(len(takes[key]) + 1), voices))
    return takes


def _in_meeting(time: int) -> str:
    return _("I møtet") if time == 1 else _("I møtet, gang {time}").format(time=time)


@dataclass(frozen=True)
class Turnout:
    """How many have answered a ballot, and how many can. All that is told before it is shown."""

    answered: int
    asked: int


def turnout(ballot: Ballot) -> Turnout:
    recused = Recusal.objects.filter(entry=ballot.entry_id).values("person")
    able = Participation.objects.filter(round__entries=ballot.entry_id).exclude(user__in=recused)
    return Turnout(answered=ballot.answers.count(), asked=able.count())


def open_meeting(scored: Round) -> ConsensusMeeting | None:
    meetings = scored.meetings.live().open()
    return meetings.select_related("shown_entry__idea", "shown_question").first()


def hidden_ballot(meeting: ConsensusMeeting | None) -> Ballot | None:
    """The question that is being answered now."""
    if meeting is None:
        return None
    return (
        meeting.ballots.select_related("entry__idea", "question").filter(revealed_at=None).first()
    )


def ballot_on_screen(meeting: ConsensusMeeting | None) -> Ballot | None:
    """The newest ballot, while the screen shows its question: hidden, or shown to everybody."""
    if meeting is None or meeting.newest_ballot is None:
        return None
    ballots = Ballot.objects.select_related("entry__idea", "question__criterion")
    ballot = ballots.get(pk=meeting.newest_ballot)
    on_screen = (meeting.shown_entry_id, meeting.shown_question_id)
    return ballot if (ballot.entry_id, ballot.question_id) == on_screen else None


def undelivered(scored: Round) -> list[Participation]:
    """Those who may still be swayed: until they deliver or the round is locked, nobody is shown
    the answers here.
    """
    return [part for part in _parts(scored) if not part.is_delivered] if scored.is_open else []


def hindrance(scored: Round) -> str:
    """Why nobody can meet about the round now; empty when they can."""
    if Memo.objects.filter(round=scored, status=MemoStatus.FINAL).exists():
        return _("Notatet er endelig. Da kan ikke poengene endres.")
    waiting = [part.name for part in undelivered(scored)]
    if not waiting:
        return ""
    if len(waiting) > MOST_NAMED:
        who = _("{count} har ikke levert.").format(count=len(waiting))
    else:
        who = _("{names} har ikke levert.").format(names=listed(waiting))
    return _("Konsensus begynner når alle har levert, eller når poengene er låst.") + f" {who}"


@dataclass(frozen=True)
class ConsensusStory:
    """What the meetings about a round came to, for whoever tells of the ranking."""

    date: dt.date
    agreed_count: int  # answers
    idea_count: int

    @property
    def words(self) -> str:
        """As a part of a sentence: «avtalt i konsensus 10. juni»."""
        return _("avtalt i konsensus {date}").format(
            date=day(self.date, today=timezone.localdate())
        )


def consensus_story(scored: Round) -> ConsensusStory | None:
    """None when nothing has been agreed. One query."""
    found = FinalAnswer.objects.filter(entry__round=scored).aggregate(
        latest=Max("agreed_at"), answers=Count("pk"), ideas=Count("entry", distinct=True)
    )
    if not found["answers"]:
        return None
    return ConsensusStory(
        date=timezone.localdate(found["latest"]),
        agreed_count=found["answers"],
        idea_count=found["ideas"],
    )
