"""What a product shows of the project, how its text is read, and how two versions differ."""

import datetime as dt
import hashlib
import io
import subprocess
from pathlib import Path

import page
import pypdfium2
import pytest
from django.db import transaction
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn

from core.made_files import FileStatus
from projects import product_data, product_document, product_drafts, product_making
from projects.actions import products as actions
from projects.models import (
    BudgetLine,
    ChangeRequestStatus,
    DataBlock,
    Lesson,
    Method,
    Milestone,
    ProductFile,
    ProductTemplate,
    Risk,
    Stakeholder,
    TemplateSection,
    Tolerance,
    UserInvolvement,
)
from projects.product_document import Prose, prose
from projects.reference import load_reference
from tests.e2e import spreadsheet
from tests.factories.benefits import BenefitFactory
from tests.factories.products import DocumentedProjectFactory, begun, make_version, write
from tests.factories.projects import ChangeRequestFactory

TODAY = dt.date(2026, 11, 2)
NASTY = "<script>alert(1)</script> & «sitat» æøå áčđŋšŧž 😀 中文 ⅓ \x0b\r\n\r\n" + "langtord" * 30


def fill(project) -> None:
    """One line of each kind that a product shows."""
    owner = project.owner
    for year, budget, spent, forecast in [
        (2026, 400_000, 300_000, 450_000),
        (2027, 100_000, 0, None),
    ]:
        BudgetLine.objects.create(
            project=project,
            year=year,
            source="Egen ramme",
            sector=project.sector,
            budget=budget,
            spent=spent,
            forecast=forecast,
            person_years="0.5",
        )
    Milestone.objects.create(
        project=project,
        name="Byen er ferdig",
        delivers="640 dører",
        planned_on=TODAY,
        agreed_on=TODAY,
        reached_on=TODAY + dt.timedelta(days=12),
    )
    for kind, event in [("threat", "Dørene passer ikke"), ("opportunity", "Flere vil være med")]:
        Risk.objects.create(
            project=project,
            number=project.risks.count() + 1,
            kind=kind,
            event=event,
            likelihood=4,
            impact=3,
            likelihood_after=2,
            impact_after=1,
            strategy="reduce" if kind == "threat" else "use",
            owner=owner,
        )
    Stakeholder.objects.create(project=project, name="Pårørende", message="De kan si nei.")
    Lesson.objects.create(
        project=project, kind="positive", text="Prøv i én sone.", noted_on=TODAY, noted_by=owner
    )
    Lesson.objects.create(
        project=project, kind="negative", text="Mål dørene.", noted_on=TODAY, noted_by=owner
    )
    Tolerance.objects.create(project=project, parameter="time", limit=30, set_on=TODAY)
    UserInvolvement.objects.create(
        project=project, held_on=TODAY, who="Brukerrådet", how="Møte", changed="Låsen ble lysere."
    )
    BenefitFactory(project=project, name="Færre turer")
    ChangeRequestFactory(
        project=project,
        title="Ny sone",
        cost=50_000,
        days=30,
        status=ChangeRequestStatus.APPROVED,
        decided_at=timezone.now(),
        decision_reason="Ja.",
        decided_by=owner,
    )


@pytest.fixture
def project(db):
    return DocumentedProjectFactory(name="Digital nøkkel", started_on=TODAY)


@pytest.fixture
def full_project(project):
    fill(project)
    return project


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n\n ", []),
        ("En.", [Prose(["En."])]),
        ("En.\nTo.", [Prose(["En.", "To."])]),
        ("En.\r\n\r\nTo.", [Prose(["En."]), Prose(["To."])]),
        ("- a\n- b", [Prose(["a", "b"], is_list=True)]),
        ("Slik:\n- a\nSlutt", [Prose(["Slik:"]), Prose(["a"], is_list=True), Prose(["Slutt"])]),
        ("-5 grader", [Prose(["-5 grader"])]),
    ],
)
def test_blank_lines_and_bullets_are_the_only_markup(text, expected):
    assert prose(text) == expected


