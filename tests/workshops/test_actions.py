import datetime as dt
import threading
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from core.errors import ActionRefused
from core.models import Event
from ideas.models import Idea, IdeaStatus, Origin
from municipality.calendar import PhaseKind
from municipality.models import Phase as YearPhase
from tests.factories.municipality import GoalFactory, SectorFactory
from tests.factories.workshops import (
    ClusterFactory,
    NoteFactory,
    ParticipantFactory,
    QuestionFactory,
    WorkshopFactory,
    open_workshop,
)
from workshops import actions, wall
from workshops.models import (
    ChosenNote,
    Note,
    Participant,
    Phase,
    Question,
    Vote,
    Workshop,
    WorkshopStatus,
)


def _now() -> dt.datetime:
    return timezone.now()


def _hang_up(participant, text="Venter på heisen", **changes) -> Note:
    return actions.hang_up(
        participant,
        **{
            "text": text,
            "submission_key": uuid.uuid4(),
            "question_id": participant.workshop.current_question_id,
            "at": _now(),
            **changes,
        },
    )


def _numbers(workshop) -> tuple[int, int]:
    return Workshop.objects.values_list("revision", "step").get(pk=workshop.pk)


# Planning


def test_plan_gives_a_code_and_the_questions_in_order(team_member):
    goal = GoalFactory()

    workshop = actions.plan(
        Workshop(name="Samling"), goals=[goal], questions=["Hva tar tid?", "Og så?"], by=team_member
    )

    assert len(workshop.code) == 4
    assert [question.text for question in workshop.questions.all()] == ["Hva tar tid?", "Og så?"]
    assert list(workshop.goals.all()) == [goal]


def test_plan_never_gives_a_code_that_leads_elsewhere(team_member, monkeypatch):
    taken = WorkshopFactory(code="1000")
    monkeypatch.setattr("workshops.codes.LAST", 1001)

    workshop = actions.plan(Workshop(name="Samling"), goals=[], questions=["A"], by=team_member)

    assert (taken.code, workshop.code) == ("1000", "1001")
    with pytest.raises(ActionRefused, match="Alle kodene er i bruk"):
        actions.plan(Workshop(name="En til"), goals=[], questions=["A"], by=team_member)


def test_plan_uses_the_code_of_one_that_has_ended_again(team_member, monkeypatch):
    WorkshopFactory(code="1000", status=WorkshopStatus.ENDED)
    monkeypatch.setattr("workshops.codes.LAST", 1000)

    workshop = actions.plan(Workshop(name="Ny"), goals=[], questions=["A"], by=team_member)

    assert Workshop.objects.with_code("1000").first() == workshop


def test_change_plan_is_refused_when_it_has_begun(workshop, team_member):
    with pytest.raises(ActionRefused, match="har begynt"):
        actions.change_plan(workshop, goals=[], questions=["Nytt"], by=team_member)


def test_discard_deletes_one_that_never_began_and_only_that(workshop, team_member):
    never_began = WorkshopFactory()

    actions.discard(never_began, by=team_member)

    with pytest.raises(ActionRefused, match="har begynt"):
        actions.discard(workshop, by=team_member)
    assert list(Workshop.objects.all()) == [workshop]


# Leading


def test_open_begins_with_the_first_question(team_member):
    workshop = WorkshopFactory()
    QuestionFactory(workshop=workshop, order=2)
    first = QuestionFactory(workshop=workshop, order=1)

    actions.open_room(workshop, by=team_member, at=_now())

    workshop.refresh_from_db()
    assert (workshop.status, workshop.current_question) == (WorkshopStatus.OPEN, first)
    assert Event.objects.about(workshop).filter(verb="workshop opened", by=team_member).exists()


