"""Sending what stands in the outbox."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from core.models import OutgoingMail

logger = logging.getLogger(__name__)


@transaction.atomic
def send(mail_id: int) -> None:
    """Send one mail, once: the row is locked while it is sent, and a sent one is left alone.

    A worker that dies between the mail server's yes and our commit sends it again; both carry
    the same Message-ID, so the reader's mail program can tell.
    """
    mail = (
        OutgoingMail.objects.waiting()
        .select_for_update(skip_locked=True)
        .filter(pk=mail_id)
        .first()
    )
    if mail is None:
        return
    message = EmailMessage(
        mail.subject,
        mail.written_out,
        settings.DEFAULT_FROM_EMAIL,
        [mail.to],
        headers={"Message-ID": f"<{mail.pk}.{mail.created_at:%Y%m%d%H%M%S}@digitaliseringshjulet>"},
    )
    mail.attempts += 1
    try:
        message.send()
    except (SMTPException, OSError) as error:
        logger.warning("Mail %s not sent: %s", mail.pk, error)
        mail.last_error = str(error)
    else:
        mail.sent_at = timezone.now()
        mail.last_error = ""
    mail.save(update_fields=["attempts", "sent_at", "last_error"])
