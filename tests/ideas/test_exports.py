import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.workbooks import read_workbook
from ideas import actions, exports
from ideas.models import Idea, Note, Reply, StatusChange
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import SectorFactory


@pytest.fixture
def public_idea(cycle) -> Idea:
    return IdeaFactory(cycle=cycle, title="=1+1", published_at=timezone.now(), estimated_cost=5000)


@pytest.fixture
def hidden_idea(cycle) -> Idea:
    return IdeaFactory(cycle=cycle, title="Skjult")


def _csv(client, query="") -> list[dict[str, str]]:
    answer = client.get(reverse("ideas:export-csv") + query)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def _book(client, query=""):
    content = client.get(reverse("ideas:export-workbook") + query).content
    return openpyxl.load_workbook(io.BytesIO(content))


def _titles(book) -> list[str]:
    return [cell.value for cell in book["Ideer"]["B"][1:]]


def test_everybody_gets_what_is_published_and_nothing_internal(
    client, public_idea, hidden_idea, team_member
):
    Note.objects.create(idea=public_idea, text="Hemmelig", by=team_member)
    Reply.objects.create(idea=public_idea, text="Vi ser på det.", by=team_member)

    book = _book(client)

    assert book.sheetnames == ["Ideer", "Offisielle svar", "Slik leses fila"]
    assert _titles(book) == ["=1+1"]
    assert "Anslått kostnad (kr)" not in [cell.value for cell in book["Ideer"][1]]
    assert [cell.value for cell in book["Offisielle svar"]["D"]] == ["Tekst", "Vi ser på det."]
    assert [row["Kode"] for row in _csv(client)] == [public_idea.code]


def test_a_title_never_becomes_a_formula(client, public_idea):
    (row,) = _csv(client)
    cell = _book(client)["Ideer"]["B2"]

    assert row["Tittel"] == "'=1+1"
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_the_team_gets_all_with_what_is_internal(client, public_idea, hidden_idea, team_member):
    Note.objects.create(idea=hidden_idea, text="Hemmelig", by=team_member)
    client.force_login(team_member)

    book = _book(client)

    assert sorted(_titles(book)) == ["=1+1", "Skjult"]
    assert [cell.value for cell in book["Interne notater"]["D"]] == ["Tekst", "Hemmelig"]
    costs = {row["Kode"]: row["Anslått kostnad (kr)"] for row in _csv(client)}
    assert costs == {public_idea.code: "5000", hidden_idea.code: ""}


def test_a_leader_gets_what_is_internal_of_their_own_sector_only(
    client, cycle, public_idea, sector_leader, team_member
):
    own = IdeaFactory(cycle=cycle, sector=sector_leader.sector, estimated_effort=Decimal("1.5"))
    other = IdeaFactory(cycle=cycle, sector=SectorFactory())
    Note.objects.create(idea=public_idea, text="Ikke for lederen", by=team_member)
    client.force_login(sector_leader)

    rows = {row["Kode"]: row for row in _csv(client)}

    assert set(rows) == {public_idea.code, own.code}
    assert other.code not in rows
    assert rows[own.code]["Anslått innsats (årsverk)"] == "1,5"
    assert rows[public_idea.code]["Anslått kostnad (kr)"] == ""
    assert len(list(_book(client)["Interne notater"].rows)) == 1


def test_the_file_is_narrowed_down_as_the_list_is(client, cycle, team_member):
    sector = SectorFactory(code="helse")
    wanted = IdeaFactory(cycle=cycle, sector=sector, published_at=timezone.now())
    IdeaFactory(cycle=cycle, published_at=timezone.now())

    assert [row["Kode"] for row in _csv(client, "?sector=helse")] == [wanted.code]

    declined = IdeaFactory(cycle=cycle)
    actions.decline(declined, reason="Nei.", by=team_member, at=timezone.now())
    client.force_login(team_member)
    assert [row["Kode"] for row in _csv(client, "?fra=innboks&tab=utfall")] == [declined.code]


def test_the_last_reason_is_told(client, public_idea, team_member):
    StatusChange.objects.create(
        idea=public_idea, status="received", reason="Vi ser på nytt.", at=timezone.now()
    )

    assert _csv(client)[0]["Begrunnelse"] == "Vi ser på nytt."


def test_more_than_a_workbook_holds_is_refused_and_the_csv_is_not(client, public_idea, monkeypatch):
    monkeypatch.setattr(exports, "MAX_IN_WORKBOOK", 0)

    assert client.get(reverse("ideas:export-workbook")).status_code == 409
    assert "Last ned regneark" not in client.get(reverse("ideas:export")).content.decode()
    assert len(_csv(client)) == 1


@pytest.mark.parametrize("size", [1, 3])
def test_the_files_ask_the_same_however_many_ideas(
    cycle, team_member, django_assert_num_queries, size
):
    for _n in range(size):
        idea = IdeaFactory(cycle=cycle, sector=SectorFactory())
        Note.objects.create(idea=idea, text="Notat", by=team_member)
    ideas = exports.prepared(Idea.objects.all(), inside=Idea.objects.all())

    with django_assert_num_queries(7):
        content = exports.as_workbook(
            ideas, with_internal=True, creator="Gjøvik kommune", made_at=timezone.now()
        )

    book = read_workbook(SimpleUploadedFile("ideer.xlsx", content))
    assert len(book.sheets["Ideer"].rows(after=1)) == size
