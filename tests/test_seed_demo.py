"""The demo municipality is whole, and stands in the middle of its year."""

import datetime as dt
import io
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from benefits.models import Benefit, BenefitState
from core import roles
from core.models import Chart, Event, OutgoingMail
from gjovik_digi.seeding import people
from gjovik_digi.waiting import for_person
from ideas.models import Idea, IdeaStatus, Origin
from maturity.models import Assessment, AssessmentStatus
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, User
from prioritization.models import Decision, FileStatus, MemoFile, Round
from projects.models import ChangeRequest, Project
from tests import databases
from workshops.models import Workshop, WorkshopStatus


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The database is another one here: a copy of one that `seed_demo` has filled."""
    name = f"{connection.settings_dict['NAME']}_demo"
    databases.copy(databases.seeded(), name)
    with django_db_blocker.unblock():
        with use_database(name):
            yield
        databases.drop(name)


@contextmanager
def use_database(name: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    yield
    connection.close()
    connection.settings_dict["NAME"] = before


@pytest.fixture
def seeded(demo, db):
    return demo


def logins() -> list[dict[str, str]]:
    printed = io.StringIO()
    call_command("seed_demo", "--logins", stdout=printed)
    return json.loads(printed.getvalue())


def test_logins_names_one_person_per_role():
    found = logins()

    assert [login["role"] for login in found] == list(roles.ALL)
    assert len({login["email"] for login in found}) == len(found)


@pytest.mark.parametrize("login", people.logins(), ids=lambda login: login["role"])
def test_login_works_and_has_the_role(seeded, login):
    user = authenticate(None, email=login["email"], password=login["password"])

    assert isinstance(user, User)
    assert login["role"] in user.roles


def test_current_year_is_in_the_middle_of_the_wheel(seeded):
    today = timezone.localdate()

    current = AnnualCycle.objects.get(is_current=True)

    assert current.year == today.year
    assert [phase.kind for phase in current.ordered_phases() if phase.is_open(today)] == [
        PhaseKind.IDEATION,
        PhaseKind.PRIORITISATION,
    ]


def test_two_earlier_years_are_finished(seeded):
    current = AnnualCycle.objects.get(is_current=True)

    earlier = AnnualCycle.objects.filter(year__lt=current.year)

    assert earlier.count() == 2
    assert not Round.objects.open().filter(cycle__in=earlier).exists()
    final = MemoFile.objects.filter(is_draft=False)
    assert list(final.values_list("status", flat=True)) == [FileStatus.READY] * 2
    assert not Idea.objects.filter(
        cycle__in=earlier, status__in=[IdeaStatus.RECEIVED, IdeaStatus.FORWARDED]
    ).exists()


def test_sixty_ideas_are_sent_in_the_current_year(seeded):
    ideas = Idea.objects.filter(cycle=AnnualCycle.objects.current())

    sent = ideas.exclude(origin=Origin.WORKSHOP)
    assert sent.count() == 60
    assert set(ideas.values_list("status", flat=True)) == {
        IdeaStatus.RECEIVED,
        IdeaStatus.FORWARDED,
        IdeaStatus.LINE,
        IdeaStatus.IN_PROJECT,
        IdeaStatus.PARKED,
        IdeaStatus.DECLINED,
        IdeaStatus.MERGED,
    }
    assert list(sent.order_by("created_at").values_list("code", flat=True)) == sorted(
        sent.values_list("code", flat=True)
    )


def test_every_idea_has_a_history_that_ends_where_it_is(seeded):
    for idea in Idea.objects.prefetch_related("changes"):
        changes = list(idea.changes.all())
        assert changes[0].status == IdeaStatus.RECEIVED
        assert changes[-1].status == idea.status
        assert changes[0].at == idea.created_at


def test_open_round_has_ranked_unfinished_and_disputed_ideas(seeded):
    entries = Round.objects.open().get().entries

    assert entries.ranked().count() > 10
    assert entries.incomplete().exists()
    assert entries.statutory().exists()
    assert entries.filter(spread__gte=40).exists()


def test_the_memo_of_last_year_recommends_what_its_own_text_says(seeded):
    last_year = timezone.localdate().year - 1
    decisions = Decision.objects.filter(item__memo__round__cycle__year=last_year)

    recommended = decisions.filter(item__is_recommended=True)
    best_of_the_others = decisions.filter(item__is_recommended=False).order_by(
        "-item__entry__score"
    )[0]

    assert recommended.count() == 5
    assert (
        recommended.filter(item__entry__score__lt=best_of_the_others.item.entry.score).count() == 4
    )


def test_one_sector_can_still_assess_itself(seeded):
    today = timezone.localdate()
    current = Assessment.objects.filter(cycle=AnnualCycle.objects.current())

    (draft,) = current.filter(status=AssessmentStatus.DRAFT)

    assert current.submitted().count() == 4
    assert draft.extended_to == today + dt.timedelta(days=10)
    assert draft.sector.leader
    assert (
        draft.sector.leader.email
        == {login["role"]: login["email"] for login in logins()}[roles.SECTOR_LEADER]
    )


def test_benefits_are_ahead_behind_and_on_track(seeded):
    states = Counter(Benefit.objects.values_list("main__state", flat=True))

    assert set(states) >= {
        BenefitState.AHEAD,
        BenefitState.BEHIND,
        BenefitState.ON_TRACK,
        BenefitState.NOT_MEASURED,
    }
    assert len(set(Project.objects.values_list("phase", flat=True))) >= 4
    assert ChangeRequest.objects.waiting().exists()


def test_one_workshop_gave_ideas_and_one_is_ready_to_open(seeded):
    ended, ready = Workshop.objects.order_by("created_at")

    assert (ended.status, ready.status) == (WorkshopStatus.ENDED, WorkshopStatus.READY)
    assert {one.idea.origin for one in ended.chosen.select_related("idea")} == {Origin.WORKSHOP}
    assert ready.questions.count() == 2


@pytest.mark.parametrize(
    "role",
    [roles.SECTOR_LEADER, roles.DIGITALISATION_TEAM, roles.PROJECT_OWNER, roles.ICT_BOARD],
)
def test_something_waits_for(seeded, role):
    email = next(login["email"] for login in logins() if login["role"] == role)

    assert list(for_person(User.objects.get(email=email), on=timezone.localdate()))


def test_nobody_gets_mail_and_nothing_happens_in_the_future(seeded):
    now = timezone.now()

    assert not OutgoingMail.objects.waiting().exists()
    assert OutgoingMail.objects.held().exists()
    assert not Event.objects.filter(at__gt=now).exists()
    assert not Idea.objects.filter(created_at__gt=now).exists()
    assert not Chart.objects.waiting().exists()


def test_second_run_changes_nothing(seeded):
    idea = Idea.objects.earliest("created_at")
    Idea.objects.filter(pk=idea.pk).update(title="Skrevet om")
    before = Event.objects.count()

    call_command("seed_demo", stdout=io.StringIO())

    assert Event.objects.count() == before
    assert Idea.objects.get(pk=idea.pk).title == "Skrevet om"
