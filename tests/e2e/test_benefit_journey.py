"""A benefit from the map to the money that is gone from a budget, across the end of a year."""

import datetime as dt
import json
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from core import roles
from tests.e2e.conftest import Site, Visitor, accessibility_faults

NAME = "Skjema som svarer"
BENEFIT = "Minutter på hver søknad"
PLAN = f"""
from tests.e2e.benefits import plan
print(plan({NAME!r}, sender="ola@innbygger.example"))
"""
FALL_DUE = "from tests.e2e.benefits import fall_due; fall_due({pk})"
FINISH = "from tests.e2e.years import finish; finish()"
# What leads to the benefit in the map, from the right: column, words, and what it leads to.
BOXES = (
    ("interim", "Færre ringer for å spørre", BENEFIT),
    ("business", "Saksbehandlerne slutter å skrive brev", "Færre ringer for å spørre"),
    ("enabler", "Skjemaet svarer selv", "Saksbehandlerne slutter å skrive brev"),
)


@pytest.fixture(scope="module")
def pk(site: Site) -> int:
    return int(site.shell(PLAN))


def _main(page: Page) -> Locator:
    return page.get_by_role("main")


def _heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def _row(page: Page, words: str) -> Locator:
    return _main(page).get_by_role("row").filter(has_text=words)


def _this_year() -> int:
    return timezone.localdate().year


def test_a_benefit_from_the_map_to_the_budget_across_the_end_of_a_year(site, visitor, pk):
    owner = visitor().log_in(roles.PROJECT_OWNER)
    benefit = _describe(owner, pk)
    _draw_what_leads_to_it(owner, pk)
    _plan_the_years(owner, pk)
    _freeze_the_plan(owner, pk)
    _change_the_frozen_plan(owner, pk, benefit)

    team = visitor().log_in(roles.DIGITALISATION_TEAM)
    with_effect = _ideas_with_effect(team)
    _measure_by_the_link(site, visitor, pk)
    _hear_as_the_sender(site, visitor)
    _tell_what_came_of_it(owner, pk, benefit)
    _see_it_among_all(visitor)

    _close_the_year(site, team)
    _begin_the_next(team)
    _measure_on(owner, benefit)
    assert _ideas_with_effect(team) == with_effect + 1
    _find_the_old_year_as_it_was(site, team)


def _describe(owner: Visitor, pk: int) -> str:
    """Freed time that a budget is cut by, which is why it is worth kroner. Its page."""
    page, today = owner.page, timezone.localdate()
    owner.go(f"/gevinster/prosjekt/{pk}/")
    page.get_by_role("link", name="Beskriv en gevinst").click()
    page.get_by_label("Hva skal bli bedre?").fill(BENEFIT)
    page.get_by_label("Frigjort tid", exact=True).check()
    page.get_by_label("Hva brukes gevinsten til?").select_option(label="Budsjettreduksjon")
    page.get_by_label("Kroner per årsverk").fill("750 000")
    page.get_by_label("Måleenhet").fill("minutter")
    page.get_by_label("Nullpunkt", exact=True).fill("9,4")
    measured, reached = today - dt.timedelta(days=9), today + dt.timedelta(days=300)
    page.get_by_label("Når er nullpunktet målt?").fill(measured.isoformat())
    page.get_by_label("Måltall", exact=True).fill("5")
    page.get_by_label("Når skal måltallet være nådd?").fill(reached.isoformat())
    page.get_by_label("Styringsmål").select_option(index=1)
    page.get_by_role("button", name="Lagre gevinsten").click()
    expect(_heading(page)).to_have_text(BENEFIT)
    return page.url.removeprefix(owner.site.url)


def _draw_what_leads_to_it(owner: Visitor, pk: int) -> None:
    """The map says what is missing, until there is a way from what is built to the goal."""
    page, benefits_map = owner.page, f"/gevinster/prosjekt/{pk}/kart/"
    owner.go(benefits_map)
    page.get_by_role("button", name=f"Sett inn: {BENEFIT}").click()
    expect(_main(page)).to_contain_text(f"Ingenting fører til «Ø1 {BENEFIT}»")
    for column, words, target in BOXES:
        owner.go(f"{benefits_map}ny/{column}/")
        page.get_by_label("Hva står i boksen?").fill(words)
        page.get_by_role("checkbox", name=re.compile(re.escape(target))).check()
        page.get_by_role("button", name="Lagre").click()
        expect(_main(page)).to_contain_text(words)
    expect(_heading(page)).to_have_text("Alle gevinstene i kartet har en vei fram til et mål")
    page.get_by_role("link", name="Tegning").click()
    expect(_main(page)).to_contain_text("5 bokser og 4 streker")


