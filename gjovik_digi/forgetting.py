"""Removes the personal data whose time is up, kind by kind, and keeps how much it was."""

import datetime as dt
import logging
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from core.models import ForgettingRun
from gjovik_digi.privacy import KINDS, Kind

logger = logging.getLogger(__name__)


def rehearse(*, at: dt.datetime, kinds: Sequence[Kind] = KINDS) -> dict[str, int]:
    """Key of each kind → how many would go. Nothing does."""
    with transaction.atomic():
        counts = {kind.key: kind.forget(at) for kind in kinds if kind.forget is not None}
        transaction.set_rollback(True)
    return counts


def run(*, at: dt.datetime, kinds: Sequence[Kind] = KINDS) -> ForgettingRun:
    """Each kind stands or falls alone, so that a fault in one keeps none of the others."""
    done = ForgettingRun.objects.create(started_at=at)
    for kind in kinds:
        if kind.forget is None:
            continue
        try:
            with transaction.atomic():
                done.counts[kind.key] = kind.forget(at)
        except Exception as error:
            logger.exception("Personal data not forgotten: %s", kind.key)
            done.errors[kind.key] = type(error).__name__
    done.finished_at = timezone.now()
    done.save()
    return done
