"""What all benefits promised and gave: the sums, what needs somebody, and the pages."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benefits import attention, overview, portfolio
from benefits.attention import Matter
from benefits.models import Benefit, BenefitState
from benefits.portfolio import PartedBy
from projects.models import Ending, ProjectPhase
from tests.factories.benefits import BenefitFactory, BenefitYearFactory, IndicatorFactory
from tests.factories.municipality import GoalFactory, SectorFactory, UserFactory
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db

LOCKED = dt.datetime(2025, 1, 15, tzinfo=dt.UTC)
EVERY = Benefit.objects.all


def benefit_of(years, **fields):
    """`years`: year → the amounts of that year."""
    benefit = BenefitFactory(**{"kind": "direct", "frozen_at": LOCKED, **fields})
    for year, amounts in years.items():
        if amounts.get("actual") is not None:
            amounts = {"evidence": "measured", **amounts}
        BenefitYearFactory(benefit=benefit, year=year, **{"plan": None, **amounts})
    return benefit


def stopped_project():
    return ProjectFactory(
        ending=Ending.STOPPED,
        ended_on=dt.date(2026, 1, 1),
        end_reason="Leverandøren gikk konkurs.",
        end_consequence="Gevinstene kommer ikke.",
    )


def in_kroner(through=None):
    return portfolio.totals(EVERY(), through=through).kroner


# The sums


def test_the_sums_of_one_benefit_follow_its_plan():
    benefit_of(
        {
            2025: {"promised": 100, "plan": 110, "moved": 50, "actual": 40, "taken_out": 30},
            2026: {"promised": 200, "plan": 210, "moved": 180, "forecast": 150},
            2027: {"promised": 300, "plan": 300},
        }
    )

    flow = in_kroner(through=2026)

    assert (flow.promised, flow.planned) == (300, 50 + 150)
    assert (flow.realised, flow.taken_out) == (40, 30)
    assert (flow.unreported, flow.missing) == (150, 1)
    assert in_kroner().promised == 600


def test_freed_time_is_kroner_only_where_a_budget_is_cut_by_it():
    years = {2026: {"promised": 2, "plan": 2, "actual": Decimal("1.5"), "taken_out": 1}}
    benefit_of(years, kind="time", use="budget", kroner_per_person_year=700_000)
    benefit_of(years, kind="time", use="service", kroner_per_person_year=700_000)
    benefit_of(years, kind="time", use="budget")

    found = portfolio.totals(EVERY())

    assert (found.kroner.promised, found.kroner.realised) == (1_400_000, 1_050_000)
    assert found.kroner.taken_out == 700_000
    assert (found.person_years.promised, found.person_years.realised) == (4, 3)


def test_an_ulempe_counts_against_in_every_sum():
    benefit_of({2026: {"promised": 500, "plan": 500, "actual": 400}}, kind="avoided")
    cost = {"promised": 100, "plan": 120, "actual": 150, "evidence": "judged"}
    benefit_of({2026: cost}, is_disbenefit=True)

    flow = in_kroner()

    assert (flow.promised, flow.planned, flow.realised) == (400, 380, 250)
    assert (flow.measured, flow.judged) == (400, -150)


def test_a_plan_that_is_not_frozen_counts_as_promised_and_is_told():
    benefit_of({2026: {"plan": 90, "forecast": 70}}, frozen_at=None)
    BenefitFactory(kind="quality")

    shown = portfolio.read(EVERY(), through=2026)

    assert (shown.totals.kroner.promised, shown.totals.kroner.planned) == (90, 70)
    assert shown.counts.unfrozen == 1
    assert "Én plan er ikke låst ved BP3." in overview.notes(shown)[0]


def test_a_stopped_project_gives_no_more_than_it_gave():
    stopped = stopped_project()
    benefit_of(
        {2025: {"promised": 100, "plan": 100, "actual": 60}, 2026: {"promised": 100, "plan": 100}},
        project=stopped,
    )

    flow = in_kroner()

    assert (flow.promised, flow.planned, flow.deviation, flow.missing) == (200, 60, 0, 0)


def test_each_way_to_part_the_sums_gives_the_same_whole():
    sector, goal = SectorFactory(), GoalFactory(code="1a")
    years = {year: {"promised": year - 2000, "plan": 1, "actual": 2} for year in (2025, 2026, 2027)}
    benefit_of(years, goal=goal, project__sector=sector)
    benefit_of(years, kind="avoided", project__sector=sector)
    benefit_of(years, kind="time")

    whole = portfolio.totals(EVERY(), through=2026)
    assert whole.kroner.promised == 2 * (25 + 26)
    for part, alone in (
        (PartedBy.SECTOR, portfolio.by_sector),
        (PartedBy.KIND, portfolio.by_kind),
        (PartedBy.GOAL, portfolio.by_goal),
    ):
        shown = portfolio.read(EVERY(), through=2026, parted_by=part)
        assert shown.totals == whole
        assert sum((row.totals for row in shown.rows), portfolio.Totals()) == whole
        assert sum(row.counts.total for row in shown.rows) == 3
        rows = alone(EVERY(), through=2026)
        assert [row.totals for row in rows] == [row.totals for row in shown.rows]
    assert [row.key for row in shown.rows] == ["1a", ""]
    years = portfolio.read(EVERY(), through=2026, parted_by=PartedBy.YEAR)
    assert [row.key for row in years.rows] == [2025, 2026, 2027]
    assert sum((row.totals for row in years.rows), portfolio.Totals()) == portfolio.totals(EVERY())


def test_quality_is_counted_and_never_summed():
    BenefitFactory(kind="quality", latest_value=4, latest_on=dt.date(2026, 1, 1))
    behind = {"latest_value": 9, "latest_on": dt.date(2026, 1, 1), "state": BenefitState.BEHIND}
    BenefitFactory(kind="quality", latest_evidence="judged", **behind)

    shown = portfolio.read(EVERY(), through=2026)

    assert not shown.totals
    counts = shown.counts
    assert (counts.quality, counts.quality_measured, counts.quality_there) == (2, 2, 1)
    assert (counts.quality_behind, counts.measured, counts.judged) == (1, 1, 1)
    assert overview.headline(shown) == "Én av to kvalitetsgevinster har nådd målet"


# What needs somebody


def matters_of(benefit, today):
    marked = attention.marked(Benefit.objects.filter(pk=benefit.pk), on=today).get()
    return [each.matter for each in attention.told(marked, on=today)]


def test_due_late_and_orphaned(today):
    day = dt.timedelta(days=1)
    soon = BenefitFactory(next_measurement_on=today + 3 * day)
    late = BenefitFactory(next_measurement_on=today - day)
    other = BenefitFactory(next_measurement_on=today + 90 * day)
    IndicatorFactory(benefit=other, next_measurement_on=today - day)
    short = BenefitFactory(target_on=today - day, latest_value=8, latest_on=today - day)
    BenefitFactory(target_on=today - day, latest_value=4, latest_on=today - day)
    left = BenefitFactory(owner=UserFactory(is_active=False))
    blind = BenefitFactory(main=None)
    untaken = BenefitFactory(project__phase=ProjectPhase.REALISATION)
    BenefitFactory(
        project__phase=ProjectPhase.REALISATION,
        responsible=UserFactory(),
        responsibility_accepted_at=LOCKED,
    )
    stopped = stopped_project()
    BenefitFactory(main=None, project=stopped)

    assert set(portfolio.due(EVERY(), on=today)) == {soon}
    assert set(portfolio.late(EVERY(), on=today)) == {late, other, short}
    assert set(portfolio.orphaned(EVERY(), on=today)) == {left, blind, untaken}
    assert matters_of(late, today) == [Matter.LATE]
    assert matters_of(short, today) == [Matter.BELOW]
    assert matters_of(untaken, today) == [Matter.NOT_TAKEN]
    needing = attention.counts(EVERY(), on=today)
    assert (needing.total, needing.of[Matter.LATE]) == (7, 2)
    assert list(attention.needing(EVERY(), on=today))[0] == left


def test_an_indicator_out_of_use_waits_for_nobody(today):
    past = today - dt.timedelta(days=1)
    benefit = BenefitFactory()
    IndicatorFactory(benefit=benefit, next_measurement_on=past, retired_at=LOCKED)

    assert not portfolio.late(EVERY(), on=today).exists()


# The pages


def content(client, name="portfolio", query=""):
    page = client.get(reverse(f"benefits:{name}") + query).content.decode()
    return re.sub(r"\s+", " ", page)


@pytest.fixture
def management(client, manager):
    client.force_login(manager)
    return client


def test_the_heading_answers_and_the_list_has_the_rows(management, today):
    years = {
        today.year: {"promised": 2_400_000, "plan": 1, "actual": 1_500_000, "taken_out": 1_100_000}
    }
    benefit_of(years, name="Mindre porto")
    benefit_of({}, kind="quality", name="Tryggere brukere", is_disbenefit=True)

    shown = content(management)

    assert f"Vi har tatt ut 1,1 av 2,4 millioner kroner vi lovet til og med {today.year}" in shown
    assert "Mindre porto" in shown
    assert "Ulempe" in shown
    assert "Tryggere brukere" not in content(management, query="?kind=direct")
    assert "Ingen gevinster passer" in content(management, query="?q=finnes+ikke")
    assert "Ingen gevinster her" in content(management, query="?receiver=business")


def test_the_filters_narrow_the_sums_and_the_year_only_how_far_they_go(management, today):
    benefit_of({today.year: {"promised": 100_000}}, project__name="Porto")
    benefit_of({today.year + 1: {"promised": 800_000}}, project__name="Post")

    assert "0 av 100" in content(management)
    assert "0 av 900" in content(management, query=f"?year={today.year + 1}")
    assert "Ingenting er lovet" in content(management, query="?q=post")
    assert '<option value="" selected > I år </option>' in content(management)


def test_whoever_answers_for_it_is_told_with_the_way_to_it(client, team_member, today):
    late = BenefitFactory(name="Færre feil", next_measurement_on=today - dt.timedelta(days=2))
    client.force_login(team_member)

    shown = content(client, "portfolio-attention")

    assert "Én gevinst trenger noen" in shown
    assert f"{late.owner} måler." in shown
    assert reverse("benefits:measure-indicator", args=[late.main_id]) in shown
    assert "Færre feil" not in content(client, "portfolio-attention", "?matter=nobody")


@pytest.mark.parametrize("name", ["portfolio", "portfolio-attention"])
def test_the_queries_do_not_grow_with_the_benefits(management, name, today):
    def ask():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert management.get(reverse(f"benefits:{name}")).status_code == 200
        return len(queries)

    def fill(count):
        goal, sector = GoalFactory(), SectorFactory()
        for _number in range(count):
            benefit_of(
                {2025: {"promised": 1, "actual": 1}, 2026: {"plan": 2}},
                goal=goal,
                project__sector=sector,
                next_measurement_on=today - dt.timedelta(days=1),
            )

    fill(2)
    ask()
    few = ask()
    fill(4)

    assert ask() == few
