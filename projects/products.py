"""Which products a project is to have, where each stands, and what the next gate waits for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.models import (
    GATE_AFTER,
    GateCode,
    Product,
    ProductAttachment,
    ProductStatus,
    ProductTemplate,
    ProductVersion,
    Project,
    ProjectPhase,
    Size,
)

IN_PROJECTS = {
    Size.SMALL: gettext_lazy("små prosjekter"),
    Size.MEDIUM: gettext_lazy("middels store prosjekter"),
    Size.LARGE: gettext_lazy("store prosjekter"),
}
SMALLEST_FIRST = list(Size)


@dataclass(frozen=True)
class Row:
    """A product as it is asked for, and as far as it has come. No product: not begun."""

    template: ProductTemplate
    product: Any  # Product | None, with what `_with_standing` annotates
    is_required: bool
    why: str

    @property
    def is_settled(self) -> bool:
        """A decision point need not wait for it."""
        if self.product is None:
            return False
        return self.product.is_replaced or self.product.status in (
            ProductStatus.APPROVED,
            ProductStatus.LEFT_OUT,
        )

    @property
    def is_replaced(self) -> bool:
        return self.product is not None and self.product.is_replaced

    @property
    def version(self) -> ProductVersion | None:
        versions = self.product.versions.all() if self.product else []
        return next(iter(versions), None)

    @property
    def approved(self) -> ProductVersion | None:
        """The version that holds, also while the next is written."""
        versions = self.product.versions.all() if self.product else []
        return next((each for each in versions if each.approved_at), None)

    @property
    def look(self) -> str:
        if self.product is None:
            return "open"
        return "done" if self.is_replaced and self.product.is_draft else self.product.look

    @property
    def words(self) -> str:
        if self.product is None:
            return _("Ikke begynt")
        if self.is_replaced and self.product.is_draft:
            return _("Fil ligger ved")
        return self.product.get_status_display()


def of(project: Project) -> list[Row]:
    """In the order of the method. What is made for smaller projects stays out unless begun."""
    begun = {product.template_id: product for product in _with_standing(project)}
    rows = []
    for template in ProductTemplate.objects.filter(method=project.method_id).order_by("order"):
        product = begun.get(template.pk)
        if product is not None or not _is_for_smaller(template, Size(project.size)):
            rows.append(_row(template, product, Size(project.size)))
    return rows


def _with_standing(project: Project) -> Iterable[Product]:
    stand_in = ProductAttachment.standing_in().filter(product=OuterRef("pk"))
    must = Q(texts__section__is_required=True)
    written = must & Q(texts__is_drafted=False) & ~Q(texts__text="")
    versions = ProductVersion.objects.defer("content").select_related("approved_by")
    return (
        project.products.select_related("left_out_by")
        .annotate(
            is_replaced=Exists(stand_in),
            written_count=Count("texts", filter=written),
            section_count=Count("texts", filter=must),
        )
        .prefetch_related(Prefetch("versions", versions.order_by("-number")))
    )


def _is_for_smaller(template: ProductTemplate, size: Size) -> bool:
    """One page in the place of two documents: for the small, and only for them."""
    places = [SMALLEST_FIRST.index(Size(each)) for each in template.required_in]
    return bool(places) and max(places) < SMALLEST_FIRST.index(size)


def _row(template: ProductTemplate, product: Product | None, size: Size) -> Row:
    is_required = size in template.required_in
    words = _("Kreves i {projects}.") if is_required else _("Valgfritt i {projects}.")
    return Row(template, product, is_required, words.format(projects=IN_PROJECTS[size]))


def row_of(project: Project, template: ProductTemplate) -> Row:
    product = _with_standing(project).filter(template=template).first()  # type: ignore[attr-defined]
    return _row(template, product, Size(project.size))


def missing(project: Project, gate: str, rows: Iterable[Row] | None = None) -> list[Row]:
    """What is required by a gate and is neither approved, attached nor left out with a reason.

    Also what an earlier gate should have had: it holds this one too.
    """
    rows = of(project) if rows is None else rows
    order = list(GateCode)
    behind = order[: order.index(GateCode(gate)) + 1] if gate else []
    return [
        row
        for row in rows
        if row.template.gate in behind and row.is_required and not row.is_settled
    ]


@dataclass(frozen=True)
class PhaseOfProducts:
    phase: ProjectPhase
    is_now: bool
    rows: list[Row]


def by_phase(project: Project, rows: Iterable[Row]) -> list[PhaseOfProducts]:
    """The phases that have products, in order."""
    rows = list(rows)
    phases = [
        PhaseOfProducts(
            phase, phase == project.phase, [row for row in rows if row.template.phase == phase]
        )
        for phase in ProjectPhase
    ]
    return [each for each in phases if each.rows]


def next_gate(project: Project) -> str:
    """The code of the decision point that the project is on its way to; empty when it has ended."""
    return "" if project.has_ended else str(GATE_AFTER[ProjectPhase(project.phase)])
