import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from core import roles
from core.models import OutgoingMail
from maturity import actions
from maturity.models import Answer, Assessment, AssessmentStatus, Content, MeasurementRound
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, Phase
from tests.factories.maturity import AnswerFactory, AssessmentFactory
from tests.factories.municipality import SectorFactory, UserFactory

RESULT = "/modenhet/"
START = "/modenhet/egenvurdering/"


def _url(assessment, *rest):
    return "/".join([START.rstrip("/"), assessment.sector.code, *rest, ""])


def _close():
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Phase.objects.filter(kind=PhaseKind.MEASUREMENT).update(closes_on=yesterday)
    MeasurementRound.objects.update(closes_on=yesterday)


def _submitted_sector(assessment, **fields):
    copy = AssessmentFactory(
        cycle=assessment.cycle,
        instrument=assessment.instrument,
        sector=SectorFactory(),
        status=AssessmentStatus.SUBMITTED,
        submitted_at=timezone.now(),
        submitted_by=UserFactory(),
        **fields,
    )
    for area in assessment.instrument.areas.all():
        AnswerFactory(assessment=copy, area=area, level=3, reason="Vi har en plan.")
    return copy


# The result


def test_result_is_open_and_says_that_nobody_has_submitted(client, assessment):
    response = client.get(RESULT)

    assert response.status_code == 200
    assert "Ingen sektorer har levert for" in response.text
    assert "er åpen til og med" in response.text


def test_result_without_any_year(client, db):
    assert "Ingen har målt modenheten ennå" in client.get(RESULT).text


def test_result_shows_spread_count_and_reasons(client, assessment):
    _submitted_sector(assessment)

    text = client.get(RESULT).text

    assert "Foreløpig, 1 av 2 sektorer" in text
    assert "«Vi har en plan.»" in text
    assert "Ikke levert" in text
    assert "Uvektet gjennomsnitt av 1 av 2 sektorer." in text


def test_result_counts_only_the_reasons_there_are_to_read(client, assessment):
    copy = _submitted_sector(assessment)
    copy.answers.exclude(pk=copy.answers.first().pk).update(reason="")

    text = client.get(RESULT).text

    assert "Les begrunnelsen</a>" in text
    assert "Uten begrunnelse." in text

    copy.answers.update(reason="")
    assert 'href="#begrunnelser"' not in client.get(RESULT).text


def test_result_of_a_year_that_is_not_there_is_404(client, assessment):
    assert client.get(RESULT, {"ar": "1999"}).status_code == 404
    assert client.get(RESULT, {"ar": "i fjor"}).status_code == 404


def test_result_asks_as_often_for_one_sector_as_for_three(
    client, assessment, django_assert_num_queries
):
    _submitted_sector(assessment)
    with django_assert_num_queries(15):
        client.get(RESULT)

    _submitted_sector(assessment)
    _submitted_sector(assessment)

    with django_assert_num_queries(15):
        client.get(RESULT)


# The team's overview


def test_start_sends_the_leader_to_the_own_sector(client, assessment, sector_leader):
    client.force_login(sector_leader)

    assert client.get(START).url == _url(assessment)


def test_start_is_forbidden_for_others(client, assessment, manager):
    client.force_login(manager)

    assert client.get(START).status_code == 403


def test_start_shows_the_team_where_each_sector_stands(client, assessment, team_member):
    _submitted_sector(assessment)
    client.force_login(team_member)

    text = client.get(START).text

    assert "1 av 2 sektorer har levert" in text
    assert "0 av 2 områder" in text
    assert "Minn dem som mangler" in text


def test_start_asks_as_often_for_one_sector_as_for_three(
    client, assessment, team_member, django_assert_num_queries
):
    client.force_login(team_member)
    with django_assert_num_queries(14):
        client.get(START)

    _submitted_sector(assessment)
    _submitted_sector(assessment)

    with django_assert_num_queries(14):
        client.get(START)


def test_start_without_a_year_says_so(client, team_member):
    client.force_login(team_member)

    response = client.get(START)

    assert response.status_code == 409
    assert "Ingen har startet årshjulet ennå" in response.text


def test_remind_mails_and_says_whom(client, assessment, team_member):
    client.force_login(team_member)

    response = client.post("/modenhet/paminnelse/", follow=True)

    assert f"Påminnelsen er på vei til {assessment.sector.short_name}" in response.text
    assert OutgoingMail.objects.count() == 1


# One sector


