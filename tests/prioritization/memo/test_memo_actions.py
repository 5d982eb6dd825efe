import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from core import roles
from core.errors import ActionRefused
from core.models import Event, OutgoingMail
from prioritization import memo_actions as actions
from prioritization.models import (
    Entry,
    FileStatus,
    Memo,
    MemoFile,
    MemoItem,
    MemoStatus,
    RoundStatus,
    SectionKey,
)
from tests.factories.prioritization import RoundFactory


def choices(memo: Memo) -> list[tuple[str, bool]]:
    return [(str(item), item.is_recommended) for item in memo.items.in_order()]


def close_phase(memo: Memo, today: dt.date) -> None:
    yesterday = today - dt.timedelta(days=1)
    memo.round.cycle.phases.update(opens_on=yesterday, closes_on=yesterday)


def finalise(memo: Memo, by, today) -> MemoFile:
    return actions.finalise(memo, by=by, on=today, at=timezone.now())


def item(memo: Memo, title: str) -> MemoItem:
    return memo.items.in_order().get(entry__idea__title=title)


def test_compose_recommends_from_the_top_as_far_as_the_frame_goes(memo):
    assert choices(memo) == [
        ("Tilsyn på natt", True),
        ("Én vei inn", True),
        ("Varsel om brøyting", False),
        ("Ny arkivlov", True),
    ]


def test_compose_stops_at_the_first_that_does_not_fit(scored, team_member, today):
    memo = actions.compose(scored, by=team_member, on=today, budget_frame=Decimal(2_000_000))

    assert choices(memo)[:3] == [
        ("Tilsyn på natt", True),
        ("Én vei inn", False),
        ("Varsel om brøyting", False),
    ]


def test_compose_recommends_none_without_a_frame(scored, team_member, today):
    memo = actions.compose(scored, by=team_member, on=today)

    assert [chosen for _title, chosen in choices(memo)] == [False, False, False, True]


def test_compose_drafts_every_text(memo):
    texts = {section.key: section.text for section in memo.sections.all()}

    assert set(texts) == set(SectionKey.values)
    assert all(texts.values())


def test_compose_records_who_did_it(memo, team_member):
    assert Event.objects.about(memo).values_list("verb", "by").get() == (
        "memo drafted",
        team_member.pk,
    )


def test_compose_twice_gives_the_memo_that_is_there(memo, scored, team_member, today):
    again = actions.compose(scored, by=team_member, on=today, title="Et annet")

    assert again == memo
    assert Memo.objects.get().title != "Et annet"
    assert MemoItem.objects.count() == 4


def test_compose_refuses_without_ranked_ideas(cycle, team_member, today):
    with pytest.raises(ActionRefused, match="Ingen ideer har fått poeng"):
        actions.compose(RoundFactory(cycle=cycle), by=team_member, on=today)

    assert not Memo.objects.exists()


def test_compose_refuses_when_the_phase_is_closed(scored, team_member, today):
    with pytest.raises(ActionRefused, match="er stengt"):
        actions.compose(scored, by=team_member, on=today + dt.timedelta(days=99))

    assert not Memo.objects.exists()


def test_save_section_keeps_the_text_and_who_wrote_it(memo, team_member, today):
    section = memo.sections.get(key=SectionKey.SUMMARY)
    section.text = "Kort sagt."

    actions.save_section(section, by=team_member, on=today)

    section.refresh_from_db()
    assert (section.text, section.version, section.edited_by) == ("Kort sagt.", 1, team_member)


def test_restore_section_brings_back_the_drafted_text(memo, team_member, today):
    section = memo.sections.get(key=SectionKey.SUMMARY)
    section.text = "Kort sagt."
    actions.save_section(section, by=team_member, on=today)

    actions.restore_section(section, by=team_member, on=today)

    section.refresh_from_db()
    assert section.is_as_drafted


def test_recommend_drafts_anew_what_nobody_has_written(memo, team_member, today):
    own = memo.sections.get(key=SectionKey.SUMMARY)
    own.text = "Kort sagt."
    actions.save_section(own, by=team_member, on=today)

    actions.recommend(item(memo, "Én vei inn"), is_recommended=False, by=team_member, on=today)

    proposal = memo.sections.get(key=SectionKey.PROPOSAL)
    own.refresh_from_db()
    assert proposal.text.startswith("Ett prosjekt starter i januar")
    assert own.text == "Kort sagt."
    assert "ett prosjekt" in own.drafted


