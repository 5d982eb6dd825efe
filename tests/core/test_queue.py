import pytest
from django.db import transaction

from core import tasks
from core.models import OutgoingMail
from core.queue import enqueue, enqueue_on_commit


def test_enqueue_with_the_broker_down_says_so_and_goes_on(db, broker_down, caplog):
    assert enqueue(tasks.send_mail, 1) is False
    assert "Broker down" in caplog.text


@transaction.atomic
def _enqueue_and_fail() -> None:
    enqueue_on_commit(tasks.send_mail, 1)
    raise RuntimeError


def test_enqueue_on_commit_does_nothing_when_rolled_back(db, django_capture_on_commit_callbacks):
    with (
        django_capture_on_commit_callbacks() as callbacks,
        pytest.raises(RuntimeError),
    ):
        _enqueue_and_fail()

    assert callbacks == []
    assert not OutgoingMail.objects.exists()
