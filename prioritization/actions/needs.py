"""What an idea needs per year and sector, as the team spreads it."""

from collections.abc import Iterable

from django.db import transaction

from core.models import record
from municipality.models import User
from prioritization.models import Entry, Need
from prioritization.needs import YearNeed


@transaction.atomic
def spread_needs(entry: Entry, rows: Iterable[YearNeed], *, by: User) -> None:
    """Let these rows be all the idea needs. Nothing at all is kept as that: one row of zeros."""
    given = [row for row in rows if row.sector is not None]
    kept = [row for row in given if not row.is_nothing] or given[:1]
    Need.objects.filter(entry=entry).delete()
    Need.objects.bulk_create(
        Need(
            entry=entry,
            year=row.year,
            sector=row.sector,
            kroner=row.kroner,
            person_years=row.person_years,
        )
        for row in kept
    )
    record("needs spread", entry, by=by, rows=len(kept))


@transaction.atomic
def use_estimate(entry: Entry, *, by: User) -> None:
    """Go back to the idea's own estimate."""
    Need.objects.filter(entry=entry).delete()
    record("needs taken from the idea", entry, by=by)
