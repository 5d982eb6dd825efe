"""A large project from the approved idea to the realised benefit, as all who have a part in it."""

import datetime as dt
import re
import zipfile
from io import BytesIO

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from core import roles
from tests.e2e.conftest import Visitor, accessibility_faults

NAME = "Én vei inn"
SYSTEM = "Telefonsentralen"
CHANGE = "Bytt sentral først"
PREPARED = f"""
from tests.e2e.projects import make_large, start
pk = start({NAME!r}, written=["mandat"])
make_large(pk, write="mandat", but="hensikt", system={SYSTEM!r})
print(pk)
"""


@pytest.fixture(scope="module")
def pk(site) -> int:
    return int(site.shell(PREPARED))


def _main(page: Page):
    return page.get_by_role("main")


def _heading(page: Page):
    return page.get_by_role("heading", level=1)


def _task(window: Visitor, words: str):
    """What waits for somebody on «Min side», by words of it."""
    window.go("/min-side/")
    waiting = _main(window.page).locator("section, li").filter(has_text=words)
    return waiting.get_by_role("link").first


def _ask(window: Visitor, gate: str, pk: int, note: str = "Alt er på plass.") -> str:
    """The address of the case that waits."""
    page = window.page
    window.go(f"/prosjekter/{pk}/beslutning/be/")
    page.get_by_label("Til den som beslutter").fill(note)
    page.get_by_role("button", name="Send saken").click()
    expect(_heading(page)).to_have_text(f"{gate} venter på beslutning")
    return page.get_by_role("link", name="Se saken").get_attribute("href")


def _decide(window: Visitor, case: str, outcome: str, reason: str) -> None:
    page = window.page
    window.go(case)
    page.get_by_label(re.compile(f"^{outcome}. ")).check()
    page.get_by_label("Begrunnelse", exact=True).fill(reason)
    page.get_by_role("button", name="Lagre beslutningen").click()
    expect(_main(page)).to_contain_text(f"{outcome}.")
    expect(_main(page)).to_contain_text(reason)


def test_a_large_project_from_idea_to_benefit(visitor, pk):
    manager = visitor().log_in(roles.PROJECT_MANAGER)
    owner = visitor().log_in(roles.PROJECT_OWNER)
    management = visitor().log_in(roles.MANAGEMENT)
    board = visitor().log_in(roles.ICT_BOARD)

    _write_and_approve(manager, owner, pk)
    _be_sent_back_and_ask_again(manager, management, pk)
    _decide(management, _ask(manager, "BP2", pk), "Godkjent", "Vi har råd til det.")
    _decide(owner, _ask(manager, "BP3", pk), "Godkjent", "Planen holder.")
    _report_a_deviation(manager, owner, pk)
    _ask_for_a_change(manager, pk)
    _approve_in_a_meeting(board)
    _look_again(manager, pk)
    _decide(owner, _ask(manager, "BP4", pk), "Godkjent", "Alle bruker det.")
    _find_it_in_the_portfolio(management)
    _decide(owner, _ask(manager, "BP5", pk), "Godkjent", "Linjen tar over.")
    _decide(management, _ask(manager, "BP6", pk), "Godkjent", "Målet er nådd.")
    manager.go(f"/prosjekter/{pk}/")
    expect(_main(manager.page)).to_contain_text("Gevinstene var realisert")


def _write_and_approve(manager: Visitor, owner: Visitor, pk: int) -> None:
    """The last section is written, the owner approves, and the worker makes both files."""
    page = manager.page
    manager.go(f"/prosjekter/{pk}/dokumenter/mandat/")
    page.get_by_role("link", name="Skriv videre").click()
    page.get_by_label("Tekst").fill("Folk skal få svar med en gang.")
    expect(page.locator("#lagret")).to_contain_text("Lagret")
    manager.go(f"/prosjekter/{pk}/dokumenter/mandat/ny-versjon/")
    page.get_by_role("button", name="Send til Anne Bakken").click()
    expect(_main(page)).to_contain_text("Skriv hva som er endret.")
    page.get_by_label("Hva er endret?").fill("Første utgave")
    page.get_by_role("button", name="Send til Anne Bakken").click()
    expect(_main(page)).to_contain_text("ligger hos Anne Bakken til godkjenning")

    _task(owner, NAME).click()
    owner.page.get_by_label(re.compile("^Godkjenn. ")).check()
    owner.page.get_by_role("button", name="Send svaret").click()
    expect(_main(owner.page)).to_contain_text("er godkjent av Anne Bakken")
    _read_the_files(manager, pk)