@pytest.mark.parametrize("target", WorkshopStatus)
@pytest.mark.parametrize("status", WorkshopStatus)
def test_status_moves_along_its_table(status, target):
    may = {
        WorkshopStatus.READY: {WorkshopStatus.OPEN},
        WorkshopStatus.OPEN: {WorkshopStatus.PAUSED, WorkshopStatus.ENDED},
        WorkshopStatus.PAUSED: {WorkshopStatus.OPEN, WorkshopStatus.ENDED},
        WorkshopStatus.ENDED: set(),
    }

    assert Workshop(status=status).can_move_to(target) == (target in may[status])


def test_phase_stops_the_clock_and_tells_the_phones(workshop, team_member):
    actions.start_timer(workshop, minutes=5, at=_now())
    before = _numbers(workshop)

    actions.move_to_phase(workshop, Phase.SORT, question=workshop.current_question, by=team_member)

    workshop.refresh_from_db()
    assert workshop.timer_ends_at is None
    assert workshop.current_question.phase == Phase.SORT
    assert _numbers(workshop) == (before[0] + 1, before[1] + 1)


def test_phase_cannot_leap(workshop, team_member):
    with pytest.raises(ActionRefused):
        actions.move_to_phase(
            workshop, Phase.VOTE, question=workshop.current_question, by=team_member
        )


def test_phase_pressed_under_another_question_is_refused(workshop, team_member):
    old = workshop.current_question
    QuestionFactory(workshop=workshop, order=old.order + 1)
    actions.next_question(workshop, question=old, by=team_member)

    with pytest.raises(ActionRefused, match="et annet spørsmål"):
        actions.move_to_phase(workshop, Phase.SORT, question=old, by=team_member)


def test_next_question_after_the_last_is_refused(workshop, team_member):
    with pytest.raises(ActionRefused, match="det siste"):
        actions.next_question(workshop, question=workshop.current_question, by=team_member)


def test_no_step_back_when_something_is_chosen(cycle, team_member):
    workshop = open_workshop(Phase.CHOOSE)
    note = NoteFactory(question=workshop.current_question)
    actions.choose(workshop, notes=[note], clusters=[], by=team_member, on=timezone.localdate())

    with pytest.raises(ActionRefused, match="alt valgt"):
        actions.move_to_phase(
            workshop, Phase.VOTE, question=workshop.current_question, by=team_member
        )


def test_timer_gives_more_time_while_it_runs_and_begins_anew_when_it_is_out(workshop):
    at = _now()

    actions.start_timer(workshop, minutes=5, at=at)
    actions.start_timer(workshop, minutes=2, at=at + dt.timedelta(minutes=1))
    workshop.refresh_from_db()
    extended = workshop.timer_ends_at
    actions.start_timer(workshop, minutes=3, at=at + dt.timedelta(minutes=30))
    workshop.refresh_from_db()

    assert extended == at + dt.timedelta(minutes=7)
    assert workshop.timer_ends_at == at + dt.timedelta(minutes=33)


def test_hidden_note_leaves_the_wall_and_comes_back(workshop, team_member):
    note = NoteFactory(question=workshop.current_question)

    actions.hide(note, by=team_member, at=_now())
    hidden = wall.columns(workshop.current_question)
    actions.restore(note, by=team_member)

    assert wall.count_of(hidden) == 0
    assert wall.count_of(wall.columns(workshop.current_question)) == 1
    assert Event.objects.about(note).count() == 2


def test_ended_keeps_everything_and_takes_no_more(workshop, participant, team_member):
    note = _hang_up(participant)

    actions.end(workshop, by=team_member, at=_now())
    participant.workshop.refresh_from_db()

    with pytest.raises(ActionRefused, match="avsluttet"):
        _hang_up(participant)
    with pytest.raises(ActionRefused, match="avsluttet"):
        actions.join(workshop, key="en ny", at=_now())
    assert list(Note.objects.all()) == [note]


# Taking part


def test_join_knows_the_key_again(workshop):
    first = actions.join(workshop, key="nøkkel", at=_now())
    again = actions.join(workshop, key="nøkkel", at=_now())

    assert first == again
    assert "nøkkel" not in first.key_hash


