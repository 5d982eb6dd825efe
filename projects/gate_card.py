"""The next decision point as one person sees it: what is missing, theirs first, or who has it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.formatting import count_word, day, relative_day
from projects import gates
from projects.gates import NextPoint, Requirement
from projects.models import CaseStatus, GateCase, Project

MOST_SHOWN = 5


@dataclass(frozen=True)
class GateCard:
    """`waiting` is the case that is put before somebody; `returned` the last that came back.

    `passed` is the decision point before, when it was passed with something missing.
    """

    point: NextPoint
    is_formal: bool
    planned: str
    requirements: list[Requirement]
    missing: list[Requirement]
    mine: list[Requirement]
    waiting: GateCase | None
    returned: GateCase | None
    passed: GateCase | None
    url: str

    @property
    def heading(self) -> str:
        """«Tre ting mangler før BP4», «Klar for BP4», «BP4 venter på beslutning»."""
        if self.waiting is not None:
            return _("{gate} venter på beslutning").format(gate=self.waiting.name)
        if not self.missing:
            return _("Klar for {gate}").format(gate=self.point.name)
        count = count_word(len(self.missing)).capitalize()
        return _("{count} ting mangler før {gate}").format(count=count, gate=self.point.name)

    @property
    def can_be_waived(self) -> bool:
        """Whether all that is missing may be gone past with a reason."""
        return all(each.can_be_waived for each in self.missing)

    @property
    def shown(self) -> list[Requirement]:
        others = [each for each in self.missing if each not in self.mine]
        return [*self.mine, *others][:MOST_SHOWN]

    @property
    def met_count(self) -> int:
        return len(self.requirements) - len(self.missing)

    @property
    def count_in_words(self) -> str:
        return count_word(len(self.requirements))


def gate_card(project: Project, *, user: Any, on: dt.date) -> GateCard | None:
    """None when the project has ended. As many reads whatever is missing."""
    point = gates.next_point(project)
    if point is None:
        return None
    requirements = gates.requirements(project)
    missing = [each for each in requirements if not each.is_met]
    everybody = project.gate_cases.select_related("stage", "requested_by", "decided_by")
    cases = list(everybody.prefetch_related("waivers"))
    return GateCard(
        point=point,
        is_formal=gates.is_formal(project, point),
        planned=_planned(point, project, on=on),
        requirements=requirements,
        missing=missing,
        mine=[each for each in missing if each.falls_to(user)],
        waiting=next((each for each in cases if each.status == CaseStatus.REQUESTED), None),
        returned=_returned(cases, point),
        passed=_passed_without_all(cases),
        url=reverse("projects:gate", args=[project.pk]),
    )


def _planned(point: NextPoint, project: Project, *, on: dt.date) -> str:
    """«Planlagt 30. september, om 43 dager.»"""
    due_on = point.stage.ends_on if point.stage else project.next_gate_on
    if due_on is None:
        return _("Ingen dato er satt.")
    return _("Planlagt {date}, {distance}.").format(
        date=day(due_on, today=on), distance=relative_day(due_on, today=on).lower()
    )


def _returned(cases: Sequence[GateCase], point: NextPoint) -> GateCase | None:
    """The last case of this decision point, when it was sent back or rejected."""
    ours = [
        each for each in cases if each.name == point.name and each.status != CaseStatus.WITHDRAWN
    ]
    if ours and ours[0].status in (CaseStatus.SENT_BACK, CaseStatus.REJECTED):
        return ours[0]
    return None


def _passed_without_all(cases: Sequence[GateCase]) -> GateCase | None:
    """The last that was approved, when it was with waivers."""
    last = next((each for each in cases if each.status == CaseStatus.APPROVED), None)
    return last if last is not None and last.waivers.all() else None
