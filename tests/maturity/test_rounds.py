"""The year's round: opened, moved, weighed; and how the team sees it."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.utils import timezone

from core.errors import ActionRefused
from core.models import Chart, Event, OutgoingMail
from gjovik_digi import waiting
from maturity import actions, round_story
from maturity.actions import rounds
from maturity.actions.reminders import REMINDED
from maturity.models import (
    Aggregation,
    Assessment,
    AssessmentStatus,
    MeasurementRound,
    SectorWeight,
)
from maturity.round_waiting import round_waiting_for
from municipality.models import Phase
from tests.factories.maturity import (
    AnswerFactory,
    AssessmentFactory,
    InstrumentFactory,
    MeasurementRoundFactory,
    RespondentFactory,
    RevisionFactory,
)
from tests.factories.municipality import CycleFactory, SectorFactory, UserFactory

ROUND = "/modenhet/runde/"
OPEN = f"{ROUND}apne/"
LIST = "/modenhet/egenvurdering/"
DAY = dt.timedelta(days=1)


@pytest.fixture
def team(client, team_member):
    client.force_login(team_member)
    return client


def _shown(text):
    return re.sub(r"\s+", " ", text)


def _form(instrument, closes_on, **more):
    chosen = {"instrument": instrument.pk, "closes_on": closes_on.isoformat()}
    return {**chosen, "aggregation": "unweighted", **more}


# Opening


def test_opening_freezes_the_version_begins_every_sector_and_tells_the_leaders(
    cycle, instrument, sector_leader, team_member, today
):
    SectorFactory()  # nobody leads it

    opened = actions.open_round(
        cycle, instrument=instrument, closes_on=today + DAY, by=team_member, on=today
    )

    instrument.refresh_from_db()
    assert instrument.is_frozen
    assert opened.weights() is None
    assert Assessment.objects.filter(cycle=cycle).count() == 2
    assert [mail.to for mail in OutgoingMail.objects.all()] == [sector_leader.email]


def test_a_round_is_opened_once_in_an_open_phase_with_a_day_to_come(
    cycle, instrument, team_member, today
):
    def opens(closes_on):
        return actions.open_round(
            cycle, instrument=instrument, closes_on=closes_on, by=team_member, on=today
        )

    with pytest.raises(ActionRefused, match="Fristen er passert"):
        opens(today - DAY)
    opens(today)
    with pytest.raises(ActionRefused, match="er åpnet"):
        opens(today)
    MeasurementRound.objects.all().delete()
    Phase.objects.update(closes_on=today - DAY)
    cycle.refresh_from_db()
    with pytest.raises(ActionRefused, match="Måling er stengt"):
        opens(today)


def test_weighing_by_staff_wants_every_sector(cycle, instrument, team_member, today):
    big, small = SectorFactory(), SectorFactory()
    wanted = {
        "instrument": instrument,
        "closes_on": today,
        "by": team_member,
        "on": today,
        "aggregation": Aggregation.BY_STAFF,
    }

    with pytest.raises(ActionRefused, match=f"årsverk for {small.short_name}"):
        actions.open_round(cycle, staff={big.pk: Decimal(900)}, **wanted)
    opened = actions.open_round(
        cycle, staff={big.pk: Decimal(900), small.pk: Decimal("12.5")}, **wanted
    )

    assert opened.weights() == {big.pk: Decimal(900), small.pk: Decimal("12.5")}


def test_the_page_asks_once_more_before_it_opens(team, cycle, instrument, sector_leader, today):
    assert f'value="{cycle.phase("measurement").closes_on.isoformat()}"' in team.get(OPEN).text
    form = _form(instrument, today + 5 * DAY)

    text = _shown(team.post(OPEN, form).text)
    assert "Skal målerunden for" in text
    assert f"Versjon {instrument.version}. Den låses" in text
    assert sector_leader.name in text
    assert not MeasurementRound.objects.exists()

    assert 'value="unweighted"' in team.post(OPEN, form | {"change": "1"}).text
    assert not MeasurementRound.objects.exists()

    response = team.post(OPEN, form | {"confirm": "1"}, follow=True)
    assert "Målerunden er åpnet." in response.text
    assert MeasurementRound.objects.get().closes_on == today + 5 * DAY


def test_the_page_that_asks_once_more_sends_on_everything(team, cycle, instrument, today):
    sector = SectorFactory(name="Kultur")
    form = _form(instrument, today, aggregation="by_staff", **{f"staff-{sector.pk}": "1 412,5"})

    response = team.post(OPEN, form)

    assert "Ingen leder er registrert" in response.text
    sent = dict(response.context["form"].as_sent())
    team.post(OPEN, sent | {"confirm": "1"})
    assert SectorWeight.objects.get().staff == Decimal("1412.5")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"closes_on": ""}, "Velg siste dag."),
        ({"closes_on": "i morgen"}, "Skriv datoen slik"),
        ({"closes_on": "2020-01-01"}, "Datoen er passert."),
        ({"closes_on": "2206-03-31"}, "Datoen må ligge nær"),
        ({"instrument": "999999"}, "Velg en av versjonene"),
        ({"aggregation": ""}, "Velg hvordan sektorene skal regnes sammen."),
        ({"aggregation": "by_staff"}, "Skriv antall årsverk for Kultur."),
        ({"staff": "mange"}, "Skriv årsverk som et tall"),
        ({"staff": "0"}, "Årsverk må være mer enn null."),
        ({"staff": "12,55"}, "Bruk høyst én desimal."),
    ],
)
def test_what_cannot_be_opened_is_said_in_plain_words(
    team, cycle, instrument, today, typed, message
):
    sector = SectorFactory(name="Kultur")
    typed = {f"staff-{sector.pk}" if name == "staff" else name: typed[name] for name in typed}

    response = team.post(OPEN, _form(instrument, today) | typed | {"confirm": "1"})

    assert message in response.text
    assert not MeasurementRound.objects.exists()


def test_a_draft_cannot_be_chosen(team, cycle, instrument, today):
    draft = InstrumentFactory(based_on=instrument)

    response = team.post(OPEN, _form(draft, today) | {"confirm": "1"})

    assert "Velg en av versjonene" in response.text
    assert draft.version not in team.get(OPEN).text


def test_opening_twice_is_409_and_the_page_leads_to_the_round(
    team, measurement_round, instrument, today
):
    assert team.get(OPEN).url == ROUND
    response = team.post(OPEN, _form(instrument, today) | {"confirm": "1"})

    assert response.status_code == 409
    assert "er åpnet" in response.text


def test_last_years_staff_is_filled_in(team, cycle, instrument):
    sector = SectorFactory()
    last_year = CycleFactory(year=cycle.year - 1, is_current=False, open=True)
    earlier = MeasurementRoundFactory(cycle=last_year, instrument=instrument)
    SectorWeight.objects.create(round=earlier, sector=sector, staff=Decimal("412.5"))

    assert 'value="412,5"' in team.get(OPEN).text


# Changing


def test_the_deadline_is_moved_for_all_who_have_not_submitted(
    team, assessment, sector_leader, today
):
    response = team.post(
        f"{ROUND}frist/",
        {"closes_on": (today + 20 * DAY).isoformat(), "reason": "Vinterferie.", "version": "0"},
        follow=True,
    )

    assert "Siste dag er nå" in response.text
    assert "Vinterferie." in response.text  # in what has happened
    assert MeasurementRound.objects.get().closes_on == today + 20 * DAY
    mail = OutgoingMail.objects.get()
    assert (mail.to, "Vinterferie." in mail.body) == (sector_leader.email, True)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"reason": ""}, "Skriv hvorfor."),
        ({"closes_on": "2020-01-01"}, "Datoen er passert."),
        ({"closes_on": None}, "Det er den siste dagen allerede."),
    ],
)
def test_a_deadline_that_cannot_be_is_refused(team, assessment, today, typed, message):
    stored = MeasurementRound.objects.get()
    form = {"closes_on": (today + DAY).isoformat(), "reason": "Ferie.", "version": "0"} | typed
    form["closes_on"] = form["closes_on"] or stored.closes_on.isoformat()

    assert message in team.post(f"{ROUND}frist/", form).text
    assert not OutgoingMail.objects.exists()


def test_the_second_who_moves_the_deadline_sees_the_first(team, assessment, today):
    MeasurementRound.objects.update(
        version=1, edited_by=UserFactory(name="Ola Vik"), edited_at=timezone.now()
    )
    form = {"closes_on": (today + DAY).isoformat(), "reason": "Ferie.", "version": "0"}

    response = team.post(f"{ROUND}frist/", form)

    assert "Ola Vik endret dette nettopp" in response.text
    assert "Ferie." in response.text
    assert team.post(f"{ROUND}frist/", form | {"version": "1"}).status_code == 302


def test_weighing_anew_is_recorded_and_draws_the_result_again(team, answered, sector_leader, today):
    actions.submit(answered, by=sector_leader, on=today)
    Chart.objects.all().delete()
    sector = answered.sector

    response = team.post(
        f"{ROUND}sammenregning/",
        {"aggregation": "by_staff", f"staff-{sector.pk}": "900,5", "version": "0"},
        follow=True,
    )

    assert "Sammenregningen ble endret" in response.text
    assert "900,5" in response.text
    assert MeasurementRound.objects.get().weights() == {sector.pk: Decimal("900.5")}
    assert Chart.objects.filter(key=actions.chart_key(answered.cycle)).exists()
    event = Event.objects.get(verb=rounds.AGGREGATION_CHANGED)
    assert (event.data["before"], event.data["after"]) == ("unweighted", "by_staff")


def test_weighing_that_somebody_else_changed_shows_theirs(team, assessment):
    SectorWeight.objects.create(
        round=MeasurementRound.objects.get(), sector=assessment.sector, staff=Decimal("77.7")
    )
    MeasurementRound.objects.update(version=1, edited_by=UserFactory(), edited_at=timezone.now())
    form = {"aggregation": "unweighted", f"staff-{assessment.sector_id}": "5", "version": "0"}

    response = team.post(f"{ROUND}sammenregning/", form)

    assert "Slik står det lagret nå" in response.text
    assert "77,7" in response.text


def test_changing_without_a_round_is_404(team, cycle):
    assert team.get(f"{ROUND}frist/").status_code == 404
    assert team.get(f"{ROUND}sammenregning/").status_code == 404


# Telling


def test_everything_that_happens_to_a_round_is_told():
    assert set(round_story.VERBS) == {
        rounds.OPENED,
        rounds.DEADLINE_MOVED,
        rounds.AGGREGATION_CHANGED,
        REMINDED,
    }


def test_the_round_tells_who_was_reminded(team, assessment, team_member, today):
    actions.remind(assessment.cycle, by=team_member, on=today)

    text = team.get(ROUND).text

    assert "Påminnelse ble sendt" in text
    assert assessment.sector.short_name in text


def test_the_round_asks_as_often_for_one_event_as_for_many(
    team, assessment, team_member, today, django_assert_num_queries
):
    actions.remind(assessment.cycle, by=team_member, on=today)
    with django_assert_num_queries(12):
        team.get(ROUND)

    for number in range(1, 5):
        actions.remind(assessment.cycle, by=team_member, on=today + number * DAY)

    with django_assert_num_queries(12):
        team.get(ROUND)


def test_before_the_round_the_team_is_led_to_open_it(team, cycle, instrument, today):
    SectorFactory()
    for page in (ROUND, LIST):
        text = _shown(team.get(page).text)
        assert "er ikke åpnet" in text
        assert OPEN in text

    Phase.objects.update(opens_on=today + DAY)
    for page in (ROUND, LIST):
        text = team.get(page).text
        assert "Måling er ikke åpnet ennå" in text
        assert OPEN not in text
    assert team.get(OPEN).url == ROUND


def test_my_page_asks_the_team_to_open_the_round(cycle, team_member, manager, instrument, today):
    assert [task.title for task in round_waiting_for(team_member, on=today)] == [
        f"Åpne målerunden for {cycle.year}"
    ]
    assert round_waiting_for(manager, on=today) == []
    assert round_waiting_for(team_member, on=today + 365 * DAY) == []
    assert round_waiting_for in waiting.SOURCES

    MeasurementRoundFactory(cycle=cycle, instrument=instrument)
    assert round_waiting_for(team_member, on=today) == []


def test_without_a_year_nothing_waits(db, team_member, today):
    assert round_waiting_for(team_member, on=today) == []


# Sector by sector


def _sector(assessment, *, submitted):
    fields = {"status": AssessmentStatus.DRAFT}
    if submitted:
        fields = {
            "status": AssessmentStatus.SUBMITTED,
            "submitted_at": timezone.now(),
            "submitted_by": UserFactory(),
        }
    made = AssessmentFactory(
        cycle=assessment.cycle,
        instrument=assessment.instrument,
        sector=SectorFactory(leader=UserFactory()),
        **fields,
    )
    for area in assessment.instrument.areas.all():
        AnswerFactory(assessment=made, area=area, level=3, reason="Hemmelig grunn.")
    RespondentFactory(assessment=made, completed_at=timezone.now())
    RespondentFactory(assessment=made)
    RevisionFactory(assessment=made, number=1)
    RevisionFactory(assessment=made, number=2)
    return made


def test_the_list_says_how_far_each_sector_has_come_and_no_answers(team, assessment):
    assessment.answers.filter(area__code="innovasjon").update(level=3, reason="Hemmelig grunn.")
    submitted = _sector(assessment, submitted=True)
    _sector(assessment, submitted=False)

    text = _shown(team.get(LIST).text)

    assert "1 av 3 sektorer har levert" in text
    assert "1 av 2 områder er ferdige" in text
    assert "Mangler: Teknologi" in text
    assert "1 av 2 har svart" in text
    assert "Ingen er invitert" in text
    assert f"av {submitted.submitted_by}" in text
    assert "Utgave 2 er beholdt, men teller ikke med" in text
    assert "Hemmelig grunn." not in text
    assert "Nivå 3" not in text


def test_the_list_asks_as_often_for_five_sectors_as_for_twenty(
    team, assessment, django_assert_num_queries
):
    for number in range(4):
        _sector(assessment, submitted=bool(number % 2))
    with django_assert_num_queries(14):
        team.get(LIST)

    for number in range(15):
        _sector(assessment, submitted=bool(number % 2))

    with django_assert_num_queries(14):
        team.get(LIST)


def test_one_sector_is_reminded_alone(team, assessment):
    other = _sector(assessment, submitted=False)

    response = team.post("/modenhet/paminnelse/", {"sector": other.sector.code}, follow=True)

    assert f"Påminnelsen er på vei til {other.sector.short_name}." in response.text
    assert not OutgoingMail.objects.filter(to=assessment.sector.leader.email).exists()
    assert OutgoingMail.objects.count() == 2  # the leader, and the member who has not answered
    assert team.post("/modenhet/paminnelse/", {"sector": "finnes-ikke"}).status_code == 404
