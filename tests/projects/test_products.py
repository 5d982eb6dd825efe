"""Which products a project is to have, and what happens to one from the first word to approval."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import ActionRefused
from core.models import Event, OutgoingMail
from ideas.models import VirusCheck
from projects import products
from projects.actions import products as actions
from projects.models import (
    Ending,
    Product,
    ProductFile,
    ProductStatus,
    ProductTemplate,
    ProductVersion,
    Size,
)
from projects.product_waiting import waiting_for
from tests.factories.products import (
    DocumentedProjectFactory,
    ProductAttachmentFactory,
    begun,
    make_version,
    write,
)


@pytest.fixture
def project(db):
    return DocumentedProjectFactory(name="Digital nøkkel")


@pytest.fixture
def product(project) -> Product:
    return begun(project)


def template(project, code: str) -> ProductTemplate:
    return ProductTemplate.objects.get(method=project.method, code=code)


def codes(rows) -> list[str]:
    return [row.template.code for row in rows]


@pytest.mark.parametrize(
    ("size", "shown", "required"),
    [
        (Size.SMALL, ["sluttrapport", "faseplan", "mandat-og-forslag"], ["mandat-og-forslag"]),
        (Size.MEDIUM, ["sluttrapport", "faseplan"], ["sluttrapport"]),
        (Size.LARGE, ["sluttrapport", "faseplan"], ["sluttrapport", "faseplan"]),
    ],
)
def test_the_size_says_what_is_required(project, size, shown, required):
    project.size = size

    rows = products.of(project)

    assert codes(rows) == shown
    assert codes(row for row in rows if row.is_required) == required
    assert codes(products.missing(project, "BP2", rows)) == required


def test_what_is_begun_is_shown_whatever_the_size(project):
    begun(project, "mandat-og-forslag")

    assert "mandat-og-forslag" in codes(products.of(project))


def test_a_gate_waits_for_its_own_documents_and_those_of_the_gates_before(project):
    assert products.missing(project, "BP1") == []
    assert codes(products.missing(project, "BP3")) == ["sluttrapport"]


def test_nothing_is_missing_when_there_is_no_gate_left(project):
    assert products.missing(project, "") == []


def approve(product: Product) -> ProductVersion:
    version = make_version(write(product), for_approval=True)
    actions.decide_product(
        version, is_approved=True, reason="", by=product.project.owner, at=timezone.now()
    )
    product.refresh_from_db()
    return version


def leave_out(product: Product) -> None:
    actions.leave_out(
        product.project, product.template, reason="Står i saken.", by=product.project.owner
    )


def attach(product: Product) -> None:
    ProductAttachmentFactory(product=product, replaces=True)


@pytest.mark.parametrize("settle", [approve, leave_out, attach])
def test_a_gate_need_not_wait_for_what_is_settled(product, settle):
    settle(product)

    assert products.missing(product.project, "BP2") == []
    assert list(Product.objects.settled()) == [product]


def unread_file(product: Product) -> None:
    ProductAttachmentFactory(product=product, replaces=True, virus_check=VirusCheck.WAITING)


def file_beside(product: Product) -> None:
    ProductAttachmentFactory(product=product, replaces=False)


def wait_for_owner(product: Product) -> None:
    make_version(write(product), for_approval=True)


@pytest.mark.parametrize("half_settle", [unread_file, file_beside, wait_for_owner, write])
def test_a_gate_waits_for_what_is_not_settled(product, half_settle):
    half_settle(product)

    assert codes(products.missing(product.project, "BP2")) == ["sluttrapport"]
    assert not Product.objects.settled().exists()


def test_beginning_drafts_from_the_data_and_says_so(project, product):
    summary = product.texts.get(section__code="sammendrag")

    assert "«Digital nøkkel» startet" in summary.text
    assert summary.is_drafted
    assert not summary.is_written
    assert not product.texts.get(section__code="annet").text


def test_beginning_twice_is_beginning_once(project, product):
    again = actions.begin(project, product.template, by=project.manager)

    assert again == product
    assert product.texts.count() == 3


def test_nothing_begins_in_a_project_that_has_ended(project):
    project.ending, project.ended_on = Ending.LINE, timezone.localdate()
    project.save()

    with pytest.raises(ActionRefused, match="avsluttet"):
        begun(project)


def test_a_document_of_another_method_is_refused(project):
    other = ProductTemplate.objects.create(
        method=type(project.method).objects.create(name="Ny", version="ny"),
        code="mandat",
        name="Mandat",
        phase="idea",
        gate="BP1",
        order=1,
    )

    with pytest.raises(ActionRefused, match="annen utgave"):
        actions.begin(project, other, by=project.manager)


def test_saving_a_section_makes_it_written(product):
    text = product.texts.get(section__code="sammendrag")
    text.text = "Vi ble ferdige."

    actions.save_section(text, by=product.project.manager)

    text.refresh_from_db()
    assert (text.is_drafted, text.version, text.is_written) == (False, 1, True)


def test_what_the_owner_reads_is_not_written_on(product):
    make_version(write(product), for_approval=True)

    with pytest.raises(ActionRefused, match="Til godkjenning"):
        actions.save_section(product.texts.first(), by=product.project.manager)


def test_unread_drafts_are_not_sent_for_approval(product):
    with pytest.raises(ActionRefused, match="Sammendrag og Regnskap"):
        make_version(product, for_approval=True)

    assert not ProductVersion.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_a_file_in_the_place_of_the_text_can_be_sent_for_approval(product):
    attach(product)

    version = make_version(product, for_approval=True)

    assert version.content["attachments"][0]["replaces"]


def test_the_owner_is_asked_and_the_maker_told(product):
    owner, manager = product.project.owner, product.project.manager

    version = make_version(write(product), for_approval=True)
    asked = OutgoingMail.objects.get()
    tasks = waiting_for(owner, on=timezone.localdate())
    actions.decide_product(version, is_approved=True, reason="", by=owner, at=timezone.now())

    product.refresh_from_db()
    version.refresh_from_db()
    assert asked.to == owner.email
    assert "Første utgave" in asked.body
    assert [task.title for task in tasks] == ["Godkjenn «Sluttrapport»"]
    assert waiting_for(owner, on=timezone.localdate()) == []
    assert (product.status, version.approved_by) == (ProductStatus.APPROVED, owner)
    assert OutgoingMail.objects.latest("pk").to == manager.email


def test_given_back_with_a_reason_it_can_be_written_on(product):
    version = make_version(write(product), for_approval=True)

    actions.decide_product(
        version,
        is_approved=False,
        reason="Tallene mangler.",
        by=product.project.owner,
        at=timezone.now(),
    )

    product.refresh_from_db()
    version.refresh_from_db()
    assert (product.status, version.return_reason) == (ProductStatus.DRAFT, "Tallene mangler.")
    assert "Tallene mangler." in OutgoingMail.objects.latest("pk").body


def test_an_older_version_is_not_approved(product):
    first = make_version(write(product))
    make_version(write(product, "Nytt."), for_approval=True)

    with pytest.raises(ActionRefused, match="nyere versjon"):
        actions.decide_product(
            first, is_approved=True, reason="", by=product.project.owner, at=timezone.now()
        )


def test_a_version_is_approved_once(product):
    version = approve(product)

    with pytest.raises(ActionRefused):
        actions.decide_product(
            version,
            is_approved=False,
            reason="Angret.",
            by=product.project.owner,
            at=timezone.now(),
        )


def test_a_version_without_changes_is_refused(product):
    make_version(write(product))

    with pytest.raises(ActionRefused, match="Ingenting er endret siden versjon 1"):
        make_version(product)


def test_the_approved_version_holds_while_the_next_is_written(product):
    version = approve(product)

    actions.begin_next_version(product, by=product.project.manager)
    row = products.row_of(product.project, product.template)

    assert row.approved == version
    assert row.product.status == ProductStatus.DRAFT


def test_taken_back_from_the_owner(product):
    make_version(write(product), for_approval=True)

    actions.withdraw(product, by=product.project.manager)

    product.refresh_from_db()
    assert product.is_draft


def test_left_out_and_taken_back(product):
    leave_out(product)
    product.refresh_from_db()
    assert (product.status, product.left_out_by) == ("left_out", product.project.owner)
    with pytest.raises(ActionRefused, match="utelatt"):
        begun(product.project)

    actions.take_back(product, by=product.project.manager)

    product.refresh_from_db()
    assert (product.status, product.left_out_reason, product.left_out_by) == ("draft", "", None)
    verbs = ["product begun", "product left out", "product taken back"]
    assert list(
        Event.objects.filter(verb__startswith="product").values_list("verb", flat=True)
    ) == (verbs)


@pytest.mark.parametrize(
    "change", [{"content": {"sections": []}}, {"number": 9}, {"change": "Noe annet"}]
)
def test_the_database_keeps_a_version_as_it_was(product, change):
    version = make_version(write(product))

    with pytest.raises(IntegrityError, match="is kept as it was"), transaction.atomic():
        ProductVersion.objects.filter(pk=version.pk).update(**change)


def test_an_approval_is_not_moved(product):
    version = approve(product)

    with pytest.raises(IntegrityError, match="is kept as it was"), transaction.atomic():
        ProductVersion.objects.filter(pk=version.pk).update(
            approved_at=timezone.now() + dt.timedelta(days=1)
        )


def test_a_file_is_made_once_and_anew_when_the_log_says_more(product):
    version = make_version(write(product))
    by = product.project.manager

    first = actions.ask_for_product_file(version, by=by)
    again = actions.ask_for_product_file(version, by=by)
    ProductFile.objects.filter(pk=first.pk).update(
        status="ready", content=b"%PDF", sha256="a" * 64, word=b"PK", word_sha256="b" * 64
    )
    unchanged = actions.ask_for_product_file(version, by=by)
    actions.distribute(version, to="Styret", on=timezone.localdate(), by=by)
    anew = actions.ask_for_product_file(version, by=by)

    assert first == again == unchanged
    assert anew.pk != first.pk
    assert anew.snapshot["distributions"][0][2] == "Styret"


def test_the_list_asks_as_often_for_many_as_for_one(project, django_assert_num_queries):
    begun(project)
    with django_assert_num_queries(3):
        products.of(project)

    for code in ("faseplan", "mandat-og-forslag"):
        make_version(write(begun(project, code)))
        approve(begun(project, code))

    with django_assert_num_queries(3):
        assert [bool(row.approved) for row in products.of(project)] == [False, True, True]
