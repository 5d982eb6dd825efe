"""The next decision point of a project, and all that must be in place before it is taken.

Read from the database as it is now: by the page, when somebody asks for the decision, and again,
under lock, when it is taken.
"""

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.formatting import listed
from projects import products
from projects.models import (
    GATE_AFTER,
    GATE_BY_CODE,
    ChecklistItem,
    Checkpoint,
    CheckpointState,
    Gate,
    GateCase,
    GateCode,
    Parameter,
    Project,
    ProjectPhase,
    Reverification,
    RoleKey,
    Size,
    SizeProfile,
    Stage,
)

ORDER = list(GateCode)
# Tolerances are for projects that report to an owner who has set them (domain.md §3.3).
SIZES_WITH_TOLERANCES = (Size.MEDIUM, Size.LARGE)


class Kind(enum.Enum):
    """Where a requirement comes from."""

    POINT = "point"
    PRODUCT = "product"
    INVOLVEMENT = "involvement"
    BENEFIT = "benefit"
    TOLERANCES = "tolerances"
    REVERIFICATION = "reverification"
    DEVIATION = "deviation"
    ACCEPTANCE = "acceptance"
    MEASUREMENT = "measurement"


# User involvement and a measurable benefit are demanded of every project (strategy §6.4), and no
# benefit is left without somebody who answers for it when the project ends (domain.md §3.4).
NEVER_WAIVED = {Kind.INVOLVEMENT, Kind.BENEFIT, Kind.ACCEPTANCE}


@dataclass(frozen=True)
class NextPoint:
    """The decision point ahead. `stage`: the delfase that BP3.n ends, else `None`."""

    gate: Gate
    stage: Stage | None = None

    @property
    def code(self) -> GateCode:
        return GateCode(self.gate.code)

    @property
    def name(self) -> str:
        """«BP4», or «BP3.1» after the first delfase."""
        return f"BP3.{self.stage.number}" if self.stage else self.gate.code

    def is_from(self, code: str) -> bool:
        """Whether it is `code` or comes later."""
        return ORDER.index(self.code) >= ORDER.index(GateCode(code))


@dataclass(frozen=True)
class Requirement:
    """One thing that is to be in place. `key` names it in a waiver."""

    key: str
    kind: Kind
    words: str
    url: str
    is_met: bool
    responsible: Any  # User | None
    who: str
    reason: str = ""

    @property
    def can_be_waived(self) -> bool:
        return self.kind not in NEVER_WAIVED

    def falls_to(self, user: Any) -> bool:
        return self.responsible is not None and self.responsible.pk == user.pk


@dataclass(frozen=True)
class Point:
    """A question of the checklist with what the project has answered. No answer: it is open."""

    item: ChecklistItem
    answer: Checkpoint

    @property
    def key(self) -> str:
        """Of its requirement."""
        return f"{Kind.POINT.value}:{self.item.code}"

    @property
    def is_settled(self) -> bool:
        return self.answer.state != CheckpointState.OPEN


def next_point(project: Project) -> NextPoint | None:
    """Which decision is next. `None` when the project has ended.

    In Gjennomføre there is one between each two delfaser, and BP4 after the last.
    """
    if project.has_ended:
        return None
    if project.phase == ProjectPhase.EXECUTION:
        unfinished = [stage for stage in project.stages.all() if stage.finished_on is None]
        if len(unfinished) > 1:
            return NextPoint(GATE_BY_CODE[GateCode.BP3N], unfinished[0])
    return NextPoint(GATE_BY_CODE[GATE_AFTER[ProjectPhase(project.phase)]])


def is_formal(project: Project, point: NextPoint) -> bool:
    """Whether somebody else decides it. The size profile lets the project check the others."""
    profile = SizeProfile.objects.filter(method=project.method_id, size=project.size).first()
    return profile is None or point.gate.code in profile.formal_gates


def points(project: Project, at: NextPoint) -> list[Point]:
    """The checklist, with answers. Two reads."""
    answers = project.checkpoints.filter(stage=at.stage).select_related(
        "responsible", "answered_by", "edited_by"
    )
    by_item = {answer.item_id: answer for answer in answers}
    items = ChecklistItem.objects.filter(method=project.method_id, gate=at.gate.code)
    return [
        Point(item, by_item.get(item.pk) or Checkpoint(project=project, item=item, stage=at.stage))
        for item in items.order_by("order", "pk")
    ]


def point_of(project: Project, item: ChecklistItem) -> Point:
    """One question, as the project has answered it before the next decision point."""
    at = next_point(project)
    stage = at.stage if at else None
    answers = project.checkpoints.select_related("responsible", "edited_by")
    answer = answers.filter(item=item, stage=stage).first()
    return Point(item, answer or Checkpoint(project=project, item=item, stage=stage))


