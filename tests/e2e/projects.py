"""Projects for the journeys, with what is not the point of a journey done beforehand.

Used in the shell of the running site: `site.shell("from tests.e2e.projects import …")`.
"""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from core.models import Event
from ideas.models import IdeaStatus
from municipality.models import AnnualCycle, Sector, User
from projects.actions import products as actions
from projects.models import (
    BudgetLine,
    ChecklistItem,
    Checkpoint,
    CheckpointState,
    Method,
    Milestone,
    Parameter,
    PhaseChange,
    PhasePlan,
    Product,
    ProductStatus,
    Project,
    ProjectPhase,
    Size,
    System,
    SystemUse,
    Tolerance,
    UseKind,
    UserInvolvement,
)
from tests.factories.benefits import BenefitFactory, MeasurementFactory
from tests.factories.ideas import IdeaFactory

OWNER = "anne.bakken@demo.gjovik.example"
MANAGER = "jonas.lien@demo.gjovik.example"
DECIDER = "randi.foss@demo.gjovik.example"


def start(name: str, *, left_open: Iterable[str] = (), written: Iterable[str] = ()) -> int:
    """As when the decision about its idea was published. The key of the project.

    All questions but the ones `left_open` are cleared, and all documents but the ones `written`
    are left out.
    """
    owner, manager = User.objects.get(email=OWNER), User.objects.get(email=MANAGER)
    idea = IdeaFactory(
        cycle=AnnualCycle.objects.get(is_current=True),
        title=name,
        sector=Sector.objects.get(leader__email="ingrid.haugen@demo.gjovik.example"),
        status=IdeaStatus.APPROVED,
        published_at=timezone.now(),
    )
    project = Project.objects.create(
        idea=idea,
        name=name,
        summary="Folk får svar med en gang.",
        sector=idea.sector,
        owner=owner,
        manager=manager,
        budget=250_000,
        method=Method.objects.current(),
        started_on=timezone.localdate(),
    )
    PhaseChange.objects.create(
        project=project,
        phase=ProjectPhase.IDEA,
        note="Rimelig, og merkes av mange.",
        by=User.objects.get(email=DECIDER),
        on=project.started_on,
    )
    _clear(project, set(left_open))
    _leave_out(project, set(written))
    return project.pk


def _clear(project: Project, left_open: set[str]) -> None:
    items = ChecklistItem.objects.filter(method=project.method).exclude(code__in=left_open)
    Checkpoint.objects.bulk_create(
        Checkpoint(
            project=project,
            item=item,
            state=CheckpointState.DONE,
            answered_by=project.manager,
            answered_at=timezone.now(),
            edited_by=project.manager,
            edited_at=timezone.now(),
            version=1,
        )
        for item in items.exclude(gate="BP3.n")
    )


def _leave_out(project: Project, written: set[str]) -> None:
    Product.objects.bulk_create(
        Product(
            project=project,
            template=template,
            status=ProductStatus.LEFT_OUT,
            left_out_reason="Vedtaket sier det samme.",
            left_out_by=project.owner,
        )
        for template in project.method.templates.exclude(code__in=written)
    )


def log_of(pk: int) -> list[str]:
    """What happened to the project itself, oldest first."""
    about = Event.objects.about(Project.objects.get(pk=pk)).order_by("pk")
    return [event.verb for event in about]


def make_large(pk: int, *, write: str, but: str, system: str) -> None:
    """Large, planned and tolerated, with all of document `write` but its section `but` written.

    Somebody else replaces the system of that name, in days to come.
    """
    today = timezone.localdate()
    project = Project.objects.select_related("owner", "manager", "method").get(pk=pk)
    project.size, project.size_reason = Size.LARGE, "Alle sektorene er med."
    project.save(update_fields=["size", "size_reason"])
    _plan(project, today)
    _promise(project, today)
    product = actions.begin(project, project.method.templates.get(code=write), by=project.manager)
    texts = product.texts.exclude(section__code=but)
    texts.update(text="Vi svarer senere enn vi har lovet.", is_drafted=False)
    product.texts.filter(section__code=but).update(text="", is_drafted=False)
    SystemUse.objects.create(
        project=Project.objects.live().exclude(pk=pk).order_by("pk").first(),
        system=System.objects.create(name=system),
        kind=UseKind.REPLACES,
        starts_on=today + dt.timedelta(days=30),
        ends_on=today + dt.timedelta(days=90),
    )


def _plan(project: Project, today: dt.date) -> None:
    """Three months of each phase, and the last milestone in Gjennomføre."""
    quarter = dt.timedelta(days=90)
    PhasePlan.objects.bulk_create(
        PhasePlan(
            project=project,
            phase=phase,
            starts_on=today + number * quarter,
            ends_on=today + (number + 1) * quarter,
        )
        for number, phase in enumerate(ProjectPhase)
    )
    Milestone.objects.create(
        project=project, name="Alle tar det i bruk", planned_on=today + 4 * quarter
    )
    BudgetLine.objects.create(
        project=project,
        year=today.year,
        source="Egen ramme",
        sector=project.sector,
        budget=250_000,
    )
    limits = {Parameter.COST: 20_000, Parameter.TIME: 30, Parameter.RISK: 16}
    Tolerance.objects.bulk_create(
        Tolerance(
            project=project,
            parameter=each,
            limit=limits.get(each),
            words="" if each in limits else "Alle skal med.",
            set_on=today,
        )
        for each in Parameter
    )


def _promise(project: Project, today: dt.date) -> None:
    """Users have taken part, and the owner answers for a benefit that is measured today."""
    UserInvolvement.objects.create(
        project=project,
        held_on=today,
        who="Seks familier",
        how="Prøvde skjemaet",
        changed="Knappen ble større.",
    )
    benefit = BenefitFactory(
        project=project,
        name="Ventetid på svar",
        unit="minutter",
        owner=project.owner,
        responsible=project.owner,
        responsibility_accepted_at=timezone.now(),
        next_measurement_on=today + dt.timedelta(days=90),
    )
    MeasurementFactory(benefit=benefit, value=8, measured_on=today, measured_by=project.owner)
