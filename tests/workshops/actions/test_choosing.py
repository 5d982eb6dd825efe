import datetime as dt

import pytest

from core.errors import ActionRefused
from ideas.models import Idea, IdeaStatus, Origin
from municipality.calendar import PhaseKind
from municipality.models import Phase as YearPhase
from tests.factories.municipality import GoalFactory, SectorFactory
from tests.factories.workshops import (
    ClusterFactory,
    NoteFactory,
    open_workshop,
)
from workshops import actions
from workshops.models import (
    ChosenNote,
    Note,
    Phase,
    Vote,
    Workshop,
)


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
