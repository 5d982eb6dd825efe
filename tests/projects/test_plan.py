import datetime as dt
import io
import uuid

import openpyxl
import pytest
from django.urls import reverse

from core import roles
from core.errors import ActionRefused
from projects import plan_story, risk_matrix, staffing
from projects.actions import plan as actions
from projects.models import (
    BudgetLine,
    Ending,
    MilestoneLink,
    PhaseChange,
    PhasePlan,
    ProjectLink,
    ProjectPhase,
    RiskStatus,
    Size,
)
from tests.factories.projects import ProjectFactory
from tests.factories.registers import (
    AllocationFactory,
    BudgetLineFactory,
    MilestoneFactory,
    PhasePlanFactory,
    RiskFactory,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 8, 18)
PLAN_QUERIES, MONEY_QUERIES, PEOPLE_QUERIES = 13, 8, 10
MONEY_EDIT_QUERIES = 11


@pytest.fixture
def manager(person):
    return person(roles.PROJECT_MANAGER, name="Jonas Lien")


@pytest.fixture
def project(owner, manager):
    return ProjectFactory(
        owner=owner, manager=manager, name="Digital nøkkel", phase=ProjectPhase.EXECUTION
    )


@pytest.fixture
def browser(client, manager):
    client.force_login(manager)
    return client


# Phases


def phases_form(project, browser, **changed):
    """As the page shows it, with something changed."""
    page = browser.get(reverse("projects:plan-phases", args=[project.pk]))
    form = page.context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    return shown | changed


def test_the_first_plan_is_a_suggestion_as_long_as_the_size_lets_it_be(project):
    project.phase, project.size = ProjectPhase.CONCEPT, Size.SMALL

    days = plan_story.suggested_days(project, today=TODAY)

    assert list(days) == list(ProjectPhase)[1:]
    assert days["concept"][0] == TODAY
    pairs = list(days.values())
    assert [ends for _begins, ends in pairs[:-1]] == [begins for begins, _ends in pairs[1:]]
    assert (days["closing"][1] - TODAY).days in range(178, 187)


def test_saving_the_phases_restates_the_project(browser, project):
    form = phases_form(project, browser, **{"execution-ends": "2027-03-01"})
    form |= {"closing-starts": "2027-03-01", "closing-ends": "2027-05-01"}
    form |= {"realisation-starts": "2027-05-01", "realisation-ends": "2028-05-01"}

    response = browser.post(reverse("projects:plan-phases", args=[project.pk]), form)

    project.refresh_from_db()
    assert response.url == reverse("projects:plan", args=[project.pk])
    assert project.next_gate_on == dt.date(2027, 3, 1)
    assert project.phase_plans.count() == 3


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"execution-ends": "2020-01-01"}, "Fasen kan ikke slutte før den begynner."),
        ({"closing-starts": "2020-01-01"}, "Fasen kan ikke begynne før den forrige er slutt."),
        ({"closing-ends": ""}, "Skriv når beslutningspunktet tas."),
        ({"closing-starts": ""}, "Skriv når fasen begynner."),
        ({"closing-ends": "til høsten"}, "Skriv en dato, for eksempel 31.12.2026."),
    ],
)
def test_days_that_do_not_follow_each_other_are_refused(browser, project, changed, message):
    form = phases_form(project, browser, **changed)

    response = browser.post(reverse("projects:plan-phases", args=[project.pk]), form)

    assert message in response.content.decode()
    assert not project.phase_plans.exists()


def test_the_second_of_two_who_plan_is_told_and_may_send_again(browser, project):
    url = reverse("projects:plan-phases", args=[project.pk])
    form = phases_form(project, browser)
    PhasePlanFactory(project=project)

    first = browser.post(url, form)
    again = browser.post(url, form | {"seen": first.context["form"]["seen"].value()})

    assert "Noen andre endret dette mens du skrev" in first.content.decode()
    assert again.status_code == 302


def test_what_was_agreed_at_bp3_stays_when_the_plan_moves(project, manager):
    plan = PhasePlanFactory(project=project, agreed_ends_on=TODAY)

    actions.plan_phases(
        project, {"execution": (plan.starts_on, plan.ends_on + dt.timedelta(days=9))}, by=manager
    )

    assert PhasePlan.objects.get().agreed_ends_on == TODAY


def test_a_phase_is_taken_out_of_the_plan(project, manager):
    PhasePlanFactory(project=project)

    actions.plan_phases(project, {"execution": None}, by=manager)

    assert not PhasePlan.objects.exists()
    project.refresh_from_db()
    assert project.next_gate_on is None


