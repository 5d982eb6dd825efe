from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from core.errors import ActionRefused
from core.models import Event
from prioritization import actions
from prioritization.models import (
    Ballot,
    BallotAnswer,
    ConsensusMeeting,
    FinalAnswer,
    MeetingStatus,
    Memo,
    MemoStatus,
    Participation,
    Recusal,
    RoundStatus,
    Score,
)
from tests.factories.ideas import IdeaFactory
from tests.factories.prioritization import CriteriaSetFactory, EntryFactory, MemoFactory
from tests.prioritization.consensus.conftest import HIGH, LOW, MEDIUM

WHY = "Planen nevner det ikke."


def make_final(scored, by):
    MemoFactory(round=scored, status=MemoStatus.FINAL, finalised_at=timezone.now(), finalised_by=by)


# The meeting


def test_a_meeting_begins_when_the_points_are_locked(locked, team_member):
    meeting = actions.start_meeting(locked, by=team_member)

    assert meeting.is_open
    assert meeting.led_by == team_member


def test_a_meeting_begins_in_an_open_round_when_all_have_delivered(locked, team_member):
    locked.status = RoundStatus.OPEN
    locked.save()
    Participation.objects.update(delivered_at=timezone.now())

    assert actions.start_meeting(locked, by=team_member).is_open


def test_nobody_meets_while_somebody_could_be_swayed(locked, scorer, team_member):
    locked.status = RoundStatus.OPEN
    locked.save()
    locked.participations.filter(user=scorer).update(delivered_at=timezone.now())

    with pytest.raises(ActionRefused, match="Per Lunde har ikke levert"):
        actions.start_meeting(locked, by=team_member)


def test_two_who_start_at_once_come_to_the_same_meeting(locked, team_member, manager):
    first = actions.start_meeting(locked, by=team_member)

    assert actions.start_meeting(locked, by=manager) == first
    assert Event.objects.about(locked).filter(verb="consensus started").count() == 1


def test_a_final_memo_lets_nobody_agree_on_anything_else(meeting, disputed, strategy, team_member):
    make_final(meeting.round, team_member)

    with pytest.raises(ActionRefused, match="Notatet er endelig"):
        actions.agree(disputed, strategy, level=LOW, reason=WHY, by=team_member)
    with pytest.raises(ActionRefused, match="Notatet er endelig"):
        actions.open_ballot(meeting, disputed, strategy, by=team_member)
    assert Memo.objects.get().is_final
    assert not FinalAnswer.objects.exists()


def test_an_ended_meeting_is_over(meeting, disputed, strategy, team_member):
    actions.end_meeting(meeting, by=team_member)

    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.ENDED
    assert meeting.ended_at is not None
    with pytest.raises(ActionRefused, match="Møtet er avsluttet"):
        actions.open_ballot(meeting, disputed, strategy, by=team_member)
    with pytest.raises(ActionRefused, match="Start et konsensusmøte"):
        actions.agree(disputed, strategy, level=LOW, reason=WHY, by=team_member)


def test_a_meeting_does_not_end_with_a_question_waiting(meeting, ballot, team_member):
    with pytest.raises(ActionRefused, match="venter på svar"):
        actions.end_meeting(meeting, by=team_member)


def test_what_the_law_demands_is_not_agreed_on(meeting, strategy, team_member):
    idea = IdeaFactory(cycle=meeting.round.cycle, is_statutory=True)
    entry = EntryFactory(round=meeting.round, idea=idea)

    with pytest.raises(ActionRefused, match="får ikke poeng"):
        actions.open_ballot(meeting, entry, strategy, by=team_member)


def test_a_question_of_other_criteria_is_not_asked(meeting, disputed, team_member):
    other = CriteriaSetFactory().ordered_questions()[0]

    with pytest.raises(ActionRefused, match="hører ikke til"):
        actions.agree(disputed, other, level=LOW, reason=WHY, by=team_member)


# Answering anew


def test_the_same_question_asked_twice_at_once_is_one_ballot(
    meeting, ballot, disputed, strategy, team_member
):
    assert actions.open_ballot(meeting, disputed, strategy, by=team_member) == ballot


