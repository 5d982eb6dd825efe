"""The link that measures without log-in: what it is good for, once, and to nobody else."""

import datetime as dt
import threading
import uuid
from decimal import Decimal

import pytest
from django.core import signing
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from benefits import actions, links
from benefits.models import Indicator, Measurement, MeasuringRequest
from benefits.views import answering
from core.models import OutgoingMail
from tests.factories.benefits import BenefitFactory, MeasuringRequestFactory
from tests.factories.municipality import UserFactory

pytestmark = pytest.mark.django_db

VOID = "Lenken virker ikke"


@pytest.fixture
def asked(today):
    benefit = BenefitFactory(
        name="Kjøring etter nøkler",
        unit="minutter",
        baseline=38,
        baseline_on=today - dt.timedelta(days=100),
        target=10,
        target_on=today + dt.timedelta(days=100),
        next_measurement_on=today,
    )
    return MeasuringRequestFactory(indicator=benefit.main)


@pytest.fixture
def address(asked):
    return reverse("measuring:answer", args=[links.signed(asked)])


def form(**changed):
    filled = {
        "value": "17",
        "evidence": "estimated",
        "comment": "Alle soner er i gang.",
        "measured_on": timezone.localdate().isoformat(),
        "submission_key": uuid.uuid4(),
    }
    return filled | changed


def page(response) -> str:
    return response.content.decode()


def test_the_page_asks_for_one_number_and_is_kept_from_others(client, asked, address):
    response = client.get(address)

    assert "Kjøring etter nøkler: hva er tallet nå?" in page(response)
    assert "Målet er <strong>10</strong>." in page(response)
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_one_number_without_log_in(client, asked, address):
    done = client.post(address, form(), follow=True)

    measurement = Measurement.objects.get()
    asked.refresh_from_db()
    assert "Takk. Det var alt." in page(done)
    assert "75\u00a0% av veien er gått." in page(done)
    assert (measurement.value, measurement.measured_by) == (17, asked.to)
    assert measurement.evidence == "estimated"
    assert asked.measurement == measurement
    assert "sessionid" not in client.cookies


def test_reading_the_page_never_uses_the_link_up(client, asked, address):
    for _time in range(3):
        client.get(address)
        client.head(address)

    asked.refresh_from_db()
    assert asked.is_waiting


def test_a_used_link_shows_what_was_answered_and_takes_nothing(client, address):
    client.post(address, form())

    again = client.post(address, form(value="99"))

    assert Measurement.objects.get().value == 17
    assert "Du har svart" in page(again)
    assert "Rett tallet" in page(again)


def test_the_same_form_sent_twice_is_thanked_twice_and_kept_once(client, address):
    filled = form()

    first = client.post(address, filled)
    second = client.post(address, filled)

    assert Measurement.objects.count() == 1
    assert first.status_code == 302
    assert "17" in page(second)


def _altered(token: str) -> list[str]:
    """With one character changed, at each of several places."""
    places = [0, len(token) // 3, len(token) // 2, len(token) - 1]
    return [
        token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        for place in places
    ]


def test_an_altered_guessed_or_borrowed_link_tells_nothing(client, asked):
    other = MeasuringRequestFactory(indicator=BenefitFactory().main)
    content = [asked.pk, asked.nonce.hex]
    wrong = [
        *_altered(links.signed(asked)),
        signing.Signer(salt="maturity.respondent").sign_object(content),
        signing.Signer(key="guessed", salt="benefits.measuring").sign_object(content),
        signing.Signer(salt="benefits.measuring").sign_object([other.pk, asked.nonce.hex]),
        signing.Signer(salt="benefits.measuring").sign_object([asked.pk]),
        signing.Signer(salt="benefits.measuring").sign_object([asked.pk, "x"]),
        str(asked.pk),
        asked.nonce.hex,
    ]

    answers = [client.get(reverse("measuring:answer", args=[token])) for token in wrong]
    sent = client.post(reverse("measuring:answer", args=[wrong[0]]), form())

    assert {answer.status_code for answer in answers} == {404}
    assert len({page(answer).count(VOID) for answer in answers}) == 1
    assert not any("Kjøring etter nøkler" in page(answer) for answer in answers)
    assert sent.status_code == 404
    assert not Measurement.objects.exists()


def test_who_tries_very_many_must_wait_but_a_right_link_works(client, address, monkeypatch):
    monkeypatch.setattr(answering, "MOST_WRONG_LINKS", 2)
    wrong = reverse("measuring:answer", args=["feil"])

    statuses = [client.get(wrong).status_code for _time in range(3)]

    assert statuses == [404, 404, 429]
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("revoked", "En annen er spurt nå"),
        ("left", "En annen er spurt nå"),
        ("expired", "Lenken virket til"),
        ("retired", "Dette måles ikke lenger"),
        ("skipped", "Takk for beskjeden"),
    ],
)
def test_a_link_that_is_not_open_says_why_and_takes_nothing(client, asked, address, what, said):
    now = timezone.now()
    if what == "revoked":
        MeasuringRequest.objects.update(revoked_at=now)
    elif what == "expired":
        MeasuringRequest.objects.update(expires_on=timezone.localdate() - dt.timedelta(days=1))
    elif what == "skipped":
        MeasuringRequest.objects.update(skipped_at=now, skip_reason="Ferie.")
    elif what == "retired":
        Indicator.objects.update(retired_at=now)
    else:
        asked.to.is_active = False
        asked.to.save()

    assert said in page(client.get(address))
    assert said in page(client.post(address, form()))
    assert not Measurement.objects.exists()


