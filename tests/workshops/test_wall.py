import datetime as dt

import pytest
from django.utils import timezone

from tests.factories.workshops import ClusterFactory, NoteFactory, ParticipantFactory
from workshops import actions, wall
from workshops.models import Note, Phase, Vote


@pytest.fixture
def remembered(settings):
    """The wall is kept between questions, as in production."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "wall"}
    settings.CACHES = {**settings.CACHES, "fragments": memory}


def _titles(workshop) -> list[str]:
    return [column.title for column in wall.columns(workshop.current_question)]


def test_unsorted_notes_stand_last_and_only_when_there_are_some(workshop):
    question = workshop.current_question
    empty = _titles(workshop)
    cluster = ClusterFactory(question=question, title="Venting")
    note = NoteFactory(question=question)
    both = _titles(workshop)
    Note.objects.filter(pk=note.pk).update(cluster=cluster)

    assert (empty, both, _titles(workshop)) == (
        ["Ikke sortert"],
        ["Venting", "Ikke sortert"],
        ["Venting"],
    )


def test_newest_note_is_on_top_until_the_room_chooses_by_votes(workshop):
    question = workshop.current_question
    old, new = NoteFactory.create_batch(2, question=question)
    Vote.objects.create(note=old, participant=old.participant, dots=1)

    while_writing = wall.columns(question)[0].notes
    question.phase = Phase.CHOOSE
    while_choosing = wall.columns(question)[0].notes

    assert (while_writing, while_choosing) == ([new, old], [old, new])


def test_wall_is_made_once_per_revision(remembered, workshop, django_assert_num_queries):
    at = timezone.now()
    NoteFactory(question=workshop.current_question, text="Første")
    first = wall.fragment(workshop, at=at)

    with django_assert_num_queries(0):
        again = wall.fragment(workshop, at=at)
    actions.hang_up(
        ParticipantFactory(workshop=workshop),
        text="Andre",
        submission_key="0e7c5c61-61f6-4f0e-9a53-2f1c8b1f9d04",
        question_id=workshop.current_question_id,
        at=at,
    )
    workshop.refresh_from_db()

    assert first == again
    assert "Andre" in wall.fragment(workshop, at=at)


@pytest.mark.parametrize(("seconds_ago", "is_new"), [(1, True), (6, False)])
def test_note_is_outlined_for_five_seconds(workshop, seconds_ago, is_new):
    at = timezone.now()
    NoteFactory(
        question=workshop.current_question, written_at=at - dt.timedelta(seconds=seconds_ago)
    )

    assert ("gk-note--new" in wall.fragment(workshop, at=at)) == is_new


@pytest.mark.parametrize(("votes", "drawn"), [(3, 3), (10, 10), (47, 10)])
def test_votes_are_dots_and_a_number_when_there_are_many(voting, votes, drawn):
    note = NoteFactory(question=voting.current_question)
    Vote.objects.create(note=note, participant=note.participant, dots=votes)

    page = wall.fragment(voting, at=timezone.now())

    assert page.count('class="gk-dot"') == drawn
    assert f"{votes} stemmer" in " ".join(page.split())
    assert ('class="gk-dots__number"' in page) == (votes > 10)


def test_seconds_left_stop_at_nothing(workshop):
    at = timezone.now()
    none = wall.seconds_left(workshop, at=at)
    workshop.timer_ends_at = at + dt.timedelta(seconds=400)

    later = at + dt.timedelta(minutes=10)
    assert (none, wall.seconds_left(workshop, at=at)) == (None, 400)
    assert wall.seconds_left(workshop, at=later) == 0