def test_one_question_at_a_time(meeting, ballot, disputed, questions, team_member):
    with pytest.raises(ActionRefused, match="Et annet spørsmål venter"):
        actions.open_ballot(meeting, disputed, questions["eier"], by=team_member)
    with pytest.raises(ActionRefused, match="venter på svar"):
        actions.show_on_screen(meeting, disputed, by=team_member)


def test_an_answer_can_be_changed_until_it_is_shown(locked, ballot, scorer):
    actions.answer_ballot(locked, ballot_id=ballot.pk, level=LOW, by=scorer)
    actions.answer_ballot(locked, ballot_id=ballot.pk, level=HIGH, by=scorer)

    assert ballot.answers.get().level == HIGH


def test_too_late_is_told_with_what_was_chosen(locked, ballot, scorer, other_scorer, team_member):
    actions.answer_ballot(locked, ballot_id=ballot.pk, level=LOW, by=scorer)
    actions.reveal(locked, ballot_id=ballot.pk, by=team_member)

    with pytest.raises(ActionRefused, match="Svaret ditt, Høy, kom ikke med"):
        actions.answer_ballot(locked, ballot_id=ballot.pk, level=HIGH, by=other_scorer)
    assert ballot.answers.count() == 1


def test_only_scorers_who_are_not_disqualified_answer(locked, ballot, scorer, stranger):
    Recusal.objects.create(entry=ballot.entry, person=scorer, reason="Søsteren min.")

    with pytest.raises(ActionRefused, match="inhabil"):
        actions.answer_ballot(locked, ballot_id=ballot.pk, level=LOW, by=scorer)
    with pytest.raises(ActionRefused, match="ikke blant dem"):
        actions.answer_ballot(locked, ballot_id=ballot.pk, level=LOW, by=stranger)
    assert not BallotAnswer.objects.exists()


def test_the_event_log_tells_nothing_of_what_was_answered(locked, ballot, scorer):
    before = Event.objects.count()

    actions.answer_ballot(locked, ballot_id=ballot.pk, level=LOW, by=scorer)

    assert Event.objects.count() == before


def test_shown_twice_is_shown_once(locked, ballot, disputed, scorer, team_member, manager):
    actions.answer_ballot(locked, ballot_id=ballot.pk, level=LOW, by=scorer)
    actions.reveal(locked, ballot_id=ballot.pk, by=team_member)
    shown_at = Ballot.objects.get().revealed_at

    actions.reveal(locked, ballot_id=ballot.pk, by=manager)

    assert Ballot.objects.get().revealed_at == shown_at
    assert Event.objects.about(disputed).filter(verb="ballot revealed").count() == 1


def test_there_is_nothing_to_show_before_somebody_has_answered(locked, ballot, team_member):
    with pytest.raises(ActionRefused, match="Ingen har svart ennå"):
        actions.reveal(locked, ballot_id=ballot.pk, by=team_member)


def test_a_cancelled_question_is_gone_and_the_late_answer_told(locked, ballot, scorer, team_member):
    actions.answer_ballot(locked, ballot_id=ballot.pk, level=LOW, by=scorer)
    actions.cancel_ballot(locked, ballot_id=ballot.pk, by=team_member)

    assert not Ballot.objects.exists()
    with pytest.raises(ActionRefused, match="avbrutt. Svaret ditt, Lav"):
        actions.answer_ballot(locked, ballot_id=ballot.pk, level=LOW, by=scorer)
    with pytest.raises(ActionRefused, match="avbrutt"):
        actions.reveal(locked, ballot_id=ballot.pk, by=team_member)


def test_what_is_shown_cannot_be_cancelled(locked, ballot, scorer, team_member):
    actions.answer_ballot(locked, ballot_id=ballot.pk, level=LOW, by=scorer)
    actions.reveal(locked, ballot_id=ballot.pk, by=team_member)

    with pytest.raises(ActionRefused, match="alt vist"):
        actions.cancel_ballot(locked, ballot_id=ballot.pk, by=team_member)


