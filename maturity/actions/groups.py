"""What happens to a sector's leadership group: invited, reminded, answering alone, forgotten."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from maturity import group_notifications
from maturity.actions.assessments import lock, require_writable
from maturity.models import Assessment, IndividualAnswer, Reminder, Respondent
from maturity.models.groups import new_nonce
from municipality.models import User

INVITED = "leadership group invited"


@dataclass(frozen=True)
class Invitation:
    """Somebody to ask: a name with an address, or an account."""

    name: str
    email: str
    user: User | None = None


@transaction.atomic
def invite(
    assessment: Assessment, invitations: Iterable[Invitation], *, by: User, on: dt.date
) -> list[Respondent]:
    """Ask people to answer alone. Who is asked already is not asked again.

    An address that belongs to an account is asked by account. Whoever invites the first is a
    member too: the group is not whole without its leader. Returns those who are new.
    """
    locked = lock(assessment)
    require_writable(locked, on=on)
    wanted = {each.email.lower(): each for each in _with_accounts(invitations)}
    known = {email.lower() for email in locked.respondents.values_list("email", flat=True)}
    new = [each for email, each in wanted.items() if email not in known]
    if not new:
        return []
    if not known and by.email.lower() not in wanted:
        _add(locked, Invitation(by.name, by.email, by), by=by)
    added = [_add(locked, each, by=by) for each in new]
    record(INVITED, locked, by=by, count=len(added))
    for respondent in added:
        if respondent.user_id != by.pk:
            group_notifications.tell_invited(respondent)
    return added


def _with_accounts(invitations: Iterable[Invitation]) -> list[Invitation]:
    wanted = list(invitations)
    emails = [each.email.lower() for each in wanted]
    accounts = {
        user.email.lower(): user for user in User.objects.filter(is_active=True, email__in=emails)
    }
    return [
        Invitation(user.name, user.email, user) if user else each
        for each in wanted
        for user in [each.user or accounts.get(each.email.lower())]
    ]


def _add(assessment: Assessment, invitation: Invitation, *, by: User) -> Respondent:
    return Respondent.objects.create(
        assessment=assessment,
        user=invitation.user,
        name=invitation.name,
        email=invitation.email,
        invited_at=timezone.now(),
        invited_by=by,
    )


def _kept(respondent: Respondent, *, on: dt.date) -> Respondent:
    """The member's row, kept from others, while the sector can still be answered for."""
    require_writable(lock(respondent.assessment), on=on)
    rows = Respondent.objects.select_for_update(of=("self",))
    return rows.select_related("assessment__sector", "user").get(pk=respondent.pk)


@transaction.atomic
def renew_link(respondent: Respondent, *, by: User, on: dt.date) -> Respondent:
    """Make the old link void and mail a new one."""
    locked = _kept(respondent, on=on)
    if locked.user_id is not None:
        raise ActionRefused(_("{name} svarer med kontoen sin.").format(name=locked.name))
    locked.nonce = new_nonce()
    locked.save(update_fields=["nonce"])
    record("leadership group link renewed", locked.assessment, by=by)
    group_notifications.tell_invited(locked)
    return locked


@transaction.atomic
def remove(respondent: Respondent, *, by: User, on: dt.date) -> None:
    """Take back an invitation. Refused once the person has answered: then the answer counts."""
    locked = _kept(respondent, on=on)
    if locked.answers.given().exists():
        raise ActionRefused(
            _("{name} har svart. Svaret blir stående.").format(name=locked.name or locked.email)
        )
    assessment = locked.assessment
    locked.delete()
    record("leadership group invitation taken back", assessment, by=by)


@transaction.atomic
def remind_group(assessment: Assessment, *, by: User, on: dt.date) -> list[Respondent]:
    """Mail the members who have not answered everything, at most once a day each."""
    locked = lock(assessment)
    require_writable(locked, on=on)
    waiting = list(
        locked.respondents.filter(completed_at=None, forgotten_at=None)
        .exclude(reminders__on=on)
        .exclude(email="")
        .select_related("user", "assessment__sector")
        .order_by("pk")
    )
    Reminder.objects.bulk_create(
        Reminder(assessment=locked, respondent=each, due_on=locked.due_on, on=on)
        for each in waiting
    )
    for respondent in waiting:
        group_notifications.remind_member(respondent, due_on=locked.due_on)
    if waiting:
        record("leadership group reminded", locked, by=by, count=len(waiting))
    return waiting


@transaction.atomic
def open_answers(respondent: Respondent) -> list[IndividualAnswer]:
    """The member's answers in the order of the areas, made when they come for the first time."""
    Assessment.objects.hold(respondent.assessment_id)
    locked = Respondent.objects.select_for_update(of=("self",)).get(pk=respondent.pk)
    if locked.opened_at is None:
        locked.opened_at = timezone.now()
        locked.save(update_fields=["opened_at"])
    areas = list(respondent.assessment.instrument.areas.all())
    begun = set(locked.answers.values_list("area", flat=True))
    IndividualAnswer.objects.bulk_create(
        IndividualAnswer(respondent=locked, area=area) for area in areas if area.pk not in begun
    )
    return list(locked.answers.select_related("area").order_by("area__order", "pk"))


@transaction.atomic
def answer_alone(
    given: IndividualAnswer, *, level: int | None, reason: str, by: User | None, on: dt.date
) -> IndividualAnswer:
    """Save what one member thinks in one area, until the sector submits."""
    respondent = _kept(given.respondent, on=on)
    stored = IndividualAnswer.objects.select_for_update(of=("self",)).get(pk=given.pk)
    if (stored.level, stored.reason) == (level, reason):
        return stored
    stored.level, stored.reason = level, reason
    stored.mark_edited(by)
    stored.save()
    _mark_completed(respondent)
    return stored


def _mark_completed(respondent: Respondent) -> None:
    asked = respondent.assessment.instrument.areas.count()
    if respondent.answers.given().count() < asked:
        respondent.completed_at = None
    elif respondent.completed_at is None:
        respondent.completed_at = timezone.now()
    respondent.save(update_fields=["completed_at"])


@transaction.atomic
def forget_respondents(*, on: dt.date) -> int:
    """Delete names and addresses whose time is up, and say how many. The levels stay."""
    oldest = on - dt.timedelta(days=Respondent.KEPT_DAYS)
    due = Respondent.objects.filter(
        forgotten_at=None, assessment__cycle__measurement_round__closes_on__lte=oldest
    ).exclude(assessment__extended_to__gt=oldest)
    IndividualAnswer.objects.filter(respondent__in=due).update(edited_by=None)
    return due.update(name="", email="", user=None, nonce="", forgotten_at=timezone.now())