def test_an_expired_link_is_replaced_by_mail_only(client, asked, address):
    MeasuringRequest.objects.update(expires_on=timezone.localdate() - dt.timedelta(days=1))

    answer = client.post(reverse("measuring:renew", args=[links.signed(asked)]), follow=True)

    mail = OutgoingMail.objects.get()
    assert mail.to == asked.to.email
    assert "/maling/" in mail.link
    assert mail.link not in page(answer)
    assert client.get(address).status_code == 404  # the old one
    assert client.get(mail.link).status_code == 200


def test_a_link_that_works_is_not_replaced(client, asked):
    client.post(reverse("measuring:renew", args=[links.signed(asked)]))

    assert not OutgoingMail.objects.exists()


def test_who_cannot_measure_says_why_once(client, asked):
    url = reverse("measuring:skip", args=[links.signed(asked)])
    assert "Skriv hvorfor. Én setning holder." in page(client.post(url, {"reason": " "}))

    answer = client.post(url, {"reason": "Telleren er på reparasjon."}, follow=True)
    client.post(url, {"reason": "En gang til."})

    asked.refresh_from_db()
    assert "Takk for beskjeden" in page(answer)
    assert asked.skip_reason == "Telleren er på reparasjon."


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"value": ""}, "Skriv tallet. 0 er også et tall."),
        ({"value": "sytten"}, "Skriv et tall, for eksempel 5,8."),
        ({"value": "-3"}, "Tallet kan ikke være under null."),
        ({"value": "1" * 20}, "Tallet er for stort."),
        ({"value": "1,234"}, "Skriv tallet med høyst to desimaler."),
        ({"measured_on": "2999-01-01"}, "Datoen kan ikke være fram i tid."),
        ({"measured_on": "2001-01-01"}, "Datoen kan ikke være før nullpunktet"),
        ({"measured_on": "i går"}, "Skriv datoen slik: 3.11.2026."),
        ({"evidence": ""}, "Velg om tallet er målt, anslått eller satt ved skjønn."),
    ],
)
def test_bad_input_is_explained_and_what_was_typed_is_kept(client, address, changed, error):
    answer = page(client.post(address, form(**changed)))

    assert error in answer
    assert "Alle soner er i gang." in answer
    assert changed.get("value", "17") in answer
    assert not Measurement.objects.exists()


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0", "0"),
        ("5,8", "5.8"),
        ("5.8", "5.8"),
        ("1 000 000", "1000000"),
        ("1\u00a0000\u202f000,50", "1000000.5"),
    ],
)
def test_a_number_is_read_as_people_write_it(client, address, typed, value):
    client.post(address, form(value=typed))

    assert Measurement.objects.get().value == Decimal(value)


def test_a_negative_number_where_it_can_be(client, address):
    Indicator.objects.update(allows_negative=True)

    client.post(address, form(value="−3"))

    assert Measurement.objects.get().value == -3


def reading(value: str) -> actions.Reading:
    return actions.Reading(Decimal(value), timezone.localdate(), uuid.uuid4())


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one_measurement(asked):
    ready = threading.Barrier(2)
    returned = []

    def answer(value: str) -> None:
        try:
            read = links.read(links.signed(asked))
            ready.wait(10)
            returned.append(
                actions.answer_request(read, reading(value), on=timezone.localdate()).pk
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=[value]) for value in ("17", "18")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(returned) == 2
    assert set(returned) == {Measurement.objects.get().pk}


def test_a_person_who_left_is_not_named_as_the_one_who_measures(client, asked, address):
    other = UserFactory(name="Tor Lie")
    benefit = asked.indicator.benefit
    benefit.responsible, benefit.responsibility_accepted_at = other, timezone.now()
    benefit.save()

    answer = page(client.get(address))

    assert "En annen er spurt nå" in answer
    assert "Tor Lie" not in answer