def test_the_phases_tell_what_is_passed_and_what_is_overdue(project):
    for phase, on in [("concept", 0), ("planning", 30), ("execution", 60)]:
        PhaseChange.objects.create(
            project=project, phase=phase, by=project.owner, on=TODAY - dt.timedelta(days=90 - on)
        )
    PhasePlanFactory(
        project=project,
        starts_on=TODAY - dt.timedelta(days=30),
        ends_on=TODAY - dt.timedelta(days=3),
        agreed_ends_on=TODAY - dt.timedelta(days=10),
    )

    rows = {row.phase: row for row in plan_story.phase_rows(project, today=TODAY)}

    assert rows["concept"].passed_on == TODAY - dt.timedelta(days=60)
    assert rows["execution"].is_overdue
    assert rows["execution"].drift == "7 dager senere"
    assert plan_story.headline(list(rows.values()), project, today=TODAY) == (
        "BP4 skulle vært tatt 15. august"
    )


def test_the_drawing_holds_every_phase_and_says_it_in_words(project):
    PhasePlanFactory(project=project, starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31))
    rows = plan_story.phase_rows(project, today=TODAY)

    drawing = plan_story.timeline(rows, [], today=TODAY)

    assert drawing is not None
    (bar,) = drawing.bars
    assert (bar.x, bar.gate) == ("0.00%", "BP4")
    assert "Gjennomføre fra 1. jan. 2026 til 31. des. 2026" in drawing.description
    assert len(drawing.ticks) <= plan_story.MOST_TICKS


def test_a_milestone_before_the_one_it_waits_for_is_flagged(project):
    late = MilestoneFactory(project=project, name="Sen", planned_on=TODAY)
    early = MilestoneFactory(project=project, planned_on=TODAY - dt.timedelta(days=5))
    MilestoneLink.objects.create(before=late, after=early)

    rows = plan_story.milestone_rows(project, today=TODAY)

    assert [row.too_early for row in rows] == [[late], []]
    assert rows[0].is_overdue


@pytest.mark.parametrize(
    ("days", "words"), [(0, "I rute"), (1, "1 dag senere"), (-12, "12 dager tidligere")]
)
def test_drift_is_told_in_days(days, words):
    assert plan_story.drift_in_words(TODAY, TODAY + dt.timedelta(days=days)) == words


# Other projects


def test_a_project_waits_for_another(browser, project):
    other = ProjectFactory(name="Ny innlogging")

    browser.post(
        reverse("projects:link-add", args=[project.pk]), {"before": other.pk, "what": "Innlogging"}
    )

    page = browser.get(reverse("projects:plan", args=[project.pk])).content.decode()
    assert "Vi venter på" in page
    assert "Ny innlogging" in page


def test_a_circle_of_projects_is_refused_by_name(browser, project, manager):
    other = ProjectFactory(name="Ny innlogging")
    ProjectLink.objects.create(before=project, after=other, what="x")

    response = browser.post(
        reverse("projects:link-add", args=[project.pk]), {"before": other.pk, "what": "Innlogging"}
    )

    circle = {"Digital nøkkel → Ny innlogging → Digital", "Ny innlogging → Digital nøkkel → Ny"}
    assert "Da venter prosjektene på hverandre i ring" in response.content.decode()
    with pytest.raises(ActionRefused) as refused:
        actions.wait_for_project(project, before=other, what="Innlogging", by=manager)
    assert any(words in refused.value.reason for words in circle)


def test_a_project_stops_waiting(browser, project):
    link = ProjectLink.objects.create(before=ProjectFactory(), after=project, what="x")

    browser.post(reverse("projects:link-remove", args=[project.pk, link.pk]))

    assert not ProjectLink.objects.exists()


# Money


def budget_form(line, **changed):
    form = {
        "year": line.year,
        "source": line.source,
        "sector": line.sector_id,
        "budget": "100 000",
        "spent": "0",
        "forecast": "",
        "person_years": "0",
        "version": line.version,
    }
    return {"row": [str(line.pk)]} | {
        f"{line.pk}-{name}": value for name, value in (form | changed).items()
    }


def new_row(project, **changed):
    name = f"ny-{uuid.uuid4()}"
    row = {"year": "2027", "source": "Egen ramme", "sector": project.sector_id, "budget": "1,5"}
    row |= {"spent": "", "forecast": "", "person_years": ""} | changed
    return name, {f"{name}-{field}": value for field, value in row.items()}


def test_a_new_line_is_kept_once_however_often_it_is_sent(browser, project):
    name, row = new_row(project, budget="250 000", person_years="0,5")
    for _time in range(2):
        browser.post(
            reverse("projects:money-edit", args=[project.pk]), {"row": [name], **row, "more": "1"}
        )

    line = BudgetLine.objects.get()
    assert (line.budget, str(line.person_years), line.sector) == (250_000, "0.50", project.sector)


