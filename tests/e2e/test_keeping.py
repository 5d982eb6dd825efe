"""Nothing typed is lost when the network drops, the tab is closed or the session ends."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Site

PASSWORD = "hjulet-gar-rundt"
MAKE = f"""
from django.contrib.auth.models import Group
from django.utils import timezone
from core import roles
from maturity.actions.rounds import begin_all
from maturity.models import MeasurementRound
from municipality.models import AnnualCycle, Sector, User
sector = Sector.objects.create(code="prove", name="Prøvesektoren", short_name="Prøve", order=99)
user = User.objects.create_user("prove@demo.gjovik.example", "{PASSWORD}", name="Prøve Leder")
user.groups.add(Group.objects.get(name=roles.SECTOR_LEADER))
sector.leader = user
sector.save()
opened = MeasurementRound.objects.get(cycle=AnnualCycle.objects.current())
begin_all(opened, [sector], by=user)
assessment = sector.assessments.get()
assessment.extended_to = timezone.localdate() + timezone.timedelta(days=9)
assessment.save()
print(assessment.answers.order_by("area__order").first().area.code)
"""
REMOVE = """
from maturity.models import Assessment
from municipality.models import Sector, User
Assessment.objects.filter(sector__code="prove").delete()
Sector.objects.filter(code="prove").delete()
User.objects.filter(email="prove@demo.gjovik.example").delete()
"""


@dataclass
class Leader:
    """Somebody who answers for a sector of their own, so that the demo stays as it is."""

    page: Page
    path: str

    def open(self) -> None:
        self.page.goto(self.path)

    @property
    def reason(self):
        return self.page.get_by_label("Hvorfor dette nivået?")

    @property
    def saved(self):
        return self.page.get_by_role("status").get_by_text("Lagret kl.")

    def log_in(self) -> None:
        self.page.get_by_label("E-post").fill("prove@demo.gjovik.example")
        self.page.get_by_label("Passord", exact=True).fill(PASSWORD)
        self.page.get_by_role("main").get_by_role("button", name="Logg inn").click()


@pytest.fixture
def leader(site: Site, visitor) -> Iterator[Leader]:
    area = site.shell(MAKE)
    window = visitor()
    opened = Leader(window.page, f"{site.url}/modenhet/egenvurdering/prove/{area}/")
    opened.open()
    opened.log_in()
    expect(opened.page.get_by_role("heading", level=1)).to_be_visible()
    yield opened
    window.complaints.clear()  # the browser's own lines about the network and the 401
    site.shell(REMOVE)


def _kept(page: Page) -> list[str]:
    names = page.evaluate("JSON.stringify(Object.keys(localStorage))")
    return [name for name in json.loads(names) if name.startswith("gk-keep:")]


def test_what_is_typed_without_network_is_saved_when_it_is_back(leader):
    page = leader.page
    page.context.set_offline(True)
    leader.reason.fill("Skrevet på toget. Čálli 🚆")
    expect(page.get_by_text("Ikke lagret ennå. Du er uten nett. Vi prøver igjen.")).to_be_visible()

    page.context.set_offline(False)

    expect(leader.saved).to_be_visible(timeout=15_000)
    assert _kept(page) == []
    leader.open()
    expect(leader.reason).to_have_value("Skrevet på toget. Čálli 🚆")


def test_what_is_typed_after_the_session_ended_is_there_after_log_in(leader):
    page = leader.page
    page.context.clear_cookies(name="sessionid")
    leader.reason.fill("Skrevet for sent.")
    expect(page.get_by_text("Du er logget ut. Det du skrev, er tatt vare på her.")).to_be_visible()

    page.get_by_role("link", name="Logg inn igjen").click()
    leader.log_in()

    expect(page.get_by_text("som ikke ble lagret")).to_be_visible()
    page.get_by_role("button", name="Bruk det").click()
    expect(leader.reason).to_have_value("Skrevet for sent.")
    expect(leader.saved).to_be_visible()
    assert _kept(page) == []


def test_what_was_typed_in_a_closed_tab_can_be_thrown_away(leader):
    page = leader.page
    page.context.set_offline(True)
    leader.reason.fill("Et utkast.")
    page.context.set_offline(False)
    leader.open()

    page.get_by_role("button", name="Kast det").click()

    expect(leader.reason).to_have_value("")
    assert _kept(page) == []


def test_log_out_forgets_what_is_kept(leader):
    page = leader.page
    page.context.set_offline(True)
    leader.reason.fill("Et utkast.")
    assert len(_kept(page)) == 1
    page.context.set_offline(False)

    page.locator("details.gk-user summary").click()
    page.get_by_role("button", name="Logg ut").click()

    page.wait_for_url("**/")
    assert _kept(page) == []
