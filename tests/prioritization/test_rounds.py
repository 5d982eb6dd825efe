"""What a round chooses when it opens: groups, directions, and who goes on to the second stage."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.errors import ActionRefused
from core.models import OutgoingMail
from ideas.models import IdeaStatus
from prioritization import actions
from prioritization.models import Direction, Question, Round, RoundStatus, Stage
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import SectorFactory
from tests.factories.prioritization import CriteriaSetFactory, EntryFactory, RoundFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def as_team(client, team_member):
    client.force_login(team_member)
    return client


@pytest.fixture
def sector():
    return SectorFactory()


@pytest.fixture
def further_criteria():
    """A set of the second stage where the round turns one question."""
    made = CriteriaSetFactory(stage=Stage.FURTHER, is_current=True)
    free = made.ordered_questions()[-1]
    free.direction, free.is_direction_chosen = Direction.DOWN, True
    free.save()
    return made


@pytest.fixture
def free_question(further_criteria):
    return Question.objects.get(is_direction_chosen=True)


@pytest.fixture
def screening(cycle, scorer):
    """Locked, with ideas of 90, 60 and 30 points, one without points and one the law demands."""
    made = RoundFactory(
        cycle=cycle, status=RoundStatus.CLOSED, closed_at=timezone.now(), stage=Stage.SCREENING
    )
    made.participations.create(user=scorer)
    for score in (90, 60, 30, None):
        idea = IdeaFactory(cycle=cycle, status=IdeaStatus.FORWARDED, title=f"Har {score}")
        EntryFactory(round=made, idea=idea, score=score)
    duty = IdeaFactory(cycle=cycle, status=IdeaStatus.FORWARDED, title="Lov", is_statutory=True)
    EntryFactory(round=made, idea=duty)
    return made


@pytest.fixture
def go_on(screening, further_criteria, scorer, team_member, today):
    def opened(**chosen):
        choices = {
            "picked": {},
            "threshold": Decimal(50),
            "selection_reason": "Det er plass til to.",
            "scorers": [scorer],
            "closes_on": today + DAY,
        }
        return actions.open_further_round(screening, **(choices | chosen), by=team_member, on=today)

    return opened


def titles(scored):
    return {entry.idea.title for entry in scored.entries.select_related("idea")}


# Who scores


def test_a_group_has_one_answer_and_one_person_who_enters_it(
    scored, entry, scorer, other_scorer, sector, team_member
):
    actions.set_scorers(scored, scorers=[scorer], groups={sector: other_scorer}, by=team_member)

    parts = {part.user: part.name for part in scored.participations.select_related("sector")}
    assert parts == {scorer: str(scorer), other_scorer: f"Gruppa i {sector.short_name}"}
    assert OutgoingMail.objects.get().to == other_scorer.email


def test_nobody_has_two_voices(scored, scorer, sector, team_member):
    with pytest.raises(ActionRefused, match="kan ikke svare både for seg selv og for en gruppe"):
        actions.set_scorers(scored, scorers=[scorer], groups={sector: scorer}, by=team_member)


def test_two_groups_can_swap_who_enters(scored, scorer, other_scorer, sector, team_member):
    second = SectorFactory()
    first = {sector: scorer, second: other_scorer}
    actions.set_scorers(scored, scorers=[], groups=first, by=team_member)

    swapped = {sector: other_scorer, second: scorer}
    actions.set_scorers(scored, scorers=[], groups=swapped, by=team_member)

    assert dict(scored.participations.values_list("sector", "user")) == {
        sector.pk: other_scorer.pk,
        second.pk: scorer.pk,
    }


def test_the_database_keeps_a_sector_to_one_group(scored, other_scorer, scorer, sector):
    scored.participations.update(sector=sector)

    with pytest.raises(IntegrityError), transaction.atomic():
        scored.participations.create(user=other_scorer, sector=sector)


def test_the_form_says_who_is_chosen_twice_beside_the_group(
    as_team, scored, entry, scorer, sector, today
):
    address = reverse("prioritization:round-change", args=[scored.pk])

    page = as_team.post(
        address,
        {"scorers": [scorer.pk], f"group_{sector.pk}": scorer.pk, "closes_on": today.isoformat()},
    )

    assert f"{scorer} er allerede valgt. Én person har én stemme i runden." in page.text


def test_a_round_needs_a_person_or_a_group(as_team, scored, entry, sector, scorer, today):
    address = reverse("prioritization:round-change", args=[scored.pk])

    none = as_team.post(address, {"closes_on": today.isoformat()})
    group = as_team.post(address, {f"group_{sector.pk}": scorer.pk, "closes_on": today.isoformat()})

    assert "Velg minst én som skal sette poeng." in none.text
    assert group.status_code == 302
    assert scored.participations.get().sector == sector


# Directions


def test_the_round_decides_which_way_a_free_question_counts(go_on, free_question):
    opened = go_on(directions={free_question: Direction.UP})

    asked = {question.pk: question.direction for question in opened.ordered_questions()}
    assert asked[free_question.pk] == Direction.UP
    assert Question.objects.get(pk=free_question.pk).direction == Direction.DOWN


def test_a_free_question_not_chosen_about_keeps_the_default_and_it_is_written_down(
    go_on, free_question
):
    opened = go_on()

    assert opened.directions.get().direction == Direction.DOWN


def test_the_direction_of_other_questions_stands_fast(go_on, further_criteria):
    fixed = further_criteria.ordered_questions()[0]

    with pytest.raises(ActionRefused, match="Retningen på spørsmålet står fast"):
        go_on(directions={fixed: Direction.DOWN})


# The second stage


def test_all_at_or_above_the_threshold_go_on_and_the_law_goes_along(go_on):
    opened = go_on(threshold=Decimal(60))

    assert titles(opened) == {"Har 90", "Har 60", "Lov"}
    assert (opened.stage, opened.threshold) == (Stage.FURTHER, Decimal(60))


def test_one_below_goes_along_by_hand_with_its_reason(go_on, screening):
    low = screening.entries.get(score=30).idea

    opened = go_on(threshold=Decimal(60), picked={low: "Ledelsen ba om den."})

    assert titles(opened) == {"Har 90", "Har 60", "Har 30", "Lov"}
    reasons = dict(opened.entries.values_list("idea__title", "picked_reason"))
    assert reasons["Har 30"] == "Ledelsen ba om den."
    assert reasons["Har 90"] == ""


def test_all_may_be_chosen_by_hand(go_on, screening):
    low = screening.entries.get(score=30).idea

    opened = go_on(threshold=None, picked={low: "Bare denne."})

    assert titles(opened) == {"Har 30", "Lov"}


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        ({"threshold": None}, "Velg hvilke ideer som går videre"),
        ({"threshold": Decimal(95)}, "Ingen ideer har så mange poeng"),
    ],
)
def test_a_second_stage_without_ideas_is_refused(go_on, chosen, why):
    with pytest.raises(ActionRefused, match=why):
        go_on(**chosen)


def test_what_is_not_ranked_cannot_be_picked(go_on, screening):
    incomplete = screening.entries.incomplete().get().idea

    with pytest.raises(ActionRefused, match="Velg blant ideene som fikk poeng"):
        go_on(picked={incomplete: "Likevel."})


def test_the_screening_must_be_locked_first(go_on, screening):
    Round.objects.update(status=RoundStatus.OPEN)

    with pytest.raises(ActionRefused, match="Lås grovscreeningen først"):
        go_on()


def test_the_second_stage_takes_in_no_newcomers(go_on, forwarded, team_member, today):
    opened = go_on()

    with pytest.raises(ActionRefused, match="velges når det åpnes"):
        actions.add_ideas(opened, ideas=forwarded, by=team_member, on=today)


def test_the_form_opens_the_second_stage_once(
    as_team, screening, further_criteria, free_question, scorer, today
):
    low = screening.entries.get(score=30)
    sent = {
        "threshold": "60,00",
        "selection_reason": "Det er plass til to.",
        f"picked_{low.pk}": "Ledelsen ba om den.",
        "scorers": [scorer.pk],
        "closes_on": (today + DAY).isoformat(),
        f"direction_{free_question.pk}": Direction.UP,
        "submission_key": uuid.uuid4(),
    }
    address = reverse("prioritization:create-further", args=[screening.pk])

    first, again = (as_team.post(address, sent) for _ in range(2))

    opened = Round.objects.get(stage=Stage.FURTHER)
    assert first.url == again.url == opened.get_absolute_url()
    assert titles(opened) == {"Har 90", "Har 60", "Har 30", "Lov"}
    page = as_team.get(first.url)
    assert "Det er plass til to." in page.text
    assert "Ledelsen ba om den." in page.text


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"threshold": ""}, "Skriv en grense, eller velg ideer for hånd i lista."),
        ({"threshold": "95"}, "Ingen ideer har så mange poeng. Sett grensen lavere."),
        ({"threshold": "mange"}, "Skriv grensen som et tall fra 0 til 100."),
        ({"threshold": "101"}, "Grensen må være fra 0 til 100."),
        ({"selection_reason": ""}, "Skriv hvorfor disse ideene går videre."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    as_team, screening, further_criteria, scorer, today, sent, told
):
    low = screening.entries.get(score=30)
    right = {
        "threshold": "60",
        "selection_reason": "Det er plass til to.",
        "scorers": [scorer.pk],
        "closes_on": (today + DAY).isoformat(),
        "submission_key": uuid.uuid4(),
    }
    by_hand = {} if "threshold" in sent else {f"picked_{low.pk}": "Ledelsen ba om den."}
    address = reverse("prioritization:create-further", args=[screening.pk])

    page = as_team.post(address, right | by_hand | sent)

    assert told in page.text
    assert all(text in page.text for text in by_hand.values())
    assert not Round.objects.filter(stage=Stage.FURTHER).exists()


def test_the_page_asks_as_often_for_many_ideas(
    as_team, screening, further_criteria, django_assert_max_num_queries
):
    for score in range(10, 15):
        idea = IdeaFactory(cycle=screening.cycle, status=IdeaStatus.FORWARDED)
        EntryFactory(round=screening, idea=idea, score=score)

    with django_assert_max_num_queries(20):
        as_team.get(reverse("prioritization:create-further", args=[screening.pk]))
