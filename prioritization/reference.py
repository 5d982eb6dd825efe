"""The criteria of the strategy, §6.3, from fixtures/criteria.yaml into the database."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from prioritization.models import CriteriaSet, Criterion, Question

CRITERIA = Path(__file__).parent / "fixtures" / "criteria.yaml"


@transaction.atomic
def load_reference() -> None:
    """Add the sets that are not there yet. What the municipality has changed is left alone."""
    data = yaml.safe_load(CRITERIA.read_text(encoding="utf-8"))
    for row in data["sets"]:
        known = {"stage": row["stage"], "version": data["version"]}
        if not CriteriaSet.objects.filter(**known).exists():
            _add_set(row, source=data["source"], **known)


def _add_set(row: dict[str, Any], *, stage: str, version: str, source: str) -> None:
    criteria_set = CriteriaSet.objects.create(
        stage=stage,
        version=version,
        name=row["name"],
        source=source,
        is_current=not CriteriaSet.objects.filter(stage=stage, is_current=True).exists(),
    )
    for order, criterion_row in enumerate(row["criteria"]):
        questions = criterion_row.pop("questions")
        criterion = Criterion.objects.create(
            criteria_set=criteria_set, order=order, **criterion_row
        )
        Question.objects.bulk_create(
            Question(criterion=criterion, order=number, **question)
            for number, question in enumerate(questions)
        )
