"""The pages of the one who has the secret link."""

import datetime as dt
import json
import uuid

import pytest
from django.urls import reverse

from core.errors import ActionRefused
from core.models import OutgoingMail
from ideas import actions, notifications
from ideas.models import Addition, Idea, IdeaContact, IdeaStatus, StatusChange, Subscription
from tests.factories.ideas import IdeaFactory, SubscriptionFactory
from tests.factories.municipality import UserFactory

NOW = dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC)
EMAIL = "kari@innbygger.example"


@pytest.fixture
def idea(cycle) -> Idea:
    idea = IdeaFactory(cycle=cycle, title="Svar på søknad")
    StatusChange.objects.create(idea=idea, status=IdeaStatus.RECEIVED, at=NOW)
    IdeaContact.objects.create(idea=idea, email=EMAIL, delete_on=dt.date(2028, 5, 4))
    return idea


def _url(name: str, idea: Idea) -> str:
    return reverse(f"ideas:{name}", args=[idea.token])


def _add(client, idea, text="Det gjelder også skolen.", key=None, **more):
    data = {"text": text, "submission_key": key or str(uuid.uuid4()), **more}
    return client.post(_url("own-add", idea), data)


def _own_page(client, idea) -> str:
    return client.get(reverse("idea-by-token", args=[idea.token])).content.decode()


def test_the_own_page_offers_what_the_sender_can_do(client, idea):
    page = _own_page(client, idea)

    for name in ("own-add", "own-withdraw", "own-about"):
        assert _url(name, idea) in page


def test_nothing_of_it_is_offered_on_the_public_page(client, idea):
    idea.published_at = NOW
    idea.save()

    page = client.get(idea.get_absolute_url()).content.decode()

    assert str(idea.token) not in page
    assert reverse("ideas:lost-link") in page


def test_an_addition_stands_beside_the_first_words(client, idea):
    _add(client, idea)

    assert "Det gjelder også skolen." in _own_page(client, idea)
    idea.refresh_from_db()
    assert idea.problem == "Vi hører ingenting etter at vi har søkt."


def test_the_same_addition_sent_twice_is_one(client, idea):
    key = str(uuid.uuid4())

    _add(client, idea, key=key)
    _add(client, idea, key=key)

    assert Addition.objects.count() == 1


def test_what_is_added_after_publishing_is_not_shown_to_all_unread(client, idea):
    idea.published_at = NOW
    idea.save()

    _add(client, idea)

    assert "Det gjelder også skolen." in _own_page(client, idea)
    assert "skolen" not in client.get(idea.get_absolute_url()).content.decode()


def test_an_addition_is_looked_through_for_personal_data(client, idea):
    warned = _add(client, idea, "Ring meg på 915 35 555.").content.decode()
    assert "telefonnummer" in warned
    assert not Addition.objects.exists()

    taken_out = _add(client, idea, "Ring meg på 915 35 555.", personal="remove").content.decode()
    assert "915 35 555" not in taken_out
    assert not Addition.objects.exists()

    _add(client, idea, "Ring meg på 915 35 555.", personal="keep")
    assert Addition.objects.count() == 1


@pytest.mark.parametrize("answer", ["reply", "status"])
def test_nothing_can_be_added_when_somebody_has_answered(client, idea, team_member, answer):
    if answer == "reply":
        actions.reply(idea, text="Vi ser.", submission_key=uuid.uuid4(), by=team_member)
    else:
        actions.decline(idea, reason="Nei.", by=team_member, at=NOW)

    refused = _add(client, idea)

    assert refused.status_code == 409
    assert "Det gjelder også skolen." in refused.content.decode()  # what was typed is kept
    assert _url("own-add", idea) not in _own_page(client, idea)


def test_withdrawing_hides_the_words_and_says_so(client, idea):
    idea.published_at = NOW
    idea.save()
    SubscriptionFactory(idea=idea, email="ola@innbygger.example")

    client.post(_url("own-withdraw", idea), {"reason": ""})

    idea.refresh_from_db()
    assert (idea.status, idea.published_at) == (IdeaStatus.WITHDRAWN, None)
    assert idea.changes.latest("at").reason == "Den som sendte ideen, har trukket den."
    page = client.get(idea.get_absolute_url()).content.decode()
    assert "Ideen er trukket" in page
    assert idea.problem not in page
    assert idea.problem in _own_page(client, idea)
    assert OutgoingMail.objects.filter(to="ola@innbygger.example").count() == 1


