"""A measuring request is answered by its link, once."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from benefits.actions.asking import skip
from benefits.actions.measuring import Reading, enter, lock
from benefits.models import Indicator, Measurement, MeasuringRequest, RequestState
from core.errors import ActionRefused


@transaction.atomic
def answer_request(request: MeasuringRequest, reading: Reading, *, on: dt.date) -> Measurement:
    """The number, entered by whoever was asked. The first answer stands, and is what is returned.

    The request is used up in the same transaction, under a lock that a second answer waits for.
    """
    indicator, locked = _locked(request)
    if locked.measurement is not None:
        return locked.measurement
    _require_open(locked, request, on=on)
    return enter(indicator, reading, by=locked.to, on=on, answers=locked)


@transaction.atomic
def skip_request(request: MeasuringRequest, *, reason: str, on: dt.date) -> None:
    """Whoever was asked says why there is no number. Said twice, it is said once."""
    indicator, locked = _locked(request)
    if locked.skipped_at is not None:
        return
    _require_open(locked, request, on=on)
    skip(indicator, locked, reason=reason, by=locked.to, on=on)


def _locked(request: MeasuringRequest) -> tuple[Indicator, MeasuringRequest]:
    indicator = lock(request.indicator)
    rows = MeasuringRequest.objects.with_indicator().select_for_update(of=("self",))
    locked = rows.get(pk=request.pk)
    locked.indicator = indicator
    return indicator, locked


def _require_open(locked: MeasuringRequest, read: MeasuringRequest, *, on: dt.date) -> None:
    """It may have been answered, taken over or given a new link since the page was shown."""
    if locked.nonce != read.nonce or locked.state(on=on) != RequestState.OPEN:
        raise ActionRefused(_("Lenken kan ikke brukes lenger. Åpne den på nytt, og se hvorfor."))
