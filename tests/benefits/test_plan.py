"""The benefits plan: one example, found again in the order and with the numbers of each format."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import page
import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from benefits import actions, plan_document, plan_facts, plan_making
from benefits.milestones import Taken, milestones
from benefits.models import (
    BenefitKind,
    BenefitUse,
    MapLink,
    PlanFile,
    PlanFileKind,
    Receiver,
)
from benefits.plan_amounts import Plan
from benefits.plan_tables import tables
from benefits.plan_workbook import plan_workbook
from core import roles
from core.made_files import FileStatus
from projects import product_word
from tests.factories.benefits import BenefitFactory, BenefitYearFactory, MeasurementFactory
from tests.factories.projects import ProjectFactory
from tests.factories.realising import (
    MapNodeFactory,
    OtherBodyFactory,
    RealisationActionFactory,
    benefit_box,
    plan_file,
)

MADE_AT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
NASTY = '=HYPERLINK("http://x")'


def benefit(code: str, **changed):
    return {
        "code": code,
        "name": f"Gevinst {code}",
        "is_disbenefit": False,
        "is_priced": True,
        "is_in_kroner": True,
        "becomes_kroner": True,
        "kroner_per_person_year": None,
        "receiver": "own",
        "meaning": "",
        "use": "Budsjettreduksjon",
        "use_described": "",
        "product": "Låser",
        "assumptions": "",
        "weight": "",
        "importance_reason": "",
        "from_year": 2026,
        "goal": "1a",
        "owner": "Anne Bakken, Helse",
        "years": {},
        "change": "400",
        "unit": "nøkler",
        "public_body": "",
        "contact": "",
        "involved_on": "",
        **changed,
    }


def box(key: int, column: int, text: str):
    return {"key": key, "column": column, "text": text, "short": text, "is_disbenefit": False}


TIME = {"is_in_kroner": False, "becomes_kroner": False}
FACTS = {
    "format": 1,
    "municipality": {"name": "Gjøvik kommune", "executive": "rådmann"},
    "project": {
        "name": "Digital nøkkel",
        "number": "G26-001",
        "owner": "Anne Bakken",
        "manager": "",
        "sector": "Helse",
        "phase": "Gjennomføre",
    },
    "on": "2026-11-23",
    "frozen_on": "",
    "benefits": [
        benefit("Ø1", name=NASTY, years={"2026": "100000", "2027": "200000"}),
        benefit("Ø2", is_disbenefit=True, years={"2027": "30000"}),
        benefit("Ø3", **TIME, years={"2027": "2.50"}),
        benefit(
            "Ø4",
            **{**TIME, "becomes_kroner": True},
            kroner_per_person_year="800000",
            years={"2027": "0.5"},
        ),
        benefit("V5", receiver="public", public_body="NAV Innlandet", years={"2027": "70000"}),
        benefit("K6", is_priced=False, becomes_kroner=False, weight="høy", years={}),
    ],
    "operating_costs": {"2027": "50000"},
    "continues": False,
    "actions": [
        {
            "text": "Samle inn nøklene",
            "benefit": "Ø1",
            "responsible": "Per Lunde",
            "due_on": "1. des. 2026",
            "risk_profile": "Høy",
            "status": "Forsinket",
        }
    ],
    "indicators": [
        {
            "code": "Ø1",
            "name": "Nøkler i omløp",
            "unit": "nøkler",
            "method": "Telles",
            "baseline": "412",
            "baseline_on": "1. jan. 2026",
            "target": "12",
            "middle": None,
            "middle_on": "1. juli 2026",
            "end": None,
            "end_on": "31. des. 2026",
            "result": "0",
            "evidence": "measured",
            "measured_by": "Anne Bakken",
        }
    ],
    "map": {
        "headline": "Gevinstkartet har hull",
        "boxes": [
            box(1, 0, "Låser på dørene"),
            box(2, 4, "Ø1 Færre nøkler"),
        ],
        "links": [[1, 2]],
    },
}
IN_ORDER = [
    "Sammendrag",
    "A Prissatte gevinster",
    "B Netto per år over ti år",
    "C Uttak",
    "D Andre offentlige virksomheter",
    "E Gevinster uten pris",
    "F Tiltak",
    "G Måling",
    "Gevinstkart",
    "Underskrifter",
]
BY_TITLE = {table.title: table for table in tables(Plan.of(FACTS))}


def text_of(title: str) -> dict:
    return BY_TITLE[title].as_text()


def test_kroner_and_person_years_are_apart_and_no_time_is_counted_twice():
    summary = text_of("Hvor gevinstene oppstår")

    # 100 + 200 − 30 thousands of kroner, and half a person-year of 800 thousand taken out.
    assert summary["rows"][0] == ["Egen virksomhet", "670", "2,5", "1"]
    assert summary["rows"][1] == ["Andre offentlige virksomheter", "70", "0", "0"]
    assert summary["total"] == ["Sum", "740", "2,5", "1"]


def test_what_others_get_is_not_in_the_municipalitys_net():
    net = text_of("Netto per år for egen virksomhet, 1000 kr")

    assert net["columns"][:3] == ["ID", "2026", "2027"]
    assert [row[0] for row in net["rows"]] == ["Ø1", "Ø2", "Ø4", "Sum brutto", "Drift"]
    assert net["rows"][3][1:3] == ["100", "570"]
    assert (net["rows"][4][2], net["total"][2], net["total"][-1]) == ("50", "520", "620")


def test_freed_time_that_stays_is_in_person_years_alone():
    freed = text_of("Frigjorte årsverk per år, som ikke regnes om til kroner")
    gross = text_of("Prissatte gevinster, brutto")

    assert [row[:3] for row in freed["rows"]] == [["Ø3", "–", "2,5"]]
    assert [row[3:6] for row in gross["rows"]] == [
        ["400", "nøkler", "200"],
        ["400", "nøkler", "−30"],
        ["2,5", "årsverk", "–"],
        ["0,5", "årsverk", "400"],
    ]


def test_the_last_years_number_goes_on_when_the_calculation_says_so():
    continued = {table.title: table for table in tables(Plan.of({**FACTS, "continues": True}))}

    net = continued["Netto per år for egen virksomhet, 1000 kr"].as_text()

    assert [row[-1] for row in net["rows"]] == [
        "1\u202f900",
        "−270",
        "3\u202f600",
        "5\u202f230",
        "450",
    ]
    assert net["total"][-1] == "4\u202f780"


def test_zero_is_a_result():
    results = text_of("Måletidspunkter, resultat og avvik fra målet")

    assert results["rows"][0][7:] == ["0", "Målt", "−12"]


def test_word_has_the_tables_in_order_with_their_numbers():
    word = Document(
        io.BytesIO(product_word.document(plan_document.context(FACTS), created_at=MADE_AT))
    )

    assert [each.text for each in word.paragraphs if each.style.name == "Heading 1"] == IN_ORDER
    rows = [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]
    assert ["Egen virksomhet", "670", "2,5", "1"] in rows
    assert ["Låser på dørene", "IT-muliggjørere og forutsetninger", "Ø1 Færre nøkler"] in rows
    assert rows[-1][0] == "Rådmann"


def test_excel_adds_up_by_itself_and_what_people_wrote_is_text():
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(FACTS, made_at=MADE_AT)))

    assert book.sheetnames == [name[:31] for name in IN_ORDER[:-1]]
    gross, net = book["A Prissatte gevinster"], book["B Netto per år over ti år"]
    typed = gross["B5"]
    assert (typed.value, typed.data_type, typed.quotePrefix) == (NASTY, "s", True)
    assert gross["F9"].value == "=SUM(F5:F8)"
    assert [net[f"C{row}"].value for row in range(5, 11)] == [
        200,
        -30,
        400,
        "=SUM(C5:C7)",
        50,
        "=C8-C9",
    ]


def made(facts, kind) -> bytes:
    file = PlanFile(kind=kind, snapshot=facts, created_at=MADE_AT)
    work = plan_making._map if kind == PlanFileKind.MAP else plan_making._plan
    return work(file, lambda step: None).content


@pytest.mark.parametrize("kind", PlanFileKind)
def test_the_pdf_is_pdf_a_2a_and_pdf_ua_1_with_the_numbers(kind):
    content = made(FACTS, kind)

    reports = [page.validate_pdf_bytes(content, profile=profile) for profile in ("2a", "ua1")]
    assert [finding.message for report in reports for finding in report.failures] == []
    text = "".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(content))
    assert "Låser på dørene" in text
    if kind == PlanFileKind.PLAN:
        places = [text.index(heading) for heading in IN_ORDER]
        assert places == sorted(places)
        assert "670" in text


def test_midway_is_the_nearest_to_the_middle_and_the_end_the_first_after_the_target():
    day = dt.date(2026, 1, 1)
    months = [Taken(day + dt.timedelta(days=each), Decimal(each)) for each in (80, 170, 370, 400)]

    found = milestones(day, day + dt.timedelta(days=365), months)

    assert (found.middle, found.end) == (months[1], months[2])
    assert milestones(day, day, []).middle is None


@pytest.fixture
def project(person):
    return ProjectFactory(owner=person(roles.PROJECT_OWNER, name="Anne Bakken"))


def fill(project, numbers) -> None:
    for number in numbers:
        kroner = BenefitFactory(
            project=project, number=number, kind=BenefitKind.DIRECT, use=BenefitUse.BUDGET
        )
        BenefitYearFactory(benefit=kroner, year=2027, plan=Decimal("90000"), moved=Decimal("80000"))
        MeasurementFactory(benefit=kroner, value=Decimal("0"))
        MapLink.objects.create(source=MapNodeFactory(project=project), target=benefit_box(kroner))
        RealisationActionFactory(project=project, benefit=kroner)
        OtherBodyFactory(
            benefit=BenefitFactory(
                project=project,
                number=number + 100,
                kind=BenefitKind.DIRECT,
                receiver=Receiver.PUBLIC,
            )
        )


@pytest.mark.django_db
def test_the_page_reads_the_register_with_as_many_queries_however_long_it_is(
    client, project, django_assert_max_num_queries
):
    client.force_login(project.owner)
    url = reverse("benefits:plan", args=[project.pk])
    fill(project, [1])
    client.get(url)

    with django_assert_max_num_queries(50) as few:
        client.get(url)
    fill(project, range(2, 5))
    with django_assert_max_num_queries(len(few)):
        response = client.get(url)

    shown = plan_facts.facts(project, on=dt.date(2026, 11, 23))
    assert shown["benefits"][0]["years"] == {"2027": "80000.00"}
    assert shown["benefits"][-1]["public_body"] == "NAV Innlandet"
    assert shown["indicators"][0]["result"] == "0.00"
    assert "NAV Innlandet" in response.content.decode()


@pytest.mark.django_db
def test_two_who_ask_at_once_get_the_same_file_and_a_failed_one_is_tried_again(project):
    on = timezone.localdate()

    first, second = (
        actions.ask_for_plan_file(project, PlanFileKind.MAP, by=project.owner, on=on)
        for _once_more in range(2)
    )
    assert first == second

    PlanFile.objects.filter(pk=first.pk).update(status=FileStatus.FAILED, error="Nei")
    actions.try_plan_file_again(PlanFile.objects.get(pk=first.pk))
    assert PlanFile.objects.get(pk=first.pk).status == FileStatus.QUEUED


@pytest.mark.django_db
def test_a_file_is_read_by_those_inside_alone(client, project, person):
    file = plan_file(project)
    url = reverse("benefits:plan-file-word", args=[file.pk])

    client.force_login(person(name="Kari"))
    assert client.get(url).status_code == 403
    client.force_login(project.owner)
    assert client.get(url).content == b"PK"
