"""The products of a project: begun, written, sent for approval, approved, and made into files."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

import ideas.actions
from core import made_files
from core.errors import ActionRefused
from core.formatting import listed
from core.models import record
from core.queue import enqueue_on_commit
from core.sent_files import CleanFile
from ideas.models import VirusCheck
from municipality.models import User
from projects import product_document, product_drafts, product_notifications, tasks
from projects.models import (
    Distribution,
    Product,
    ProductAttachment,
    ProductFile,
    ProductStatus,
    ProductTemplate,
    ProductVersion,
    Project,
    SectionText,
)


def _lock(product: Product) -> Product:
    """All that writes about a product waits for its row: one at a time."""
    rows = Product.objects.select_for_update(of=("self",))
    return rows.select_related("project__owner", "project__idea", "template").get(pk=product.pk)


def _lock_draft(product: Product) -> Product:
    locked = _lock(product)
    if locked.project.has_ended:
        raise ActionRefused(
            _("«{name}» er avsluttet. Dokumentene står som de er.").format(name=locked.project)
        )
    if not locked.is_draft:
        raise ActionRefused(
            _("«{name}» er nå «{status}» og kan ikke endres.").format(
                name=locked.template, status=locked.get_status_display()
            )
        )
    return locked


@transaction.atomic
def begin(project: Project, template: ProductTemplate, *, by: User) -> Product:
    """Begin a product, with a draft of what the project's data say. Once is enough."""
    product, is_new = _row_of(project, template)
    if is_new:
        _draft(product)
        record("product begun", product, by=by, code=template.code)
        project.touch()
    elif product.is_left_out:
        raise ActionRefused(
            _("«{name}» er utelatt. Ta det med igjen før dere skriver.").format(name=template)
        )
    return product


def _row_of(project: Project, template: ProductTemplate) -> tuple[Product, bool]:
    """The project's own row first: of two who begin at once, the second finds what is begun."""
    locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if locked.has_ended:
        raise ActionRefused(
            _("«{name}» er avsluttet. Dokumentene står som de er.").format(name=project)
        )
    if template.method_id != locked.method_id:
        raise ActionRefused(_("Prosjektet bruker en annen utgave av metoden."))
    return Product.objects.get_or_create(project=project, template=template)


def _draft(product: Product) -> None:
    texts = product_drafts.drafts(product.project, product.template)
    SectionText.objects.bulk_create(
        SectionText(
            product=product,
            section=section,
            text=texts.get(section.code, ""),
            is_drafted=section.code in texts,
        )
        for section in product.template.sections.all()
    )


@transaction.atomic
def leave_out(project: Project, template: ProductTemplate, *, reason: str, by: User) -> Product:
    """The project does without a product, and says why."""
    product, is_new = _row_of(project, template)
    if is_new:
        _draft(product)
    product = _lock(product)
    product.left_out_reason, product.left_out_by = reason, by
    product.save(update_fields=["left_out_reason", "left_out_by", "updated_at"])
    product.move_to(ProductStatus.LEFT_OUT)
    record("product left out", product, by=by, code=template.code, reason=reason)
    project.touch()
    return product


@transaction.atomic
def take_back(product: Product, *, by: User) -> None:
    """What was left out is to be made after all. What was written before still stands."""
    product = _lock(product)
    if not product.is_left_out:
        raise ActionRefused(_("«{name}» er ikke utelatt.").format(name=product.template))
    product.move_to(ProductStatus.DRAFT)
    product.left_out_reason, product.left_out_by = "", None
    product.save(update_fields=["left_out_reason", "left_out_by", "updated_at"])
    record("product taken back", product, by=by)
    product.project.touch()


@transaction.atomic
def save_section(text: SectionText, *, by: User) -> None:
    """Keep a section: `text` is locked and filled in by a form, not yet saved.

    It saves itself while somebody writes, so the log tells of the versions and not of each save.
    """
    product = _lock_draft(text.product)
    text.is_drafted = False
    text.mark_edited(by)
    text.save()
    product.project.touch()


@transaction.atomic
def make_version(
    product: Product,
    *,
    change: str,
    case_number: str,
    for_approval: bool,
    by: User,
    at: dt.datetime,
) -> ProductVersion:
    """Freeze what the product says now as a version; put it before the owner when it is done."""
    product = _lock_draft(product)
    product.case_number = case_number
    product.save(update_fields=["case_number", "updated_at"])
    now = product_document.content(product)
    last = product.versions.first()
    if for_approval:
        _refuse_unless_written(product)
    elif last is not None and last.content == now:
        raise ActionRefused(_("Ingenting er endret siden versjon {n}.").format(n=last.number))
    version = ProductVersion.objects.create(
        product=product,
        number=last.number + 1 if last else 1,
        change=change,
        content=now,
        made_by=by,
        made_at=at,
    )
    record("product version made", product, by=by, version=version.number)
    if for_approval:
        product.move_to(ProductStatus.READY)
        product_notifications.tell_owner_to_approve(version)
    product.project.touch()
    return version


def _refuse_unless_written(product: Product) -> None:
    """Each required section has been written or read by somebody, or a file stands in for all."""
    unwritten = unwritten_headings(product)
    if unwritten:
        raise ActionRefused(
            _("Skriv dette før dere ber om godkjenning: {headings}.").format(
                headings=listed(unwritten)
            )
        )


