import datetime as dt
import uuid

import factory
from django.utils import timezone

from core.models import Event
from projects import gates
from projects.models import (
    ChecklistItem,
    Checkpoint,
    CheckpointState,
    GateCase,
    GateCode,
    Method,
    Parameter,
    Product,
    ProductStatus,
    ProductTemplate,
    Project,
    Size,
    SizeProfile,
    Stage,
    Tolerance,
    UserInvolvement,
)
from tests.factories.benefits import BenefitFactory
from tests.factories.municipality import UserFactory
from tests.factories.projects import ProjectFactory

ALL_GATES = list(GateCode)
FORMAL = {Size.SMALL: ["BP2", "BP5"], Size.MEDIUM: ALL_GATES, Size.LARGE: ALL_GATES}


def make_method(version: str = "prøve") -> Method:
    """Small: one question before each gate, and one document that BP1 waits for."""
    method, is_new = Method.objects.get_or_create(version=version, defaults={"name": "Prøve"})
    if is_new:
        ChecklistItem.objects.bulk_create(
            ChecklistItem(
                method=method, gate=gate, order=1, code="klart", text=f"Er alt klart for {gate}?"
            )
            for gate in ALL_GATES
        )
        ProductTemplate.objects.create(
            method=method,
            code="mandat",
            name="Mandat",
            phase="idea",
            gate="BP1",
            order=1,
            required_in=[Size.MEDIUM, Size.LARGE],
        )
        for size, formal in FORMAL.items():
            SizeProfile.objects.create(method=method, size=size, formal_gates=formal)
    return method


class GatedProjectFactory(ProjectFactory):
    """With the small method and somebody to lead it."""

    method = factory.LazyFunction(make_method)
    manager = factory.SubFactory(UserFactory)


class StageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Stage

    project = factory.SubFactory(GatedProjectFactory)
    number = factory.LazyAttribute(lambda stage: stage.project.stages.count() + 1)
    name = factory.Sequence(lambda n: f"Sone {n}")
    starts_on = factory.LazyAttribute(
        lambda stage: timezone.localdate() + dt.timedelta(days=30 * stage.number)
    )
    ends_on = factory.LazyAttribute(lambda stage: stage.starts_on + dt.timedelta(days=29))


class GateCaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GateCase

    project = factory.SubFactory(GatedProjectFactory)
    gate = factory.LazyAttribute(lambda case: gates.next_point(case.project).gate.code)
    submission_key = factory.LazyFunction(uuid.uuid4)
    requested_by = factory.SubFactory(UserFactory)
    requested_at = factory.LazyFunction(timezone.now)


def answer(project: Project, state: str = CheckpointState.DONE, **fields) -> Checkpoint:
    """The one question before the next gate."""
    point = gates.next_point(project)
    item = ChecklistItem.objects.get(method=project.method, gate=point.gate.code)
    return Checkpoint.objects.create(
        project=project, item=item, stage=point.stage, state=state, **fields
    )


def leave_out_mandate(project: Project) -> Product:
    return Product.objects.create(
        project=project,
        template=project.method.templates.get(),
        status=ProductStatus.LEFT_OUT,
        left_out_reason="Vedtaket sier det samme.",
    )


def involve_users(project: Project) -> UserInvolvement:
    return UserInvolvement.objects.create(
        project=project,
        held_on=timezone.localdate(),
        who="Seks familier",
        how="Prøvde løsningen",
        changed="Knappen ble større.",
    )


def describe_benefit(project: Project, **fields):
    fields.setdefault("next_measurement_on", timezone.localdate() + dt.timedelta(days=90))
    return BenefitFactory(project=project, **fields)


def set_tolerances(project: Project) -> None:
    Tolerance.objects.bulk_create(
        Tolerance(project=project, parameter=each, words="Litt", set_on=timezone.localdate())
        for each in Parameter
    )


def make_ready(project: Project) -> Project:
    """All that the next gate of the small method waits for is in place."""
    answer(project)
    leave_out_mandate(project)
    involve_users(project)
    describe_benefit(
        project,
        responsible=project.owner,
        responsibility_accepted_at=timezone.now(),
        latest_on=timezone.localdate(),
        latest_value=7,
    )
    set_tolerances(project)
    return project


def verbs() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))
