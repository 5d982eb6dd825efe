"""All at once, and the same twice: every idea is stored, and stored once."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from ideas.models import CodeCounter, Idea

CREATE = "/ideer/ny/"
AT_ONCE = 200
THREADS = 24  # each holds a connection to the database


def send(key: uuid.UUID, *, start: threading.Barrier | None = None):
    if start is not None:
        start.wait(30)
    try:
        return Client().post(
            CREATE,
            {
                "submission_key": str(key),
                "problem": f"Vi hører ingenting. {key}",
                "who_has_it": "Foreldre",
                "submitter": "citizen",
                "email": "ola@innbygger.example",
            },
        )
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_hundred_at_once_are_two_hundred_ideas_with_two_hundred_codes(cycle):
    keys = [uuid.uuid4() for _number in range(AT_ONCE)]

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(send, keys))

    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == AT_ONCE
    ideas = Idea.objects.all()
    assert {idea.submission_key for idea in ideas} == set(keys)
    assert len({idea.code for idea in ideas}) == AT_ONCE
    assert CodeCounter.objects.get().last == AT_ONCE


@pytest.mark.django_db(transaction=True)
def test_the_same_form_ten_times_at_the_same_moment_is_one_idea(cycle):
    key, start = uuid.uuid4(), threading.Barrier(10)

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _time: send(key, start=start), range(10)))

    assert len({answer.url for answer in answers}) == 1
    assert Idea.objects.count() == 1


def test_an_idea_is_stored_while_the_broker_is_down(client, cycle, broker_down):
    answer = send_with(client)

    assert answer.status_code == 302
    assert Idea.objects.count() == 1


def send_with(client):
    sent = {"problem": "Køen", "who_has_it": "Alle", "submitter": "citizen"}
    return client.post(CREATE, {**sent, "submission_key": str(uuid.uuid4())})
