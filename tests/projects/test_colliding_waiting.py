import datetime as dt

import pytest

from projects import colliding
from projects.colliding import waiting
from projects.models import Integration, UseKind
from tests.factories.projects import ChangeRequestFactory, ProjectFactory
from tests.factories.registers import AllocationFactory
from tests.factories.systems import (
    ChangeTouchFactory,
    FreezePeriodFactory,
    SystemFactory,
    SystemUseFactory,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date(2030, 10, 1)
QUERIES = 6


def days(first: int, last: int) -> dict[str, dt.date]:
    return {
        "starts_on": TODAY + dt.timedelta(days=first),
        "ends_on": TODAY + dt.timedelta(days=last),
    }


@pytest.fixture
def asked():
    """Five requests: three that collide in a way each, one that did before today, one that asks
    for no system at all."""
    archive, payroll, portal = (SystemFactory() for _system in range(3))
    Integration.objects.create(source=archive, target=portal)
    FreezePeriodFactory(**days(100, 110)).systems.set([payroll])
    other = ProjectFactory()
    SystemUseFactory(project=other, system=archive, kind=UseKind.CHANGES, **days(0, 30))
    SystemUseFactory(project=other, system=payroll, kind=UseKind.REPLACES, **days(-90, -60))
    requests = [ChangeRequestFactory(days=20) for _request in range(5)]
    for request, system, when in (
        (requests[0], archive, days(10, 50)),
        (requests[1], portal, days(20, 25)),
        (requests[2], payroll, days(95, 105)),
        (requests[3], archive, days(-60, -30)),
    ):
        ChangeTouchFactory(change_request=request, system=system, kind=UseKind.CHANGES, **when)
    busy = AllocationFactory(project=requests[4].project, percent=80, **days(0, 20))
    AllocationFactory(project=other, person=busy.person, percent=40, **days(25, 60))
    return requests


def test_as_many_as_the_page_of_each_request_tells(asked):
    expected = {each.pk: len(colliding.for_change(each, on=TODAY)) for each in asked}

    assert waiting.counts(asked, on=TODAY) == expected
    assert [expected[each.pk] for each in asked] == [1, 1, 2, 0, 1]


@pytest.mark.parametrize("count", [1, 3])
def test_in_the_same_few_reads_for_all(asked, count, django_assert_num_queries):
    with django_assert_num_queries(QUERIES):
        waiting.counts(asked[3 - count : 3], on=TODAY)


def test_an_empty_queue_collides_with_nothing(db):
    assert waiting.counts([], on=TODAY) == {}
