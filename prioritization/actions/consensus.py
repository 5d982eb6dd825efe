"""The consensus meeting: begun, answered in blindly, shown to all at once, agreed on, ended."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from municipality.models import User
from prioritization import consensus
from prioritization.actions.points import rescore
from prioritization.actions.robustness import follow_with_robustness
from prioritization.models import (
    Ballot,
    BallotAnswer,
    ConsensusMeeting,
    Entry,
    FinalAnswer,
    MeetingStatus,
    Question,
    Recusal,
    Round,
    ScoreLevel,
)


@transaction.atomic
def start_meeting(scored: Round, *, by: User) -> ConsensusMeeting:
    """Begin, or come to the meeting that somebody else has just begun."""
    Round.objects.select_for_update().get(pk=scored.pk)
    _require_ready(scored)
    going_on = scored.meetings.filter(status=MeetingStatus.OPEN).first()
    if going_on is not None:
        return going_on
    meeting = ConsensusMeeting.objects.create(round=scored, led_by=by)
    record("consensus started", scored, by=by, meeting=meeting.pk)
    return meeting


@transaction.atomic
def end_meeting(meeting: ConsensusMeeting, *, by: User) -> None:
    meeting = _lock_open(meeting)
    if meeting.ballots.filter(revealed_at=None).exists():
        raise ActionRefused(
            _("Et spørsmål venter på svar. Vis svarene, eller avbryt det, før dere avslutter.")
        )
    meeting.move_to(MeetingStatus.ENDED)
    meeting.ended_at = timezone.now()
    meeting.save(update_fields=["ended_at", "updated_at"])
    record("consensus ended", meeting.round, by=by, meeting=meeting.pk)


@transaction.atomic
def show_on_screen(
    meeting: ConsensusMeeting, entry: Entry, *, question: Question | None = None, by: User
) -> None:
    """Put an idea on the big screen: all its questions, or one of them."""
    meeting = _lock_open(meeting)
    _require_ready(meeting.round)
    _require_in_round(meeting, entry, question)
    if meeting.ballots.filter(revealed_at=None).exists():
        raise ActionRefused(_("Et spørsmål venter på svar. Vis svarene, eller avbryt det, først."))
    _show(meeting, entry, question)


def _show(meeting: ConsensusMeeting, entry: Entry, question: Question | None) -> None:
    meeting.shown_entry, meeting.shown_question = entry, question
    meeting.save(update_fields=["shown_entry", "shown_question", "updated_at"])


@transaction.atomic
def open_ballot(meeting: ConsensusMeeting, entry: Entry, question: Question, *, by: User) -> Ballot:
    """«Svar på nytt»: ask those present. The same question asked twice at once is one ballot."""
    meeting = _lock_open(meeting)
    _require_ready(meeting.round)
    _require_in_round(meeting, entry, question)
    hidden = meeting.ballots.filter(revealed_at=None).first()
    if hidden is not None and (hidden.entry_id, hidden.question_id) == (entry.pk, question.pk):
        return hidden
    if hidden is not None:
        raise ActionRefused(_("Et annet spørsmål venter på svar. Vis eller avbryt det først."))
    _show(meeting, entry, question)
    ballot = Ballot.objects.create(meeting=meeting, entry=entry, question=question)
    record("ballot opened", entry, by=by, question=question.code, ballot=ballot.pk)
    return ballot


@transaction.atomic
def answer_ballot(scored: Round, *, ballot_id: int, level: int, by: User) -> None:
    """A person's answer on their phone; they can change it until the answers are shown.

    Nothing of it goes to the event log, which others read.
    """
    ballot = _lock_ballot(scored, ballot_id)
    chosen = ScoreLevel(level).label
    if ballot is None:
        raise ActionRefused(
            _("Spørsmålet er avbrutt. Svaret ditt, {level}, ble ikke lagret.").format(level=chosen)
        )
    if ballot.is_revealed:
        raise ActionRefused(
            _("Svarene er alt vist. Svaret ditt, {level}, kom ikke med.").format(level=chosen)
        )
    if not scored.participations.filter(user=by).exists():
        raise ActionRefused(_("Du er ikke blant dem som setter poeng i denne runden."))
    if Recusal.objects.filter(entry=ballot.entry_id, person=by).exists():
        raise ActionRefused(_("Du er inhabil her. Du setter ikke poeng på denne ideen."))
    BallotAnswer.objects.update_or_create(ballot=ballot, scorer=by, defaults={"level": level})


@transaction.atomic
def reveal(scored: Round, *, ballot_id: int, by: User) -> None:
    """Show all answers to everybody at once. Shown already: nothing happens."""
    ballot = _lock_ballot(scored, ballot_id)
    if ballot is None:
        raise ActionRefused(_("Spørsmålet er avbrutt. Det er ingen svar å vise."))
    if ballot.is_revealed:
        return
    count = ballot.answers.count()
    if not count:
        raise ActionRefused(_("Ingen har svart ennå. Vent litt, eller avbryt spørsmålet."))
    ballot.revealed_at = timezone.now()
    ballot.save(update_fields=["revealed_at"])
    record("ballot revealed", ballot.entry, by=by, ballot=ballot.pk, answers=count)


@transaction.atomic
def cancel_ballot(scored: Round, *, ballot_id: int, by: User) -> None:
    """Take a question back. What was answered is thrown away, and nobody has seen it."""
    ballot = _lock_ballot(scored, ballot_id)
    if ballot is None:
        return
    if ballot.is_revealed:
        raise ActionRefused(_("Svarene er alt vist. Da kan spørsmålet ikke avbrytes."))
    record("ballot cancelled", ballot.entry, by=by, ballot=ballot.pk)
    ballot.delete()


def _lock_ballot(scored: Round, ballot_id: int) -> Ballot | None:
    """By its key, for somebody may have cancelled it since the page was shown."""
    found = Ballot.objects.select_for_update(of=("self",)).select_related("entry")
    return found.filter(meeting__round=scored, pk=ballot_id).first()


@transaction.atomic
def agree(entry: Entry, question: Question, *, level: int, reason: str, by: User) -> FinalAnswer:
    """Set what the meeting agreed on. It counts instead of the mean; the others are kept.

    What stood there before is in the event log.
    """
    entry = _lock_for_agreement(entry, question)
    before = entry.final_answers.filter(question=question).first()
    final, _is_new = FinalAnswer.objects.update_or_create(
        entry=entry,
        question=question,
        defaults={"level": level, "reason": reason, "agreed_by": by},
    )
    rescore(entry)
    was = {"was": before.level, "was_because": before.reason} if before else {}
    record("answer agreed", entry, by=by, question=question.code, level=level, reason=reason, **was)
    follow_with_robustness(entry.round, by=by)
    return final


@transaction.atomic
def use_mean(entry: Entry, question: Question, *, seen: dt.datetime | None, by: User) -> None:
    """Take the agreed answer away: the mean of the individual ones counts again.

    Refused when somebody has agreed on something else since it was `seen`.
    """
    entry = _lock_for_agreement(entry, question)
    final = entry.final_answers.filter(question=question).first()
    if final is None:
        return
    if final.agreed_at != seen:
        raise ActionRefused(
            _("{who} har nettopp endret det avtalte svaret. Se hva som står der nå.").format(
                who=final.agreed_by
            )
        )
    final.delete()
    rescore(entry)
    record(
        "agreed answer taken away",
        entry,
        by=by,
        question=question.code,
        was=final.level,
        was_because=final.reason,
    )
    follow_with_robustness(entry.round, by=by)


def _lock_open(meeting: ConsensusMeeting) -> ConsensusMeeting:
    locked = (
        ConsensusMeeting.objects.select_for_update(of=("self",))
        .select_related("round__cycle", "round__criteria_set")
        .get(pk=meeting.pk)
    )
    if not locked.is_open:
        raise ActionRefused(_("Møtet er avsluttet. Start et nytt om dere vil avtale mer."))
    return locked


def _require_ready(scored: Round) -> None:
    reason = consensus.hindrance(scored)
    if reason:
        raise ActionRefused(reason)


def _require_in_round(meeting: ConsensusMeeting, entry: Entry, question: Question | None) -> None:
    if entry.round_id != meeting.round_id or entry.idea.is_statutory:
        raise ActionRefused(_("Ideen får ikke poeng i denne runden."))
    if question is not None and question not in meeting.round.ordered_questions():
        raise ActionRefused(_("Spørsmålet hører ikke til denne runden."))


def _lock_for_agreement(entry: Entry, question: Question) -> Entry:
    """The entry, locked, while its round has a meeting that may agree on the question."""
    locked = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("round__cycle", "round__criteria_set", "idea")
        .get(pk=entry.pk)
    )
    meeting = locked.round.meetings.filter(status=MeetingStatus.OPEN).first()
    if meeting is None:
        raise ActionRefused(_("Start et konsensusmøte før dere avtaler svar."))
    _require_ready(locked.round)
    _require_in_round(meeting, locked, question)
    return locked
