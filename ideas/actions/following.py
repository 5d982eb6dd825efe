"""Following an idea by e-mail: asked for, confirmed from the mailbox, ended by one link."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from ideas import notifications
from ideas.models import Idea, Subscription


@transaction.atomic
def ask_to_follow(idea: Idea, *, email: str, at: dt.datetime) -> None:
    """Keep the address until its owner has confirmed it, and mail them how.

    Whoever asks gets the same answer whether the address follows the idea already or not: only
    its owner, who reads the mail, is told which.
    """
    if not idea.is_published:
        raise ActionRefused(_("Ideen er ikke publisert, så den kan ikke følges ennå."))
    kept_until = timezone.localdate(at) + dt.timedelta(days=Subscription.CONFIRM_DAYS)
    subscription, _is_new = Subscription.objects.select_related("idea").get_or_create(
        idea=idea,
        email__iexact=email,
        defaults={"email": email, "requested_at": at, "delete_on": kept_until},
    )
    if subscription.is_confirmed:
        notifications.tell_follows_already(subscription)
    else:
        notifications.ask_to_confirm(subscription)


@transaction.atomic
def confirm_following(subscription: Subscription, *, at: dt.datetime) -> None:
    """Mail may be sent from now on. Confirming again changes nothing."""
    kept_until = timezone.localdate(at) + dt.timedelta(days=Subscription.KEPT_DAYS)
    unconfirmed = Subscription.objects.filter(pk=subscription.pk, confirmed_at=None)
    if unconfirmed.update(confirmed_at=at, delete_on=kept_until):
        record("idea followed", subscription.idea)


@transaction.atomic
def stop_following(subscription: Subscription) -> None:
    """Nothing is left of the address."""
    subscription.delete()
    record("idea unfollowed", subscription.idea)


def forget_followers(*, on: dt.date) -> int:
    """Delete the addresses whose time is up, confirmed or not, and say how many."""
    count, _rows = Subscription.objects.filter(delete_on__lte=on).delete()
    return count
