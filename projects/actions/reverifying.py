"""After an approved change the project looks again at what it was decided on."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.formatting import day_with_year
from core.models import record
from municipality.models import User
from projects.models import Reverification


@transaction.atomic
def reverify(
    reverification: Reverification, *, after: str, note: str, by: User, at: dt.datetime
) -> None:
    """Keep what the project found. What is done stands; a later change opens it anew."""
    rows = Reverification.objects.select_for_update(of=("self",))
    stored = rows.select_related("change_request__project", "done_by").get(pk=reverification.pk)
    if stored.done_at is not None:
        raise ActionRefused(
            _("{who} gjorde denne vurderingen {day}. Den står.").format(
                who=stored.done_by, day=day_with_year(stored.done_at)
            )
        )
    stored.after, stored.note = after, note
    stored.done_by, stored.done_at = by, at
    stored.save()
    stored.change_request.project.touch()
    record("reverified", stored, by=by, subject=stored.subject)
