"""The method a municipality begins with: checklists, products and profiles from fixtures/."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from projects.models import (
    ChecklistItem,
    Method,
    ProductTemplate,
    Project,
    SizeProfile,
    System,
    SystemKind,
    TemplateSection,
)

FIXTURES = Path(__file__).parent / "fixtures"


@transaction.atomic
def load_reference() -> None:
    """Add the version that is not there yet. What the municipality has changed is left alone."""
    _add_national_components()
    data = _read("checklists.yaml")
    if Method.objects.filter(version=data["version"]).exists():
        return
    method = Method.objects.create(
        name=data["name"],
        version=data["version"],
        source=data["source"],
        is_current=Method.objects.current() is None,
    )
    _add_checklists(method, data["checklists"])
    SizeProfile.objects.bulk_create(SizeProfile(method=method, **row) for row in data["profiles"])
    for order, row in enumerate(_read("products.yaml")["products"], 1):
        _add_template(method, row, order=order)
    Project.objects.filter(method=None).update(method=method)


def _add_national_components() -> None:
    """A register begins with what all municipalities share."""
    if System.objects.filter(kind=SystemKind.NATIONAL).exists():
        return
    for row in _read("systems.yaml")["national"]:
        if not System.objects.named(row["name"]).exists():
            System.objects.create(kind=SystemKind.NATIONAL, **row)


def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load((FIXTURES / name).read_text(encoding="utf-8"))


def _add_checklists(method: Method, checklists: dict[str, list[dict[str, Any]]]) -> None:
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            method=method,
            gate=gate,
            order=order,
            code=row["code"],
            text=row["text"],
            help=row.get("help", ""),
            falls_to=row["falls_to"],
            is_later=row.get("later", False),
        )
        for gate, rows in checklists.items()
        for order, row in enumerate(rows, 1)
    )


def _add_template(method: Method, row: dict[str, Any], *, order: int) -> None:
    template = ProductTemplate.objects.create(
        method=method,
        order=order,
        **{key: row[key] for key in ("code", "name", "phase", "gate", "purpose", "required_in")},
    )
    TemplateSection.objects.bulk_create(
        TemplateSection(template=template, order=number, **section)
        for number, section in enumerate(row["sections"], 1)
    )
