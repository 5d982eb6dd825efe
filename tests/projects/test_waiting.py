import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from municipality.models import Phase
from prioritization.models import DecisionMeeting, Memo, MemoStatus
from projects.waiting import waiting_for
from tests.factories.benefits import BenefitFactory
from tests.factories.decisions import DecisionFactory
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


def titles(user, *, on):
    return [task.title for task in waiting_for(user, on=on)]


def test_the_owner_is_asked_to_describe_a_benefit(owner, today):
    project = ProjectFactory(owner=owner, name="Digital nøkkel")
    BenefitFactory(project=ProjectFactory(owner=owner, name="Klart språk"))

    [task] = waiting_for(owner, on=today)

    assert task.title == "Beskriv gevinsten i «Digital nøkkel»"
    assert task.url == reverse("benefits:create", args=[project.pk])


def test_team_and_management_are_asked_for_the_decisions_that_lack(
    item_of, team_member, manager, owner, today
):
    for _number in range(3):
        item_of()

    [task] = waiting_for(team_member, on=today)

    assert task.title == "Før vedtak for tre ideer"
    assert task.due_on == today + dt.timedelta(days=10)
    assert titles(manager, on=today) == ["Før vedtak for tre ideer"]
    assert titles(owner, on=today) == []


def test_nothing_is_asked_of_a_draft_or_a_closed_phase(item, team_member, today):
    Phase.objects.update(closes_on=today - dt.timedelta(days=1))
    assert titles(team_member, on=today) == []

    Phase.objects.update(closes_on=today)
    Memo.objects.update(status=MemoStatus.DRAFT)
    assert titles(team_member, on=today) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(owner, today, count, django_assert_num_queries):
    for _number in range(count):
        ProjectFactory(owner=owner)

    with django_assert_num_queries(2):
        waiting_for(owner, on=today)


def test_what_is_decided_and_not_told_waits_also_after_the_phase(
    item, meeting, team_member, owner, today
):
    DecisionFactory(item=item, meeting=meeting)
    Phase.objects.update(closes_on=today - dt.timedelta(days=1))

    [task] = waiting_for(team_member, on=today)

    assert task.title == "Kunngjør vedtakene"
    assert task.url == reverse("decisions:publish", args=[item.memo_id])
    assert titles(owner, on=today) == []


def test_nothing_waits_once_it_is_told(item, meeting, team_member, today):
    DecisionFactory(item=item, meeting=meeting)
    DecisionMeeting.objects.update(published_at=timezone.now(), published_by=team_member)

    assert titles(team_member, on=today) == []
