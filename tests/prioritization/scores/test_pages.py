import datetime as dt

import pytest

from core.models import Event
from municipality.models import Phase
from prioritization import actions, sheets
from prioritization.models import Criterion, Question, Recusal, Score, ScoreLevel
from tests.factories.municipality import SectorFactory
from tests.factories.prioritization import (
    EntryFactory,
    RoundFactory,
    ScoreFactory,
)
from tests.prioritization.scores.conftest import text_of, url

JSON = {"Accept": "application/json"}
DAY = dt.timedelta(days=1)


# On to the next


def test_score_next_goes_to_what_is_left_and_then_to_delivering(
    as_scorer, scored, entry, scorer, answer_all
):
    assert as_scorer.get(url("score-next", scored.pk)).url == url("score", scored.pk, entry.pk)

    answer_all(entry, scorer)

    assert as_scorer.get(url("score-next", scored.pk)).url == url("deliver", scored.pk)


def test_score_next_skips_the_one_it_comes_from(as_scorer, scored):
    first, second = EntryFactory.create_batch(2, round=scored)

    onwards = as_scorer.get(url("score-next", scored.pk), {"etter": first.pk})
    round_about = as_scorer.get(url("score-next", scored.pk), {"etter": second.pk})

    assert onwards.url == url("score", scored.pk, second.pk)
    assert round_about.url == url("score", scored.pk, first.pk)


def test_score_next_marks_ones_own_idea_and_skips_it(as_scorer, scored, scorer):
    EntryFactory(round=scored, idea__submitted_by=scorer)
    other = EntryFactory(round=scored)

    assert as_scorer.get(url("score-next", scored.pk)).url == url("score", scored.pk, other.pk)
    assert Recusal.objects.get().is_own


def test_score_next_of_a_locked_round_says_how_far_one_came(as_scorer, scored, entry, team_member):
    actions.close_round(scored, by=team_member)

    assert "Du rakk 0 av 1 ideer" in text_of(as_scorer.get(url("score-next", scored.pk)))


# One idea


def fields(questions, **levels):
    return {f"level-{questions[code].pk}": str(level) for code, level in levels.items()}


def test_score_without_script_saves_all_and_goes_on(as_scorer, scored, entry, questions, scorer):
    data = fields(questions, strategi=3, nytt=1) | {
        f"comment-{questions['nytt'].pk}": "Ikke så nytt",
        f"abstention-{questions['eier'].pk}": "Kjenner ikke eieren",
    }

    response = as_scorer.post(url("score", scored.pk, entry.pk), data)

    assert response.url == f"{url('score-next', scored.pk)}?etter={entry.pk}"
    stored = Score.objects.values_list("question__code", "level", "abstention", "comment")
    assert set(stored) == {
        ("strategi", 3, "", ""),
        ("nytt", 1, "", "Ikke så nytt"),
        ("eier", None, "Kjenner ikke eieren", ""),
    }


def test_score_saves_only_what_is_changed_here(as_scorer, scored, entry, questions, scorer, today):
    """Another window has answered high since this page was opened with low."""
    actions.give_scores(entry, levels={questions["nytt"]: 3}, by=scorer, on=today)
    first = {f"initial-level-{questions['nytt'].pk}": "1"}

    data = fields(questions, nytt=1, eier=2) | first
    as_scorer.post(url("score", scored.pk, entry.pk), data)

    stored = Score.objects.values_list("question__code", "level")
    assert set(stored) == {("nytt", 3), ("eier", 2)}


def test_score_shows_both_when_a_comment_has_become_another(
    as_scorer, scored, entry, questions, scorer, today
):
    question = questions["nytt"]
    actions.answer(entry, changes={question: {"comment": "Fra telefonen"}}, by=scorer, on=today)
    address = url("score", scored.pk, entry.pk)
    name = f"comment-{question.pk}"

    told = as_scorer.post(address, {name: "Fra PC-en", f"initial-{name}": ""})

    assert "endret i et annet vindu" in text_of(told)
    assert "Fra telefonen" in text_of(told)
    assert "Fra PC-en" in text_of(told)
    assert Score.objects.get().comment == "Fra telefonen"

    shown = told.context["form"].data[f"initial-{name}"]
    as_scorer.post(address, {name: "Fra PC-en", f"initial-{name}": shown})
    assert Score.objects.get().comment == "Fra PC-en"


