"""The pages of a project's products: what they ask, keep, refuse and hand out."""

import io

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import roles
from projects.models import Distribution, ProductStatus
from tests.factories.products import (
    DocumentedProjectFactory,
    begun,
    make_version,
    ready_file,
    write,
)

TEXTAREA = "Vi ble ferdige i tide."


@pytest.fixture
def manager(person):
    return person(roles.PROJECT_MANAGER, name="Jonas Lien")


@pytest.fixture
def owner(person):
    return person(roles.PROJECT_OWNER, name="Anne Bakken")


@pytest.fixture
def project(owner, manager):
    return DocumentedProjectFactory(name="Digital nøkkel", owner=owner, manager=manager)


@pytest.fixture
def product(project):
    return begun(project)


@pytest.fixture
def visitor(client, manager):
    client.force_login(manager)
    return client


def url(name: str, product, **more) -> str:
    where = {"pk": product.project_id, "code": product.template.code}
    return reverse(f"projects:{name}", kwargs=where | more)


def section_url(product) -> str:
    return url("product-section", product, section="sammendrag")


def one_page() -> bytes:
    document, written = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(200, 200)
    document.save(written)
    document.close()
    return written.getvalue()


def test_what_lacks_before_the_gate_stands_first(visitor, project):
    page = visitor.get(reverse("projects:products", args=[project.pk])).content.decode()

    assert "Ett dokument mangler før BP2" in page
    assert page.index("Mangler før BP2") < page.index("Sluttrapport") < page.index("Faseplan")
    assert "Kreves i middels store prosjekter." in page
    assert "Valgfritt i middels store prosjekter." in page


def test_begun_with_a_button(visitor, project):
    template = project.method.templates.get(code="sluttrapport")

    answer = visitor.post(reverse("projects:product-begin", args=[project.pk, template.code]))

    product = project.products.get()
    assert (answer.status_code, answer.url) == (302, product.get_absolute_url())


def test_the_section_shows_draft_guidance_and_the_project_s_data(visitor, product):
    page = visitor.get(section_url(product)).content.decode()

    assert "Dette er et utkast laget av tallene i prosjektet" in page
    assert "Skriv kort." in page
    assert "«Digital nøkkel» startet" in page


def test_saved_without_script(visitor, product):
    answer = visitor.post(section_url(product), {"text": TEXTAREA, "version": 0, "next": "1"})

    text = product.texts.get(section__code="sammendrag")
    assert text.text == TEXTAREA
    assert answer.url == url("product-section", product, section="regnskap")


def test_saves_itself_and_says_so(visitor, product):
    answer = visitor.post(
        section_url(product),
        {"text": TEXTAREA, "version": 0},
        headers={"HX-Request": "true"},
    )

    page = answer.content.decode()
    assert "kept:saved" in answer["HX-Trigger"]
    assert "1 av 2 avsnitt skrevet" in page
    assert 'value="1"' in page  # the version that the next save begins from
    assert "utkast laget av tallene" not in page


def test_an_empty_text_is_kept_too(visitor, product):
    write(product)

    visitor.post(section_url(product), {"text": "", "version": 0})

    assert not product.texts.get(section__code="sammendrag").is_written


def test_the_second_of_two_on_the_same_section_is_told(visitor, product, manager):
    visitor.post(section_url(product), {"text": "Deres.", "version": 0})

    page = visitor.post(section_url(product), {"text": "Min.", "version": 0}).content.decode()

    assert "Slik står det lagret nå" in page
    assert "Deres." in page
    assert ">Min.</textarea>" in page.replace("\nMin.", "Min.")
    assert product.texts.get(section__code="sammendrag").text == "Deres."


def test_two_on_different_sections_do_not_disturb_each_other(visitor, product):
    visitor.post(section_url(product), {"text": "En.", "version": 0})
    visitor.post(url("product-section", product, section="annet"), {"text": "To.", "version": 0})

    assert set(product.texts.values_list("text", flat=True)) >= {"En.", "To."}


def test_what_is_typed_while_the_owner_reads_is_refused_and_shown(visitor, product):
    make_version(write(product), for_approval=True)

    answer = visitor.post(section_url(product), {"text": TEXTAREA, "version": 0})

    assert answer.status_code == 409
    assert TEXTAREA in answer.content.decode()


def test_leaving_out_needs_a_reason(visitor, product):
    page = visitor.post(url("product-leave-out", product), {"reason": " "}).content.decode()

    assert "Skriv hvorfor prosjektet ikke lager dette." in page
    product.refresh_from_db()
    assert product.is_draft


