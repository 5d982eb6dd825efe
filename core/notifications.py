"""Mail leaves through one door: a row in the database first, then a worker sends it."""

from django.utils import timezone

from core import tasks
from core.mail_kinds import MailKind
from core.mail_templates import is_read_first, subject_line
from core.models import OutgoingMail
from core.queue import enqueue_on_commit


def queue_mail(*, to: str, subject: str, body: str, kind: MailKind, link: str = "") -> OutgoingMail:
    """Keep a mail and have it sent once the transaction stands, or once somebody has read it.

    `link` is the receiver's own. It is put where `LINK_MARK` stands in `body` when the mail goes,
    so that whoever reads the outbox does not get it.
    """
    held_at = timezone.now() if is_read_first(kind) else None
    mail = OutgoingMail.objects.create(
        kind=kind.key,
        to=to,
        subject=subject_line(subject),
        body=body,
        link=link,
        held_at=held_at,
    )
    if held_at is None:
        enqueue_on_commit(tasks.send_mail, mail.pk)
    return mail
