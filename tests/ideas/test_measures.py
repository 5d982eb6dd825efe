"""A measure of a self-assessment is sent on as an idea, once."""

import datetime as dt

import pytest

from core.errors import ActionRefused
from core.models import OutgoingMail
from ideas.actions.measures import send_measure
from ideas.models import Idea, IdeaStatus, Origin, Submitter
from municipality.calendar import PhaseKind
from tests.factories.maturity import AnswerFactory, MeasureFactory
from tests.factories.municipality import SectorFactory


@pytest.fixture
def measure(cycle, sector_leader):
    answer = AnswerFactory(
        assessment__cycle=cycle,
        assessment__sector=sector_leader.sector,
        area__name="Innovasjon",
        area__code="innovasjon",
        level=2,
        target=3,
    )
    return MeasureFactory(answer=answer, text="Lage en felles kalender.")


def _move(cycle, opens_on, closes_on):
    cycle.phases.filter(kind=PhaseKind.IDEATION).update(opens_on=opens_on, closes_on=closes_on)


def test_the_idea_tells_where_it_comes_from(measure, sector_leader, today):
    idea = send_measure(measure, by=sector_leader, on=today)

    assert (idea.measure, idea.origin, idea.status) == (
        measure,
        Origin.MEASURE,
        IdeaStatus.RECEIVED,
    )
    assert (idea.title, idea.submitter) == ("Lage en felles kalender", Submitter.LEADER)
    assert (idea.sector, idea.submitted_by) == (sector_leader.sector, sector_leader)
    assert "Det skal løfte området Innovasjon fra nivå 2 til nivå 3." in idea.problem
    assert OutgoingMail.objects.get().to == sector_leader.email


def test_sent_twice_it_is_one_idea(measure, sector_leader, today):
    first = send_measure(measure, by=sector_leader, on=today)

    assert send_measure(measure, by=sector_leader, on=today) == first
    assert Idea.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_before_idea_collection_opens_the_answer_is_promised_from_that_day(
    cycle, measure, sector_leader, today
):
    opens_on = today + dt.timedelta(days=30)
    _move(cycle, opens_on, opens_on + dt.timedelta(days=30))

    idea = send_measure(measure, by=sector_leader, on=today)

    assert idea.answer_due_on == opens_on + dt.timedelta(days=21)


def test_after_idea_collection_it_is_refused_with_the_date(cycle, measure, sector_leader, today):
    _move(cycle, today - dt.timedelta(days=9), today - dt.timedelta(days=1))

    with pytest.raises(ActionRefused, match="Idémyldring er stengt"):
        send_measure(measure, by=sector_leader, on=today)

    assert not Idea.objects.exists()


def test_the_idea_outlives_the_measure(measure, sector_leader, today):
    idea = send_measure(measure, by=sector_leader, on=today)

    measure.delete()

    idea.refresh_from_db()
    assert idea.measure is None


def test_a_double_click_goes_back_to_the_area_with_one_idea(client, measure, sector_leader):
    client.force_login(sector_leader)
    url = f"/ideer/av-tiltak/{measure.pk}/"

    for _click in range(2):
        response = client.post(url)

    assert response.url == f"/modenhet/egenvurdering/{sector_leader.sector.code}/innovasjon/"
    assert Idea.objects.count() == 1


def test_only_who_answers_for_the_sector_sends_it(client, measure, team_member):
    stranger = MeasureFactory(answer__assessment__sector=SectorFactory())
    client.force_login(team_member)

    assert client.post(f"/ideer/av-tiltak/{measure.pk}/").status_code == 403
    assert client.post(f"/ideer/av-tiltak/{stranger.pk}/").status_code == 403
    assert not Idea.objects.exists()
