import factory
from django.utils import timezone

from core.made_files import FileStatus
from projects import product_document
from projects.actions import products as actions
from projects.models import (
    DataBlock,
    Method,
    Product,
    ProductAttachment,
    ProductFile,
    ProductStatus,
    ProductTemplate,
    ProductVersion,
    ProjectPhase,
    Size,
    TemplateSection,
)
from tests.factories.municipality import UserFactory
from tests.factories.projects import ProjectFactory


def method_with_documents(version: str = "dokumenter") -> Method:
    """One for middels and store, one for the large, and one page for the small."""
    method, is_new = Method.objects.get_or_create(version=version, defaults={"name": "Prøve"})
    if is_new:
        _template(method, 1, "sluttrapport", "BP2", [Size.MEDIUM, Size.LARGE])
        _template(method, 2, "faseplan", "BP2", [Size.LARGE])
        _template(method, 3, "mandat-og-forslag", "BP2", [Size.SMALL])
    return method


def _template(method: Method, order: int, code: str, gate: str, required_in: list[str]) -> None:
    template = ProductTemplate.objects.create(
        method=method,
        code=code,
        name=code.capitalize(),
        phase="concept",
        gate=gate,
        order=order,
        required_in=required_in,
    )
    sections = [
        ("sammendrag", "", True),
        ("regnskap", DataBlock.BUDGET, True),
        ("annet", "", False),
    ]
    TemplateSection.objects.bulk_create(
        TemplateSection(
            template=template,
            order=place,
            code=section,
            heading=section.capitalize(),
            guidance="Skriv kort.",
            data=data,
            is_required=is_required,
        )
        for place, (section, data, is_required) in enumerate(sections, 1)
    )


class DocumentedProjectFactory(ProjectFactory):
    """With the small method, and somebody to lead it."""

    method = factory.LazyFunction(method_with_documents)
    phase = ProjectPhase.CONCEPT
    manager = factory.SubFactory(UserFactory)


def begun(project, code: str = "sluttrapport") -> Product:
    template = ProductTemplate.objects.get(method=project.method, code=code)
    return actions.begin(project, template, by=project.manager)


def write(product: Product, text: str = "Ferdig skrevet.") -> Product:
    product.texts.update(text=text, is_drafted=False)
    return product


def make_version(product: Product, *, for_approval: bool = False) -> ProductVersion:
    return actions.make_version(
        product,
        change="Første utgave",
        case_number="26/1847",
        for_approval=for_approval,
        by=product.project.manager,
        at=timezone.now(),
    )


def ready_file(version: ProductVersion) -> ProductFile:
    return ProductFile.objects.create(
        product_version=version,
        snapshot=product_document.snapshot(version),
        status=FileStatus.READY,
        content=b"%PDF-1.7",
        size=8,
        sha256="a" * 64,
        word=b"PK",
        word_sha256="b" * 64,
        requested_by=version.made_by,
    )


class ProductAttachmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProductAttachment

    name = "mandat.pdf"
    kind = "application/pdf"
    content = b"%PDF-1.7"
    size = 8
    sha256 = factory.Sequence(lambda n: f"{n:064}")
    added_at = factory.LazyFunction(timezone.now)
    added_by = factory.SubFactory(UserFactory)


def documented_project(owner, manager):
    """A draft with two versions and a file, and another that waits for the owner.

    Gives the draft's second version and the product that waits.
    """
    project = DocumentedProjectFactory(owner=owner, manager=manager, size=Size.LARGE)
    draft = write(begun(project))
    make_version(draft)
    write(draft, "Skrevet om.")
    version = make_version(draft)
    ready_file(version)
    ProductAttachmentFactory(product=draft, added_by=manager)
    waiting = write(begun(project, "faseplan"))
    make_version(waiting, for_approval=True)
    waiting.refresh_from_db()
    assert waiting.status == ProductStatus.READY
    return version, waiting
