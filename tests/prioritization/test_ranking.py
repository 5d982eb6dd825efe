"""The ranking page: its sentences, the line, the intervals, and what it costs to show."""

from decimal import Decimal

import pytest
from django.utils import timezone

from core import roles
from prioritization import actions, robustness_making
from prioritization.models import (
    FinalAnswer,
    Participation,
    RobustnessRun,
    Score,
    ScoreLevel,
    Stage,
)
from tests.factories.municipality import SectorFactory
from tests.factories.prioritization import (
    CriteriaSetFactory,
    EntryFactory,
    RobustnessRunFactory,
    RoundFactory,
)
from tests.prioritization.test_views import RANKED, add_ranked, text_of, url

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def sure(scored, entries, *, top, bands, shares, **fields):
    """A run that is ready: (best, worst, band) of each idea, and how often it is in the top."""
    run = RobustnessRunFactory(round=scored, top=top, fingerprint=scored.fingerprint(), **fields)
    for entry, (lowest, highest, band), share in zip(entries, bands, shares, strict=True):
        run.ranges.create(
            entry=entry, lowest=lowest, highest=highest, band=band, top_share=Decimal(share)
        )
    return run


@pytest.fixture
def framed(scored):
    """Four ideas that cost 100 each, and money for two."""
    scored.budget_frame = Decimal(200)
    scored.save()
    return add_ranked(scored, 90, 80, 79, 50, idea__estimated_cost=100)


def page(client, scored, **query):
    return client.get(url("ranking", scored.pk), query)


# The sentences


@pytest.mark.parametrize(
    ("bands", "shares", "heading"),
    [
        ([1, 2, 2, 3], "1 .6 .4 0", "Én idé står støtt. Nummer 2 og 3 er i praksis like."),
        ([1, 1, 1, 2], "1 .6 .4 0", "Nummer 1 til 3 er i praksis like"),
        ([1, 2, 3, 4], "1 .95 0 0", "De to øverste ideene står støtt"),
        ([1, 2, 3, 4], "1 .8 .2 0", "Én av de to øverste står støtt"),
        ([1, 2, 3, 4], ".8 .7 .5 0", "ligger øverst, 10,0 poeng foran neste"),
    ],
)
def test_heading_tells_how_sure_it_is(as_team, scored, framed, bands, shares, heading):
    places = [(number, number, band) for number, band in enumerate(bands, start=1)]
    sure(scored, framed, top=2, bands=places, shares=shares.split())

    assert heading in page(as_team, scored).context["heading"]


def test_heading_is_the_usual_when_the_answers_have_changed(as_team, scored, framed):
    sure(
        scored,
        framed,
        top=2,
        bands=[(1, 1, 1), (2, 3, 2), (2, 3, 2), (4, 4, 3)],
        shares=["1", ".6", ".4", "0"],
    )
    framed[0].score = 95
    framed[0].save()

    response = page(as_team, scored)

    assert "ligger øverst" in response.context["heading"]
    assert "Svarene er endret etter at vi regnet" in text_of(response)
    assert "gk-near-tie" not in text_of(response)
    assert "Regn på nytt" in text_of(response)


def test_lead_tells_how_far_the_money_goes_and_who_scored(as_team, scored, framed, team_member):
    FinalAnswer.objects.create(
        entry=framed[0],
        question=scored.ordered_questions()[0],
        level=ScoreLevel.HIGH,
        reason="Enige.",
        agreed_by=team_member,
    )

    lead = page(as_team, scored).context["lead"]

    assert lead.startswith(f"Rammen for {scored.cycle.budget_year} holder til to prosjekter.")
    assert "satt av én person og avstemt i konsensus" in lead


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (50, "holder ikke til den øverste ideen"),
        (100, "holder til ett prosjekt"),
        (1000, "holder til alle ideene"),
    ],
)
def test_lead_when_the_money_goes_nowhere_or_all_the_way(as_team, scored, framed, frame, words):
    scored.budget_frame = frame
    scored.save()

    assert words in page(as_team, scored).context["lead"]


