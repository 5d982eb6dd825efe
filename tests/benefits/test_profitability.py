"""What is counted of a project's benefits, and how it is said."""

import datetime as dt
import io
import subprocess
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from benefits import profitability_words as words
from benefits.models import Benefit, BenefitYear, Calculation, OperatingCost
from benefits.profitability import Basis, Group, Profitability, Why, amount_of, of_project
from benefits.profitability_workbook import ANSWER_ROW, calculation_workbook
from benefits.uncertainty import Outcome
from core import roles
from core.models import Chart, Event
from core.workbook_writing import CONTENT_TYPE
from projects.models import BudgetLine, Project
from tests.e2e.spreadsheet import MISSING, PROGRAM
from tests.factories.benefits import BenefitFactory, BenefitYearFactory
from tests.factories.projects import ProjectFactory

TODAY = dt.date(2026, 3, 1)
MADE_AT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def profitability(*benefits, operating=None, basis=Basis.PLAN, **calculation):
    """Of unsaved rows: each benefit comes with its amounts by year."""
    about = {"first_year": 2026, "horizon": 3, "rate": Decimal(0), "investment": Decimal(0)}
    for number, (benefit, _amounts) in enumerate(benefits, 1):
        benefit.pk = benefit.number = number
    amounts = {
        benefit.pk: {year: Decimal(str(kr)) for year, kr in by_year.items()}
        for benefit, by_year in benefits
    }
    found = Calculation(**{**about, **calculation})
    return Profitability(found, operating or {}, basis, [each for each, _ in benefits], amounts)


def direct(**about):
    return Benefit(**{"name": "Mindre porto", "kind": "direct", **about})


def freed(**about):
    return Benefit(**{"name": "Mindre leting", "kind": "time", **about})


def test_only_kroner_are_counted_and_the_rest_is_told_apart_with_why():
    cut = {"use": "budget", "kroner_per_person_year": Decimal(700_000)}
    found = profitability(
        (direct(), {2026: 100_000}),
        (direct(kind="avoided"), {2026: 40_000}),
        (freed(**cut), {2026: "0.5"}),
        (direct(receiver="citizens"), {2026: 10_000}),
        (freed(use="service", kroner_per_person_year=Decimal(700_000)), {2026: 2}),
        (freed(use="budget"), {2026: 1}),
        (Benefit(name="Omdømme", kind="quality"), {}),
        (direct(), {}),
        (direct(is_disbenefit=True), {2026: 30_000}),
        horizon=1,
    )

    assert found.case.net_present_value == 100_000 + 40_000 + 350_000 + 10_000 - 30_000
    assert {each.group: each.worth for each in found.subtotals} == {
        Group.BUDGET: 420_000,
        Group.AVOIDED: 40_000,
        Group.OTHERS: 10_000,
    }
    assert [(each.benefit.number, each.why) for each in found.left_out] == [
        (5, Why.NOT_CUT),
        (6, Why.NO_RATE),
        (7, Why.NO_PRICE),
        (8, Why.NO_AMOUNTS),
    ]
    assert found.freed_by_year == {2026: Decimal("3.5")}


def test_an_extra_årsverk_that_is_needed_counts_against():
    found = profitability((freed(), {2026: 3}), (freed(is_disbenefit=True), {2026: 1}), horizon=1)

    assert found.freed_by_year == {2026: 2}
    assert not found.lines


def test_quality_stands_by_importance_and_is_not_counted():
    found = profitability(
        (Benefit(name="Tillit", kind="quality"), {}),
        (Benefit(name="Ro", kind="quality", importance=2), {}),
        (Benefit(name="Trygghet", kind="quality", importance=5), {}),
    )

    assert [benefit.name for benefit in found.quality] == ["Trygghet", "Ro", "Tillit"]
    assert found.case.net_present_value == 0


def test_amounts_outside_the_horizon_are_told():
    (line,) = profitability((direct(), {2025: 5, 2027: 7, 2030: 11})).lines

    assert line.outside == 16
    assert line.amounts == (0, 7, 0)


@pytest.mark.parametrize(
    ("basis", "amount"), [(Basis.PLAN, 100), (Basis.PROMISED, 120), (Basis.FORECAST, 80)]
)
def test_each_basis_reads_its_own_amounts(basis, amount):
    year = BenefitYear(plan=100, promised=120, moved=90, forecast=80)

    assert amount_of(year, basis) == amount


