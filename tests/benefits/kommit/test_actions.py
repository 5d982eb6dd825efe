import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from benefits.actions import kommit as actions
from benefits.kommit_plan import Choices, goal_of, known_people
from benefits.kommit_workbook.reading import read_kommit
from benefits.mail_kinds import MEASURED
from benefits.models import (
    Benefit,
    BenefitChange,
    BenefitYear,
    Calculation,
    ChangeKind,
    Evidence,
    Indicator,
    KommitImport,
    MapLink,
    Measurement,
    OperatingCost,
    RealisationAction,
)
from core.errors import ActionRefused
from core.imports import stage
from core.models import Event, OutgoingMail
from municipality.models import StrategyGoal
from projects.models import Stakeholder
from tests.factories.benefits import BenefitFactory, BenefitYearFactory, MeasurementFactory
from tests.factories.kommit import as_read, full, one_benefit
from tests.factories.municipality import UserFactory
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db

ON = dt.date(2026, 11, 23)
AT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.fixture
def project():
    return ProjectFactory(started_on=dt.date(2026, 1, 1), idea__submitted_by=UserFactory())


@pytest.fixture
def night_nurse():
    return UserFactory(name="Nina Nattevakt")


def read(cells):
    filled, faults = read_kommit(as_read(cells))
    assert not faults
    return filled


def choices(**overrides) -> Choices:
    return Choices(
        **{
            "first_year": 2027,
            "baseline_on": dt.date(2026, 9, 1),
            "target_on": dt.date(2030, 12, 31),
            "measured_on": dt.date(2026, 10, 15),
            "evidence": Evidence.ESTIMATED,
            "same": {},
            "left_out": frozenset(),
            "people": {},
            "replaces_calculation": False,
            **overrides,
        }
    )


def take_in(filled, project, *, by=None, **chosen) -> KommitImport:
    by = by or project.owner
    staged = stage("kommit", payload=filled.as_json(), file_name="gevinster.xlsx", by=by)
    return actions.take_in(filled, choices(**chosen), project=project, staged=staged, by=by, at=AT)


def test_a_row_becomes_a_benefit_with_all_that_belongs_to_it(project, night_nurse):
    taken = take_in(read(one_benefit()), project, people={"Nina Nattevakt": night_nurse})

    benefit = Benefit.objects.get()
    assert (benefit.code, benefit.name, benefit.kind) == (
        "Ø1",
        "Mindre kjøring etter nøkler",
        "direct",
    )
    assert (benefit.owner, benefit.use_described) == (night_nurse, "Budsjettet kuttes")
    assert list(benefit.years.values_list("year", "plan")) == [
        (2027, 100_000),
        (2028, 200_000),
        (2029, 200_000),
        (2030, 250_000),
    ]
    assert (benefit.unit, benefit.baseline, benefit.target) == ("km", 90, Decimal("45.5"))
    assert (benefit.baseline_on, benefit.target_on) == (dt.date(2026, 9, 1), dt.date(2028, 3, 31))
    assert (benefit.latest_value, benefit.main.latest_evidence) == (81, Evidence.ESTIMATED)
    assert list(RealisationAction.objects.values_list("text", "benefit", "responsible")) == [
        ("Lær opp nattevaktene", benefit.pk, night_nurse.pk),
        ("Si opp leasingen av to biler", benefit.pk, night_nurse.pk),
    ]
    assert [str(link) for link in MapLink.objects.order_by("pk")] == [
        "Nattrunden: Nøkkelen ligger i telefonen → Mindre kjøring etter nøkler",
        "Mindre kjøring etter nøkler → Mer tid til brukerne",
    ]
    calculation = Calculation.objects.get()
    assert (calculation.first_year, calculation.horizon, calculation.rate) == (2026, 5, 4)
    assert calculation.investment == 300_000
    assert OperatingCost.objects.count() == 4
    assert Stakeholder.objects.get().message == "Slipper å kjøre. Via tillitsvalgt"
    assert taken.benefits == 1
    assert Event.objects.filter(verb="kommit taken in").count() == 1
    owner_is_told = OutgoingMail.objects.filter(to=night_nurse.email)
    assert "Du eier én gevinst" in owner_is_told.get().body


def test_fourteen_come_in_with_one_mail_to_their_owner(project, night_nurse):
    filled = read(full())

    take_in(filled, project, people={"Nina Nattevakt": night_nurse})

    assert Benefit.objects.count() == 14
    assert Measurement.objects.count() == 14
    assert BenefitYear.objects.filter(benefit__kind="quality").count() == 0
    assert OutgoingMail.objects.filter(to=night_nurse.email).count() == 1
    assert OutgoingMail.objects.filter(kind=MEASURED.key).count() == 1