# The line


def test_line_goes_under_the_last_there_is_money_for(as_team, scored, framed):
    response = page(as_team, scored)

    rows = response.context["rows"]
    assert [row.is_last_above for row in rows] == [False, True, False, False]
    assert [row.is_below for row in rows] == [False, False, True, True]
    assert text_of(response).count("Her går streken: 200 kr") == 1


def test_what_the_law_demands_moves_the_line(as_team, scored, framed):
    EntryFactory(round=scored, idea__is_statutory=True, idea__estimated_cost=150)

    assert [row.is_below for row in page(as_team, scored).context["rows"]] == [True] * 4


def test_no_line_where_it_goes_on_another_page(as_team, scored):
    add_ranked(scored, *[80] * 60, idea__estimated_cost=1)
    scored.budget_frame = 55
    scored.save()

    first, second = page(as_team, scored), page(as_team, scored, page=2)

    assert "Her går streken" not in text_of(first)
    assert second.context["top"] == 55
    assert [row.number for row in second.context["rows"] if row.is_last_above] == [55]


def test_what_has_no_price_is_told(as_team, scored, framed):
    framed[0].idea.estimated_cost = None
    framed[0].idea.save()

    assert "Én idé over streken har ingen kostnad" in text_of(page(as_team, scored))


# How sure each place is


def test_rows_tell_of_their_near_ties(as_team, scored, framed):
    sure(
        scored,
        framed,
        top=2,
        bands=[(1, 1, 1), (2, 4, 2), (2, 4, 2), (2, 4, 2)],
        shares=["1", ".6", ".3", ".1"],
    )

    response = page(as_team, scored)

    rows = response.context["rows"]
    assert [row.near_words for row in rows] == [
        "",
        "nesten likt med nr. 3 og 4",
        "nesten likt med nr. 2 og 4",
        "nesten likt med nr. 2 og 3",
    ]
    assert [row.is_at_line for row in rows] == [False, True, True, True]
    assert rows[1].interval_words == "plass 2 til 4 i 90 % av forsøkene"
    assert "I topp 2" in text_of(response)


def test_near_ties_away_from_the_line_are_not_tinted(as_team, scored, framed):
    sure(
        scored,
        framed,
        top=2,
        bands=[(1, 2, 1), (1, 2, 1), (3, 4, 2), (3, 4, 2)],
        shares=["1", "1", "0", "0"],
    )

    rows = page(as_team, scored).context["rows"]

    assert [row.near_words for row in rows][0] == "nesten likt med nr. 2"
    assert not any(row.is_at_line for row in rows)


def test_before_anybody_has_worked_it_out_the_page_says_what_to_do(as_team, scored, framed):
    text = text_of(page(as_team, scored))

    assert "Ingen har regnet på hvor sikker rekkefølgen er" in text
    assert "Regn på det nå" in text
    assert "Har svart" in text
    assert "Plass når vi rokker" not in text


def test_only_those_who_may_are_offered_to_work_it_out(client, scored, framed, sector_leader):
    scored.closed_at, scored.status = timezone.now(), "closed"
    scored.save()
    client.force_login(sector_leader)

    assert "Regn på det nå" not in text_of(page(client, scored))
    assert client.post(url("robustness-again", scored.pk)).status_code == 403


def test_while_it_is_worked_out_the_page_asks_again(as_team, scored, framed):
    run = actions.request_robustness(scored, by=None)

    text = text_of(page(as_team, scored))

    assert url("robustness-status", scored.pk, run.pk) in text
    assert "Vi regner på hvor sikker rekkefølgen er" in text


def test_an_idea_that_came_later_has_no_interval(as_team, scored, framed):
    sure(scored, framed[:3], top=2, bands=[(1, 1, 1)] * 3, shares=["1"] * 3)

    rows = page(as_team, scored).context["rows"]

    assert [row.interval is None for row in rows] == [False, False, False, True]


# The two stages


