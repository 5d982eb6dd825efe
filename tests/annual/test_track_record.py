"""What became of the promises: scored as ideas, measured as projects."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from django.urls import reverse

from annual import track_record
from prioritization.models import FinalAnswer, Question, RoundStatus, Score, Stage
from tests.factories.benefits import BenefitFactory
from tests.factories.municipality import SectorFactory, UserFactory
from tests.factories.prioritization import CriteriaSetFactory, EntryFactory, RoundFactory
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db

KEY = "screening/gevinst"


@pytest.fixture
def scored(cycle):
    criteria_set = CriteriaSetFactory(stage=Stage.SCREENING)
    return RoundFactory(cycle=cycle, criteria_set=criteria_set, status=RoundStatus.CLOSED)


@pytest.fixture
def question(scored):
    return Question.objects.get(
        criterion__code="gevinst", criterion__criteria_set=scored.criteria_set
    )


@pytest.fixture
def scorer(scored):
    user = UserFactory()
    scored.participations.create(user=user)
    return user


@pytest.fixture
def helse(db):
    return SectorFactory(short_name="Helse")


@pytest.fixture
def measured(scored, question, scorer, helse):
    """A project with one benefit, `share` of the way, that was scored `level` as an idea."""

    def make(share="0.5", *, level=3, sector=None):
        entry = EntryFactory(round=scored)
        Score.objects.create(entry=entry, scorer=scorer, question=question, level=level)
        project = ProjectFactory(idea=entry.idea, sector=sector or helse)
        BenefitFactory(
            project=project,
            baseline=0,
            target=100,
            latest_value=Decimal(share) * 100,
            latest_on=project.started_on,
        )
        return entry

    return make


def test_four_projects_are_too_few(measured, django_assert_num_queries):
    for _number in range(4):
        measured()

    with django_assert_num_queries(1):
        record = track_record.read()

    assert (record.projects, record.is_enough, record.answers) == (4, False, [])


def test_five_projects_tell_what_their_answers_delivered(measured, helse):
    nav = SectorFactory(short_name="NAV")
    for share, level, sector in [
        ("0.2", 3, helse),
        ("0.4", 3, helse),
        ("0.6", 3, nav),
        ("1", 1, nav),
        ("0.9", 2, nav),
    ]:
        measured(share, level=level, sector=sector)

    record = track_record.read()

    assert record.is_enough
    assert record.delivered == Decimal("0.62")
    assert record.sectors == ["Helse", "NAV"]
    assert record.cells()[KEY, 3].mean == Decimal("0.4")
    assert record.cells()[KEY, 3].count == 3
    assert record.cells("Helse")[KEY, 3].mean == Decimal("0.3")
    assert (KEY, 1) not in record.cells("Helse")


def test_what_the_consensus_set_counts_instead_of_the_mean(measured, question, scorer):
    entries = [measured() for _number in range(5)]
    FinalAnswer.objects.create(
        entry=entries[0], question=question, level=1, reason="Vi er enige.", agreed_by=scorer
    )

    cells = track_record.read().cells()

    assert (cells[KEY, 3].count, cells[KEY, 1].count) == (4, 1)


def test_a_round_that_is_still_open_tells_nothing(measured, scored):
    for _number in range(5):
        measured()
    scored.status = RoundStatus.OPEN
    scored.save()

    assert track_record.read().answers == []


@pytest.mark.parametrize("count", [5, 8])
def test_eight_projects_ask_as_often_as_five(measured, count, django_assert_num_queries):
    for _number in range(count):
        measured()

    with django_assert_num_queries(5):
        track_record.read()


def test_only_what_enough_projects_say_stands_beside_the_scale(measured):
    for _number in range(3):
        measured("0.54")
    for _number in range(2):
        measured("1", level=1)

    [line] = track_record.lines(track_record.read(), stage=Stage.SCREENING)["gevinst"]

    assert (line.level, line.cell.count, line.cell.mean) == ("høy", 3, Decimal("0.54"))
    assert track_record.lines(track_record.read(), stage=Stage.FURTHER) == {}


def beside_the_scale(criterion):
    source = (
        "{% load track_record %}{% track_record 'screening' as kept %}"
        "{% include 'prioritization/kept_promises.html' with kept=kept criterion=criterion only %}"
    )
    return " ".join(Template(source).render(Context({"criterion": criterion})).split())


def test_the_scale_says_what_became_of_the_same_answer(measured, question):
    assert beside_the_scale(question.criterion) == ""
    for _number in range(5):
        measured("0.54")

    shown = beside_the_scale(question.criterion)

    assert "«høy» leverte i snitt 54 % av gevinsten (n = 5)." in shown
    assert f"{reverse('hindsight')}#gevinst" in shown


def test_the_page_waits_until_five_are_measured(client, measured, person):
    client.force_login(person())
    for _number in range(2):
        measured()

    page = client.get(reverse("hindsight")).content.decode()

    assert "Fasiten vises når fem prosjekter er målt" in page
    assert "Nå er to målt." in page


def test_the_page_tells_it_by_criterion_answer_and_sector(client, measured, person):
    client.force_login(person())
    for _number in range(5):
        measured("0.54")

    page = client.get(reverse("hindsight")).content.decode()

    assert "Fem målte prosjekter har levert 54\u00a0% av det de lovet" in page
    assert "Fasit for gevinst" in page
    assert "(n = 5)" in page
