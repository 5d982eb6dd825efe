"""One minute on a phone, without log-in: from the mail to the thanks, and the link is used up."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import accessibility_faults

ASK = """
from django.utils import timezone
from benefits import actions
from benefits.models import Indicator
indicator = Indicator.objects.followed().filter(benefit__owner__is_active=True).first()
indicator.next_measurement_on = timezone.localdate()
indicator.save()
actions.ask_for_measurements(on=timezone.localdate())
print(indicator.name)
"""


def test_a_number_is_given_by_the_link_in_a_mail(site, visitor):
    name = site.shell(ASK)
    mail = site.wait_for_mail(rf"(?s)«{re.escape(name)}» skal måles.*?/maling/\S+")
    link = re.search(r"/maling/\S+", mail).group()
    phone = visitor(phone=True)
    page = phone.page

    phone.go(link)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{name}: hva er tallet nå?")
    faults = accessibility_faults(page)
    page.locator("[name=value]").fill("sytten")
    page.get_by_role("button", name="Send målingen").click()
    expect(page.get_by_role("main")).to_contain_text("Skriv et tall, for eksempel 5,8.")
    page.locator("[name=value]").fill("17,5")
    page.get_by_role("radio", name="Anslått").click()
    page.get_by_label("Hva skjedde? Én setning").fill("Alle soner er i gang.")
    page.get_by_role("button", name="Send målingen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Takk. Det var alt.")
    phone.go(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har svart")
    expect(page.get_by_role("main")).to_contain_text("17,5")
    expect(page.get_by_role("button", name="Send målingen")).to_have_count(0)
    assert faults + accessibility_faults(page) == []