def test_join_with_the_same_phone_in_two_workshops_is_two_people(workshop):
    other = open_workshop()

    assert actions.join(workshop, key="k", at=_now()) != actions.join(other, key="k", at=_now())


def test_hang_up_counts_the_wall_and_leaves_the_phones_alone(workshop, participant):
    before = _numbers(workshop)

    note = _hang_up(participant)

    assert (note.cluster, note.question) == (None, workshop.current_question)
    assert _numbers(workshop) == (before[0] + 1, before[1])


def test_hang_up_twice_with_the_same_key_is_one_note(participant):
    key = uuid.uuid4()

    assert _hang_up(participant, submission_key=key) == _hang_up(participant, submission_key=key)
    assert Note.objects.count() == 1


def test_hang_up_that_comes_after_the_room_went_on_is_refused(workshop, participant, team_member):
    old = workshop.current_question
    QuestionFactory(workshop=workshop, order=old.order + 1)
    actions.next_question(workshop, question=old, by=team_member)

    with pytest.raises(ActionRefused, match="gått videre"):
        _hang_up(participant, question_id=old.pk)


@pytest.mark.parametrize("phase", [Phase.SORT, Phase.VOTE, Phase.CHOOSE])
def test_hang_up_only_while_the_room_writes(phase, db):
    participant = ParticipantFactory(workshop=open_workshop(phase))

    with pytest.raises(ActionRefused, match="gått videre"):
        _hang_up(participant)


def test_hang_up_faster_than_people_write_is_refused(participant):
    for _ in range(20):
        _hang_up(participant)

    with pytest.raises(ActionRefused, match="Vent et minutt"):
        _hang_up(participant)


def test_own_note_can_be_changed_and_taken_down_while_the_room_writes(
    workshop, participant, team_member
):
    note, kept = _hang_up(participant), _hang_up(participant, text="Blir")

    actions.change_note(note, text="Bedre sagt", by=participant)
    note.refresh_from_db()
    changed = note.text
    actions.take_down(note, by=participant)
    actions.move_to_phase(workshop, Phase.SORT, question=kept.question, by=team_member)

    with pytest.raises(ActionRefused, match="blir hengende"):
        actions.take_down(kept, by=participant)
    assert (changed, list(Note.objects.all())) == ("Bedre sagt", [kept])


def test_votes_are_at_most_as_many_as_each_has_and_can_be_moved(voting):
    participant = ParticipantFactory(workshop=voting)
    one, other = NoteFactory.create_batch(2, question=voting.current_question)

    actions.put_dots(one, dots=2, by=participant, at=_now())
    actions.put_dots(other, dots=1, by=participant, at=_now())
    with pytest.raises(ActionRefused, match="bare 3 stemmer"):
        actions.put_dots(other, dots=2, by=participant, at=_now())
    actions.put_dots(one, dots=0, by=participant, at=_now())
    actions.put_dots(other, dots=3, by=participant, at=_now())

    assert list(Vote.objects.values_list("note", "dots")) == [(other.pk, 3)]


def test_votes_stop_when_the_time_is_out(voting):
    participant = ParticipantFactory(workshop=voting)
    note = NoteFactory(question=voting.current_question)
    at = _now()
    actions.start_timer(voting, minutes=1, at=at)

    actions.put_dots(note, dots=1, by=participant, at=at + dt.timedelta(seconds=59))
    with pytest.raises(ActionRefused, match="Tiden er ute"):
        actions.put_dots(note, dots=2, by=participant, at=at + dt.timedelta(seconds=61))


def test_vote_on_a_hidden_note_is_refused(voting, team_member):
    note = NoteFactory(question=voting.current_question)
    actions.hide(note, by=team_member, at=_now())

    with pytest.raises(ActionRefused, match="ikke mulig å stemme"):
        actions.put_dots(note, dots=1, by=note.participant, at=_now())


