"""Sending an idea as people do: similar ideas, a closed tab, no network, no script, robots."""

from collections.abc import Iterator

import pytest

from tests.e2e.conftest import Site, Visitor, accessibility_faults

FORM = "/ideer/ny/"
LIKE_A_SEEDED_ONE = "Etter at vi søker barnehageplass, hører vi ikke hvor vi står i barnehagekøen."
BUSY = """
from core import rate
from core.models import AddressCount
rate.add("idea", "127.0.0.1")
AddressCount.objects.update(count=600)
"""


def fill(window: Visitor, problem: str) -> None:
    window.page.get_by_label("1. Hva er problemet?").fill(problem)
    window.page.get_by_label("2. Hvem har problemet?").fill("Foreldre")
    window.page.get_by_label("Innbygger").check()


def send(window: Visitor) -> None:
    window.page.get_by_role("button", name="Send inn ideen").click()


def test_what_is_like_the_text_shows_while_it_is_typed(visitor):
    for phone in (False, True):
        window = visitor(phone=phone)
        window.go(FORM)

        window.page.get_by_label("1. Hva er problemet?").press_sequentially(LIKE_A_SEEDED_ONE)

        similar = window.page.get_by_role("link", name="Vis plass i barnehagekøen på nett")
        similar.wait_for()
        assert accessibility_faults(window.page) == []


def test_what_is_typed_survives_a_closed_tab_and_is_forgotten_when_it_is_sent(visitor):
    window = visitor()
    window.go(FORM)
    fill(window, "Kartet over turstier er gammelt.")
    window.page.get_by_text("Teksten er lagret på denne enheten").wait_for()

    window.page.goto("about:blank")
    window.go(FORM)
    window.page.get_by_role("button", name="Bruk det").click()

    problem = window.page.get_by_label("1. Hva er problemet?")
    assert problem.input_value() == "Kartet over turstier er gammelt."
    send(window)
    window.page.wait_for_url("**/kvittering/**")
    window.go(FORM)
    assert window.page.get_by_role("button", name="Bruk det").count() == 0


def test_nothing_is_sent_into_a_dead_network(visitor):
    window = visitor()
    window.go(FORM)
    fill(window, "Bussen går for tidlig.")

    window.page.context.set_offline(True)
    send(window)

    window.page.get_by_text("Du er uten nett. Teksten er lagret her.").wait_for()
    window.page.context.set_offline(False)
    send(window)
    window.page.wait_for_url("**/kvittering/**")


def test_a_warning_and_a_file_survive_a_round_and_an_idea_can_be_sent_without_script(visitor):
    window = visitor(java_script=False)
    window.go(FORM)
    fill(window, "Ring Kari på 999 99 999 og hør.")
    window.page.locator("summary", has_text="Vil du fortelle mer?").click()
    window.page.get_by_label("Bilder eller PDF").set_input_files(
        {"name": "film.gif", "mimeType": "image/gif", "buffer": b"GIF89a"}
    )
    send(window)

    assert window.page.get_by_text("«film.gif»: Vi tar imot bilder").count() == 2
    window.page.get_by_role("button", name="Ta det bort").click()
    problem = window.page.get_by_label("1. Hva er problemet?")
    assert problem.input_value() == "Ring Kari på og hør."
    send(window)
    assert "/kvittering/" in window.page.url


@pytest.fixture
def busy(site: Site) -> Iterator[None]:
    """So much has come this hour that a proof is asked for."""
    site.shell(BUSY)
    yield
    site.shell("from core.models import AddressCount; AddressCount.objects.all().delete()")


def test_when_much_is_sent_the_browser_proves_itself_and_the_person_does_nothing(visitor, busy):
    window = visitor()
    window.go(FORM)
    assert accessibility_faults(window.page) == []
    fill(window, "Lyset i gata er borte.")

    send(window)

    window.page.wait_for_url("**/kvittering/**", timeout=60_000)


def test_without_script_the_text_is_kept_and_there_is_another_way(visitor, busy):
    window = visitor(java_script=False)
    window.go(FORM)
    fill(window, "Lyset i gata er borte.")

    send(window)

    problem = window.page.get_by_label("1. Hva er problemet?")
    assert problem.input_value() == "Lyset i gata er borte."
    assert window.page.get_by_text("eller ring kommunen").count()
