import datetime as dt
import uuid
from decimal import Decimal

import pytest

from benefits import actions
from benefits.models import Benefit, BenefitState, Indicator, Measurement
from core.errors import ActionRefused
from core.models import Chart, Event, OutgoingMail
from ideas.models import IdeaContact
from tests.factories.benefits import BenefitFactory
from tests.factories.municipality import UserFactory
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def benefit(today):
    return BenefitFactory(
        baseline=38,
        baseline_on=today - dt.timedelta(days=100),
        target=10,
        target_on=today + dt.timedelta(days=100),
        next_measurement_on=today,
    )


def measure(benefit, value, *, on, measured_on=None, key=None, comment=""):
    return actions.register_measurement(
        benefit.main,
        value=Decimal(value),
        measured_on=measured_on or on,
        comment=comment,
        submission_key=key or uuid.uuid4(),
        by=benefit.owner,
        on=on,
    )


def verbs():
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def test_a_measurement_is_stored_and_compared_with_the_plan(benefit, today):
    measurement = measure(benefit, "17", on=today, comment="Alle soner er i gang.")

    benefit.refresh_from_db()
    assert measurement.value == 17
    assert benefit.state == BenefitState.AHEAD
    assert benefit.next_measurement_on > today
    assert verbs() == ["benefit measured"]


@pytest.mark.parametrize(
    ("value", "state"),
    [("38", "behind"), ("24", "on_track"), ("17", "ahead"), ("0", "ahead"), ("50", "behind")],
)
def test_the_state_follows_the_latest_measurement(benefit, today, value, state):
    measure(benefit, "20", on=today, measured_on=today - dt.timedelta(days=1))

    measure(benefit, value, on=today)

    benefit.refresh_from_db()
    assert benefit.state == state


def test_a_number_entered_afterwards_does_not_change_what_the_last_one_says(benefit, today):
    measure(benefit, "17", on=today)

    measure(benefit, "50", on=today, measured_on=today - dt.timedelta(days=50))

    benefit.refresh_from_db()
    assert benefit.state == BenefitState.AHEAD


def test_progress_is_not_defined_when_baseline_is_the_target(today):
    benefit = BenefitFactory(baseline=5, target=5)

    measure(benefit, "5", on=today)

    benefit.refresh_from_db()
    assert benefit.state == BenefitState.UNDEFINED


def test_the_same_form_sent_twice_is_one_measurement(benefit, today):
    key = uuid.uuid4()

    first = measure(benefit, "17", on=today, key=key)
    second = measure(benefit, "17", on=today, key=key)

    assert first == second
    assert Measurement.objects.count() == 1
    assert verbs() == ["benefit measured"]


@pytest.mark.parametrize(("days", "reason"), [(1, "fram i tid"), (-101, "før nullpunktet")])
def test_an_impossible_date_is_refused_and_leaves_nothing(benefit, today, days, reason):
    with pytest.raises(ActionRefused, match=reason):
        measure(benefit, "17", on=today, measured_on=today + dt.timedelta(days=days))

    assert Measurement.objects.count() == 0
    assert verbs() == []


def test_the_sender_is_told_when_the_first_number_is_in_and_only_then(benefit, today):
    IdeaContact.objects.create(
        idea=benefit.project.idea, email="innsender@gjovik.example", delete_on=today
    )

    measure(benefit, "17", on=today)
    measure(benefit, "16", on=today)

    mail = OutgoingMail.objects.get()
    assert mail.to == "innsender@gjovik.example"
    assert "17\u00a0%, mot 38\u00a0% før. Målet er 10\u00a0%." in mail.body
    assert "75\u00a0% av veien er gått." in mail.body


def test_a_measurement_asks_for_a_new_drawing(benefit, today):
    measure(benefit, "17", on=today)

    chart = Chart.objects.get()
    assert chart.key == f"indicator-{benefit.main.pk}"
    assert "Fra 38\u00a0% til 17\u00a0%" in chart.description


def described(project, *, key=None, owner=None):
    return Benefit(
        project=project,
        submission_key=key or uuid.uuid4(),
        name="Mindre kjøring",
        owner=owner or project.owner,
    )


def counted(today, **fields):
    about = {"target": 10, "target_on": today + dt.timedelta(days=365)} | fields
    return Indicator(name="Kjøring", unit="minutter", baseline=38, baseline_on=today, **about)


def create(benefit, today, *, indicator=None):
    return actions.create_benefit(benefit, indicator=indicator, by=benefit.project.owner, on=today)


def edit(benefit, *, indicator=None, reason=""):
    actions.edit_benefit(benefit, indicator=indicator, by=benefit.owner, reason=reason)


def test_a_new_benefit_is_due_at_the_next_tertial_point(today):
    project = ProjectFactory()

    benefit = create(described(project), today, indicator=counted(today))

    due_on = benefit.next_measurement_on
    assert (benefit.number, benefit.state) == (1, BenefitState.NOT_MEASURED)
    assert due_on > today
    assert (due_on.month, due_on.day) in {(1, 15), (5, 15), (9, 15)}
    assert verbs() == ["benefit described"]
    assert OutgoingMail.objects.count() == 0


def test_a_benefit_may_have_no_indicator(today):
    benefit = create(described(ProjectFactory()), today)

    assert benefit.main is None


def test_the_same_benefit_sent_twice_is_one(today):
    project = ProjectFactory()
    key = uuid.uuid4()

    for _time in range(2):
        create(described(project, key=key), today, indicator=counted(today))

    assert Benefit.objects.count() == 1


def test_somebody_else_who_is_named_owner_is_told(today):
    owner = UserFactory(email="eier@gjovik.example")

    create(described(ProjectFactory(), owner=owner), today)

    assert OutgoingMail.objects.get().to == "eier@gjovik.example"


@pytest.mark.parametrize(("target", "direction"), [(10, "down"), (40, "up"), (38, "hold")])
def test_the_direction_says_the_same_as_the_numbers(today, target, direction):
    indicator = counted(today, target=target)

    create(described(ProjectFactory()), today, indicator=indicator)

    assert indicator.direction == direction


@pytest.mark.parametrize(("field", "value"), [("unit", "timer"), ("baseline", Decimal(40))])
def test_unit_and_baseline_stand_once_measured(benefit, today, field, value):
    measure(benefit, "17", on=today)
    benefit = Benefit.objects.get()
    setattr(benefit.main, field, value)

    with pytest.raises(ActionRefused, match="Lag en ny måleindikator"):
        edit(benefit, indicator=benefit.main)

    assert getattr(Indicator.objects.get(), field) != value


def test_a_new_target_is_compared_with_again(benefit, today):
    measure(benefit, "17", on=today)
    benefit = Benefit.objects.get()
    benefit.main.target = Decimal(-100)

    edit(benefit, indicator=benefit.main)

    benefit = Benefit.objects.get()
    assert benefit.state == BenefitState.BEHIND
    assert benefit.version == 1
    assert benefit.edited_by == benefit.owner
