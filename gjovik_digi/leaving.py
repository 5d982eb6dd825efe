"""What somebody has that another must take over before their account closes.

It reads all steps, as only this package may. `gjovik_digi.handing_over` gives it to others.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from benefits.models import ActionStatus, Benefit, MeasuringRequest, RealisationAction
from core import roles
from core.formatting import day_with_year, listed, things
from ideas.models import Idea, IdeaStatus
from municipality.closing import Blocker
from municipality.models import Sector, User
from prioritization.models import (
    ConsensusMeeting,
    Decision,
    MeetingStatus,
    Participation,
    RoundStatus,
)
from projects.models import (
    Allocation,
    BoardMeeting,
    Checkpoint,
    CheckpointState,
    Deviation,
    DeviationStatus,
    Ending,
    GateCase,
    Milestone,
    Project,
    Risk,
    RiskStatus,
    RoleHolder,
    Stakeholder,
)
from projects.organisation import LEADS

NAMED = 3  # of what keeps an account open; the page has the rest
STILL_TO_BE_DECIDED = (
    IdeaStatus.RECEIVED,
    IdeaStatus.FORWARDED,
    IdeaStatus.POSTPONED,
    IdeaStatus.RETURNED,
)


@dataclass(frozen=True)
class Duty:
    """One kind of thing to take over: those that `of` finds have the person in `field`.

    Whoever has `role` is suggested first. Nobody else may take over when `refusal` says why.
    """

    key: str
    heading: Any
    of: Callable[[User, dt.date], QuerySet[Any]]
    field: str
    words: Callable[[Any], str]
    path: Callable[[Any], str]
    role: str = ""
    refusal: Any = ""

    def can_be_given(self, person: User) -> bool:
        return not self.refusal or self.role in {group.name for group in person.groups.all()}


@dataclass(frozen=True)
class Item:
    duty: Duty
    row: Any

    @property
    def key(self) -> str:
        return f"{self.duty.key}-{self.row.pk}"

    @property
    def words(self) -> str:
        return self.duty.words(self.row)

    @property
    def path(self) -> str:
        return self.duty.path(self.row)

    @property
    def project_id(self) -> int | None:
        if isinstance(self.row, Project):
            return self.row.pk
        return getattr(self.row, "project_id", None)


def _count_of(waiting: QuerySet[Any]) -> Coalesce:
    counted = waiting.filter(project=OuterRef("pk")).order_by().values("project")
    return Coalesce(Subquery(counted.annotate(count=Count("pk")).values("count")), 0)


def _projects(field: str) -> Callable[[User, dt.date], QuerySet[Any]]:
    def of(person: User, on: dt.date) -> QuerySet[Any]:
        mine = Project.objects.live().filter(**{field: person})
        return mine.select_related(field).order_by("name", "pk")

    return of


def _owned_projects(person: User, on: dt.date) -> QuerySet[Any]:
    """With how many answers wait for the owner: these follow the project."""
    raised = Deviation.objects.filter(status=DeviationStatus.RAISED)
    return _projects("owner")(person, on).annotate(
        waiting_cases=_count_of(GateCase.objects.waiting()), waiting_deviations=_count_of(raised)
    )


def _in_live_projects(model: Any, field: str, *where: Q) -> Callable[..., QuerySet[Any]]:
    def of(person: User, on: dt.date) -> QuerySet[Any]:
        mine = model.objects.filter(*where, **{field: person}, project__ending="")
        return mine.select_related("project").order_by("project__name", "project_id", "pk")

    return of


def _roles(person: User, on: dt.date) -> QuerySet[RoleHolder]:
    """The roles that do not stand on the project itself."""
    current = Q(ends_on=None) | Q(ends_on__gt=on)
    return _in_live_projects(RoleHolder, "person", current, ~Q(role__in=LEADS))(person, on)


def _allocations(person: User, on: dt.date) -> QuerySet[Allocation]:
    return _in_live_projects(Allocation, "person", Q(ends_on__gte=on))(person, on)


def _benefits(person: User, on: dt.date) -> QuerySet[Benefit]:
    return Benefit.objects.filter(owner=person).select_related("project").order_by("name", "pk")


def _responsibilities(person: User, on: dt.date) -> QuerySet[Benefit]:
    """Also after the project, as a benefit is measured after everyone has gone home."""
    mine = Benefit.objects.filter(responsible=person).exclude(project__ending=Ending.STOPPED)
    return mine.select_related("project").order_by("project__name", "project_id", "pk")


def _measuring(person: User, on: dt.date) -> QuerySet[MeasuringRequest]:
    """Those the person was chosen for. The others follow whoever answers for the benefit."""
    mine = MeasuringRequest.objects.waiting().filter(to=person, chosen_by__isnull=False)
    return mine.select_related("indicator__benefit__project").order_by("due_on", "pk")


def _ideas(person: User, on: dt.date) -> QuerySet[Idea]:
    mine = Idea.objects.filter(owner=person, status__in=STILL_TO_BE_DECIDED)
    return mine.order_by("code", "pk")


def _line_ideas(person: User, on: dt.date) -> QuerySet[Idea]:
    mine = Idea.objects.filter(line_person=person, status=IdeaStatus.LINE)
    return mine.order_by("code", "pk")


def _decisions(person: User, on: dt.date) -> QuerySet[Decision]:
    mine = Decision.objects.filter(owner=person, published_at=None)
    return mine.select_related("item__entry__idea").order_by("pk")


def _consensus(person: User, on: dt.date) -> QuerySet[ConsensusMeeting]:
    mine = ConsensusMeeting.objects.filter(led_by=person, status=MeetingStatus.OPEN)
    return mine.select_related("round__cycle").order_by("pk")


def _project_words(pattern: Any) -> Callable[[Project], str]:
    return lambda project: str(pattern).format(name=project.name)


def _owned_project_words(project: Any) -> str:
    words = _("prosjektet «{name}»").format(name=project.name)
    waiting = project.waiting_cases + project.waiting_deviations
    if not waiting:
        return words
    return ngettext(
        "{words}, med {n} svar som venter på eieren",
        "{words}, med {n} svar som venter på eieren",
        waiting,
    ).format(words=words, n=waiting)


def _line_words(name: str) -> Callable[[Any], str]:
    return lambda row: _("«{name}» i {project}").format(
        name=getattr(row, name), project=row.project
    )


def _page(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(name, args=[row.project_id])


def _own_page(row: Any) -> str:
    return row.get_absolute_url()


def _responsibility_page(benefit: Benefit) -> str:
    """While the project lives it can be answered there who has it."""
    if benefit.project.has_ended:
        return benefit.get_absolute_url()
    return reverse("benefits:responsibility", args=[benefit.pk])


DUTIES = (
    Duty(
        "sector",
        gettext_lazy("Sektorer som ledes"),
        lambda person, on: Sector.objects.filter(leader=person),
        "leader",
        lambda sector: _("leder for {sector}").format(sector=sector.name),
        lambda sector: reverse("my-page"),
        role=roles.SECTOR_LEADER,
    ),
    Duty(
        "meeting",
        gettext_lazy("Møter i IKT-styringsrådet"),
        lambda person, on: BoardMeeting.objects.ahead().filter(chair=person),
        "chair",
        lambda meeting: _("møteleder {day}").format(day=day_with_year(meeting.held_at)),
        _own_page,
        role=roles.ICT_BOARD,
        refusal=gettext_lazy("{name} sitter ikke i IKT-styringsrådet. Velg en som gjør det."),
    ),
    Duty(
        "project-owner",
        gettext_lazy("Prosjekteier"),
        _owned_projects,
        "owner",
        _owned_project_words,
        _own_page,
        role=roles.PROJECT_OWNER,
    ),
    Duty(
        "project-manager",
        gettext_lazy("Prosjektleder"),
        _projects("manager"),
        "manager",
        _project_words(gettext_lazy("leder av prosjektet «{name}»")),
        _own_page,
        role=roles.PROJECT_MANAGER,
    ),
    Duty(
        "benefit-lead",
        gettext_lazy("Gevinstansvarlig"),
        _projects("benefit_lead"),
        "benefit_lead",
        _project_words(gettext_lazy("gevinstene i prosjektet «{name}»")),
        _own_page,
    ),
    Duty(
        "benefit",
        gettext_lazy("Gevinsteier"),
        _benefits,
        "owner",
        lambda benefit: _("gevinsten «{name}»").format(name=benefit.name),
        _own_page,
    ),
    Duty(
        "benefit-responsible",
        gettext_lazy("Ansvarlig for gevinst etter prosjektet"),
        _responsibilities,
        "responsible",
        lambda benefit: _("ansvaret for gevinsten «{name}»").format(name=benefit.name),
        _responsibility_page,
    ),
    Duty(
        "measuring",
        gettext_lazy("Spurt om et tall"),
        _measuring,
        "to",
        lambda request: _("tallet for «{name}»").format(name=request.indicator.name),
        lambda request: reverse("benefits:measure-indicator", args=[request.indicator_id]),
    ),
    Duty(
        "role",
        gettext_lazy("Andre roller i prosjekter"),
        _roles,
        "person",
        lambda holder: _("{role} i {project}").format(
            role=holder.get_role_display(), project=holder.project
        ),
        _page("projects:organisation"),
    ),
    Duty(
        "allocation",
        gettext_lazy("Arbeidstid satt av til prosjekter"),
        _allocations,
        "person",
        lambda row: _("{percent} % i {project} til {day}").format(
            percent=row.percent, project=row.project, day=day_with_year(row.ends_on)
        ),
        _page("projects:people"),
    ),
    Duty(
        "checkpoint",
        gettext_lazy("Sjekkpunkter som skal avklares"),
        lambda person, on: _in_live_projects(
            Checkpoint, "responsible", Q(state=CheckpointState.OPEN)
        )(person, on).select_related("project", "item"),
        "responsible",
        lambda row: _("«{question}» i {project}").format(question=row.item, project=row.project),
        _page("projects:gate"),
    ),
    Duty(
        "milestone",
        gettext_lazy("Milepæler som ikke er nådd"),
        _in_live_projects(Milestone, "responsible", Q(reached_on=None)),
        "responsible",
        _line_words("name"),
        _page("projects:plan"),
    ),
    Duty(
        "risk",
        gettext_lazy("Usikkerheter som følges"),
        _in_live_projects(Risk, "owner", ~Q(status=RiskStatus.GONE)),
        "owner",
        _line_words("event"),
        _page("projects:risks"),
    ),
    Duty(
        "stakeholder",
        gettext_lazy("Interessenter som skal følges opp"),
        _in_live_projects(Stakeholder, "responsible"),
        "responsible",
        _line_words("name"),
        _page("projects:stakeholders"),
    ),
    Duty(
        "realisation-action",
        gettext_lazy("Tiltak for gevinster som ikke er gjort"),
        _in_live_projects(RealisationAction, "responsible", ~Q(status=ActionStatus.DONE)),
        "responsible",
        _line_words("text"),
        _page("benefits:actions"),
    ),
    Duty(
        "idea",
        gettext_lazy("Tenkt prosjekteier for ideer"),
        _ideas,
        "owner",
        lambda idea: _("ideen «{title}»").format(title=idea.title),
        lambda idea: reverse("idea", args=[idea.code]),
        role=roles.PROJECT_OWNER,
    ),
    Duty(
        "line-idea",
        gettext_lazy("Ideer som gjøres i linja"),
        _line_ideas,
        "line_person",
        lambda idea: _("ideen «{title}» i linja").format(title=idea.title),
        lambda idea: reverse("idea", args=[idea.code]),
    ),
    Duty(
        "decision",
        gettext_lazy("Eier i vedtak som ikke er kunngjort"),
        _decisions,
        "owner",
        lambda row: _("eier i vedtaket om «{title}»").format(title=row.item.entry.idea.title),
        lambda row: reverse("idea", args=[row.item.entry.idea.code]),
        role=roles.PROJECT_OWNER,
    ),
    Duty(
        "consensus",
        gettext_lazy("Konsensusmøter som pågår"),
        _consensus,
        "led_by",
        lambda meeting: _("møtelederen i {round}").format(round=meeting.round),
        lambda meeting: reverse("prioritization:round", args=[meeting.round_id]),
        role=roles.DIGITALISATION_TEAM,
    ),
)


def items(person: User, *, on: dt.date) -> Iterator[Item]:
    """One read for each duty, however much there is."""
    for duty in DUTIES:
        for row in duty.of(person, on):
            yield Item(duty, row)


def scoring_left(person: User) -> QuerySet[Participation]:
    """Rounds that wait for the person's own judgement, which nobody else can give for them.

    Who scores is changed on the page of the round, so the account can be closed meanwhile.
    """
    waiting = Participation.objects.filter(
        user=person, delivered_at=None, round__status=RoundStatus.OPEN
    )
    return waiting.select_related("round__cycle").order_by("round__closes_on", "pk")


def why_account_stays_open(person: User) -> Blocker | None:
    """A check of `ACCOUNT_CLOSING_CHECKS`."""
    left = [item.words for item in items(person, on=timezone.localdate())]
    if not left:
        return None
    named = left if len(left) <= NAMED + 1 else [*left[:NAMED], _and_more(len(left) - NAMED)]
    return Blocker(
        reason=_("{name} svarer fortsatt for {things}. Gi det til en annen først.").format(
            name=person, things=listed(named)
        ),
        url=reverse("person-hand-over", args=[person.pk]),
        link=_("Se hva det er, og gi det videre"),
    )


def _and_more(count: int) -> str:
    return _("{things} til").format(things=things(count))
