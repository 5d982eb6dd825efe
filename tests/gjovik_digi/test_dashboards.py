import datetime as dt
from decimal import Decimal

import pytest

from benefits.models import BenefitKind
from core import roles
from core.models import record
from gjovik_digi.dashboards import done, management, panels, sector
from projects.models import Light
from tests.factories.benefits import BenefitFactory, BenefitYearFactory
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import SectorFactory
from tests.factories.projects import ProjectFactory


def test_a_bar_is_as_wide_as_its_share_of_the_longest_or_of_the_top():
    rows = [("Lovet", Decimal(200), "200"), ("Realisert", Decimal(50), "50"), ("Uttak", None, "")]

    assert [bar.width for bar in panels.bars(rows)] == ["100.00%", "25.00%", "0.00%"]
    assert [bar.width for bar in panels.bars(rows, top=400)] == ["50.00%", "12.50%", "0.00%"]
    assert panels.bars([("Tap", -3, "−3"), ("Ingen", 0, "0")])[0].width == "0.00%"


@pytest.mark.django_db
class TestManagement:
    def test_benefits_are_told_in_kroner_without_freed_time(self, cycle, manager):
        project = ProjectFactory()
        direct = BenefitFactory(project=project, kind=BenefitKind.DIRECT)
        BenefitYearFactory(
            benefit=direct, year=cycle.year, plan=900_000, actual=300_000, evidence="measured"
        )
        time = BenefitFactory(project=project, kind=BenefitKind.TIME)
        BenefitYearFactory(benefit=time, year=cycle.year, plan=2, actual=1, evidence="measured")

        found = management.panels(manager, cycle, on=dt.date(cycle.year, 6, 1))
        panel = next(each for each in found if each.key == "gevinster")

        assert panel.heading.replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ") == (
            f"300 000 av 900 000 lovede kroner er realisert til og med {cycle.year}"
        )
        assert [fact.shown for fact in panel.facts if "årsverk" in fact.words] == [
            "1,0 av 2,0 lovet"
        ]

    def test_the_page_asks_as_often_for_three_projects_as_for_one(
        self, client, cycle, manager, django_assert_max_num_queries
    ):
        counts = []
        for more in (1, 2):
            for _each in range(more):
                project = ProjectFactory(light=Light.RED)
                BenefitFactory(project=project)
            client.force_login(manager)
            with django_assert_max_num_queries(60) as asked:
                assert client.get("/ledelsen/").status_code == 200
            counts.append(len(asked))
        assert counts[0] == counts[1]

    def test_an_empty_municipality_says_so(self, client, manager):
        client.force_login(manager)

        text = client.get("/ledelsen/").content.decode()

        assert "Ingen saker venter på beslutning" in text
        assert "Ingen gevinster er beskrevet ennå" in text


@pytest.mark.django_db
class TestSector:
    def test_the_five_lines_are_of_the_sector_alone(self, cycle):
        own, other = SectorFactory(), SectorFactory()
        for where in (own, other):
            IdeaFactory(cycle=cycle, sector=where)
            ProjectFactory(sector=where, light=Light.YELLOW)

        shown = [fact.shown for fact in sector.facts(own, cycle)]

        assert shown == ["1", "1", "1", "0 av 0", "Ikke levert"]

    def test_another_leader_does_not_see_it(self, client, cycle, sector_leader):
        client.force_login(sector_leader)

        assert client.get(f"/sektor/{sector_leader.sector.code}/").status_code == 200
        assert client.get(f"/sektor/{SectorFactory().code}/").status_code == 403


@pytest.mark.django_db
class TestDone:
    def test_the_same_on_one_day_is_one_line(self, person, today):
        who, benefit = person(roles.PROJECT_OWNER), BenefitFactory()
        for _each in range(3):
            record("benefit measured", benefit, by=who)
        record("mapnode moved", benefit, by=who)  # too small to tell

        lines = done.lately(who, on=today)

        assert [(str(each.words), each.name, each.times) for each in lines] == [
            ("Målte gevinsten", benefit.name, 3)
        ]

    def test_what_others_did_is_not_mine(self, person, today):
        record("benefit measured", BenefitFactory(), by=person())

        assert done.lately(person(), on=today) == []
