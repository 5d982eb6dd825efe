"""What happens to the measures (tiltak) that shall lift a sector to its target."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from core.models import record
from maturity.actions.assessments import lock, require_writable
from maturity.models import Answer, Measure
from municipality.models import User


@transaction.atomic
def add_measure(answer: Answer, *, text: str, by: User, on: dt.date) -> Measure:
    """Last in the area's list. The same text twice is one measure."""
    assessment = lock(answer.assessment)
    require_writable(assessment, on=on)
    same = answer.measures.filter(text=text).first()
    if same is not None:
        return same
    last = answer.measures.aggregate(last=Max("order"))["last"] or 0
    measure = Measure.objects.create(answer=answer, text=text, order=last + 1, added_by=by)
    record("measure added", assessment, by=by, area=answer.area.code, after=text)
    return measure


@transaction.atomic
def change_measure(measure: Measure, *, text: str, by: User, on: dt.date) -> Measure:
    assessment = lock(measure.answer.assessment)
    require_writable(assessment, on=on)
    stored = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    if stored.text == text:
        return stored
    before, stored.text = stored.text, text
    stored.save(update_fields=["text", "updated_at"])
    area = measure.answer.area.code
    record("measure changed", assessment, by=by, area=area, before=before, after=text)
    return stored


@transaction.atomic
def remove_measure(measure: Measure, *, by: User, on: dt.date) -> None:
    """An idea that was made of it stays."""
    assessment = lock(measure.answer.assessment)
    require_writable(assessment, on=on)
    record("measure removed", assessment, by=by, area=measure.answer.area.code, before=measure.text)
    measure.delete()