def unwritten_headings(product: Product) -> list[str]:
    if ProductAttachment.standing_in().filter(product=product).exists():
        return []
    return [
        text.section.heading
        for text in product_document.texts_of(product)
        if text.section.is_required and not text.is_written
    ]


def _refuse_unless_waiting(product: Product) -> None:
    """What is approved may become a draft again, but not by an answer to an earlier question."""
    if not product.is_ready:
        raise ActionRefused(
            _("«{name}» ligger ikke til godkjenning.").format(name=product.template)
        )


@transaction.atomic
def withdraw(product: Product, *, by: User) -> None:
    """Take a version back from the owner, to go on writing."""
    product = _lock(product)
    _refuse_unless_waiting(product)
    product.move_to(ProductStatus.DRAFT)
    record("product withdrawn", product, by=by)
    product.project.touch()


@transaction.atomic
def decide_product(
    version: ProductVersion, *, is_approved: bool, reason: str, by: User, at: dt.datetime
) -> None:
    """The owner approves a version, or gives it back with a reason. The one who made it is told."""
    product = _lock(version.product)
    latest = product.versions.select_related("made_by").first()
    if latest is None or latest.pk != version.pk:
        raise ActionRefused(_("Det er kommet en nyere versjon. Les den før du svarer."))
    _refuse_unless_waiting(product)
    product.move_to(ProductStatus.APPROVED if is_approved else ProductStatus.DRAFT)
    if is_approved:
        latest.approved_by, latest.approved_at = by, at
    else:
        latest.return_reason = reason
    latest.save(update_fields=["approved_by", "approved_at", "return_reason"])
    latest.product = product
    verb = "product approved" if is_approved else "product given back"
    record(verb, product, by=by, version=latest.number)
    product.project.touch()
    product_notifications.tell_maker_decided(latest)


@transaction.atomic
def begin_next_version(product: Product, *, by: User) -> None:
    """The approved version holds until the next one is approved."""
    product = _lock(product)
    if not product.is_approved:
        raise ActionRefused(_("«{name}» er ikke godkjent.").format(name=product.template))
    product.move_to(ProductStatus.DRAFT)
    record("product reopened", product, by=by)
    product.project.touch()


@transaction.atomic
def distribute(version: ProductVersion, *, to: str, on: dt.date, by: User) -> Distribution:
    """Write in distribusjonsloggen who got a version, and when."""
    sent = Distribution.objects.create(product_version=version, to=to, on=on, by=by)
    record("product distributed", version.product, by=by, version=version.number)
    version.product.project.touch()
    return sent


@transaction.atomic
def attach(
    product: Product,
    files: Iterable[tuple[CleanFile, VirusCheck]],
    *,
    replaces: bool,
    by: User,
    at: dt.datetime,
) -> None:
    """Keep files with a product, beside the text or in its place. The same file is kept once."""
    product = _lock_draft(product)
    known = set(product.attachments.values_list("sha256", flat=True))
    for file, checked in files:
        if file.sha256 in known:
            continue
        if len(known) >= ProductAttachment.MAX_FILES:
            raise ActionRefused(_("Det er plass til fem filer. Ta bort en først."))
        known.add(file.sha256)
        ProductAttachment.objects.create(
            product=product,
            name=file.name,
            kind=file.kind,
            size=len(file.content),
            sha256=file.sha256,
            content=file.content,
            virus_check=checked,
            replaces=replaces,
            added_at=at,
            added_by=by,
        )
        record("product file attached", product, by=by, name=file.name, replaces=replaces)
    product.project.touch()


@transaction.atomic
def attach_to(
    project: Project,
    template: ProductTemplate,
    files: Iterable[tuple[CleanFile, VirusCheck]],
    *,
    replaces: bool,
    by: User,
    at: dt.datetime,
) -> Product:
    """The same for a product that may not be begun."""
    product = begin(project, template, by=by)
    attach(product, files, replaces=replaces, by=by, at=at)
    return product


@transaction.atomic
def detach(attachment: ProductAttachment, *, by: User) -> None:
    product = _lock_draft(attachment.product)
    record("product file removed", product, by=by, name=attachment.name)
    attachment.delete()
    product.project.touch()


def check_waiting_product_files() -> None:
    """Ask the virus scanner about what it did not answer for."""
    ideas.actions.check_waiting_files((ProductAttachment,))


@transaction.atomic
def ask_for_product_file(version: ProductVersion, *, by: User) -> ProductFile:
    """The version as PDF and Word. Made anew when the decision or the logs say something else."""
    product = _lock(version.product)
    stored = ProductFile.objects.without_content().filter(product_version=version).first()
    shown = product_document.snapshot(version)
    if stored is not None and (stored.is_underway or stored.snapshot == shown):
        return stored
    if stored is not None:
        stored.delete()
    file = ProductFile.objects.create(product_version=version, snapshot=shown, requested_by=by)
    record("product file asked for", product, by=by, version=version.number)
    enqueue_on_commit(tasks.make_product_file, file.pk)
    return file


@transaction.atomic
def try_product_file_again(file: ProductFile, *, by: User) -> None:
    """Put a file that failed back in the queue, with the same snapshot."""
    made_files.queue_again(file, tasks.make_product_file)
    record("product file retried", file.product_version.product, by=by)


def requeue_stale_product_files(*, at: dt.datetime) -> int:
    """Hand out again what no worker took, or what a worker died with. How many there were."""
    return made_files.requeue_stale(ProductFile.objects.all(), tasks.make_product_file, at=at)