def test_a_version_is_sent_with_one_button_and_kept_with_the_other(visitor, product):
    write(product)
    form = {"change": "Første utgave", "case_number": "26/1847"}

    visitor.post(url("product-version-make", product), form)
    product.refresh_from_db()
    assert (product.is_draft, product.case_number) == (True, "26/1847")

    visitor.post(url("product-version-make", product), form | {"approval": "1"})
    product.refresh_from_db()
    assert product.is_ready


def test_what_must_be_written_first_is_named(visitor, product):
    page = visitor.get(url("product-version-make", product)).content.decode()

    assert "Dette må skrives før eieren kan godkjenne" in page
    assert "Send til Anne Bakken" not in page


@pytest.mark.parametrize(
    ("answer", "reason", "status"),
    [
        ("approve", "", ProductStatus.APPROVED),
        ("give_back", "Tallene mangler.", ProductStatus.DRAFT),
        ("give_back", "", ProductStatus.READY),
        ("", "", ProductStatus.READY),
    ],
)
def test_the_owner_answers(client, owner, product, answer, reason, status):
    make_version(write(product), for_approval=True)
    client.force_login(owner)

    client.post(url("product-decide", product), {"number": 1, "answer": answer, "reason": reason})

    product.refresh_from_db()
    assert product.status == status


def test_a_file_in_the_place_of_the_text(visitor, project):
    template = project.method.templates.get(code="sluttrapport")
    file = SimpleUploadedFile("rapport.pdf", one_page(), "application/pdf")

    visitor.post(
        reverse("projects:product-attach", args=[project.pk, template.code]),
        {"files": file, "replaces": "on"},
    )

    kept = project.products.get().attachments.get()
    answer = visitor.get(url("product-attachment", kept.product, attachment=kept.pk))
    assert (kept.name, kept.replaces) == ("rapport.pdf", True)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    visitor.post(url("product-detach", kept.product, attachment=kept.pk))
    assert not project.products.get().attachments.exists()


@pytest.mark.parametrize(
    ("content", "fault"),
    [(b"", "Fila er tom"), (b"MZ\x90\x00", "Vi tar imot bilder"), (None, "Velg en fil.")],
)
def test_what_cannot_be_kept_is_refused_plainly(visitor, product, content, fault):
    sent = {} if content is None else {"files": SimpleUploadedFile("fil.pdf", content)}

    page = visitor.post(url("product-attach", product), sent).content.decode()

    assert fault in page
    assert not product.attachments.exists()


def test_the_log_of_who_got_it(visitor, product, today):
    version = make_version(write(product))
    where = url("product-distribute", product, number=version.number)

    visitor.post(where, {"to": "Prosjektstyret", "on": "2100-01-01"})
    assert not Distribution.objects.exists()

    visitor.post(where, {"to": "Prosjektstyret", "on": today.isoformat()})
    assert "Prosjektstyret" in visitor.get(product.get_absolute_url()).content.decode()


def test_versions_side_by_side(visitor, product):
    make_version(write(product, "Vi ble ferdige i tide."))
    make_version(write(product, "Vi ble ferdige for sent."))

    page = visitor.get(url("product-compare", product, number=2)).content.decode()

    assert "<del" in page
    assert "<ins" in page
    assert visitor.get(url("product-compare", product, number=1)).status_code == 404


def test_the_file_is_asked_for_shown_and_handed_out(visitor, product):
    version = make_version(write(product))
    where = {"number": version.number}

    visitor.post(url("product-file-make", product, **where))
    waiting = visitor.get(url("product-file", product, **where)).content.decode()
    version.file.delete()
    ready_file(version)
    ready = visitor.get(url("product-file", product, **where)).content.decode()
    word = visitor.get(url("product-word", product, **where))

    assert "Vi lager filene." in waiting
    assert "Last ned PDF" in ready
    assert "endret siden" not in ready
    assert word["Content-Type"].endswith("wordprocessingml.document")
    assert b"".join(word) == b"PK"


def test_the_file_says_when_the_log_has_more(visitor, product, today):
    version = make_version(write(product))
    ready_file(version)
    Distribution.objects.create(
        product_version=version, to="Styret", on=today, by=product.project.manager
    )

    page = visitor.get(url("product-file", product, number=1)).content.decode()

    assert "Lag filene på nytt" in page


def test_the_page_of_a_product_asks_as_often_for_many_versions(
    visitor, product, django_assert_max_num_queries
):
    make_version(write(product))
    with django_assert_max_num_queries(30) as first:
        visitor.get(product.get_absolute_url())

    for number in range(4):
        make_version(write(product, f"Tekst {number}"))

    with django_assert_max_num_queries(len(first)):
        visitor.get(product.get_absolute_url())
