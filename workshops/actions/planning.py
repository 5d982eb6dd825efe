"""Before the room opens."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from municipality.models import StrategyGoal, User
from workshops import codes
from workshops.actions.room import hold, tell_everybody
from workshops.models import Question, Workshop


@transaction.atomic
def plan(
    workshop: Workshop, *, goals: Iterable[StrategyGoal], questions: list[str], by: User
) -> Workshop:
    """Store a new workshop with a code of its own: `workshop` is what the form filled in."""
    workshop.created_by = by
    workshop.code = codes.new_code()
    workshop.mark_edited(by)
    workshop.save()
    workshop.goals.set(goals)
    _ask(workshop, questions)
    record("workshop planned", workshop, by=by)
    return workshop


@transaction.atomic
def change_plan(
    workshop: Workshop, *, goals: Iterable[StrategyGoal], questions: list[str], by: User
) -> None:
    """Change a workshop that has not begun. The form has changed `workshop`, which is locked."""
    _require_not_begun(workshop)
    workshop.mark_edited(by)
    workshop.save()
    workshop.goals.set(goals)
    workshop.questions.all().delete()
    _ask(workshop, questions)
    tell_everybody(workshop)
    record("workshop changed", workshop, by=by)


@transaction.atomic
def discard(workshop: Workshop, *, by: User) -> None:
    """Delete a workshop that never began. Nobody has written anything in it."""
    workshop = hold(workshop)
    _require_not_begun(workshop)
    record("workshop discarded", workshop, by=by, name=workshop.name)
    workshop.delete()


def _require_not_begun(workshop: Workshop) -> None:
    if not workshop.is_ready:
        raise ActionRefused(_("Verkstedet har begynt. Da kan oppsettet ikke endres."))


def _ask(workshop: Workshop, questions: list[str]) -> None:
    Question.objects.bulk_create(
        Question(workshop=workshop, order=order, text=text)
        for order, text in enumerate(questions, 1)
    )
