"""A scorer's answers, read from a workbook."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from core.imports import apply_once
from core.models import StagedImport, record
from municipality.models import User
from prioritization.actions.answers import Change, answer_many
from prioritization.models import Question, Round
from prioritization.workbook.changes import Difference

READ_IN = "scores read from workbook"


@transaction.atomic
def read_in(
    scored: Round,
    differences: Iterable[Difference],
    *,
    staged: StagedImport,
    by: User,
    on: dt.date,
) -> int:
    """Save what a confirmed workbook changes: all of it or nothing, and once. Says how many."""
    changes: dict[int, dict[Question, Change]] = defaultdict(dict)
    with apply_once(staged):
        for difference in differences:
            changes[difference.entry.pk][difference.question] = difference.change
        answer_many(scored.pk, changes=changes, by=by, on=on)
        count = sum(map(len, changes.values()))
        record(READ_IN, scored, by=by, file=staged.file_name, answers=count)
    return count
