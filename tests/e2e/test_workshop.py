"""A strategy gathering: one who leads, a wall and two phones at once, until there are ideas."""

import re

import pytest
from playwright.sync_api import Page, expect

from core import roles
from tests.e2e.conftest import Visitor, accessibility_faults

SOON = 15_000  # milliseconds: the phones ask every other second


def _hang_up(page: Page, text: str) -> None:
    page.get_by_label("Én ting per lapp").fill(text)
    page.get_by_role("button", name="Heng opp lappen").click()


def _join(visitor, code: str, **how) -> Visitor:
    phone = visitor(phone=True, **how)
    phone.go("/v/")
    phone.page.get_by_label("Koden på veggen").fill(code)
    phone.page.get_by_role("button", name="Gå inn").click()
    phone.page.get_by_role("button", name="Bli med").click()
    return phone


@pytest.fixture
def leader(visitor) -> Visitor:
    """Has planned a workshop, and stands on its page."""
    window = visitor().log_in(roles.SECTOR_LEADER)
    page = window.page
    window.go("/verksted/nytt/")
    page.get_by_label("Navn på verkstedet").fill("Strategisamling i kveld")
    page.get_by_label("Spørsmål, ett på hver linje").fill("Hva tar tid fra brukerne i dag?")
    page.get_by_role("button", name="Lag verkstedet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Strategisamling i kveld")
    return window


def _code(page: Page) -> str:
    found = re.search(r"\b(\d\d \d\d)\b", page.get_by_role("complementary").inner_text())
    assert found is not None
    return found[1]


def _to(window: Visitor, phase: str) -> None:
    window.page.get_by_role("button", name=f"Neste: {phase}").click()
    expect(window.page.locator("[aria-current=step]")).to_have_text(phase.capitalize())


def test_a_workshop_from_the_first_note_to_ideas_in_the_inbox(leader, visitor):
    page, faults = leader.page, {}
    phone, other = _join(visitor, _code(page)), _join(visitor, _code(page))
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Du er med")
    page.get_by_role("button", name="Åpne verkstedet").click()
    wall = visitor()
    wall.page.context.add_cookies(page.context.cookies())
    wall.page.goto(f"{page.url}vegg/")
    notes = wall.page.locator("#vegg .gk-note")

    # written on phones, and on the wall at once
    expect(phone.page.get_by_label("Én ting per lapp")).to_be_visible(timeout=SOON)
    _hang_up(phone.page, "Tolk tar tre dager å bestille")
    expect(notes).to_have_text(["Tolk tar tre dager å bestille"])
    expect(wall.page.locator(".gk-note--new")).to_have_count(1)
    expect(other.page.get_by_label("Én ting per lapp")).to_be_visible(timeout=SOON)
    _hang_up(other.page, "Nøkkelskapet er låst")
    expect(notes).to_have_count(2)
    expect(wall.page.locator("#med")).to_have_text("2")

    # a note without network waits, and one reload later it is hung up, once
    phone.page.context.set_offline(True)
    _hang_up(phone.page, "Skrevet i heisen")
    expect(phone.page.locator("#lappene")).to_contain_text("Venter på nett")
    phone.page.context.set_offline(False)
    phone.complaints.clear()  # the browser's own line about the network
    expect(phone.page.locator("#mine")).to_have_text("Dine lapper (2)", timeout=SOON)
    expect(notes).to_have_count(3)
    faults["write"] = accessibility_faults(phone.page)

    # sorted with the keyboard alone
    page.reload()
    page.get_by_label("Ny kolonne").fill("Venting")
    page.get_by_role("button", name="Lag kolonnen").click()
    handle = page.get_by_role("button", name="Flytt «Tolk tar tre dager å bestille»")
    handle.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#flyttet")).to_have_text("Flyttet til Venting")
    expect(handle).to_be_focused()
    expect(wall.page.get_by_role("region", name="Venting").first).to_contain_text("Tolk tar tre")
    faults["board"] = accessibility_faults(page)
    faults["wall"] = accessibility_faults(wall.page)

    # two votes on one, taken by two phones; three is the most
    _to(leader, "sorter")
    _to(leader, "stem")
    for one, dots in ((phone.page, 2), (other.page, 1)):
        for left in range(2, 2 - dots, -1):
            one.get_by_role("button", name="Gi en stemme til «Tolk").click(timeout=SOON)
            expect(one.get_by_role("status")).to_contain_text(f"Du har {left} stemme")
    faults["vote"] = accessibility_faults(phone.page)
    expect(wall.page.locator(".gk-note", has_text="Tolk")).to_contain_text("3 stemmer")

    # chosen, and in the inbox with its votes
    _to(leader, "velg")
    page.get_by_role("link", name="Velg hva som skal bli ideer").click()
    page.get_by_label("Tolk tar tre dager å bestille").check()
    page.get_by_role("button", name="Gjør de valgte til ideer").click()
    expect(page.get_by_role("main")).to_contain_text("1 idé er sendt til innboksen.")
    page.get_by_role("link", name=re.compile("^Idé ")).click()
    expect(page.get_by_role("main")).to_contain_text("Fikk 3 stemmer.")

    # ended: the phone is told what became of it
    page.goto(wall.page.url.removesuffix("vegg/") + "avslutt/")
    page.get_by_role("button", name="Avslutt verkstedet").click()
    chosen = phone.page.get_by_role("link", name="Tolk tar tre dager å bestille")
    expect(chosen).to_be_visible(timeout=SOON)
    assert {name: found for name, found in faults.items() if found} == {}


