import threading

import pytest
from django.core import mail as postbox
from django.db import connection, transaction
from django.utils import timezone

from core import mail, outbox
from core.errors import ActionRefused
from core.mail_kinds import LINK_MARK, OTHER, MailKind
from core.models import Event, OutgoingMail
from core.notifications import queue_mail

READ_FIRST = MailKind("test-read", "Prøve", group="Prøver", read_first=True)


@pytest.fixture
def waiting(db) -> OutgoingMail:
    return OutgoingMail.objects.create(to="ola@b.example", subject="Hei", body="Tekst")


@pytest.fixture
def held(waiting, team_member) -> OutgoingMail:
    return outbox.hold(waiting.pk, by=team_member)


def test_a_kind_that_is_read_first_is_held_and_not_sent(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queued = queue_mail(to="ola@b.example", subject="Hei", body="Tekst", kind=READ_FIRST)

    mail.send(queued.pk)

    assert postbox.outbox == []
    assert list(OutgoingMail.objects.held()) == [queued]


def test_released_it_goes_once(held, team_member, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        outbox.release(held.pk, by=team_member)
    with pytest.raises(ActionRefused, match="er sendt"):
        outbox.release(held.pk, by=team_member)

    assert [message.to for message in postbox.outbox] == [["ola@b.example"]]


def test_the_receivers_link_is_put_in_when_it_goes(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queue_mail(
            to="a@b.example",
            subject="Hei",
            body=f"Her: {LINK_MARK}",
            link="https://x/1",
            kind=OTHER,
        )

    assert postbox.outbox[0].body == "Her: https://x/1"
    assert "https" not in OutgoingMail.objects.get().body


def test_a_given_up_mail_is_tried_anew(waiting, team_member, django_capture_on_commit_callbacks):
    OutgoingMail.objects.update(attempts=OutgoingMail.MAX_ATTEMPTS, last_error="full")
    assert list(OutgoingMail.objects.failed()) == [waiting]

    with django_capture_on_commit_callbacks(execute=True):
        outbox.release(waiting.pk, by=team_member)

    assert len(postbox.outbox) == 1
    assert not OutgoingMail.objects.failed().exists()


def test_discarded_it_never_goes_and_the_reason_stays(waiting, team_member):
    outbox.discard(waiting.pk, reason="Skrevet to ganger.", by=team_member)

    mail.send(waiting.pk)

    stored = OutgoingMail.objects.discarded().get()
    assert (stored.discarded_by, stored.discarded_because) == (team_member, "Skrevet to ganger.")
    assert postbox.outbox == []
    with pytest.raises(ActionRefused, match="forkastet"):
        outbox.hold(waiting.pk, by=team_member)


def test_the_log_tells_nobodys_address(waiting, team_member):
    outbox.hold(waiting.pk, by=team_member)
    outbox.discard(waiting.pk, reason="Ola spurte.", by=team_member)

    told = str([event.data for event in Event.objects.about(waiting)])
    assert "ola" not in told.lower()


def test_release_all_lets_those_that_are_held_go(held, team_member):
    other = OutgoingMail.objects.create(to="b@b.example", subject="Hei", body="Tekst")
    other.held_at = timezone.now()
    other.save()

    count = outbox.release_all(OutgoingMail.objects.held(), by=team_member)

    assert (count, OutgoingMail.objects.held().count()) == (2, 0)


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_is_being_sent_cannot_be_touched(team_member):
    """A worker has the row locked from before the mail server is asked until it has answered."""
    waiting = OutgoingMail.objects.create(to="ola@b.example", subject="Hei", body="Tekst")
    has_locked, may_go = threading.Event(), threading.Event()

    def worker() -> None:
        with transaction.atomic():
            OutgoingMail.objects.select_for_update().get(pk=waiting.pk)
            has_locked.set()
            may_go.wait(10)
        connection.close()

    thread = threading.Thread(target=worker)
    thread.start()
    try:
        assert has_locked.wait(10)
        with pytest.raises(ActionRefused, match="akkurat nå"):
            outbox.hold(waiting.pk, by=team_member)
        assert outbox.release_all(OutgoingMail.objects.all(), by=team_member) == 0
    finally:
        may_go.set()
        thread.join()
