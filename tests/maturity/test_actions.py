import datetime as dt

import pytest

from core.errors import ActionRefused
from core.models import Chart, Event, OutgoingMail
from maturity import actions
from maturity.models import Answer, Assessment, AssessmentStatus, Content, MeasurementRound
from tests.factories.maturity import AreaFactory, AssessmentFactory
from tests.factories.municipality import SectorFactory

WEEK = dt.timedelta(days=7)


@pytest.fixture
def closed(cycle, measurement_round, today):
    """The round ended yesterday."""
    yesterday = today - dt.timedelta(days=1)
    MeasurementRound.objects.filter(pk=measurement_round.pk).update(closes_on=yesterday)
    cycle.refresh_from_db()


def _verbs(target):
    return list(Event.objects.about(target).order_by("pk").values_list("verb", flat=True))


def test_start_makes_an_empty_answer_in_each_area(cycle, measurement_round, sector_leader, today):
    begun = actions.start(cycle, sector=sector_leader.sector, by=sector_leader, on=today)

    assert [answer.area.name for answer in begun.ordered_answers()] == ["Innovasjon", "Teknologi"]
    assert begun.complete_count == 0
    assert _verbs(begun) == ["assessment started"]


def test_start_twice_is_one_assessment(cycle, measurement_round, sector_leader, today):
    first = actions.start(cycle, sector=sector_leader.sector, by=sector_leader, on=today)
    second = actions.start(cycle, sector=sector_leader.sector, by=sector_leader, on=today)

    assert first == second
    assert Answer.objects.count() == 2


def test_start_is_refused_when_the_measurement_is_closed(
    cycle, closed, instrument, sector_leader, today
):
    with pytest.raises(ActionRefused, match="er stengt"):
        actions.start(cycle, sector=sector_leader.sector, by=sector_leader, on=today)

    assert not Assessment.objects.exists()


def test_start_is_refused_before_the_round_is_opened(cycle, sector_leader, today):
    with pytest.raises(ActionRefused, match="er ikke åpnet ennå"):
        actions.start(cycle, sector=sector_leader.sector, by=sector_leader, on=today)


def test_answer_saves_what_is_there_so_far(assessment, sector_leader, today):
    given = assessment.answers.first()

    actions.answer(given, Content(level=2, reason=""), by=sector_leader, on=today)

    given.refresh_from_db()
    assert (given.level, given.reason, given.version) == (2, "", 1)
    assert given.edited_by == sector_leader
    assert not given.is_complete


def test_answer_with_nothing_new_counts_no_save(answered, sector_leader, today):
    given = answered.answers.first()

    actions.answer(given, Content(level=3, reason="Vi har en plan."), by=sector_leader, on=today)

    given.refresh_from_db()
    assert given.version == 0


def test_answer_is_refused_when_the_measurement_is_closed(assessment, closed, sector_leader, today):
    given = assessment.answers.first()

    with pytest.raises(ActionRefused, match="Siste dag var"):
        actions.answer(given, Content(level=2, reason="For sent"), by=sector_leader, on=today)

    given.refresh_from_db()
    assert (given.level, given.reason) == (None, "")


def test_answer_is_allowed_until_the_extended_day(assessment, closed, sector_leader, today):
    assessment.extended_to = today
    assessment.save()
    given = assessment.answers.first()

    actions.answer(given, Content(level=2, reason="I tide"), by=sector_leader, on=today)

    with pytest.raises(ActionRefused):
        actions.answer(
            given,
            Content(level=4, reason="For sent"),
            by=sector_leader,
            on=today + dt.timedelta(days=1),
        )


def test_answer_is_refused_when_somebody_submitted_meanwhile(answered, sector_leader, today):
    given = answered.answers.select_related("assessment").first()
    actions.submit(Assessment.objects.get(pk=answered.pk), by=sector_leader, on=today)

    with pytest.raises(ActionRefused, match="er levert"):
        actions.answer(given, Content(level=5, reason="Etterpå"), by=sector_leader, on=today)

    given.refresh_from_db()
    assert given.level == 3


def test_submit_locks_tells_and_draws(answered, sector_leader, today):
    actions.submit(answered, by=sector_leader, on=today)

    answered.refresh_from_db()
    assert answered.status == AssessmentStatus.SUBMITTED
    assert answered.submitted_by == sector_leader
    assert answered.submitted_at is not None
    mail = OutgoingMail.objects.get()
    assert mail.to == sector_leader.email
    assert "Innovasjon: 3" in mail.body
    chart = Chart.objects.get(key=actions.chart_key(answered.cycle))
    assert chart.description.endswith("1 av 1 sektorer.")
    assert _verbs(answered) == ["assessment submitted"]


