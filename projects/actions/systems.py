"""The register of systems is kept: systems, integrations and freeze periods."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.imports import apply_once
from core.models import StagedImport, record
from municipality.models import User
from projects.models import FreezePeriod, Integration, System
from projects.systems_plan import Plan


@transaction.atomic
def save_system(system: System, *, by: User) -> System:
    """Keep what a form filled in; one that is there is locked by the caller."""
    is_new = system.pk is None
    system.mark_edited(by)
    system.save()
    record("system added" if is_new else "system changed", system, by=by, name=system.name)
    return system


@transaction.atomic
def add_integration(integration: Integration, *, by: User) -> Integration:
    """Once: what is there already is left, with what was just said to be sent."""
    kept, _is_new = Integration.objects.update_or_create(
        source=integration.source,
        target=integration.target,
        defaults={"what": integration.what},
    )
    record("integration added", kept, by=by, ends=[kept.source.name, kept.target.name])
    return kept


@transaction.atomic
def remove_integration(integration: Integration, *, by: User) -> None:
    ends = [integration.source.name, integration.target.name]
    record("integration removed", integration, by=by, ends=ends)
    integration.delete()


@transaction.atomic
def save_freeze(period: FreezePeriod, *, systems: Iterable[System], by: User) -> FreezePeriod:
    """The same form sent twice is one period."""
    sent = FreezePeriod.objects.filter(submission_key=period.submission_key).first()
    if period.pk is None and sent is not None and period.submission_key is not None:
        return sent
    period.mark_edited(by)
    period.save()
    period.systems.set(systems)
    days = [str(period.starts_on), str(period.ends_on)]
    record("freeze period saved", period, by=by, name=period.name, days=days)
    return period


@transaction.atomic
def remove_freeze(period: FreezePeriod, *, by: User) -> None:
    record("freeze period removed", period, by=by, name=period.name)
    period.delete()


@transaction.atomic
def read_in(plan: Plan, *, staged: StagedImport, by: User) -> None:
    """Write what a confirmed workbook changes: all of it or nothing, and once."""
    if not plan.changes_anything:
        raise ActionRefused(_("Fila endrer ingenting. Alt i den står i registeret fra før."))
    with apply_once(staged):
        for change in plan.systems:
            if change.is_change:
                change.system.mark_edited(by)
                change.system.save()
        by_name = {system.name.casefold(): system for system in System.objects.all()}
        for wanted in plan.integrations:
            Integration.objects.update_or_create(
                source=by_name[wanted.source.casefold()],
                target=by_name[wanted.target.casefold()],
                defaults={"what": wanted.what},
            )
        record(
            "systems imported",
            staged,
            by=by,
            file=staged.file_name,
            added=len(plan.added),
            changed=len(plan.changed),
            integrations=len(plan.integrations),
        )
