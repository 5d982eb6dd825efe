import pytest

from core.errors import ActionRefused
from tests.factories.workshops import (
    ClusterFactory,
    NoteFactory,
)
from workshops import actions


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
