"""The first turn of the wheel: one idea from a thought to a measured benefit, as the real roles.

In a real browser, through a production server, a real worker and a real broker.
"""

import datetime as dt
import hashlib
import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from core import roles
from tests.e2e.conftest import Site, Visitor, accessibility_faults

# The demo's open round has dozens of ideas. The journey has a round of its own.
BEFORE_THE_ROUND = """
from ideas.models import Idea
from prioritization.models import Entry, Round
current = Round.objects.get(cycle__is_current=True)
Entry.objects.filter(round=current).delete()
current.delete()
Idea.objects.filter(cycle__is_current=True, status="forwarded").update(status="received")
"""


def _main(page: Page):
    return page.get_by_role("main")


def _set_dates(window: Visitor, **phases: tuple[int, int]) -> None:
    """Move phases, in days from today, on the page where the team does it."""
    today = timezone.localdate()
    window.go("/arshjul/rediger/")
    for kind, (opens, closes) in phases.items():
        for part, days in (("opens_on", opens), ("closes_on", closes)):
            day = today + dt.timedelta(days=days)
            window.page.locator(f"[name={kind}_{part}]").fill(day.isoformat())
    _main(window.page).get_by_role("button", name="Lagre datoene").click()
    expect(_main(window.page)).to_contain_text("lagret")


def test_an_idea_from_thought_to_measured_benefit(site, visitor):
    site.shell(BEFORE_THE_ROUND)

    _assess_maturity(visitor)
    code, follow = _send_an_idea(visitor)
    _pass_it_on(visitor, code)
    _score_it(visitor)
    memo_url = _write_the_memo(visitor)
    _decide(visitor, memo_url)
    _measure_the_benefit(visitor)
    _follow_it_to_the_end(visitor, site, code, follow)


def _assess_maturity(visitor) -> None:
    """The sector with longer time answers half, comes back, and submits."""
    leader = visitor().log_in(roles.SECTOR_LEADER)
    page = leader.page
    leader.go("/modenhet/egenvurdering/")
    page.get_by_role("link", name="Innovasjon").first.click()
    page.get_by_role("radio", name=re.compile("^2")).check()
    expect(page.get_by_role("status").get_by_text("Lagret kl.")).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_label("Hvorfor dette nivået?").fill("Ideer samles, men uten plan.")

    leader.go("/min-side/")
    leader.go("/modenhet/egenvurdering/")
    page.get_by_role("link", name="Innovasjon").first.click()
    expect(page.get_by_role("radio", name=re.compile("^2"))).to_be_checked()
    expect(page.get_by_label("Hvorfor dette nivået?")).to_have_value("Ideer samles, men uten plan.")

    for area in ("Styring og ledelse", "Mennesker og kultur", "Kapasitet og evner", "Teknologi"):
        leader.go("/modenhet/egenvurdering/")
        _main(page).get_by_role("link", name=area).first.click()
        page.get_by_role("radio", name=re.compile("^3")).check()
        page.get_by_label("Hvorfor dette nivået?").fill(f"Vi arbeider med {area.lower()}.")
        page.get_by_role("button", name=re.compile("^(Neste|Oppsummer)")).click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text(area)
    leader.go("/modenhet/egenvurdering/")
    page.get_by_role("button", name="Lever egenvurderingen").click()
    expect(_main(page)).to_contain_text("Svarene er låst")

    citizen = visitor(phone=True)
    citizen.go("/modenhet/")
    expect(citizen.page.get_by_role("heading", level=1)).not_to_contain_text("Foreløpig")


def _send_an_idea(visitor) -> tuple[str, str]:
    """A citizen on a phone, first with something missing."""
    citizen = visitor(phone=True)
    page = citizen.page
    citizen.go("/")
    page.get_by_role("link", name="Send inn en idé").click()
    page.get_by_label("1. Hva er problemet?").fill("Vi står i kø på telefonen. Hver gang.")
    page.get_by_role("button", name="Send inn ideen").click()
    expect(_main(page)).to_contain_text("Du må rette to ting")
    page.get_by_role("link", name="Skriv hvem som har problemet.").click()
    page.keyboard.type("Alle som ringer")
    page.get_by_label("Innbygger").check()
    page.get_by_text("Vil du fortelle mer?").click()
    page.get_by_label("E-posten din").fill("ola@innbygger.example")
    page.get_by_role("button", name="Send inn ideen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Takk. Ideen er mottatt.")
    code = re.search(r"G\d\d-\d{3}", _main(page).inner_text()).group()
    page.get_by_role("link", name="Følg ideen din").click()
    expect(_main(page)).to_contain_text("Vi står i kø på telefonen")

    stranger = visitor()
    stranger.go(f"/ideer/{code}/")
    expect(_main(stranger.page)).not_to_contain_text("Vi står i kø")
    return code, page.url.removeprefix(citizen.site.url)


