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
from tests.e2e.conftest import ROOT, Site, Visitor
from tests.pages import ANYBODY

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
HTML_VALIDATE = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = [{"width": 1280, "height": 900}, {"width": 390, "height": 844}]


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


def _faults(visitor: Visitor) -> list[str]:
    found = visitor.page.evaluate(
        "rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES
    )
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def _too_wide(visitor: Visitor) -> bool:
    root = "document.documentElement"
    return visitor.page.evaluate(f"{root}.scrollWidth > {root}.clientWidth")


@pytest.mark.parametrize("role", [ANYBODY, *roles.ALL])
def test_every_page_of_a_role_is_accessible(role, pages, visitor, tmp_path):
    mine = [page for page in pages if page["role"] == role]
    if not mine:
        assert role in {roles.EMPLOYEE, roles.ADMINISTRATOR, roles.PROJECT_MANAGER}
        return
    axe = AXE.read_text()
    window = visitor() if role == ANYBODY else visitor().log_in(role)
    faults: dict[str, list[str]] = {}

    for number, page in enumerate(mine):
        for size in SIZES:
            window.page.set_viewport_size(size)
            response = window.go(page["url"])
            assert response.status == 200, page
            window.page.evaluate(axe)
            here = _faults(window)
            if _too_wide(window):
                here.append("wider than the screen")
            if here:
                faults[f"{page['name']} {size['width']}"] = here
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
