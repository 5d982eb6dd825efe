import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from core import roles
from ideas import waiting
from ideas.models import Comment, CommentStatus, IdeaStatus
from tests.factories.ideas import CommentFactory, IdeaFactory

TEXT = "Det samme skjer hos oss."


@pytest.fixture
def idea(cycle):
    return IdeaFactory(cycle=cycle, published_at=timezone.now())


def _comment(client, idea, text=TEXT, **more):
    data = {"text": text, "submitter": "citizen", "submission_key": str(uuid.uuid4()), **more}
    return client.post(reverse("ideas:comment", args=[idea.code]), data, follow=True)


def _page(client, idea) -> str:
    return client.get(idea.get_absolute_url()).content.decode()


def test_a_comment_is_seen_by_its_writer_and_nobody_else_until_it_is_read(client, idea):
    receipt = _comment(client, idea).content.decode()

    assert TEXT in receipt
    assert "Vi leser kommentaren din" in receipt
    assert TEXT not in _page(client, idea)


def test_a_published_comment_stands_on_the_page_with_who_and_no_name(client, idea, team_member):
    _comment(client, idea)
    client.force_login(team_member)

    queue = client.get(reverse("ideas:comments")).content.decode()
    client.post(reverse("ideas:comment-publish", args=[Comment.objects.get().pk]))

    assert TEXT in queue
    client.logout()
    page = _page(client, idea)
    assert TEXT in page
    assert "Innbygger" in page


def test_a_refused_comment_is_not_shown_and_its_writer_reads_why(client, idea, team_member):
    receipt = _comment(client, idea).redirect_chain[-1][0]
    client.force_login(team_member)

    url = reverse("ideas:comment-refuse", args=[Comment.objects.get().pk])
    assert "Skriv hvorfor" in client.post(url, {"reason": ""}).content.decode()
    client.post(url, {"reason": "Den handler om noe annet."})

    assert TEXT not in _page(client, idea)
    assert "Den handler om noe annet." in client.get(receipt).content.decode()


def test_the_same_form_sent_twice_is_one_comment(client, idea):
    key = str(uuid.uuid4())

    _comment(client, idea, submission_key=key)
    _comment(client, idea, submission_key=key)

    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": ""}, "Skriv en kommentar."),
        ({"submitter": ""}, "Velg hvem du er."),
        ({"text": "Ring 915 35 555."}, "telefonnummer"),
        ({"website": "x"}, "skal stå tomt"),
    ],
)
def test_a_comment_with_a_fault_is_not_kept_and_says_what_is_wrong(client, idea, changes, message):
    assert message in _comment(client, idea, **changes).content.decode()
    assert not Comment.objects.exists()


def test_personal_data_is_not_published_unless_somebody_says_so(client, idea, team_member):
    comment = CommentFactory(idea=idea, text="Ring meg på 915 35 555.")
    client.force_login(team_member)
    url = reverse("ideas:comment-publish", args=[comment.pk])

    assert client.post(url).status_code == 409
    client.post(url, {"personal": "remove"})
    comment.refresh_from_db()
    assert "915" not in comment.text
    assert comment.status == CommentStatus.WAITING
    client.post(url)
    comment.refresh_from_db()
    assert comment.status == CommentStatus.PUBLISHED


def test_a_national_identity_number_is_never_published(client, idea, team_member):
    comment = CommentFactory(idea=idea, text="Jeg er 13097248022.")
    client.force_login(team_member)

    url = reverse("ideas:comment-publish", args=[comment.pk])

    assert client.post(url, {"personal": "keep"}).status_code == 409


def test_a_comment_that_is_read_cannot_be_handled_again(client, idea, team_member):
    comment = CommentFactory(idea=idea, status=CommentStatus.PUBLISHED)
    client.force_login(team_member)

    url = reverse("ideas:comment-refuse", args=[comment.pk])

    assert client.post(url, {"reason": "Nei."}).status_code == 409


@pytest.mark.parametrize("status", [IdeaStatus.DECLINED, IdeaStatus.MERGED, IdeaStatus.WITHDRAWN])
def test_an_idea_that_is_over_takes_no_more_comments(client, cycle, status):
    idea = IdeaFactory(cycle=cycle, published_at=timezone.now(), status=status)
    CommentFactory(idea=idea, status=CommentStatus.PUBLISHED)

    assert "tar ikke imot flere kommentarer" in _page(client, idea)
    assert _comment(client, idea).status_code == 409


def test_the_team_is_told_that_comments_wait(idea, team_member, person, today):
    CommentFactory(idea=idea)

    titles = [task.title for task in waiting.waiting_for(team_member, on=today)]
    others = waiting.waiting_for(person(roles.MANAGEMENT), on=today)

    assert "Les 1 kommentar til en idé" in titles
    assert not list(others)


@pytest.mark.parametrize("count", [3, 20])
def test_the_queue_asks_as_often_however_many_wait(
    client, idea, team_member, django_assert_max_num_queries, count
):
    for _ in range(count):
        CommentFactory(idea=IdeaFactory(cycle=idea.cycle))
    client.force_login(team_member)

    with django_assert_max_num_queries(8):
        client.get(reverse("ideas:comments"))
