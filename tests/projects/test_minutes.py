import datetime as dt
import hashlib

import page
import pytest
from django.db import IntegrityError
from django.utils import timezone

from core import roles
from core.made_files import FileStatus
from projects import actions, minutes, minutes_making
from projects.models import BoardMeetingStatus, ChangeRequestStatus, MinutesFile, Urgency
from tests.factories.board import AgendaItemFactory, BoardMeetingFactory, MinutesFileFactory
from tests.factories.projects import ChangeRequestFactory

pytestmark = pytest.mark.django_db

NASTY = "<b>Ikke fet</b> & «så» http://example.no <img src=x>"


def failures(content: bytes) -> list[str]:
    reports = [page.validate_pdf_bytes(content, profile=profile) for profile in ("2a", "ua1")]
    return [f"{finding.rule_id} {finding.message}" for one in reports for finding in one.failures]


@pytest.fixture
def closed(person):
    """One case decided with conditions by two of three, one not treated, one decided alone."""
    chair, second, third = (
        person(roles.ICT_BOARD, name=name) for name in ("Bo Berg", "Eli Nes", "Ola Vik")
    )
    meeting = BoardMeetingFactory(chair=chair, status=BoardMeetingStatus.OPEN, quorum=1)
    item = AgendaItemFactory(
        meeting=meeting, order=1, change_request__title="Ny lås", change_request__days=30
    )
    AgendaItemFactory(meeting=meeting, order=2, change_request__reason=NASTY)
    actions.note_attendance(meeting, [chair, second], by=chair)
    actions.recuse(item, member=second, reason="Leder prosjektet.", by=chair)
    actions.record_outcome(
        item,
        outcome=ChangeRequestStatus.CONDITIONAL,
        conditions="Test først.",
        reason=NASTY,
        collisions=[{"words": "Samme system i uke 47.", "projects": []}],
        by=chair,
        at=timezone.now(),
    )
    actions.decide_alone(
        ChangeRequestFactory(urgency=Urgency.NOW, title="Stoppe lekkasjen"),
        outcome=ChangeRequestStatus.APPROVED,
        reason="Det haster.",
        by=chair,
        at=timezone.now(),
    )
    return actions.close_meeting(meeting, notes="Takk.", by=chair, at=timezone.now())


def test_the_minutes_say_who_was_there_and_what_became_of_each_case(closed):
    said = closed.snapshot
    decided, untreated = said["cases"]

    assert (said["present"], said["absent"]) == (["Bo Berg", "Eli Nes"], ["Ola Vik"])
    assert (decided["outcome"], decided["present"]) == ("Godkjent med vilkår", 1)
    assert decided["conditions"] == "Test først."
    assert decided["recusals"] == ["Eli Nes: Leder prosjektet."]
    assert decided["collisions"] == ["Samme system i uke 47."]
    assert decided["follows"] == ["30 dager senere"]
    assert untreated["outcome"] == ""
    assert [row["title"] for row in said["told"]] == ["Stoppe lekkasjen"]


def test_the_minutes_are_pdf_a_2a_and_pdf_ua_1_and_stay_as_they_were(closed):
    minutes_making.make(closed)

    made = MinutesFile.objects.get()
    content = bytes(made.content)
    assert (made.status, made.error) == (FileStatus.READY, "")
    assert failures(content) == []
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    with pytest.raises(IntegrityError, match="is kept as it was"):
        MinutesFile.objects.update(content=b"noe annet")


def test_minutes_that_failed_are_made_of_the_same(closed, board_member):
    MinutesFile.objects.update(status=FileStatus.FAILED, error="Noe gikk galt.")
    failed = MinutesFile.objects.get()

    actions.try_minutes_again(failed, by=board_member)

    failed.refresh_from_db()
    assert (failed.status, failed.error) == (FileStatus.QUEUED, "")
    assert failed.snapshot == closed.snapshot


def test_what_no_worker_took_is_handed_out_again(closed):
    later = timezone.now() + dt.timedelta(minutes=2)

    assert actions.requeue_stale_minutes(at=later) == 1


def test_a_file_that_is_ready_is_not_handed_out_again():
    MinutesFileFactory()

    assert actions.requeue_stale_minutes(at=timezone.now() + dt.timedelta(days=1)) == 0


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, []),
        ({"days": -14}, ["14 dager tidligere"]),
        ({"days": 1}, ["1 dag senere"]),
        ({"cost": 140_000}, ["140\u202f000\u00a0kr mer"]),
        (
            {"cost": -5_000, "benefit_share": -3},
            ["5\u202f000\u00a0kr mindre", "3 prosentpoeng mindre gevinst"],
        ),
    ],
)
def test_what_approval_means_in_words(asked, words):
    assert minutes.follows(ChangeRequestFactory.build(**asked)) == words