def test_the_stages_are_kept_apart(as_team, scored, framed):
    further = RoundFactory(
        cycle=scored.cycle, stage=Stage.FURTHER, criteria_set=CriteriaSetFactory(stage="further")
    )

    for shown in (scored, further):
        response = page(as_team, shown)
        assert [pk for pk, _words in response.context["stages"]] == [scored.pk, further.pk]
        assert "Steg 2: videre prioritering" in text_of(response)
        assert shown.criteria_set.version in text_of(response)


def test_a_direction_that_the_round_has_chosen_is_told(as_team, scored, framed, questions):
    scored.directions.create(question=questions["nytt"], direction="down")

    assert "Denne runden har valgt at" in text_of(page(as_team, scored))


# The matrix


def test_matrix_of_the_screening_says_that_it_is_about_the_owner(as_team, scored, framed):
    actions.request_robustness(scored, by=None)

    matrix = page(as_team, scored).context["matrix"]

    assert (matrix.x.code, matrix.y.code) == ("eier", "gevinst")
    assert [(spot.place, spot.x, spot.y) for spot in matrix.spots][0] == (1, 100.0, 50.0)
    assert matrix.heading == "Alle er både nyttige og har en eier som forplikter seg"


# What it costs


@pytest.fixture
def as_somebody(client, scored, person):
    """Log in as a role, or as a scorer who has delivered."""

    def log_in(who):
        user = person(roles.PROJECT_OWNER if who == "scorer" else who)
        if who != roles.MANAGEMENT:
            Participation.objects.create(round=scored, user=user, delivered_at=timezone.now())
        client.force_login(user)
        return client

    return log_in


@pytest.mark.parametrize("who", [roles.DIGITALISATION_TEAM, roles.MANAGEMENT, roles.SECTOR_LEADER])
def test_at_most_twelve_queries_however_many_ideas(
    as_somebody, scored, who, django_assert_max_num_queries
):
    visitor = as_somebody(who)
    counts = []
    for count in (2, 9):
        entries = add_ranked(
            scored, *range(60, 60 + count), idea__sector=SectorFactory(), idea__estimated_cost=10
        )
        EntryFactory.create_batch(count, round=scored, idea__sector=SectorFactory())
        EntryFactory.create_batch(count, round=scored, idea__is_statutory=True)
        scored.budget_frame = 50
        scored.save()
        sure(scored, entries, top=1, bands=[(1, 2, 1)] * count, shares=["1"] * count)
        page(visitor, scored)
        with django_assert_max_num_queries(MOST_QUERIES) as captured:
            page(visitor, scored)
        counts.append(len(captured))

    assert counts[0] == counts[1]


# The frame


def test_team_sets_the_frame_and_the_line_moves(as_team, scored, framed):
    address = url("frame", scored.pk)
    assert 'value="200"' in text_of(as_team.get(address))

    response = as_team.post(address, {"frame": "300 kr", "seen": "200"})

    assert response.url == url("ranking", scored.pk)
    assert page(as_team, scored).context["top"] == 3


def test_frame_keeps_what_was_typed(as_team, scored):
    response = as_team.post(url("frame", scored.pk), {"frame": "mye"})

    assert "Skriv rammen som et tall" in text_of(response)
    assert 'value="mye"' in text_of(response)


def test_frame_that_somebody_else_has_set_meanwhile_is_a_conflict(as_team, scored, framed):
    response = as_team.post(url("frame", scored.pk), {"frame": "300", "seen": ""})

    assert response.status_code == 409
    assert "Noen andre endret rammen" in text_of(response)


# The page of how sure it is


@pytest.fixture
def worked_out(scored, framed, scorer, questions):
    Score.objects.bulk_create(
        Score(entry=entry, question=question, scorer=scorer, level=level)
        for entry, levels in zip(framed, ["3333", "3222", "2222", "1111"], strict=True)
        for question, level in zip(questions.values(), map(int, levels), strict=True)
    )
    actions.rescore_all(scored)
    run = actions.request_robustness(scored, by=None, draws=100)
    robustness_making.make(RobustnessRun.objects.get(pk=run.pk))
    return run


