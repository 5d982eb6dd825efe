"""Points by keyboard: each answer saves itself, also after the network was away; then delivered."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Site

EMAIL = "poeng@demo.gjovik.example"
PASSWORD = "hjulet-gar-rundt"
MAKE = f"""
from prioritization import actions
from municipality.models import User
from prioritization.models import Round, Score
user = User.objects.create_user("{EMAIL}", "{PASSWORD}", name="Prøve Poeng")
scored = Round.objects.open().order_by("pk").first()
scored.participations.create(user=user)
entries = list(scored.entries.competing().in_order())
Score.objects.bulk_create(
    Score(entry=entry, question=question, scorer=user, level=2)
    for entry in entries[1:]
    for question in scored.ordered_questions()
)
actions.recount(scored)
print(scored.pk)
"""
REMOVE = f"""
from prioritization import actions
from municipality.models import User
from prioritization.models import Participation, Score
part = Participation.objects.select_related("round").get(user__email="{EMAIL}")
Score.objects.filter(scorer=part.user_id).delete()
part.delete()
actions.rescore_all(part.round)
User.objects.filter(email="{EMAIL}").delete()
"""


@pytest.fixture
def grid(site: Site, visitor) -> Iterator[Page]:
    """The grid of somebody who has one idea left, the first."""
    scored = site.shell(MAKE)
    window = visitor()
    page = window.page
    window.go(f"/prioritering/{scored}/poeng/rutenett/")
    page.get_by_label("E-post").fill(EMAIL)
    page.get_by_label("Passord", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sett poeng på ideene")
    yield page
    window.complaints.clear()  # the browser's own line about the network
    site.shell(REMOVE)


def test_points_are_given_by_keyboard_and_delivered(grid):
    row = grid.get_by_role("row").nth(1)
    saved = grid.locator("#lagret")
    expect(row).to_contain_text("Ikke begynt")
    row.get_by_role("radio").first.focus()
    grid.keyboard.press("3")
    expect(saved).to_contain_text("Lagret kl.")
    grid.keyboard.press("ArrowRight")
    grid.keyboard.press("2")
    grid.keyboard.press("ArrowDown")
    expect(grid.get_by_role("row").nth(2).get_by_role("radio").nth(4)).to_be_focused()
    grid.keyboard.press("ArrowUp")
    grid.keyboard.press("ArrowRight")
    expect(row).to_contain_text("2 svar igjen")

    grid.context.set_offline(True)
    grid.keyboard.press("1")
    expect(saved).to_contain_text("Du er uten nett")
    grid.context.set_offline(False)
    expect(row).to_contain_text("1 svar igjen", timeout=15_000)

    grid.keyboard.press("ArrowRight")
    grid.keyboard.press("k")
    grid.keyboard.type("Ny for kommunen, ikke for landet.")
    grid.get_by_role("button", name="Ferdig").click()
    expect(row).to_contain_text("1 kommentar")
    grid.keyboard.press("a")
    grid.keyboard.type("Kjenner ikke løsningen")
    grid.keyboard.press("Enter")
    expect(row).to_contain_text("Ferdig, 1 kommentar, 1 avstått")

    grid.get_by_role("link", name="Lever svarene").click()
    grid.get_by_role("button", name="Lever svarene").click()
    expect(grid.get_by_role("main")).to_contain_text("Svarene dine er låst")
    grid.get_by_role("main").get_by_role("list").first.get_by_role("link").first.click()
    expect(grid.get_by_role("main")).to_contain_text("Prøve Poeng (deg)")