@pytest.mark.parametrize("block", [block for block in DataBlock if block])
def test_every_kind_of_data_says_something_without_data(project, block):
    tables = product_data.tables(block, project, gate="BP5")

    assert all(table["rows"] or table["empty"] for table in tables)


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (DataBlock.BUDGET, ["2026", "Egen ramme", "400\u202f000", "300\u202f000", "450\u202f000"]),
        (DataBlock.MILESTONES, ["Byen er ferdig", "640 dører", "2. nov. 2026"]),
        (
            DataBlock.THREATS,
            [
                "Dørene passer ikke",
                "4\u00a0×\u00a03\u00a0=\u00a012",
                "2\u00a0×\u00a01\u00a0=\u00a02",
            ],
        ),
        (DataBlock.OPPORTUNITIES, ["Flere vil være med"]),
        (DataBlock.UNCERTAINTY, ["Dørene passer ikke", "Flere vil være med"]),
        (DataBlock.STAKEHOLDERS, ["Pårørende", "De kan si nei."]),
        (DataBlock.TOLERANCES, ["Tid", "30 dager"]),
        (DataBlock.INVOLVEMENT, ["Brukerrådet", "Låsen ble lysere."]),
        (DataBlock.LESSONS, ["Prøv i én sone."]),
        (DataBlock.BENEFITS, ["Færre turer"]),
        (DataBlock.CHANGES, ["Ny sone", "50\u202f000", "Godkjent"]),
        (DataBlock.ORGANISATION, ["Prosjekteier", "Prosjektleder"]),
    ],
)
def test_the_project_s_own_data_are_shown(full_project, block, words):
    tables = product_data.tables(block, full_project, gate="BP5")

    cells = {cell for table in tables for row in table["rows"] for cell in row}
    assert set(words) <= cells


def test_the_money_is_summed_with_the_budget_where_there_is_no_forecast(full_project):
    [table] = product_data.tables(DataBlock.BUDGET, full_project, gate="BP5")

    assert table["total"] == ["Sum", "", "500\u202f000", "300\u202f000", "550\u202f000", "1"]


def test_the_final_report_is_drafted_of_the_data(full_project):
    template = ProductTemplate(code="sluttrapport")

    texts = product_drafts.drafts(full_project, template)

    assert (
        "Budsjettet er 500\u202f000\u00a0kr, og 300\u202f000\u00a0kr er brukt."
        in (texts["sammendrag"])
    )
    assert texts["produkter"].startswith("- 640 dører, ferdig 14. november 2026")
    assert "Byen er ferdig: 12 dager etter avtalt dato" in texts["framdrift"]
    assert "IKT-styringsrådet godkjente én endring." in texts["framdrift"]
    assert "Vedtatte endringer la til 50\u202f000\u00a0kr." in texts["regnskap"]
    assert texts["laering"] == (
        "Dette virket godt:\n- Prøv i én sone.\n\nDette ville vi gjort annerledes:\n- Mål dørene."
    )
    assert "Færre turer: nullpunkt" in texts["gevinster"]


def test_where_the_data_say_nothing_there_is_no_draft(project):
    assert "laering" not in product_drafts.drafts(project, ProductTemplate(code="sluttrapport"))


