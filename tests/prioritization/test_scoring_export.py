"""All that has been answered in a round, as one workbook."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from core import roles
from prioritization.models import FinalAnswer, Recusal, ScoreLevel
from prioritization.scoring_export import write_export
from tests.factories.prioritization import EntryFactory, ScoreFactory

AT = dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)


@pytest.fixture
def answered(scored, entry, questions, scorer, other_scorer):
    """One has delivered, another has not. The idea has a title that looks like a formula."""
    scored.scorers.add(other_scorer)
    scored.participations.filter(user=scorer).update(delivered_at=timezone.now())
    entry.idea.title = "=1+1"
    entry.idea.save()
    ScoreFactory(entry=entry, question=questions["strategi"], scorer=scorer, level=3, comment="+1")
    ScoreFactory(entry=entry, question=questions["nytt"], scorer=scorer, abstention="Vet ikke")
    ScoreFactory(entry=entry, question=questions["strategi"], scorer=other_scorer, level=1)
    return entry


def exported(scored) -> openpyxl.Workbook:
    target = io.BytesIO()
    write_export(scored, target, creator="Gjøvik kommune", made_at=AT)
    return openpyxl.load_workbook(io.BytesIO(target.getvalue()))


def rows(sheet) -> list[tuple]:
    return list(sheet.iter_rows(min_row=2, values_only=True))


def test_answers_comments_and_what_was_agreed_stand_on_a_sheet_each(
    answered, scored, scorer, other_scorer, questions
):
    code = answered.idea.code
    FinalAnswer.objects.create(
        entry=answered,
        question=questions["gevinst"],
        level=ScoreLevel.MEDIUM,
        reason="Enige",
        agreed_by=scorer,
    )
    Recusal.objects.create(entry=answered, person=other_scorer, reason="Bror")
    EntryFactory(round=scored, idea__is_statutory=True)

    book = exported(scored)

    assert book.sheetnames == ["Ideer", "Svar", "Kommentarer"]
    ((*_idea, recused, strategic, benefit, _owner, _new),) = rows(book["Ideer"])
    assert (recused, strategic, benefit) == (1, None, "Middels")
    assert rows(book["Svar"]) == [
        (code, "=1+1", "Anne Bakken", "Høy", None, None, "Avstår"),
    ]
    question = "I hvilken grad?"
    assert rows(book["Kommentarer"]) == [
        (code, "=1+1", "Anne Bakken", question, None, "+1"),
        (code, "=1+1", "Anne Bakken", question, "Vet ikke", None),
    ]
    for sheet in book:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_all_answers_are_there_when_the_round_is_locked(answered, scored):
    scored.status = "closed"
    scored.save()

    assert [row[2:4] for row in rows(exported(scored)["Svar"])] == [
        ("Anne Bakken", "Høy"),
        ("Per Lunde", "Lav"),
    ]


def test_queries_do_not_grow_with_the_ideas(answered, scored, scorer, django_assert_num_queries):
    def queries():
        with django_assert_num_queries(8):
            exported(scored)

    queries()
    for entry in EntryFactory.create_batch(3, round=scored):
        ScoreFactory(
            entry=entry, question=scored.ordered_questions()[0], scorer=scorer, level=2, comment="+"
        )
    queries()


def test_the_team_gets_the_file_and_a_scorer_when_their_own_is_delivered(
    client, answered, scored, scorer, other_scorer, person
):
    address = reverse("prioritization:scoring-export", args=[scored.pk])
    got = {}
    for name, user in (
        ("team", person(roles.DIGITALISATION_TEAM)),
        ("delivered", scorer),
        ("not delivered", other_scorer),
        ("manager", person(roles.PROJECT_MANAGER)),
    ):
        client.force_login(user)
        response = client.get(address)
        got[name] = (response.status_code, "Content-Disposition" in response.headers)

    assert got == {
        "team": (200, True),
        "delivered": (200, True),
        "not delivered": (200, False),
        "manager": (403, False),
    }