def test_recommend_takes_away_a_suggested_text_but_not_a_written_one(memo, team_member, today):
    suggested, written = item(memo, "Tilsyn på natt"), item(memo, "Én vei inn")
    written.text = "Vi venter på regionen."
    written.save()

    for one in (suggested, written):
        actions.recommend(one, is_recommended=False, by=team_member, on=today)

    assert item(memo, "Tilsyn på natt").text == ""
    assert item(memo, "Én vei inn").text == "Vi venter på regionen."


def test_recommend_within_frame_chooses_anew(memo, team_member, today):
    Memo.objects.update(budget_frame=1_500_000)

    actions.recommend_within_frame(memo, by=team_member, on=today)

    assert [chosen for _title, chosen in choices(memo)] == [True, False, False, True]


def test_recommend_within_frame_refuses_without_a_frame(memo, team_member, today):
    Memo.objects.update(budget_frame=None)

    with pytest.raises(ActionRefused, match="rammen"):
        actions.recommend_within_frame(memo, by=team_member, on=today)


def test_move_item_swaps_neighbours(memo, team_member, today):
    actions.move_item(item(memo, "Én vei inn"), to=0, by=team_member, on=today)

    assert [title for title, _chosen in choices(memo)][:2] == ["Én vei inn", "Tilsyn på natt"]


@pytest.mark.parametrize("title", ["Tilsyn på natt", "Ny arkivlov", "Varsel om brøyting"])
def test_move_item_stays_within_its_own_list(memo, team_member, today, title):
    before = choices(memo)

    actions.move_item(item(memo, title), to=-1, by=team_member, on=today)

    assert choices(memo) == before


def test_make_draft_file_freezes_everything(memo, team_member):
    file = actions.make_draft_file(memo, by=team_member)

    Entry.objects.update(score=1)
    memo.sections.update(text="Endret")

    file.refresh_from_db()
    assert (file.number, file.is_draft, file.status) == (1, True, FileStatus.QUEUED)
    assert [row["score"] for row in file.snapshot["items"]] == [
        "92.5000",
        "90.0000",
        "65.0000",
        None,
    ]
    assert "Endret" not in file.snapshot["sections"].values()


def test_make_draft_file_twice_is_one_job(memo, team_member):
    first = actions.make_draft_file(memo, by=team_member)
    second = actions.make_draft_file(memo, by=team_member)

    assert first == second
    assert MemoFile.objects.count() == 1


def test_finalise_freezes_the_memo_and_tells_the_management(complete, team_member, manager, today):
    file = finalise(complete, team_member, today)

    complete.refresh_from_db()
    assert (complete.status, complete.finalised_by) == (MemoStatus.FINAL, team_member)
    assert not file.is_draft
    mail = OutgoingMail.objects.get()
    assert mail.to == manager.email
    assert f"/prioritering/notat/{complete.pk}/les/" in mail.body


def test_finalise_does_not_write_to_those_who_cannot_log_in(complete, team_member, person, today):
    person(roles.MANAGEMENT, is_active=False)

    finalise(complete, team_member, today)

    assert not OutgoingMail.objects.exists()


def test_finalise_refuses_while_something_is_missing(memo, team_member, manager, today):
    with pytest.raises(ActionRefused, match="begrunnelse for én idé"):
        finalise(memo, team_member, today)

    memo.refresh_from_db()
    assert memo.status == MemoStatus.DRAFT
    assert not MemoFile.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_finalise_refuses_while_the_round_is_open(complete, team_member, today):
    complete.round.status = RoundStatus.OPEN
    complete.round.save()

    with pytest.raises(ActionRefused, match="lås runden"):
        finalise(complete, team_member, today)


def test_finalise_refuses_when_the_phase_is_closed(complete, team_member, today):
    close_phase(complete, today)

    with pytest.raises(ActionRefused, match="er stengt"):
        finalise(complete, team_member, today)

    assert Memo.objects.get().status == MemoStatus.DRAFT


