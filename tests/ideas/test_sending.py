"""Sending an idea: what is warned of, what comes along, and that nothing is lost."""

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core import virus
from core.models import AddressCount, Event
from ideas import actions
from ideas.models import Attachment, Idea, StagedAttachment, VirusCheck
from tests.core.sent_things import from_a_phone, pdf, picture
from tests.factories.ideas import AttachmentFactory, IdeaFactory
from tests.ideas.test_personal_data import numbered

CREATE = "/ideer/ny/"
SHOW = "ideas:attachment-show"


def answers(**changes):
    return {
        "submission_key": str(uuid.uuid4()),
        "problem": "Vi hører ingenting etter at vi har søkt.",
        "who_has_it": "Foreldre",
        "submitter": "citizen",
        **changes,
    }


def upload(content=None, name="bilde.jpg"):
    return SimpleUploadedFile(name, from_a_phone() if content is None else content)


# Personal data


@pytest.mark.parametrize(
    ("field", "text", "warning"),
    [
        ("problem", "Ring Kari, 999 99 999, hun vet det.", "et telefonnummer"),
        ("who_has_it", "kari@b.example", "en e-postadresse"),
        ("solution", "Spør +47 61 18 95 00 først.", "et telefonnummer"),
    ],
)
def test_a_phone_number_or_an_address_is_warned_of_once(client, cycle, field, text, warning):
    sent = answers(**{field: text})

    page = client.post(CREATE, sent)

    assert f"Det ser ut som du har skrevet {warning}." in page.content.decode()
    assert "Send likevel" in page.content.decode()
    assert page.context["form"][field].value() == text
    assert not Idea.objects.exists()

    client.post(CREATE, {**sent, "personal": "keep"})

    assert getattr(Idea.objects.get(), field) == text


def test_what_looks_personal_can_be_taken_out_with_a_button(client, cycle):
    sent = answers(problem="Ring Kari, 999 99 999, hun vet det.", personal="remove")

    page = client.post(CREATE, sent)

    assert page.context["form"]["problem"].value() == "Ring Kari, hun vet det."
    assert not page.context["form"].errors
    assert not Idea.objects.exists()


@pytest.mark.parametrize("personal", ["", "keep"])
def test_a_national_identity_number_is_never_stored(client, cycle, personal):
    number = next(
        number
        for individual in range(900, 999)
        if (number := numbered(dt.date(1990, 1, 1), individual, to_month=80))
    )
    sent = answers(problem=f"Nummeret er {number[:6]} {number[6:]}.", personal=personal)

    page = client.post(CREATE, sent).content.decode()

    assert "et fødselsnummer" in page
    assert "Send likevel" not in page
    assert not Idea.objects.exists()
    assert not Event.objects.exists()


# Files


def test_files_come_along_cleaned(client, cycle):
    client.post(CREATE, answers(files=[upload(name="kø.jpeg"), upload(pdf(), "skjema.pdf")]))

    files = Idea.objects.get().attachments.all()

    assert [(file.name, file.kind) for file in files] == [
        ("kø.jpg", "image/jpeg"),
        ("skjema.pdf", "application/pdf"),
    ]
    assert not any(b"60.79" in bytes(file.content) for file in files)
    assert not any(file.is_public for file in files)
    assert not StagedAttachment.objects.exists()


def test_files_are_kept_while_something_else_is_wrong(client, cycle):
    sent = answers(who_has_it="", files=[upload(name="kart.jpg")])

    page = client.post(CREATE, sent).content.decode()

    assert "kart.jpg" in page
    assert "Fjern kart.jpg" in page
    del sent["files"]
    client.post(CREATE, {**sent, "who_has_it": "Alle"})
    assert [file.name for file in Idea.objects.get().attachments.all()] == ["kart.jpg"]


def test_one_bad_file_loses_no_good_one(client, cycle):
    sent = answers(files=[upload(), upload(b"GIF89a", "film.gif")])

    page = client.post(CREATE, sent).content.decode()

    assert "«film.gif»: Vi tar imot bilder" in page
    assert StagedAttachment.objects.get().name == "bilde.jpg"
    assert not Idea.objects.exists()


def test_a_file_can_be_taken_away_again(client, cycle):
    sent = answers(who_has_it="", files=[upload()])
    client.post(CREATE, sent)
    staged = StagedAttachment.objects.get()
    del sent["files"]

    page = client.post(CREATE, {**sent, "remove_file": staged.pk})

    assert not page.context["form"].errors
    assert page.context["form"]["problem"].value() == sent["problem"]
    assert not StagedAttachment.objects.exists()


def test_nobody_takes_away_the_files_of_another(client, cycle):
    client.post(CREATE, answers(who_has_it="", files=[upload()]))

    client.post(CREATE, answers(remove_file=StagedAttachment.objects.get().pk))

    assert StagedAttachment.objects.count() == 1


def test_the_same_file_twice_is_one(client, cycle):
    sent = answers(who_has_it="", files=[upload(), upload(name="kopi.jpg")])

    client.post(CREATE, sent)

    assert StagedAttachment.objects.count() == 1


def different(number):
    return upload(picture(size=(20 + number, 20)), f"{number}.jpg")


def test_five_files_and_no_more(client, cycle):
    sent = answers(files=[different(number) for number in range(6)])

    page = client.post(CREATE, sent).content.decode()

    assert "Du kan legge ved fem filer." in page
    assert StagedAttachment.objects.count() == 5


def test_forget_staged_after_a_day(client, cycle):
    client.post(CREATE, answers(who_has_it="", files=[upload()]))
    now = timezone.now()

    assert actions.forget_staged(at=now) == 0
    assert actions.forget_staged(at=now + dt.timedelta(days=1)) == 1


