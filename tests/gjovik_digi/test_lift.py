"""What was meant to lift what: measure → idea → project, beside how the area moved."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from gjovik_digi import lift
from maturity.models import AssessmentStatus
from maturity.scoring import Association, Group
from tests.factories.ideas import IdeaFactory
from tests.factories.maturity import (
    AnswerFactory,
    AreaFactory,
    AssessmentFactory,
    CharacteristicFactory,
    InstrumentFactory,
    LevelGuidanceFactory,
    MeasureFactory,
)
from tests.factories.municipality import CycleFactory, SectorFactory, UserFactory
from tests.factories.projects import ProjectFactory

YEAR = 2025


@pytest.fixture
def area(db):
    """Innovation, with one statement."""
    area = AreaFactory(code="innovasjon", name="Innovasjon")
    CharacteristicFactory(guidance=LevelGuidanceFactory(area=area), key="innovasjon-1-1")
    return area


def submit(sector, year, area, level, *, status=AssessmentStatus.SUBMITTED):
    assessment = AssessmentFactory(
        cycle=CycleFactory(year=year, is_current=False),
        sector=sector,
        instrument=area.instrument,
        status=status,
        submitted_at=timezone.now(),
        submitted_by=UserFactory(),
    )
    return AnswerFactory(assessment=assessment, area=area, level=level, reason="Slik er det.")


def moved(area, before, now, *measures: str):
    """A sector that went from one level to another, with the measures it had set."""
    sector = SectorFactory()
    earlier = submit(sector, YEAR - 1, area, before)
    submit(sector, YEAR, area, now)
    return [MeasureFactory(answer=earlier, text=text) for text in measures]


def page(client, year=YEAR) -> str:
    return client.get(reverse("lift"), {"ar": year}).content.decode()


def test_sectors_with_measures_beside_those_without(area):
    moved(area, 2, 4, "Lære opp alle", "Frigi tid")
    moved(area, 2, 3, "Få en plan")
    moved(area, 3, 3)

    (found,) = lift.of_year(YEAR).areas

    assert found.association == Association(
        tried=Group(Decimal("1.5"), count=2), others=Group(Decimal("0.0"), count=1)
    )
    assert found.cells == ["opp 1,5, to sektorer", "uendret, én sektor", "1,5 mer med tiltak"]


def test_this_years_own_measures_aim_at_next_year(area):
    sector = SectorFactory()
    submit(sector, YEAR - 1, area, 2)
    MeasureFactory(answer=submit(sector, YEAR, area, 3))

    (found,) = lift.of_year(YEAR).areas

    assert found.tried == []
    assert found.why_nothing == "Ingen sektorer satte tiltak her."


def test_when_all_tried_there_is_nobody_to_compare_with(area):
    moved(area, 2, 3, "Få en plan")

    (found,) = lift.of_year(YEAR).areas

    assert found.association is None
    assert found.why_nothing.startswith("Alle sektorene satte tiltak her")


def test_a_sector_that_lacks_a_year_is_told_and_not_counted(area):
    moved(area, 2, 3, "Få en plan")
    moved(area, 3, 3)
    late = SectorFactory()
    MeasureFactory(answer=submit(late, YEAR - 1, area, 1), text="Komme i gang")
    submit(late, YEAR, area, 5, status=AssessmentStatus.DRAFT)

    found = lift.of_year(YEAR)

    assert found.is_preliminary
    assert found.areas[0].association.tried == Group(Decimal("1.0"), count=1)
    assert found.areas[0].tried[-1].words == "mangler nivå ett av årene"


def test_years_that_asked_otherwise_are_not_compared(client, area):
    other = AreaFactory(
        instrument=InstrumentFactory(), code="innovasjon", name="Innovasjon", order=area.order
    )
    CharacteristicFactory(guidance=LevelGuidanceFactory(area=other), key="noe-annet")
    for texts in (["Få en plan"], []):
        sector = SectorFactory()
        earlier = submit(sector, YEAR - 1, area, 2)
        submit(sector, YEAR, other, 4)
        for text in texts:
            MeasureFactory(answer=earlier, text=text)

    (found,) = lift.of_year(YEAR).areas

    assert found.association is None
    assert "Kjennetegnene er endret" in page(client)
    assert "Få en plan" in page(client)
    assert "fra nivå 2 til 4" not in page(client)


def test_a_measure_leads_to_its_idea_and_its_project(client, area):
    sent, kept, hidden = moved(area, 2, 3, "Få en plan", "Lære opp alle", "Noe uferdig")
    moved(area, 3, 3)
    idea = IdeaFactory(measure=sent, published_at=timezone.now())
    project = ProjectFactory(idea=idea, name="Felles plan")
    secret = IdeaFactory(measure=hidden, published_at=None)

    shown = page(client)

    assert idea.code in shown
    assert project.get_absolute_url() in shown
    assert secret.code not in shown
    assert "Sendt inn som idé" in shown
    assert kept.text in shown
    assert "I 2024 ble tre tiltak satt. To er sendt inn som idé, og én har blitt prosjekt." in shown
    assert "Dette er sammenheng, ikke bevis" in shown


@pytest.mark.parametrize("year", [YEAR - 1, YEAR + 1])
def test_a_year_without_the_year_before_has_nothing_to_show(client, area, year):
    moved(area, 2, 3, "Få en plan")
    CycleFactory(year=YEAR + 1, is_current=False)

    assert lift.of_year(year) is None
    assert "det trengs en levert måling både det året og året før" in page(client, year)


def test_nobody_has_measured_anything(client, db):
    shown = client.get(reverse("lift")).content.decode()

    assert "Ingen har målt modenheten ennå." in shown


def test_queries_do_not_grow_with_sectors_and_measures(client, area, django_assert_max_num_queries):
    def count() -> int:
        with django_assert_max_num_queries(30) as captured:
            page(client)
        return len(captured.captured_queries)

    def sector_with_a_project():
        (measure,) = moved(area, 2, 3, "Få en plan")
        ProjectFactory(idea=IdeaFactory(measure=measure, published_at=timezone.now()))

    sector_with_a_project()
    few = count()
    for _each in range(5):
        sector_with_a_project()

    assert count() == few
