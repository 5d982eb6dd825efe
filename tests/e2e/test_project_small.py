"""A small project from the approved idea to the realised benefit, mostly from a phone."""

import datetime as dt
import json
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from core import roles
from tests.e2e.conftest import Visitor, accessibility_faults

NAME = "Svar på nett"
PREPARED = f"""
from tests.e2e.projects import start
print(start({NAME!r}, left_open=["videre", "organisasjonen"]))
"""
LOG = "from tests.e2e.projects import log_of; import json; print(json.dumps(log_of({pk})))"


@pytest.fixture(scope="module")
def pk(site) -> int:
    return int(site.shell(PREPARED))


def _main(page: Page):
    return page.get_by_role("main")


def _heading(page: Page):
    return page.get_by_role("heading", level=1)


def _task(page: Page, words: str):
    """What waits for somebody on «Min side», by words of it."""
    waiting = _main(page).locator("section, li").filter(has_text=words)
    return waiting.get_by_role("link").first


def _self_check(owner: Visitor, gate: str, pk: int) -> None:
    """What the project checks itself is passed on one page."""
    owner.go(f"/prosjekter/{pk}/beslutning/be/")
    owner.page.get_by_label("Begrunnelse").fill(f"Alt er på plass for {gate}.")
    owner.page.get_by_role("button", name=f"Gå forbi {gate}").click()
    expect(_main(owner.page)).to_contain_text(f"{gate} er passert.")


def test_a_small_project_from_idea_to_benefit(site, visitor, pk):
    owner = visitor(phone=True).log_in(roles.PROJECT_OWNER)
    _choose_the_size(owner, pk)
    _pass_the_first_with_a_waiver(owner, pk)
    _meet_what_cannot_be_waived(owner, pk)
    _ask(owner, pk)
    _approve(visitor)
    _self_check(owner, "BP3", pk)
    _self_check(owner, "BP4", pk)
    _hand_over(owner, visitor, pk)
    _end_the_project(owner, pk)
    _realise(owner, pk)

    log = json.loads(site.shell(LOG.format(pk=pk)))
    assert log.count("requirement waived") == 1
    assert log.count("project phase") == 5


def _choose_the_size(owner: Visitor, pk: int) -> None:
    page = owner.page
    owner.go(f"/prosjekter/{pk}/rediger/")
    expect(_main(page)).to_contain_text("Tallene peker mot: Lite")
    page.get_by_label("Lite", exact=True).check()
    page.get_by_role("button", name="Lagre").click()
    expect(_main(page)).to_contain_text("To ting mangler før BP1")


def _pass_the_first_with_a_waiver(owner: Visitor, pk: int) -> None:
    """One question is answered and saves itself; the other is gone past, with a reason."""
    page = owner.page
    owner.go(f"/prosjekter/{pk}/beslutning/")
    expect(_heading(page)).to_have_text("To ting mangler før BP1")
    page.locator("#punkt-videre").get_by_label("Utført").check()
    expect(page.locator("#lagret-videre")).to_contain_text("Lagret")
    expect(_heading(page)).to_have_text("Én ting mangler før BP1")

    page.get_by_role("link", name="Be om å gå videre likevel").click()
    expect(_heading(page)).to_have_text("Be om å gå videre likevel")
    page.get_by_label("Begrunnelse").fill("Vi kan begynne.")
    page.get_by_role("button", name="Gå forbi BP1").click()
    expect(_main(page)).to_contain_text("Skriv hvorfor dere kan gå videre uten dette.")
    expect(page.get_by_label("Begrunnelse")).to_have_value("Vi kan begynne.")
    assert accessibility_faults(page) == []
    page.get_by_label("Er det vurdert hvordan organisasjonen").fill("Bare to personer berøres.")
    page.get_by_role("button", name="Gå forbi BP1").click()
    expect(_main(page)).to_contain_text("BP1 er passert.")
    expect(_main(page)).to_contain_text("BP1 ble passert med unntak")


def _meet_what_cannot_be_waived(owner: Visitor, pk: int) -> None:
    """BP2 cannot be asked for without involvement and benefit; its links lead to where to add."""
    page = owner.page
    ask = f"/prosjekter/{pk}/beslutning/be/"
    owner.go(ask)
    expect(_heading(page)).to_have_text("BP2 kan ikke tas ennå")
    assert accessibility_faults(page) == []
    page.get_by_role("link", name=re.compile("^Skriv hvem av dem det gjelder")).click()
    page.get_by_role("link", name="Legg til").click()
    page.get_by_label("Når?").fill(timezone.localdate().isoformat())
    page.get_by_label("Hvem var med?").fill("Seks familier")
    page.get_by_label("Hvordan?").fill("Prøvde skjemaet")
    page.get_by_label("Hva endret dere etterpå?").fill("Knappen ble større.")
    page.get_by_role("button", name="Lagre").click()
    expect(_main(page)).to_contain_text("Knappen ble større.")

    owner.go(ask)
    page.get_by_role("link", name=re.compile("^Beskriv minst én gevinst")).click()
    _describe_benefit(page)
    owner.go(ask)
    expect(_heading(page)).to_have_text("Be om beslutning")


