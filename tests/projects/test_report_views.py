"""Writing a month's status, reading it, setting tolerances and answering deviations."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from core import roles
from core.models import Event, OutgoingMail
from projects import lights
from projects.models import (
    Deviation,
    DeviationStatus,
    Dimension,
    Parameter,
    ProjectPhase,
    ReportStatus,
    StatusReport,
    Tolerance,
)
from projects.report_waiting import report_waiting_for
from tests.factories.reports import (
    DeviationFactory,
    ReportingProjectFactory,
    ToleranceFactory,
    sent_report,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
ON = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def project(person):
    return ReportingProjectFactory(
        name="Digital nøkkel",
        budget=1_900_000,
        owner=person(name="Anne Bakken"),
        manager=person(roles.PROJECT_MANAGER, name="Jonas Lien"),
    )


@pytest.fixture
def as_manager(client, project):
    client.force_login(project.manager)
    return client


@pytest.fixture
def as_owner(client, project):
    client.force_login(project.owner)
    return client


def write_url(project, month="2026-10"):
    return reverse("projects:report-write", args=[project.pk, month])


def typed(**changes):
    """All five green, as the form sends them."""
    greens = {str(each): lights.CHOICES[each][0].code for each in Dimension}
    holds = {"scope_holds": "on", "quality_holds": "on"}
    return {"version": "0", **greens, **holds, **changes}


def test_the_form_begins_with_last_month(as_manager, project):
    last = sent_report(project, dt.date(2026, 9, 1), forecast=1_950_000)

    page = as_manager.get(write_url(project)).content.decode()

    assert f"Svarene fra {last.month_name} er fylt inn" in page
    assert 'value="ahead"' in page
    assert page.count("checked") == 7  # five answers, and both that hold
    assert "1 950 000" in page.replace("\u202f", " ").replace("\xa0", " ")


def test_what_is_typed_saves_itself_and_says_what_is_new(as_manager, project):
    sent_report(project, dt.date(2026, 9, 1))
    ToleranceFactory(project=project, limit=50_000)

    response = as_manager.post(
        write_url(project),
        typed(progress="late", forecast="2 100 000"),
        headers={"HX-Request": "true"},
    )

    text = " ".join(response.content.decode().split())
    kept = StatusReport.objects.get(month=dt.date(2026, 10, 1))
    assert (kept.status, kept.forecast, kept.version) == (ReportStatus.DRAFT, 2_100_000, 1)
    assert response.headers["HX-Trigger"] == '{"kept:saved": {}}'
    assert 'name="version" value="1"' in text
    assert mark(text, "progress") == "Endret"
    assert mark(text, "money") == ""
    assert "utenfor toleransen" in text


def mark(text, name):
    """What stands beside a dimension, when the answer is swapped in."""
    found = re.search(rf'<span id="endret-{name}"[^>]*hx-swap-oob="true"[^>]*>(.*?)</span>', text)
    return found[1].strip()


def test_a_draft_is_kept_without_script_too(as_manager, project):
    response = as_manager.post(write_url(project), typed(), follow=True)

    assert "Utkastet er lagret. Det er ikke sendt." in response.content.decode()
    assert StatusReport.objects.get().status == ReportStatus.DRAFT


def test_red_without_a_comment_is_asked_about_and_nothing_is_lost(as_manager, project):
    response = as_manager.post(
        write_url(project), typed(send="1", risk="high", summary="Vi trenger hjelp.")
    )

    page = response.content.decode()
    assert "Skriv hvorfor. Én setning holder." in page
    assert "Vi trenger hjelp." in page
    assert not StatusReport.objects.exists()


def test_what_has_a_tolerance_must_be_forecast_before_it_is_sent(as_manager, project):
    ToleranceFactory(project=project)

    page = as_manager.post(write_url(project), typed(send="1")).content.decode()

    assert "Kostnad har en toleranse" in page


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("forecast", "masse", "Skriv beløpet med tall"),
        ("spent", "-5", "ikke være mindre enn null"),
        ("benefit_share", "femti", "Skriv et helt tall"),
        ("forecast_end_on", "31.02.2026", "Skriv en dato"),
        ("progress", "kjempebra", "Velg et av svarene"),
        ("money_comment", "x" * 501, "høyst 500 tegn"),
    ],
)
def test_what_cannot_be_read_is_asked_about(as_manager, project, field, text, words):
    page = as_manager.post(write_url(project), typed(**{field: text})).content.decode()

    assert words in page
    assert not StatusReport.objects.exists()


def test_sending_leads_to_the_sent_month_and_twice_is_once(as_manager, project):
    for _time in range(2):
        response = as_manager.post(write_url(project), typed(send="1"))
        assert response.url == reverse("projects:report", args=[project.pk, "2026-10"])

    assert StatusReport.objects.get().status == ReportStatus.SENT
    assert OutgoingMail.objects.count() == 1


def test_the_second_of_two_who_write_is_told_what_the_first_wrote(as_manager, project, client):
    as_manager.post(write_url(project), typed(progress="late", progress_comment="Låsen mangler."))
    client.force_login(project.owner)

    page = client.post(write_url(project), typed(progress_comment="Alt går fint.")).content.decode()

    assert "Låsen mangler." in page
    assert "Alt går fint." in page
    assert StatusReport.objects.get().dimensions.get(dimension="progress").words == "Forsinket"


def test_what_another_has_sent_is_refused(as_manager, project, client):
    as_manager.post(write_url(project), typed(send="1"))
    client.force_login(project.owner)

    response = client.post(write_url(project), typed(summary="For sent"))

    assert response.status_code == 409
    assert "er sendt" in response.content.decode()


@pytest.mark.parametrize("month", ["2026-13", "oktober", "2026-12", "2026-1-1"])
def test_no_such_month(as_manager, project, month):
    assert as_manager.get(write_url(project, month)).status_code == 404
    assert as_manager.get(reverse("projects:report", args=[project.pk, month])).status_code == 404


def test_a_month_stands_beside_the_last(as_manager, project):
    sent_report(project, dt.date(2026, 9, 1), summary="Vi begynner.")
    as_manager.post(
        write_url(project), typed(send="1", money="over", money_comment="Dyrere låser.")
    )

    page = as_manager.get(reverse("projects:report", args=[project.pk, "2026-10"]))

    text = page.content.decode()
    assert "én ting er rød" in text
    assert "Dyrere låser." in text
    assert "september 2026" in text
    assert text.count("Endret") >= 1
    assert "PDF-en lages" in text


def test_a_draft_is_not_read_by_others(project, as_manager, client, manager):
    as_manager.post(write_url(project), typed())
    url = reverse("projects:report", args=[project.pk, "2026-10"])

    assert as_manager.get(url).url == write_url(project)
    client.force_login(manager)
    assert client.get(url).status_code == 404
    assert (
        "Fortsett på utkastet"
        not in client.get(reverse("projects:reports", args=[project.pk])).content.decode()
    )


def test_all_months_take_the_same_queries(
    as_manager, project, django_assert_num_queries, django_assert_max_num_queries
):
    url = reverse("projects:reports", args=[project.pk])
    sent_report(project, dt.date(2026, 1, 1), forecast=1)
    DeviationFactory(project=project, report=project.status_reports.get())
    with django_assert_max_num_queries(30) as few:
        as_manager.get(url)
    for month in range(2, 9):
        DeviationFactory(
            project=project, report=sent_report(project, dt.date(2026, month, 1), forecast=1)
        )

    with django_assert_num_queries(len(few)):
        page = as_manager.get(url).content.decode()

    assert "Mangler" in page


# Tolerances


def tolerances(project, **changes):
    empty = dict.fromkeys(["time", "cost", "scope", "quality", "risk", "benefits"], "")
    version = sum(each.version for each in project.tolerances.all())
    return {**empty, "version": str(version), **changes}


def test_the_owner_sets_them_before_bp3_without_a_reason(as_owner, project):
    project.phase = ProjectPhase.PLANNING
    project.save()
    url = reverse("projects:tolerances", args=[project.pk])

    as_owner.post(url, tolerances(project, time="30", cost="100 000", scope="Hele byen"))

    kept = {each.parameter: (each.limit, each.words) for each in Tolerance.objects.all()}
    assert kept == {"time": (30, ""), "cost": (100_000, ""), "scope": (None, "Hele byen")}
    page = as_owner.get(url).content.decode()
    assert "30 dager" in page
    assert Event.objects.about(project).get().data["reason"] == ""


def test_after_bp3_they_are_changed_with_a_reason_that_stays_in_the_log(as_owner, project):
    ToleranceFactory(project=project, limit=100_000)
    url = reverse("projects:tolerances", args=[project.pk])

    refused = as_owner.post(url, tolerances(project, cost="150 000")).content.decode()
    as_owner.post(url, tolerances(project, cost="150 000", reason="Prisen på låser steg."))

    assert "Skriv hvorfor toleransene endres." in refused
    assert Tolerance.objects.get().limit == 150_000
    page = as_owner.get(url).content.decode()
    assert "Prisen på låser steg." in page
    assert "(før: 100" in page


def test_of_two_owners_windows_the_older_is_asked_again(as_owner, project):
    url = reverse("projects:tolerances", args=[project.pk])
    stale = tolerances(project, cost="1", reason="Først")
    as_owner.post(url, tolerances(project, cost="50 000", reason="Enig."))

    page = as_owner.post(url, stale).content.decode()

    assert "Noen andre har endret toleransene" in page
    assert Tolerance.objects.get().limit == 50_000


def test_one_that_is_emptied_is_gone(as_owner, project):
    ToleranceFactory(project=project)
    url = reverse("projects:tolerances", args=[project.pk])

    as_owner.post(url, tolerances(project, reason="Trengs ikke."))

    assert not Tolerance.objects.exists()


def test_the_manager_reads_them_only(as_manager, project):
    url = reverse("projects:tolerances", args=[project.pk])

    assert "settes av prosjekteieren" in as_manager.get(url).content.decode()
    assert as_manager.post(url, tolerances(project, cost="1")).status_code == 403


# Deviations


@pytest.fixture
def deviation(project):
    return DeviationFactory(project=project)


def answer(client, deviation, outcome, text="Vi godtar det."):
    return client.post(deviation.get_absolute_url(), {"outcome": outcome, "answer": text})


@pytest.mark.parametrize("outcome", [DeviationStatus.ACCEPTED, DeviationStatus.MEASURES])
def test_the_owner_answers_and_the_manager_is_told(as_owner, project, deviation, outcome):
    assert answer(as_owner, deviation, outcome).url == deviation.get_absolute_url()

    deviation.refresh_from_db()
    assert (deviation.status, deviation.answered_by) == (outcome, project.owner)
    mail = OutgoingMail.objects.get()
    assert mail.to == project.manager.email
    assert "Vi godtar det." in mail.body
    assert "Vi godtar det." in as_owner.get(deviation.get_absolute_url()).content.decode()


def test_sent_to_the_board_it_begins_a_change_request(as_owner, project, deviation):
    response = answer(as_owner, deviation, DeviationStatus.CHANGE, "Rådet må si ja.")

    page = as_owner.get(response.url).content.decode()
    assert "Avvik i kostnad" in page
    assert "Rådet må si ja." in page
    assert f"Avtalt: {deviation.agreed}." in page
    other = ReportingProjectFactory(owner=project.owner)
    elsewhere = reverse("projects:request-change", args=[other.pk]) + f"?avvik={deviation.pk}"
    assert "Rådet må si ja." not in as_owner.get(elsewhere).content.decode()


def test_an_answer_needs_words(as_owner, deviation):
    page = as_owner.post(deviation.get_absolute_url(), {"outcome": "accepted", "answer": ""})

    assert "Skriv hvorfor." in page.content.decode()
    assert Deviation.objects.get().is_waiting


def test_an_answer_is_given_once(as_owner, deviation):
    answer(as_owner, deviation, DeviationStatus.ACCEPTED)

    second = answer(as_owner, deviation, DeviationStatus.MEASURES, "Nei, likevel ikke.")

    assert second.status_code == 409
    assert "Nei, likevel ikke." in second.content.decode()
    assert Deviation.objects.get().answer == "Vi godtar det."


def test_the_manager_cannot_answer(as_manager, deviation):
    assert answer(as_manager, deviation, DeviationStatus.ACCEPTED).status_code == 403
    assert "Venter på svar" in as_manager.get(deviation.get_absolute_url()).content.decode()


def test_a_deviation_stands_under_its_own_project_only(as_owner, deviation):
    other = ReportingProjectFactory(owner=deviation.project.owner)
    url = reverse("projects:deviation", args=[other.pk, deviation.pk])

    assert as_owner.get(url).status_code == 404


# «Min side»


def test_my_page_asks_the_manager_for_the_status_and_the_owner_for_an_answer(project):
    assert [(task.title, task.due_on) for task in report_waiting_for(project.manager, on=ON)] == [
        ("Send status for oktober: Digital nøkkel", dt.date(2026, 11, 10))
    ]
    DeviationFactory(
        project=project,
        parameter=Parameter.TIME,
        report=sent_report(project, dt.date(2026, 9, 1)),
    )
    assert [task.title for task in report_waiting_for(project.owner, on=ON)] == [
        "Svar på avviket i «Digital nøkkel»"
    ]
