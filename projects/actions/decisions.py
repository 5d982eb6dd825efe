"""The executive group's decisions (vedtak) are made public: from then on they are what happens."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.formatting import clock, day_with_year
from core.models import record
from ideas import actions as idea_actions
from municipality.models import User
from prioritization import decided
from prioritization.actions import ask_for_protocol, lock_memo
from prioritization.models import Correction, Decision, DecisionMeeting, Memo
from projects import notifications
from projects.models import Method, PhaseChange, Project, ProjectPhase


@transaction.atomic
def publish_decisions(memo: Memo, *, by: User, at: dt.datetime) -> DecisionMeeting:
    """Carry out and tell all that was decided about a memo: at once, and once.

    Each sender reads the one-sentence reason. An approved idea becomes a project with the owner,
    the money and the benefit that stand in the memo. The protocol is made of what stands now.
    """
    memo = lock_memo(memo)
    _refuse_before_ready(memo)
    meeting = memo.meeting
    for decision in Decision.objects.of(memo).filter(published_at=None):
        _carry_out(decision, meeting=meeting, by=by, at=at)
    meeting.published_at, meeting.published_by = at, by
    meeting.mark_edited(by)
    meeting.save()
    file = ask_for_protocol(meeting, by=by)
    record("decisions published", meeting, by=by, protocol=file.number)
    return meeting


def _refuse_before_ready(memo: Memo) -> None:
    meeting = decided.meeting_of(memo)
    if meeting is not None and meeting.published_at is not None:
        raise ActionRefused(
            _("{who} kunngjorde vedtakene {day} {time}. De er fortalt én gang.").format(
                who=meeting.published_by,
                day=day_with_year(meeting.published_at),
                time=clock(meeting.published_at),
            )
        )
    lacking = decided.missing(memo)
    if lacking:
        raise ActionRefused(
            _("Vedtakene kan ikke kunngjøres ennå. Først: {what}").format(what=lacking[0].text)
        )


def _carry_out(decision: Decision, *, meeting: DecisionMeeting, by: User, at: dt.datetime) -> None:
    idea = decision.item.entry.idea
    idea_actions.decide(
        idea,
        status=decision.idea_status,
        reason=decision.public_reason,
        by=by,
        at=at,
        postponed_until=decision.postponed_until,
    )
    decision.published_at = at
    decision.save(update_fields=["published_at", "updated_at"])
    record("decision published", decision, by=by, idea=idea.code, outcome=str(decision.outcome))
    if decision.is_approval:
        _start_project(decision, by=by, on=meeting.held_on)


def _start_project(decision: Decision, *, by: User, on: dt.date) -> Project:
    """The idea becomes a project in Idé, with what was promised. BP1 is decided later."""
    item, idea = decision.item, decision.item.entry.idea
    if decision.owner is None:
        raise ActionRefused(_("Velg hvem som eier prosjektet."))
    if idea.sector is None:
        raise ActionRefused(_("Ideen mangler sektor. Legg den til før den godkjennes."))
    project = Project.objects.create(
        idea=idea,
        name=idea.title,
        summary=idea.summary,
        sector=idea.sector,
        owner=decision.owner,
        budget=idea.estimated_cost,
        person_years=item.person_years,
        expected_benefit=item.benefit,
        conditions=decision.conditions,
        phase=ProjectPhase.IDEA,
        method=Method.objects.current(),
        started_on=on,
    )
    PhaseChange.objects.create(
        project=project, phase=ProjectPhase.IDEA, note=decision.public_reason, by=by, on=on
    )
    record("project started", project, by=by, idea=idea.code)
    notifications.tell_owner_started(project)
    return project


@transaction.atomic
def correct_decision(decision: Decision, *, reason: str, by: User, at: dt.datetime) -> Correction:
    """Put right a decision that has been told: `decision` is changed by a form, not yet saved.

    What was told is kept, the sender reads what it is now and why, and there is a new version of
    the protocol. A project that was made of the decision is not undone here.
    """
    memo = lock_memo(decision.item.memo)
    stored = Decision.objects.select_related("item__entry__idea").get(pk=decision.pk)
    if not stored.is_published:
        raise ActionRefused(_("Vedtaket er ikke kunngjort. Da kan du endre det uten å rette."))
    project = Project.objects.filter(idea=stored.item.entry.idea).first()
    _refuse_undoing(project, decision)
    _refuse_superseded(stored)
    correction = Correction.objects.create(
        decision=decision, before=_as_told(stored), reason=reason, by=by, at=at
    )
    decision.mark_edited(by)
    decision.save()
    idea_actions.correct_decision(
        decision.item.entry.idea,
        was=stored.idea_status,
        status=decision.idea_status,
        reason=decision.public_reason,
        correction=reason,
        by=by,
        at=at,
        postponed_until=decision.postponed_until,
    )
    if project is not None:
        _carry_over(decision, project)
    elif decision.is_approval:
        _start_project(decision, by=by, on=memo.meeting.held_on)
    file = ask_for_protocol(memo.meeting, by=by)
    record("decision corrected", decision, by=by, reason=reason, protocol=file.number)
    return correction


def _refuse_undoing(project: Project | None, decision: Decision) -> None:
    if project is not None and not decision.is_approval:
        raise ActionRefused(
            _(
                "Ideen er blitt prosjektet «{name}», som er i gang. Godkjenningen kan ikke rettes "
                "bort her. Be prosjekteier {owner} sende en endringsanmodning til "
                "IKT-styringsrådet om å stanse prosjektet."
            ).format(name=project, owner=project.owner)
        )


def _refuse_superseded(stored: Decision) -> None:
    newer = Decision.objects.filter(
        item__entry__idea=stored.item.entry.idea, published_at__gt=stored.published_at
    )
    if newer.exists():
        raise ActionRefused(_("Ideen har fått et nyere vedtak. Det er det som gjelder nå."))


def _as_told(stored: Decision) -> dict[str, Any]:
    return {
        "words": stored.words,
        "public_reason": stored.public_reason,
        "reason": stored.reason,
        "conditions": stored.conditions,
    }


def _carry_over(decision: Decision, project: Project) -> None:
    """What the project shows of the decision follows it."""
    project.conditions = decision.conditions
    project.save(update_fields=["conditions", "updated_at"])
    project.phase_changes.filter(phase=ProjectPhase.IDEA).update(note=decision.public_reason)
