"""What a project does to get its benefits: the map, the tiltak, and the plan as a file."""

from typing import Any

import factory
from django.utils import timezone

from benefits import plan_facts
from benefits.models import (
    BenefitKind,
    MapColumn,
    MapNode,
    OtherBody,
    PlanFile,
    PlanFileKind,
    RealisationAction,
    Receiver,
)
from core.made_files import FileStatus
from projects.models import Project
from tests.factories.benefits import BenefitFactory
from tests.factories.projects import ProjectFactory


class MapNodeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MapNode

    project = factory.SubFactory(ProjectFactory)
    column = MapColumn.ENABLER
    order = factory.Sequence(lambda count: count + 1)
    text = "Digitale låser på alle dører"


def benefit_box(benefit: Any) -> MapNode:
    return MapNodeFactory(
        project=benefit.project, column=MapColumn.BENEFIT, text="", benefit=benefit
    )


class RealisationActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RealisationAction

    project = factory.SubFactory(ProjectFactory)
    text = "Samle inn nøklene"


class OtherBodyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OtherBody

    benefit = factory.SubFactory(BenefitFactory, kind=BenefitKind.DIRECT, receiver=Receiver.PUBLIC)
    name = "NAV Innlandet"


def plan_file(project: Project) -> PlanFile:
    """One that is ready, without having been made."""
    return PlanFile.objects.create(
        project=project,
        kind=PlanFileKind.PLAN,
        snapshot=plan_facts.facts(project, on=timezone.localdate()),
        requested_by=project.owner,
        status=FileStatus.READY,
        content=b"%PDF",
        sha256="0" * 64,
        size=4,
        word=b"PK",
        word_sha256="0" * 64,
    )


def realising_of(project: Project) -> dict[str, Any]:
    """A box, a tiltak, a benefit that another public body gets, and a file, by their keys."""
    number = max([each.number for each in project.benefits.all()], default=0) + 1
    gained = BenefitFactory(
        project=project,
        owner=project.owner,
        number=number,
        name="Færre henvendelser til NAV",
        kind=BenefitKind.DIRECT,
        receiver=Receiver.PUBLIC,
    )
    return {
        "map": benefit_box(gained),
        "action": RealisationActionFactory(project=project, benefit=gained),
        "other": OtherBodyFactory(benefit=gained).benefit,
        "plan-file": plan_file(project),
    }