def test_keys_are_forgotten_after_thirty_days_and_notes_are_not(workshop, today):
    old = ParticipantFactory(workshop=workshop, joined_at=_now() - dt.timedelta(days=31))
    new = ParticipantFactory(workshop=workshop)
    NoteFactory(question=workshop.current_question, participant=old)

    assert actions.forget_keys(on=today) == 1
    assert actions.forget_keys(on=today) == 0

    known = Participant.objects.exclude(key_hash="")
    assert list(known) == [new]
    assert Note.objects.count() == 1


# At once


def _at_once(*calls) -> list[str]:
    """Run each in a thread and a connection of its own; what was refused."""
    refused: list[str] = []
    ready = threading.Barrier(len(calls))

    def run(call) -> None:
        try:
            ready.wait(10)
            call()
        except ActionRefused as error:
            refused.append(error.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.django_db(transaction=True)
def test_votes_at_the_same_moment_are_never_too_many():
    voting = open_workshop(Phase.VOTE)
    participant = ParticipantFactory(workshop=voting)
    notes = NoteFactory.create_batch(8, question=voting.current_question, participant=participant)

    refused = _at_once(
        *(
            lambda note=note: actions.put_dots(note, dots=1, by=participant, at=_now())
            for note in notes
        )
    )

    assert Vote.objects.count() == 3
    assert len(refused) == 5


@pytest.mark.django_db(transaction=True)
def test_a_note_is_never_hung_up_after_the_room_has_gone_on():
    workshop = open_workshop()
    people = ParticipantFactory.create_batch(6, workshop=workshop)
    by, question = workshop.created_by, workshop.current_question

    refused = _at_once(
        lambda: actions.move_to_phase(workshop, Phase.SORT, question=question, by=by),
        *(lambda person=person: _hang_up(person, question_id=question.pk) for person in people),
    )

    assert Note.objects.count() + len(refused) == 6
    assert Question.objects.get().phase == Phase.SORT
    assert _numbers(workshop)[0] == Note.objects.count() + 1


# Sorting


def test_second_of_two_who_move_the_same_note_is_told(workshop):
    note = NoteFactory(question=workshop.current_question)
    left, right = ClusterFactory.create_batch(2, question=workshop.current_question)

    actions.move_note(note, to=left, version=0)
    with pytest.raises(ActionRefused, match="før deg"):
        actions.move_note(note, to=right, version=0)

    note.refresh_from_db()
    assert note.cluster == left


def test_merge_moves_the_notes_and_takes_the_empty_column_away(workshop, team_member):
    left, right = ClusterFactory.create_batch(2, question=workshop.current_question)
    note = NoteFactory(question=workshop.current_question, cluster=left)

    actions.merge_clusters(left, into=right, version=0, by=team_member)

    note.refresh_from_db()
    assert note.cluster == right
    assert list(workshop.current_question.clusters.all()) == [right]


def test_rename_of_a_column_somebody_else_renamed_is_refused(workshop):
    cluster = ClusterFactory(question=workshop.current_question)

    actions.rename_cluster(cluster, title="Nøkler", version=0)
    with pytest.raises(ActionRefused, match="før deg"):
        actions.rename_cluster(cluster, title="Kjøring", version=0)

    cluster.refresh_from_db()
    assert cluster.title == "Nøkler"


def test_remove_column_makes_its_notes_unsorted(workshop):
    cluster = ClusterFactory(question=workshop.current_question)
    note = NoteFactory(question=workshop.current_question, cluster=cluster)

    actions.remove_cluster(cluster, version=0)

    note.refresh_from_db()
    assert note.cluster is None


@pytest.mark.parametrize(("steps", "order"), [(-1, "BAC"), (1, "ACB")])
def test_column_changes_place_with_its_neighbour(workshop, steps, order):
    question = workshop.current_question
    made = [actions.add_cluster(question, title=title) for title in "ABC"]

    actions.move_cluster(made[1], steps=steps)

    assert "".join(cluster.title for cluster in question.clusters.all()) == order


def test_columns_at_the_ends_stay(workshop):
    question = workshop.current_question
    first = actions.add_cluster(question, title="A")
    last = actions.add_cluster(question, title="B")

    actions.move_cluster(first, steps=-1)
    actions.move_cluster(last, steps=1)

    assert "".join(cluster.title for cluster in question.clusters.all()) == "AB"


def test_sorting_stops_when_the_room_votes(voting):
    note = NoteFactory(question=voting.current_question)
    cluster = ClusterFactory(question=voting.current_question)

    with pytest.raises(ActionRefused, match="mens dere skriver og sorterer"):
        actions.move_note(note, to=cluster, version=0)


# Choosing


@pytest.fixture
def choosing(cycle) -> Workshop:
    workshop = open_workshop(Phase.CHOOSE, sector=SectorFactory())
    workshop.goals.add(GoalFactory())
    return workshop


def test_chosen_note_becomes_an_idea_in_the_inbox_with_its_votes(choosing, team_member, today):
    note = NoteFactory(question=choosing.current_question, text="Tolk tar tre dager å bestille")
    Vote.objects.create(note=note, participant=note.participant, dots=2)
    note = Note.objects.with_dots().get(pk=note.pk)

    (idea,) = actions.choose(choosing, notes=[note], clusters=[], by=team_member, on=today)

    assert (idea.origin, idea.status, idea.title) == (
        Origin.WORKSHOP,
        IdeaStatus.RECEIVED,
        "Tolk tar tre dager å bestille",
    )
    assert idea.sector == choosing.sector
    assert list(idea.goals.all()) == list(choosing.goals.all())
    assert "«Strategisamling»" in idea.problem
    assert "Fikk 2 stemmer." in idea.problem
    assert idea.chosen_note.note == note
    assert idea in Idea.objects.in_inbox()


def test_chosen_column_becomes_one_idea_with_all_its_notes(choosing, team_member, today):
    cluster = ClusterFactory(question=choosing.current_question, title="Nøkler og kjøring")
    NoteFactory(question=choosing.current_question, cluster=cluster, text="To biler")
    NoteFactory(question=choosing.current_question, cluster=cluster, text="Nøkkelskapet er låst")

    (idea,) = actions.choose(choosing, notes=[], clusters=[cluster], by=team_member, on=today)

    assert idea.title == "Nøkler og kjøring"
    assert "– To biler\n– Nøkkelskapet er låst" in idea.problem


def test_chosen_twice_is_one_idea(choosing, team_member, today):
    note, other = NoteFactory.create_batch(2, question=choosing.current_question)

    actions.choose(choosing, notes=[note], clusters=[], by=team_member, on=today)
    made = actions.choose(choosing, notes=[note, other], clusters=[], by=team_member, on=today)
    with pytest.raises(ActionRefused, match="allerede"):
        actions.choose(choosing, notes=[note], clusters=[], by=team_member, on=today)

    assert [idea.chosen_note.note for idea in made] == [other]
    assert Idea.objects.count() == 2


def test_nothing_is_chosen_while_ideation_is_closed(choosing, team_member, today):
    YearPhase.objects.filter(kind=PhaseKind.IDEATION).update(closes_on=today - dt.timedelta(days=1))
    notes = NoteFactory.create_batch(2, question=choosing.current_question)

    with pytest.raises(ActionRefused, match="er stengt"):
        actions.choose(choosing, notes=notes, clusters=[], by=team_member, on=today)

    assert not ChosenNote.objects.exists()
    assert not Idea.objects.exists()


def test_all_or_none_are_chosen(choosing, workshop, team_member, today):
    ripe = NoteFactory(question=choosing.current_question)
    unripe = NoteFactory(question=workshop.current_question)

    with pytest.raises(ActionRefused, match="Gå til «Velg»"):
        actions.choose(choosing, notes=[ripe, unripe], clusters=[], by=team_member, on=today)

    assert not Idea.objects.exists()