# What is agreed


def test_the_agreed_answer_counts_instead_of_the_mean(meeting, disputed, strategy, team_member):
    assert disputed.score == Decimal(50)

    actions.agree(disputed, strategy, level=HIGH, reason=WHY, by=team_member)

    disputed.refresh_from_db()
    assert disputed.score == Decimal(70)
    assert Score.objects.filter(question=strategy).count() == 2  # the individual ones are kept


def test_a_changed_agreement_leaves_the_old_one_in_the_log(
    meeting, disputed, strategy, team_member, manager
):
    actions.agree(disputed, strategy, level=HIGH, reason=WHY, by=team_member)
    actions.agree(disputed, strategy, level=LOW, reason="Vi leste planen en gang til.", by=manager)

    final = FinalAnswer.objects.get()
    assert (final.level, final.agreed_by) == (LOW, manager)
    said = Event.objects.about(disputed).filter(verb="answer agreed").latest("pk").data
    assert (said["was"], said["was_because"]) == (HIGH, WHY)


def test_without_an_agreement_the_mean_counts_again(meeting, disputed, strategy, team_member):
    final = actions.agree(disputed, strategy, level=HIGH, reason=WHY, by=team_member)

    actions.use_mean(disputed, strategy, seen=final.agreed_at, by=team_member)

    disputed.refresh_from_db()
    assert disputed.score == Decimal(50)
    taken = Event.objects.about(disputed).get(verb="agreed answer taken away").data
    assert (taken["was"], taken["was_because"]) == (HIGH, WHY)


def test_nobody_takes_away_an_agreement_they_have_not_seen(
    meeting, disputed, strategy, team_member, manager
):
    seen = actions.agree(disputed, strategy, level=HIGH, reason=WHY, by=team_member).agreed_at
    actions.agree(disputed, strategy, level=MEDIUM, reason="Ny begrunnelse.", by=manager)

    with pytest.raises(ActionRefused, match="Rita Dahl har nettopp endret"):
        actions.use_mean(disputed, strategy, seen=seen, by=team_member)
    assert FinalAnswer.objects.get().level == MEDIUM


# At the same moment


def together(*acts):
    """Run the acts in threads of their own, begun at once; what each was refused with."""
    ready, refused = Barrier(len(acts)), []

    def run(act):
        try:
            ready.wait(5)
            with transaction.atomic():
                act()
        except ActionRefused as error:
            refused.append(error.reason)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    close_old_connections()
    return refused


@pytest.mark.django_db(transaction=True)
def test_everything_at_once(locked, disputed, strategy, scorer, other_scorer, team_member, manager):
    together(
        lambda: actions.start_meeting(locked, by=team_member),
        lambda: actions.start_meeting(locked, by=manager),
    )
    meeting = ConsensusMeeting.objects.get()

    assert not together(
        lambda: actions.open_ballot(meeting, disputed, strategy, by=team_member),
        lambda: actions.open_ballot(meeting, disputed, strategy, by=manager),
    )
    ballot = Ballot.objects.get()
    actions.answer_ballot(locked, ballot_id=ballot.pk, level=HIGH, by=scorer)

    refused = together(
        lambda: actions.reveal(locked, ballot_id=ballot.pk, by=team_member),
        lambda: actions.reveal(locked, ballot_id=ballot.pk, by=manager),
        lambda: actions.answer_ballot(locked, ballot_id=ballot.pk, level=LOW, by=other_scorer),
    )
    assert Event.objects.filter(verb="ballot revealed").count() == 1
    assert ballot.answers.count() + len(refused) == 2

    assert not together(
        lambda: actions.agree(disputed, strategy, level=HIGH, reason="Først.", by=team_member),
        lambda: actions.agree(disputed, strategy, level=LOW, reason="Sist.", by=manager),
    )
    last = Event.objects.filter(verb="answer agreed").latest("pk").data
    final = FinalAnswer.objects.get()
    assert (final.level, final.reason) == (last["level"], last["reason"])
    disputed.refresh_from_db()
    assert disputed.score == (70 if final.level == HIGH else 30)
