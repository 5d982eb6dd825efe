"""The annual report on paper: valid for the archive and for screen readers."""

import io

import page
import pypdfium2
import pytest

from annual import report_making
from annual.actions import reports as actions
from annual.models import Audience
from annual.report_charts import Amount, Step, amounts_chart, funnel_chart
from core.made_files import FileStatus
from tests.factories.annual_reports import AnnualReportFactory, facts_of

NASTY = "<script>alert(1)</script> & «sitat» æøå áčđŋšŧž 😀 中文\r\n\r\n" + "langtord" * 30


def _figures():
    """Everything a section can show, at once."""
    steps = [Step("Kom inn", 12), Step("Levert", 0)]
    amounts = [
        Amount("Lovet", 2.0, "2 mill. kr"),
        Amount("Realisert", 1.5, "1,5 mill. kr", [("Målt", 1.0), ("Anslått", 0.5)]),
    ]
    row = {"head": "Målt", "cells": ["1 mill. kr"], "url": "", "evidence": "measured"}
    link = {"head": "Varsel", "cells": ["2"], "url": "/prosjekter/1/", "evidence": ""}
    return {
        "key": "benefits",
        "heading": "Gevinstene",
        "text": NASTY,
        "numbers": [
            {
                **{"key": "benefits.total", "label": "Gevinster", "words": "12", "evidence": ""},
                **{"url": "/gevinster/?sector=helse&year=2026", "source": "Gevinstene"},
            }
        ],
        "tables": [
            {
                **{"caption": "Kroner", "head": ["Hva", "Kroner"], "note": "Deler."},
                "rows": [{**each, "project": None} for each in (row, link)],
                "is_numeric": True,
            }
        ],
        "drawings": [
            {"name": name, "title": "Et diagram", "description": "Tolv.", "spec": spec}
            for name, spec in (
                ("funnel", funnel_chart(steps)),
                ("amounts", amounts_chart(amounts, unit="Millioner kroner")),
            )
        ],
        "stories": [
            {
                **{"title": "Varsel på mobil", "code": "G26-001", "url": "/ideer/G26-001/"},
                **{"problem": NASTY, "sent": "1. mai 2026", "decided": "2. juni 2026"},
                **{"reason": "Mange slipper å vente.", "project": "Varsel", "project_pk": 1},
                **{"project_url": "/prosjekter/1/", "where": "I bruk.", "number": "Fra 9 til 5 %."},
                **{"benefit": "Færre turer", "benefit_url": "/gevinster/1/"},
                **{"evidence": "judged", "evidence_words": "Skjønn"},
            }
        ],
        "became": [[3, "ble prosjekt"]],
        "outcomes": [
            {"code": "G26-001", "title": NASTY, "words": "Godkjent", "look": "done"},
        ],
        "not_shown": 2,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("audience", Audience)
def test_the_pdf_is_valid_and_says_what_the_report_says(cycle, team_member, audience):
    facts = facts_of(cycle, audience, _figures())
    report = AnnualReportFactory(cycle=cycle, audience=audience, numbers=facts)
    file = actions.make_draft_report_file(report, by=team_member)

    report_making.make(file)

    file.refresh_from_db()
    assert file.status == FileStatus.READY, file.error
    content = bytes(file.content)
    reports = [page.validate_pdf_bytes(content, profile=profile) for profile in ("2a", "ua1")]
    assert [finding.message for each in reports for finding in each.failures] == []
    text = _text_of(content)
    for told in ("Et godt år.", "Utkast", "/gevinster/?sector=helse&year=2026", "Idé for idé"):
        assert told in text


def _text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())