def test_submit_is_refused_saying_what_is_missing(answered, sector_leader, today):
    answered.answers.filter(area__name="Teknologi").update(reason="  ")

    with pytest.raises(ActionRefused, match="begrunnelse: Teknologi"):
        actions.submit(answered, by=sector_leader, on=today)

    answered.refresh_from_db()
    assert answered.status == AssessmentStatus.DRAFT
    assert answered.submitted_at is None
    assert not OutgoingMail.objects.exists()
    assert not Event.objects.exists()


def test_submit_twice_is_refused_and_tells_once(answered, sector_leader, today):
    same = Assessment.objects.get(pk=answered.pk)
    actions.submit(answered, by=sector_leader, on=today)

    with pytest.raises(ActionRefused):
        actions.submit(same, by=sector_leader, on=today)

    assert OutgoingMail.objects.count() == 1


def test_extend_gives_one_sector_more_time_and_tells(assessment, team_member, sector_leader, today):
    until = today + 4 * WEEK

    actions.extend(
        assessment.cycle,
        sector=assessment.sector,
        until=until,
        reason="To ledere er syke.",
        by=team_member,
        on=today,
    )

    assessment.refresh_from_db()
    assert assessment.due_on == until
    mail = OutgoingMail.objects.get()
    assert mail.to == sector_leader.email
    assert "To ledere er syke." in mail.body


def test_extend_begins_for_a_sector_that_has_not(cycle, closed, instrument, team_member, today):
    sector = SectorFactory()

    assessment = actions.extend(
        cycle, sector=sector, until=today + WEEK, reason="Ny leder.", by=team_member, on=today
    )

    assert assessment.is_open(today)
    assert assessment.answers.count() == 2


def test_extend_is_refused_when_it_gives_no_more_time(assessment, team_member, today):
    with pytest.raises(ActionRefused, match="må være etter"):
        actions.extend(
            assessment.cycle,
            sector=assessment.sector,
            until=assessment.phase.closes_on,
            reason="Litt til.",
            by=team_member,
            on=today,
        )

    assessment.refresh_from_db()
    assert assessment.extended_to is None
    assert not OutgoingMail.objects.exists()


def test_reopen_takes_the_sector_out_until_it_submits_again(
    answered, team_member, sector_leader, today
):
    actions.submit(answered, by=sector_leader, on=today)

    actions.reopen(answered, until=None, reason="Feil område.", by=team_member, on=today)

    answered.refresh_from_db()
    assert answered.status == AssessmentStatus.DRAFT
    assert answered.submitted_by is None
    assert not Assessment.objects.submitted().exists()
    assert "Feil område." in OutgoingMail.objects.latest("pk").body


def test_reopen_after_the_phase_wants_a_new_day(answered, team_member, sector_leader, cycle, today):
    actions.submit(answered, by=sector_leader, on=today)
    later = today + 4 * WEEK

    with pytest.raises(ActionRefused, match="Velg en ny frist"):
        actions.reopen(answered, until=None, reason="Feil.", by=team_member, on=later)
    actions.reopen(answered, until=later + WEEK, reason="Feil.", by=team_member, on=later)

    answered.refresh_from_db()
    assert answered.extended_to == later + WEEK


def test_remind_tells_only_those_who_have_not_submitted(
    assessment, team_member, sector_leader, today
):
    done = AssessmentFactory(
        cycle=assessment.cycle,
        instrument=assessment.instrument,
        status=AssessmentStatus.SUBMITTED,
        submitted_by=team_member,
        submitted_at=assessment.created_at,
        sector=SectorFactory(leader=team_member),
    )
    SectorFactory()  # nobody answers for it

    reached = actions.remind(assessment.cycle, by=team_member, on=today)

    assert reached == [assessment.sector]
    assert done.sector not in reached
    assert [mail.to for mail in OutgoingMail.objects.all()] == [sector_leader.email]


def test_remind_twice_a_day_is_refused(assessment, team_member, today):
    actions.remind(assessment.cycle, by=team_member, on=today)

    with pytest.raises(ActionRefused, match="sendt i dag"):
        actions.remind(assessment.cycle, by=team_member, on=today)
    actions.remind(assessment.cycle, by=team_member, on=today + dt.timedelta(days=1))

    assert OutgoingMail.objects.count() == 2


def test_remind_is_refused_when_the_measurement_is_closed(assessment, closed, team_member, today):
    with pytest.raises(ActionRefused, match="er stengt"):
        actions.remind(assessment.cycle, by=team_member, on=today)

    assert not OutgoingMail.objects.exists()


def test_draw_result_asks_for_nothing_when_nobody_has_submitted(cycle, instrument):
    AreaFactory()

    assert actions.draw_result(cycle) is None
    assert not Chart.objects.exists()