def _plan_the_years(owner: Visitor, pk: int) -> None:
    page = owner.page
    owner.go(f"/gevinster/prosjekt/{pk}/plan/")
    page.get_by_role("link", name="Fyll ut tallene").click()
    _fill(page, "plan", {0: "0,5", 1: "1", 2: "1", 3: "1"})
    page.get_by_role("button", name="Lagre tallene").click()
    until = _this_year() + 3
    expect(_heading(page)).to_have_text(f"Planen er 3,5 årsverk fram til og med {until}")


def _fill(page: Page, figure: str, values: dict[int, str]) -> None:
    """One figure of the benefit, by how many years from this."""
    for years, value in values.items():
        page.locator(f"[name$={figure}_{_this_year() + years}]").fill(value)


def _freeze_the_plan(owner: Visitor, pk: int) -> None:
    """At BP3, which a small project checks itself."""
    page = owner.page
    owner.go(f"/prosjekter/{pk}/beslutning/be/")
    page.get_by_label("Begrunnelse").fill("Planen er god nok til å begynne.")
    page.get_by_role("button", name="Gå forbi BP3").click()
    expect(_main(page)).to_contain_text("BP3 er passert.")
    owner.go(f"/gevinster/prosjekt/{pk}/")
    expect(_main(page)).to_contain_text("Endringer siden har en begrunnelse.")


def _change_the_frozen_plan(owner: Visitor, pk: int, benefit: str) -> None:
    """Not without a reason, and what was promised stands."""
    page, reason = owner.page, "To er ansatt i stillingene som skulle bort."
    owner.go(f"/gevinster/prosjekt/{pk}/plan/rediger/")
    _fill(page, "plan", {1: "0,8"})
    page.get_by_role("button", name="Lagre tallene").click()
    expect(_main(page)).to_contain_text("Skriv hvorfor. Én setning holder.")
    expect(page.locator(f"[name$=plan_{_this_year() + 1}]")).to_have_value("0,8")
    assert accessibility_faults(page) == []
    page.get_by_label("Hvorfor endres planen?").fill(reason)
    page.get_by_role("button", name="Lagre tallene").click()
    expect(_row(page, "Lovet ved BP3")).to_contain_text("3,5")
    owner.go(benefit)
    page.get_by_role("link", name="1 endring i planen").click()
    expect(_main(page)).to_contain_text(reason)


def _ideas_with_effect(team: Visitor) -> int:
    """Of those that came in this year, as «Hva lærte vi» has it."""
    team.go("/arshjul/hva-laerte-vi/")
    table = _main(team.page).get_by_role("region", name="Fra idé til effekt, år for år")
    row = table.get_by_role("row").filter(has=team.page.get_by_text(str(_this_year())))
    return int(row.get_by_role("cell").nth(4).inner_text())


def _measure_by_the_link(site: Site, visitor, pk: int) -> None:
    """On a phone, without log-in: one number, one sentence. The link is good for that alone."""
    site.shell(FALL_DUE.format(pk=pk))
    mail = site.wait_for_mail(rf"(?s)«{BENEFIT}» skal måles.*?/maling/\S+")
    link = re.search(r"/maling/\S+", mail).group()
    phone = visitor(phone=True)
    page = phone.page
    phone.go(link)
    expect(_heading(page)).to_have_text(f"{BENEFIT}: hva er tallet nå?")
    page.locator("[name=value]").fill("5,8")
    page.get_by_label("Hva skjedde? Én setning").fill("Skjemaet svarer på det meste selv.")
    page.get_by_role("button", name="Send målingen").click()
    expect(_heading(page)).to_have_text("Takk. Det var alt.")
    phone.go(link)
    expect(_heading(page)).to_have_text("Du har svart")

    altered = page.request.get(f"{site.url}{link.rstrip('/')[:-1]}/")
    assert altered.status == 404
    assert "Lenken virker ikke" in altered.text()


