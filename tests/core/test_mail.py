from smtplib import SMTPException

import pytest
from django.core import mail as postbox
from django.core.mail.backends.base import BaseEmailBackend

from core import mail
from core.mail_kinds import OTHER
from core.models import OutgoingMail
from core.notifications import queue_mail


class BrokenBackend(BaseEmailBackend):
    """A mail server that says no."""

    def send_messages(self, messages):
        raise SMTPException("try later")


@pytest.fixture
def waiting(db) -> OutgoingMail:
    return OutgoingMail.objects.create(to="ola@b.example", subject="Hei", body="Tekst")


def test_queue_mail_is_sent_once_the_transaction_stands(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queue_mail(to="ola@b.example", subject="Hei", body="Tekst", kind=OTHER)
        assert postbox.outbox == []

    assert [message.to for message in postbox.outbox] == [["ola@b.example"]]
    assert OutgoingMail.objects.get().sent_at is not None


def test_send_twice_sends_once(waiting):
    mail.send(waiting.pk)
    mail.send(waiting.pk)

    assert len(postbox.outbox) == 1


def test_send_with_a_broken_server_keeps_the_mail(waiting, settings):
    settings.EMAIL_BACKEND = "tests.core.test_mail.BrokenBackend"

    mail.send(waiting.pk)

    waiting.refresh_from_db()
    assert (waiting.sent_at, waiting.attempts, waiting.last_error) == (None, 1, "try later")
    assert waiting in OutgoingMail.objects.waiting()


def test_send_gives_up_after_many_attempts(waiting):
    OutgoingMail.objects.update(attempts=OutgoingMail.MAX_ATTEMPTS)

    mail.send(waiting.pk)

    assert postbox.outbox == []