@pytest.mark.parametrize(
    ("said", "amount"),
    [({"forecast": 0, "plan": 9}, 0), ({"moved": 0, "plan": 9}, 0), ({"plan": 9}, 9), ({}, None)],
)
def test_a_forecast_of_zero_is_a_forecast(said, amount):
    assert amount_of(BenefitYear(**said), Basis.FORECAST) == amount


@pytest.mark.parametrize(
    ("benefits", "about", "said"),
    [
        ([], {}, "Det er ikke noe å regne på ennå"),
        ([], {"investment": Decimal(9)}, "Prosjektet har ingen gevinster ennå"),
        (
            [(Benefit(name="Ro", kind="quality"), {})],
            {"investment": Decimal(9)},
            "Prosjektet har ingen gevinster i kroner",
        ),
        ([(direct(), {2026: 5})], {}, "Gevinstene er verdt 15 kr over tre år"),
        (
            [(direct(), {2026: 500_000})],
            {"investment": Decimal(300_000)},
            "Prosjektet er lønnsomt: 1,2 mill. kr over tre år",
        ),
        (
            [(direct(), {2026: 100_000})],
            {"investment": Decimal(300_000)},
            "Prosjektet går akkurat i null over tre år",
        ),
        (
            [(direct(), {2026: 50})],
            {"investment": Decimal(500), "horizon": 1},
            "Prosjektet tjener seg ikke inn med planen: 450 kr mangler over ett år",
        ),
        ([(direct(), {2026: 0})], {}, "Gevinstene er verdt 0 kr over tre år"),
    ],
)
def test_the_heading_is_the_answer(benefits, about, said):
    found = profitability(*benefits, **about)

    assert words.headline(found).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.834, "Det er lønnsomt i 83 % av dem."),
        (0.9996, "Det er lønnsomt i mer enn 99 % av dem."),
        (0.0004, "Det er lønnsomt i mindre enn 1 % av dem."),
        (1.0, "Det er lønnsomt i alle de 10 000 trekningene."),
        (0.0, "Det er ikke lønnsomt i noen av de 10 000 trekningene."),
    ],
)
def test_the_chance_is_never_rounded_to_all_or_none(probability, said):
    sure = words.how_sure(Outcome(1, -200_000, 1, 2_100_000, probability))
    plain = sure.replace("\u00a0", " ").replace("\u202f", " ")

    assert plain == f"I åtte av ti trekninger er svaret mellom −0,2 og 2,1 mill. kr. {said}"


def test_an_interval_is_no_finer_than_draws_can_tell():
    sure = words.how_sure(Outcome(1, -22_862.4, 1, 610_499.6, 0.5)).replace("\u202f", " ")

    assert sure.startswith("I åtte av ti trekninger er svaret mellom −23 000 og 610 000 kr.")


@pytest.mark.parametrize(
    ("investment", "rate", "said"),
    [
        (
            250,
            0,
            "Pengene er tjent inn i 2029, 2,5 år etter utgangen av 2026.",
        ),
        (
            250,
            10,
            "Pengene er tjent inn i 2029, 2,5 år etter utgangen av 2026. "
            "Med 10 % rente er de ikke tjent inn i perioden.",
        ),
        (
            220,
            2,
            "Pengene er tjent inn i 2029, 2,2 år etter utgangen av 2026. "
            "Med 2 % rente tar det 2,3 år, til 2029.",
        ),
        (400, 0, "Pengene er ikke tjent inn i løpet av fire år."),
        (0, 0, "Pengene er tjent inn allerede i 2026."),
    ],
)
def test_payback_is_told_with_the_year(investment, rate, said):
    about = {"horizon": 4, "investment": Decimal(investment), "rate": Decimal(rate)}
    found = profitability((direct(), {2027: 100}), **about)

    assert words.payback(found).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("investment", "said"),
    [
        (123, "Det holder selv om bare 62 % av gevinstene kommer."),  # 61.5, and 61 is too few
        (200, "Det holder bare hvis alle gevinstene kommer."),
        (260, "Gevinstene må bli 130 % av det de er regnet til, før det går i null."),
        (0, ""),
    ],
)
def test_break_even_is_told_so_that_what_is_said_is_enough(investment, said):
    about = {"horizon": 2, "investment": Decimal(investment)}
    found = profitability((direct(), {2026: 100}), **about)

    assert words.break_even(found).replace("\u00a0", " ") == said


