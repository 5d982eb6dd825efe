"""One change at a time per workshop, and the two numbers that tell everybody about it."""

from django.db.models import F
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from workshops.models import Question, Workshop


def hold(workshop: Workshop) -> Workshop:
    """The row as it is now, held until the transaction ends.

    Without joins: what is asked for after the lock is as new as the lock, what is joined is not.
    """
    return Workshop.objects.select_for_update().get(pk=workshop.pk)


def tell_wall(workshop: Workshop) -> None:
    """What the wall shows has changed. The caller holds the row."""
    Workshop.objects.filter(pk=workshop.pk).update(revision=F("revision") + 1)


def tell_everybody(workshop: Workshop) -> None:
    """What the phones show has changed too. The caller holds the row."""
    Workshop.objects.filter(pk=workshop.pk).update(revision=F("revision") + 1, step=F("step") + 1)


def require_open(workshop: Workshop) -> Question:
    """The question the room works with now; refused when the room is not at work."""
    if workshop.is_paused:
        raise ActionRefused(_("Verkstedet har pause. Det dere har gjort, er tatt vare på."))
    if workshop.is_ended:
        raise ActionRefused(_("Verkstedet er avsluttet. Det dere gjorde, er tatt vare på."))
    if not workshop.is_open or workshop.current_question is None:
        raise ActionRefused(_("Verkstedet har ikke begynt ennå."))
    return workshop.current_question
