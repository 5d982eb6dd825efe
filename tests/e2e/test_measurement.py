"""A whole målerunde in the browser: the team opens it, a group answers alone and agrees, and the
result is read, sent on and kept.

It has a year of its own, made current while it lasts, so that the demo's year stays as it is.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from core import roles
from tests.e2e.conftest import Site

AREAS = (
    "Styring og ledelse",
    "Mennesker og kultur",
    "Kapasitet og evner",
    "Innovasjon",
    "Teknologi",
)
NEXT_YEAR = """
from datetime import timedelta
from django.utils import timezone
from municipality.models import AnnualCycle, Phase
from municipality.calendar import PhaseKind
now = AnnualCycle.objects.current()
AnnualCycle.objects.filter(pk=now.pk).update(is_current=False)
year = now.year + 1
cycle = AnnualCycle.objects.create(
    year=year, is_current=True, budget_deadline=timezone.localdate() + timedelta(days=300)
)
today = timezone.localdate()
for number, kind in enumerate(PhaseKind):
    opens = today + timedelta(days=40 * number - 1)
    Phase.objects.create(
        cycle=cycle, kind=kind, opens_on=opens, closes_on=opens + timedelta(days=39)
    )
Phase.objects.filter(cycle=cycle, kind=PhaseKind.IDEATION).update(opens_on=today)
print(year)
"""
THIS_YEAR_AGAIN = """
from municipality.models import AnnualCycle
cycle = AnnualCycle.objects.current()
AnnualCycle.objects.filter(pk=cycle.pk).update(is_current=False)
AnnualCycle.objects.filter(year=cycle.year - 1).update(is_current=True)
"""


@pytest.fixture
def year(site: Site) -> Iterator[int]:
    """The year after the demo's, with its measurement open and no round."""
    yield int(site.shell(NEXT_YEAR))
    site.shell(THIS_YEAR_AGAIN)


def _main(page: Page):
    return page.get_by_role("main")


def test_a_round_from_opening_to_report(site, visitor, year):
    team = visitor().log_in(roles.DIGITALISATION_TEAM)
    leader = visitor().log_in(roles.SECTOR_LEADER)

    _open_the_round(team, year)
    _invite(leader)
    _answer_alone_by_link(site, visitor)
    _answer_alone(leader)
    _agree(leader)
    _tick_and_plan(leader, year)
    _submit(leader)
    _read_the_result(visitor, year)
    _reopen(team)
    _submit(leader)
    _look_back(leader, year)
    _report(team, year)


