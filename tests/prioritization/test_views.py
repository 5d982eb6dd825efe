import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from core import roles
from core.models import OutgoingMail
from ideas.models import IdeaStatus
from municipality.models import Phase
from prioritization import actions
from prioritization.models import Round, RoundStatus, ScoreLevel
from prioritization.reference import load_reference
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import CycleFactory, SectorFactory
from tests.factories.prioritization import EntryFactory, RoundFactory

DAY = dt.timedelta(days=1)
RANKED = {
    "answered_weight": 100,
    "breakdown": {"strategi": 1.0, "gevinst": 0.5, "eier": 1.0, "nytt": 0.0},
}


def url(name, *args):
    return reverse(f"prioritization:{name}", args=args)


def text_of(response):
    return " ".join(response.content.decode().split())


def add_ranked(scored, *scores, **fields):
    return [EntryFactory(round=scored, score=score, **RANKED, **fields) for score in scores]


# The list


def test_list_tells_when_the_phase_opens(as_team, cycle, today):
    Phase.objects.filter(cycle=cycle).update(opens_on=today + 5 * DAY)

    response = as_team.get(url("list"))

    assert "Prioriteringen åpner" in text_of(response)
    assert url("create") not in text_of(response)


def test_list_lets_only_the_team_open_the_screening(client, cycle, team_member, stranger):
    client.force_login(team_member)
    assert url("create") in text_of(client.get(url("list")))

    client.force_login(stranger)
    assert url("create") not in text_of(client.get(url("list")))


def test_list_tells_a_scorer_what_is_left(as_scorer, scored, entry):
    response = as_scorer.get(url("list"))

    assert "Du har én idé igjen" in text_of(response)
    assert "Én person setter poeng på 1 idé" in text_of(response)


def test_list_links_only_to_rounds_one_may_see(client, scored, stranger):
    client.force_login(stranger)

    response = client.get(url("list"))

    assert "Grovscreening" in text_of(response)
    assert scored.get_absolute_url() not in text_of(response)


def test_list_of_a_locked_round(as_team, scored, team_member):
    add_ranked(scored, 70)
    actions.close_round(scored, by=team_member)

    assert "Én av 1 idé er rangert" in text_of(as_team.get(url("list")))


def test_list_takes_the_same_number_of_queries_for_one_and_three_rounds(
    as_team, scored, django_assert_num_queries
):
    as_team.get(url("list"))
    with django_assert_num_queries(LIST_QUERIES):
        as_team.get(url("list"))

    for years in (1, 2):
        before = CycleFactory(year=scored.cycle.year - years, is_current=False)
        RoundFactory(cycle=before, criteria_set=scored.criteria_set)
    with django_assert_num_queries(LIST_QUERIES):
        as_team.get(url("list"))


LIST_QUERIES = 9


# Opening


def test_create_opens_the_round_with_all_ideas_that_wait(
    as_team, screening_criteria, forwarded, scorer, today
):
    data = {
        "scorers": [scorer.pk],
        "ideas": [idea.pk for idea in forwarded],
        "closes_on": (today + DAY).isoformat(),
        "submission_key": uuid.uuid4(),
    }

    first, again = (as_team.post(url("create"), data) for _ in range(2))

    opened = Round.objects.get()
    assert first.url == again.url == opened.get_absolute_url()
    assert opened.entries.count() == 2
    assert OutgoingMail.objects.count() == 1


def test_create_chooses_management_and_sector_leaders_from_the_start(
    as_team, forwarded, manager, sector_leader, scorer
):
    response = as_team.get(url("create"))

    assert set(response.context["form"].initial["scorers"]) == {manager.pk, sector_leader.pk}


@pytest.mark.parametrize(("days", "message"), [(-1, "ikke er passert"), (11, "Fasen er stengt da")])
def test_create_says_what_is_wrong_and_keeps_what_was_chosen(
    as_team, forwarded, scorer, today, days, message
):
    closes_on = (today + dt.timedelta(days=days)).isoformat()

    response = as_team.post(url("create"), {"scorers": [scorer.pk], "closes_on": closes_on})

    assert response.status_code == 200
    assert message in text_of(response)
    assert closes_on in text_of(response)
    assert not Round.objects.exists()


def test_create_shows_no_form_when_the_phase_is_closed(as_team, cycle, forwarded, scorer, today):
    Phase.objects.filter(cycle=cycle).update(closes_on=today - DAY)

    response = as_team.get(url("create"))

    assert "er stengt" in text_of(response)
    assert "Åpne runden" not in text_of(response)


