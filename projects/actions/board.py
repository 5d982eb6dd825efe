"""IKT-styringsrådet answers a project: in a meeting, or its chair alone when it cannot wait."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.formatting import clock, count_word, day_with_year
from core.models import record
from municipality.models import User
from projects import board_notifications, council
from projects.actions.consequences import carry_out
from projects.models import AgendaItem, BoardMeeting, ChangeRequest, ChangeRequestStatus

OUTCOMES = {
    ChangeRequestStatus.APPROVED,
    ChangeRequestStatus.CONDITIONAL,
    ChangeRequestStatus.POSTPONED,
    ChangeRequestStatus.REJECTED,
}


@transaction.atomic
def decide_change(
    change_request: ChangeRequest,
    *,
    outcome: ChangeRequestStatus,
    reason: str,
    by: User,
    at: dt.datetime,
    conditions: str = "",
) -> ChangeRequest:
    """Keep the answer, carry it out, and tell the one who asked and the project's owner."""
    change_request = _lock(change_request)
    _settle(change_request, outcome=outcome, reason=reason, conditions=conditions, by=by, at=at)
    board_notifications.tell_change_decided(change_request)
    return change_request


@transaction.atomic
def decide_alone(
    change_request: ChangeRequest,
    *,
    outcome: ChangeRequestStatus,
    reason: str,
    by: User,
    at: dt.datetime,
    conditions: str = "",
) -> None:
    """The chair answers what cannot wait for a meeting. The next meeting is told about it."""
    change_request = _lock(change_request)
    refusal = why_not_alone(change_request, by)
    if refusal:
        raise ActionRefused(refusal)
    change_request.is_decided_alone = True
    change_request.save(update_fields=["is_decided_alone", "updated_at"])
    _settle(change_request, outcome=outcome, reason=reason, conditions=conditions, by=by, at=at)
    board_notifications.tell_change_decided(change_request)


def why_not_alone(change_request: ChangeRequest, person: User) -> str:
    """Why this person may not answer outside a meeting. Empty when nothing is in the way."""
    if not change_request.can_be_decided:
        return _("Rådet har svart på «{title}» allerede.").format(title=change_request)
    if not change_request.cannot_wait:
        return _("Saken kan vente. Sett den på sakslisten til neste møte.")
    meeting = council.deciding_meeting()
    if meeting is None:
        return _("Planlegg et møte først, så er det klart hvem som leder rådet.")
    if meeting.chair_id != person.pk:
        return _("{chair} leder rådet, og avgjør det som ikke kan vente.").format(
            chair=meeting.chair
        )
    own = council.own_case(change_request, person)
    if own:
        return _("Du er inhabil i saken: {why} Sett den på sakslisten.").format(why=own.lower())
    return ""


@transaction.atomic
def record_outcome(
    item: AgendaItem,
    *,
    outcome: ChangeRequestStatus,
    reason: str,
    by: User,
    at: dt.datetime,
    conditions: str = "",
    collisions: list | None = None,
) -> None:
    """Write down what the meeting made of a case. Only one who takes part in it may.

    Those concerned are told when the meeting is closed and the minutes are made.
    """
    item = _lock_item(item)
    case = council.case(item)
    _refuse_unless_taking_part(case, by)
    change_request = _lock(item.change_request)
    _settle(change_request, outcome=outcome, reason=reason, conditions=conditions, by=by, at=at)
    item.outcome, item.reason = outcome, reason
    item.conditions = change_request.conditions
    item.collisions = collisions or []
    item.present, item.decided_at = len(case.voters), at
    item.save()
    record("case decided", item, by=by, outcome=str(outcome), present=item.present)


def _lock_item(item: AgendaItem) -> AgendaItem:
    """After its meeting, so that nothing is recorded while the meeting is being closed."""
    BoardMeeting.objects.select_for_update().get(pk=item.meeting_id)
    rows = AgendaItem.objects.select_for_update(of=("self",)).select_related(
        "meeting", "change_request__project", "change_request__decided_by"
    )
    return rows.get(pk=item.pk)


def _refuse_unless_taking_part(case: council.Case, by: User) -> None:
    item = case.item
    if not item.meeting.is_open:
        raise ActionRefused(_("Utfall føres mens møtet er satt."))
    if item.decided_at is not None:
        raise ActionRefused(
            _(
                "{who} førte utfallet {day} {time}: {outcome}. Det står, og blir med i referatet."
            ).format(
                who=item.change_request.decided_by,
                day=day_with_year(item.decided_at),
                time=clock(item.decided_at),
                outcome=item.get_outcome_display(),
            )
        )
    if any(recusal.member_id == by.pk for recusal in case.recusals):
        raise ActionRefused(_("Du er inhabil i saken. En av de andre i rådet fører utfallet."))
    if by.pk not in {person.pk for person in case.present}:
        raise ActionRefused(_("Du står ikke som til stede. En av dem som er der, fører utfallet."))
    if not case.has_quorum:
        raise ActionRefused(
            _(
                "Rådet er ikke beslutningsdyktig i saken. {voters} kan avgjøre den, og {quorum} "
                "må være med. Saken går tilbake i køen når møtet avsluttes."
            ).format(
                voters=count_word(len(case.voters)).capitalize(), quorum=count_word(case.quorum)
            )
        )


def _lock(change_request: ChangeRequest) -> ChangeRequest:
    rows = ChangeRequest.objects.select_for_update(of=("self",))
    return rows.select_related("project__owner", "requested_by").get(pk=change_request.pk)


def _settle(
    change_request: ChangeRequest,
    *,
    outcome: ChangeRequestStatus,
    reason: str,
    conditions: str,
    by: User,
    at: dt.datetime,
) -> None:
    """Reason and date stand before the status moves: the database wants them on what is decided.

    A case that was put off can be put off again.
    """
    if outcome not in OUTCOMES:
        raise ActionRefused(_("Rådet kan ikke svare det."))
    if outcome == ChangeRequestStatus.CONDITIONAL and not conditions.strip():
        raise ActionRefused(_("Skriv hvilke vilkår rådet setter."))
    change_request.conditions = conditions if outcome == ChangeRequestStatus.CONDITIONAL else ""
    change_request.decision_reason = reason
    change_request.decided_by, change_request.decided_at = by, at
    change_request.save(
        update_fields=["conditions", "decision_reason", "decided_by", "decided_at", "updated_at"]
    )
    if change_request.status != ChangeRequestStatus.POSTPONED or outcome != change_request.status:
        change_request.move_to(outcome)
    record("change decided", change_request, by=by, outcome=str(outcome))
    if change_request.is_approved:
        carry_out(change_request, by=by, on=timezone.localdate(at))
    else:
        change_request.project.touch()
