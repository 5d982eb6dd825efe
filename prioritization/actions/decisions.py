"""What was decided about a memo is written down: a draft until all of it is made public."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import made_files
from core.errors import ActionRefused
from core.models import record
from core.queue import enqueue_on_commit
from municipality.actions import require_open, require_year_open
from municipality.calendar import PhaseKind
from municipality.models import User
from prioritization import decided, protocol, tasks
from prioritization.models import Decision, DecisionMeeting, Memo, ProtocolFile


def lock_memo(memo: Memo) -> Memo:
    """All that writes about a memo's decisions waits for its row: one at a time."""
    rows = Memo.objects.select_for_update(of=("self",)).select_related("round__cycle")
    locked = rows.get(pk=memo.pk)
    require_year_open(locked.round.cycle)
    return locked


def _refuse_unless_recording(memo: Memo, *, on: dt.date) -> None:
    if not memo.is_final:
        raise ActionRefused(_("Notatet er ikke endelig ennå. Vedtak føres når det er ferdig."))
    require_open(memo.round.cycle, PhaseKind.MEMO, on=on)


@transaction.atomic
def save_meeting(meeting: DecisionMeeting, *, by: User, on: dt.date) -> None:
    """Keep when it was and who decided: `meeting` is filled in by a form, not yet saved."""
    memo = lock_memo(meeting.memo)
    stored = decided.meeting_of(memo)
    if stored is not None and stored.is_published:
        raise ActionRefused(_("Vedtakene er kunngjort. Da står møtet slik det er i protokollen."))
    _refuse_unless_recording(memo, on=on)
    meeting.mark_edited(by)
    meeting.save()
    record("decision meeting recorded", meeting, by=by, held_on=str(meeting.held_on))


@transaction.atomic
def record_decision(decision: Decision, *, by: User, on: dt.date) -> None:
    """Keep a draft of what was decided about an idea. Nobody is told before it is published.

    `decision` is filled in by a form, not yet saved.
    """
    memo = lock_memo(decision.item.memo)
    _refuse_unless_recording(memo, on=on)
    meeting = decided.meeting_of(memo)
    if meeting is None:
        raise ActionRefused(_("Skriv når møtet var, og hvem som vedtok, før du fører vedtak."))
    if Decision.objects.published().filter(item=decision.item).exists():
        raise ActionRefused(
            _("Vedtaket om «{title}» er kunngjort. Nå kan det rettes, med en grunn.").format(
                title=decision.item
            )
        )
    decision.meeting, decision.recorded_by = meeting, by
    decision.mark_edited(by)
    decision.save()
    record(
        "decision recorded",
        decision,
        by=by,
        idea=decision.item.entry.idea.code,
        outcome=str(decision.outcome),
    )


@transaction.atomic
def ask_for_protocol(meeting: DecisionMeeting, *, by: User) -> ProtocolFile:
    """One more version of the protocol, of what is decided now. A worker makes the PDF."""
    last = meeting.files.aggregate(last=Max("number"))["last"] or 0
    file = ProtocolFile.objects.create(
        meeting=meeting,
        number=last + 1,
        snapshot=protocol.snapshot(meeting, version=last + 1),
        requested_by=by,
    )
    enqueue_on_commit(tasks.make_protocol_file, file.pk)
    return file


@transaction.atomic
def try_protocol_again(file: ProtocolFile, *, by: User) -> None:
    """Put a protocol that failed back in the queue, with the same snapshot."""
    made_files.queue_again(file, tasks.make_protocol_file)
    record("protocol retried", file.meeting, by=by, version=file.number)


def requeue_stale_protocols(*, at: dt.datetime) -> int:
    """Hand out again what no worker took, or what a worker died with. How many there were."""
    return made_files.requeue_stale(ProtocolFile.objects.all(), tasks.make_protocol_file, at=at)