def test_create_without_ideas_points_to_the_inbox(as_team, cycle):
    assert reverse("ideas:inbox") in text_of(as_team.get(url("create")))


def test_create_is_for_the_team(client, cycle, manager):
    client.force_login(manager)

    assert client.get(url("create")).status_code == 403


# The round


def test_round_shows_the_team_how_far_each_has_come(as_team, scored, entry, other_scorer):
    scored.scorers.add(other_scorer)
    scored.participations.filter(user=other_scorer).update(
        finished_count=1, delivered_at=timezone.now()
    )

    response = as_team.get(scored.get_absolute_url())

    assert "Én av to har levert svarene sine" in text_of(response)
    assert "0 av 1" in text_of(response)
    assert "Lås poengene" in text_of(response)


def test_round_shows_a_scorer_their_own_answers_and_no_tools(
    as_scorer, scored, entry, questions, scorer, today
):
    actions.give_scores(entry, levels={questions["nytt"]: 1}, by=scorer, on=today)

    response = as_scorer.get(scored.get_absolute_url())

    assert "1 av 4 svar" in text_of(response)
    assert url("score", scored.pk, entry.pk) in text_of(response)
    assert "Lås poengene" not in text_of(response)


def test_round_is_closed_to_others(client, scored, stranger):
    client.force_login(stranger)

    assert client.get(scored.get_absolute_url()).status_code == 403


def test_round_takes_the_same_number_of_queries_for_one_and_three_ideas(
    as_team, scored, django_assert_num_queries
):
    EntryFactory(round=scored, idea__sector=SectorFactory())
    as_team.get(scored.get_absolute_url())
    with django_assert_num_queries(ROUND_QUERIES):
        as_team.get(scored.get_absolute_url())

    for _ in range(2):
        EntryFactory(round=scored, idea__sector=SectorFactory())
    with django_assert_num_queries(ROUND_QUERIES):
        as_team.get(scored.get_absolute_url())


ROUND_QUERIES = 14


def test_newcomers_are_offered_and_taken_in(as_team, scored, entry):
    IdeaFactory(cycle=scored.cycle, status=IdeaStatus.FORWARDED)
    assert "Ta med ideen" in text_of(as_team.get(scored.get_absolute_url()))

    response = as_team.post(url("round-add-ideas", scored.pk))

    assert response.url == scored.get_absolute_url()
    assert scored.entries.count() == 2


def test_remind_tells_how_many_were_reminded(as_team, scored, entry):
    first = as_team.post(url("round-remind", scored.pk), follow=True)
    again = as_team.post(url("round-remind", scored.pk), follow=True)

    assert "Én person har fått en påminnelse." in text_of(first)
    assert "Ingen nye å minne på i dag." in text_of(again)
    assert OutgoingMail.objects.count() == 1


def test_change_saves_who_scores_and_until_when(as_team, scored, other_scorer, today):
    closes_on = today + 4 * DAY

    response = as_team.post(
        url("round-change", scored.pk),
        {"scorers": [other_scorer.pk], "closes_on": closes_on.isoformat()},
    )

    scored.refresh_from_db()
    assert response.url == scored.get_absolute_url()
    assert scored.closes_on == closes_on
    assert list(scored.scorers.all()) == [other_scorer]


def test_close_leads_to_the_ranking_and_twice_is_a_conflict(as_team, scored):
    first = as_team.post(url("round-close", scored.pk))
    again = as_team.post(url("round-close", scored.pk))

    assert first.url == url("ranking", scored.pk)
    assert again.status_code == 409


def test_reopen_wants_a_reason(as_team, scored, team_member, today):
    actions.close_round(scored, by=team_member)

    refused = as_team.post(url("round-reopen", scored.pk), {"closes_on": today.isoformat()})
    done = as_team.post(
        url("round-reopen", scored.pk), {"closes_on": today.isoformat(), "reason": "Feil."}
    )

    assert "Skriv hvorfor" in text_of(refused)
    assert done.url == scored.get_absolute_url()
    scored.refresh_from_db()
    assert scored.status == RoundStatus.OPEN


@pytest.mark.parametrize(
    "name",
    ["round-change", "round-add-ideas", "round-remind", "round-close", "round-reopen"],
)
def test_managing_is_for_the_team(client, scored, manager, name):
    client.force_login(manager)

    assert client.post(url(name, scored.pk)).status_code == 403