def test_score_refuses_an_answer_and_an_abstention_at_once(as_scorer, scored, entry, questions):
    pk = questions["nytt"].pk

    response = as_scorer.post(
        url("score", scored.pk, entry.pk),
        {f"level-{pk}": "2", f"abstention-{pk}": "Vet ikke", f"comment-{pk}": "Hm"},
    )

    assert "Velg ett av dem" in text_of(response)
    assert "Vet ikke" in text_of(response)
    assert not Score.objects.exists()


def test_score_takes_one_answer_back(as_scorer, scored, entry, questions, scorer, today):
    for code in ("nytt", "eier"):
        actions.give_scores(entry, levels={questions[code]: 3}, by=scorer, on=today)
    address = url("score", scored.pk, entry.pk)

    response = as_scorer.post(address, {"clear": str(questions["nytt"].pk)})

    assert response.url == address
    assert Score.objects.get().question == questions["eier"]


def test_score_of_a_locked_round_shows_the_answers_and_refuses_new_ones(
    as_scorer, scored, entry, questions, team_member
):
    actions.close_round(scored, by=team_member)
    address = url("score", scored.pk, entry.pk)

    shown = as_scorer.get(address)
    comment = {f"comment-{questions['nytt'].pk}": "Skrevet mens runden ble låst"}
    refused = as_scorer.post(address, fields(questions, nytt=3) | comment)

    assert "Runden er låst" in text_of(shown)
    assert 'type="radio"' not in text_of(shown)
    assert refused.status_code == 409
    assert "Skrevet mens runden ble låst" in text_of(refused)
    assert not Score.objects.exists()


def test_score_says_who_one_answers_for(as_scorer, scored, entry, scorer):
    sector = SectorFactory(name="Helse og omsorg")
    scored.participations.update(sector=sector)

    for address in (url("score", scored.pk, entry.pk), url("score-grid", scored.pk)):
        assert "Du svarer for gruppa i Helse og omsorg." in text_of(as_scorer.get(address))


def test_score_is_for_scorers(as_team, scored, entry):
    for name, *args in [("score", entry.pk), ("score-next",), ("score-grid",), ("deliver",)]:
        assert as_team.get(url(name, scored.pk, *args)).status_code == 403


def test_score_of_an_idea_in_another_round_is_not_found(as_scorer, scored, entry):
    assert as_scorer.get(url("score", scored.pk + 1, entry.pk)).status_code == 404


# One answer, from the script


def save(client, entry, question, **data):
    address = url("score-answer", entry.round_id, entry.pk, question.pk)
    return client.post(address, data, headers=JSON)


def test_one_answer_is_saved_and_the_page_told_what_stands(as_scorer, scored, entry, questions):
    told = save(as_scorer, entry, questions["nytt"], level="2", seen_level="").json()

    assert told["answer"] == {"level": 2, "abstention": "", "comment": ""}
    assert told["saved"].startswith("Lagret kl.")
    assert told["note"] == ""
    assert "3 svar igjen" in told["state"]
    assert "0 av 1" in told["progress"]


def test_the_newest_of_two_windows_wins_and_says_so(as_scorer, entry, questions):
    save(as_scorer, entry, questions["nytt"], level="3", seen_level="")

    told = save(as_scorer, entry, questions["nytt"], level="1", seen_level="").json()

    assert told["answer"]["level"] == 1
    assert told["note"] == "Svaret var endret i et annet vindu, fra høy. Nå gjelder lav."
    again = save(as_scorer, entry, questions["nytt"], level="2", seen_level="1").json()
    assert again["note"] == ""


