"""Mail leaves through one door: a row in the database first, then a worker sends it."""

from core import tasks
from core.models import OutgoingMail
from core.queue import enqueue_on_commit


def queue_mail(*, to: str, subject: str, body: str) -> OutgoingMail:
    """Keep a mail and have it sent once the transaction stands."""
    mail = OutgoingMail.objects.create(to=to, subject=subject, body=body)
    enqueue_on_commit(tasks.send_mail, mail.pk)
    return mail
