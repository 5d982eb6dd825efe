import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.errors import ActionRefused
from core.imports import stage
from core.models import Event, OutgoingMail
from core.search import count_words
from ideas import actions
from ideas.actions import importing
from ideas.models import Idea, IdeaImport, IdeaStatus, Origin
from ideas.views.importing import KIND
from ideas.workbook.likeness import note_all
from ideas.workbook.rows import ImportedIdea
from tests.factories.ideas import IdeaFactory
from tests.ideas.workbook.conftest import upload_of


def row(number: int = 2, **fields) -> ImportedIdea:
    values = {"problem": f"Problem {number}", "who_has_it": "Naboer", "submitter": "citizen"}
    return ImportedIdea(row=number, **{**values, **fields})


@pytest.fixture
def staged(team_member):
    return stage(KIND, payload={}, file_name="lapper.xlsx", by=team_member)


@pytest.fixture
def made(cycle, staged, team_member) -> IdeaImport:
    return importing.read_in([row(2), row(3)], staged=staged, by=team_member, at=timezone.now())


def test_ideas_are_taken_in_with_codes_and_a_promise(
    cycle, staged, team_member, sector, goal, today
):
    wanted = row(sector="helse", goals=("1a",), tags=("kart",), received_on=dt.date(2026, 3, 4))

    importing.read_in([wanted], staged=staged, by=team_member, at=timezone.now())

    idea = Idea.objects.get()
    assert (idea.origin, idea.status, idea.sector) == (Origin.IMPORT, IdeaStatus.RECEIVED, sector)
    assert idea.code == f"G{cycle.year % 100}-001"
    assert idea.title == "Problem 2"
    assert (list(idea.goals.all()), [tag.name for tag in idea.tags.all()]) == ([goal], ["kart"])
    assert timezone.localdate(idea.created_at) == dt.date(2026, 3, 4)
    assert idea.answer_due_on == today + dt.timedelta(days=21)
    assert (idea.submitted_by, idea.published_at) == (None, None)
    assert not OutgoingMail.objects.exists()
    assert Event.objects.filter(verb="ideas imported", by=team_member).exists()


def test_a_file_is_read_in_once(made, staged, team_member):
    with pytest.raises(ActionRefused, match="allerede lest inn"):
        importing.read_in([row(2)], staged=staged, by=team_member, at=timezone.now())

    assert Idea.objects.count() == 2


def test_what_fails_leaves_nothing(cycle, staged, team_member):
    wanted = [row(2), row(3, submitter="martian")]

    with pytest.raises(IntegrityError), transaction.atomic():
        importing.read_in(wanted, staged=staged, by=team_member, at=timezone.now())

    assert not Idea.objects.exists()
    assert not IdeaImport.objects.exists()


def test_nothing_chosen_is_refused(cycle, staged, team_member):
    with pytest.raises(ActionRefused, match="minst én"):
        importing.read_in([], staged=staged, by=team_member, at=timezone.now())


def test_undone_the_ideas_are_gone_and_the_trace_stays(made, team_member):
    importing.undo(made, by=team_member, at=timezone.now())

    assert not Idea.objects.exists()
    assert IdeaImport.objects.get().undone_by == team_member
    with pytest.raises(ActionRefused, match="allerede angret"):
        importing.undo(made, by=team_member, at=timezone.now())


def _decline(idea, by):
    actions.decline(idea, reason="Nei.", by=by, at=timezone.now())


def _decline_and_reopen(idea, by):
    _decline(idea, by)
    actions.reopen(idea, reason="Jo.", by=by, at=timezone.now())


def _handle(idea, by):
    actions.handle(idea, goals=[], by=by)


def _publish(idea, by):
    actions.publish(idea, by=by, at=timezone.now())


@pytest.mark.parametrize("touch", [_decline, _decline_and_reopen, _handle, _publish])
def test_an_import_somebody_has_begun_on_is_not_undone(made, team_member, touch):
    idea = Idea.objects.earliest("pk")
    touch(idea, team_member)

    with pytest.raises(ActionRefused, match=idea.code):
        importing.undo(made, by=team_member, at=timezone.now())

    assert Idea.objects.count() == 2


def test_what_we_have_already_is_noted(cycle):
    there = IdeaFactory(cycle=cycle, problem="Svingen er  MØRK om vinteren", title="Lys")
    count_words(Idea)

    same, again, fresh, personal = note_all(
        [
            row(2, problem="svingen er mørk om vinteren"),
            row(3, problem="Svingen er mørk om vinteren "),
            row(4, problem="Køen på servicetorget er lang"),
            row(5, problem="Ring meg på 91 23 45 67"),
        ]
    )

    assert (same.same, same.same_row) == (there.code, None)
    assert (again.same, again.same_row) == (there.code, 2)
    assert fresh.is_empty
    assert personal.personal == ("91 23 45 67",)


def test_what_is_about_the_same_is_noted(cycle):
    there = IdeaFactory(
        cycle=cycle, problem="Gatelyset i svingen ved skolen er slukket", title="Lys"
    )
    for number in range(20):
        IdeaFactory(cycle=cycle, problem=f"Noe helt annet nummer {number}")
    count_words(Idea)

    (noted,) = note_all([row(problem="Slukket gatelys i svingen")])

    assert noted.like == ((there.code, "Lys"),)
    assert not noted.is_there_already


@pytest.fixture
def team(client, team_member):
    client.force_login(team_member)
    return client


def _upload(client, rows, header=None):
    return client.post(reverse("ideas:import"), {"file": upload_of(rows, header)})


def test_upload_preview_and_confirm(team, cycle, sector):
    IdeaFactory(cycle=cycle, problem="Køen er lang")
    answer = _upload(
        team,
        [["Køen er lang", "Naboer", "Innbygger"], ["Svingen er mørk", "Skolebarn", "Innbygger"]],
    )
    preview = team.get(answer.url)
    assert [(each.idea.row, each.is_ticked) for each in preview.context["rows"]] == [
        (2, False),
        (3, True),
    ]

    team.post(answer.url, {"rows": ["3"]}, follow=True)

    idea = Idea.objects.get(origin=Origin.IMPORT)
    assert (idea.problem, idea.imported_in.count) == ("Svingen er mørk", 1)


def test_faults_are_told_and_nothing_is_staged(team, cycle):
    page = _upload(team, [["", "Naboer", "Innbygger"]]).content.decode()

    assert "celle A2" in page
    assert not IdeaImport.objects.exists()


def test_confirming_nothing_keeps_the_page(team, cycle):
    answer = _upload(team, [["Køen er lang", "Naboer", "Innbygger"]])

    page = team.post(answer.url, {"rows": []}).content.decode()

    assert "Kryss av for minst én idé" in page
    assert not Idea.objects.exists()


def test_another_persons_upload_is_not_shown(team, client, cycle, person):
    answer = _upload(team, [["Køen er lang", "Naboer", "Innbygger"]])
    client.force_login(person("digitaliseringsteam"))

    assert client.get(answer.url).status_code == 409


def test_undo_says_which_ideas_stand_in_the_way(team, made, team_member):
    _handle(Idea.objects.earliest("pk"), team_member)

    page = team.get(reverse("ideas:import-undo", args=[made.pk])).content.decode()

    assert "Innlesingen kan ikke angres" in page
    assert "Fjern ideene" not in page
