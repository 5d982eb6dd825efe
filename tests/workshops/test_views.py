"""Those who lead: the pages, the forms under the dragging, what comes out."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from ideas.models import Idea
from tests.factories.municipality import GoalFactory, SectorFactory
from tests.factories.workshops import (
    ClusterFactory,
    NoteFactory,
    QuestionFactory,
    WorkshopFactory,
    open_workshop,
)
from workshops.models import Cluster, Phase, Vote, Workshop, WorkshopStatus

CREATE = "/verksted/nytt/"


@pytest.fixture
def team(client, team_member):
    client.force_login(team_member)
    return client


def _plan(**changes):
    return {
        "name": "Strategisamling",
        "questions": "Hva tar tid?\n\n  Hva ville du  gjort? ",
        "votes_each": "3",
        "minutes": "8",
        "version": "0",
        **changes,
    }


def _url(workshop, name="lead", **more):
    return reverse(f"workshops:{name}", kwargs={"pk": workshop.pk, **more})


def test_create_leads_to_the_workshop_with_its_code(team):
    goal = GoalFactory()

    page = team.post(CREATE, _plan(goals=[goal.pk]), follow=True).content.decode()

    workshop = Workshop.objects.get()
    assert workshop.spoken_code in page
    assert [one.text for one in workshop.questions.all()] == ["Hva tar tid?", "Hva ville du gjort?"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Gi verkstedet et navn."),
        ({"questions": " \n "}, "Skriv minst ett spørsmål."),
        ({"questions": "Hva? " * 40}, "Spørsmål 1 er for langt."),
        ({"questions": "Hva?\n" * 11}, "Ti spørsmål er det meste"),
        ({"votes_each": "0"}, "Skriv et helt tall fra 1 til 20."),
        ({"minutes": "mange"}, "Skriv et helt tall fra 1 til 180."),
    ],
)
def test_create_says_what_is_wrong_and_keeps_what_was_typed(team, changes, message):
    typed = _plan(**{"name": "Samling på Mustad", **changes})

    page = team.post(CREATE, typed).content.decode()

    assert message in page
    assert changes.get("name", "Samling på Mustad") in page
    assert not Workshop.objects.exists()


def test_sector_leader_can_only_choose_the_own_sector(client, sector_leader):
    sector = SectorFactory(leader=sector_leader)
    other = SectorFactory()
    client.force_login(sector_leader)

    refused = client.post(CREATE, _plan(sector=other.pk))
    client.post(CREATE, _plan(sector=sector.pk))

    assert refused.status_code == 200
    assert Workshop.objects.get().sector == sector


def test_edit_second_of_two_sees_both(team, person):
    workshop = WorkshopFactory(name="Fra før")
    QuestionFactory(workshop=workshop)
    Workshop.objects.filter(pk=workshop.pk).update(version=1, name="Deres navn")

    page = team.post(_url(workshop, "edit"), _plan(name="Mitt navn")).content.decode()

    assert "Deres navn" in page
    assert "Mitt navn" in page
    workshop.refresh_from_db()
    assert workshop.name == "Deres navn"


def test_edit_is_not_offered_when_it_has_begun(team, workshop):
    assert team.get(_url(workshop, "edit")).url == workshop.get_absolute_url()


def test_a_room_from_ready_to_ended(team):
    workshop = WorkshopFactory()
    first = QuestionFactory(workshop=workshop, order=1)
    second = QuestionFactory(workshop=workshop, order=2)

    team.post(_url(workshop, "status"), {"to": "open"})
    for phase in ("sort", "vote", "choose"):
        team.post(_url(workshop, "phase"), {"to": phase, "question": first.pk})
    team.post(_url(workshop, "next"), {"question": first.pk})
    team.post(_url(workshop, "status"), {"to": "pause"})
    paused = Workshop.objects.get().status
    team.post(_url(workshop, "status"), {"to": "open"})
    team.post(_url(workshop, "end"))

    workshop.refresh_from_db()
    first.refresh_from_db()
    assert (paused, workshop.status) == (WorkshopStatus.PAUSED, WorkshopStatus.ENDED)
    assert (first.phase, workshop.current_question) == (Phase.CHOOSE, second)


def test_next_step_pressed_twice_is_409(team, workshop):
    step = {"to": "sort", "question": workshop.current_question_id}

    team.post(_url(workshop, "phase"), step)

    assert team.post(_url(workshop, "phase"), step).status_code == 409


def test_timer_starts_and_stops(team, workshop):
    team.post(_url(workshop, "timer"), {"minutes": "8"})
    workshop.refresh_from_db()
    started = workshop.timer_ends_at
    page = team.get(_url(workshop)).content.decode()
    team.post(_url(workshop, "timer"), {"act": "stop"})
    workshop.refresh_from_db()

    assert started is not None
    assert "Stopp klokka" in page
    assert workshop.timer_ends_at is None


def test_timer_of_no_time_is_refused_in_words(team, workshop):
    page = team.post(_url(workshop, "timer"), {"minutes": "0"}, follow=True).content.decode()

    assert "Klokka kan gå fra 1 til 180 minutter." in page


def test_note_is_moved_with_a_plain_form(team, workshop):
    note = NoteFactory(question=workshop.current_question)
    cluster = ClusterFactory(question=workshop.current_question)
    url = _url(workshop, "note-move", note_pk=note.pk)

    team.post(url, {"to": cluster.pk, "version": 0})
    note.refresh_from_db()
    there = note.cluster
    team.post(url, {"to": 0, "version": 1})
    note.refresh_from_db()

    assert (there, note.cluster) == (cluster, None)


def test_note_cannot_be_moved_to_a_column_of_another_question(team, workshop):
    note = NoteFactory(question=workshop.current_question)
    elsewhere = ClusterFactory()

    answer = team.post(
        _url(workshop, "note-move", note_pk=note.pk), {"to": elsewhere.pk, "version": 0}
    )

    assert answer.status_code == 404


def test_note_of_another_workshop_is_not_found(team, workshop):
    note = NoteFactory()

    answer = team.post(_url(workshop, "note-move", note_pk=note.pk), {"to": 0, "version": 0})

    assert answer.status_code == 404


def test_move_with_script_gets_the_board_back(team, workshop):
    note = NoteFactory(question=workshop.current_question, text="Flyttet lapp")
    cluster = ClusterFactory(question=workshop.current_question)

    page = team.post(
        _url(workshop, "note-move", note_pk=note.pk),
        {"to": cluster.pk, "version": 0},
        headers={"HX-Request": "true"},
        follow=True,
    ).content.decode()

    assert "<html" not in page
    assert "Flyttet lapp" in page


def test_columns_are_made_renamed_merged_and_removed_with_plain_forms(team, workshop):
    for title in ("A", "B", "C"):
        team.post(_url(workshop, "cluster-create"), {"title": title})
    a, b, c = Cluster.objects.order_by("pk")
    NoteFactory(question=workshop.current_question, cluster=a)

    def change(cluster, **data):
        url = _url(workshop, "cluster", cluster_pk=cluster.pk)
        return team.post(url, {"version": 0, **data})

    change(b, act="rename", title="Bedre")
    change(a, act="merge", into=c.pk)
    change(c, act="left")
    change(c, act="remove")

    assert list(Cluster.objects.values_list("title", flat=True)) == ["Bedre"]
    assert workshop.current_question.notes.get().cluster is None


def test_column_without_a_name_is_asked_for_one(team, workshop):
    page = team.post(_url(workshop, "cluster-create"), {"title": " "}, follow=True)

    assert "Skriv hva kolonnen skal hete." in page.content.decode()


def test_hidden_note_is_on_the_board_and_not_on_the_wall(team, workshop):
    note = NoteFactory(question=workshop.current_question, text="Upassende")

    team.post(_url(workshop, "note-show", note_pk=note.pk), {"act": "hide"})

    assert "Upassende" in team.get(_url(workshop)).content.decode()
    assert "Upassende" not in team.get(_url(workshop, "wall")).content.decode()
    team.post(_url(workshop, "note-show", note_pk=note.pk), {"act": "restore"})
    assert "Upassende" in team.get(_url(workshop, "wall")).content.decode()


def test_wall_shows_how_to_join(team, workshop):
    page = team.get(_url(workshop, "wall")).content.decode()

    assert "<svg" in page
    assert workshop.spoken_code in page
    assert 'http-equiv="refresh"' in page


def test_choose_makes_ideas_of_what_is_ticked_and_links_to_them(team, cycle):
    workshop = open_workshop(Phase.CHOOSE)
    cluster = ClusterFactory(question=workshop.current_question, title="Samme ting to ganger")
    note = NoteFactory(question=workshop.current_question, text="Tolk tar tre dager")
    inside = NoteFactory(question=workshop.current_question, cluster=cluster)
    Vote.objects.create(note=inside, participant=note.participant, dots=3)

    page = team.post(
        _url(workshop, "choose"), {"note": [note.pk], "cluster": [cluster.pk]}, follow=True
    ).content.decode()

    made = {idea.title: idea for idea in Idea.objects.all()}
    assert set(made) == {"Tolk tar tre dager", "Samme ting to ganger"}
    assert made["Samme ting to ganger"].chosen_note.votes == 3
    assert all(idea.code in page for idea in made.values())


def test_choose_nothing_says_so(team, cycle):
    workshop = open_workshop(Phase.CHOOSE)
    NoteFactory(question=workshop.current_question)

    page = team.post(_url(workshop, "choose"), {}).content.decode()

    assert "Kryss av for minst én lapp eller kolonne." in page


def test_choose_cannot_take_a_note_that_is_not_ripe(team, cycle, workshop):
    note = NoteFactory(question=workshop.current_question)

    team.post(_url(workshop, "choose"), {"note": [note.pk]})

    assert not Idea.objects.exists()


def test_choose_says_plainly_when_ideation_is_closed(team, cycle, today):
    soon = today + dt.timedelta(days=3)
    cycle.phases.filter(kind="ideation").update(opens_on=soon, closes_on=soon)
    workshop = open_workshop(Phase.CHOOSE)
    NoteFactory(question=workshop.current_question)

    page = team.get(_url(workshop, "choose")).content.decode()

    assert "er ikke åpnet ennå" in page
    assert "Gjør de valgte til ideer" not in page


def test_export_holds_every_note_as_text(team, workshop):
    cluster = ClusterFactory(question=workshop.current_question, title="Venting")
    NoteFactory(question=workshop.current_question, cluster=cluster, text="=1+1")

    answer = team.get(_url(workshop, "export"))

    sheet = load_workbook(io.BytesIO(answer.content))["Lapper"]
    row = [cell.value for cell in sheet[2]]
    assert row == [workshop.current_question.text, "Venting", "=1+1", 0, "ja", None]
    assert sheet["C2"].data_type == "s"
    assert answer["Content-Disposition"].startswith("attachment")


def test_ended_workshop_is_read_only_and_complete(team, cycle):
    workshop = open_workshop(Phase.CHOOSE)
    NoteFactory(question=workshop.current_question, text="Står her ennå")
    team.post(_url(workshop, "end"))

    page = team.get(_url(workshop)).content.decode()

    assert "Står her ennå" in page
    assert "Velg hva som skal bli ideer" in page
    assert "Neste:" not in page
    assert "Står her ennå" in team.get(_url(workshop, "wall")).content.decode()
    assert "Står her ennå" in team.get(_url(workshop, "print")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_queries_do_not_grow(team, count, django_assert_num_queries):
    for _ in range(count):
        open_workshop(sector=SectorFactory())

    with django_assert_num_queries(7):
        team.get("/verksted/")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("lead", 11), ("wall", 11), ("choose", 11), ("print", 12), ("export", 10)]
)
def test_queries_do_not_grow_with_notes(
    team, cycle, name, queries, count, django_assert_num_queries
):
    workshop = open_workshop(Phase.CHOOSE, sector=SectorFactory())
    for _ in range(count):
        cluster = ClusterFactory(question=workshop.current_question)
        NoteFactory(question=workshop.current_question, cluster=cluster)
        NoteFactory(question=workshop.current_question)

    with django_assert_num_queries(queries):
        team.get(_url(workshop, name))
