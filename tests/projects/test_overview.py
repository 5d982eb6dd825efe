import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from core import roles
from projects import gate_card, overview, sizing
from projects.models import (
    CaseStatus,
    DimensionStatus,
    GateCase,
    PhasePlan,
    Project,
    ProjectPhase,
    ReportStatus,
    Size,
    SizeProfile,
    Stage,
    StatusReport,
)
from projects.overview import Money
from projects.track import track
from tests.factories.benefits import BenefitFactory, MeasurementFactory
from tests.factories.method import small_method
from tests.factories.projects import ChangeRequestFactory, ProjectFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 8, 18)
QUERIES = 33


@pytest.fixture
def project(owner, person):
    return ProjectFactory(
        owner=owner,
        manager=person(roles.PROJECT_MANAGER, name="Jonas Lien"),
        name="Digital nøkkel",
        phase=ProjectPhase.EXECUTION,
    )


def plan(phase, first, last):
    return PhasePlan(
        phase=phase, starts_on=dt.date.fromisoformat(first), ends_on=dt.date.fromisoformat(last)
    )


def of_page(project):
    return Project.objects.for_page().get(pk=project.pk)


# The track


def test_the_track_tells_the_phases_with_their_months_and_decision_points(project):
    project.phase_changes.create(
        phase="concept", note="Ja.", by=project.owner, on=dt.date(2025, 10, 2)
    )
    project.phase_changes.create(
        phase="planning", note="Ja.", by=project.owner, on=dt.date(2026, 1, 5)
    )
    project.phase_changes.create(
        phase="execution", note="Ja.", by=project.owner, on=dt.date(2026, 4, 1)
    )
    plans = [
        plan("execution", "2026-04-01", "2026-10-30"),
        plan("closing", "2026-11-01", "2027-01-20"),
    ]

    steps = track(of_page(project), plans=plans, stages=[], on=DAY).steps

    assert [(step.gate, step.gate_state, step.state) for step in steps] == [
        ("", "passed", "done"),
        ("BP1", "passed", "done"),
        ("BP2", "passed", "done"),
        ("BP3", "passed", "now"),
        ("BP4", "next", "upcoming"),
        ("BP5", "ahead", "upcoming"),
    ]
    assert [step.when for step in steps[1:]] == [
        "okt 2025–jan 2026",
        "jan–april 2026",
        "april–okt 2026",
        "nov 2026–jan 2027",
        "",
    ]


def test_the_track_counts_the_delfase_and_fills_what_is_gone(project):
    stages = [Stage(number=1, finished_on=DAY), Stage(number=2)]
    plans = [plan("execution", "2026-08-08", "2026-08-28")]

    now = track(of_page(project), plans=plans, stages=stages, on=DAY).now

    assert now.when == "delfase 2 av 2"
    assert now.filled == "50.00%"


def test_a_realised_project_has_passed_the_last_decision_point(project):
    Project.objects.update(phase="realisation", ending="realised", ended_on=DAY)

    whole = track(of_page(project), plans=[], stages=[], on=DAY)

    assert whole.last_gate_state == "passed"
    assert {step.state for step in whole.steps} == {"done"}


# Money


@pytest.mark.parametrize(
    ("forecast", "sentence"),
    [
        (None, "Ingen har meldt en prognose ennå. Toleransen er 100\u202f000\u00a0kr."),
        (
            1_980_000,
            "Prognosen er 1,98\u00a0mill.\u00a0kr, 80\u202f000\u00a0kr over budsjettet. "
            "Toleransen er 100\u202f000\u00a0kr.",
        ),
        (
            1_800_000,
            "Prognosen er 1,80\u00a0mill.\u00a0kr, 100\u202f000\u00a0kr under budsjettet. "
            "Toleransen er 100\u202f000\u00a0kr.",
        ),
        (
            1_900_000,
            "Prognosen er 1,90\u00a0mill.\u00a0kr, som budsjettet. "
            "Toleransen er 100\u202f000\u00a0kr.",
        ),
    ],
)
def test_money_says_where_the_forecast_ends(forecast, sentence):
    money = Money(
        budget=Decimal(1_900_000),
        spent=Decimal(1_520_000),
        forecast=None if forecast is None else Decimal(forecast),
        tolerance=Decimal(100_000),
    )

    assert money.sentence == sentence
    assert money.of_budget == "brukt av 1,90"


def test_money_keeps_the_marks_of_the_bar_in_order():
    money = Money(Decimal(1_000), Decimal(400), Decimal(1_500), Decimal(100))

    lengths = [float(each[:-1]) for each in (money.spent_x, money.budget_x, money.limit_x)]

    assert lengths == sorted(lengths)
    assert lengths[-1] < 100


def test_money_is_summed_from_the_budget_before_the_frame(project):
    Project.objects.update(budget=500_000)
    for year, forecast in ((2026, 320_000), (2027, None)):
        project.budget_lines.create(
            year=year,
            source="Egen ramme",
            sector=project.sector,
            budget=300_000,
            spent=100_000,
            forecast=forecast,
        )

    money = overview.money(of_page(project), None)

    assert (money.budget, money.spent, money.forecast) == (600_000, 200_000, 620_000)


# The status


def report(project, month, **lights):
    made = StatusReport.objects.create(project=project, month=dt.date(2026, month, 1))
    for dimension, (light, words) in lights.items():
        DimensionStatus.objects.create(report=made, dimension=dimension, light=light, words=words)
    StatusReport.objects.filter(pk=made.pk).update(status=ReportStatus.SENT, sent_at=timezone.now())