def _hear_as_the_sender(site: Site, visitor) -> None:
    """With the number, and the way to the idea where it stands for everybody."""
    mail = site.wait_for_mail(rf"(?s)er målt: {BENEFIT}\. Tallet er 5,8.*")
    assert "82\N{NO-BREAK SPACE}%" in mail
    citizen = visitor(phone=True)
    citizen.page.goto(re.search(r"http\S+", mail).group())
    expect(_main(citizen.page)).to_contain_text("5,8 minutter")


def _tell_what_came_of_it(owner: Visitor, pk: int, benefit: str) -> None:
    """What was achieved this year, how sure that is, and what of it a budget was cut by."""
    page = owner.page
    owner.go(f"/gevinster/prosjekt/{pk}/plan/rediger/")
    _fill(page, "actual", {0: "0,4"})
    _fill(page, "taken_out", {0: "0,3"})
    page.get_by_role("button", name="Lagre tallene").click()
    expect(_main(page)).to_contain_text("Velg hvor sikkert tallet er.")
    page.locator(f"[name$=evidence_{_this_year()}]").select_option(label="Målt")
    page.get_by_role("button", name="Lagre tallene").click()
    expect(_row(page, "Oppnådd")).to_contain_text("Målt")
    expect(_row(page, "Tatt ut i budsjettet")).to_contain_text("225 000 kr")
    owner.go(benefit)
    expect(_main(page)).to_contain_text("82 % av veien er gått.")
    assert accessibility_faults(page) == []


def _see_it_among_all(visitor) -> None:
    """Management reads promised, realised and taken out as kroner, through this year."""
    management = visitor().log_in(roles.MANAGEMENT)
    page = management.page
    management.go(f"/gevinster/oversikt/?q={NAME}")
    cells = _row(page, BENEFIT).get_by_role("cell")
    for place, amount in enumerate(("375 000 kr", "300 000 kr", "225 000 kr"), start=-3):
        expect(cells.nth(place)).to_contain_text(amount)
    expect(_row(page, "Herav tatt ut i budsjettet")).to_contain_text("225 000 kr")


def _close_the_year(site: Site, team: Visitor) -> None:
    page, year = team.page, _this_year()
    site.shell(FINISH)
    team.go(f"/arshjul/{year}/lukk/")
    for reason in page.get_by_label(re.compile("hvorfor kan året lukkes likevel")).all():
        reason.fill("Det kommer med i neste års runde.")
    page.get_by_role("button", name=f"Lukk {year} og frys resultatene").click()
    expect(_heading(page)).to_have_text(f"{year} er lukket, og resultatene står fast")


def _begin_the_next(team: Visitor) -> None:
    """With the benefit among what is still to be measured."""
    page, year = team.page, _this_year() + 1
    page.get_by_role("link", name="Start neste år").click()
    page.get_by_role("button", name=f"Start årshjulet {year}").click()
    expect(_main(page)).to_contain_text(f"Årshjulet {year} er i gang.")
    team.go(f"/arshjul/{year}/")
    expect(_main(page)).to_contain_text(f"Dette kom med fra {year - 1}")
    _main(page).get_by_role("link", name=re.compile("gevinster skal måles$")).click()
    expect(_main(page)).to_contain_text(BENEFIT)


def _measure_on(owner: Visitor, benefit: str) -> None:
    """The year is closed; the benefit is not."""
    page = owner.page
    owner.go(benefit)
    page.get_by_role("link", name="Legg inn måling").click()
    page.locator("[name=value]").fill("5")
    page.get_by_role("button", name="Send målingen").click()
    expect(_main(page)).to_contain_text("100 % av veien er gått.")


def _find_the_old_year_as_it_was(site: Site, team: Visitor) -> None:
    """Frozen with what was promised, achieved and taken out, and with the number of that day."""
    address = f"{site.url}/arshjul/{_this_year()}/frosset.jsonl"
    rows = [json.loads(line) for line in team.page.request.get(address).text().splitlines()]
    [frozen] = [row["data"] for row in rows if row["data"].get("name") == BENEFIT]
    [measured] = frozen["indicators"]
    this_year = frozen["years"][0]
    assert measured["latest"] == 5.8
    assert [this_year[name] for name in ("promised", "actual", "taken_out")] == [0.5, 0.4, 0.3]