def requirements(project: Project) -> list[Requirement]:
    """All that must be in place before the next decision point, met or not."""
    at = next_point(project)
    return [] if at is None else list(_Reader(project, at).read())


def missing(project: Project) -> list[Requirement]:
    return [requirement for requirement in requirements(project) if not requirement.is_met]


def unmet_since(case: GateCase) -> list[Requirement]:
    """What is missing now, and was not waived when the decision was asked for."""
    waived = {waiver.requirement for waiver in case.waivers.all()}
    return [
        each for each in missing(case.project) if not each.can_be_waived or each.key not in waived
    ]


def lock(pk: int) -> Project:
    """The project with those who lead it, locked until the caller's transaction ends."""
    locked = Project.objects.select_for_update(of=("self",))
    return locked.select_related("owner", "manager", "benefit_lead", "method", "idea").get(pk=pk)


def is_complete(benefit: Any) -> bool:
    """Has an indicator, which has nullpunkt and måltall, and a day to measure or a number."""
    return benefit.next_measurement_on is not None or benefit.latest_on is not None


def _what_it_lacks(benefit: Any) -> tuple[str, str]:
    """In words, and the page where it is put right."""
    if benefit.main is None:
        words = _("Legg til måleindikator med nullpunkt og måltall for «{benefit}»")
        page = reverse("benefits:indicator-create", args=[benefit.pk])
    else:
        words = _("Sett dato for når «{benefit}» skal måles")
        page = reverse("benefits:indicator-edit", args=[benefit.main.pk])
    return words.format(benefit=benefit), page


