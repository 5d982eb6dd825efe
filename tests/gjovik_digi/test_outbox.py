import pytest
from django.urls import reverse
from django.utils import timezone

from core.mail_kinds import LINK_MARK, MailKind
from core.models import MailTemplate, OutgoingMail
from gjovik_digi import mail_kinds
from gjovik_digi.outbox_waiting import waiting_for
from ideas.mail_kinds import FRAME, RECEIVED
from municipality.mail_kinds import ACCOUNT


@pytest.fixture
def team(client, team_member):
    client.force_login(team_member)
    return client


def make(**fields) -> OutgoingMail:
    values = {"to": "ola@b.example", "subject": "Svar om ideen", "body": "Takk.", **fields}
    return OutgoingMail.objects.create(**values)


def make_held(**fields) -> OutgoingMail:
    return make(held_at=timezone.now(), **fields)


def test_every_kind_has_a_key_of_its_own():
    assert len(mail_kinds.BY_KEY) == len(mail_kinds.KINDS)


@pytest.mark.parametrize("kind", [kind for kind in mail_kinds.KINDS if kind.has_template])
def test_the_original_texts_keep_our_own_rules(kind: MailKind):
    for text in (str(kind.subject), str(kind.body)):
        assert kind.unknown_names(text) == []
    assert kind.missing_names(str(kind.body)) == []
    assert len(kind.key) <= MailTemplate._meta.get_field("kind").max_length


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_asks_the_same_however_long(team, django_assert_num_queries, size):
    for _n in range(size):
        make_held()

    with django_assert_num_queries(8):
        page = team.get(reverse("outbox:list"))

    assert len(page.context["rows"]) == size


@pytest.mark.parametrize(
    ("tab", "subject"),
    [
        ("holdt", "Holdt"),
        ("venter", "Venter"),
        ("mislyktes", "Mislyktes"),
        ("sendt", "Sendt"),
        ("forkastet", "Forkastet"),
    ],
)
def test_each_tab_shows_its_own(team, team_member, tab, subject):
    make_held(subject="Holdt")
    make(subject="Venter")
    make(subject="Mislyktes", attempts=OutgoingMail.MAX_ATTEMPTS, last_error="full")
    make(subject="Sendt", sent_at=timezone.now())
    make(subject="Forkastet", discarded_at=timezone.now(), discarded_because="Dobbelt.")

    rows = team.get(reverse("outbox:list") + f"?mappe={tab}").context["rows"]

    assert [row.mail.subject for row in rows] == [subject]


def test_the_list_is_narrowed_down_by_receiver_and_kind(team):
    make_held(to="kari@b.example", kind=RECEIVED.key)
    make_held(to="kari@b.example")
    make_held(kind=RECEIVED.key)

    rows = team.get(reverse("outbox:list") + f"?q=KARI&kind={RECEIVED.key}").context["rows"]

    assert [(row.mail.to, row.kind) for row in rows] == [("kari@b.example", RECEIVED)]


def test_ticked_mails_are_sent_and_the_others_stay(team):
    ticked, other = make_held(), make_held()

    team.post(reverse("outbox:release-many") + "?mappe=holdt", {"mail": [ticked.pk]})

    assert list(OutgoingMail.objects.held()) == [other]


def test_all_that_the_list_shows_are_sent(team):
    make_held(to="kari@b.example")
    other = make_held()

    team.post(reverse("outbox:release-many") + "?mappe=holdt&q=kari", {"all": "1"})

    assert list(OutgoingMail.objects.held()) == [other]


def test_sent_mails_cannot_be_sent_in_bulk(team):
    make(sent_at=timezone.now())

    assert (
        team.post(reverse("outbox:release-many") + "?mappe=sendt", {"all": "1"}).status_code == 403
    )


def test_the_mail_is_shown_without_its_receivers_link(team):
    mail = make(body=f"Følg her: {LINK_MARK}", link="https://kommune.example/hemmelig")

    page = team.get(reverse("outbox:mail", args=[mail.pk])).content.decode()

    assert "hemmelig" not in page
    assert "lenka til mottakerens egen side" in page


def test_the_text_about_an_account_is_not_shown_nor_edited(team):
    mail = make(kind=ACCOUNT.key, body="Lenke: https://kommune.example/nytt-passord")

    page = team.get(reverse("outbox:mail", args=[mail.pk])).content.decode()

    assert "nytt-passord" not in page
    assert team.get(reverse("outbox:edit", args=[mail.pk])).status_code == 403


