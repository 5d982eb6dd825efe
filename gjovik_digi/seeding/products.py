"""The documents of the demo's projects: approved, waiting, half written and left out."""

from typing import Any

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene, backdate, moment
from projects import product_document, product_drafts
from projects.models import (
    Distribution,
    Product,
    ProductStatus,
    ProductTemplate,
    ProductVersion,
    Project,
    SectionText,
)


def make(scene: Scene, projects: dict[str, Project]) -> None:
    for row in texts.read("products")["products"]:
        _product(scene, projects[row["project"]], row)


def _product(scene: Scene, project: Project, row: dict[str, Any]) -> None:
    template = ProductTemplate.objects.get(method=project.method_id, code=row["code"])
    is_left_out = row["status"] == ProductStatus.LEFT_OUT
    product = Product.objects.create(
        project=project,
        template=template,
        status=row["status"],
        case_number=row.get("case_number", ""),
        left_out_reason=row["reason"].strip() if is_left_out else "",
        left_out_by=project.owner if is_left_out else None,
    )
    days_ago = row["versions"][0]["days_ago"] if "versions" in row else row["days_ago"]
    begun = moment(scene.day(-days_ago), project.name, template.code)
    verb = "product left out" if is_left_out else "product begun"
    scene.tell(verb, product, by=project.manager, at=begun, code=template.code)
    _draft(product)
    _write(scene, product, row.get("texts", {}), days_ago)
    for number, version in enumerate(row.get("versions", []), 1):
        _version(scene, product, number, version)
    assert project.manager is not None  # every project of the demo has one
    for sent in row.get("distributions", []):
        Distribution.objects.create(
            product_version=product.versions.get(number=sent["version"]),
            to=sent["to"],
            on=scene.day(-sent["days_ago"]),
            by=project.manager,
        )
    backdate([product], begun)


def _draft(product: Product) -> None:
    drafted = product_drafts.drafts(product.project, product.template)
    SectionText.objects.bulk_create(
        SectionText(
            product=product,
            section=section,
            text=drafted.get(section.code, ""),
            is_drafted=section.code in drafted,
        )
        for section in product.template.sections.all()
    )


def _write(scene: Scene, product: Product, written: dict[str, str], days_ago: int) -> None:
    for text in product.texts.select_related("section"):
        if text.section.code in written:
            text.text, text.is_drafted = written[text.section.code].strip(), False
            text.mark_edited(product.project.manager)
            text.edited_at = moment(scene.day(-days_ago), product.project.name, text.section.code)
            text.save()


def _version(scene: Scene, product: Product, number: int, row: dict[str, Any]) -> None:
    _write(scene, product, row["texts"], row["days_ago"])
    project = product.project
    assert project.manager is not None
    at = moment(scene.day(-row["days_ago"]), project.name, product.template.code, str(number))
    version = ProductVersion.objects.create(
        product=product,
        number=number,
        change=row["change"],
        content=product_document.content(product),
        made_by=project.manager,
        made_at=at,
    )
    scene.tell("product version made", product, by=project.manager, at=at, version=number)
    if "approved_days_ago" in row:
        approved_at = moment(scene.day(-row["approved_days_ago"]), project.name, str(number))
        version.approved_by, version.approved_at = project.owner, approved_at
        version.save()
        scene.tell("product approved", product, by=project.owner, at=approved_at, version=number)
