import base64
import json
import uuid

import altcha
import pytest
import time_machine
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.test import RequestFactory

from core import abuse, rate
from core.abuse import Guard, Guarded
from municipality.models import User

KEY = uuid.UUID("7e2c9f0a-0000-4000-8000-000000000001")


class TextForm(Guarded):
    text = forms.CharField()


@pytest.fixture(autouse=True)
def low_limits(settings, monkeypatch):
    settings.ABUSE_PROOF_AFTER, settings.ABUSE_PROOF_AFTER_ALL = 2, 4
    settings.ABUSE_CLOSED_AFTER = 6
    monkeypatch.setattr(abuse, "COST", 1)


def guard(*, user=None, address="198.51.100.7"):
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    request.user = user or AnonymousUser()
    return Guard(request, "idea")


def sent(times, address="198.51.100.7"):
    for _time in range(times):
        rate.add("idea", address)


def filled(visitor, **fields):
    data = QueryDict(mutable=True)
    data.update({"submission_key": str(KEY), "text": "Hei", **fields})
    return TextForm(data, guard=visitor)


def solved(challenge):
    asked = altcha.Challenge.from_dict(json.loads(challenge))
    solution = altcha.solve_challenge(asked)
    return altcha.Payload(asked, solution).to_base64()


def test_nothing_is_asked_of_an_ordinary_visitor(db):
    form = filled(guard())

    assert form.is_valid()
    assert form.challenge == ""


def test_a_robot_that_fills_in_everything_is_told_and_the_text_is_kept(db):
    form = filled(guard(), website="https://kjøp.example")

    assert not form.is_valid()
    assert "skal stå tomt" in str(form.non_field_errors())
    assert form["website"].value() == ""
    assert form["text"].value() == "Hei"


@pytest.mark.parametrize(("mine", "others"), [(2, 0), (0, 4), (1, 3)])
def test_a_proof_is_asked_for_when_the_rate_rises(db, mine, others):
    sent(mine)
    sent(others, "203.0.113.9")

    form = filled(guard())

    assert not form.is_valid()
    assert "ikke er en robot" in str(form.non_field_errors())
    assert filled(guard(), proof=solved(form.challenge)).is_valid()


def test_nobody_who_is_logged_in_is_asked_or_counted(db):
    sent(10)
    visitor = guard(user=User(pk=1))

    assert filled(visitor).is_valid()
    visitor.count()

    assert rate.now("idea", "198.51.100.7").from_address == 10


def test_an_address_that_never_stops_has_to_wait_whatever_it_proves(db):
    sent(6)

    form = filled(guard(), proof=solved(guard().challenge(KEY)))

    assert not form.is_valid()
    assert "Prøv igjen om en time" in str(form.non_field_errors())
    assert filled(guard(address="203.0.113.1"), proof=solved(guard().challenge(KEY))).is_valid()


def test_count_counts_one(db):
    guard().count()

    assert guard().sent == rate.Rate(from_address=1, from_all=1)


def test_a_proof_is_good_for_one_submission_and_one_purpose(db):
    proof = solved(guard().challenge(KEY))
    elsewhere = guard()
    elsewhere.purpose = "comment"

    assert guard().accepts(proof, KEY)
    assert not guard().accepts(proof, uuid.uuid4())
    assert not elsewhere.accepts(proof, KEY)


def test_a_proof_does_not_last_for_ever(db):
    with time_machine.travel("2026-05-04 10:00+00:00", tick=False) as clock:
        proof = solved(guard().challenge(KEY))
        assert guard().accepts(proof, KEY)
        clock.shift(abuse.VALID_FOR + 1)
        assert not guard().accepts(proof, KEY)


def changed(proof, **parameters):
    payload = json.loads(base64.b64decode(proof))
    payload["challenge"]["parameters"].update(parameters)
    return base64.b64encode(json.dumps(payload).encode()).decode()


@pytest.mark.parametrize(
    "change", [{"keyPrefix": ""}, {"cost": 0}, {"expiresAt": 99999999999}, {"algorithm": "SHA-256"}]
)
def test_a_proof_of_an_easier_challenge_is_not_ours(db, change):
    assert not guard().accepts(changed(solved(guard().challenge(KEY)), **change), KEY)


@pytest.mark.parametrize(
    "proof",
    [
        "",
        "x",
        "æøå",
        "e30=",
        "bnVsbA==",
        base64.b64encode(b'{"challenge": 1}').decode(),
        "=" * 4000,
    ],
)
def test_what_is_no_proof_at_all_is_refused(db, proof):
    assert not guard().accepts(proof, KEY)
