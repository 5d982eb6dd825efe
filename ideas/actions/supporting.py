"""«Dette gjelder meg også»: once for each account or browser, and possible to take back."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from ideas.actions.counting import recount_supporters
from ideas.models import Idea, Support


@transaction.atomic
def support(idea: Idea, *, key: str, at: dt.datetime) -> None:
    """Count one more. Supporting again changes nothing."""
    if not idea.is_published:
        raise ActionRefused(_("Ideen er ikke publisert, så den kan ikke støttes ennå."))
    _row, is_new = Support.objects.get_or_create(idea=idea, key=key, defaults={"at": at})
    if is_new:
        recount_supporters(idea)


@transaction.atomic
def take_back_support(idea: Idea, *, key: str) -> None:
    count, _rows = Support.objects.filter(idea=idea, key=key).delete()
    if count:
        recount_supporters(idea)