def test_the_estimates_of_benefits_and_costs_give_the_interval():
    """Means (0.5 + 4 + 1.2)/6 · 300 and (0.9 + 4 + 1.5)/6 · −100: 285 − 106.67 = 178.33."""
    found = profitability(
        (direct(low_share=50, high_share=120), {2026: 100}),
        investment=Decimal(100),
        low_share=90,
        high_share=150,
    )

    assert found.outcome.mean == pytest.approx(178.33, abs=1)
    assert 3 * 50 - 150 < found.outcome.p10 < found.outcome.p90 < 3 * 120 - 90
    assert found.outcome.probability == 1


# With rows in the database


@pytest.fixture
def project(db):
    return ProjectFactory(budget=Decimal(900_000), started_on=TODAY)


def with_amounts(project, *amounts, **about):
    benefit = BenefitFactory(project=project, kind="direct", main=None, **about)
    for year, kr in enumerate(amounts, 2026):
        BenefitYearFactory(benefit=benefit, year=year, plan=kr)
    return benefit


def test_until_somebody_sets_it_up_the_budget_says_what_it_costs(project):
    assert of_project(project, basis=Basis.PLAN, today=TODAY).case.investment == 900_000

    for year, budget, forecast in [(2025, 300_000, 350_000), (2026, 400_000, None)]:
        BudgetLine.objects.create(
            project=project,
            year=year,
            source="Egen ramme",
            sector=project.sector,
            budget=budget,
            forecast=forecast,
        )

    case = of_project(project, basis=Basis.PLAN, today=TODAY).case
    assert (case.investment, case.first_year) == (750_000, 2025)
    assert not Calculation.objects.exists()


@pytest.mark.parametrize("count", [1, 4])
def test_more_benefits_are_no_more_queries(project, count, django_assert_num_queries):
    Calculation.objects.create(project=project, first_year=2026)
    for _number in range(count):
        with_amounts(project, 100, 200)

    with django_assert_num_queries(4):
        found = of_project(project, basis=Basis.PLAN, today=TODAY)
        assert found.case.benefits[1] == 200 * count


def test_the_page_answers_with_the_chart_asked_for_once(client, person, project):
    with_amounts(project, 500_000, 500_000, 500_000, low_share=50, high_share=110)
    client.force_login(person(roles.MANAGEMENT))
    url = reverse("benefits:calculation", args=[project.pk])

    first = client.get(url)
    again = client.get(url)

    page = first.content.decode()
    assert "Prosjektet er lønnsomt: 3,3\u00a0mill.\u00a0kr over ti år" in page
    assert "I åtte av ti trekninger" in page
    assert "Endre regnestykket" not in page
    assert again.context["chart"] == first.context["chart"]
    assert Chart.objects.filter(key__startswith="calculation-").count() == 1


def test_there_is_a_page_and_a_workbook_when_there_is_nothing_to_count(client, person, project):
    Project.objects.filter(pk=project.pk).update(budget=None)
    client.force_login(person(roles.DIGITALISATION_TEAM))
    url = reverse("benefits:calculation", args=[project.pk])
    workbook = reverse("benefits:calculation-file", args=[project.pk])

    empty = client.get(url).content.decode()
    Calculation.objects.create(project=project, first_year=2026, horizon=1, rate=0)
    with_amounts(project, 0)
    zero = client.get(url).content.decode()

    assert "Det er ikke noe å regne på ennå" in empty
    assert "Ingen kroner å regne med" in empty
    assert "Gevinstene er verdt 0\u00a0kr over ett år" in zero
    assert client.get(workbook).headers["Content-Type"] == CONTENT_TYPE


def test_what_was_promised_can_be_chosen_once_it_is_frozen(client, person, project):
    benefit = with_amounts(project, 500_000)
    client.force_login(person(roles.DIGITALISATION_TEAM))
    url = reverse("benefits:calculation", args=[project.pk])

    assert "lovet ved BP3" not in client.get(url).content.decode()

    Benefit.objects.filter(pk=benefit.pk).update(frozen_at=MADE_AT)
    benefit.years.update(promised=80_000)
    page = client.get(url, {"tall": "lovet"}).content.decode()

    assert "lovet ved BP3" in page
    assert "Prosjektet tjener seg ikke inn med det som ble lovet: 225" in page


FORM = {
    "version": "0",
    "first_year": "2027",
    "horizon": "8",
    "rate": "3,5",
    "investment": "1 250 000 kr",
    "low_share": "90",
    "high_share": "130",
    "operating-2027": "",
    "operating-2028": "120 000",
    "operating-2029": "0",
}


@pytest.fixture
def owner(client, project):
    client.force_login(project.owner)
    return project.owner


