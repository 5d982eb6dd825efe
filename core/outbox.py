"""What people do with mail that has not gone yet. Whatever is done, it is sent once.

A worker that sends a mail has its row locked, so what is asked for meanwhile is refused.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core import tasks
from core.errors import ActionRefused
from core.models import OutgoingMail, OutgoingMailQuerySet, record
from core.queue import enqueue_on_commit

AT_ONCE = 500  # the most that is let go in one go
KEPT = dt.timedelta(days=90)  # after it was sent or thrown away
UNSENT_KEPT = dt.timedelta(days=180)  # after it was written


def locked(pk: int) -> OutgoingMail:
    """The mail, ours until the transaction ends. Refused when it is on its way or gone."""
    mail = OutgoingMail.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk)
    found = mail.first()
    if found is None:
        raise ActionRefused(
            _("E-posten blir sendt eller endret akkurat nå. Se på den igjen om litt.")
        )
    if found.sent_at is not None:
        raise ActionRefused(_("E-posten er sendt. Da kan den ikke endres."))
    if found.discarded_at is not None:
        raise ActionRefused(_("E-posten er forkastet."))
    return found


@transaction.atomic
def hold(pk: int, *, by: Any) -> OutgoingMail:
    """Keep it back until somebody lets it go."""
    mail = locked(pk)
    if mail.held_at is None:
        mail.held_at = timezone.now()
        mail.save(update_fields=["held_at"])
        record("mail held", mail, by=by, kind=mail.kind)
    return mail


@transaction.atomic
def release(pk: int, *, by: Any) -> OutgoingMail:
    """Let it go now. One that was given up is tried anew."""
    mail = locked(pk)
    _let_go(mail, by=by)
    return mail


@transaction.atomic
def release_all(mails: OutgoingMailQuerySet, *, by: Any) -> int:
    """Let many go, and say how many. What somebody else has in hand is left to them."""
    found = mails.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:AT_ONCE]
    return _let_all_go(found, by=by)


def _let_all_go(mails: Iterable[OutgoingMail], *, by: Any) -> int:
    count = 0
    for mail in mails:
        _let_go(mail, by=by)
        count += 1
    return count


def _let_go(mail: OutgoingMail, *, by: Any) -> None:
    mail.held_at, mail.attempts = None, 0
    mail.save(update_fields=["held_at", "attempts"])
    record("mail released", mail, by=by, kind=mail.kind)
    enqueue_on_commit(tasks.send_mail, mail.pk)


@transaction.atomic
def edit(mail: OutgoingMail, *, by: Any) -> None:
    """Keep another text. `mail` is locked by the caller, and changed by the form."""
    mail.mark_edited(by)
    mail.save(update_fields=["subject", "body", "version", "edited_by", "edited_at"])
    record("mail edited", mail, by=by, kind=mail.kind)


@transaction.atomic
def discard(pk: int, *, reason: str, by: Any) -> OutgoingMail:
    """Throw it away. It stays in the outbox, with who and why, as long as a sent one does."""
    mail = locked(pk)
    mail.discarded_at, mail.discarded_by, mail.discarded_because = timezone.now(), by, reason
    mail.save(update_fields=["discarded_at", "discarded_by", "discarded_because"])
    record("mail discarded", mail, by=by, kind=mail.kind)
    return mail


def forget(*, at: dt.datetime) -> int:
    """Delete what is done with, and what nobody has sent for half a year, and say how many."""
    done = Q(sent_at__lte=at - KEPT) | Q(discarded_at__lte=at - KEPT)
    never_sent = Q(sent_at=None, discarded_at=None, created_at__lte=at - UNSENT_KEPT)
    count, _rows = OutgoingMail.objects.filter(done | never_sent).delete()
    return count
