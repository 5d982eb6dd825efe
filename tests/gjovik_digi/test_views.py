import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from core import roles
from gjovik_digi import overview
from ideas.models import IdeaStatus, StatusChange
from maturity.models import Aggregation, AssessmentStatus
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, Phase
from tests.factories.benefits import BenefitFactory
from tests.factories.ideas import IdeaFactory
from tests.factories.maturity import (
    AnswerFactory,
    AreaFactory,
    AssessmentFactory,
    MeasurementRoundFactory,
)
from tests.factories.municipality import CycleFactory, GoalFactory, SectorFactory, UserFactory
from tests.factories.projects import ProjectFactory


def test_home_before_the_first_year_says_so(client, db):
    page = client.get("/").content.decode()

    assert "Årshjulet er ikke startet ennå" in page


def test_home_invites_while_ideation_is_open_and_not_after(client, cycle, today):
    assert "Send inn en idé" in client.get("/").content.decode()

    Phase.objects.filter(kind=PhaseKind.IDEATION).update(closes_on=today - dt.timedelta(days=1))
    page = client.get("/").content.decode()

    assert "Hva bør kommunen gjøre enklere?" not in page
    assert "Se ideene" in page


@pytest.mark.parametrize("count", [1, 3])
def test_home_queries_do_not_grow(client, cycle, count, django_assert_num_queries):
    earlier = CycleFactory(year=cycle.year - 1, is_current=False, open=True)
    for _ in range(count):
        IdeaFactory(cycle=cycle, published_at=timezone.now())
        IdeaFactory(cycle=earlier, status=IdeaStatus.APPROVED, published_at=timezone.now())
        BenefitFactory(
            project=ProjectFactory(idea=IdeaFactory(cycle=earlier, published_at=timezone.now())),
            latest_value=Decimal(5),
            latest_on=timezone.localdate(),
        )

    with django_assert_num_queries(12):
        client.get("/")


def test_last_year_counts_every_outcome(cycle):
    earlier = CycleFactory(year=cycle.year - 1, is_current=False, open=True)
    for status in (IdeaStatus.APPROVED, IdeaStatus.APPROVED, IdeaStatus.REJECTED):
        IdeaFactory(cycle=earlier, status=status)
    IdeaFactory(cycle=earlier)

    told = overview.last_year(AnnualCycle.objects.current())

    assert (told.total, told.answered) == (4, 3)
    assert [(part.count, part.words) for part in told.parts] == [
        (2, "ble prosjekt"),
        (1, "gikk vi ikke videre med"),
    ]


@pytest.mark.parametrize(("answered", "shown"), [(4, False), (5, True)])
def test_answering_is_silent_under_five(cycle, answered, shown):
    for _ in range(answered):
        idea = IdeaFactory(cycle=cycle)
        StatusChange.objects.create(
            idea=idea,
            status=IdeaStatus.FORWARDED,
            reason="Mange spør.",
            at=idea.created_at + dt.timedelta(days=8),
        )

    told = overview.answering(cycle.year)

    assert (told is not None) == shown
    if shown:
        assert (told.median_days, told.late, told.total) == (8, 5, 5)


def test_my_page_has_the_most_urgent_first(client, cycle, team_member, today):
    IdeaFactory(cycle=cycle, answer_due_on=today - dt.timedelta(days=2))
    client.force_login(team_member)

    context = client.get("/min-side/").context

    assert context["first"].title == "Svar på 1 idé"
    assert context["first"].due_on == today - dt.timedelta(days=2)


def test_my_page_with_nothing_waiting_says_so(client, cycle, person):
    client.force_login(person(roles.EMPLOYEE))

    assert "Ingenting venter på deg" in client.get("/min-side/").content.decode()


def test_idea_not_published_hides_its_words_from_strangers(client, cycle, team_member):
    idea = IdeaFactory(cycle=cycle, code="G26-062", problem="Noe ingen har lest ennå.")

    stranger = client.get("/ideer/G26-062/").content.decode()
    sender = client.get(reverse("idea-by-token", args=[idea.token])).content.decode()
    client.force_login(team_member)
    team = client.get("/ideer/G26-062/").content.decode()

    assert "Noe ingen har lest ennå." not in stranger
    assert idea.title not in stranger
    assert "Noe ingen har lest ennå." in sender
    assert "Noe ingen har lest ennå." in team


def test_search_finds_ideas_projects_and_goals(client, cycle):
    IdeaFactory(cycle=cycle, title="Barnehagekø på nett", published_at=timezone.now())
    IdeaFactory(cycle=cycle, title="Barnehage, ikke lest")
    ProjectFactory(name="Barnehage og SFO", sector=SectorFactory())
    GoalFactory(text="Barnehagens mål")

    found = client.get("/sok/?q=barnehage").context["found"]

    assert [idea.title for idea in found.ideas] == ["Barnehagekø på nett"]
    assert [project.name for project in found.projects] == ["Barnehage og SFO"]
    assert [goal.text for goal in found.goals] == ["Barnehagens mål"]


def test_search_without_hits_keeps_the_words(client, cycle):
    page = client.get("/sok/?q=sykkelparkering").content.decode()

    assert "Ingenting passer med «sykkelparkering»" in page


def test_home_tells_the_same_maturity_as_its_own_page(client, cycle):
    """By årsverk: (3·100 + 1·300) / 400 = 1,5, where an unweighted mean would be 2,0."""
    area = AreaFactory()
    opened = MeasurementRoundFactory(
        cycle=cycle, instrument=area.instrument, aggregation=Aggregation.BY_STAFF
    )
    for level, staff in ((3, 100), (1, 300)):
        assessment = AssessmentFactory(
            cycle=cycle,
            instrument=area.instrument,
            status=AssessmentStatus.SUBMITTED,
            submitted_at=timezone.now(),
            submitted_by=UserFactory(),
        )
        AnswerFactory(assessment=assessment, area=area, level=level, reason="Slik er det.")
        opened.sector_weights.create(sector=assessment.sector, staff=staff)

    page = client.get("/").content.decode()

    assert overview.maturity(cycle).scores.overall == Decimal("1.5")
    assert "1,5 av" in page
    assert "Gjennomsnitt etter årsverk av 2 av 2 sektorer" in page
