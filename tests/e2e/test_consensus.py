"""A consensus meeting: a leader, the big screen and a scorer's phone, until the points move."""

import pytest
from playwright.sync_api import expect

from core import roles
from tests.e2e.conftest import Visitor, accessibility_faults

SOON = 15_000  # milliseconds: the pages ask every other second

LOCK = """
from municipality.models import User
from prioritization import actions
from prioritization.models import Round
scored = Round.objects.open().get()
actions.close_round(scored, by=User.objects.get(email="{team}"))
entry = scored.entries.disputed().most_disputed_first().first()
print(scored.pk, entry.pk)
"""
AS_BEFORE = """
from prioritization import actions
from prioritization.models import FinalAnswer, Round, RoundStatus
scored = Round.objects.get(pk={round})
FinalAnswer.objects.filter(entry__round=scored).delete()
actions.rescore_all(scored)
Round.objects.filter(pk=scored.pk).update(status=RoundStatus.OPEN, closed_at=None)
"""


@pytest.fixture
def locked(site):
    """The year's round, locked until it is as before again; its key and that of an idea."""
    team, _password = site.logins[roles.DIGITALISATION_TEAM]
    round_pk, entry_pk = site.shell(LOCK.format(team=team)).split()
    yield round_pk, entry_pk
    site.shell(AS_BEFORE.format(round=round_pk))


def test_a_question_is_answered_anew_shown_and_agreed_on(locked, visitor):
    round_pk, entry_pk = locked
    home, faults = f"/prioritering/{round_pk}/konsensus/", {}
    leader: Visitor = visitor().log_in(roles.DIGITALISATION_TEAM)
    phone: Visitor = visitor(phone=True).log_in(roles.SECTOR_LEADER)
    page = leader.page

    leader.go(home)
    page.get_by_role("button", name="Start møtet").click()
    leader.go(f"{home}ide/{entry_pk}/")
    page.get_by_role("heading", level=3).first.get_by_role("link").click()
    question = page.get_by_role("heading", level=1).inner_text()

    # asked, and answered on a phone that came by the short address
    phone.go("/k/")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Vent, neste spørsmål kommer")
    page.get_by_role("button", name="Svar på nytt").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text(question, timeout=SOON)
    phone.page.get_by_role("radio", name="Høy").click()
    expect(phone.page.get_by_text("Du har svart høy.")).to_be_visible()
    expect(page.get_by_text("1 av 6 har svart")).to_be_visible(timeout=SOON)
    faults["phone"] = accessibility_faults(phone.page)
    faults["asking"] = accessibility_faults(page)

    # the screen counts, and shows all at once
    screen = page.context.new_page()
    screen.goto(f"{leader.site.url}{home}skjerm/")
    expect(screen.get_by_text("1 av 6 har svart")).to_be_visible()
    faults["screen"] = accessibility_faults(screen)
    screen.get_by_role("button", name="Vis svarene").click()
    expect(screen.get_by_role("heading", name="I møtet")).to_be_visible()
    expect(phone.page.get_by_text("Nå svarte du høy.")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("heading", name="I møtet")).to_be_visible(timeout=SOON)
    faults["shown"] = accessibility_faults(page)

    # agreed on with a reason, and the ranking has moved
    page.get_by_role("button", name="Lagre det avtalte svaret").click()
    expect(page.get_by_text("Skriv hvorfor dere landet på dette.").first).to_be_visible()
    page.get_by_role("radio", name="Høy").click()
    page.get_by_label("Hvorfor, med egne ord").fill("Planen nevner det.")
    page.get_by_role("button", name="Lagre det avtalte svaret").click()
    told = page.get_by_text("Dere er enige om Høy.")
    expect(told).to_be_visible()
    after = told.inner_text().split(" til ")[1].split(" ")[0]
    leader.go(f"/prioritering/{round_pk}/rangering/")
    expect(page.get_by_text(after, exact=True).first).to_be_visible()

    leader.go(home)
    page.get_by_role("button", name="Avslutt møtet").click()
    expect(page.get_by_text("Planen nevner det.")).to_be_visible()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text(
        "Ikke noe møte pågår nå", timeout=SOON
    )
    assert {name: found for name, found in faults.items() if found} == {}
