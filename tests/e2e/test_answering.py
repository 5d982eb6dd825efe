"""The team answers: reads, replies, joins and parts again, decides, and reads the mail first.

The idea is the journey's own, sent by a citizen who left an address.
"""

import re

from playwright.sync_api import Page, expect

from core import roles

ADDRESS = "siv@innbygger.example"
SECRET = "Snakk med rektor før vi svarer."


def _main(page: Page):
    return page.get_by_role("main")


def _send(visitor, problem: str) -> str:
    citizen = visitor(phone=True)
    page = citizen.page
    citizen.go("/ideer/ny/")
    page.get_by_label("1. Hva er problemet?").fill(problem)
    page.get_by_label("2. Hvem har problemet?").fill("Foresatte")
    page.get_by_label("Innbygger").check()
    page.get_by_text("Vil du fortelle mer?").click()
    page.get_by_label("E-posten din").fill(ADDRESS)
    page.get_by_role("button", name="Send inn ideen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Takk. Ideen er mottatt.")
    return re.search(r"G\d\d-\d{3}", _main(page).inner_text()).group()


def test_the_team_answers_from_inbox_to_outbox(site, visitor):
    first = _send(visitor, "Ukeplanen kommer på papir og blir borte i sekken.")
    second = _send(visitor, "Ranselposten blir borte i sekken, og vi får den for sent.")
    team = visitor().log_in(roles.DIGITALISATION_TEAM)

    _find_in_the_inbox(team, first)
    _publish(team, first)
    _note_and_reply(team, site, visitor, first)
    _join_and_part(team, visitor, second, first)
    _decide_and_hold_the_mail(team, site, first)


def _find_in_the_inbox(team, code: str) -> None:
    team.go(f"/ideer/innboks/?q={code}")
    _main(team.page).get_by_role("link", name=re.compile("Ukeplanen")).click()
    expect(team.page).to_have_url(re.compile(f"/ideer/{code}/behandle/"))


def _publish(team, code: str) -> None:
    page = team.page
    page.get_by_role("link", name="Les gjennom og vis for alle").click()
    _main(page).get_by_role("button").first.click()
    team.go(f"/ideer/{code}/behandle/")
    expect(_main(page)).to_contain_text("Hold ideen tilbake")


def _note_and_reply(team, site, visitor, code: str) -> None:
    """The one goes to everybody, the other to nobody."""
    page = team.page
    page.get_by_label("Notatet").fill(SECRET)
    page.get_by_role("button", name="Legg til notatet").click()
    expect(_main(page)).to_contain_text(SECRET)
    page.get_by_label("Svaret").fill("Vi ser på det sammen med skolene.")
    page.get_by_role("button", name="Se svaret før du sender").click()
    page.get_by_role("button", name="Send svaret").click()
    site.wait_for_mail("Vi ser på det sammen med skolene")
    citizen = visitor()
    citizen.go(f"/ideer/{code}/")
    expect(_main(citizen.page)).to_contain_text("Vi ser på det sammen med skolene.")
    expect(_main(citizen.page)).not_to_contain_text(SECRET)
    assert not any(SECRET in text for text in site.mails())


def _join_and_part(team, visitor, source: str, target: str) -> None:
    page = team.page
    team.go(f"/ideer/{source}/sla-sammen/?q={target}")
    _main(page).locator(f"a[href$='/{source}/sla-sammen/{target}/']").first.click()
    _main(page).get_by_label("Hvorfor?").fill("De handler om den samme sekken.")
    _main(page).get_by_role("button", name="Slå sammen").click()
    reader = visitor()
    reader.go(f"/ideer/{target}/")
    expect(_main(reader.page)).to_contain_text(source)
    team.go(f"/ideer/{source}/behandle/")
    page.get_by_role("link", name="Angre sammenslåingen").click()
    _main(page).get_by_label("Hvorfor?").fill("Den ene gjaldt beskjeder, den andre planen.")
    _main(page).get_by_role("button", name="Angre sammenslåingen").click()
    team.go(f"/ideer/{source}/behandle/")
    expect(_main(page)).not_to_contain_text("Angre sammenslåingen")


def _decide_and_hold_the_mail(team, site, code: str) -> None:
    """An outcome's mail waits in the outbox until somebody has read it and sends it."""
    page = team.page
    team.go(f"/ideer/{code}/utfall/nei/")
    _main(page).get_by_label("Hvorfor?").fill("Skolene har allerede ukeplaner på nett.")
    page.get_by_role("button", name="Se hva som sendes").click()
    expect(_main(page)).to_contain_text("Skolene har allerede ukeplaner på nett.")
    _main(page).locator("button[name=confirm]").click()
    team.go(f"/utboks/?q={ADDRESS}")
    assert not any("Skolene har allerede" in text for text in site.mails())
    _main(page).get_by_role("link", name=re.compile("ideen din", re.IGNORECASE)).first.click()
    expect(_main(page)).to_contain_text("Skolene har allerede ukeplaner på nett.")
    _main(page).get_by_role("button", name=re.compile("Send")).first.click()
    site.wait_for_mail("Skolene har allerede")