def _read_the_files(manager: Visitor, pk: int) -> None:
    page = manager.page
    manager.go(f"/prosjekter/{pk}/dokumenter/mandat/")
    page.get_by_role("link", name=re.compile("^PDF og Word")).first.click()
    page.get_by_role("button", name="Lag PDF og Word").click()
    expect(page.get_by_role("link", name="Last ned PDF")).to_be_visible(timeout=60_000)
    assert _download(page, "Last ned PDF").startswith(b"%PDF-")
    with zipfile.ZipFile(BytesIO(_download(page, "Last ned Word"))) as document:
        told = document.read("word/document.xml").decode()
    assert "Folk skal få svar med en gang." in told


def _download(page: Page, link: str) -> bytes:
    with page.expect_download() as started:
        page.get_by_role("link", name=link).click()
    return started.value.path().read_bytes()


def _be_sent_back_and_ask_again(manager: Visitor, management: Visitor, pk: int) -> None:
    case = _ask(manager, "BP1", pk, "Vi kan begynne.")
    _decide(management, case, "Sendt tilbake", "Si hvem som betaler.")
    _task(manager, f"Rett opp saken i «{NAME}»").click()
    expect(_main(manager.page)).to_contain_text("Si hvem som betaler.")
    again = _ask(manager, "BP1", pk, "Sektoren betaler.")
    _decide(management, again, "Godkjent", "Da er det klart.")


def _report_a_deviation(manager: Visitor, owner: Visitor, pk: int) -> None:
    """The forecast is 50 000 kr over, and the tolerance is 20 000: the owner must answer."""
    page = manager.page
    manager.go(f"/prosjekter/{pk}/status/")
    page.get_by_role("link", name=re.compile("^Skriv status for")).click()
    for dimension, answer in (
        ("progress", "on-plan"),
        ("money", "somewhat-over"),
        ("quality", "good"),
        ("risk", "low"),
        ("benefits", "not-begun"),
    ):
        page.locator(f"[name={dimension}][value={answer}]").check()
    page.get_by_label("Prognose: hva koster det i alt?").fill("300 000")
    page.get_by_role("button", name="Send status").click()
    expect(_main(page)).to_contain_text("Skriv hvorfor. Én setning holder.")
    assert accessibility_faults(page) == []
    page.get_by_label("Kommentar til økonomi").fill("Sentralen ble dyrere.")
    agreed = page.locator("[name=forecast_end_on]")
    agreed.fill((timezone.localdate() + dt.timedelta(days=450)).isoformat())
    page.get_by_label(re.compile("^Hvor mye av den lovede gevinsten")).fill("100")
    page.get_by_role("button", name="Send status").click()
    expect(_main(page)).to_contain_text("Sentralen ble dyrere.")

    _task(owner, f"Svar på avviket i «{NAME}»").click()
    owner.page.get_by_label(re.compile("^Bestemme tiltak")).check()
    owner.page.get_by_label("Svaret ditt").fill("Be rådet om å bytte sentral.")
    owner.page.get_by_role("button", name="Svar på avviket").click()
    expect(_main(owner.page)).to_contain_text("Be rådet om å bytte sentral.")


def _ask_for_a_change(manager: Visitor, pk: int) -> None:
    """Before it is sent, the manager sees who replaces the system in the same days."""
    page = manager.page
    today = timezone.localdate()
    manager.go(f"/prosjekter/{pk}/endring/")
    page.get_by_label("Hva skal endres?").fill(CHANGE)
    page.get_by_label("Hvorfor?").fill("Den gamle tåler ikke trafikken.")
    page.locator("[name=urgency]").first.check()
    page.get_by_label("Hva betyr det, kort fortalt?").fill("Innføringen kommer senere.")
    page.get_by_label("Tid: dager senere").fill("ti")
    page.get_by_role("button", name="Se kollisjoner før du sender").click()
    expect(_main(page)).to_contain_text("Skriv et helt antall dager.")
    page.get_by_label("Tid: dager senere").fill("10")
    page.get_by_label("System", exact=True).select_option(label=SYSTEM)
    page.locator("[name=system-0-starts_on]").fill((today + dt.timedelta(days=40)).isoformat())
    page.locator("[name=system-0-ends_on]").fill((today + dt.timedelta(days=60)).isoformat())
    page.get_by_role("button", name="Se kollisjoner før du sender").click()
    expect(_heading(page)).to_have_text("Endringen kolliderer med én ting")
    expect(_main(page)).to_contain_text(SYSTEM)
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Send til rådet").click()
    expect(_main(page)).to_contain_text("Endringsanmodningen er sendt.")