def test_the_same_file_twice_is_told_and_doubles_nothing(project):
    filled = read(one_benefit())
    take_in(filled, project)

    with pytest.raises(ActionRefused, match="hentet inn fra før"):
        take_in(filled, project)

    assert Benefit.objects.count() == 1


def test_a_later_file_adds_to_the_benefit_that_is_the_same(project):
    take_in(read(one_benefit()), project)
    benefit = Benefit.objects.get()
    later = read(one_benefit(results={"D14": 60}, analysis={"D7": 120_000}))

    take_in(later, project, same={1: benefit}, measured_on=dt.date(2026, 11, 1))

    assert Benefit.objects.get().latest_value == 60
    assert Indicator.objects.count() == 1
    assert RealisationAction.objects.count() == 2
    assert MapLink.objects.count() == 2
    assert Stakeholder.objects.count() == 1
    assert benefit.years.get(year=2027).plan == 120_000
    assert Calculation.objects.get().operating_costs.count() == 4


def test_another_unit_is_another_indicator(project):
    benefit = BenefitFactory(project=project, kind="direct", unit="mil")

    take_in(read(one_benefit()), project, same={1: benefit})

    assert list(benefit.indicators.values_list("unit", flat=True)) == ["mil", "km"]
    assert Benefit.objects.get().unit == "mil"


def test_a_frozen_plan_keeps_what_was_changed_and_why(project):
    benefit = BenefitFactory(project=project, kind="direct", frozen_at=timezone.now())
    BenefitYearFactory(benefit=benefit, year=2027, plan=90_000, promised=90_000)

    take_in(read(one_benefit()), project, same={1: benefit})

    change = BenefitChange.objects.get()
    assert change.kind == ChangeKind.IMPORTED
    assert change.reason == "Hentet fra KommIT-regnearket «gevinster.xlsx»."
    assert (change.before["2027"], change.after["2027"]) == ("90000.00", "100000.00")
    assert benefit.years.get(year=2027).promised == 90_000


def test_what_is_left_out_is_not_taken_in(project):
    filled = read(full())

    take_in(filled, project, left_out=frozenset(range(2, 15)))

    assert Benefit.objects.get().name == "Gevinst 1"


def test_undone_it_is_as_if_it_never_was(project):
    ours = BenefitFactory(project=project, kind="time", name="Gevinst 2", main=None)
    BenefitYearFactory(benefit=ours, year=2027, plan=3)
    before = Benefit.objects.filter(pk=ours.pk).values("assumptions", "main", "goal").get()

    chosen = {"same": {2: ours}, "left_out": frozenset(range(4, 15))}
    taken = take_in(read(full()), project, **chosen)
    assert Benefit.objects.get(pk=ours.pk).unit == "%"
    actions.undo(taken, by=project.owner, at=AT)

    assert Benefit.objects.get().pk == ours.pk
    assert Benefit.objects.filter(pk=ours.pk).values(*before).get() == before
    assert list(BenefitYear.objects.values_list("year", "plan")) == [(2027, 3)]
    for model in (Indicator, Measurement, RealisationAction, MapLink, Calculation, Stakeholder):
        assert not model.objects.exists(), model
    taken.refresh_from_db()
    assert taken.undone_at == AT
    take_in(read(full()), project, **chosen)


def _measure(benefit):
    MeasurementFactory(benefit=benefit)


def _edit(benefit):
    benefit.mark_edited(benefit.owner)
    benefit.save()


def _plan_a_year(benefit):
    BenefitYearFactory(benefit=benefit, year=2035)


def _remove_a_tiltak(benefit):
    benefit.realisation_actions.first().delete()


@pytest.mark.parametrize("work", [_measure, _edit, _plan_a_year, _remove_a_tiltak])
def test_what_somebody_has_worked_on_is_not_undone(project, work):
    taken = take_in(read(one_benefit()), project)
    work(Benefit.objects.get())

    with pytest.raises(ActionRefused, match="kan ikke importen angres"):
        actions.undo(taken, by=project.owner, at=AT)

    assert Benefit.objects.exists()


def test_people_are_known_by_their_whole_name_when_only_one_has_it(night_nurse):
    UserFactory.create_batch(2, name="Kari Normann")

    assert known_people(["nina nattevakt", "Kari Normann", "Ukjent"]) == {
        "nina nattevakt": night_nurse
    }


def test_a_goal_is_known_by_code_or_text():
    goal = StrategyGoal(code="D1", text="Alle har tilgang.")

    assert [
        goal_of(text, [goal]) for text in ("d1", "Alle har tilgang", "D1 Alle har tilgang")
    ] == [goal] * 3
    assert goal_of("Mer tid", [goal]) is None