# The virus scanner


@pytest.fixture
def scanner(settings, monkeypatch):
    """Says what it is told to say. How it is asked: tests/core/test_virus.py."""
    settings.CLAMAV_URL = "tcp://clamav:3310"

    def says(verdict):
        monkeypatch.setattr(virus, "scan", lambda content: verdict)

    return says


def test_a_file_with_a_virus_is_refused(client, cycle, scanner):
    scanner(virus.Verdict.INFECTED)

    page = client.post(CREATE, answers(files=[upload()])).content.decode()

    assert "Virussjekken stoppet fila." in page
    assert not StagedAttachment.objects.exists()


def test_a_file_waits_while_the_scanner_is_down(client, cycle, scanner, team_member):
    scanner(virus.Verdict.UNKNOWN)
    client.post(CREATE, answers(files=[upload()]))
    file = Attachment.objects.get()
    client.force_login(team_member)

    assert client.get(reverse("ideas:attachment", args=[file.pk])).status_code == 404
    actions.check_waiting_files()
    assert Attachment.objects.get().virus_check == VirusCheck.WAITING

    scanner(virus.Verdict.CLEAN)
    actions.check_waiting_files()

    assert client.get(reverse("ideas:attachment", args=[file.pk])).status_code == 200


def test_a_virus_that_is_found_later_leaves_only_the_name(cycle, scanner):
    file = AttachmentFactory(idea__cycle=cycle, virus_check=VirusCheck.WAITING)
    scanner(virus.Verdict.INFECTED)

    actions.check_waiting_files()

    file.refresh_from_db()
    assert (file.virus_check, bytes(file.content)) == (VirusCheck.INFECTED, b"")


# Downloading


@pytest.fixture
def file(cycle):
    return AttachmentFactory(idea__cycle=cycle, name="kø «her».png")


def test_a_file_is_downloaded_and_never_shown(client, file):
    url = reverse("ideas:attachment-by-token", args=[file.idea.token, file.pk])

    response = client.get(url)

    assert response.content == b"\x89PNG"
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_token_of_another_idea_opens_nothing(client, file, cycle):
    other = IdeaFactory(cycle=cycle)

    url = reverse("ideas:attachment-by-token", args=[other.token, file.pk])

    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("is_public", "published", "status"),
    [(False, True, 404), (True, False, 404), (True, True, 200)],
)
def test_everybody_gets_what_the_team_has_said_of_what_is_published(
    client, file, is_public, published, status
):
    file.is_public = is_public
    file.save()
    file.idea.published_at = timezone.now() if published else None
    file.idea.save()

    assert client.get(reverse("ideas:attachment", args=[file.pk])).status_code == status


def test_the_team_shows_a_file_to_all_and_takes_it_back(client, file, team_member):
    client.force_login(team_member)
    url = reverse(SHOW, args=[file.pk])

    back = client.post(url, {"to_all": "1", "next": "/ideer/innboks/"})
    file.refresh_from_db()
    assert (back.url, file.is_public) == ("/ideer/innboks/", True)

    back = client.post(url, {"to_all": "0", "next": "https://ut.example"})
    file.refresh_from_db()
    assert (back.url, file.is_public) == (reverse("ideas:handle", args=[file.idea.code]), False)
    verbs = list(Event.objects.about(file).values_list("verb", flat=True).order_by("pk"))
    assert verbs == ["attachment shown", "attachment hidden"]


# Robots, reloads and closed doors


def test_a_sending_is_counted_with_a_hash_of_the_address(client, cycle):
    client.post(CREATE, answers(), REMOTE_ADDR="198.51.100.7")

    counted = AddressCount.objects.get()
    assert (counted.purpose, counted.count) == ("idea", 1)
    assert "198" not in counted.address


def test_a_robot_in_the_trap_sends_nothing(client, cycle):
    page = client.post(CREATE, answers(website="https://kjøp.example")).content.decode()

    assert "Vi hører ingenting etter at vi har søkt." in page
    assert not Idea.objects.exists()


def test_when_the_rate_rises_the_browser_gets_a_challenge_and_the_text_is_kept(
    client, cycle, settings
):
    settings.ABUSE_PROOF_AFTER = 1
    client.post(CREATE, answers())

    page = client.post(CREATE, answers(problem="En helt annen idé")).content.decode()

    assert "En helt annen idé" in page
    assert "data-challenge=" in page
    assert "prøv igjen om en time, eller ring kommunen" in page.lower()
    assert Idea.objects.count() == 1


def test_a_form_sent_again_leads_to_the_receipt_whatever_has_happened_since(
    client, cycle, settings
):
    sent = answers()
    first = client.post(CREATE, sent)
    settings.ABUSE_PROOF_AFTER = 1

    again = client.post(CREATE, {**sent, "problem": ""})

    assert again.url == first.url
    assert Idea.objects.count() == 1


def test_what_was_typed_is_kept_when_the_door_has_closed(client, cycle, today):
    cycle.phases.filter(kind="ideation").update(
        opens_on=today - dt.timedelta(days=9), closes_on=today - dt.timedelta(days=1)
    )

    page = client.post(CREATE, answers(who_has_it=""))

    assert page.status_code == 409
    assert "Vi hører ingenting etter at vi har søkt." in page.content.decode()


def test_the_form_costs_no_more_queries_with_five_files(
    client, cycle, django_assert_max_num_queries
):
    sent = answers(who_has_it="", files=[different(number) for number in range(5)])
    client.post(CREATE, sent)
    del sent["files"]

    with django_assert_max_num_queries(10):
        client.post(CREATE, sent)