def _approve_in_a_meeting(board: Visitor) -> None:
    """Too few are there at first. When they are enough, the case is decided with conditions."""
    page = board.page
    board.go("/styringsrad/mote/nytt/")
    page.get_by_label("Når er møtet?").fill(f"{timezone.localdate().isoformat()}T09:00")
    page.get_by_label("Hvem leder møtet?").select_option(label="Eirik Nordby")
    page.get_by_label("Hvor mange må være til stede?").fill("2")
    page.get_by_role("button", name="Lagre møtet").click()
    page.get_by_label(re.compile(re.escape(CHANGE))).check()
    page.get_by_role("button", name="Sett på sakslisten").click()
    page.get_by_role("button", name="Sett møtet").click()
    page.get_by_label("Eirik Nordby").check()
    page.get_by_role("button", name="Lagre hvem som er her").click()
    page.get_by_role("link", name=f"Behandle {CHANGE}").click()
    expect(_main(page)).to_contain_text("Rådet er ikke beslutningsdyktig i saken")
    assert accessibility_faults(page) == []

    page.go_back()
    page.get_by_label("Solveig Tangen").check()
    page.get_by_role("button", name="Lagre hvem som er her").click()
    page.get_by_role("link", name=f"Behandle {CHANGE}").click()
    expect(_main(page)).to_contain_text(SYSTEM)
    page.get_by_label(re.compile("^Godkjent med vilkår. ")).check()
    page.get_by_role("textbox", name="Vilkår").fill("Ferdig testet før påske.")
    page.get_by_role("button", name="Godkjenn med vilkår").click()
    expect(_main(page)).to_contain_text("Skriv hvorfor rådet svarer slik.")
    expect(page.get_by_role("textbox", name="Vilkår")).to_have_value("Ferdig testet før påske.")
    assert accessibility_faults(page) == []
    page.get_by_label("Begrunnelse").fill("Trafikken øker.")
    page.get_by_role("button", name="Godkjenn med vilkår").click()
    expect(_main(page)).to_contain_text("Ferdig testet før påske.")
    page.get_by_role("link", name="Avslutt møtet").click()
    page.get_by_role("button", name="Avslutt og lag referat").click()
    expect(page.get_by_role("link", name="Last ned referatet (PDF)")).to_be_visible(timeout=60_000)


def _look_again(manager: Visitor, pk: int) -> None:
    """The plan has moved ten days, and the gate holds until the four are looked at again."""
    page = manager.page
    manager.go(f"/prosjekter/{pk}/endringer/drift/")
    expect(_main(page)).to_contain_text("10 dager")
    manager.go(f"/prosjekter/{pk}/beslutning/")
    expect(_heading(page)).to_have_text("Fire ting mangler før BP4")
    for _subject in range(4):
        manager.go(f"/prosjekter/{pk}/endringer/vurderinger/")
        page.get_by_role("link", name=re.compile("^Vurder ")).first.click()
        page.get_by_label("Hva fant dere?").fill("Det holder fortsatt.")
        page.get_by_role("button", name="Lagre vurderingen").click()
        expect(_main(page)).to_contain_text("Det holder fortsatt.")
    expect(_heading(page)).to_have_text("Ingenting venter på ny vurdering")


def _find_it_in_the_portfolio(management: Visitor) -> None:
    page = management.page
    for address in ("/portefolje/tavle/", "/portefolje/tabell/?q=vei inn"):
        management.go(address)
        expect(_main(page).get_by_role("link", name=NAME).first).to_be_visible()