def test_the_calculation_is_set_up(client, owner, project):
    response = client.post(reverse("benefits:calculation-edit", args=[project.pk]), FORM)

    stored = project.calculation
    assert response.status_code == 302
    assert (stored.first_year, stored.horizon, stored.rate) == (2027, 8, Decimal("3.5"))
    assert (stored.investment, stored.continues) == (1_250_000, False)
    assert list(stored.operating_costs.values_list("year", "amount")) == [
        (2028, 120_000),
        (2029, 0),
    ]
    assert Event.objects.about(project).filter(verb="calculation set up", by=owner).exists()


def test_years_that_were_not_shown_keep_their_cost(client, owner, project):
    stored = Calculation.objects.create(project=project, first_year=2026)
    for year in (2028, 2040):
        OperatingCost.objects.create(calculation=stored, year=year, amount=70_000)

    client.post(
        reverse("benefits:calculation-edit", args=[project.pk]), {**FORM, "continues": "on"}
    )

    amounts = dict(stored.operating_costs.values_list("year", "amount"))
    assert amounts == {2028: 120_000, 2029: 0, 2040: 70_000}


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("first_year", "i år", "Skriv et årstall, som 2026."),
        ("horizon", "41", "Skriv et helt tall fra 1 til 40."),
        ("rate", "31", "Renten må være fra 0 til 30 prosent."),
        ("investment", "-5", "Kroner kan ikke være mindre enn null."),
        ("low_share", "110", "Det lave anslaget er et helt tall fra 0 til 100."),
        ("high_share", "", "Skriv begge anslagene, eller la begge stå tomme."),
        ("operating-2028", "mye", "Skriv et tall, for eksempel 5,8."),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(client, owner, project, field, typed, said):
    url = reverse("benefits:calculation-edit", args=[project.pk])

    form = client.post(url, {**FORM, field: typed}).context["form"]

    assert form.errors == {field: [said]}
    assert form[field].value() == typed
    assert not Calculation.objects.exists()


def test_two_who_edit_at_once_see_each_others_numbers(client, owner, project):
    url = reverse("benefits:calculation-edit", args=[project.pk])
    client.post(url, FORM)

    late = client.post(url, {**FORM, "rate": "5", "operating-2028": "99 000"})

    page = late.content.decode().replace("\u202f", " ")
    assert "endret dette" in page
    assert "120 000" in page
    assert project.calculation.rate == Decimal("3.5")
    assert late.context["form"]["operating-2028"].value() == "99 000"


# The workbook


def a_full_one():
    cut = {"use": "budget", "kroner_per_person_year": Decimal(712_345)}
    return profitability(
        (direct(name='=HYPERLINK("x")'), {2027: 250_000, 2028: 310_000}),
        (freed(**cut), {2027: "0.35"}),
        (direct(kind="avoided", receiver="public"), {2028: "90000.5"}),
        (direct(is_disbenefit=True), {2027: 45_000}),
        (Benefit(name="Omdømme", kind="quality"), {}),
        operating={2026: Decimal(60_000), 2027: Decimal(120_000)},
        horizon=7,
        rate=Decimal("4.5"),
        investment=Decimal(1_100_000),
    )


def workbook_of(found):
    named = Project(name="Digital nøkkel")
    return calculation_workbook(named, found, creator="Gjøvik kommune", made_at=MADE_AT)


def test_what_somebody_typed_is_never_a_formula():
    book = load_workbook(io.BytesIO(workbook_of(a_full_one())))

    named = [cell for row in book.worksheets[0] for cell in row if "HYPERLINK" in str(cell.value)]

    assert [cell.data_type for cell in named] == ["s"]
    assert book.worksheets[1]["B2"].value == str(Why.NO_PRICE.label)


@pytest.mark.slow
@pytest.mark.skipif(PROGRAM is None, reason=MISSING)
def test_libreoffice_counts_the_same(tmp_path):
    found = a_full_one()
    source = tmp_path / "lonnsomhet.xlsx"
    source.write_bytes(workbook_of(found))

    subprocess.run(
        [
            str(PROGRAM),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(tmp_path / "counted"),
            str(source),
        ],
        check=True,
        timeout=120,
        capture_output=True,
    )

    sheet = load_workbook(tmp_path / "counted" / source.name, data_only=True).worksheets[0]
    answers = [sheet.cell(row, 2).value for row in range(ANSWER_ROW, ANSWER_ROW + 5)]
    case = found.case
    assert answers == pytest.approx(
        [
            float(case.net_present_value),
            float(case.worth(case.benefits)),
            float(case.worth(case.burdens)),
            float(case.worth(case.costs)),
            float(case.break_even),
        ]
    )
