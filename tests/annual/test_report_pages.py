"""The annual report on its pages: written by the team, read by those it is for."""

import pytest
from django.urls import reverse
from django.utils import timezone

from annual.actions import reports as actions
from annual.models import AnnualReport, AnnualReportFile, Audience, ReportSection
from core.errors import ActionRefused
from core.made_files import FileStatus
from ideas.models import IdeaStatus
from tests.factories.annual_reports import AnnualReportFactory, AnnualReportFileFactory, facts_of
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import CycleFactory
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(client, team_member):
    client.force_login(team_member)
    return client


@pytest.fixture
def report(cycle) -> AnnualReport:
    return AnnualReportFactory(cycle=cycle)


def url(name, report, *args):
    return reverse(f"annual:{name}", args=[report.cycle.year, report.audience, *args])


def typed(section, text):
    return {"text": text, "version": section.version}


# Written


def test_a_report_is_begun_once(cycle, team_member):
    begun = [
        actions.begin_report(cycle, Audience.PUBLIC, by=team_member, at=timezone.now())
        for _each in range(2)
    ]

    assert begun[0] == begun[1]
    assert all(section.is_as_generated for section in begun[0].sections.all())


def test_a_text_is_saved_as_it_is_typed(team, report):
    section = report.sections.get(key="summary")

    response = team.post(
        url("section", report, "summary"), typed(section, "Mitt."), headers={"HX-Request": "true"}
    )

    section.refresh_from_db()
    assert (section.text, section.version) == ("Mitt.", 1)
    assert "kept:saved" in response["HX-Trigger"]


def test_who_comes_second_keeps_their_words_and_sees_the_others(team, report):
    section = report.sections.get(key="summary")
    team.post(url("section", report, "summary"), typed(section, "Den første."))

    response = team.post(url("section", report, "summary"), typed(section, "Den andre."))

    page = response.content.decode()
    assert "Den første." in page
    assert "Den andre." in page
    section.refresh_from_db()
    assert section.text == "Den første."


def test_the_generated_text_can_be_taken_back(team, report):
    ReportSection.objects.filter(report=report, key="summary").update(text="Mitt.")

    team.post(url("section-restore", report, "summary"))

    assert report.sections.get(key="summary").text == "Et godt år."


def test_new_numbers_change_the_texts_nobody_has_written(team, report):
    IdeaFactory(cycle=report.cycle)
    report.sections.filter(key="outcomes").update(text="Vår egen.")
    shown = team.get(url("numbers", report)).content.decode()

    team.post(url("numbers", report))

    assert "Ideer som kom inn" in shown
    assert "fikk vi 1 idé" in report.sections.get(key="summary").text
    own = report.sections.get(key="outcomes")
    assert own.text == "Vår egen."
    assert "den ene ideen" in own.generated


# Published


def publish(team, report):
    form = {"version": actions.draft_version(report)}
    return team.post(url("publish", report), form)


def test_what_is_published_is_read_by_all_and_stands_while_the_draft_is_edited(
    team, client, report
):
    publish(team, report)
    section = report.sections.get(key="summary")
    team.post(url("section", report, "summary"), typed(section, "Kladd."))
    client.logout()

    page = client.get(reverse("annual:public", args=[report.cycle.year])).content.decode()

    assert "Et godt år." in page
    assert "Kladd." not in page
    assert (
        reverse("annual:public", args=[report.cycle.year])
        in client.get(reverse("annual:reports")).content.decode()
    )


def test_published_again_it_is_a_new_version(team, report):
    publish(team, report)
    section = report.sections.get(key="summary")
    team.post(url("section", report, "summary"), typed(section, "Bedre."))
    publish(team, report)

    report.refresh_from_db()
    assert report.published["version"] == 2
    assert "Bedre." in str(report.published)
    assert list(report.files.values_list("number", "is_published")) == [(2, True), (1, True)]


def test_a_draft_that_was_changed_while_it_was_read_is_not_published(team, report, team_member):
    version = actions.draft_version(report)
    actions.restore_report_section(report.sections.first(), by=team_member)

    with pytest.raises(ActionRefused, match="Les den gjennom en gang til"):
        actions.publish_report(report, version=version, by=team_member, at=timezone.now())
    assert team.post(url("publish", report), {"version": "ørret"}).status_code == 200
    report.refresh_from_db()
    assert not report.is_published


def test_what_is_taken_down_is_gone(team, client, report):
    publish(team, report)
    team.post(url("unpublish", report))
    client.logout()

    assert client.get(reverse("annual:public", args=[report.cycle.year])).status_code == 404
    assert AnnualReportFile.objects.filter(report=report).exists()


# Read


def published_with(cycle, *sections):
    facts = facts_of(cycle, Audience.PUBLIC, *sections)
    report = AnnualReportFactory(cycle=cycle, numbers=facts, is_published=True)
    return AnnualReportFileFactory(report=report).report


