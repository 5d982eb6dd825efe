import pytest

from core.errors import ActionRefused
from core.models import Event
from ideas.models import IdeaStatus
from prioritization import actions
from prioritization.models import Recusal, ScoreLevel
from tests.factories.ideas import IdeaFactory
from tests.factories.prioritization import EntryFactory
from tests.prioritization.test_actions import open_screening


def recused(entry):
    return {(row.person, row.is_own) for row in entry.recusals.select_related("person")}


def own(entry, **fields):
    type(entry.idea).objects.filter(pk=entry.idea_id).update(**fields)
    entry.idea.refresh_from_db()


def test_opening_disqualifies_scorers_about_their_own_ideas(
    cycle, screening_criteria, scorer, other_scorer, team_member, today
):
    sent, owned, others = (
        IdeaFactory(cycle=cycle, status=IdeaStatus.FORWARDED, **fields)
        for fields in ({"submitted_by": scorer}, {"owner": other_scorer}, {})
    )

    opened = open_screening(
        cycle, [scorer, other_scorer], [sent, owned, others], by=team_member, on=today
    )

    entries = {entry.idea: recused(entry) for entry in opened.entries.select_related("idea")}
    assert entries == {sent: {(scorer, True)}, owned: {(other_scorer, True)}, others: set()}
    parts = opened.participations.with_remaining()
    assert {part.user: part.remaining for part in parts} == {scorer: 2, other_scorer: 2}


def test_adding_ideas_and_scorers_disqualifies_too(
    scored, scorer, other_scorer, team_member, today
):
    idea = IdeaFactory(
        cycle=scored.cycle,
        status=IdeaStatus.FORWARDED,
        submitted_by=scorer,
        owner=other_scorer,
    )
    actions.add_ideas(scored, ideas=[idea], by=team_member, on=today)
    entry = scored.entries.get()
    assert recused(entry) == {(scorer, True)}

    actions.set_scorers(scored, scorers=[scorer, other_scorer], by=team_member)

    assert recused(entry) == {(scorer, True), (other_scorer, True)}


def test_own_ideas_follow_the_owner_until_one_has_answered(
    scored, entry, scorer, other_scorer, answer_all
):
    scored.scorers.add(other_scorer)
    own(entry, owner=other_scorer)
    actions.mark_own(scored)
    assert recused(entry) == {(other_scorer, True)}

    own(entry, owner=None)
    actions.mark_own(scored)
    assert recused(entry) == set()

    answer_all(entry, scorer)
    own(entry, owner=scorer)
    actions.mark_own(scored)
    assert recused(entry) == set()


def test_mark_own_again_changes_nothing(scored, entry, scorer):
    own(entry, submitted_by=scorer)
    for _ in range(2):
        actions.mark_own(scored, person=scorer)

    assert Recusal.objects.count() == 1


def test_one_does_not_answer_about_ones_own_idea_though_nobody_has_marked_it(
    entry, scorer, answer_all
):
    own(entry, owner=scorer)

    with pytest.raises(ActionRefused, match="inhabil"):
        answer_all(entry, scorer)


def test_a_declared_disqualification_keeps_the_answers_and_counts_none(
    scored, entry, scorer, other_scorer, today, answer_all
):
    scored.scorers.add(other_scorer)
    answer_all(entry, scorer, ScoreLevel.HIGH)
    answer_all(entry, other_scorer, ScoreLevel.LOW)

    actions.declare_recusal(entry, reason="Søsteren min leder enheten", by=scorer, on=today)

    entry.refresh_from_db()
    assert (entry.score, entry.scorer_count) == (0, 1)
    assert entry.scores.filter(scorer=scorer).count() == 4
    part = scored.participations.with_remaining().get(user=scorer)
    assert (part.finished_count, part.idea_count, part.remaining) == (0, 0, 0)
    assert scored.participations.get(user=other_scorer).finished_count == 1
    declared = Event.objects.about(entry).get(verb="recusal declared")
    assert declared.data == {"reason": "Søsteren min leder enheten"}
    with pytest.raises(ActionRefused, match="inhabil"):
        answer_all(entry, scorer, ScoreLevel.LOW)

    actions.withdraw_recusal(entry, by=scorer, on=today)

    entry.refresh_from_db()
    assert (entry.score, entry.scorer_count) == (50, 2)
    assert scored.participations.get(user=scorer).finished_count == 1


def test_declaring_twice_is_once(entry, scorer, today):
    for _ in range(2):
        actions.declare_recusal(entry, reason="Nabo", by=scorer, on=today)

    assert Event.objects.about(entry).filter(verb="recusal declared").count() == 1


def test_ones_own_idea_stays_ones_own(scored, entry, scorer, today):
    own(entry, submitted_by=scorer)
    actions.mark_own(scored)

    with pytest.raises(ActionRefused, match="din egen"):
        actions.withdraw_recusal(entry, by=scorer, on=today)

    assert recused(entry) == {(scorer, True)}


def test_withdrawing_after_delivery_is_refused(scored, entry, scorer, today):
    actions.declare_recusal(entry, reason="Nabo", by=scorer, on=today)
    actions.deliver(scored, by=scorer, on=today)

    with pytest.raises(ActionRefused, match="levert"):
        actions.withdraw_recusal(entry, by=scorer, on=today)


def test_locking_marks_what_nobody_looked_at(scored, entry, scorer, other_scorer, team_member):
    scored.scorers.add(other_scorer)
    own(entry, submitted_by=other_scorer)

    actions.close_round(scored, by=team_member)

    assert recused(entry) == {(other_scorer, True)}


def test_the_queue_skips_what_one_is_disqualified_about(scored, questions, scorer, today):
    first, second = EntryFactory.create_batch(2, round=scored)
    actions.declare_recusal(first, reason="Nabo", by=scorer, on=today)

    left = scored.entries.unanswered_by(scorer, questions=len(questions))

    assert left.next_after(None) == second


def test_recount_leaves_out_only_those_who_are_disqualified(
    scored, scorer, other_scorer, today, answer_all
):
    scored.scorers.add(other_scorer)
    entries = EntryFactory.create_batch(2, round=scored)
    for entry in entries:
        for person in (scorer, other_scorer):
            answer_all(entry, person)
    actions.declare_recusal(entries[0], reason="Nabo", by=scorer, on=today)
    scored.participations.update(finished_count=9)

    actions.recount(scored)

    counts = scored.participations.values_list("user", "finished_count")
    assert dict(counts) == {scorer.pk: 1, other_scorer.pk: 2}
