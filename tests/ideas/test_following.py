import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import OutgoingMail
from ideas import actions, notifications
from ideas.models import IdeaContact, IdeaStatus, Subscription
from tests.factories.ideas import IdeaFactory, SubscriptionFactory
from tests.factories.municipality import UserFactory

NOW = dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC)
EMAIL = "kari@innbygger.example"


@pytest.fixture
def idea(cycle):
    return IdeaFactory(cycle=cycle, published_at=NOW, title="Svar på søknad")


def _ask(client, idea, email=EMAIL):
    key = "11111111-1111-1111-1111-111111111111"
    url = reverse("ideas:subscribe", args=[idea.code])
    return client.post(url, {"email": email, "submission_key": key})


def _link(mail: OutgoingMail) -> str:
    return re.search(r"/ideer/abonnement/\S+/", mail.written_out)[0]


def test_following_begins_when_the_address_is_confirmed(client, idea):
    answer = _ask(client, idea)

    assert answer.url == reverse("ideas:subscribe-sent", args=[idea.code])
    assert notifications.followers(idea) == {}
    mail = OutgoingMail.objects.get(to=EMAIL)
    assert "{lenke}" in mail.body
    link = _link(mail)
    assert client.get(link).status_code == 200
    assert notifications.followers(idea) == {}  # opening the link is not saying yes

    client.post(link, {"confirm": "1"})

    subscription = Subscription.objects.get()
    assert subscription.is_confirmed
    assert subscription.delete_on == timezone.localdate() + dt.timedelta(days=730)
    assert list(notifications.followers(idea)) == [EMAIL]


def test_nothing_is_sent_to_an_address_that_is_not_confirmed(idea):
    actions.ask_to_follow(idea, email=EMAIL, at=NOW)
    OutgoingMail.objects.all().delete()

    notifications.tell_followers(idea, "Noe har skjedd.")

    assert not OutgoingMail.objects.exists()


def test_the_answer_is_the_same_for_an_address_that_follows_already(client, idea):
    SubscriptionFactory(idea=idea, email=EMAIL)

    known, unknown = _ask(client, idea), _ask(client, idea, "ny@innbygger.example")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert Subscription.objects.filter(email=EMAIL).count() == 1
    assert "følger ideen" in OutgoingMail.objects.get(to=EMAIL).body


def test_asking_with_other_capitals_is_the_same_address(idea):
    actions.ask_to_follow(idea, email=EMAIL, at=NOW)
    actions.ask_to_follow(idea, email=EMAIL.upper(), at=NOW)

    assert Subscription.objects.count() == 1


def test_nobody_can_fill_a_mailbox_by_asking(client, idea):
    for _ in range(8):
        _ask(client, idea)

    assert OutgoingMail.objects.filter(to=EMAIL).count() == 5


def test_every_mail_to_a_follower_has_the_link_that_ends_it(client, idea):
    SubscriptionFactory(idea=idea, email=EMAIL)
    notifications.tell_followers(idea, "Vi ser på det.")
    link = _link(OutgoingMail.objects.get(to=EMAIL))

    answer = client.post(link, {"stop": "1"})

    assert answer.url == idea.get_absolute_url()
    assert not Subscription.objects.exists()
    assert client.get(link).status_code == 404


def test_a_change_of_status_reaches_each_follower_once_and_not_the_sender_twice(cycle, team_member):
    idea = IdeaFactory(cycle=cycle, published_at=NOW)
    IdeaContact.objects.create(idea=idea, email=EMAIL, delete_on=dt.date(2030, 1, 1))
    SubscriptionFactory(idea=idea, email=EMAIL.upper())
    SubscriptionFactory(idea=idea, email="ola@innbygger.example")

    actions.change_status(
        idea, IdeaStatus.DECLINED, reason="Det finnes alt.", by=team_member, at=NOW
    )

    mails = {mail.to: mail.body for mail in OutgoingMail.objects.all()}
    assert sorted(mails) == [EMAIL, "ola@innbygger.example"]
    assert "Det finnes alt." in mails["ola@innbygger.example"]
    assert "Ideen din" not in mails["ola@innbygger.example"]


def test_followers_hear_nothing_of_what_is_held_back(cycle):
    idea = IdeaFactory(cycle=cycle)
    SubscriptionFactory(idea=idea)

    assert notifications.tell_followers(idea, "Noe har skjedd.") == []


def test_merging_tells_the_followers_of_both_once(cycle, team_member):
    source, target = (IdeaFactory(cycle=cycle, published_at=NOW) for _ in range(2))
    SubscriptionFactory(idea=source, email=EMAIL)
    SubscriptionFactory(idea=target, email=EMAIL)
    SubscriptionFactory(idea=source, email="ola@innbygger.example")

    actions.merge(source, target, reason="De likner.", by=team_member, at=NOW)
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == [
        EMAIL,
        "ola@innbygger.example",
    ]

    OutgoingMail.objects.all().delete()
    notifications.tell_followers(target, "Noe har skjedd.")
    assert OutgoingMail.objects.count() == 2


def test_forget_deletes_the_unconfirmed_after_a_week_and_the_others_after_two_years(idea):
    actions.ask_to_follow(idea, email=EMAIL, at=NOW)
    actions.ask_to_follow(idea, email="ola@innbygger.example", at=NOW)
    actions.confirm_following(Subscription.objects.get(email=EMAIL), at=NOW)

    assert actions.forget_followers(on=timezone.localdate(NOW) + dt.timedelta(days=6)) == 0
    assert actions.forget_followers(on=timezone.localdate(NOW) + dt.timedelta(days=7)) == 1
    assert actions.forget_followers(on=timezone.localdate(NOW) + dt.timedelta(days=729)) == 0
    assert actions.forget_followers(on=timezone.localdate(NOW) + dt.timedelta(days=730)) == 1


def test_an_idea_that_is_not_published_cannot_be_followed(client, cycle):
    assert _ask(client, IdeaFactory(cycle=cycle)).status_code == 404


def test_a_reply_reaches_those_who_follow(idea):
    SubscriptionFactory(idea=idea, email=EMAIL)

    actions.reply(
        idea,
        text="Vi ser på det i mai.",
        submission_key="22222222-2222-2222-2222-222222222222",
        by=UserFactory(),
    )

    assert "Vi ser på det i mai." in OutgoingMail.objects.get(to=EMAIL).body