def test_an_edit_is_kept_with_who_did_it(team, team_member):
    mail = make_held()

    team.post(
        reverse("outbox:edit", args=[mail.pk]),
        {"subject": "Nytt\nemne", "body": "Ny tekst.", "version": 0},
    )

    mail.refresh_from_db()
    assert (mail.subject, mail.body, mail.edited_by) == ("Nytt emne", "Ny tekst.", team_member)


def test_the_second_of_two_edits_is_told(team, team_member):
    mail = make_held()
    mail.mark_edited(team_member)
    mail.save()

    page = team.post(
        reverse("outbox:edit", args=[mail.pk]), {"subject": "Min", "body": "Min.", "version": 0}
    ).content.decode()

    mail.refresh_from_db()
    assert "Velg hvilken tekst som skal gjelde" in page
    assert mail.subject == "Svar om ideen"


def test_an_edit_may_not_lose_the_receivers_link(team):
    mail = make_held(body=f"Her: {LINK_MARK}", link="https://kommune.example/1")

    page = team.post(
        reverse("outbox:edit", args=[mail.pk]), {"subject": "A", "body": "Uten.", "version": 0}
    ).content.decode()

    assert "{lenke} mangler" in page


def test_a_sent_mail_cannot_be_edited(team):
    mail = make(sent_at=timezone.now())

    assert team.get(reverse("outbox:edit", args=[mail.pk])).status_code == 409


def test_throwing_away_asks_why(team):
    mail = make_held()

    page = team.post(reverse("outbox:discard", args=[mail.pk]), {"reason": ""}).content.decode()

    assert "Skriv hvorfor e-posten ikke skal sendes" in page
    assert OutgoingMail.objects.held().exists()


def test_a_template_is_tried_before_it_is_kept(team):
    url = reverse("outbox:template", args=[RECEIVED.key])
    typed = {"subject": "Takk ({kode})", "body": "Vi har fått {kode}.", "version": 0}

    page = team.post(url, typed).content.decode()

    assert "Vi har fått G26-062." in page
    assert not MailTemplate.objects.filter(body__contains="Vi har").exists()

    team.post(url, {**typed, "save": "1"})

    assert MailTemplate.objects.get(kind=RECEIVED.key).body == "Vi har fått {kode}."


@pytest.mark.parametrize(
    ("kind", "body", "message"),
    [
        (RECEIVED, "Hei {navn}.", "Vi kjenner ikke {navn}"),
        (FRAME, "Hei. {beskjed}", "Teksten mangler {lenke}"),
        (RECEIVED, "", "Skriv hva det skal stå"),
    ],
)
def test_a_template_that_would_not_work_is_refused(team, kind, body, message):
    url = reverse("outbox:template", args=[kind.key])

    page = team.post(url, {"subject": "Emne", "body": body, "version": 0, "save": "1"})

    assert message in page.content.decode()
    assert not MailTemplate.objects.exclude(body="").exists()


def test_the_original_text_is_restored(team, team_member):
    MailTemplate.objects.create(kind=RECEIVED.key, subject="Egen", body="Egen {kode}.")

    page = team.post(reverse("outbox:restore", args=[RECEIVED.key]), follow=True).content.decode()

    assert "Takk. Ideen er mottatt." in page
    assert "tok tilbake den opprinnelige teksten" in page


def test_a_kind_is_chosen_to_be_read_first(team):
    url = reverse("outbox:read-first", args=[RECEIVED.key])

    team.post(url, {"read_first": "ja"})
    assert MailTemplate.objects.get(kind=RECEIVED.key).read_first

    team.post(url, {"read_first": "nei"})
    assert not MailTemplate.objects.get(kind=RECEIVED.key).read_first
    assert team.post(reverse("outbox:read-first", args=[ACCOUNT.key])).status_code == 404


def test_what_is_held_and_what_failed_waits_for_the_team(team_member, sector_leader, today):
    make_held()
    make(attempts=OutgoingMail.MAX_ATTEMPTS)
    make()

    titles = [task.title for task in waiting_for(team_member, on=today)]

    assert titles == ["Se over 1 e-post før den går", "1 e-post ble ikke sendt"]
    assert waiting_for(sector_leader, on=today) == []
