"""A small method: a question before each decision point, one document, the three sizes."""

import factory

from projects.models import (
    ChecklistItem,
    GateCode,
    Method,
    ProductTemplate,
    RoleHolder,
    RoleKey,
    Size,
    SizeProfile,
    TemplateSection,
)
from tests.factories.projects import ProjectFactory


class MethodFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Method

    name = "Prosjektveiviseren"
    version = factory.Sequence(lambda n: f"prøve-{n}")


class RoleHolderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoleHolder

    project = factory.SubFactory(ProjectFactory)
    role = RoleKey.SENIOR_SUPPLIER
    name = "Liv Moe"
    organisation = "Leverandøren"
    starts_on = factory.SelfAttribute("project.started_on")


def small_method(**fields) -> Method:
    """Complete enough to be taken into use."""
    method = MethodFactory(**fields)
    ChecklistItem.objects.bulk_create(
        ChecklistItem(method=method, gate=gate, order=1, code="klar", text=f"Er {gate} klart?")
        for gate in GateCode
    )
    SizeProfile.objects.bulk_create(
        SizeProfile(method=method, size=size, max_months=months, max_cost=cost)
        for size, months, cost in (
            (Size.SMALL, 6, 300_000),
            (Size.MEDIUM, 18, 3_000_000),
            (Size.LARGE, None, None),
        )
    )
    template = ProductTemplate.objects.create(
        method=method,
        code="mandat",
        name="Mandat",
        phase="idea",
        gate="BP1",
        order=1,
        required_in=[Size.LARGE],
    )
    TemplateSection.objects.create(template=template, order=1, code="mal", heading="Mål")
    return method