def test_a_closed_tab_comes_back_to_the_same_notes_and_the_same_draft(leader, visitor):
    code = _code(leader.page)
    leader.page.get_by_role("button", name="Åpne verkstedet").click()
    phone = _join(visitor, code)
    _hang_up(phone.page, "Min lapp")
    expect(phone.page.locator("#mine")).to_have_text("Dine lapper (1)")
    phone.page.get_by_label("Én ting per lapp").fill("Halvskrevet")

    phone.page.close()
    again = phone.page.context.new_page()
    again.goto(f"{phone.site.url}/v/{code.replace(' ', '')}/")

    expect(again.locator("#lappene")).to_contain_text("Min lapp")
    expect(again.get_by_label("Én ting per lapp")).to_have_value("Halvskrevet")


def test_a_phone_without_script_writes_and_votes(leader, visitor):
    code = _code(leader.page)
    leader.page.get_by_role("button", name="Åpne verkstedet").click()
    phone = _join(visitor, code, java_script=False)

    _hang_up(phone.page, "Skrevet uten skript")
    expect(phone.page.locator("#lappene")).to_contain_text("Skrevet uten skript")
    _to(leader, "sorter")
    _to(leader, "stem")
    phone.page.get_by_role("link", name="Se om vi har gått videre").click()
    phone.page.get_by_role("button", name="Gi en stemme til «Skrevet uten").click()

    expect(phone.page.get_by_role("status")).to_contain_text("Du har 2 stemmer igjen")


def test_a_note_is_dragged_to_a_column(leader, visitor):
    page = leader.page
    code = _code(page)
    page.get_by_role("button", name="Åpne verkstedet").click()
    phone = _join(visitor, code)
    _hang_up(phone.page, "Dra meg")
    expect(phone.page.locator("#mine")).to_have_text("Dine lapper (1)")
    page.reload()
    page.get_by_label("Ny kolonne").fill("Hit")
    page.get_by_role("button", name="Lag kolonnen").click()

    handle = page.get_by_role("button", name="Flytt «Dra meg»")
    handle.scroll_into_view_if_needed()
    column = page.get_by_role("heading", name="Hit").bounding_box()
    handle.hover()
    page.mouse.down()
    page.mouse.move(column["x"] + 20, column["y"] + 10, steps=4)
    page.mouse.up()

    expect(page.get_by_role("region", name="Hit")).to_contain_text("Dra meg")