def _describe_benefit(page: Page) -> None:
    today = timezone.localdate()
    measured, reached = today - dt.timedelta(days=9), today + dt.timedelta(days=300)
    page.get_by_label("Hva skal bli bedre?").fill("Ventetid på svar")
    page.get_by_label("Måleenhet").fill("minutter")
    page.get_by_label("Nullpunkt", exact=True).fill("9,4")
    page.get_by_label("Når er nullpunktet målt?").fill(measured.isoformat())
    page.get_by_label("Måltall", exact=True).fill("5")
    page.get_by_label("Når skal måltallet være nådd?").fill(reached.isoformat())
    page.get_by_label("Gevinsteier").select_option(label="Anne Bakken")
    page.get_by_role("button", name="Lagre gevinsten").click()
    expect(_heading(page)).to_contain_text("Ventetid på svar")


def _ask(owner: Visitor, pk: int) -> None:
    page = owner.page
    owner.go(f"/prosjekter/{pk}/beslutning/be/")
    page.get_by_label("Til den som beslutter").fill("Familiene vil ha dette.")
    page.get_by_role("button", name="Send saken").click()
    expect(_heading(page)).to_have_text("BP2 venter på beslutning")
    assert accessibility_faults(page) == []


def _approve(visitor) -> None:
    """Management finds the case on «Min side»."""
    management = visitor().log_in(roles.MANAGEMENT)
    page = management.page
    _task(page, f"BP2 i «{NAME}»").click()
    expect(_main(page)).to_contain_text("Familiene vil ha dette.")
    page.get_by_role("button", name="Lagre beslutningen").click()
    expect(_main(page)).to_contain_text("Velg hva beslutningen er.")
    assert accessibility_faults(page) == []
    page.get_by_label(re.compile("^Godkjent. ")).check()
    page.get_by_label("Begrunnelse", exact=True).fill("Nyttig og billig.")
    page.get_by_role("button", name="Lagre beslutningen").click()
    expect(_main(page)).to_contain_text("BP2: Godkjent.")


def _hand_over(owner: Visitor, visitor, pk: int) -> None:
    """BP5 holds until somebody has said yes, by name, to each benefit."""
    page = owner.page
    owner.go(f"/prosjekter/{pk}/beslutning/be/")
    expect(_heading(page)).to_have_text("BP5 kan ikke tas ennå")
    page.get_by_role("link", name=re.compile("^Noen må ta ansvaret")).click()
    page.get_by_role("link", name="Avklar").click()
    page.get_by_label("Hvem spør du?").select_option(label="Per Lunde")
    page.get_by_role("button", name="Spør").click()
    expect(_main(page)).to_contain_text("Per Lunde er spurt")

    leader = visitor(phone=True).log_in(roles.SECTOR_LEADER)
    _task(leader.page, "Ventetid på svar").click()
    leader.page.get_by_role("button", name="Ja, jeg tar ansvaret").click()
    expect(_main(leader.page)).to_contain_text("Per Lunde tok ansvaret")


def _end_the_project(owner: Visitor, pk: int) -> None:
    """BP5 is decided also in a small project: the owner decides what the owner has asked for."""
    page = owner.page
    owner.go(f"/prosjekter/{pk}/beslutning/be/")
    page.get_by_role("button", name="Send saken").click()
    page.get_by_role("link", name="Se saken").click()
    page.get_by_label(re.compile("^Godkjent. ")).check()
    page.get_by_label("Begrunnelse", exact=True).fill("Løsningen er i bruk.")
    page.get_by_role("button", name="Lagre beslutningen").click()
    expect(_main(page)).to_contain_text("BP5: Godkjent.")


def _realise(owner: Visitor, pk: int) -> None:
    """The benefit is measured after BP5, and then the last decision can be taken."""
    page = owner.page
    owner.go(f"/prosjekter/{pk}/beslutning/")
    _main(page).get_by_role("link", name=re.compile("er målt etter BP5")).first.click()
    page.locator("[name=value]").fill("4,8")
    page.get_by_role("button", name="Send målingen").click()
    expect(_main(page)).to_contain_text("4,8")
    _self_check(owner, "BP6", pk)
    expect(_main(page)).to_contain_text("Gevinstene er realisert")
    assert accessibility_faults(page) == []
    owner.go(f"/prosjekter/{pk}/beslutning/")
    expect(_heading(page)).to_have_text("Ingen flere beslutninger")
    expect(_main(page)).to_contain_text("Bare to personer berøres.")
