"""An upload in two steps: what was read is staged and shown, and applied when it is confirmed.

Between the two it is kept as plain content that has been checked, for the one who sent it, for a
day. It is applied once, whatever somebody clicks.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import StagedImport

KEPT = dt.timedelta(days=1)


def stage(
    kind: str, *, payload: dict[str, Any], file_name: str, by: Any, target: str = ""
) -> StagedImport:
    """Keep what an upload holds until it is confirmed. `target`: what it is for, as text."""
    return StagedImport.objects.create(
        kind=kind, target=target, payload=payload, file_name=file_name[:200], by=by
    )


def get_staged(kind: str, token: uuid.UUID, *, by: Any, target: str = "") -> StagedImport:
    """Only for the one who uploaded it, only where it was uploaded, and until it is applied."""
    staged = StagedImport.objects.filter(kind=kind, target=target, by=by, token=token).first()
    if staged is None:
        raise ActionRefused(_("Det du lastet opp, er slettet. Last opp fila på nytt."))
    _require_unapplied(staged)
    return staged


def _require_unapplied(staged: StagedImport) -> None:
    if staged.applied_at is not None:
        raise ActionRefused(_("Fila er allerede lest inn."))


@contextmanager
def apply_once(staged: StagedImport) -> Iterator[dict[str, Any]]:
    """Gives the content to the one block that applies it; what fails there leaves nothing."""
    with transaction.atomic():
        locked = StagedImport.objects.select_for_update().get(pk=staged.pk)
        _require_unapplied(locked)
        yield locked.payload
        locked.applied_at = timezone.now()
        locked.save(update_fields=["applied_at"])


def forget(*, at: dt.datetime) -> int:
    """Remove what is a day old, confirmed or not, and say how many."""
    count, _rows = StagedImport.objects.filter(created_at__lte=at - KEPT).delete()
    return count