def test_the_status_is_the_last_month_with_what_has_changed(project):
    report(project, 7, risk=("yellow", "Middels"), quality=("green", "God"))
    report(project, 8, risk=("green", "Lav"), quality=("green", "God"))

    status = overview.status_now(project)

    assert status.heading == "Status i august: alt er grønt"
    assert [(each.label, each.change) for each in status.dimensions] == [
        ("Risiko", "Endret fra middels"),
        ("Kvalitet", ""),
    ]


def test_no_status_is_shown_before_one_is_sent(project):
    StatusReport.objects.create(project=project, month=dt.date(2026, 8, 1))

    assert overview.status_now(project) is None


# Size


@pytest.mark.parametrize(
    ("months", "cost", "size"),
    [
        (None, None, None),
        (6, 300_000, Size.SMALL),
        (7, 100, Size.MEDIUM),
        (1, 300_001, Size.MEDIUM),
        (19, None, Size.LARGE),
        (None, 5_000_000, Size.LARGE),
    ],
)
def test_the_smallest_size_that_holds_is_suggested(months, cost, size):
    profiles = [
        SizeProfile(size=Size.SMALL, max_months=6, max_cost=300_000),
        SizeProfile(size=Size.MEDIUM, max_months=18, max_cost=3_000_000),
        SizeProfile(size=Size.LARGE),
    ]

    assert sizing.suggested(profiles, months=months, cost=cost) == size


def test_realising_is_not_counted_in_the_months():
    plans = [
        plan("concept", "2026-01-01", "2026-03-31"),
        plan("execution", "2026-04-01", "2026-12-31"),
        plan("realisation", "2027-01-01", "2029-12-31"),
    ]

    assert sizing.months_planned(plans) == 12


# The page


@pytest.fixture
def with_method(project):
    Project.objects.update(method=small_method())
    return of_page(project)


def page(client, project, user):
    client.force_login(user)
    return client.get(project.get_absolute_url()).content.decode()


def test_what_is_missing_stands_first_with_the_viewers_own(client, with_method):
    card = gate_card.gate_card(with_method, user=with_method.manager, on=DAY)

    assert card.shown[0] in card.mine
    assert "mangler før BP4" in card.heading
    assert "Avklar punkt" in page(client, with_method, with_method.manager)


def case_of(project, status, gate="BP4", **fields):
    return GateCase.objects.create(
        project=project,
        gate=gate,
        submission_key="0b0b1e4a-5f0e-4a8a-9d3b-0f6a1f1c2d3e",
        requested_by=project.manager,
        requested_at=timezone.now(),
        status=status,
        **fields,
    )


def test_a_waiting_decision_leads_the_decider_to_it(client, with_method):
    case = case_of(with_method, CaseStatus.REQUESTED)

    shown = page(client, with_method, with_method.owner)

    assert "BP4 venter på beslutning" in shown
    assert "Se grunnlaget og beslutt" in shown
    assert case.get_absolute_url() in shown


def test_a_case_that_was_sent_back_says_why(client, with_method):
    case_of(
        with_method,
        CaseStatus.SENT_BACK,
        reason="Opplæringen mangler.",
        decided_by=with_method.owner,
        decided_at=timezone.now(),
    )

    assert "Opplæringen mangler." in page(client, with_method, with_method.manager)


def test_what_the_last_decision_point_was_passed_without_is_named(client, with_method):
    passed = case_of(
        with_method,
        CaseStatus.APPROVED,
        gate="BP3",
        reason="Ja.",
        decided_by=with_method.owner,
        decided_at=timezone.now(),
    )
    passed.waivers.create(requirement="point:plan", what="Planen", reason="Den kommer i mai.")

    shown = page(client, with_method, with_method.manager)

    assert "BP3 ble passert med" in shown
    assert "Planen: Den kommer i mai." in shown


def test_a_stopped_project_says_why_and_asks_for_nothing(client, project):
    Project.objects.update(
        ending="stopped", ended_on=DAY, end_reason="Ingen penger.", end_consequence="Bortfaller."
    )

    shown = page(client, project, project.manager)

    assert "Prosjektet ble stoppet 18. august 2026" in shown
    assert "Ingen penger." in shown
    assert "mangler før" not in shown


def test_a_silent_project_says_for_how_long(client, with_method):
    Project.objects.update(updated_at=timezone.now() - dt.timedelta(days=38))

    assert "Stille i 38 dager" in page(client, with_method, with_method.manager)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(
    client, team_member, with_method, count, django_assert_num_queries
):
    client.force_login(team_member)
    for number in range(1, count + 1):
        MeasurementFactory(benefit=BenefitFactory(project=with_method))
        ChangeRequestFactory(project=with_method)
        with_method.risks.create(
            number=number,
            kind="threat",
            event="Slutter",
            likelihood=number,
            impact=3,
            strategy="reduce",
        )
        with_method.milestones.create(name="Klar", planned_on=DAY, responsible=with_method.owner)
        report(with_method, number, risk=("green", "Lav"))

    with django_assert_num_queries(QUERIES):
        client.get(with_method.get_absolute_url())


def test_those_outside_read_the_opened_text_and_nothing_internal(client, project):
    Project.objects.update(public_text="Vi bytter nøkler.", budget=400_000)

    shown = client.get(project.get_absolute_url()).content.decode()

    assert "Vi bytter nøkler." in shown
    assert "Vi lager løsningen og tar den i bruk." in shown
    for hidden in ("Ingrid Haugen", "Jonas Lien", "400", "mangler før"):
        assert hidden not in shown


def test_a_project_that_is_not_opened_does_not_exist_for_those_outside(client, project):
    Project.objects.update(opened_at=None)

    assert client.get(project.get_absolute_url()).status_code == 404
    assert project.name not in client.get(reverse("projects:list")).content.decode()
