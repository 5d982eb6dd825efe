"""What a benefit is worth year by year: plan, forecast, what came of it, what was taken out."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from benefits.actions.delays import keep_year, write_moved_years
from benefits.actions.plan_changes import note_edit
from benefits.change_story import Plain, differences
from benefits.models import Benefit, BenefitUse, BenefitYear, ChangeKind
from core.errors import ActionRefused
from core.models import record
from municipality.models import User


@transaction.atomic
def save_plan(
    changed: Iterable[tuple[Benefit, list[BenefitYear]]], *, by: User, reason: str = ""
) -> None:
    """The years of several benefits at once, with one reason for all."""
    for benefit, rows in changed:
        save_years(benefit, rows, by=by, reason=reason)


@transaction.atomic
def save_years(
    benefit: Benefit,
    rows: Iterable[BenefitYear],
    *,
    by: User,
    reason: str = "",
    kind: ChangeKind = ChangeKind.EDITED,
) -> None:
    """Keep the years that a form filled in, of a benefit that the caller has locked.

    A frozen plan is changed with a reason. `promised` is never written here.
    """
    stored = {row.year: row for row in BenefitYear.objects.filter(benefit=benefit)}
    before: Plain = {}
    after: Plain = {}
    for row in rows:
        _refuse_impossible(benefit, row)
        was = stored.get(row.year) or BenefitYear(benefit=benefit, year=row.year)
        old, new = differences(was, row, ["plan"])
        if new:
            before[str(row.year)], after[str(row.year)] = old["plan"], new["plan"]
        keep_year(row)
    note_edit(benefit, before, after, reason=reason, by=by, kind=kind)
    benefit.mark_edited(by)
    benefit.save(update_fields=["version", "edited_by", "edited_at", "updated_at"])
    write_moved_years(benefit)
    benefit.project.touch()
    record("benefit years saved", benefit, by=by, project=benefit.project_id)


def _refuse_impossible(benefit: Benefit, row: BenefitYear) -> None:
    if row.taken_out is not None and benefit.use != BenefitUse.BUDGET:
        raise ActionRefused(_("Bare gevinster som er budsjettreduksjon, tas ut i budsjettet."))
