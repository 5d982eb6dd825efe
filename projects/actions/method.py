"""A new version of the method: copied, written, taken into use, or thrown away."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.formatting import listed
from core.models import record
from municipality.models import User
from projects.models import (
    ChecklistItem,
    GateCode,
    Method,
    ProductTemplate,
    Size,
    SizeProfile,
    TemplateSection,
)

LONGEST_CODE = 40


@dataclass(frozen=True)
class Row:
    """A line as it is to stand, in its place among the others. Without `pk` it is a new one."""

    values: Mapping[str, Any]
    pk: int | None = None


@dataclass(frozen=True)
class ProfileText:
    """What is written about one size."""

    size: str
    max_months: int | None
    max_cost: Any
    formal_gates: list[str] = field(default_factory=list)
    description: str = ""


def _draft(pk: int) -> Method:
    """The version, kept from others until the transaction ends; refused when a project has it."""
    locked = Method.objects.select_for_update().get(pk=pk)
    if locked.is_frozen:
        raise ActionRefused(
            _("Versjon {version} er låst, fordi et prosjekt bruker den. Lag en ny versjon.").format(
                version=locked.version
            )
        )
    return locked


def _require_free(version: str, *, but: Method | None = None) -> None:
    taken = Method.objects.filter(version=version)
    if (taken.exclude(pk=but.pk) if but else taken).exists():
        raise ActionRefused(
            _("Det finnes allerede en versjon som heter {version}.").format(version=version)
        )


@transaction.atomic
def copy_method(method: Method, *, version: str, by: User) -> Method:
    """A draft with the same texts under the same codes, so that all of it can be compared."""
    _require_free(version)
    made = Method.objects.create(
        name=method.name,
        version=version,
        source=method.source,
        silent_after_days=method.silent_after_days,
        based_on=method,
    )
    for lines in (method.checklist.all(), method.profiles.all()):
        _copy(list(lines), method=made)
    for template in method.templates.prefetch_related("sections"):
        sections = list(template.sections.all())
        (copied,) = _copy([template], method=made)
        _copy(sections, template=copied)
    record("method copied", made, by=by, version=version, based_on=method.version)
    return made


def _copy(lines: list[Any], **parent: models.Model) -> list[Any]:
    for line in lines:
        line.pk = None
        line._state.adding = True
        for name, value in parent.items():
            setattr(line, name, value)
    return type(lines[0])._default_manager.bulk_create(lines) if lines else []


@transaction.atomic
def write_method(
    method: Method, *, name: str, version: str, source: str, silent_after_days: int, by: User
) -> None:
    draft = _draft(method.pk)
    _require_free(version, but=draft)
    draft.name, draft.version, draft.source = name, version, source
    draft.silent_after_days = silent_after_days
    draft.save()
    record("method written", draft, by=by, version=version)


@transaction.atomic
def write_checklist(method: Method, gate: str, rows: Sequence[Row], *, by: User) -> None:
    """Replace the questions before a decision point. Those that are not among `rows` go."""
    draft = _draft(method.pk)
    _replace(
        draft.checklist.filter(gate=gate),
        rows,
        begin=lambda code: ChecklistItem(method=draft, gate=gate, code=code),
        named_by="text",
    )
    record("method checklist written", draft, by=by, gate=gate, count=len(rows))


@transaction.atomic
def write_products(method: Method, rows: Sequence[Row], *, by: User) -> None:
    """Replace the products. One that is not among `rows` goes, with its sections."""
    draft = _draft(method.pk)
    _replace(
        draft.templates.all(),
        rows,
        begin=lambda code: ProductTemplate(method=draft, code=code),
        named_by="name",
    )
    record("method products written", draft, by=by, count=len(rows))


@transaction.atomic
def write_sections(template: ProductTemplate, rows: Sequence[Row], *, by: User) -> None:
    draft = _draft(template.method_id)
    if not rows:
        raise ActionRefused(_("Et dokument må ha minst ett avsnitt."))
    _replace(
        template.sections.all(),
        rows,
        begin=lambda code: TemplateSection(template=template, code=code),
        named_by="heading",
    )
    record("method sections written", draft, by=by, product=template.code, count=len(rows))


def _replace(
    stored: models.QuerySet[Any],
    rows: Sequence[Row],
    *,
    begin: Callable[[str], Any],
    named_by: str,
) -> None:
    """A line that keeps its key keeps its code, so that versions can be compared."""
    lines = {line.pk: line for line in stored}
    kept = {row.pk for row in rows if row.pk is not None}
    if not kept <= lines.keys():
        raise ActionRefused(_("Noen har tatt bort noe du endret. Last siden på nytt."))
    stored.exclude(pk__in=kept).delete()
    codes = {lines[pk].code for pk in kept}
    for order, row in enumerate(rows, 1):
        line = lines[row.pk] if row.pk else begin(_free_code(str(row.values[named_by]), codes))
        for name, value in row.values.items():
            setattr(line, name, value)
        line.order = order
        line.save()


def _free_code(words: str, taken: set[str]) -> str:
    """From the words, in plain letters, and not one of `taken`; it is added to them."""
    plain = words.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    base = slugify(plain)[: LONGEST_CODE - 4].strip("-") or "x"
    codes = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    code = next(each for each in codes if each not in taken)
    taken.add(code)
    return code


@transaction.atomic
def write_profiles(method: Method, profiles: Sequence[ProfileText], *, by: User) -> None:
    draft = _draft(method.pk)
    stored = {each.size: each for each in draft.profiles.all()}
    for text in profiles:
        profile = stored.get(text.size) or SizeProfile(method=draft, size=text.size)
        profile.max_months, profile.max_cost = text.max_months, text.max_cost
        profile.formal_gates, profile.description = text.formal_gates, text.description
        profile.save()
    record("method profiles written", draft, by=by)


@transaction.atomic
def take_method_into_use(method: Method, *, by: User) -> Method:
    """New projects begin with it. What is missing is said, and then nothing changes."""
    everything = {each.pk: each for each in Method.objects.select_for_update().order_by("pk")}
    chosen = everything[method.pk]
    if chosen.is_current:
        return chosen
    lacking = missing(chosen)
    if lacking:
        raise ActionRefused(
            _("Versjonen er ikke ferdig. Den mangler {what}.").format(what=listed(lacking))
        )
    Method.objects.filter(is_current=True).update(is_current=False)
    chosen.is_current = True
    chosen.save(update_fields=["is_current", "updated_at"])
    record("method taken into use", chosen, by=by, version=chosen.version)
    return chosen


def missing(method: Method) -> list[str]:
    """What a version must have before a project can begin with it."""
    asked = set(method.checklist.values_list("gate", flat=True))
    sizes = set(method.profiles.values_list("size", flat=True))
    empty = method.templates.filter(sections=None).order_by("order", "pk")
    return [
        *(_("sjekkliste for {gate}").format(gate=gate) for gate in GateCode if gate not in asked),
        *(
            _("grenser for «{size}»").format(size=size.label.lower())
            for size in Size
            if size not in sizes
        ),
        *(_("avsnitt i «{product}»").format(product=product) for product in empty),
    ]


@transaction.atomic
def delete_method(method: Method, *, by: User) -> None:
    """Throw a draft away."""
    draft = _draft(method.pk)
    if draft.is_current:
        raise ActionRefused(_("Nye prosjekter bruker denne versjonen. Ta en annen i bruk først."))
    record("method deleted", draft, by=by, version=draft.version)
    draft.delete()
