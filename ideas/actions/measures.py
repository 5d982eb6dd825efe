"""A measure from a sector's self-assessment, sent on as an idea."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from ideas import notifications, titles
from ideas.actions.sending import take_in
from ideas.models import Idea, Origin, Submitter
from maturity.models import Answer, Measure
from municipality.actions import closed_message
from municipality.calendar import PhaseKind, PhaseState
from municipality.models import User


@transaction.atomic
def send_measure(measure: Measure, *, by: User, on: dt.date) -> Idea:
    """Make an idea of the measure. Sent twice it is one idea.

    A sector measures before idémyldring opens, so the idea is taken in and waits: its answer is
    promised from the day idémyldring opens. Refused when that is over for the year.
    """
    stored = Measure.objects.select_for_update(of=("self",)).for_idea().get(pk=measure.pk)
    earlier = Idea.objects.filter(measure=stored).first()
    if earlier is not None:
        return earlier
    cycle = stored.answer.assessment.cycle
    phase = cycle.phase(PhaseKind.IDEATION)
    if phase.state(on) == PhaseState.DONE:
        raise ActionRefused(closed_message(phase, on=on))
    idea = _of(stored)
    take_in(idea, cycle, by=by, answer_from=max(on, phase.opens_on))
    notifications.tell_received(idea)
    return idea


def _of(measure: Measure) -> Idea:
    answer = measure.answer
    assessment = answer.assessment
    problem = _(
        "{measure}\n\nTiltaket kommer fra egenvurderingen for {year} i {sector}. "
        "Det skal løfte området {area}{levels}."
    ).format(
        measure=measure.text,
        year=assessment.cycle.year,
        sector=assessment.sector.name,
        area=answer.area.name,
        levels=_levels(answer),
    )
    return Idea(
        measure=measure,
        origin=Origin.MEASURE,
        title=titles.from_problem(measure.text),
        problem=problem,
        who_has_it=assessment.sector.name,
        submitter=Submitter.LEADER,
        sector=assessment.sector,
    )


def _levels(answer: Answer) -> str:
    """« fra nivå 2 til nivå 3», when both are set and the target is higher."""
    if answer.level is None or answer.target is None or answer.target <= answer.level:
        return ""
    return _(" fra nivå {now} til nivå {target}").format(now=answer.level, target=answer.target)