def test_a_new_row_that_nobody_filled_in_is_passed_over(browser, project):
    url = reverse("projects:money-edit", args=[project.pk])
    (blank,) = browser.get(url).context["table"].rows
    sent = {blank.add_prefix(name): blank[name].value() or "" for name in blank.fields}

    response = browser.post(url, {"row": [blank.prefix], **sent})

    assert response.status_code == 302
    assert not BudgetLine.objects.exists()


@pytest.mark.parametrize(
    ("amount", "message"),
    [
        ("mange penger", "Skriv et tall, for eksempel 5,8."),
        ("-5", "Tallet kan ikke være mindre enn null."),
        ("1.500", "Mener du"),
        ("", "Skriv et beløp."),
        ("9 999 999 999 999", "Tallet er for stort."),
    ],
)
def test_a_budget_that_is_no_amount_is_asked_about(browser, project, amount, message):
    line = BudgetLineFactory(project=project)

    response = browser.post(
        reverse("projects:money-edit", args=[project.pk]), budget_form(line, budget=amount)
    )

    line.refresh_from_db()
    assert message in response.content.decode()
    assert line.budget == 100_000


def test_a_line_that_another_has_changed_is_not_overwritten(browser, project):
    line = BudgetLineFactory(project=project)
    BudgetLine.objects.update(version=1, budget=150_000)

    response = browser.post(
        reverse("projects:money-edit", args=[project.pk]), budget_form(line, budget="200 000")
    )

    line.refresh_from_db()
    assert "Slik står det lagret nå" in response.content.decode()
    assert line.budget == 150_000


def test_a_line_that_another_has_removed_comes_back_only_when_sent_again(browser, project):
    line = BudgetLineFactory(project=project, source="Tilskudd")
    form = budget_form(line)
    line.delete()
    url = reverse("projects:money-edit", args=[project.pk])

    first = browser.post(url, form)
    assert "Noen tok bort denne linjen mens du skrev" in first.content.decode()
    assert not BudgetLine.objects.exists()

    browser.post(url, form | {"missing": form["row"]})
    assert BudgetLine.objects.get().source == "Tilskudd"


def test_two_lines_of_the_same_year_source_and_sector_are_refused(browser, project):
    line = BudgetLineFactory(project=project, source="Egen ramme")
    name, row = new_row(project, year=str(line.year), budget="5")

    response = browser.post(
        reverse("projects:money-edit", args=[project.pk]),
        {**budget_form(line), **row, "row": [str(line.pk), name]},
    )

    assert "Denne kilden står allerede i budsjettet for året." in response.content.decode()
    assert BudgetLine.objects.count() == 1


def test_two_lines_may_take_each_others_place(browser, project):
    first = BudgetLineFactory(project=project, source="Egen ramme")
    second = BudgetLineFactory(project=project, source="Tilskudd")
    form = budget_form(first, source="Tilskudd") | budget_form(second, source="Egen ramme")

    browser.post(
        reverse("projects:money-edit", args=[project.pk]),
        form | {"row": [str(first.pk), str(second.pk)]},
    )

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.source, second.source) == ("Tilskudd", "Egen ramme")


def test_a_line_is_removed_whatever_else_stands_in_it(browser, project):
    line = BudgetLineFactory(project=project)

    browser.post(
        reverse("projects:money-edit", args=[project.pk]),
        budget_form(line, remove="on", budget="tull"),
    )

    assert not BudgetLine.objects.exists()


def test_the_money_is_summed_and_held_against_the_frame_and_bp3(browser, project):
    project.budget = 200_000
    project.save()
    BudgetLineFactory(project=project, year=2026, source="A", agreed=80_000, forecast=130_000)
    BudgetLineFactory(project=project, year=2027, source="A", agreed=100_000)

    context = browser.get(reverse("projects:money", args=[project.pk])).context

    total = context["table"].total
    assert (total.budget, total.agreed, total.growth) == (200_000, 180_000, 20_000)
    assert total.forecast == 230_000
    assert [group.name for group in context["table"].years] == ["2026", "2027"]
    assert [group.sums.budget for group in context["table"].sources] == [200_000]
    assert "30" in context["headline"]
    assert "over rammen" in context["headline"]


def test_the_workbook_of_money_has_the_lines_and_the_sum(browser, project):
    BudgetLineFactory(project=project, year=2026, source="=2+2", budget=100_000, spent=40_000)

    response = browser.get(reverse("projects:money-workbook", args=[project.pk]))

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert rows[0][:2] == [2026, "=2+2"]
    assert sheet["B4"].data_type == "s"
    assert (rows[1][0], rows[1][3], rows[1][6]) == ("Sum", 100_000, 40_000)


# People


