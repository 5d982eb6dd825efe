"""What the sender of an idea can do with it, and with what we know about them."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import OutgoingMail, record
from ideas import notifications
from ideas.actions.handling import change_status
from ideas.models import Addition, Idea, IdeaContact, IdeaStatus, Subscription


@transaction.atomic
def add_words(idea: Idea, *, text: str, submission_key: uuid.UUID, at: dt.datetime) -> Addition:
    """Keep what the sender adds. The first words stand. The same form twice is one addition."""
    idea = _locked(idea)
    earlier = Addition.objects.filter(submission_key=submission_key).first()
    if earlier is not None:
        return earlier
    refuse_addition(idea)
    added = Addition.objects.create(idea=idea, text=text, submission_key=submission_key, at=at)
    record("idea added to", idea)
    return added


def refuse_addition(idea: Idea) -> None:
    if not idea.is_new:
        raise ActionRefused(
            _(
                "Ideen er alt vurdert, så du kan ikke legge til mer her. Send en ny idé og vis til "
                "{code}, eller skriv til oss."
            ).format(code=idea.code)
        )


@transaction.atomic
def withdraw(idea: Idea, *, reason: str, at: dt.datetime) -> None:
    """The sender takes the idea back. Its words are no longer shown to everybody."""
    idea = _locked(idea)
    refuse_withdrawal(idea)
    told = reason or _("Den som sendte ideen, har trukket den.")
    change_status(idea, IdeaStatus.WITHDRAWN, reason=told, by=None, at=at)
    idea.published_at = None
    idea.save(update_fields=["published_at", "updated_at"])


def refuse_withdrawal(idea: Idea) -> None:
    """Say plainly why it cannot be withdrawn, and what to do instead."""
    if not idea.can_be_withdrawn:
        raise ActionRefused(
            _(
                "Ideen er nå «{status}», og kan ikke trekkes her. Skriv til oss hvis du ikke vil "
                "at vi går videre med den, og oppgi koden {code}."
            ).format(status=idea.status_words, code=idea.code)
        )
    if idea.merged.filter(undone_at=None).exists():
        raise ActionRefused(
            _(
                "Andre har sendt det samme, og ideene er slått sammen. Skriv til oss hvis du vil "
                "at din del skal bort, og oppgi koden {code}."
            ).format(code=idea.code)
        )


@transaction.atomic
def send_own_link(idea: Idea, *, email: str) -> bool:
    """Mail the sender's own link to `email`, if that is the address they left with the idea."""
    left = notifications.sender_address(idea)
    if not left or left.casefold() != email.casefold():
        return False
    notifications.send_own_link(idea, to=left)
    return True


@transaction.atomic
def delete_address(idea: Idea) -> None:
    """Delete the address of the sender, and the mails that went to it. Their link still works."""
    address = notifications.sender_address(idea)
    Subscription.objects.filter(idea=idea, email__iexact=address).delete()
    IdeaContact.objects.filter(idea=idea).delete()
    OutgoingMail.objects.filter(link=notifications.follow_url(idea)).delete()
    record("idea address deleted", idea)


@transaction.atomic
def forget_sender(idea: Idea) -> None:
    """Cut every thread from the idea to the one who sent it, also the link they have.

    The idea stays, with what kind of sender it had, so that the counts are right.
    """
    delete_address(idea)
    idea.changes.filter(by=idea.submitted_by, status=IdeaStatus.RECEIVED).update(by=None)
    idea.submitted_by = None
    idea.token = uuid.uuid4()
    idea.save(update_fields=["submitted_by", "token", "updated_at"])
    record("idea sender forgotten", idea)


def _locked(idea: Idea) -> Idea:
    locked = Idea.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("sector", "cycle", "submitted_by").get(pk=idea.pk)
