"""The portfolio of benefits as workbook and PDF."""

import datetime as dt
import io

import openpyxl
import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from benefits.actions.portfolio import forget_portfolio_files, requeue_stale_portfolio_files
from benefits.models import PortfolioFile
from core.made_files import FileStatus
from tests.factories.benefits import BenefitFactory, BenefitYearFactory
from tests.factories.benefits_portfolio import BenefitsPortfolioFileFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def management(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def two(today):
    """One saves kroner; the other costs freed time that a budget is cut by."""
    porto = BenefitFactory(name="=1+1", kind="direct", frozen_at=timezone.now())
    BenefitYearFactory(
        benefit=porto,
        year=today.year,
        promised=500,
        plan=600,
        actual=400,
        evidence="judged",
        taken_out=300,
    )
    time = BenefitFactory(
        name="Flere spørsmål", kind="time", use="budget", kroner_per_person_year=700_000
    )
    time.is_disbenefit = True
    time.save()
    BenefitYearFactory(benefit=time, year=today.year, plan=2)
    return porto, time


def book_of(response):
    return openpyxl.load_workbook(io.BytesIO(response.content))


def test_the_workbook_has_the_rows_and_sums_that_are_formulas(management, two, today):
    book = book_of(management.get(reverse("benefits:portfolio-export")))

    titles, *rows = book["Per år"].iter_rows(values_only=True)
    by_name = {row[1]: dict(zip(titles, row, strict=True)) for row in rows}
    porto, time = by_name["=1+1"], by_name["Flere spørsmål"]
    assert (porto["Enhet"], porto["Ganges med"], porto["Lovet"]) == ("kroner", 1, 500)
    assert (porto["Tallet er"], porto["Tatt ut"]) == ("Skjønn", 300)
    assert (time["Enhet"], time["Ganges med"], time["Lovet"]) == ("kroner", -700_000, 2)
    assert {row[13] for row in rows} == {"=I2*$H2", "=I3*$H3"}
    assert [book["Per år"].cell(2, column).data_type for column in (2, 14)] == ["s", "f"]
    sums = book["Sum"]
    assert sums["B1"].value == today.year
    assert sums["B4"].value == (
        "=SUMIFS('Per år'!$N:$N,'Per år'!$G:$G,\"kroner\",'Per år'!$F:$F,\"<=\"&$B$1)"
    )
    assert [cell.value for cell in book["Per år"][1]][13:] == [
        "Lovet, i summen",
        "Plan nå, i summen",
        "Realisert, i summen",
        "Tatt ut, i summen",
    ]
    assert book["Gevinster"].max_row == 3


def test_very_many_are_written_by_a_worker(
    management, manager, two, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("benefits.views.portfolio_files.AT_ONCE", 1)
    files = reverse("benefits:portfolio-files")

    assert management.get(reverse("benefits:portfolio-export")).url.startswith(files)
    with django_capture_on_commit_callbacks(execute=True):
        management.post(f"{files}?q=flere", {"kind": "workbook"})

    file = PortfolioFile.objects.get(requested_by=manager)
    assert file.status == FileStatus.READY, file.error
    book = book_of(management.get(reverse("benefits:portfolio-file-download", args=[file.pk])))
    assert [row[1].value for row in book["Gevinster"].iter_rows(min_row=2)] == ["Flere spørsmål"]


def test_the_overview_is_a_tagged_pdf_that_can_be_archived(
    management, manager, two, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        management.post(f"{reverse('benefits:portfolio-files')}?kind=direct", {"kind": "overview"})

    file = PortfolioFile.objects.get(requested_by=manager)
    assert file.status == FileStatus.READY, file.error
    with pikepdf.open(io.BytesIO(bytes(file.content))) as document:
        assert document.Root.MarkInfo.Marked
        assert "Gevinstoversikt" in str(document.docinfo["/Title"])
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
    told = file.snapshot
    assert told["narrowed"] == "Type: Økonomisk – direkte."
    assert [step["amount"] for step in told["units"][0]["steps"]][:2] == ["500\xa0kr", "+100\xa0kr"]


def test_a_file_is_its_own_persons_alone(client, team_member):
    file = BenefitsPortfolioFileFactory()
    client.force_login(team_member)

    address = reverse("benefits:portfolio-file-download", args=[file.pk])

    assert client.get(address).status_code == 403
    assert PortfolioFile.objects.of(team_member).count() == 0


def test_what_no_worker_took_is_handed_out_again_and_what_is_old_is_forgotten():
    now = timezone.now()
    waiting = BenefitsPortfolioFileFactory(status="queued", content=None, sha256="")
    PortfolioFile.objects.filter(pk=waiting.pk).update(updated_at=now - dt.timedelta(minutes=9))
    old = BenefitsPortfolioFileFactory()
    PortfolioFile.objects.filter(pk=old.pk).update(created_at=now - dt.timedelta(days=31))

    assert requeue_stale_portfolio_files(at=now) == 1
    assert forget_portfolio_files(at=now) == 1
    assert PortfolioFile.objects.get() == waiting