def outcome_of(idea):
    return {"code": idea.code, "title": idea.title, "words": "Godkjent", "look": "done"}


def test_an_idea_that_is_held_back_later_is_gone_from_the_page_and_the_pdf(client, cycle):
    told, held = (
        IdeaFactory(cycle=cycle, title=title, published_at=timezone.now())
        for title in ("Står fast", "Holdes tilbake")
    )
    report = published_with(cycle)
    report.published["sections"][1]["outcomes"] = [outcome_of(told), outcome_of(held)]
    report.save()
    pages = [reverse(f"annual:{name}", args=[cycle.year]) for name in ("ideas", "public-pdf")]
    assert [client.get(page).status_code for page in pages] == [200, 200]

    held.published_at = None
    held.save()

    shown = client.get(pages[0]).content.decode()
    assert "Står fast" in shown
    assert "Holdes tilbake" not in shown
    assert client.get(pages[1]).status_code == 404


def test_what_is_taken_out_of_a_title_is_taken_out_of_the_report(client, cycle):
    idea = IdeaFactory(cycle=cycle, title="Ring Ola på 91 23 45 67", published_at=timezone.now())
    report = published_with(cycle)
    report.published["sections"][1]["outcomes"] = [outcome_of(idea)]
    report.save()

    idea.title = "Ring"
    idea.save()

    page = client.get(reverse("annual:ideas", args=[cycle.year])).content.decode()
    assert "Ring" in page
    assert "Ola" not in page
    assert client.get(reverse("annual:public-pdf", args=[cycle.year])).status_code == 404


def test_a_project_that_is_closed_later_is_not_named(client, cycle):
    project = ProjectFactory(name="Varselprosjektet")
    report = published_with(cycle)
    row = {"head": project.name, "cells": ["Pågår"], "url": "/", "evidence": ""}
    table = {"caption": "Prosjekter", "head": ["Prosjekt", "Hvor"], "note": "", "is_numeric": False}
    report.published["sections"][1]["tables"] = [
        {**table, "rows": [{**row, "project": project.pk}]}
    ]
    report.save()
    page = reverse("annual:public", args=[cycle.year])
    assert "Varselprosjektet" in client.get(page).content.decode()

    project.opened_at = None
    project.save()

    assert "Varselprosjektet" not in client.get(page).content.decode()


def test_only_management_and_those_around_it_read_its_report(client, cycle, manager, person):
    report = AnnualReportFactory(cycle=cycle, audience=Audience.MANAGEMENT, is_published=True)
    address = report.get_absolute_url()

    assert client.get(address).status_code == 302
    client.force_login(person())
    assert client.get(address).status_code == 403
    assert "For ledelsen" not in client.get(reverse("annual:reports")).content.decode()
    client.force_login(manager)
    assert "Et godt år." in client.get(address).content.decode()


def test_the_front_page_leads_to_the_newest_report(client, cycle):
    earlier = CycleFactory(year=cycle.year - 1, is_current=False)
    IdeaFactory(cycle=earlier)
    draft = AnnualReportFactory(cycle=cycle)
    address = reverse("annual:public", args=[earlier.year])
    AnnualReportFactory(cycle=earlier, is_published=True)

    front = client.get("/").content.decode()

    assert address in front
    assert draft.get_absolute_url() not in front


def test_an_empty_municipality_is_told_that_there_is_no_report(client):
    page = client.get(reverse("annual:reports")).content.decode()

    assert "Ingen årsrapport ennå" in page


def test_the_lists_ask_no_more_questions_when_they_grow(
    client, cycle, django_assert_max_num_queries, django_assert_num_queries
):
    report = published_with(cycle)
    page = reverse("annual:ideas", args=[cycle.year])

    def tell(count):
        ideas = [
            IdeaFactory(cycle=cycle, published_at=timezone.now(), status=IdeaStatus.DECLINED)
            for _each in range(count)
        ]
        report.published["sections"][1]["outcomes"] = [outcome_of(idea) for idea in ideas]
        report.save()

    tell(1)
    with django_assert_max_num_queries(12) as few:
        client.get(page)
    tell(3)
    with django_assert_num_queries(len(few)):
        client.get(page)


# The PDF, as a file


def test_a_pdf_that_failed_can_be_tried_again(team, report):
    failed = AnnualReportFileFactory(
        report=report, status=FileStatus.FAILED, content=None, sha256="", error="Noe gikk galt."
    )
    assert "Noe gikk galt." in team.get(url("edit", report)).content.decode()

    team.post(reverse("annual:file-retry", args=[failed.pk]))

    failed.refresh_from_db()
    assert (failed.status, failed.error) == (FileStatus.QUEUED, "")


def test_the_page_stops_asking_when_no_file_is_underway(team, report):
    team.post(url("file-make", report))
    asked = {"headers": {"HX-Request": "true"}}
    assert team.get(url("edit", report), **asked).status_code == 200

    report.files.update(status=FileStatus.FAILED)

    assert team.get(url("edit", report), **asked).status_code == 286
