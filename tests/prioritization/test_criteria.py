"""The editor of the criteria: a version is copied, written, taken into use, and then it is kept."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import ActionRefused
from prioritization.actions import criteria as actions
from prioritization.actions.criteria import CriterionText
from prioritization.models import CriteriaSet, Direction, Question, Stage
from tests.factories.municipality import UserFactory
from tests.factories.prioritization import CriteriaSetFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def current():
    return CriteriaSetFactory(is_current=True, version="2026")


@pytest.fixture
def draft(current, team_member):
    return actions.copy_criteria(current, version="2027", by=team_member)


@pytest.fixture
def as_team(client, team_member):
    client.force_login(team_member)
    return client


def weights_of(criteria_set):
    return {each.code: each.weight for each in criteria_set.criteria.all()}


def edit_form(draft, **changed):
    """What the browser sends from the page of names and weights."""
    rows = list(draft.criteria.values("pk", "name", "short_name", "weight"))
    sent = {
        "name": draft.name,
        "version": draft.version,
        "source": draft.source,
        "rad-TOTAL_FORMS": len(rows) + 1,
        "rad-INITIAL_FORMS": len(rows),
    }
    for number, row in enumerate(rows):
        sent |= {f"rad-{number}-{name}": value for name, value in row.items()}
    return sent | changed


def seen(client, draft):
    page = client.get(reverse("prioritization:criteria-edit", args=[draft.pk]))
    return page.context["form"]["seen"].value()


def test_a_copy_has_all_of_the_other_and_is_not_in_use(current, draft):
    assert weights_of(draft) == weights_of(current)
    assert draft.ordered_questions()
    assert not draft.is_current
    assert draft.based_on == current


def test_weights_are_written_together(as_team, draft):
    address = reverse("prioritization:criteria-edit", args=[draft.pk])
    changed = {"rad-0-weight": 35, "rad-1-weight": 35, "seen": seen(as_team, draft)}

    response = as_team.post(address, edit_form(draft, **changed))

    assert response.status_code == 302
    assert list(weights_of(draft).values()) == [35, 35, 15, 15]


def test_weights_that_are_not_100_are_told_and_kept(as_team, draft):
    address = reverse("prioritization:criteria-edit", args=[draft.pk])
    changed = {"rad-0-weight": 41, "seen": seen(as_team, draft)}

    page = as_team.post(address, edit_form(draft, **changed))

    assert "Vektene blir 101 til sammen. De skal bli 100." in page.text
    assert 'value="41"' in page.text
    assert weights_of(draft)["strategi"] == 40


@pytest.mark.parametrize(
    ("weight", "told"),
    [
        ("", "Skriv vekten, fra 1 til 100."),
        ("mye", "Skriv vekten som et helt tall, fra 1 til 100."),
        ("0", "Vekten må være fra 1 til 100."),
        ("-5", "Vekten må være fra 1 til 100."),
        ("101", "Vekten må være fra 1 til 100."),
    ],
)
def test_a_weight_that_is_none_is_told_beside_it(as_team, draft, weight, told):
    address = reverse("prioritization:criteria-edit", args=[draft.pk])

    page = as_team.post(
        address, edit_form(draft, **{"rad-0-weight": weight, "seen": seen(as_team, draft)})
    )

    assert told in page.text


def test_a_criterion_is_added_and_another_taken_away(as_team, draft):
    address = reverse("prioritization:criteria-edit", args=[draft.pk])
    changed = {
        "rad-3-DELETE": "on",
        "rad-4-name": "Gir bedre arbeidsdager",
        "rad-4-short_name": "Arbeid",
        "rad-4-weight": 15,
        "seen": seen(as_team, draft),
    }

    response = as_team.post(address, edit_form(draft, **changed))

    assert response.status_code == 302
    assert weights_of(draft) == {"strategi": 40, "gevinst": 30, "eier": 15, "arbeid": 15}
    assert draft.ordered_questions()[-1].text == "Gir bedre arbeidsdager"


def test_the_second_of_two_who_edit_is_told_and_keeps_what_was_typed(as_team, draft, team_member):
    address = reverse("prioritization:criteria-edit", args=[draft.pk])
    before = seen(as_team, draft)
    rows = [
        CriterionText(each.name, each.short_name, each.weight, each.pk)
        for each in draft.criteria.all()
    ]
    actions.write_criteria(
        draft, name="Byttet", version=draft.version, source="", criteria=rows, by=team_member
    )

    page = as_team.post(address, edit_form(draft, name="Mitt navn", seen=before))

    assert "Noen andre endret dette mens du skrev." in page.text
    assert 'value="Mitt navn"' in page.text
    assert CriteriaSet.objects.get(pk=draft.pk).name == "Byttet"


def test_the_name_of_another_version_is_refused_beside_the_field(as_team, draft):
    address = reverse("prioritization:criteria-edit", args=[draft.pk])

    page = as_team.post(address, edit_form(draft, version="2026", seen=seen(as_team, draft)))

    assert "Det finnes allerede en versjon som heter 2026." in page.text


def test_questions_are_written_with_direction_and_guidance(as_team, draft):
    criterion = draft.criteria.first()
    question = criterion.questions.get()
    address = reverse("prioritization:criteria-questions", args=[draft.pk, criterion.pk])
    form = as_team.get(address).context["form"]
    sent = {
        "seen": form["seen"].value(),
        "sporsmal-TOTAL_FORMS": 2,
        "sporsmal-INITIAL_FORMS": 1,
        "sporsmal-0-pk": question.pk,
        "sporsmal-0-text": "Hvor dyrt er det?",
        "sporsmal-0-direction": Direction.DOWN,
        "sporsmal-0-is_direction_chosen": "on",
        "sporsmal-0-guidance_low": "Billig",
        "sporsmal-1-text": "Hvor nytt er det?",
        "sporsmal-1-direction": Direction.UP,
    }

    assert as_team.post(address, sent).status_code == 302

    first, second = Question.objects.filter(criterion=criterion)
    assert (first.pk, first.text, first.direction) == (question.pk, "Hvor dyrt er det?", "down")
    assert first.is_direction_chosen
    assert first.guidance_low == "Billig"
    assert second.text == "Hvor nytt er det?"


def test_a_criterion_keeps_at_least_one_question(as_team, draft):
    criterion = draft.criteria.first()
    question = criterion.questions.get()
    address = reverse("prioritization:criteria-questions", args=[draft.pk, criterion.pk])
    sent = {
        "seen": as_team.get(address).context["form"]["seen"].value(),
        "sporsmal-TOTAL_FORMS": 2,
        "sporsmal-INITIAL_FORMS": 1,
        "sporsmal-0-pk": question.pk,
        "sporsmal-0-text": question.text,
        "sporsmal-0-direction": question.direction,
        "sporsmal-0-DELETE": "on",
        "sporsmal-1-direction": Direction.UP,
    }

    page = as_team.post(address, sent)

    assert "Et kriterium må ha minst ett spørsmål." in page.text
    assert criterion.questions.exists()


def test_taking_a_version_into_use_takes_the_other_out(current, draft, team_member):
    actions.take_criteria_into_use(draft, by=team_member)

    in_use = CriteriaSet.objects.get(stage=Stage.SCREENING, is_current=True)
    assert in_use == draft


def test_a_version_that_a_round_uses_is_frozen_by_action_and_by_database(current, team_member):
    RoundFactory(criteria_set=current)
    criterion = current.criteria.first()

    with pytest.raises(ActionRefused, match="er låst, fordi en runde bruker den"):
        actions.write_questions(criterion, [], by=team_member)
    for change in (
        lambda: criterion.questions.update(text="Noe annet"),
        lambda: current.criteria.filter(pk=criterion.pk).update(name="Noe annet"),
        lambda: criterion.questions.all().delete(),
        lambda: Question.objects.create(criterion=criterion, code="ny", text="Nytt?"),
    ):
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            change()


def test_a_frozen_version_has_no_editor_but_can_be_copied(as_team, current):
    RoundFactory(criteria_set=current)

    edited = as_team.get(reverse("prioritization:criteria-edit", args=[current.pk]))
    page = as_team.get(edited.url)

    assert "Lag ny versjon av denne" in page.text
    assert "Endre navn og vekter" not in page.text


def test_a_draft_is_deleted_but_not_one_in_use(as_team, current, draft, team_member):
    as_team.post(reverse("prioritization:criteria-delete", args=[draft.pk]))

    assert not CriteriaSet.objects.filter(pk=draft.pk).exists()
    with pytest.raises(ActionRefused, match="brukes i nye runder"):
        actions.delete_criteria(current, by=team_member)


def test_drafts_are_the_teams(client, draft):
    client.force_login(UserFactory())

    page = client.get(reverse("prioritization:criteria-set", args=[draft.pk]))

    assert page.status_code == 404


@pytest.mark.parametrize("versions", [1, 4])
def test_the_list_asks_as_often_for_many_versions(
    as_team, current, team_member, django_assert_max_num_queries, versions
):
    for number in range(versions):
        actions.copy_criteria(current, version=f"x{number}", by=team_member)

    with django_assert_max_num_queries(10):
        as_team.get(reverse("prioritization:criteria"))