def test_the_leader_begins_and_comes_to_the_first_area(client, measurement_round, sector_leader):
    client.force_login(sector_leader)
    url = f"{START}{sector_leader.sector.code}/"
    assert "Begynn egenvurderingen" in client.get(url).text

    response = client.post(f"{url}begynn/")

    assert response.url == f"{url}innovasjon/"
    assert Assessment.objects.get().sector == sector_leader.sector


def test_a_sector_says_what_is_missing(client, assessment, sector_leader):
    assessment.answers.filter(area__code="innovasjon").update(level=3, reason="Vi prøver.")
    client.force_login(sector_leader)

    text = client.get(_url(assessment)).text

    assert "1 av 2 områder er ferdige" in text
    assert "Fortsett med Teknologi" in text
    assert "Lever egenvurderingen" not in text


def test_a_sector_submits_and_is_locked(client, answered, sector_leader):
    client.force_login(sector_leader)

    response = client.post(_url(answered, "lever"), follow=True)

    assert "er levert" in response.text
    assert "Svarene er låst" in response.text
    assert client.get(_url(answered, "innovasjon")).url == _url(answered)


def test_submitting_half_done_is_409(client, assessment, sector_leader):
    client.force_login(sector_leader)

    response = client.post(_url(assessment, "lever"))

    assert response.status_code == 409
    assert "Dette mangler nivå eller begrunnelse: Innovasjon, Teknologi." in response.text


def test_a_closed_measurement_shows_no_form(client, assessment, sector_leader):
    _close()
    client.force_login(sector_leader)

    text = client.get(_url(assessment)).text

    assert "er stengt. Siste dag var" in text
    assert client.get(_url(assessment, "innovasjon")).url == _url(assessment)


def test_a_closed_measurement_refuses_and_keeps_what_was_written(client, assessment, sector_leader):
    _close()
    client.force_login(sector_leader)

    response = client.post(
        _url(assessment, "innovasjon"), {"level": "3", "reason": "Rett etter midnatt", "version": 0}
    )

    assert response.status_code == 409
    assert "Rett etter midnatt" in response.text
    assert not Answer.objects.exclude(level=None).exists()


@pytest.mark.parametrize("rest", [(), ("innovasjon",), ("utsett",), ("apne",)])
def test_another_sectors_assessment_is_forbidden(client, assessment, person, rest):
    client.force_login(person(roles.SECTOR_LEADER, sector=SectorFactory()))

    assert client.get(_url(assessment, *rest)).status_code == 403


def test_the_team_may_read_but_not_answer(client, assessment, team_member):
    client.force_login(team_member)

    assert client.get(_url(assessment)).status_code == 200
    assert client.get(_url(assessment, "innovasjon")).status_code == 403


# One area


def test_an_area_shows_its_levels_and_last_year(client, assessment, sector_leader):
    last = AssessmentFactory(
        cycle=AnnualCycle.objects.create(
            year=assessment.cycle.year - 1, budget_deadline=assessment.cycle.budget_deadline
        ),
        sector=assessment.sector,
        instrument=assessment.instrument,
        status=AssessmentStatus.SUBMITTED,
        submitted_at=timezone.now(),
        submitted_by=sector_leader,
    )
    area = assessment.instrument.areas.get(code="teknologi")
    AnswerFactory(assessment=last, area=area, level=2, reason="Vi kjøper hjelp.")
    client.force_login(sector_leader)

    text = client.get(_url(assessment, "teknologi")).text

    assert "Transformert" in text
    assert "I fjor satte dere nivå 2" in text
    assert "Vi kjøper hjelp." in text
    assert "(valgfritt)" not in text


def test_saving_without_script_goes_to_the_next_area(client, assessment, sector_leader):
    client.force_login(sector_leader)

    response = client.post(
        _url(assessment, "innovasjon"), {"level": "4", "reason": "Vi prøver.", "version": "0"}
    )

    assert response.url == _url(assessment, "teknologi")
    saved = Answer.objects.get(area__code="innovasjon")
    assert (saved.level, saved.reason) == (4, "Vi prøver.")


def test_saving_the_last_area_goes_to_the_summary(client, assessment, sector_leader):
    client.force_login(sector_leader)

    response = client.post(_url(assessment, "teknologi"), {"reason": "Halvveis", "version": "0"})

    assert response.url == _url(assessment)