def test_a_comment_that_has_become_another_is_not_overwritten(as_scorer, entry, questions):
    save(as_scorer, entry, questions["nytt"], comment="Først", seen_comment="")

    told = save(as_scorer, entry, questions["nytt"], comment="Så", seen_comment="")

    assert (told.status_code, told.json()) == (409, {"theirs": "Først"})
    assert save(as_scorer, entry, questions["nytt"], comment="Så", seen_comment="Først").json()
    assert Score.objects.get().comment == "Så"


def test_ten_identical_saves_are_one_event(as_scorer, entry, questions):
    for _ in range(10):
        save(as_scorer, entry, questions["nytt"], level="2")

    assert Event.objects.about(entry).count() == 1


@pytest.mark.parametrize(
    "data",
    [
        {"level": "4"},
        {"level": "høy"},
        {"level": "1 OR 1=1"},
        {"comment": "x" * 501},
        {"abstention": "x" * 201},
        {"comment": "a\x00b"},
    ],
)
def test_what_no_page_sends_is_refused_in_words(as_scorer, entry, questions, data):
    response = save(as_scorer, entry, questions["nytt"], **data)

    assert response.status_code == 422
    assert response.json()["faults"]
    assert not Score.objects.exists()


def test_markup_in_a_comment_stays_text(as_scorer, scored, entry, questions):
    save(as_scorer, entry, questions["nytt"], comment="<script>alert(1)</script>")

    for address in (url("score-grid", scored.pk), url("score", scored.pk, entry.pk)):
        assert "<script>alert" not in as_scorer.get(address).content.decode()


def test_a_refused_answer_says_why_without_a_page(as_scorer, scored, entry, questions, team_member):
    actions.close_round(scored, by=team_member)

    response = save(as_scorer, entry, questions["nytt"], level="2")

    assert response.status_code == 409
    assert response.json() == {"reason": "Runden er låst. Poengene kan ikke endres."}


def test_an_answer_after_the_deadline_says_why(as_scorer, scored, entry, questions, today):
    Phase.objects.filter(cycle=scored.cycle).update(closes_on=today - DAY)

    response = save(as_scorer, entry, questions["nytt"], level="2")

    assert response.status_code == 409
    assert "Prioritering" in response.json()["reason"]


def test_an_answer_without_log_in_is_not_led_to_a_page(client, entry, questions):
    assert save(client, entry, questions["nytt"], level="2").status_code == 401


def test_an_answer_to_a_question_of_another_round_is_not_found(as_scorer, entry):
    foreign = RoundFactory(stage="further").ordered_questions()[0]

    assert save(as_scorer, entry, foreign, level="2").status_code == 404


# The grid


def test_the_grid_saves_without_script(as_scorer, scored, questions):
    first, second = EntryFactory.create_batch(2, round=scored)
    data = {
        f"svar-{first.pk}-{questions['nytt'].pk}": "3",
        f"svar-{second.pk}-{questions['eier'].pk}": "1",
    }

    response = as_scorer.post(url("score-grid", scored.pk), data)

    assert response.url == url("score-grid", scored.pk)
    stored = Score.objects.values_list("entry", "question__code", "level")
    assert set(stored) == {(first.pk, "nytt", 3), (second.pk, "eier", 1)}


def test_the_grid_refuses_what_is_no_level(as_scorer, scored, entry, questions):
    data = {f"svar-{entry.pk}-{questions['nytt'].pk}": "9"}

    response = as_scorer.post(url("score-grid", scored.pk), data)

    assert "Svar lav, middels eller høy." in text_of(response)
    assert not Score.objects.exists()


def test_the_grid_leaves_out_what_one_is_disqualified_about(
    as_scorer, scored, entry, questions, scorer, today
):
    actions.declare_recusal(entry, reason="Nabo", by=scorer, on=today)
    data = {f"svar-{entry.pk}-{questions['nytt'].pk}": "3"}

    assert "Du har meldt deg inhabil: Nabo" in text_of(as_scorer.get(url("score-grid", scored.pk)))
    as_scorer.post(url("score-grid", scored.pk), data)

    assert not Score.objects.exists()


