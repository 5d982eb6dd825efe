import datetime as dt
import random

import pytest

from projects import colliding
from projects.collisions import Facts, Freeze, Kind, Link, Share, Touch, find
from projects.models import Allocation, Integration, SystemUse, UseKind
from tests.factories.municipality import UserFactory
from tests.factories.projects import ChangeRequestFactory, ProjectFactory
from tests.factories.registers import AllocationFactory
from tests.factories.systems import (
    ChangeTouchFactory,
    FreezePeriodFactory,
    SystemFactory,
    SystemUseFactory,
)

TODAY = dt.date(2030, 10, 1)
KINDS_OF = {
    colliding.Shown.SYSTEMS: {Kind.SYSTEM, Kind.REPLACED},
    colliding.Shown.INTEGRATIONS: {Kind.INTEGRATION},
    colliding.Shown.PEOPLE: {Kind.PERSON},
    colliding.Shown.FREEZES: {Kind.FREEZE},
}

pytestmark = pytest.mark.django_db


def span(shaken):
    first = dt.date(2030, 9, 15) + dt.timedelta(days=shaken.randrange(60))
    return {"starts_on": first, "ends_on": first + dt.timedelta(days=shaken.randrange(20))}


@pytest.fixture
def tangle():
    """Five projects, one of them ended, in a muddle. The same every time."""
    shaken = random.Random(7)
    projects = [ProjectFactory() for _project in range(4)]
    ended = ProjectFactory(ending="line", ended_on=dt.date(2030, 9, 1))
    systems = [SystemFactory() for _system in range(4)]
    people = [UserFactory() for _person in range(2)]
    SystemUse.objects.bulk_create(
        SystemUse(
            project=shaken.choice([*projects, ended]),
            system=shaken.choice(systems),
            kind=shaken.choice([*UseKind.values, UseKind.USES, UseKind.CHANGES]),
            **span(shaken),
        )
        for _line in range(45)
    )
    Allocation.objects.bulk_create(
        Allocation(
            project=shaken.choice([*projects, ended]),
            person=shaken.choice(people),
            percent=shaken.choice([20, 40, 60, 80]),
            **span(shaken),
        )
        for _line in range(20)
    )
    Integration.objects.create(source=systems[0], target=systems[1])
    Integration.objects.create(source=systems[1], target=systems[0])
    Integration.objects.create(source=systems[2], target=systems[0])
    FreezePeriodFactory().systems.set(systems[:1])
    FreezePeriodFactory(starts_on=dt.date(2030, 10, 10), ends_on=dt.date(2030, 10, 20))
    return projects


def everything():
    """All facts there are of projects that have not ended, also of days that are over."""
    touches = SystemUse.objects.filter(project__ending="").order_by("pk")
    shares = Allocation.objects.filter(project__ending="")
    return Facts(
        touches=[Touch(t.project_id, t.system_id, t.kind, t.starts_on, t.ends_on) for t in touches],
        links=[Link(i.source_id, i.target_id) for i in Integration.objects.all()],
        shares=[
            Share(s.project_id, s.person_id, s.percent, s.starts_on, s.ends_on) for s in shares
        ],
        freezes=[
            Freeze(f.pk, f.starts_on, f.ends_on, frozenset(f.systems.values_list("pk", flat=True)))
            for f in FreezePeriodFactory._meta.model.objects.all()
        ],
    )


def days(collisions):
    """What is the matter on each day from today: however the days are parted into lines."""
    return {
        (
            each.kind,
            each.projects if each.kind != Kind.PERSON else (),
            each.about,
            each.other,
            each.first + dt.timedelta(days=number),
        )
        for each in collisions
        for number in range((each.last - each.first).days + 1)
        if each.first + dt.timedelta(days=number) >= TODAY
    }


def test_all_current_are_those_the_rules_find(tangle):
    expected = days(find(everything()))

    found = {
        kind: days(colliding.current(kind, on=TODAY, per_page=500).collisions)
        for kind in colliding.Shown
    }

    for kind, kinds in KINDS_OF.items():
        assert found[kind] == {each for each in expected if each[0] in kinds}
        assert found[kind], f"the muddle has none of {kind}"


def test_those_of_one_project_are_those_the_rules_find(tangle):
    for project in tangle:
        expected = days(find(everything(), of=project.pk))

        told = colliding.for_project(project, on=TODAY)

        assert days(each.collision for each in told) == expected


def test_the_pages_together_are_all(tangle):
    kind = colliding.Shown.SYSTEMS
    every = colliding.current(kind, on=TODAY, per_page=500).collisions
    pages = [colliding.current(kind, on=TODAY, page=number, per_page=4) for number in (1, 2)]

    assert [each for page in pages for each in page.collisions] == every[:8]
    assert pages[0].has_next


def test_a_collision_is_told_with_names_and_days():
    system = SystemFactory(name="Visma HRM")
    one = ProjectFactory(name="Digitale arbeidsavtaler")
    SystemUseFactory(project=one, system=system)
    SystemUseFactory(project=ProjectFactory(name="Ny timeføring"), system=system)

    (told,) = colliding.for_project(one, on=TODAY)

    assert told.heading == "Samme system i november"
    assert told.words == (
        "Digitale arbeidsavtaler og Ny timeføring er begge i Visma HRM 1.–30. november, "
        "og minst ett av dem endrer det."
    )
    assert told.as_json()["projects"] == [project.pk for project in told.projects]


def test_a_change_collides_with_what_it_would_do_if_it_were_approved():
    system = SystemFactory()
    SystemUseFactory(system=system)
    change = ChangeRequestFactory()

    assert colliding.for_change(change, on=TODAY) == []

    ChangeTouchFactory(change_request=change, system=system)
    (told,) = colliding.for_change(change, on=TODAY)
    assert told.collision.kind == Kind.SYSTEM


def test_a_later_end_keeps_the_people_longer():
    change = ChangeRequestFactory(days=30)
    november = {"starts_on": dt.date(2030, 11, 1), "ends_on": dt.date(2030, 11, 30)}
    winter = {"starts_on": dt.date(2030, 12, 10), "ends_on": dt.date(2031, 1, 31)}
    mine = AllocationFactory(project=change.project, percent=60, **november)
    AllocationFactory(person=mine.person, percent=60, **winter)

    (told,) = colliding.for_change(change, on=TODAY)

    assert (told.first, told.last) == (dt.date(2030, 12, 10), dt.date(2030, 12, 30))
    assert "120 prosent" in told.words


@pytest.mark.parametrize("others", [1, 12])
def test_the_reads_do_not_grow_with_what_collides(others, django_assert_max_num_queries):
    system = SystemFactory()
    mine = SystemUseFactory(system=system).project
    for _other in range(others):
        SystemUseFactory(system=system)

    with django_assert_max_num_queries(8):
        assert len(colliding.for_project(mine, on=TODAY)) == others
