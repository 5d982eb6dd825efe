"""An idea's page and its Atom feeds: what everybody gets to know, and what they do not."""

import uuid
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from ideas import actions
from ideas.models import Addition, CommentStatus, IdeaStatus, StatusChange
from tests.factories.ideas import AttachmentFactory, CommentFactory, IdeaFactory, split_idea

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def idea(cycle):
    return IdeaFactory(cycle=cycle, published_at=timezone.now(), title="Svar på søknad")


def _page(client, idea) -> str:
    return client.get(idea.get_absolute_url()).content.decode()


def _feed(client, url) -> ElementTree.Element:
    answer = client.get(url)
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)


def test_an_official_reply_stands_among_the_steps(client, idea, team_member):
    actions.reply(idea, text="Vi ser i mai.", submission_key=uuid.uuid4(), by=team_member)

    page = _page(client, idea)

    assert "Offisielt svar fra kommunen" in page
    assert "Vi ser i mai." in page


def test_two_ideas_that_are_joined_lead_to_each_other(client, cycle, idea, team_member):
    source = IdeaFactory(cycle=cycle, published_at=timezone.now())
    hidden = IdeaFactory(cycle=cycle, title="Upublisert tittel")
    for each in (source, hidden):
        actions.merge(each, idea, reason="De likner.", by=team_member, at=timezone.now())

    target_page = _page(client, idea)

    assert source.title in target_page
    assert hidden.code in target_page
    assert "Upublisert tittel" not in target_page
    assert idea.title in _page(client, source)


def test_an_idea_that_is_parted_leads_to_its_parts(client, idea, team_member):
    split_idea(idea, by=team_member)

    page = _page(client, idea)

    assert all(part.code in page for part in idea.parts.all())


def test_the_sender_alone_sees_files_that_are_not_for_everybody(client, idea):
    AttachmentFactory(idea=idea, name="hemmelig.png")
    AttachmentFactory(idea=idea, name="kart-for-alle.png", is_public=True)

    page = _page(client, idea)

    assert "kart-for-alle.png" in page
    assert "hemmelig.png" not in page
    assert "hemmelig.png" in client.get(f"/ideer/folg/{idea.token}/").content.decode()


@pytest.mark.parametrize("count", [2, 15])
def test_the_page_asks_as_often_however_much_has_happened(
    client, idea, team_member, django_assert_max_num_queries, count
):
    for number in range(count):
        CommentFactory(idea=idea, status=CommentStatus.PUBLISHED)
        actions.reply(idea, text="Svar.", submission_key=uuid.uuid4(), by=team_member)
        Addition.objects.create(idea=idea, text=f"Mer {number}", at=idea.published_at)
        source = IdeaFactory(cycle=idea.cycle)
        actions.merge(source, idea, reason="Likt.", by=team_member, at=timezone.now())

    with django_assert_max_num_queries(30):
        client.get(idea.get_absolute_url())


def test_the_feed_of_an_idea_tells_the_steps_newest_first(client, idea):
    now = timezone.now()
    for status, reason in ((IdeaStatus.RECEIVED, ""), (IdeaStatus.DECLINED, "Finnes alt.")):
        StatusChange.objects.create(idea=idea, status=status, reason=reason, at=now)

    feed = _feed(client, f"/ideer/{idea.code}/strom.atom")

    assert feed.find("a:title", ATOM).text == "Svar på søknad"
    titles = [entry.find("a:title", ATOM).text for entry in feed.findall("a:entry", ATOM)]
    assert titles == ["Ikke aktuelt", "Mottatt"]
    assert "Finnes alt." in feed.find("a:entry/a:summary", ATOM).text
    ids = [entry.find("a:id", ATOM).text for entry in feed.findall("a:entry", ATOM)]
    assert len(set(ids)) == 2


def test_the_feed_of_all_has_published_ideas_only(client, idea, cycle):
    IdeaFactory(cycle=cycle, title="Upublisert")

    feed = _feed(client, "/ideer/strom.atom")

    titles = [entry.find("a:title", ATOM).text for entry in feed.findall("a:entry", ATOM)]
    assert titles == ["Svar på søknad"]


def test_what_xml_cannot_hold_does_not_break_a_feed(client, cycle):
    IdeaFactory(
        cycle=cycle, title="Lim\x0b inn", problem="<b>\x01Tull</b>", published_at=timezone.now()
    )

    feed = _feed(client, "/ideer/strom.atom")

    assert feed.find("a:entry/a:title", ATOM).text == "Lim inn"
    assert "&lt;b&gt;" in feed.find("a:entry/a:summary", ATOM).text


def test_an_idea_that_is_not_published_has_no_feed(client, cycle):
    idea = IdeaFactory(cycle=cycle)

    assert client.get(f"/ideer/{idea.code}/strom.atom").status_code == 404