def test_htmx_saves_and_answers_with_the_time_and_the_new_version(
    client, assessment, sector_leader
):
    client.force_login(sector_leader)

    response = client.post(
        _url(assessment, "innovasjon"),
        {"level": "4", "reason": "", "version": "0"},
        headers={"HX-Request": "true"},
    )

    assert "Lagret" in response.text
    assert 'value="1"' in response.text
    assert "<html" not in response.text


def test_htmx_moves_on_when_asked_to(client, assessment, sector_leader):
    client.force_login(sector_leader)

    response = client.post(
        _url(assessment, "innovasjon"),
        {"level": "4", "version": "0", "next": "1"},
        headers={"HX-Request": "true"},
    )

    assert response.headers["HX-Redirect"] == _url(assessment, "teknologi")


def test_a_stale_edit_keeps_both_texts(client, assessment, sector_leader, today):
    given = assessment.answers.get(area__code="innovasjon")
    actions.answer(given, Content(level=2, reason="Tors tekst"), by=sector_leader, on=today)
    client.force_login(sector_leader)

    response = client.post(
        _url(assessment, "innovasjon"), {"level": "4", "reason": "Min tekst", "version": "0"}
    )

    assert "Velg hvilken tekst som skal gjelde" in response.text
    assert "Tors tekst" in response.text
    assert "Min tekst" in response.text
    given.refresh_from_db()
    assert given.reason == "Tors tekst"


def test_a_stale_edit_stops_saving_by_itself(client, assessment, sector_leader, today):
    given = assessment.answers.get(area__code="innovasjon")
    actions.answer(given, Content(level=2, reason="Tors tekst"), by=sector_leader, on=today)
    client.force_login(sector_leader)

    response = client.post(
        _url(assessment, "innovasjon"),
        {"reason": "Min tekst", "version": "0"},
        headers={"HX-Request": "true"},
    )

    assert response.headers["HX-Retarget"] == "#svar-innovasjon"
    assert 'hx-trigger="keep:again, submit"' in response.text


def test_a_level_outside_the_scale_is_explained(client, assessment, sector_leader):
    client.force_login(sector_leader)

    response = client.post(
        _url(assessment, "innovasjon"), {"level": "6", "reason": "Seks", "version": "0"}
    )

    assert "Nivået må være fra 1 til 5." in response.text
    assert "Seks" in response.text


def test_an_area_that_is_not_there_is_404(client, assessment, sector_leader):
    client.force_login(sector_leader)

    assert client.get(_url(assessment, "okonomi")).status_code == 404


# More time, and open again


def test_the_team_gives_more_time(client, assessment, team_member, today):
    client.force_login(team_member)
    until = today + dt.timedelta(days=40)

    response = client.post(
        _url(assessment, "utsett"), {"until": str(until), "reason": "Sykdom"}, follow=True
    )

    assert "kan levere til og med" in response.text
    assessment.refresh_from_db()
    assert assessment.extended_to == until


def test_more_time_wants_a_later_day_and_a_reason(client, assessment, team_member, today):
    client.force_login(team_member)

    response = client.post(_url(assessment, "utsett"), {"until": str(today), "reason": ""})

    assert "Du må rette to ting" in response.text
    assert "Skriv hvorfor" in response.text
    assert not OutgoingMail.objects.exists()


def test_the_team_opens_again_and_the_leader_sees_why(
    client, answered, team_member, sector_leader, today
):
    actions.submit(answered, by=sector_leader, on=today)
    client.force_login(team_member)

    client.post(_url(answered, "apne"), {"until": "", "reason": "Feil område."})

    client.force_login(sector_leader)
    text = client.get(_url(answered)).text
    assert "Grunnen er: Feil område." in text
    assert "Lever egenvurderingen" in text


def test_opening_what_is_open_shows_no_form(client, assessment, team_member):
    client.force_login(team_member)

    assert "den er åpen fra før" in client.get(_url(assessment, "apne")).text


def test_giving_time_to_who_has_submitted_shows_no_form(
    client, answered, team_member, sector_leader, today
):
    actions.submit(answered, by=sector_leader, on=today)
    client.force_login(team_member)

    assert "trenger ikke lengre frist" in client.get(_url(answered, "utsett")).text


@pytest.mark.parametrize("name", ["start", "submit"])
def test_acts_are_not_done_by_reading(client, assessment, sector_leader, name):
    client.force_login(sector_leader)

    assert client.get(reverse(f"maturity:{name}", args=[assessment.sector.code])).status_code == 405