def _open_the_round(team, year: int) -> None:
    page = team.page
    team.go("/modenhet/runde/apne/")
    _main(page).get_by_role("button", name="Se over").click()
    _main(page).get_by_role("button", name="Åpne målerunden").click()
    team.go("/modenhet/runde/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(year))


def _sector(leader) -> str:
    """The leader's own sector, by the address they are sent to."""
    leader.go("/modenhet/egenvurdering/")
    return leader.page.url.rstrip("/").rsplit("/", 1)[1]


def _invite(leader) -> None:
    page = leader.page
    leader.go(f"/modenhet/egenvurdering/{_sector(leader)}/ledergruppa/")
    page.get_by_label("Navn og e-post, én på hver linje").fill("uten adresse")
    page.get_by_role("button", name="Inviter").click()
    expect(page.get_by_label("Navn og e-post, én på hver linje")).to_have_value("uten adresse")
    page.get_by_label("Navn og e-post, én på hver linje").fill(
        "Gro Lien, gro.lien@demo.gjovik.example\nÁnde Sara, ande.sara@demo.gjovik.example"
    )
    page.get_by_role("button", name="Inviter").click()
    expect(_main(page)).to_contain_text("0 av 3 har svart")
    expect(_main(page)).to_contain_text("Ánde Sara")


def _answer_alone_by_link(site, visitor) -> None:
    """A member on a phone, from the link straight to the first question, and half way again."""
    link = site.wait_for_mail(rf"{site.url}/modenhet/svar/\S+")
    member = visitor(phone=True)
    page = member.page
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text(AREAS[0])
    page.get_by_role("radio", name=re.compile("^2")).check()
    expect(page.locator("#lagret")).to_contain_text("Lagret")
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text(AREAS[1])
    _choose_in_the_rest(page, "4", AREAS[1:])
    expect(_main(page)).to_contain_text("Takk")


def _choose_in_the_rest(page: Page, level: str, areas: tuple[str, ...]) -> None:
    for area in areas:
        expect(page.get_by_role("heading", level=1)).to_have_text(area)
        page.get_by_role("radio", name=re.compile(f"^{level}")).check()
        expect(page.locator("#lagret")).to_contain_text("Lagret")  # now the button stays in place
        page.get_by_role("button", name=re.compile("^(Neste|Ferdig)$")).click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text(area)


def _answer_alone(leader) -> None:
    """Two have answered, so nobody sees a distribution; the leader sees how many."""
    sector = _sector(leader)
    leader.go(f"/modenhet/svar/{sector}/min/")
    _choose_in_the_rest(leader.page, "3", AREAS)
    leader.go(f"/modenhet/egenvurdering/{sector}/konsensus/styring-og-ledelse/")
    expect(_main(leader.page)).to_contain_text("2 av 3 har svart")
    expect(_main(leader.page)).not_to_contain_text("Gro Lien")


def _agree(leader) -> None:
    page = leader.page
    for number, area in enumerate(AREAS):
        expect(page.get_by_role("heading", level=1)).to_have_text(area)
        _main(page).get_by_role("radio", name="3", exact=True).check()
        page.get_by_label("Hvorfor, med egne ord").fill(f"Vi er blitt enige om {area.lower()}.")
        _main(page).get_by_role("button", name=re.compile("^Lagre og")).click()
        if number + 1 < len(AREAS):
            page.wait_for_url(re.compile("/konsensus/"))
    page.wait_for_url(re.compile("/egenvurdering/[^/]+/$"))
    expect(_main(page)).to_contain_text("Alle områdene er ferdige")


def _tick_and_plan(leader, year: int) -> None:
    """Most of the statements on level 4 hold: the ticks point there, the level stays theirs."""
    page = leader.page
    leader.go(f"/modenhet/egenvurdering/{_sector(leader)}/teknologi/")
    for statement in page.get_by_role("checkbox").all()[12:15]:
        statement.check()
    expect(_main(page)).to_contain_text("kryssene peker mot 4")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_label(f"Mål for {year + 1}").select_option("4")
    page.get_by_label("Nytt tiltak").fill("Bytte ut skjemaet for bolig.")
    page.get_by_role("button", name="Legg til").click()
    expect(_main(page)).to_contain_text("Bytte ut skjemaet for bolig.")
    page.get_by_role("button", name=re.compile("Send som idé")).click()
    expect(_main(page)).to_contain_text(re.compile(r"G\d\d-\d{3}"))


def _submit(leader) -> None:
    leader.go("/modenhet/egenvurdering/")
    leader.page.get_by_role("button", name="Lever egenvurderingen").click()
    expect(_main(leader.page)).to_contain_text("Svarene er låst")


def _read_the_result(visitor, year: int) -> None:
    """Anybody sees it, said to be preliminary, and never the few answers it came from."""
    citizen = visitor(phone=True)
    citizen.go(f"/modenhet/?ar={year}")
    expect(citizen.page.get_by_role("heading", level=1)).to_contain_text("Foreløpig, 1 av 5")
    expect(_main(citizen.page)).not_to_contain_text("Gro Lien")


def _reopen(team) -> None:
    page = team.page
    team.go("/modenhet/egenvurdering/")
    _main(page).get_by_role("link", name=re.compile("Åpne igjen")).click()
    page.get_by_label("Hvorfor?").fill("Tallene for bolig manglet.")
    _main(page).get_by_role("button", name=re.compile("^Åpne")).click()
    expect(_main(page)).to_contain_text("er åpnet igjen")


def _look_back(leader, year: int) -> None:
    sector = _sector(leader)
    leader.go(f"/modenhet/egenvurdering/{sector}/historie/")
    expect(_main(leader.page)).to_contain_text("Tallene for bolig manglet.")
    leader.go(f"/modenhet/egenvurdering/{sector}/utgave/{year}/2/")
    expect(_main(leader.page)).to_contain_text("Vi er blitt enige om innovasjon.")


def _report(team, year: int) -> None:
    page = team.page
    team.go(f"/modenhet/rapport/?ar={year}")
    _main(page).get_by_role("button", name=re.compile("^Lag")).click()
    download = page.get_by_role("link", name=re.compile("PDF")).first
    expect(download).to_be_visible(timeout=60_000)
    pdf = page.request.get(team.site.url + download.get_attribute("href"))
    assert pdf.body().startswith(b"%PDF-")
