"""What was decided is written down: a draft that can be changed until it is published."""

import datetime as dt

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import ActionRefused
from core.made_files import FileStatus
from core.models import Event
from ideas.models import IdeaStatus
from municipality.models import Phase
from prioritization import actions, decided, protocol, protocol_making
from prioritization.models import Decision, DecisionMeeting, MemoStatus, Outcome, ProtocolFile
from tests.factories.decisions import DecisionFactory, DecisionMeetingFactory, MemoFileFactory
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import SectorFactory
from tests.factories.prioritization import (
    EntryFactory,
    MemoFactory,
    MemoItemFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def final(cycle, team_member):
    return MemoFactory(
        round=RoundFactory(cycle=cycle),
        status=MemoStatus.FINAL,
        case_number="26/1847",
        finalised_at=timezone.now(),
        finalised_by=team_member,
    )


@pytest.fixture
def meeting(final, today):
    return DecisionMeetingFactory(memo=final, held_on=today)


@pytest.fixture
def item_of(final):
    def make(title="Digital nøkkel", *, is_recommended=True):
        idea = IdeaFactory(
            cycle=final.round.cycle,
            title=title,
            status=IdeaStatus.FORWARDED,
            sector=SectorFactory(),
        )
        entry = EntryFactory(round=final.round, idea=idea)
        return MemoItemFactory(memo=final, entry=entry, is_recommended=is_recommended)

    return make


def draft(item, **changed):
    fields = {"outcome": Outcome.REJECTED, "reason": "For dyrt.", **changed}
    return Decision(item=item, **fields)


def test_the_management_group_is_suggested_as_deciders(final, manager, team_member, today):
    prepared = DecisionMeeting.prepared_for(final, on=today)

    assert (prepared.held_on, prepared.names) == (today, ["Rita Dahl"])


def test_a_meeting_is_kept_with_who_wrote_it(final, team_member, today):
    prepared = DecisionMeeting(memo=final, held_on=today, deciders="Randi Foss\n\n Stein ")

    actions.save_meeting(prepared, by=team_member, on=today)

    stored = DecisionMeeting.objects.get()
    assert stored.names == ["Randi Foss", "Stein"]
    assert (stored.version, stored.edited_by) == (1, team_member)
    assert Event.objects.get().verb == "decision meeting recorded"


def test_a_published_meeting_stands(meeting, team_member, today):
    DecisionMeeting.objects.update(published_at=timezone.now(), published_by=team_member)

    with pytest.raises(ActionRefused, match="slik det er i protokollen"):
        actions.save_meeting(meeting, by=team_member, on=today)


def test_a_draft_is_kept_and_can_be_changed(item_of, meeting, team_member, manager, today):
    decision = draft(item_of())
    actions.record_decision(decision, by=team_member, on=today)
    decision.outcome, decision.reason = Outcome.RETURNED, "Trenger tall."

    actions.record_decision(decision, by=manager, on=today)

    stored = Decision.objects.get()
    assert (stored.outcome, stored.reason, stored.meeting) == (
        Outcome.RETURNED,
        "Trenger tall.",
        meeting,
    )
    assert (stored.version, stored.recorded_by, stored.published_at) == (2, manager, None)
    assert stored.item.entry.idea.status == IdeaStatus.FORWARDED


def test_no_decision_without_a_meeting(item_of, team_member, today):
    with pytest.raises(ActionRefused, match="når møtet var"):
        actions.record_decision(draft(item_of()), by=team_member, on=today)


def test_a_draft_memo_has_nothing_to_decide(item_of, meeting, final, team_member, today):
    type(final).objects.update(status=MemoStatus.DRAFT)

    with pytest.raises(ActionRefused, match="ikke endelig"):
        actions.record_decision(draft(item_of()), by=team_member, on=today)


def test_a_closed_phase_is_refused(item_of, meeting, team_member, today):
    Phase.objects.update(
        opens_on=today - dt.timedelta(days=9), closes_on=today - dt.timedelta(days=1)
    )

    with pytest.raises(ActionRefused, match="stengt"):
        actions.record_decision(draft(item_of()), by=team_member, on=today)

    assert not Decision.objects.exists()


def test_what_is_published_is_not_changed_in_silence(item_of, meeting, team_member, today):
    decision = DecisionFactory(item=item_of(), meeting=meeting, published_at=timezone.now())

    with pytest.raises(ActionRefused, match="rettes, med en grunn"):
        actions.record_decision(decision, by=team_member, on=today)


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"outcome": "approved", "owner": None}, "approved_has_an_owner"),
        ({"outcome": "postponed"}, "postponed_has_a_date"),
        ({"reason": ""}, "has_a_reason"),
        ({"public_reason": "", "published_at": timezone.now()}, "published_has_a_public_reason"),
        ({"outcome": "maybe"}, "outcome_is_known"),
    ],
)
def test_the_database_refuses_half_a_decision(item_of, meeting, changed, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        DecisionFactory(**{"item": item_of(), "meeting": meeting, "outcome": "rejected", **changed})


@pytest.mark.parametrize(
    ("is_recommended", "outcome", "differs"),
    [
        (True, Outcome.APPROVED, False),
        (True, Outcome.POSTPONED, True),
        (True, Outcome.REJECTED, True),
        (False, Outcome.APPROVED, True),
        (False, Outcome.RETURNED, False),
    ],
)
def test_a_decision_differs_when_it_is_not_what_was_recommended(
    item_of, meeting, today, is_recommended, outcome, differs
):
    DecisionFactory(
        item=item_of(is_recommended=is_recommended),
        meeting=meeting,
        outcome=outcome,
        postponed_until=today if outcome == Outcome.POSTPONED else None,
    )

    assert Decision.objects.get().differs is differs
    assert decided.following(meeting.memo) == decided.Following(1, int(differs))


@pytest.mark.parametrize(
    ("following", "sentence"),
    [
        (decided.Following(0, 0), ""),
        (decided.Following(1, 0), "Ledergruppa fulgte anbefalingen for ideen."),
        (decided.Following(12, 0), "Ledergruppa fulgte anbefalingen for alle tolv."),
        (decided.Following(12, 2), "Ledergruppa fulgte anbefalingen for 10 av 12."),
    ],
)
def test_how_far_the_memo_was_followed_is_said_in_a_sentence(following, sentence):
    assert following.sentence("Ledergruppa") == sentence


# The protocol


@pytest.fixture
def held(meeting, item_of, today, team_member):
    """A meeting with an approval, and a rejection of what was recommended."""
    MemoFileFactory(memo=meeting.memo)
    approved = DecisionFactory(
        item=item_of("Digital nøkkel"), meeting=meeting, conditions="Ferdig i 2028."
    )
    approved.owner.name = "Ingrid Haugen"
    approved.owner.save()
    DecisionFactory(
        item=item_of("Bålpanne på torget"),
        meeting=meeting,
        outcome=Outcome.REJECTED,
        reason="Ingen vil drifte den.",
    )
    return meeting


def test_the_protocol_holds_all_that_was_decided_and_on_what(held):
    shown = protocol.snapshot(held, version=3)

    assert (shown["version"], shown["memo"]["sha256"]) == (3, "a" * 64)
    assert shown["meeting"]["deciders"] == ["Randi Foss", "Stein Haugland"]
    assert shown["following"].endswith("fulgte anbefalingen for 1 av 2.")
    approved, rejected = shown["decisions"]
    assert (approved["words"], approved["conditions"]) == ("Godkjent", "Ferdig i 2028.")
    assert (approved["owner"], approved["difference"]) == ("Ingrid Haugen", "")
    assert rejected["difference"] == "Notatet anbefalte ideen. Vedtaket ble: avvist."


@pytest.mark.parametrize("count", [1, 3])
def test_a_protocol_of_three_asks_as_often_as_of_one(
    meeting, item_of, count, django_assert_num_queries
):
    for _number in range(count):
        DecisionFactory(item=item_of(), meeting=meeting)

    with django_assert_num_queries(5):
        protocol.snapshot(meeting, version=1)


def test_the_protocol_is_a_pdf_for_the_archive_and_for_everyone(held, team_member, tmp_path):
    file = actions.ask_for_protocol(held, by=team_member)

    protocol_making.make(file)

    file.refresh_from_db()
    assert file.status == FileStatus.READY
    path = tmp_path / "protokoll.pdf"
    path.write_bytes(bytes(file.content))
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert pdf.docinfo["/Title"] == "Protokoll: Digitaliseringsprosjekter"


def test_a_protocol_that_is_ready_is_kept_as_it_was(held, team_member):
    file = actions.ask_for_protocol(held, by=team_member)
    ProtocolFile.objects.update(status=FileStatus.READY, content=b"%PDF", sha256="c" * 64)

    with pytest.raises(IntegrityError, match="is kept as it was"), transaction.atomic():
        ProtocolFile.objects.filter(pk=file.pk).delete()


def test_each_protocol_is_a_version_with_what_stood_then(held, team_member):
    first = actions.ask_for_protocol(held, by=team_member)
    Decision.objects.filter(outcome=Outcome.REJECTED).update(reason="Finnes allerede.")

    second = actions.ask_for_protocol(held, by=team_member)

    assert [first.number, second.number] == [1, 2]
    reasons = [file.snapshot["decisions"][1]["reason"] for file in (first, second)]
    assert reasons == ["Ingen vil drifte den.", "Finnes allerede."]


def test_a_protocol_no_worker_took_is_handed_out_again(held, team_member):
    file = actions.ask_for_protocol(held, by=team_member)
    later = timezone.now() + dt.timedelta(minutes=5)

    assert actions.requeue_stale_protocols(at=later) == 1
    file.refresh_from_db()
    assert file.status == FileStatus.QUEUED