@pytest.fixture(scope="module")
def reference(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        yield Method.objects.get(version="2026")
        transaction.set_rollback(True)


def test_every_draft_is_for_a_section_that_there_is(reference, db):
    sections = TemplateSection.objects.filter(template__method=reference)
    there = set(sections.values_list("template__code", "code"))

    assert set(product_drafts.TELLERS) <= there


def test_the_method_has_the_documents_of_the_source(reference, db):
    """domain.md §3.3 and §3.5: eleven, of which each size requires its own."""
    templates = ProductTemplate.objects.filter(method=reference)
    required = {
        size: set(templates.filter(required_in__contains=[size]).values_list("code", flat=True))
        for size in ("small", "medium", "large")
    }

    medium = {
        "mandat",
        "prosjektforslag",
        "styringsdokument",
        "gevinstrealiseringsplan",
        "sluttrapport",
    }
    assert templates.count() == 11
    assert required["small"] == {"mandat-og-forslag", "sluttrapport"}
    assert required["medium"] == medium
    assert required["large"] == medium | {
        "prosjektbegrunnelse",
        "faseplan",
        "avslutningsanbefaling",
        "avslutningsanmodning",
        "konseptevaluering",
    }


def test_a_version_is_not_changed_by_what_happens_to_the_project(full_project):
    version = make_version(write(begun(full_project)))

    full_project.budget_lines.all().delete()

    version.refresh_from_db()
    table = next(each for each in version.content["sections"] if each["code"] == "regnskap")
    assert len(table["tables"][0]["rows"]) == 2


def test_what_differs_is_said_in_words_and_word_by_word(full_project):
    product = write(begun(full_project), "Vi ble ferdige i tide.")
    before = make_version(product).content
    product.texts.filter(section__code="sammendrag").update(text="Vi ble ferdige for sent.")
    full_project.budget_lines.filter(year=2027).delete()
    after = make_version(product).content

    [pair] = product_document.pairs(before, after)

    assert product_document.changes(before, after) == [
        "Teksten er endret i: Sammendrag.",
        "Tallene fra prosjektet er endret i: Regnskap.",
    ]
    assert [piece.text for piece in pair.after if piece.is_changed] == ["for", "sent."]
    assert "".join(piece.text for piece in pair.before) == "Vi ble ferdige i tide."


def made(version) -> ProductFile:
    file = actions.ask_for_product_file(version, by=version.made_by)
    product_making.make(file)
    return ProductFile.objects.get(pk=file.pk)


def failures(content: bytes) -> list[str]:
    reports = [page.validate_pdf_bytes(content, profile=profile) for profile in ("2a", "ua1")]
    return [f"{finding.rule_id} {finding.message}" for one in reports for finding in one.failures]


@pytest.mark.parametrize("text", ["Slik:\n- en\n- to", NASTY], ids=["plain", "nasty"])
def test_the_pdf_is_pdf_a_2a_and_pdf_ua_1(full_project, text):
    full_project.name = text[:100]
    full_project.save()
    version = make_version(write(begun(full_project), text))
    actions.distribute(version, to=text[:150], on=TODAY, by=full_project.manager)

    file = made(version)

    content = bytes(file.content)
    assert (file.status, file.error, file.step) == (FileStatus.READY, "", 4)
    assert failures(content) == []
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert file.word_sha256 == hashlib.sha256(bytes(file.word)).hexdigest()
    assert Document(io.BytesIO(bytes(file.word))).paragraphs[0].style.name == "Title"


def test_the_word_document_has_real_headings_tables_and_language(full_project):
    product = write(begun(full_project), "Slik:\n- en\n- to")
    product.texts.filter(section__code="annet").update(text="")  # optional, and left out
    version = make_version(product, for_approval=True)
    actions.decide_product(
        version, is_approved=True, reason="", by=full_project.owner, at=timezone.now()
    )
    actions.distribute(version, to="Prosjektstyret", on=TODAY, by=full_project.manager)
    version.refresh_from_db()

    word = Document(io.BytesIO(bytes(made(version).word)))

    headings = [each.text for each in word.paragraphs if each.style.name == "Heading 1"]
    assert headings == ["Sammendrag", "Regnskap", "Endringslogg", "Distribusjonslogg"]
    bullets = [each.text for each in word.paragraphs if each.style.name == "List Bullet"]
    assert bullets == ["en", "to"] * 2
    head, money, changes, sent = word.tables
    assert [cell.text for cell in head.rows[2].cells] == ["Saksnummer", "26/1847"]
    assert head.rows[8].cells[1].text == f"Godkjent av {full_project.owner}"
    assert money.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in money.rows[-1].cells][:3] == ["Sum", "", "500\u202f000"]
    assert changes.rows[1].cells[2].text == "Første utgave"
    assert sent.rows[1].cells[2].text == "Prosjektstyret"
    properties = word.core_properties
    assert (properties.language, properties.title) == ("nb-NO", "Sluttrapport: Digital nøkkel")
    assert "26/1847" in word.sections[0].footer.paragraphs[0].text


def has_writer() -> bool:
    """A LibreOffice that has only the spreadsheets cannot open a document."""
    program = spreadsheet.PROGRAM
    return program is not None and (Path(program).resolve().parent / "libswlo.so").exists()


@pytest.mark.slow
@pytest.mark.skipif(not has_writer(), reason="LibreOffice is missing (package libreoffice-writer)")
def test_libreoffice_opens_the_word_document(full_project, tmp_path):
    version = make_version(write(begun(full_project), "Vi ble ferdige.\n\n- en\n- to"))
    source = tmp_path / "sluttrapport.docx"
    source.write_bytes(bytes(made(version).word))

    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [spreadsheet.PROGRAM, profile, "--headless", "--norestore", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", tmp_path, source], check=True, timeout=120, capture_output=True
    )

    document = pypdfium2.PdfDocument(tmp_path / "sluttrapport.pdf")
    words = " ".join(each.get_textpage().get_text_range() for each in document)
    document.close()
    assert "Sluttrapport: Digital nøkkel" in words
    assert "Penger per år og kilde" in words
    assert "Endringslogg" in words
    assert "Vi ble ferdige." in words
