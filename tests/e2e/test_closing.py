"""The year is closed, and the next one opened with what carries over."""

from playwright.sync_api import expect

from core import roles
from tests.e2e.conftest import accessibility_faults

FINISH = "from tests.e2e.years import finish; print(finish())"


def test_the_year_is_closed_and_the_next_one_opened(site, visitor):
    year = int(site.shell(FINISH))
    team = visitor().log_in(roles.DIGITALISATION_TEAM)
    page = team.page
    main = page.get_by_role("main")

    team.go("/arshjul/")
    main.get_by_role("link", name=f"Lukk {year}").click()
    expect(main.get_by_role("heading", level=1)).to_have_text(f"{year} kan lukkes")
    for reason in main.locator("textarea[name^=reason_]").all():
        reason.fill("Vi tar det med inn i neste år.")
    main.get_by_label("Merknad til året").fill("Flere fikk svar i tide.")
    main.get_by_role("button", name=f"Lukk {year}").click()

    expect(main.get_by_role("heading", level=1)).to_contain_text("resultatene står fast")
    expect(main).to_contain_text("Regnet ut på nytt: likt")
    expect(main).to_contain_text("Vi tar det med inn i neste år.")
    assert accessibility_faults(page) == []

    main.get_by_role("link", name="Start neste år").click()
    expect(main).to_contain_text("Dette tas med videre")
    main.get_by_role("button", name=f"Start årshjulet {year + 1}").click()
    expect(main).to_contain_text(f"Årshjulet {year + 1} er i gang.")
    team.go(f"/arshjul/{year + 1}/")
    expect(main).to_contain_text(f"Dette kom med fra {year}")
    expect(main).to_contain_text("prosjekter pågår")
    main.get_by_role("link", name="Hva lærte vi").click()
    expect(main.get_by_role("rowheader", name=str(year), exact=True)).to_be_visible()
