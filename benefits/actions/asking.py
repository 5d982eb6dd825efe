"""Somebody is asked for a number by mail, is reminded of it, and can say why it does not come."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from benefits import measuring_notifications as notifications
from benefits import realisation
from benefits.actions.measuring import lock
from benefits.models import WARN_BEFORE, Indicator, MeasuringRequest
from benefits.realisation import Step
from core import rate
from core.errors import ActionRefused
from core.formatting import day_with_year
from core.models import record
from municipality.models import User
from projects.models import Ending

LINK_WORKS = dt.timedelta(days=31)
MOST_LINKS = 3  # to one person about one number, in an hour
READ_AT_ONCE = 500
# When each mail went, in the order of the steps.
STAMPS = {
    Step.ASK: "asked_at",
    Step.REMIND: "reminded_at",
    Step.ON_THE_DAY: "reminded_on_day_at",
    Step.ESCALATE: "escalated_at",
}
MAILS = {
    Step.ASK: notifications.ask,
    Step.REMIND: notifications.remind,
    Step.ON_THE_DAY: notifications.remind,
    Step.ESCALATE: notifications.escalate,
}


def ask_for_measurements(*, on: dt.date) -> int:
    """The mails of the day about numbers that are due. How many indicators somebody was told of.

    Run as often as you like: each step is told of once, and after days without a run only the
    latest. Each indicator is a transaction of its own, so what is told stays told.
    """
    rows = _to_look_at(on).iterator(chunk_size=READ_AT_ONCE)
    concerned = [row.pk for row in rows if _has_something_to_do(row, _waiting(row), on=on)]
    return sum(_follow(pk, on=on) for pk in concerned)


def _to_look_at(on: dt.date) -> QuerySet[Indicator]:
    """Those that are due, and those that somebody is asked about already."""
    waiting = MeasuringRequest.objects.waiting().select_related("to")
    asked = Exists(MeasuringRequest.objects.waiting().filter(indicator=OuterRef("pk")))
    due = Q(pk__in=Indicator.objects.due(on).values("pk"))
    rows = Indicator.objects.with_benefit().filter(due | Q(asked)).order_by("pk")
    return rows.prefetch_related(Prefetch("requests", queryset=waiting, to_attr="asked"))


def _waiting(indicator: Indicator) -> MeasuringRequest | None:
    found = next(iter(indicator.asked), None)  # type: ignore[attr-defined]
    if found is not None:
        found.indicator = indicator
    return found


def _has_something_to_do(
    indicator: Indicator, request: MeasuringRequest | None, *, on: dt.date
) -> bool:
    """Seen without a lock; `_follow` looks again."""
    if request is not None and (not _stands(request) or _is_moved(request)):
        return True
    return _is_followed(indicator) and _step_untold(indicator, request, on=on) is not None


def _is_followed(indicator: Indicator) -> bool:
    """Also after the project, but not once it was stopped."""
    return indicator.may_be_measured and indicator.benefit.project.ending != Ending.STOPPED


def _stands(request: MeasuringRequest) -> bool:
    return _is_followed(request.indicator) and request.is_for_who_is_asked


def _is_moved(request: MeasuringRequest) -> bool:
    return request.due_on != request.indicator.next_measurement_on


def _step_untold(
    indicator: Indicator, request: MeasuringRequest | None, *, on: dt.date
) -> Step | None:
    if indicator.next_measurement_on is None:
        return None
    if request is None and indicator.can_be_asked is None:
        return None
    asked_at = request.asked_at if request else None
    asked_on = timezone.localdate(asked_at) if asked_at else None
    step = realisation.step_due(indicator.next_measurement_on, asked_on=asked_on, on=on)
    if step is None or (request and getattr(request, STAMPS[step]) is not None):
        return None
    return step


@transaction.atomic
def _follow(pk: int, *, on: dt.date) -> bool:
    """Bring what is asked about one indicator up to the day. Was anybody told?"""
    indicator = lock(Indicator(pk=pk))
    request = waiting_request(indicator)
    if request is not None and not _stands(request):
        revoke(request)
        request = None
    if request is not None and _is_moved(request):
        request = _move(request, on=on)
    if not _is_followed(indicator):
        return False
    step = _step_untold(indicator, request, on=on)
    if step is None:
        return False
    request = request or make_request(indicator, to=indicator.can_be_asked, on=on)
    _tell(request, step, on=on)
    return True


def waiting_request(indicator: Indicator) -> MeasuringRequest | None:
    """Locked, as its indicator is by the caller."""
    rows = MeasuringRequest.objects.waiting().with_indicator().filter(indicator=indicator)
    request = rows.select_for_update(of=("self",)).first()
    if request is not None:
        request.indicator = indicator
    return request


def revoke(request: MeasuringRequest) -> None:
    request.revoked_at = timezone.now()
    request.save(update_fields=["revoked_at", "updated_at"])


def _move(request: MeasuringRequest, *, on: dt.date) -> MeasuringRequest | None:
    """The day was moved: the same link is good for the new day, and is reminded of anew."""
    due_on = request.indicator.next_measurement_on
    if due_on is None:
        revoke(request)
        return None
    _make_room(request.indicator, due_on)
    request.due_on, request.expires_on = due_on, max(due_on, on) + LINK_WORKS
    request.reminded_at = request.reminded_on_day_at = request.escalated_at = None
    request.save()
    return request


def _make_room(indicator: Indicator, due_on: dt.date) -> None:
    """One that was answered for the same day, before its number was withdrawn, is void."""
    indicator.requests.filter(due_on=due_on, revoked_at=None).update(revoked_at=timezone.now())


def make_request(
    indicator: Indicator, *, to: User, on: dt.date, chosen_by: User | None = None
) -> MeasuringRequest:
    due_on = indicator.next_measurement_on or on
    _make_room(indicator, due_on)
    return MeasuringRequest.objects.create(
        indicator=indicator,
        due_on=due_on,
        to=to,
        chosen_by=chosen_by,
        expires_on=max(due_on, on) + LINK_WORKS,
    )


def _tell(request: MeasuringRequest, step: Step, *, on: dt.date) -> None:
    """One mail. The steps it makes up for count as told too."""
    if request.asked_at is None:
        step = max(step, realisation.step_due(request.due_on, asked_on=on, on=on) or step)
        mail = notifications.ask
    else:
        mail = MAILS[step]
    for each, name in STAMPS.items():
        if each <= step and getattr(request, name) is None:
            setattr(request, name, timezone.now())
    request.save(update_fields=[*STAMPS.values(), "updated_at"])
    mail(request)
    record("measurement asked for", request.indicator.benefit, request=request.pk, step=step.name)


@transaction.atomic
def renew_link(request: MeasuringRequest, *, on: dt.date, by: User | None = None) -> bool:
    """Mail the same person a new link; the old one is void. Nothing when that was done often."""
    indicator = lock(request.indicator)
    waiting = waiting_request(indicator)
    if waiting is None or waiting.pk != request.pk or not _stands(waiting):
        raise ActionRefused(_("Det er ikke lenger noen som venter på svar på dette spørsmålet."))
    purpose, key = "measuring-link-to", str(waiting.pk)
    if rate.now(purpose, key).from_address >= MOST_LINKS:
        return False
    rate.add(purpose, key)
    waiting.nonce, waiting.expires_on = uuid.uuid4(), max(waiting.due_on, on) + LINK_WORKS
    waiting.save(update_fields=["nonce", "expires_on", "updated_at"])
    notifications.ask(waiting)
    record("measuring link renewed", indicator.benefit, by=by, request=waiting.pk)
    return True


@transaction.atomic
def ask_another(request: MeasuringRequest, *, to: User, by: User, on: dt.date) -> MeasuringRequest:
    """Somebody else is asked for this number. The link of the one who was, is void."""
    indicator = lock(request.indicator)
    waiting = waiting_request(indicator)
    if waiting is None or waiting.pk != request.pk:
        raise ActionRefused(
            _("Spørsmålet er besvart, eller en annen er spurt. Se hva som gjelder.")
        )
    if waiting.to == to:
        raise ActionRefused(_("{who} er allerede spurt.").format(who=to))
    revoke(waiting)
    chosen_by = None if to == indicator.can_be_asked else by
    asked = make_request(indicator, to=to, on=on, chosen_by=chosen_by)
    _tell(asked, Step.ASK, on=on)
    record("measurement asked of another", indicator.benefit, by=by, request=asked.pk, to=to.pk)
    return asked


@transaction.atomic
def skip_measurement(indicator: Indicator, *, reason: str, by: User, on: dt.date) -> None:
    """Nobody can measure this time, and here is why. The owner is told; the next day is kept."""
    indicator = lock(indicator)
    if not indicator.may_be_measured:
        raise ActionRefused(_("Måleindikatoren er tatt ut av bruk, og måles ikke lenger."))
    if indicator.next_measurement_on is None:
        raise ActionRefused(_("Det er ikke bestemt når dette skal måles."))
    if indicator.next_measurement_on > on + WARN_BEFORE:
        raise ActionRefused(
            _("Dette skal ikke måles før {date}.").format(
                date=day_with_year(indicator.next_measurement_on)
            )
        )
    request = waiting_request(indicator) or make_request(indicator, to=by, on=on)
    skip(indicator, request, reason=reason, by=by, on=on)


def skip(
    indicator: Indicator, request: MeasuringRequest, *, reason: str, by: User, on: dt.date
) -> None:
    """The same, of rows that the caller has locked."""
    request.skipped_at, request.skip_reason = timezone.now(), reason
    request.save(update_fields=["skipped_at", "skip_reason", "updated_at"])
    due_on = max(request.due_on, on)
    indicator.next_measurement_on = realisation.measuring_day_after(due_on)
    indicator.save(update_fields=["next_measurement_on", "updated_at"])
    record("measurement skipped", indicator.benefit, by=by, request=request.pk, reason=reason)
    notifications.tell_skipped(request, by=by)
