import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import roles
from core.waiting import Task
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, Phase, User
from prioritization.models import (
    Ballot,
    MeetingStatus,
    Participation,
    Round,
    RoundStatus,
    Stage,
    ideas_for_round,
)

MINUTES_PER_IDEA = 2
LONGEST_SITTING = 30  # minutes; nobody does more at a time


def waiting_for(user: User, *, on: dt.date) -> list[Task]:
    """Points that are asked of the person; for the team also a round to open or to lock."""
    tasks = [_points(part) for part in _undelivered(user, on=on)]
    tasks += [_ballot(ballot) for ballot in _unanswered_ballots(user)]
    if roles.DIGITALISATION_TEAM in user.roles:
        tasks += _for_team(on=on)
    return tasks


def _unanswered_ballots(user: User) -> list[Ballot]:
    """What is asked in a consensus meeting this minute."""
    asked = Ballot.objects.filter(
        revealed_at=None,
        meeting__status=MeetingStatus.OPEN,
        meeting__round__participations__user=user,
    )
    able = asked.exclude(answers__scorer=user).exclude(entry__recusals__person=user)
    return list(able.select_related("entry__idea", "meeting"))


def _ballot(ballot: Ballot) -> Task:
    return Task(
        title=_("Konsensusmøtet pågår: svar her"),
        text=_("Et spørsmål om «{title}» venter på svaret ditt.").format(title=ballot.entry.idea),
        url=reverse("prioritization:consensus-answer", args=[ballot.meeting.round_id]),
        verb=_("Svar"),
        due_on=timezone.localdate(ballot.opened_at),
        minutes=1,
    )


def _undelivered(user: User, *, on: dt.date) -> list[Participation]:
    asked = Participation.objects.with_remaining().filter(
        user=user,
        delivered_at=None,
        round__status=RoundStatus.OPEN,
        round__closes_on__gte=on,
        round__cycle__phases__kind=PhaseKind.PRIORITISATION,
        round__cycle__phases__opens_on__lte=on,
        round__cycle__phases__closes_on__gte=on,
    )
    return list(asked.select_related("round__cycle").exclude(idea_count=0))


def _points(part: Participation) -> Task:
    count = part.remaining
    if not count:
        return _to_deliver(part)
    return Task(
        title=ngettext("Sett poeng på {count} idé", "Sett poeng på {count} ideer", count).format(
            count=count
        ),
        text=_("{round}. Svarene blir lagret mens du svarer.").format(round=part.round),
        url=reverse("prioritization:score-next", args=[part.round_id]),
        verb=_("Sett poeng"),
        due_on=part.round.closes_on,
        minutes=min(count * MINUTES_PER_IDEA, LONGEST_SITTING),
    )


def _to_deliver(part: Participation) -> Task:
    return Task(
        title=_("Lever svarene"),
        text=_("{round}. Du har satt poeng på alle ideene.").format(round=part.round),
        url=reverse("prioritization:deliver", args=[part.round_id]),
        verb=_("Lever svarene"),
        due_on=part.round.closes_on,
        minutes=1,
    )


def _for_team(*, on: dt.date) -> list[Task]:
    phase = (
        Phase.objects.filter(
            cycle__is_current=True,
            kind=PhaseKind.PRIORITISATION,
            opens_on__lte=on,
            closes_on__gte=on,
        )
        .select_related("cycle")
        .first()
    )
    if phase is None:
        return []
    screening = Round.objects.filter(cycle=phase.cycle, stage=Stage.SCREENING).first()
    if screening is None:
        return _to_open(phase.cycle, phase)
    if screening.is_open and screening.closes_on < on:
        return [_to_lock(screening)]
    return []


def _to_open(cycle: AnnualCycle, phase: Phase) -> list[Task]:
    count = ideas_for_round(cycle).count()
    if not count:
        return []
    return [
        Task(
            title=_("Åpne grovscreeningen"),
            text=ngettext(
                "{count} idé er sendt videre og venter på poeng.",
                "{count} ideer er sendt videre og venter på poeng.",
                count,
            ).format(count=count),
            url=reverse("prioritization:create"),
            verb=_("Åpne"),
            due_on=phase.closes_on,
            minutes=5,
        )
    ]


def _to_lock(screening: Round) -> Task:
    return Task(
        title=_("Lås poengene"),
        text=_("Fristen for å sette poeng har gått ut."),
        url=screening.get_absolute_url(),
        verb=_("Se runden"),
        due_on=screening.closes_on,
        minutes=2,
    )
