"""What the annual report is drafted from: its numbers are those of the pages they come from."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.utils import timezone

from annual.models import Audience
from annual.report import changes, gather
from annual.report_charts import Amount, amounts_chart
from annual.report_document import content
from benefits import portfolio
from benefits.models import Benefit
from core.formatting import kroner
from ideas.models import IdeaStatus, StatusChange
from municipality.models import User
from projects.models import Project, ProjectPhase
from tests.factories.annual_reports import AnnualReportFactory
from tests.factories.benefits import BenefitFactory, BenefitYearFactory
from tests.factories.decisions import DecisionFactory
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import CycleFactory
from tests.factories.projects import ProjectFactory
from tests.factories.registers import BudgetLineFactory


def section_of(facts, key):
    return next(section for section in facts["sections"] if section["key"] == key)


def number_of(facts, key):
    found = {
        number["key"]: number for section in facts["sections"] for number in section["numbers"]
    }
    return found[key]["words"]


@pytest.fixture
def year(cycle):
    """One idea that became an opened project with a measured benefit; one that is held back; and a
    project that is not opened.
    """
    now = timezone.now()
    told = IdeaFactory(
        cycle=cycle,
        title="Varsel på mobil",
        status=IdeaStatus.APPROVED,
        published_at=now,
        summary="Foreldre får beskjed dagen før.",
    )
    IdeaFactory(cycle=cycle, title="Hemmelig tittel")
    decision = DecisionFactory(
        item__entry__idea=told,
        item__entry__round__cycle=cycle,
        meeting__memo__round__cycle=cycle,
        published_at=now,
        public_reason="Mange slipper å vente.",
    )
    opened = ProjectFactory(idea=told, name="Varselprosjektet", phase=ProjectPhase.REALISATION)
    Project.objects.filter(pk=opened.pk).update(owner=decision.owner)
    User.objects.filter(pk=decision.owner_id).update(name="Ola Navnesen")
    benefit = BenefitFactory(
        project=opened,
        kind="direct",
        latest_value=Decimal("5.8"),
        latest_on=timezone.localdate(now),
    )
    BenefitYearFactory(
        benefit=benefit, year=cycle.year, plan=100_000, actual=80_000, evidence="measured"
    )
    closed = ProjectFactory(
        idea=IdeaFactory(cycle=cycle), name="Det lukkede prosjektet", opened_at=None, light="red"
    )
    hidden = BenefitFactory(project=closed, name="Skjult gevinst", kind="direct")
    BenefitYearFactory(benefit=hidden, year=cycle.year, plan=7_000_000)
    BudgetLineFactory(project=closed, year=cycle.year, budget=1_234_000, spent=1_000)
    return cycle


@pytest.mark.django_db
def test_the_numbers_are_those_of_their_sources(year):
    facts = gather(year, Audience.MANAGEMENT)
    sums = portfolio.totals(Benefit.objects.all(), through=year.year).kroner

    assert number_of(facts, "ideas.total") == "3"
    assert number_of(facts, "ideas.approved") == "1"
    assert number_of(facts, "ideas.delivered") == "1"
    assert number_of(facts, "ideas.effect") == "1"
    assert number_of(facts, "prioritization.decided") == "1"
    assert number_of(facts, "benefits.kroner.promised") == kroner(sums.promised)
    assert number_of(facts, "benefits.kroner.realised") == kroner(80_000)
    assert number_of(facts, "projects.budget") == kroner(1_234_000)
    assert "alt målt" in section_of(facts, "benefits")["text"]
    assert "Det lukkede prosjektet" in json.dumps(section_of(facts, "projects"))


@pytest.mark.django_db
def test_everybody_is_told_of_nothing_that_is_not_open_and_of_nobody(year):
    facts = gather(year, Audience.PUBLIC)
    told = json.dumps(facts, ensure_ascii=False)

    for secret in ("Hemmelig tittel", "Det lukkede prosjektet", "Skjult gevinst", "Ola Navnesen"):
        assert secret not in told
    assert number_of(facts, "benefits.kroner.promised") == kroner(100_000)
    assert number_of(facts, "projects.realising") == "1"
    assert "budget" not in {each["key"] for each in section_of(facts, "projects")["numbers"]}
    outcomes = section_of(facts, "outcomes")
    assert [each["title"] for each in outcomes["outcomes"]] == ["Varsel på mobil"]
    assert outcomes["not_shown"] == 2


@pytest.mark.django_db
def test_a_story_goes_from_the_idea_to_the_number(year):
    [story] = section_of(gather(year, Audience.PUBLIC), "stories")["stories"]

    assert story["title"] == "Varsel på mobil"
    assert story["reason"] == "Mange slipper å vente."
    assert story["project"] == "Varselprosjektet"
    assert story["number"].startswith("Fra 9,4 til 5,8")
    assert story["evidence_words"] == "Målt"


@pytest.mark.django_db
def test_what_is_lacking_is_told_and_is_not_zero(cycle):
    benefit = BenefitFactory(kind="direct")
    BenefitYearFactory(benefit=benefit, year=cycle.year, plan=100_000)

    facts = gather(cycle, Audience.MANAGEMENT)

    assert number_of(facts, "benefits.kroner.realised") == "Ikke målt ennå"
    assert "ikke målt ennå" in section_of(facts, "benefits")["text"]
    assert "Ingen sektorer har levert" in section_of(facts, "maturity")["text"]
    assert "første året" in section_of(facts, "lessons")["text"]
    assert not section_of(facts, "maturity")["drawings"]


@pytest.mark.django_db
def test_a_year_without_anything_is_told_as_that(cycle):
    facts = gather(cycle, Audience.PUBLIC)

    assert "kom det ikke inn noen ideer" in section_of(facts, "summary")["text"]
    assert all(section["text"] for section in facts["sections"])


@pytest.mark.django_db
@pytest.mark.parametrize(("answered", "is_told"), [(4, False), (5, True)])
def test_how_long_people_waited_is_told_when_five_have_an_answer(cycle, answered, is_told):
    for _each in range(answered):
        idea = IdeaFactory(cycle=cycle, status=IdeaStatus.DECLINED)
        at = idea.created_at + dt.timedelta(days=9)
        StatusChange.objects.create(
            idea=idea, status=IdeaStatus.DECLINED, reason="Finnes alt.", at=at
        )

    keys = {each["key"] for each in section_of(gather(cycle, Audience.PUBLIC), "ideas")["numbers"]}

    assert ("ideas.waited" in keys) is is_told


@pytest.mark.django_db
def test_more_ideas_and_projects_cost_no_more_queries(
    year, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60) as few:
        gather(year, Audience.PUBLIC)
    for _each in range(2):
        ProjectFactory(idea=IdeaFactory(cycle=year, published_at=timezone.now()))
    with django_assert_num_queries(len(few)):
        gather(year, Audience.PUBLIC)


@pytest.mark.django_db
def test_what_is_read_leaves_out_what_the_team_left_out():
    report = AnnualReportFactory(cycle=CycleFactory())
    report.sections.filter(key="summary").update(is_left_out=True)

    shown = content(report, report.sections.all())

    assert [section["key"] for section in shown["sections"]] == ["outcomes"]


def _facts(words):
    number = {"key": "a.b", "label": "Ideer", "words": words, "url": "/", "source": "Ideene"}
    section = {
        **{"key": "a", "heading": "Ideene", "text": "", "tables": [], "outcomes": []},
        "numbers": [number],
    }
    return {"sections": [section]}


def test_changes_tell_what_was_and_what_is():
    assert changes(_facts("3"), _facts("3")) == []
    [change] = changes(_facts("3"), _facts("4"))
    assert (change.section, change.label, change.before, change.after) == (
        "Ideene",
        "Ideer",
        "3",
        "4",
    )
    [gone] = changes(_facts("3"), {"sections": []})
    assert (gone.before, gone.after) == ("3", "–")
    [new] = changes({}, _facts("3"))
    assert (new.before, new.after) == ("–", "3")


def test_the_bars_have_room_for_what_is_below_zero():
    spec = amounts_chart(
        [Amount("Lovet", 2, "2"), Amount("Realisert", -1, "−1", [("Målt", 1), ("Anslått", -2)])],
        unit="Årsverk",
    )
    low, high = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]

    assert low == -2
    assert high > 2