class _Reader:
    """Reads the requirements of one decision point; what several of them need, once."""

    def __init__(self, project: Project, at: NextPoint) -> None:
        self.project, self.at = project, at

    def read(self) -> Iterator[Requirement]:
        yield from self._points()
        yield from self._products()
        if self.at.is_from(GateCode.BP2):
            yield self._involvement()
            yield self._benefit()
        if self.at.code == GateCode.BP3 and self.project.size in SIZES_WITH_TOLERANCES:
            yield self._tolerances()
        yield from self._reverifications()
        yield from self._deviations()
        if self.at.code == GateCode.BP5:
            yield from self._acceptances()
        if self.at.code == GateCode.BP6:
            yield from self._measurements()

    @cached_property
    def benefits(self) -> list[Any]:
        return list(self.project.benefits.select_related("owner", "responsible").order_by("pk"))

    @cached_property
    def _holders(self) -> dict[str, Any]:
        """Who has each of the other roles now; the last to get it, when there are several."""
        now = self.project.role_holders.filter(ends_on=None, person__isnull=False)
        return {each.role: each.person for each in now.select_related("person")}

    def _holder(self, role: str) -> Any:
        if role == RoleKey.OWNER:
            return self.project.owner
        if role == RoleKey.MANAGER:
            return self.project.manager or self.project.owner
        if role == RoleKey.BENEFIT_LEAD:
            return self.project.realised_by
        return self._holders.get(role) or self._holder(RoleKey.MANAGER)

    def _requirement(
        self,
        kind: Kind,
        *,
        words: str,
        url: str,
        is_met: bool,
        falls_to: Any,
        number: str = "",
        reason: str = "",
    ) -> Requirement:
        return Requirement(
            key=f"{kind.value}:{number}" if number else kind.value,
            kind=kind,
            words=words,
            url=url,
            is_met=is_met,
            responsible=falls_to,
            who=str(falls_to),
            reason=reason,
        )

    def _points(self) -> Iterator[Requirement]:
        page = reverse("projects:gate", args=[self.project.pk])
        for point in points(self.project, self.at):
            yield self._requirement(
                Kind.POINT,
                number=point.item.code,
                words=point.item.text,
                url=f"{page}#punkt-{point.item.code}",
                is_met=point.is_settled,
                falls_to=point.answer.responsible or self._holder(point.item.falls_to),
                reason=point.answer.reason,
            )

    def _products(self) -> Iterator[Requirement]:
        for row in products.of(self.project):
            if not row.is_required or not self.at.is_from(row.template.gate):
                continue
            template = row.template
            yield self._requirement(
                Kind.PRODUCT,
                number=template.code,
                words=_product_words(row),
                url=reverse("projects:product", args=[self.project.pk, template.code]),
                is_met=row.is_settled,
                falls_to=self._holder(RoleKey.MANAGER),
                reason=row.product.left_out_reason if row.is_settled else "",
            )

    def _involvement(self) -> Requirement:
        is_met = self.project.involvements.exists()
        return self._requirement(
            Kind.INVOLVEMENT,
            words=_("De det gjelder, har vært med, og dere har skrevet hva det endret")
            if is_met
            else _("Skriv hvem av dem det gjelder som har vært med, og hva det endret"),
            url=reverse("projects:involvement", args=[self.project.pk]),
            is_met=is_met,
            falls_to=self._holder(RoleKey.MANAGER),
        )

    def _benefit(self) -> Requirement:
        good = [benefit for benefit in self.benefits if not benefit.is_disbenefit]
        is_met = any(is_complete(benefit) for benefit in good)
        if is_met:
            words = _("Minst én gevinst har nullpunkt, måltall, eier og dato for måling")
            url = reverse("benefits:register", args=[self.project.pk])
        elif good:
            words, url = _what_it_lacks(good[0])
        else:
            words = _("Beskriv minst én gevinst med nullpunkt, måltall, eier og dato for måling")
            url = reverse("benefits:create", args=[self.project.pk])
        return self._requirement(
            Kind.BENEFIT, words=words, url=url, is_met=is_met, falls_to=self.project.realised_by
        )

    def _tolerances(self) -> Requirement:
        set_for = set(self.project.tolerances.values_list("parameter", flat=True))
        lacking = [str(each.label).lower() for each in Parameter if each not in set_for]
        return self._requirement(
            Kind.TOLERANCES,
            words=_("Sett toleranser for {what}").format(what=listed(lacking))
            if lacking
            else _("Prosjekteieren har satt toleranser"),
            url=reverse("projects:tolerances", args=[self.project.pk]),
            is_met=not lacking,
            falls_to=self.project.owner,
        )

    def _reverifications(self) -> Iterator[Requirement]:
        waiting = Reverification.objects.waiting().filter(change_request__project=self.project)
        for each in waiting.select_related("change_request").order_by("pk"):
            yield self._requirement(
                Kind.REVERIFICATION,
                number=str(each.pk),
                words=_("{what} er vurdert på nytt etter endringen «{change}»").format(
                    what=each.get_subject_display(), change=each.change_request
                ),
                url=reverse("projects:reverify", args=[self.project.pk]),
                is_met=False,
                falls_to=self._holder(RoleKey.MANAGER),
            )

    def _deviations(self) -> Iterator[Requirement]:
        for each in self.project.deviations.waiting().order_by("pk"):
            yield self._requirement(
                Kind.DEVIATION,
                number=str(each.pk),
                words=_("Prosjekteieren har svart på avviket i {what}").format(
                    what=each.get_parameter_display().lower()
                ),
                url=each.get_absolute_url(),
                is_met=False,
                falls_to=self.project.owner,
            )

    def _acceptances(self) -> Iterator[Requirement]:
        for benefit in self.benefits:
            is_met = benefit.responsibility_accepted_at is not None
            asked = benefit.responsible if benefit.responsibility_asked_at else None
            yield self._requirement(
                Kind.ACCEPTANCE,
                number=str(benefit.pk),
                words=_("{who} har tatt ansvaret for «{benefit}»").format(
                    who=benefit.responsible, benefit=benefit
                )
                if is_met
                else _("Noen må ta ansvaret for «{benefit}» etter prosjektet").format(
                    benefit=benefit
                ),
                url=reverse("projects:handover", args=[self.project.pk]),
                is_met=is_met,
                falls_to=benefit.responsible if is_met else asked or self.project.owner,
            )

    def _measurements(self) -> Iterator[Requirement]:
        since = _realised_since(self.project)
        for benefit in self.benefits:
            is_met = benefit.latest_on is not None and benefit.latest_on >= since
            page = "benefits:measure" if benefit.main else "benefits:indicator-create"
            yield self._requirement(
                Kind.MEASUREMENT,
                number=str(benefit.pk),
                words=_("«{benefit}» er målt etter BP5").format(benefit=benefit),
                url=reverse(page, args=[benefit.pk]),
                is_met=is_met,
                falls_to=benefit.owner,
            )


def _product_words(row: products.Row) -> str:
    if not row.is_settled:
        words = _("«{product}» er ikke godkjent")
    elif row.product.is_left_out:
        words = _("«{product}» er utelatt")
    elif row.product.is_approved:
        words = _("«{product}» er godkjent")
    else:
        words = _("«{product}» ligger ved")
    return words.format(product=row.template)


def _realised_since(project: Project) -> dt.date:
    entered = project.phase_changes.filter(phase=ProjectPhase.REALISATION)
    return entered.values_list("on", flat=True).first() or project.started_on