def test_finalise_by_two_at_once_is_done_by_one(complete, team_member, manager, today):
    seen_by_the_other = Memo.objects.get(pk=complete.pk)
    finalise(complete, team_member, today)

    with pytest.raises(ActionRefused, match="gjort endelig"):
        finalise(seen_by_the_other, team_member, today)

    assert MemoFile.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_nothing_is_edited_after_the_memo_is_final(complete, team_member, today):
    section, chosen = complete.sections.get(key="summary"), item(complete, "Én vei inn")
    finalise(complete, team_member, today)
    before = complete.final_snapshot()

    for edit in (
        lambda: actions.save_details(complete, by=team_member, on=today),
        lambda: actions.save_section(section, by=team_member, on=today),
        lambda: actions.restore_section(section, by=team_member, on=today),
        lambda: actions.save_item(chosen, by=team_member, on=today),
        lambda: actions.recommend(chosen, is_recommended=False, by=team_member, on=today),
        lambda: actions.recommend_within_frame(complete, by=team_member, on=today),
        lambda: actions.move_item(chosen, to=0, by=team_member, on=today),
        lambda: actions.make_draft_file(complete, by=team_member),
    ):
        with pytest.raises(ActionRefused, match="gjort endelig"):
            edit()

    assert complete.final_snapshot() == before
    assert item(complete, "Én vei inn").is_recommended


def test_nothing_is_edited_when_the_phase_is_closed(memo, team_member, today):
    close_phase(memo, today)
    section = memo.sections.get(key="summary")
    section.text = "For sent"

    with pytest.raises(ActionRefused, match="er stengt"):
        actions.save_section(section, by=team_member, on=today)

    section.refresh_from_db()
    assert section.text != "For sent"


def test_a_draft_may_be_made_into_a_pdf_when_the_phase_is_closed(memo, team_member, today):
    close_phase(memo, today)

    assert actions.make_draft_file(memo, by=team_member).status == FileStatus.QUEUED


@pytest.fixture
def file(memo, team_member) -> MemoFile:
    return actions.make_draft_file(memo, by=team_member)


def waited(file: MemoFile, minutes: int, **fields) -> dt.datetime:
    """The moment `minutes` after the file was last touched."""
    MemoFile.objects.filter(pk=file.pk).update(**fields)
    return file.updated_at + dt.timedelta(minutes=minutes)


def test_requeue_stale_leaves_a_job_that_has_just_been_asked_for(file):
    assert actions.requeue_stale(at=waited(file, 0)) == 0


def test_requeue_stale_hands_out_again_what_no_worker_took(
    file, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        assert actions.requeue_stale(at=waited(file, 2)) == 1

    assert len(callbacks) == 1


def test_a_version_asked_for_while_the_broker_is_down_waits_until_it_is_handed_out(
    memo, team_member, broker_down, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        file = actions.make_draft_file(memo, by=team_member)

    file.refresh_from_db()
    assert (file.status, file.attempts) == (FileStatus.QUEUED, 0)
    assert actions.requeue_stale(at=waited(file, 2)) == 1


def test_requeue_stale_takes_back_what_a_worker_died_with(file):
    at = waited(file, 6, status=FileStatus.MAKING, started_at=file.updated_at, attempts=1)

    assert actions.requeue_stale(at=at) == 1

    file.refresh_from_db()
    assert file.status == FileStatus.QUEUED


def test_requeue_stale_leaves_a_worker_in_peace(file):
    at = waited(file, 4, status=FileStatus.MAKING, started_at=file.updated_at, attempts=1)

    assert actions.requeue_stale(at=at) == 0


def test_requeue_stale_gives_up_after_three_attempts(file):
    at = waited(file, 6, status=FileStatus.MAKING, started_at=file.updated_at, attempts=3)

    actions.requeue_stale(at=at)

    file.refresh_from_db()
    assert file.status == FileStatus.FAILED
    assert "tre forsøk" in file.error


def test_try_again_puts_a_failed_file_back_with_the_same_snapshot(file, team_member):
    waited(file, 0, status=FileStatus.FAILED, error="Noe gikk galt", attempts=3)
    file.refresh_from_db()
    snapshot = file.snapshot

    actions.try_again(file, by=team_member)

    file.refresh_from_db()
    assert (file.status, file.error, file.attempts) == (FileStatus.QUEUED, "", 0)
    assert file.snapshot == snapshot


def test_try_again_refuses_what_did_not_fail(file, team_member):
    with pytest.raises(ActionRefused):
        actions.try_again(file, by=team_member)


def test_the_job_is_not_lost_when_the_broker_is_down(
    memo, team_member, broker_down, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        file = actions.make_draft_file(memo, by=team_member)

    file.refresh_from_db()
    assert file.status == FileStatus.QUEUED
