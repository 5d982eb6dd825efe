"""What is read from files: the workbook of a sector, and earlier years."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from core.imports import apply_once
from core.models import StagedImport, record
from maturity.actions.assessments import answer
from maturity.models import Answer, AnswerEdit, Assessment
from maturity.workbook.changes import AreaChange
from municipality.models import User

FILLED_IN = "assessment filled in from workbook"
SOURCE_LENGTH = AnswerEdit._meta.get_field("source").max_length


@transaction.atomic
def fill_in(
    assessment: Assessment,
    changes: Iterable[AreaChange],
    *,
    staged: StagedImport,
    by: User,
    on: dt.date,
) -> list[Answer]:
    """Save what a confirmed workbook changes: all of it or nothing, and once."""
    with apply_once(staged):
        changed = [
            answer(
                change.answer,
                change.content,
                by=by,
                on=on,
                source=staged.file_name[:SOURCE_LENGTH],
            )
            for change in changes
        ]
        areas = [each.area.code for each in changed]
        record(FILLED_IN, assessment, by=by, file=staged.file_name, areas=areas)
    return changed
