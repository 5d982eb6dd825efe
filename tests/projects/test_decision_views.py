"""The pages where decisions are written, made public, put right, and read as a protocol."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from core.made_files import FileStatus
from core.models import OutgoingMail
from ideas.models import IdeaContact
from municipality.models import Phase
from prioritization.models import Decision, DecisionMeeting, Memo, MemoStatus, Outcome
from projects import actions
from projects.models import Project
from tests.factories.decisions import DecisionFactory, ProtocolFileFactory

pytestmark = pytest.mark.django_db

LIST_QUERIES = 13
PUBLISH_QUERIES = 22


def url(name, memo, *args):
    return reverse(f"decisions:{name}", args=[memo.pk, *args])


def page_of(response):
    return response.content.decode()


def approval(project_owner, **changed):
    form = {
        "version": "0",
        "outcome": "approved",
        "owner": project_owner.pk,
        "reason": "Stor gevinst.",
        "conditions": "",
        "public_reason": "Mange slipper å vente.",
    }
    return form | changed


@pytest.fixture
def as_team(client, team_member):
    client.force_login(team_member)
    return client


@pytest.fixture
def told(item, meeting, memo, team_member, owner):
    """A published rejection of what was recommended."""
    decision = DecisionFactory(item=item, meeting=meeting, outcome=Outcome.REJECTED)
    actions.publish_decisions(memo, by=team_member, at=timezone.now())
    decision.refresh_from_db()
    return decision


# The list and the meeting


@pytest.mark.parametrize("count", [1, 3])
def test_the_decisions_ask_as_often_for_three_as_for_one(
    as_team, item_of, memo, meeting, count, django_assert_num_queries
):
    for number in range(count):
        DecisionFactory(item=item_of(title=f"Idé {number}"), meeting=meeting)

    with django_assert_num_queries(LIST_QUERIES):
        as_team.get(url("list", memo))


def test_the_meeting_is_asked_for_first(as_team, item, memo):
    page = page_of(as_team.get(url("list", memo)))

    assert "Skriv inn møtet" in page
    assert "Før vedtak om" not in page


def test_the_meeting_is_kept_and_the_decisions_come_next(as_team, item, memo, manager, today):
    assert "Rita Dahl" in page_of(as_team.get(url("meeting", memo)))

    form = {"version": "0", "held_on": today.isoformat(), "deciders": "Rita Dahl", "note": ""}
    page = page_of(as_team.post(url("meeting", memo), form, follow=True))

    assert DecisionMeeting.objects.get().names == ["Rita Dahl"]
    assert "Før vedtak om Digital nøkkel" in page


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"held_on": ""}, "Skriv datoen for møtet."),
        ({"held_on": "2999-01-01"}, "Datoen kan ikke være fram i tid."),
        ({"deciders": ""}, "Skriv hvem som vedtok."),
    ],
)
def test_what_the_meeting_lacks_is_said_beside_the_field(as_team, memo, today, changed, error):
    form = {"version": "0", "held_on": today.isoformat(), "deciders": "Rita", "note": ""}

    response = as_team.post(url("meeting", memo), form | changed)

    assert response.status_code == 200
    assert error in page_of(response)
    assert not DecisionMeeting.objects.exists()


def test_a_meeting_changed_by_somebody_else_is_shown_beside_mine(as_team, meeting, memo, manager):
    meeting.mark_edited(manager)
    meeting.deciders = "Stein Haugland"
    meeting.save()

    form = {"version": "0", "held_on": meeting.held_on, "deciders": "Rita Dahl", "note": ""}
    page = page_of(as_team.post(url("meeting", memo), form))

    assert "Rita Dahl endret dette" in page
    assert "Stein Haugland" in page


# One decision


def test_a_decision_is_recorded_as_a_draft_and_the_next_idea_comes(
    as_team, item_of, meeting, memo, owner, team_member
):
    first, second = item_of(title="En"), item_of(title="To")

    response = as_team.post(url("record", memo, first.pk), approval(owner))

    decision = Decision.objects.get()
    assert response.url == url("record", memo, second.pk)
    assert (decision.recorded_by, decision.owner, decision.published_at) == (
        team_member,
        owner,
        None,
    )
    assert not Project.objects.exists()


def test_after_the_last_one_the_list_says_what_is_next(as_team, item, meeting, memo, owner):
    page = page_of(as_team.post(url("record", memo, item.pk), approval(owner), follow=True))

    assert "Alle ideene har fått vedtak. Kunngjør dem." in page
    assert "1 av 1 ført" in page
    assert "fulgte anbefalingen for ideen" in page


def test_a_decision_against_the_recommendation_is_marked(as_team, item_of, meeting, memo, owner):
    item = item_of(is_recommended=False)

    page = page_of(as_team.post(url("record", memo, item.pk), approval(owner), follow=True))

    assert "Avviker fra anbefalingen" in page
    assert "Notatet anbefalte ikke ideen. Den ble likevel godkjent." in page


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"outcome": ""}, "Velg hva som ble vedtatt."),
        ({"owner": ""}, "Velg hvem som eier prosjektet."),
        ({"outcome": "postponed"}, "Velg hvilken dag ideen er utsatt til."),
        (
            {"outcome": "postponed", "postponed_until": "2020-01-01"},
            "Velg en dag etter møtet.",
        ),
        ({"reason": ""}, "Skriv hvorfor. Det står i protokollen."),
    ],
)
def test_what_is_missing_is_said_beside_the_field(
    as_team, item, meeting, memo, owner, changed, error
):
    response = as_team.post(url("record", memo, item.pk), approval(owner, **changed))

    assert response.status_code == 200
    assert error in page_of(response)
    assert "Stor gevinst." in page_of(response) or changed.get("reason") == ""
    assert Decision.objects.count() == 0


def test_an_outcome_keeps_only_what_belongs_to_it(as_team, item, meeting, memo, owner):
    form = approval(owner, outcome="rejected", postponed_until="2999-01-01")

    as_team.post(url("record", memo, item.pk), form)

    decision = Decision.objects.get()
    assert (decision.outcome, decision.owner, decision.postponed_until) == ("rejected", None, None)


def test_the_second_of_two_who_record_reads_what_the_first_wrote(
    as_team, item, meeting, memo, owner, manager
):
    other = DecisionFactory(item=item, meeting=meeting, outcome=Outcome.REJECTED)
    other.mark_edited(manager)
    other.save()

    page = page_of(as_team.post(url("record", memo, item.pk), approval(owner)))

    assert "Rita Dahl endret dette" in page
    other.refresh_from_db()
    assert other.outcome == Outcome.REJECTED


def test_a_published_decision_is_shown_without_a_form(as_team, told, memo):
    page = page_of(as_team.get(url("record", memo, told.item_id)))

    assert "Vedtaket er kunngjort" in page
    assert "Lagre vedtaket" not in page


def test_what_is_sent_after_publishing_is_refused_with_what_was_written(as_team, told, memo, owner):
    response = as_team.post(
        url("record", memo, told.item_id), approval(owner, version=str(told.version))
    )

    assert response.status_code == 409
    assert "Stor gevinst." in page_of(response)


def test_a_draft_memo_has_no_decisions_yet(as_team, item, memo):
    Memo.objects.update(status=MemoStatus.DRAFT)

    assert "når notatet er endelig" in page_of(as_team.get(url("list", memo)))
    assert "Lagre vedtaket" not in page_of(as_team.get(url("record", memo, item.pk)))
    assert "Lagre møtet" not in page_of(as_team.get(url("meeting", memo)))


def test_a_closed_phase_says_so_and_refuses(as_team, item, meeting, memo, owner, today):
    Phase.objects.update(
        opens_on=today + dt.timedelta(days=5), closes_on=today + dt.timedelta(days=9)
    )

    page = page_of(as_team.get(url("record", memo, item.pk)))
    response = as_team.post(url("record", memo, item.pk), approval(owner))

    assert "er ikke åpnet ennå. Den åpner" in page
    assert "Lagre vedtaket" not in page
    assert "er ikke åpnet ennå" in page_of(as_team.get(url("list", memo)))
    assert response.status_code == 409


def test_an_item_of_another_memo_is_not_found(as_team, item, memo):
    address = reverse("decisions:record", args=[item.memo_id + 1, item.pk])

    assert as_team.get(address).status_code == 404


# Who reads what


def test_drafts_are_for_those_who_write_them(client, item, meeting, memo, owner):
    DecisionFactory(item=item, meeting=meeting, public_reason="Hemmelig ennå.")
    client.force_login(owner)

    page = page_of(client.get(url("list", memo)))

    assert "Vedtakene er ikke kunngjort ennå." in page
    assert "Venter på vedtak" in page
    assert "Hemmelig ennå." not in page
    assert client.get(url("record", memo, item.pk)).status_code == 403


def test_what_is_published_is_for_all_who_read_the_memo(client, told, memo, owner):
    client.force_login(owner)

    page = page_of(client.get(url("list", memo)))

    assert "fulgte anbefalingen for 0 av 1" in page
    assert "Notatet anbefalte ideen. Vedtaket ble: avvist." in page
    assert "Randi Foss" in page


# Publishing


def test_what_lacks_is_listed_with_where_to_do_it(as_team, item_of, meeting, memo):
    item = item_of(title="En")
    DecisionFactory(item=item_of(title="To"), meeting=meeting, public_reason="")

    page = page_of(as_team.get(url("publish", memo)))

    assert "Du mangler to ting" in page
    assert "Skriv begrunnelsen for «To» i én setning." in page
    assert url("record", memo, item.pk) in page


def test_the_question_shows_what_will_be_told(as_team, item, meeting, memo, owner, today):
    IdeaContact.objects.create(idea=item.entry.idea, email="a@b.example", delete_on=today)
    DecisionFactory(item=item, meeting=meeting, owner=owner)

    page = page_of(as_team.get(url("publish", memo)))

    assert "Skal vedtakene kunngjøres?" in page
    assert "1 av 1 ideer har en innsender" in " ".join(page.split())
    assert "Ingrid Haugen" in page
    assert "Grunnen er: Mange slipper å vente." in page
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_question_asks_as_often_for_three_as_for_one(
    as_team, item_of, meeting, memo, count, django_assert_num_queries
):
    for number in range(count):
        DecisionFactory(item=item_of(title=f"Idé {number}"), meeting=meeting)

    with django_assert_num_queries(PUBLISH_QUERIES):
        as_team.get(url("publish", memo))


def test_publishing_leads_to_the_list_with_its_protocol(as_team, item, meeting, memo, owner):
    DecisionFactory(item=item, meeting=meeting, owner=owner)

    page = page_of(as_team.post(url("publish", memo), follow=True))

    assert "Vedtakene er kunngjort." in page
    assert "Versjon 1" in page
    assert Project.objects.get().owner == owner


def test_a_button_pressed_twice_tells_once(as_team, item, meeting, memo, owner):
    DecisionFactory(item=item, meeting=meeting, owner=owner)
    as_team.post(url("publish", memo))

    response = as_team.post(url("publish", memo))

    assert response.status_code == 409
    assert "De er fortalt én gang." in page_of(response)
    assert Project.objects.count() == 1


# Corrections


def correction(decision, **changed):
    form = {
        "version": str(decision.version),
        "outcome": decision.outcome,
        "reason": decision.reason,
        "conditions": "",
        "public_reason": "Finnes hos fylket.",
        "correction": "Grunnen var feil.",
    }
    return form | changed


def test_a_decision_is_corrected(as_team, told, memo):
    page = page_of(as_team.post(url("correct", memo, told.item_id), correction(told), follow=True))

    told.refresh_from_db()
    assert told.public_reason == "Finnes hos fylket."
    assert "Versjon 2" in page


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"correction": ""}, "Skriv hva som var feil."),
        ({"public_reason": ""}, "Skriv én setning."),
        ({"public_reason": "Mange slipper å vente."}, "Du har ikke endret noe i vedtaket."),
    ],
)
def test_a_correction_says_what_and_why(as_team, told, memo, changed, error):
    response = as_team.post(url("correct", memo, told.item_id), correction(told, **changed))

    assert response.status_code == 200
    assert error in page_of(response)
    assert memo.meeting.files.count() == 1


def test_a_draft_has_nothing_to_correct(as_team, item, meeting, memo):
    DecisionFactory(item=item, meeting=meeting)

    assert as_team.get(url("correct", memo, item.pk)).status_code == 404


def test_the_approval_of_a_running_project_is_refused_with_what_to_do(
    as_team, item, meeting, memo, owner, team_member
):
    decision = DecisionFactory(item=item, meeting=meeting, owner=owner)
    actions.publish_decisions(memo, by=team_member, at=timezone.now())
    decision.refresh_from_db()
    address = url("correct", memo, item.pk)

    response = as_team.post(address, correction(decision, outcome="rejected"))

    assert "Prosjekteier" not in page_of(as_team.get(address)).split("<form")[-1].split("</form")[0]
    assert response.status_code == 409
    assert "endringsanmodning" in page_of(response)


# The protocol


def test_the_protocol_is_followed_until_it_is_ready_and_downloaded(as_team, meeting, memo):
    file = ProtocolFileFactory(meeting=meeting, status=FileStatus.QUEUED)
    htmx = {"HX-Request": "true"}

    waiting = as_team.get(url("protocol", memo, file.pk), headers=htmx)
    missing = as_team.get(url("protocol-download", memo, file.pk))
    type(file).objects.update(status=FileStatus.READY)
    ready = as_team.get(url("protocol", memo, file.pk), headers=htmx)
    downloaded = as_team.get(url("protocol-download", memo, file.pk))

    assert 'hx-trigger="every 1s"' in page_of(waiting)
    assert missing.status_code == 404
    assert ready.status_code == 286
    assert downloaded.content == b"%PDF-1.7"
    assert "protokoll-digitaliseringsprosjekter-1.pdf" in downloaded["Content-Disposition"]


def test_a_protocol_that_failed_is_tried_again(as_team, meeting, memo):
    file = ProtocolFileFactory(meeting=meeting, status=FileStatus.FAILED, error="Det gikk galt.")

    page = page_of(as_team.get(url("protocol", memo, file.pk)))
    as_team.post(url("protocol-retry", memo, file.pk))

    file.refresh_from_db()
    assert "Det gikk galt." in page
    assert "Prøv igjen" in page
    assert file.status == FileStatus.QUEUED
