"""The annex of the memo: a spreadsheet program gets the same numbers from its formulas."""

import datetime as dt
import io
import random
import subprocess
from decimal import Decimal

import openpyxl
import pytest

from prioritization.annex import annex_workbook
from prioritization.memo_basis import ABSTAINED, RECUSED, basis
from prioritization.models import FinalAnswer, Recusal, ScoreLevel
from prioritization.scoring import Criterion, Question, places, score
from tests.e2e import spreadsheet
from tests.factories.prioritization import EntryFactory, ScoreFactory

AT = dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)
CRITERIA = (
    Criterion("strategi", 10, (Question("s"),)),
    Criterion("nytte", 40, (Question("n1"), Question("n2"), Question("n3"))),
    Criterion("redesign", 25, (Question("r1", up=False), Question("r2"))),
    Criterion("risiko", 25, (Question("k", up=False),)),
)
SCORERS = 7
KINDS = [1, 2, 3, ABSTAINED, RECUSED, None]


def annex(content) -> bytes:
    return annex_workbook(content, title="Poenggrunnlag", creator="Gjøvik kommune", made_at=AT)


def questions_of(criteria):
    return [
        {
            "text": f"=Hvor {question.code}?",
            "criterion": criterion.code,
            "criterion_name": criterion.code,
            "weight": criterion.weight,
            "is_up": question.up,
            "guidance": ["", "", ""],
        }
        for criterion in criteria
        for question in criterion.questions
    ]


def idea_of(code, answers, final, screened=None):
    """As the application computes it."""
    codes = [question.code for criterion in CRITERIA for question in criterion.questions]
    result = score(
        CRITERIA,
        {
            question: [each for each in given if each in (1, 2, 3)]
            for question, given in zip(codes, answers, strict=True)
        },
        final={question: each for question, each in zip(codes, final, strict=True) if each},
    )
    facts = {
        "code": code,
        "title": f"=Idé {code}",
        "sector": "",
        "score": None if result.score is None else str(result.score),
        "tie_break": str(result.tie_break if screened is None else screened),
        "is_screened": screened is not None,
        "answers": answers,
        "final": final,
    }
    return facts, result


def random_ideas(count):
    chance = random.Random(2026)
    found = []
    for number in range(count):
        weights = [4, 4, 4, 1, 1, 1 if number % 5 else 40]
        answers = [chance.choices(KINDS, weights, k=SCORERS) for _question in range(7)]
        final = [chance.choice([None, None, None, 1, 2, 3]) for _question in range(7)]
        screened = Decimal(chance.choice(["70.0000", "67.5000"])) if number % 3 == 0 else None
        found.append(idea_of(f"T-{number}", answers, final, screened))
        if number % 4 == 0:  # level with another in points, and now and then in all
            found.append(idea_of(f"T-{number}b", answers, final, screened))
    return found


def recalculated(content: bytes, folder):
    """As LibreOffice saves it, with what its formulas came to."""
    source, target = folder / "vedlegg.xlsx", folder / "ut"
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [spreadsheet.PROGRAM, profile, "--headless", "--norestore", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", target, source], check=True, timeout=120, capture_output=True
    )
    return openpyxl.load_workbook(target / "vedlegg.xlsx", data_only=True)


@pytest.mark.slow
@pytest.mark.skipif(spreadsheet.PROGRAM is None, reason=spreadsheet.MISSING)
def test_a_spreadsheet_program_comes_to_the_same_numbers(tmp_path):
    made = random_ideas(60)
    content = {
        "questions": questions_of(CRITERIA),
        "scorers": [f"Person {number}" for number in range(SCORERS)],
        "ideas": [facts for facts, _result in made],
    }

    sheet = recalculated(annex(content), tmp_path)["Poeng"]

    keys = [
        (result.score, Decimal(facts["tie_break"]))
        for facts, result in made
        if result.score is not None
    ]
    best = sorted(keys, reverse=True)
    place_of = dict(zip(best, places(best), strict=True))
    assert len(place_of) < len(best) < len(made)  # some share a place, and some have none
    for row, (facts, result) in enumerate(made, 5):
        place, _code, _title, _sector, points, weight, tie, *values = (
            cell.value for cell in sheet[row]
        )
        expected = [result.breakdown[criterion.code] for criterion in CRITERIA]
        told = None if result.score is None else float(result.score)
        key = (result.score, Decimal(facts["tie_break"]))
        assert (points or None, values[-1]) == (told or None, told)
        assert (weight, tie) == (result.answered_weight, float(facts["tie_break"]))
        assert (place or None) == place_of.get(key)
        assert [None if one in (None, "") else round(one + 1e-10, 4) for one in values[:4]] == (
            expected
        )


def test_the_basis_of_a_round_becomes_an_annex(scored, entry, questions, scorer, other_scorer):
    """Texts never become formulas, and what is a formula refers to where the answers stand."""
    scored.scorers.add(other_scorer)
    entry.idea.title = "=1+1"
    entry.idea.save()
    for question in questions.values():
        ScoreFactory(entry=entry, question=question, scorer=scorer, level=ScoreLevel.HIGH)
    FinalAnswer.objects.create(
        entry=entry, question=questions["nytt"], level=2, reason="Enige", agreed_by=scorer
    )
    Recusal.objects.create(entry=entry, person=other_scorer, reason="Bror")
    EntryFactory(round=scored, idea__is_statutory=True)

    book = openpyxl.load_workbook(io.BytesIO(annex(basis(scored))))

    answers = [[cell.value for cell in row] for row in book["Svar"].iter_rows(min_row=5)]
    assert len(answers) == 4
    assert answers[3][1:4] == ["=1+1", "I hvilken grad?", 2]
    assert sorted(map(str, answers[3][4:])) == ["3", "inhabil"]
    assert book["Svar"]["B5"].data_type == "s"
    assert [row[1].value for row in book["Kriterier"].iter_rows(min_row=5, max_row=8)] == [
        *(40, 30, 15, 15)
    ]
    assert book["Poeng"]["E5"].data_type == "f"
    assert not any(scorer.name in str(cell.value) for row in book["Svar"] for cell in row)


def test_the_same_basis_gives_the_same_bytes():
    content = {
        "questions": questions_of(CRITERIA),
        "scorers": [],
        "ideas": [idea_of("T-1", [[] for _question in range(7)], [None] * 7)[0]],
    }

    assert annex(content) == annex(content)