def test_the_grid_is_only_for_reading_after_delivery(
    as_scorer, scored, entry, scorer, today, answer_all
):
    answer_all(entry, scorer)
    actions.deliver(scored, by=scorer, on=today)

    shown = text_of(as_scorer.get(url("score-grid", scored.pk)))

    assert 'type="radio"' not in shown
    assert "Du leverte svarene dine" in shown


def test_the_grid_puts_questions_under_their_criteria():
    one, other = Criterion(code="gevinst"), Criterion(code="risiko")
    questions = [Question(criterion=criterion) for criterion in (one, one, other)]

    assert sheets.columns(questions) == [(one, questions[:2]), (other, questions[2:])]


def test_the_grid_takes_the_same_number_of_queries_however_many_ideas(
    as_scorer, scored, entry, scorer, answer_all, django_assert_num_queries
):
    address = url("score-grid", scored.pk)
    as_scorer.get(address)
    with django_assert_num_queries(GRID_QUERIES):
        as_scorer.get(address)

    for each in EntryFactory.create_batch(3, round=scored, idea__sector=SectorFactory()):
        answer_all(each, scorer)
    with django_assert_num_queries(GRID_QUERIES):
        as_scorer.get(address)


GRID_QUERIES = 21


def test_the_grid_shows_twenty_five_ideas_at_a_time(as_scorer, scored):
    EntryFactory.create_batch(26, round=scored)

    assert len(as_scorer.get(url("score-grid", scored.pk)).context["rows"]) == 25
    assert len(as_scorer.get(url("score-grid", scored.pk), {"page": 2}).context["rows"]) == 1


# In words


def row_of(entry, questions, scorer):
    return sheets.rows([entry], list(questions.values()), scorer)[0]


def test_how_far_one_has_come_with_an_idea(entry, questions, scorer):
    assert row_of(entry, questions, scorer).words == "Ikke begynt"

    ScoreFactory(entry=entry, question=questions["nytt"], scorer=scorer, level=1, comment="Hm")
    assert row_of(entry, questions, scorer).words == "3 svar igjen, 1 kommentar"

    for code in ("strategi", "gevinst"):
        ScoreFactory(entry=entry, question=questions[code], scorer=scorer, level=ScoreLevel.LOW)
    ScoreFactory(entry=entry, question=questions["eier"], scorer=scorer, abstention="Vet ikke")
    assert row_of(entry, questions, scorer).words == "Ferdig, 1 kommentar, 1 avstått"


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ([], "Ingen har svart."),
        ([2], "Én har svart."),
        ([3, 3], "Begge svarte høy."),
        ([3, 3, 3], "Alle tre svarte høy."),
        ([3, 2, 2], "Ganske samstemt: 1 høy, 2 middels."),
        ([1, 3, 3], "Dere er uenige: 2 høy, 1 lav."),
    ],
)
def test_how_answers_spread(levels, words):
    assert sheets.agreement(levels) == words


# Disqualified


def test_one_declares_a_disqualification_and_takes_it_back(as_scorer, scored, entry, scorer):
    address = url("recuse", scored.pk, entry.pk)
    assert "Skriv hvorfor" in text_of(as_scorer.post(address, {"reason": " "}))

    told = as_scorer.post(address, {"reason": "Broren min selger løsningen"}, follow=True)

    assert "Du har meldt deg inhabil: Broren min selger løsningen" in text_of(told)
    assert "Du står allerede som inhabil" in text_of(as_scorer.get(address))

    back = as_scorer.post(url("recuse-withdraw", scored.pk, entry.pk), follow=True)
    assert "Svarene dine teller igjen" in text_of(back)
    assert not Recusal.objects.exists()


def test_ones_own_idea_cannot_be_taken_back(as_scorer, scored, scorer):
    entry = EntryFactory(round=scored, idea__submitted_by=scorer)

    shown = as_scorer.get(url("score", scored.pk, entry.pk))
    refused = as_scorer.post(url("recuse-withdraw", scored.pk, entry.pk))

    assert "Ideen er din egen" in text_of(shown)
    assert url("recuse-withdraw", scored.pk, entry.pk) not in text_of(shown)
    assert refused.status_code == 409