def _pass_it_on(visitor, code: str) -> None:
    """The team links the idea to a goal and sends it on, with a reason."""
    team = visitor().log_in(roles.DIGITALISATION_TEAM)
    page = team.page
    team.go(f"/ideer/{code}/behandle/")
    page.get_by_label("Tittel").fill("Svar uten telefonkø")
    page.get_by_label("Ideen i én setning").fill("Folk får svar på nett i stedet for i kø.")
    page.get_by_label("Sektor", exact=True).select_option(label="Helse og omsorg")
    page.get_by_label(re.compile("^1a")).check()
    page.get_by_label("Anslått kostnad i kroner").fill("300000")
    page.get_by_role("button", name="Lagre").click()
    page.get_by_role("link", name="Send videre").click()
    page.get_by_label("Hvorfor?").fill("Mange spør om det samme.")
    page.get_by_role("button", name="Send videre").click()
    expect(_main(page)).to_contain_text("er sendt videre til prioritering")


def _score_it(visitor) -> None:
    """The team opens the mandatory screening; a scorer answers høy, middels, høy, lav: 70."""
    team = visitor().log_in(roles.DIGITALISATION_TEAM)
    team.go("/prioritering/ny/")
    team.page.get_by_label(re.compile("Per Lunde")).check()
    team.page.get_by_role("button", name="Åpne runden").click()
    expect(team.page.get_by_role("heading", level=1)).to_be_visible()

    scorer = visitor(phone=True).log_in(roles.SECTOR_LEADER)
    page = scorer.page
    page.get_by_role("main").get_by_role("link", name=re.compile("Sett poeng")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Svar uten telefonkø")
    for question, level in enumerate(("Høy", "Middels", "Høy", "Lav")):
        answers = page.locator("fieldset").nth(question)
        answers.get_by_role("radio", name=level, exact=True).check()
    expect(page.locator("#lagret")).to_contain_text("Lagret kl.")
    page.get_by_role("button", name="Neste idé").click()

    team.go("/prioritering/")
    _main(team.page).get_by_role("link", name=re.compile("Grovscreening")).first.click()
    team.page.get_by_role("button", name="Lås poengene").click()
    row = team.page.get_by_role("row").filter(has_text="Svar uten telefonkø").first
    expect(row).to_contain_text("70,0")


def _write_the_memo(visitor) -> str:
    """Closed until the phase opens; then composed, made as PDF by the worker, and finalised."""
    team = visitor().log_in(roles.DIGITALISATION_TEAM)
    page = team.page
    team.go("/prioritering/")
    _main(page).get_by_role("link", name=re.compile("Grovscreening")).first.click()
    page.get_by_role("link", name="Rangeringen", exact=True).click()
    page.get_by_role("link", name="Lag notat").click()
    expect(_main(page)).to_contain_text("åpner")
    create_url = page.url.removeprefix(team.site.url)

    _set_dates(team, prioritisation=(-7, -1), memo=(0, 20), project=(21, 200), ideation=(-60, -8))
    team.go(create_url)
    assert accessibility_faults(page) == []
    page.get_by_label("Økonomisk ramme i kroner").fill("1000000")
    page.get_by_role("button", name="Lag notat").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    memo_url = re.sub(r"del/.*", "", page.url.removeprefix(team.site.url))
    assert accessibility_faults(page) == []

    page.get_by_role("button", name="Lag forhåndsvisning").click()
    expect(page.get_by_role("link", name="Last ned utkastet (PDF)")).to_be_visible(timeout=60_000)

    _move_a_part_by_keyboard(page)
    _fill_what_is_missing(team, memo_url)
    team.go(f"{memo_url}endelig/")
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Gjør notatet endelig").click()
    download = page.get_by_role("link", name="Last ned notatet (PDF)")
    expect(download).to_be_visible(timeout=60_000)
    with page.expect_download() as started:
        download.click()
    content = started.value.path().read_bytes()
    assert content.startswith(b"%PDF-")
    team.go(f"{memo_url}les/")
    expect(_main(page)).to_contain_text(hashlib.sha256(content).hexdigest())
    return memo_url


def _move_a_part_by_keyboard(page) -> None:
    """Saved at once, said aloud, and the focus stays on what was moved."""
    parts = page.get_by_role("navigation", name="Deler").get_by_role("link")
    moved = parts.filter(has_text="Bakgrunn og mål")
    moved.focus()
    page.keyboard.press("Alt+ArrowUp")
    said = page.get_by_role("status").filter(has_text="Bakgrunn og mål er nå nummer 1 av 12.")
    expect(said).to_have_count(1)
    expect(moved).to_be_focused()
    page.reload()
    expect(parts.nth(2)).to_contain_text("Bakgrunn og mål")


def _fill_what_is_missing(team: Visitor, memo_url: str) -> None:
    """Follow the editor's own list of what must be in place, until it is empty."""
    page = team.page
    team.go(memo_url)
    for _ in range(10):
        lacking = page.get_by_role("heading", name="Dette må på plass")
        if not lacking.count():
            return
        lacking.locator("xpath=..").get_by_role("link").first.click()
        page.wait_for_load_state()
        assert accessibility_faults(page) == []
        for field in page.locator("main form textarea, main form input[type=text]").all():
            if field.is_visible() and not field.input_value():
                field.fill("0,5" if "person_years" in field.get_attribute("name") else "26/1847")
        page.locator("main form").get_by_role("button", name="Lagre").first.click()
        team.go(memo_url)


def _decide(visitor, memo_url: str) -> None:
    """Management records what was decided, then makes it public: the idea becomes a project."""
    management = visitor().log_in(roles.MANAGEMENT)
    page = management.page
    management.go(f"{memo_url}vedtak/")
    assert accessibility_faults(page) == []
    page.get_by_role("link", name="Skriv inn møtet").click()
    expect(page.get_by_label("Hvem vedtok?")).not_to_be_empty()
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Lagre møtet").click()
    page.get_by_role("link", name="Før vedtak om Svar uten telefonkø").click()
    page.wait_for_load_state()
    assert accessibility_faults(page) == []
    page.get_by_label(re.compile("^Godkjent")).check()
    page.get_by_label("Prosjekteier").select_option(label="Anne Bakken")
    page.get_by_label("Begrunnelse", exact=True).fill("Billig, og raskt på plass.")
    page.get_by_label("Begrunnelsen i én setning").fill("Rimelig, og merkes av mange.")
    page.get_by_role("button", name="Lagre at ideen er godkjent").click()
    expect(_main(page)).to_contain_text("1 av 1 ført")
    page.get_by_role("link", name="Kunngjør vedtakene").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skal vedtakene kunngjøres?")
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Kunngjør vedtakene").click()
    expect(_main(page)).to_contain_text("fulgte anbefalingen")
    _read_the_protocol(management)


def _read_the_protocol(management: Visitor) -> None:
    """Made by the worker, and the file is the one whose SHA-256 stands beside it."""
    page = management.page
    address = page.url.removeprefix(management.site.url)
    underway = page.get_by_role("link", name=re.compile("^(I kø|Lages)$"))
    if underway.count():
        underway.click()
        expect(page.get_by_role("link", name="Last ned protokollen")).to_be_visible(timeout=60_000)
        management.go(address)
    with page.expect_download() as started:
        page.get_by_role("link", name="Last ned protokollen").click()
    content = started.value.path().read_bytes()
    assert content.startswith(b"%PDF-")
    expect(_main(page)).to_contain_text(hashlib.sha256(content).hexdigest())


def _measure_the_benefit(visitor) -> None:
    """The owner describes a benefit, and enters a measurement with a decimal comma."""
    owner = visitor().log_in(roles.PROJECT_OWNER)
    page = owner.page
    owner.go("/prosjekter/?q=telefonkø")
    _main(page).get_by_role("link", name="Svar uten telefonkø").click()
    project_url = page.url.removeprefix(owner.site.url)
    owner.go(f"/gevinster/prosjekt/{project_url.rstrip('/').rsplit('/', 1)[1]}/ny/")
    today = timezone.localdate()
    page.get_by_label("Hva skal bli bedre?").fill("Ventetid på telefonen")
    page.get_by_label("Måleenhet").fill("minutter")
    page.get_by_label("Nullpunkt", exact=True).fill("9,4")
    page.get_by_label("Når er nullpunktet målt?").fill((today - dt.timedelta(days=9)).isoformat())
    page.get_by_label("Måltall", exact=True).fill("5")
    page.get_by_label("Når skal måltallet være nådd?").fill(
        (today + dt.timedelta(days=300)).isoformat()
    )
    page.get_by_label("Gevinsteier").select_option(label="Anne Bakken")
    page.get_by_role("button", name="Lagre gevinsten").click()
    page.get_by_role("link", name="Legg inn måling").click()
    page.locator("[name=value]").fill("5,8")
    page.get_by_role("button", name="Send målingen").click()
    expect(_main(page)).to_contain_text("82 %")


def _follow_it_to_the_end(visitor, site: Site, code: str, follow: str) -> None:
    """The sender's page tells the whole thread, and every step was mailed, once."""
    citizen = visitor(phone=True)
    citizen.go(follow)
    told = _main(citizen.page).inner_text()
    steps = [
        "Mottatt",
        "sendt til prioritering",
        "Mange spør om det samme.",
        "Prioritert som nummer 1 av 1",
        "70,0 av 100 poeng",
        "Godkjent av",
        "Rimelig, og merkes av mange.",
        "Ble et prosjekt",
        "Gevinsten er målt",
    ]
    places = [told.index(step) for step in steps]
    assert places == sorted(places)
    expect(_main(citizen.page)).to_contain_text("5,8 minutter")

    citizen.page.wait_for_timeout(2000)
    mails = [text for text in site.mails() if follow in text]
    for words in (code, "Mange spør om det samme.", "Rimelig, og merkes av mange.", "5,8"):
        assert sum(words in text for text in mails) == 1, words
