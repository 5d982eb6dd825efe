"""Every page in a browser: axe finds nothing, the HTML is valid, the console is silent.

New pages are covered by standing in the table of addresses.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core import roles
from tests.e2e.conftest import ROOT, Site, accessibility_faults
from tests.pages import ANYBODY

HTML_VALIDATE = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


@pytest.fixture(scope="module")
def pages(site: Site) -> list[dict[str, str]]:
    emails = [f"{role}={email}" for role, (email, _password) in site.logins.items()]
    printed = subprocess.run(
        [sys.executable, "-m", "tests.e2e.addresses", *emails],
        cwd=ROOT,
        env=site.environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    return json.loads(printed)


@pytest.mark.parametrize("role", [ANYBODY, *roles.ALL])
def test_every_page_of_a_role_is_accessible(role, pages, visitor, tmp_path):
    mine = [page for page in pages if page["role"] == role]
    if not mine:
        assert role in {roles.EMPLOYEE, roles.ADMINISTRATOR, roles.PROJECT_MANAGER}
        return
    window = visitor() if role == ANYBODY else visitor().log_in(role)
    faults: dict[str, list[str]] = {}

    for number, page in enumerate(mine):
        response = window.go(page["url"])
        assert response.status == 200, page
        here = accessibility_faults(window.page)
        if here:
            faults[page["name"]] = here
        (tmp_path / f"{number:02}-{page['name'].replace(':', '-')}.html").write_text(
            response.text()
        )

    assert faults == {}
    assert _validate(tmp_path) == ""


def _validate(folder: Path) -> str:
    """What html-validate says about all the pages; empty when they are valid."""
    said = subprocess.run(
        ["node", str(HTML_VALIDATE), "--config", str(ROOT / ".htmlvalidate.json"), str(folder)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ,
    )
    return said.stdout + said.stderr if said.returncode else ""


@pytest.mark.parametrize(
    ("path", "role", "status"),
    [("/finnes-ikke/", ANYBODY, 404), ("/ideer/innboks/", roles.EMPLOYEE, 403)],
)
def test_a_page_that_says_no_is_accessible(path, role, status, visitor):
    window = visitor() if role == ANYBODY else visitor().log_in(role)

    assert window.go(path).status == status
    assert accessibility_faults(window.page) == []
    window.complaints.clear()  # the browser's own line about the status
