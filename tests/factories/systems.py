import datetime as dt

import factory

from core.imports import stage
from projects.models import (
    ChangeTouch,
    FreezePeriod,
    Integration,
    System,
    SystemUse,
    UseKind,
)
from projects.systems_plan import IntegrationRow, SystemRow, as_payload
from projects.views.systems_files import KIND
from tests.factories.projects import ChangeRequestFactory, ProjectFactory


class SystemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = System

    name = factory.Sequence(lambda n: f"System {n}")


class IntegrationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Integration

    source = factory.SubFactory(SystemFactory)
    target = factory.SubFactory(SystemFactory)
    what = "Navn og adresse"


class SystemUseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SystemUse

    project = factory.SubFactory(ProjectFactory)
    system = factory.SubFactory(SystemFactory)
    kind = UseKind.CHANGES
    starts_on = dt.date(2030, 11, 1)
    ends_on = dt.date(2030, 11, 30)


class FreezePeriodFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FreezePeriod

    name = "Lønnskjøring"
    starts_on = dt.date(2030, 11, 10)
    ends_on = dt.date(2030, 11, 12)


class ChangeTouchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ChangeTouch

    change_request = factory.SubFactory(ChangeRequestFactory)
    system = factory.SubFactory(SystemFactory)
    starts_on = dt.date(2030, 11, 1)
    ends_on = dt.date(2030, 11, 30)


def staged_systems(*, by):
    """A workbook that adds a system and changes another, uploaded and not yet confirmed."""
    known = SystemFactory(owner="IT-avdelingen")
    rows = [SystemRow(name="Postjournal"), SystemRow(name=known.name, owner="Arkivet")]
    links = [IntegrationRow(source="Postjournal", target=known.name, what="Brev")]
    return stage(KIND, payload=as_payload(rows, links), file_name="systemer.xlsx", by=by)
