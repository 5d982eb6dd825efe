"""How far a project's forecasts may go before the owner must decide: set before BP3."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from municipality.models import User
from projects.deviations import tolerance_words
from projects.models import Parameter, Project, ProjectPhase, Tolerance

BEFORE_BP3 = (ProjectPhase.IDEA, ProjectPhase.CONCEPT, ProjectPhase.PLANNING)
TOLERANCES_SET = "tolerances set"


@dataclass(frozen=True)
class Wanted:
    """A limit, words, or both. Neither: no tolerance for the parameter."""

    limit: Decimal | None = None
    words: str = ""


def are_agreed(project: Project) -> bool:
    """BP3 is passed: what was agreed there is changed with a reason."""
    return project.phase not in BEFORE_BP3


@transaction.atomic
def set_tolerances(
    project: Project,
    wanted: Mapping[Parameter, Wanted],
    *,
    reason: str,
    by: User,
    on: dt.date,
) -> bool:
    """Keep the owner's tolerances, with the reason in the log. False when nothing was new."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if project.has_ended:
        raise ActionRefused(_("«{name}» er avsluttet.").format(name=project))
    stored = {Parameter(each.parameter): each for each in project.tolerances.all()}
    before = {parameter: tolerance_words(each) for parameter, each in stored.items()}
    for parameter, want in wanted.items():
        _keep(project, parameter, stored.get(parameter), want, by=by, on=on)
    after = {Parameter(each.parameter): tolerance_words(each) for each in project.tolerances.all()}
    changes = [
        {"parameter": str(each), "before": before.get(each, ""), "after": after.get(each, "")}
        for each in Parameter
        if before.get(each) != after.get(each)
    ]
    if not changes:
        return False
    if are_agreed(project) and not reason:
        raise ActionRefused(_("BP3 er passert. Skriv hvorfor toleransene endres."))
    record(TOLERANCES_SET, project, by=by, reason=reason, changes=changes)
    project.touch()
    return True


def _keep(
    project: Project,
    parameter: Parameter,
    stored: Tolerance | None,
    want: Wanted,
    *,
    by: User,
    on: dt.date,
) -> None:
    if want == Wanted():
        if stored is not None:
            stored.delete()
        return
    if stored is not None and (stored.limit, stored.words) == (want.limit, want.words):
        return
    tolerance = stored or Tolerance(project=project, parameter=parameter)
    tolerance.limit, tolerance.words, tolerance.set_on = want.limit, want.words, on
    tolerance.mark_edited(by)
    tolerance.save()