def test_withdrawing_is_refused_with_a_way_out_when_the_idea_has_gone_on(client, idea):
    Idea.objects.filter(pk=idea.pk).update(status=IdeaStatus.FORWARDED)

    refused = client.post(_url("own-withdraw", idea), {"reason": ""})

    assert refused.status_code == 409
    assert "Skriv til oss" in refused.content.decode()
    idea.refresh_from_db()
    assert idea.status == IdeaStatus.FORWARDED


def test_withdrawing_is_refused_when_others_are_joined_with_it(cycle, idea, team_member):
    actions.merge(IdeaFactory(cycle=cycle), idea, reason="Likt.", by=team_member, at=NOW)

    with pytest.raises(ActionRefused, match="Andre har sendt det samme"):
        actions.withdraw(idea, reason="", at=NOW)


def test_the_sender_can_read_and_take_with_them_what_is_known(client, idea):
    notifications.tell_received(idea)

    page = client.get(_url("own-about", idea)).content.decode()
    file = client.get(_url("own-about-file", idea))

    assert EMAIL in page
    assert "attachment" in file["Content-Disposition"]
    told = json.loads(file.content)
    assert told["e-post"] == EMAIL
    assert told["problemet"] == idea.problem
    assert len(told["e-poster vi har sendt"]) == 1


def test_deleting_the_address_leaves_the_link(client, idea):
    notifications.tell_received(idea)

    client.post(_url("own-delete-address", idea))

    assert not IdeaContact.objects.exists()
    assert not OutgoingMail.objects.filter(to=EMAIL).exists()
    assert client.get(reverse("idea-by-token", args=[idea.token])).status_code == 200


def test_deleting_all_leaves_the_idea_and_nothing_that_leads_to_its_sender(client, idea):
    by = UserFactory(email="ansatt@kommune.example")
    Idea.objects.filter(pk=idea.pk).update(submitted_by=by)
    idea.changes.update(by=by)
    SubscriptionFactory(idea=idea, email=EMAIL)
    SubscriptionFactory(idea=idea, email="ola@innbygger.example")
    notifications.tell_received(idea)

    answer = client.post(_url("own-delete", idea), follow=True)

    assert "Vi vet ikke lenger hvem du er" in answer.content.decode()
    kept = Idea.objects.get()
    assert (kept.problem, kept.submitter, kept.submitted_by) == (idea.problem, "citizen", None)
    assert not IdeaContact.objects.exists()
    assert not kept.changes.exclude(by=None).exists()
    assert not OutgoingMail.objects.filter(to=EMAIL).exists()
    assert [s.email for s in Subscription.objects.all()] == ["ola@innbygger.example"]
    assert client.get(reverse("idea-by-token", args=[idea.token])).status_code == 404
    assert client.get(_url("receipt", idea)).status_code == 404


def _ask_for_link(client, code, email):
    data = {"code": code, "email": email, "submission_key": str(uuid.uuid4())}
    return client.post(reverse("ideas:lost-link"), data)


def test_the_lost_link_goes_only_to_the_address_that_was_left(client, idea):
    right = _ask_for_link(client, idea.code.lower(), EMAIL.upper())
    wrong = _ask_for_link(client, idea.code, "annen@innbygger.example")
    unknown = _ask_for_link(client, "X99-999", EMAIL)

    assert right.url == wrong.url == unknown.url == reverse("ideas:lost-link-sent")
    mail = OutgoingMail.objects.get()
    assert mail.to == EMAIL
    assert str(idea.token) not in mail.body
    assert str(idea.token) in mail.written_out


def test_the_lost_link_is_not_sent_over_and_over(client, idea):
    for _ in range(5):
        _ask_for_link(client, idea.code, EMAIL)

    assert OutgoingMail.objects.count() == 3