def test_sureness_tells_what_was_varied_and_that_it_changes_nothing(as_team, scored, worked_out):
    text = text_of(as_team.get(url("robustness", scored.pk)))

    assert "Det endrer ikke den offisielle rekkefølgen" in text
    assert "flyttes hver vekt inntil 10 poeng opp eller ned" in text
    assert "2026" in text
    assert str(scored.entries.ranked()[0].idea) in text


def test_sureness_can_be_worked_out_in_another_way(as_team, scored, framed):
    response = as_team.post(
        url("robustness-again", scored.pk), {"span": "5", "top": "3", "draws": "1000"}
    )

    assert response.status_code == 302
    run = scored.robustness_runs.get()
    assert (run.span, run.top, run.draws) == (5, 3, 1000)


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("span", "51", "Skriv et helt tall fra 0 til 50."),
        ("top", "9", "Det er bare 4 ideer på lista."),
        ("top", "", "Skriv hvor mange ideer det er plass til."),
        ("draws", "", "Velg hvor mange forsøk."),
    ],
)
def test_sureness_says_what_is_wrong(as_team, scored, framed, field, typed, told):
    sent = {"span": "10", "top": "2", "draws": "1000"} | {field: typed}

    response = as_team.post(url("robustness-again", scored.pk), sent)

    assert told in text_of(response)
    assert not RobustnessRun.objects.exists()


def test_sureness_refuses_more_than_there_is_memory_for(as_team, scored, framed, monkeypatch):
    monkeypatch.setattr("prioritization.forms.ranking.MOST_PLACES", 100_000)

    response = as_team.post(
        url("robustness-again", scored.pk), {"span": "10", "top": "2", "draws": "100000"}
    )

    assert "Velg færre forsøk" in text_of(response)


def test_one_press_works_it_out_as_the_last_time(as_team, scored, worked_out):
    scored.entries.update(spread=1)

    response = as_team.post(url("robustness-again", scored.pk))

    assert response.url == url("robustness", scored.pk)
    assert scored.robustness_runs.order_by("-pk")[0].draws == 100


def test_status_stops_asking_when_it_is_ready(as_team, scored, worked_out):
    address = url("robustness-status", scored.pk, worked_out.pk)

    response = as_team.get(address, headers={"HX-Request": "true"})

    assert response.status_code == 286
    assert "Ferdig." in text_of(response)
    assert as_team.get(address).url == url("robustness", scored.pk)


def test_one_that_failed_is_offered_again(as_team, scored, framed):
    run = RobustnessRunFactory(round=scored, status="failed", error="Noe gikk galt hos oss.")

    text = text_of(as_team.get(url("robustness", scored.pk)))
    response = as_team.post(url("robustness-retry", scored.pk, run.pk))

    assert "Noe gikk galt hos oss." in text
    assert response.status_code == 302
    run.refresh_from_db()
    assert run.status == "queued"


def test_download_is_the_whole_result(as_team, scored, worked_out):
    response = as_team.get(url("robustness-download", scored.pk, worked_out.pk))

    assert response["Content-Type"] == "application/json"
    assert [idea["place"] for idea in response.json()["ideas"]] == [1, 2, 3, 4]


def test_sureness_takes_the_same_number_of_queries_for_few_and_many(
    as_team, scored, worked_out, django_assert_max_num_queries
):
    counts = []
    for more in (0, 6):
        entries = [
            EntryFactory(round=scored, score=number, **RANKED, idea__sector=SectorFactory())
            for number in range(more)
        ]
        for entry in entries:
            worked_out.ranges.create(entry=entry, lowest=1, highest=2, top_share=0, band=9)
        as_team.get(url("robustness", scored.pk))
        with django_assert_max_num_queries(20) as captured:
            as_team.get(url("robustness", scored.pk))
        counts.append(len(captured))

    assert counts[0] == counts[1]