# The ranking


def places(response):
    return [(row.place, row.is_shared) for row in response.context["rows"]]


def test_ranking_shares_places_and_says_who_leads(as_team, scored):
    add_ranked(scored, 70, 90, 70, 50)

    response = as_team.get(url("ranking", scored.pk))

    assert places(response) == [(1, False), (2, True), (2, True), (4, False)]
    assert "ligger øverst, 20,0 poeng foran neste" in text_of(response)
    assert response.context["rows"][0].words == (
        "strategi 100\xa0%, gevinst 50\xa0%, eier 100\xa0%, nytt 0\xa0%"
    )


@pytest.mark.parametrize(
    ("scores", "heading"),
    [
        ([], "Ingen ideer er rangert ennå"),
        ([70], "er den eneste ideen som er rangert"),
        ([70, 69.5], "er i praksis like"),
        ([70, 70, 60], "deler førsteplassen"),
        ([70, 70, 70], "Tre ideer deler førsteplassen"),
    ],
)
def test_heading_of_the_ranking(as_team, scored, scores, heading):
    add_ranked(scored, *scores)

    assert heading in as_team.get(url("ranking", scored.pk)).context["heading"]


def test_ranking_goes_on_page_by_page(as_team, scored):
    add_ranked(scored, *[80] * 49, *[70] * 3, 60)

    second = as_team.get(url("ranking", scored.pk), {"page": 2})

    assert places(second) == [(50, True), (50, True), (53, False)]
    assert second.context["heading"] == "Plass 50 til 53 av 53"


def test_ranking_keeps_apart_what_is_not_ranked(as_team, scored):
    EntryFactory(
        round=scored,
        answered_weight=85,
        breakdown={"strategi": 1.0, "gevinst": 0.5, "eier": None, "nytt": 0.0},
        idea__title="Selvbetjent utlån",
    )
    EntryFactory(round=scored, idea__title="Ny arkivlov", idea__is_statutory=True)

    response = as_team.get(url("ranking", scored.pk))

    assert "Selvbetjent utlån" in text_of(response)
    assert "Poeng på 85 % av vekten. Mangler: eier." in text_of(response)
    assert "Må gjøres uansett: lovpålagt" in text_of(response)
    assert [each.idea.title for each in response.context["statutory"]] == ["Ny arkivlov"]


def test_ranking_waits_until_a_scorer_has_delivered(
    as_scorer, scored, entry, questions, scorer, today
):
    address = url("ranking", scored.pk)
    answers = dict.fromkeys(questions.values(), ScoreLevel.HIGH)
    actions.give_scores(entry, levels=answers, by=scorer, on=today)
    assert "Du ser rangeringen når du har levert" in text_of(as_scorer.get(address))

    actions.deliver(scored, by=scorer, on=today)

    assert "er den eneste ideen" in text_of(as_scorer.get(address))


def test_ranking_waits_for_sector_leaders_until_it_is_locked(
    client, scored, entry, sector_leader, team_member
):
    client.force_login(sector_leader)
    address = url("ranking", scored.pk)
    assert "når poengene er låst" in text_of(client.get(address))

    actions.close_round(scored, by=team_member)

    assert "Ingen ideer er rangert ennå" in text_of(client.get(address))


def test_ranking_offers_the_memo_to_the_team_only(client, scored, person, team_member):
    add_ranked(scored, 70)
    address = reverse("memo-create", args=[scored.pk])

    for user, offered in [(team_member, True), (person(roles.MANAGEMENT), False)]:
        client.force_login(user)
        assert (address in text_of(client.get(url("ranking", scored.pk)))) is offered


def test_ranking_is_closed_to_others(client, scored, stranger):
    client.force_login(stranger)

    assert client.get(url("ranking", scored.pk)).status_code == 403


# Criteria


def test_criteria_show_weights_questions_and_directions(client, stranger, cycle):
    load_reference()
    client.force_login(stranger)

    response = client.get(url("criteria"))

    assert "Forventning om betydelige gevinster" in text_of(response)
    assert "Høy trekker ned" in text_of(response)
    assert [each.name for each, _questions in response.context["sets"]] == [
        "Grovscreening",
        "Videre prioritering",
    ]


def test_criteria_before_any_are_loaded(client, stranger, cycle):
    client.force_login(stranger)

    assert "Ingen kriterier er lagt inn" in text_of(client.get(url("criteria")))
