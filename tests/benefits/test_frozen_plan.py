"""The plan is frozen at BP3. Later it is changed with a reason."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from benefits import actions, change_story
from benefits.models import Benefit, BenefitChange, BenefitYear, Indicator
from core.errors import ActionRefused
from projects.actions import gates as gate_actions
from projects.models import CaseStatus, ProjectPhase
from tests.factories.benefits import BenefitFactory, BenefitYearFactory
from tests.factories.gates import GateCaseFactory, GatedProjectFactory, make_ready
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


def decide_bp3(project, outcome):
    case = GateCaseFactory(project=project)
    gate_actions.decide_gate(
        case, outcome=outcome, reason="Klart.", by=project.owner, at=timezone.now()
    )


def test_bp3_freezes_what_is_promised():
    project = make_ready(GatedProjectFactory(phase=ProjectPhase.PLANNING))
    benefit = project.benefits.get()
    Benefit.objects.update(kind="direct", realised_from=dt.date(2027, 1, 1))
    BenefitYearFactory(benefit=benefit, year=2027, plan=90_000)

    decide_bp3(project, CaseStatus.APPROVED)

    benefit = Benefit.objects.get()
    assert benefit.frozen_at is not None
    assert benefit.promised_from == dt.date(2027, 1, 1)
    assert benefit.main.promised_target == benefit.target
    assert BenefitYear.objects.get().promised == 90_000


def test_a_case_sent_back_freezes_nothing():
    project = make_ready(GatedProjectFactory(phase=ProjectPhase.PLANNING))

    decide_bp3(project, CaseStatus.SENT_BACK)

    assert Benefit.objects.get().frozen_at is None


@pytest.fixture
def frozen(today):
    project = ProjectFactory(phase=ProjectPhase.EXECUTION)
    benefit = BenefitFactory(project=project, kind="direct", use="budget", target=5)
    BenefitYearFactory(benefit=benefit, year=2027, plan=90_000)
    actions.freeze_plan(project, by=project.owner, at=timezone.now())
    return Benefit.objects.get()


def edit(benefit, reason=""):
    actions.edit_benefit(benefit, indicator=benefit.main, by=benefit.owner, reason=reason)


def test_a_frozen_plan_is_not_changed_without_a_reason(frozen):
    frozen.main.target = Decimal(6)

    with pytest.raises(ActionRefused, match="Skriv hvorfor"):
        edit(frozen)

    assert Indicator.objects.get().target == 5


def test_a_change_of_the_plan_keeps_what_was_and_why(frozen):
    frozen.main.target, frozen.use = Decimal(6), "quality"

    edit(frozen, "Færre brukere enn ventet.")

    change = BenefitChange.objects.get()
    assert (change.kind, change.reason) == ("edited", "Færre brukere enn ventet.")
    assert [(line.label, line.before, line.after) for line in change_story.lines(change)] == [
        ("Uttak", "Budsjettreduksjon", "Kvalitetsforbedring"),
        ("Måltall", "5", "6"),
    ]
    assert Indicator.objects.get().promised_target == 5


def test_better_words_need_no_reason(frozen):
    frozen.name = "Færre som ikke møter"

    edit(frozen)

    assert not BenefitChange.objects.exists()


def test_a_benefit_that_comes_after_bp3_says_why(frozen):
    new = Benefit(project=frozen.project, name="Mindre papir", owner=frozen.owner)
    about = {"indicator": None, "by": frozen.owner, "on": timezone.localdate()}
    with pytest.raises(ActionRefused, match="kommer til nå"):
        actions.create_benefit(new, **about)

    added = actions.create_benefit(new, **about, reason="Oppdaget i piloten.")

    assert (added.frozen_at is not None, added.promised_from) == (True, None)
    assert [change.kind for change in added.changes.all()] == ["added"]


def test_kroner_do_not_become_person_years_while_there_are_amounts(frozen):
    frozen.kind = "time"

    with pytest.raises(ActionRefused, match="tall per år"):
        edit(frozen, "Feil type.")


def test_only_a_cut_in_a_budget_is_taken_out(frozen):
    Benefit.objects.update(use="quality")
    benefit = Benefit.objects.get()
    year = benefit.years.get()
    year.taken_out = 10_000

    with pytest.raises(ActionRefused, match="budsjettreduksjon"):
        actions.save_years(benefit, [year], by=benefit.owner)


# The pages


def test_a_plan_from_before_is_frozen_by_hand(client):
    benefit = BenefitFactory(project=ProjectFactory(phase=ProjectPhase.EXECUTION))
    client.force_login(benefit.project.owner)
    register = reverse("benefits:register", args=[benefit.project_id])
    assert "Lås planen som den står nå" in client.get(register).content.decode()

    client.post(reverse("benefits:freeze", args=[benefit.project_id]))

    assert Benefit.objects.get().frozen_at is not None
    assert "Lås planen som den står nå" not in client.get(register).content.decode()


def sent(benefit, **changed):
    prefix = f"gevinst-{benefit.pk}"
    form = {
        "version": benefit.version,
        "plan_2026": "",
        "plan_2027": "90 000",
        "forecast_2027": "",
    }
    return {f"{prefix}-{name}": value for name, value in {**form, **changed}.items()}


@pytest.fixture
def years_url(client, frozen):
    client.force_login(frozen.project.owner)
    return reverse("benefits:years-edit", args=[frozen.project_id])


def test_a_million_with_spaces_and_a_forecast_need_no_reason(client, frozen, years_url):
    response = client.post(years_url, sent(frozen, forecast_2027="1 000 000"))

    assert response.status_code == 302
    assert BenefitYear.objects.get(year=2027).forecast == 1_000_000
    assert not BenefitChange.objects.exists()


def test_a_changed_plan_asks_for_one_reason(client, frozen, years_url):
    page = client.post(years_url, sent(frozen, plan_2027="80 000")).content.decode()
    assert "Skriv hvorfor. Én setning holder." in page
    assert BenefitYear.objects.get(year=2027).plan == 90_000

    client.post(years_url, sent(frozen, plan_2027="80 000") | {"reason": "Ny pris."})

    change = BenefitChange.objects.get()
    assert (change.before, change.after) == ({"2027": "90000.00"}, {"2027": "80000"})
    assert BenefitYear.objects.get(year=2027).promised == 90_000


def test_what_came_of_it_says_how_sure_it_is(client, frozen, today):
    BenefitYear.objects.update(year=today.year)
    client.force_login(frozen.project.owner)
    url = reverse("benefits:years-edit", args=[frozen.project_id])
    name = f"actual_{today.year}"
    plan = {f"plan_{today.year}": "90000", "plan_2027": ""}

    page = client.post(url, sent(frozen, **plan, **{name: "70000"})).content.decode()

    assert "Velg hvor sikkert tallet er." in page
    assert f"actual_{today.year + 1}" not in page


def test_the_second_of_two_who_fill_in_sees_the_other(client, frozen, years_url, team_member):
    client.post(years_url, sent(frozen, forecast_2027="70 000"))
    client.force_login(team_member)

    page = client.post(years_url, sent(frozen, forecast_2027="60 000")).content.decode()

    assert "Slik står det lagret nå" in page
    assert "60 000" in page
    assert BenefitYear.objects.get(year=2027).forecast == 70_000


def test_one_more_indicator_is_added_once_and_can_speak_for_the_benefit(client, frozen, today):
    client.force_login(frozen.project.owner)
    form = {
        "name": "Tid per møte",
        "unit": "minutter",
        "baseline": "1.500,5",
        "baseline_on": today.isoformat(),
        "target": "1 000",
        "target_on": (today + dt.timedelta(days=90)).isoformat(),
        "direction": "down",
        "submission_key": uuid.uuid4(),
    }
    url = reverse("benefits:indicator-create", args=[frozen.pk])
    wrong = client.post(url, form | {"direction": "up"}).content.decode()
    negative = client.post(url, form | {"target": "-3"}).content.decode()
    for _time in range(2):
        client.post(url, form)
    added = Indicator.objects.get(name="Tid per møte")

    client.post(reverse("benefits:indicator-main", args=[added.pk]))
    client.post(reverse("benefits:indicator-retire", args=[added.pk]))

    assert "Måltallet er ikke høyere enn nullpunktet." in wrong
    assert "Tallet kan ikke være under null." in negative
    assert (added.baseline, added.target) == (Decimal("1500.5"), 1000)
    assert Benefit.objects.get().main == frozen.main
    added.refresh_from_db()
    assert added.retired_at is not None


def test_a_benefit_may_be_described_before_it_can_be_measured(client, today):
    project = ProjectFactory()
    client.force_login(project.owner)
    form = {
        "name": "Bedre oversikt",
        "kind": "quality",
        "receiver": "citizens",
        "use": "service",
        "is_disbenefit": "True",
        "owner": project.owner.pk,
        "later": "on",
        "submission_key": uuid.uuid4(),
    }

    response = client.post(reverse("benefits:create", args=[project.pk]), form)

    benefit = Benefit.objects.get()
    assert (benefit.main, benefit.is_disbenefit) == (None, True)
    assert "Ingen måleindikator ennå" in client.get(response.url).content.decode()


def test_person_years_cost_kroner_only_when_a_budget_is_cut(client, frozen):
    client.force_login(frozen.project.owner)
    form = {
        "name": frozen.name,
        "kind": "direct",
        "receiver": "own",
        "use": "budget",
        "kroner_per_person_year": "800 000",
        "owner": frozen.owner.pk,
        "version": frozen.version,
        "target": "5",
        "target_on": frozen.target_on.isoformat(),
    }

    page = client.post(reverse("benefits:edit", args=[frozen.pk]), form).content.decode()

    assert "bare om til kroner for frigjort tid" in page


@pytest.mark.parametrize("name", ["register", "years"])
def test_the_pages_ask_as_often_for_three_benefits_as_for_one(client, frozen, name):
    client.force_login(frozen.project.owner)
    url = reverse(f"benefits:{name}", args=[frozen.project_id])
    client.get(url)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    of_one = asked()
    for _number in range(2):
        more = BenefitFactory(project=frozen.project, kind="direct")
        BenefitYearFactory(benefit=more, year=2027)

    assert asked() == of_one
