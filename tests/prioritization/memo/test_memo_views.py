import hashlib
import json
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from core import roles
from prioritization import memo_actions as actions
from prioritization import memo_making as making
from prioritization.models import FileStatus, Memo, MemoFile, MemoItem, MemoSection, RoundStatus


def url(name: str, *args) -> str:
    return reverse(f"prioritization:{name}", args=args)


@pytest.fixture
def as_team(client, team_member):
    client.force_login(team_member)
    return client


@pytest.fixture
def final(complete, team_member, today) -> Memo:
    actions.finalise(complete, by=team_member, on=today, at=timezone.now())
    return Memo.objects.get(pk=complete.pk)


def page(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_memo_create_shows_the_form_with_a_suggested_title(as_team, scored):
    html = page(as_team.get(reverse("memo-create", args=[scored.pk])))

    assert f"Digitaliseringsprosjekter for {scored.cycle.budget_year}" in html


def test_memo_create_makes_a_memo_and_goes_there(as_team, scored):
    data = {"title": "Prosjekter", "budget_frame": "3 700 000 kr", "case_number": "26/1847"}

    response = as_team.post(reverse("memo-create", args=[scored.pk]), data)

    memo = Memo.objects.get()
    assert response.url == url("memo", memo.pk)
    assert (memo.title, memo.budget_frame) == ("Prosjekter", Decimal(3_700_000))


def test_memo_create_keeps_what_was_typed_when_something_is_wrong(as_team, scored):
    data = {"title": "Prosjekter", "budget_frame": "mye"}

    html = page(as_team.post(reverse("memo-create", args=[scored.pk]), data))

    assert "Skriv et tall" in html
    assert 'value="mye"' in html
    assert not Memo.objects.exists()


def test_memo_create_says_when_the_phase_is_closed(as_team, scored):
    scored.cycle.phases.update(opens_on="2020-01-01", closes_on="2020-01-02")

    html = page(as_team.get(reverse("memo-create", args=[scored.pk])))

    assert "er stengt" in html
    assert "<form method" not in html.split("<main", 1)[1]


def test_memo_create_sends_on_to_the_memo_that_is_there(as_team, memo):
    response = as_team.get(reverse("memo-create", args=[memo.round_id]))

    assert response.url == url("memo", memo.pk)


@pytest.mark.parametrize("slug", ["opplysninger", "forslag", "metode", "liste", "ikke-anbefalt"])
def test_memo_part_shows_each_kind_of_part(as_team, memo, slug):
    html = page(as_team.get(url("memo-part", memo.pk, slug)))

    assert "Dette må på plass" in html
    assert 'aria-current="page"' in html


def test_memo_part_that_does_not_exist_is_404(as_team, memo):
    assert as_team.get(url("memo-part", memo.pk, "tull")).status_code == 404


def test_memo_part_saves_a_text(as_team, memo, team_member):
    data = {"text": "Kort sagt.", "version": 0}

    response = as_team.post(url("memo-part", memo.pk, "sammendrag"), data, follow=True)

    section = MemoSection.objects.get(memo=memo, key="summary")
    assert section.text == "Kort sagt."
    assert "«Sammendrag» er lagret." in page(response)


def test_memo_part_refuses_a_stale_text_and_shows_both(as_team, memo):
    as_team.post(url("memo-part", memo.pk, "sammendrag"), {"text": "Min", "version": 0})

    html = page(
        as_team.post(url("memo-part", memo.pk, "sammendrag"), {"text": "Din", "version": 0})
    )

    assert "Slik står det lagret nå" in html
    assert "Min" in html
    assert "Din" in html
    assert MemoSection.objects.get(memo=memo, key="summary").text == "Min"


def test_memo_part_sent_again_after_the_warning_replaces_the_text(as_team, memo):
    as_team.post(url("memo-part", memo.pk, "sammendrag"), {"text": "Min", "version": 0})

    as_team.post(url("memo-part", memo.pk, "sammendrag"), {"text": "Din", "version": 1})

    assert MemoSection.objects.get(memo=memo, key="summary").text == "Din"


def test_memo_details_change_the_frame_and_the_drafted_texts(as_team, memo):
    data = {"title": "Ny", "budget_frame": "6 000 000", "dated_on": "2026-09-15", "version": 0}

    as_team.post(url("memo-part", memo.pk, "opplysninger"), data)

    memo.refresh_from_db()
    assert (memo.title, memo.budget_frame) == ("Ny", Decimal(6_000_000))
    assert "6,0\u00a0millioner" in memo.sections.get(key="proposal").text


def test_memo_section_restore_brings_back_the_suggestion(as_team, memo):
    as_team.post(url("memo-part", memo.pk, "sammendrag"), {"text": "Min", "version": 0})

    as_team.post(url("memo-section-restore", memo.pk, "sammendrag"))

    assert MemoSection.objects.get(memo=memo, key="summary").is_as_drafted


def test_memo_item_saves_what_is_written_about_an_idea(as_team, memo):
    item = memo.items.first()
    data = {"text": "Nyttig", "benefit": "380 timer", "person_years": "0,5", "version": 0}

    response = as_team.post(url("memo-item", memo.pk, item.pk), data)

    item.refresh_from_db()
    assert response.url == url("memo-part", memo.pk, "anbefalt")
    assert (item.benefit, item.person_years) == ("380 timer", Decimal("0.5"))


def test_memo_item_of_another_memo_is_404(as_team, memo):
    assert as_team.get(url("memo-item", memo.pk + 1, memo.items.first().pk)).status_code == 404


def test_memo_item_recommend_asks_for_a_reason_when_it_goes_out(as_team, memo):
    item = memo.items.first()

    response = as_team.post(
        url("memo-item-recommend", memo.pk, item.pk), {"recommended": "0"}, follow=True
    )

    assert "Hvorfor vi ikke anbefaler det i år" in page(response)
    assert not MemoItem.objects.get(pk=item.pk).is_recommended


def test_memo_item_move_answers_htmx_with_the_list(as_team, memo):
    second = memo.items.in_order()[1]

    html = page(
        as_team.post(
            url("memo-item-move", memo.pk, second.pk),
            {"direction": "up"},
            headers={"HX-Request": "true"},
        )
    )

    assert html.strip().startswith('<div id="ideer">')
    assert html.index("Én vei inn") < html.index("Tilsyn på natt")


@pytest.mark.django_db(transaction=True)
def test_the_editor_opens_its_own_transactions(as_team, memo):
    item = memo.items.in_order()[1]
    htmx = {"HX-Request": "true"}

    moved = as_team.post(url("memo-item-move", memo.pk, item.pk), {"direction": "up"}, headers=htmx)
    chosen = as_team.post(url("memo-item-recommend", memo.pk, item.pk), {"recommended": "0"})
    text = as_team.post(url("memo-item", memo.pk, item.pk), {"text": "Nei", "version": "1"})
    part = as_team.post(url("memo-part", memo.pk, "sammendrag"), {"text": "Kort.", "version": "0"})
    made = as_team.post(url("memo-make", memo.pk))

    statuses = [each.status_code for each in (moved, chosen, text, part, made)]
    assert statuses == [200, 302, 302, 302, 302]


@pytest.mark.parametrize("sent", [{"direction": "down"}, {"place": "1"}])
def test_memo_part_move_keeps_the_order_at_once_and_tells_it(as_team, memo, sent):
    address = url("memo-part-move", memo.pk, "sammendrag")

    response = as_team.post(address, sent, headers={"HX-Request": "true"})

    assert (
        "Sammendrag er nå nummer 2 av 12."
        in json.loads(response["HX-Trigger-After-Settle"])["gk:moved"]["words"]
    )
    html = page(response)
    assert html.index("Bakgrunn og mål") < html.index("Sammendrag")
    assert Memo.objects.get(pk=memo.pk).part_order[:2] == ["bakgrunn", "sammendrag"]


def test_memo_part_move_goes_back_to_the_part_without_a_script(as_team, memo):
    response = as_team.post(
        url("memo-part-move", memo.pk, "bakgrunn"), {"direction": "up"}, follow=True
    )

    assert "Bakgrunn og mål er nå nummer 1 av 12." in page(response)


def test_the_proposal_cannot_be_moved(as_team, memo):
    assert as_team.post(url("memo-part-move", memo.pk, "forslag")).status_code == 404


def test_an_idea_that_is_moved_keeps_its_place_on_the_list(as_team, memo):
    second = memo.items.in_order()[1]

    html = page(
        as_team.post(
            url("memo-item-move", memo.pk, second.pk),
            {"place": "0"},
            headers={"HX-Request": "true"},
        )
    )

    places = re.findall(r"Plass</span>\s*(\d)", html)
    assert places == ["2", "1"]


def test_memo_recommend_within_frame_goes_back_to_the_list(as_team, memo):
    response = as_team.post(url("memo-recommend-within", memo.pk))

    assert response.url == url("memo-part", memo.pk, "anbefalt")


def test_memo_make_twice_is_one_file(as_team, memo):
    first = as_team.post(url("memo-make", memo.pk))
    second = as_team.post(url("memo-make", memo.pk))

    assert first.url == second.url == url("memo-file-status", memo.pk, MemoFile.objects.get().pk)


def test_memo_file_status_polls_until_the_file_is_ready(as_team, memo, team_member):
    file = actions.make_draft_file(memo, by=team_member)
    address = url("memo-file-status", memo.pk, file.pk)
    htmx = {"HX-Request": "true"}

    waiting = as_team.get(address, headers=htmx)
    making.make(file)
    ready = as_team.get(address, headers=htmx)

    assert waiting.status_code == 200
    assert 'hx-trigger="every 1s"' in waiting.content.decode()
    assert ready.status_code == 286
    assert "hx-trigger" not in ready.content.decode()
    assert "Last ned utkastet" in ready.content.decode()


def test_memo_file_that_failed_says_so_and_offers_to_try_again(as_team, memo, team_member):
    file = actions.make_draft_file(memo, by=team_member)
    MemoFile.objects.update(status=FileStatus.FAILED, error="Noe gikk galt hos oss.")

    html = page(as_team.get(url("memo-file-status", memo.pk, file.pk)))
    as_team.post(url("memo-file-retry", memo.pk, file.pk))

    assert "Noe gikk galt hos oss." in html
    assert "Prøv igjen" in html
    assert MemoFile.objects.get().status == FileStatus.QUEUED


def test_memo_download_gives_the_bytes_as_an_attachment(as_team, memo, team_member):
    file = actions.make_draft_file(memo, by=team_member)
    making.make(file)

    response = as_team.get(url("memo-download", memo.pk, file.pk))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert hashlib.sha256(response.content).hexdigest() == MemoFile.objects.get().sha256


def test_memo_download_of_a_file_that_is_not_ready_is_404(as_team, memo, team_member):
    file = actions.make_draft_file(memo, by=team_member)

    assert as_team.get(url("memo-download", memo.pk, file.pk)).status_code == 404


def test_memo_finalise_lists_what_is_missing(as_team, memo):
    html = page(as_team.get(url("memo-finalise", memo.pk)))

    assert "Skriv begrunnelse for én idé som ikke er anbefalt" in html
    assert "Skriv viktigste gevinst for tre prosjekter" in html


def test_memo_finalise_asks_first_and_then_does_it(as_team, complete):
    html = page(as_team.get(url("memo-finalise", complete.pk)))
    response = as_team.post(url("memo-finalise", complete.pk))

    assert "Ingen kan endre notatet etterpå." in html
    assert response.url == url("memo-read", complete.pk)
    assert Memo.objects.get().is_final


def test_memo_finalise_twice_is_409(as_team, complete):
    as_team.post(url("memo-finalise", complete.pk))

    response = as_team.post(url("memo-finalise", complete.pk))

    assert response.status_code == 409
    assert MemoFile.objects.count() == 1


def test_an_edit_after_the_memo_is_final_is_409_and_keeps_the_typed_text(as_team, final):
    data = {"text": "Dette rakk jeg ikke.", "version": 0}

    response = as_team.post(url("memo-part", final.pk, "sammendrag"), data)

    assert response.status_code == 409
    assert "Dette rakk jeg ikke." in response.content.decode()


def test_memo_read_shows_the_final_memo_as_it_was(as_team, final):
    final.round.entries.update(score=1)
    final.sections.update(text="Endret etterpå")
    final.round.entries.first().idea.__class__.objects.update(title="Nytt navn")

    html = page(as_team.get(url("memo-read", final.pk)))

    assert "Endret etterpå" not in html
    assert "Nytt navn" not in html
    assert "92,5" in html
    assert reverse("decisions:list", args=[final.pk]) in html


def test_the_editor_of_a_final_memo_sends_on_to_reading(as_team, final):
    response = as_team.get(url("memo-part", final.pk, "sammendrag"))

    assert response.url == url("memo-read", final.pk)


DRAFT_READERS = {roles.DIGITALISATION_TEAM, roles.MANAGEMENT, roles.ICT_BOARD}
FINAL_READERS = DRAFT_READERS | {roles.SECTOR_LEADER, roles.PROJECT_OWNER}


@pytest.mark.parametrize("role", roles.ALL)
def test_a_draft_is_read_by_those_it_is_for(client, memo, person, role):
    client.force_login(person(role))

    status = client.get(url("memo-read", memo.pk)).status_code

    assert status == (200 if role in DRAFT_READERS else 403)


@pytest.mark.parametrize("role", roles.ALL)
def test_a_final_memo_has_more_readers(client, final, person, role):
    client.force_login(person(role))

    status = client.get(url("memo-read", final.pk)).status_code

    assert status == (200 if role in FINAL_READERS else 403)


@pytest.mark.parametrize("role", [role for role in roles.ALL if role != roles.DIGITALISATION_TEAM])
def test_only_the_team_writes(client, memo, person, role):
    client.force_login(person(role))
    item = memo.items.first()

    for address in (
        url("memo-part", memo.pk, "sammendrag"),
        url("memo-section-restore", memo.pk, "sammendrag"),
        url("memo-item", memo.pk, item.pk),
        url("memo-item-recommend", memo.pk, item.pk),
        url("memo-item-move", memo.pk, item.pk),
        url("memo-recommend-within", memo.pk),
        url("memo-finalise", memo.pk),
        url("memo-make", memo.pk),
        reverse("memo-create", args=[memo.round_id]),
    ):
        assert client.post(address).status_code == 403


def test_those_who_only_read_are_sent_to_the_text(client, memo, manager):
    client.force_login(manager)

    assert client.get(url("memo", memo.pk)).url == url("memo-read", memo.pk)


def test_the_editor_says_when_the_phase_is_closed_and_shows_no_form(as_team, memo):
    memo.round.cycle.phases.update(opens_on="2020-01-01", closes_on="2020-01-02")

    html = page(as_team.get(url("memo-part", memo.pk, "sammendrag")))

    assert "er stengt" in html
    assert "<textarea" not in html


def test_the_editor_asks_for_the_round_to_be_locked(as_team, memo):
    memo.round.status = RoundStatus.OPEN
    memo.round.save()

    html = page(as_team.get(url("memo-part", memo.pk, "liste")))

    assert "Lås runden, så tallene i notatet ligger fast" in html


@pytest.mark.parametrize("name", ["memo-part", "memo-read"])
def test_pages_ask_as_many_questions_for_few_as_for_many(
    as_team, memo, django_assert_num_queries, name
):
    args = [memo.pk, "liste"] if name == "memo-part" else [memo.pk]
    count = {"memo-part": 34, "memo-read": 28}[name]
    with django_assert_num_queries(count):
        page(as_team.get(url(name, *args)))
    memo.items.exclude(pk=memo.items.first().pk).delete()
    with django_assert_num_queries(count):
        page(as_team.get(url(name, *args)))
