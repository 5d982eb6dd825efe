"""What a filled-in workbook would change in the register of systems."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from municipality.models import Sector
from projects.models import Integration, System, SystemKind, SystemState


@dataclass(frozen=True)
class SystemRow:
    """One line of the sheet. Empty where nothing is written: then what is known stays."""

    name: str
    kind: str = ""
    state: str = ""
    sector: str = ""  # code
    owner: str = ""
    supplier: str = ""
    purpose: str = ""


@dataclass(frozen=True)
class IntegrationRow:
    source: str
    target: str
    what: str = ""


@dataclass(frozen=True)
class Difference:
    label: Any
    before: str
    after: str


@dataclass(frozen=True)
class SystemChange:
    """`system` is as it will be, not saved yet."""

    system: System
    is_new: bool
    differences: Sequence[Difference] = ()

    @property
    def is_change(self) -> bool:
        return self.is_new or bool(self.differences)


@dataclass(frozen=True)
class Plan:
    systems: Sequence[SystemChange]
    integrations: Sequence[IntegrationRow]  # those that are new, or send something else

    @property
    def added(self) -> list[SystemChange]:
        return [change for change in self.systems if change.is_new]

    @property
    def changed(self) -> list[SystemChange]:
        return [change for change in self.systems if change.differences]

    @property
    def unchanged(self) -> int:
        return sum(not change.is_change for change in self.systems)

    @property
    def changes_anything(self) -> bool:
        return bool(self.added or self.changed or self.integrations)


def as_payload(
    systems: Iterable[SystemRow], integrations: Iterable[IntegrationRow]
) -> dict[str, Any]:
    return {
        "systems": [asdict(row) for row in systems],
        "integrations": [asdict(row) for row in integrations],
    }


def plan_of(payload: dict[str, Any], *, locked: bool = False) -> Plan:
    """Held against the register as it is now. `locked`: nobody changes it until we have."""
    stored = System.objects.select_related("sector").order_by("pk")
    if locked:
        stored = stored.select_for_update(of=("self",))
    by_name = {system.name.casefold(): system for system in stored}
    sectors = {sector.code: sector for sector in Sector.objects.all()}
    systems = [
        _change(SystemRow(**row), by_name.get(row["name"].casefold()), sectors)
        for row in payload["systems"]
    ]
    return Plan(systems, _new_integrations(payload["integrations"]))


def _change(row: SystemRow, stored: System | None, sectors: dict[str, Sector]) -> SystemChange:
    wanted = {
        "kind": row.kind,
        "state": row.state,
        "sector": sectors.get(row.sector),
        "owner": row.owner,
        "supplier": row.supplier,
        "purpose": row.purpose,
    }
    said = {name: value for name, value in wanted.items() if value}
    if stored is None:
        defaults = {"kind": SystemKind.SYSTEM, "state": SystemState.IN_USE}
        return SystemChange(System(name=row.name, **{**defaults, **said}), is_new=True)
    differences = []
    for name, value in said.items():
        if getattr(stored, name) != value:
            before = _shown(stored, name)
            setattr(stored, name, value)
            label = System._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            differences.append(Difference(label, before, _shown(stored, name)))
    return SystemChange(stored, is_new=False, differences=differences)


def _shown(system: System, name: str) -> str:
    display = getattr(system, f"get_{name}_display", None)
    return str(display() if display else getattr(system, name) or "")


def _new_integrations(rows: Iterable[dict[str, str]]) -> list[IntegrationRow]:
    stored = {
        (integration.source.name.casefold(), integration.target.name.casefold()): integration.what
        for integration in Integration.objects.select_related("source", "target")
    }
    wanted = [IntegrationRow(**row) for row in rows]
    return [
        row
        for row in wanted
        if (known := stored.get((row.source.casefold(), row.target.casefold()))) is None
        or (row.what and row.what != known)
    ]