def test_a_person_with_more_than_the_whole_position_is_named_with_the_projects(
    browser, project, today
):
    allocation = AllocationFactory(project=project, percent=60)
    AllocationFactory(
        person=allocation.person, percent=50, project=ProjectFactory(name="Medisin hjemme")
    )
    ended = ProjectFactory(name="Stoppet før", ending=Ending.LINE, ended_on=today)
    AllocationFactory(person=allocation.person, percent=50, project=ended)

    page = browser.get(reverse("projects:people", args=[project.pk])).content.decode()

    assert "Én person er satt opp med mer enn hele stillingen" in page
    assert "«Digital nøkkel» og «Medisin hjemme»" in page
    assert "Stoppet før" not in page


def test_those_who_follow_each_other_in_a_month_are_not_added_together():
    month = staffing.Month(dt.date(2026, 8, 1))
    first = AllocationFactory(
        percent=80, starts_on=dt.date(2026, 7, 1), ends_on=dt.date(2026, 8, 14)
    )
    second = AllocationFactory(
        percent=70, starts_on=dt.date(2026, 8, 15), ends_on=dt.date(2026, 9, 1)
    )

    load = staffing.load_of(month, [first, second])

    assert (load.percent, load.is_too_much) == (80, False)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"percent": "101"}, "Skriv et helt tall fra 1 til 100."),
        ({"percent": "halvparten"}, "Skriv et helt tall"),
        ({"ends_on": "2020-01-01"}, "Til-datoen kan ikke være før fra-datoen."),
    ],
)
def test_an_allocation_that_does_not_add_up_is_refused(browser, project, changed, message):
    form = {"person": project.owner_id, "percent": "50", "submission_key": uuid.uuid4()}
    form |= {"starts_on": "2026-01-01", "ends_on": "2026-12-31"}

    response = browser.post(reverse("projects:allocation-add", args=[project.pk]), form | changed)

    assert message in response.content.decode()
    assert not project.allocations.exists()


# The matrix


def test_the_matrix_places_risks_by_number_before_and_after_measures(project):
    risks = [
        RiskFactory(project=project, likelihood=5, impact=4, likelihood_after=1, impact_after=2),
        RiskFactory(project=project, likelihood=5, impact=4),
        RiskFactory(project=project, likelihood=5, impact=4, status=RiskStatus.GONE),
    ]

    before = {
        (cell.likelihood, cell.impact): cell.numbers
        for _likelihood, cells in risk_matrix.matrix(risks, after=False).rows
        for cell in cells
    }
    after = risk_matrix.matrix(risks, after=True)

    assert len(before) == 36
    assert before[5, 4] == [1, 2]
    assert after.rows[0][1][4].numbers == [2]
    assert after.rows[4][1][2].numbers == [1]
    assert [cell.level.value for cell in after.rows[0][1]] == [
        "low",
        "medium",
        "medium",
        "high",
        "high",
        "high",
    ]


def test_the_workbook_of_risks_has_the_factor(browser, project):
    RiskFactory(project=project, likelihood=3, impact=4)

    response = browser.get(reverse("projects:risks-workbook", args=[project.pk]))

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [cell.value for cell in sheet[4]][:2] == [1, "Trussel"]
    assert sheet["G4"].value == 12


# Queries


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_asks_as_often_for_three_milestones_as_for_one(
    browser, project, count, django_assert_num_queries
):
    PhasePlanFactory(project=project)
    for _number in range(count):
        milestone = MilestoneFactory(project=project, responsible=project.owner)
        MilestoneLink.objects.create(before=MilestoneFactory(project=project), after=milestone)
        ProjectLink.objects.create(before=ProjectFactory(), after=project, what="x")

    with django_assert_num_queries(PLAN_QUERIES):
        browser.get(reverse("projects:plan", args=[project.pk]))


@pytest.mark.parametrize("count", [1, 3])
def test_the_money_asks_as_often_for_three_lines_as_for_one(
    browser, project, count, django_assert_num_queries
):
    for _number in range(count):
        BudgetLineFactory(project=project)

    with django_assert_num_queries(MONEY_QUERIES):
        browser.get(reverse("projects:money", args=[project.pk]))
    with django_assert_num_queries(MONEY_EDIT_QUERIES):
        browser.get(reverse("projects:money-edit", args=[project.pk]))


@pytest.mark.parametrize("count", [1, 3])
def test_the_load_asks_as_often_for_three_people_as_for_one(
    browser, project, count, django_assert_num_queries
):
    for _number in range(count):
        allocation = AllocationFactory(project=project)
        AllocationFactory(person=allocation.person)

    with django_assert_num_queries(PEOPLE_QUERIES):
        browser.get(reverse("projects:people", args=[project.pk]))
