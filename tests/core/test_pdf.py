"""The hardest document we can think of, and what a memo is made of, both checked by a validator."""

import datetime as dt
import hashlib
import io
from pathlib import Path

import page
import pikepdf
import pytest
from django.template import Context, Template

from core import charts
from core.pdf import PdfRefused, render_pdf
from maturity.charts import AreaProfile, profile_chart

SAMPLE = Path(__file__).with_name("sample_memo.html")
WORDS = {"title": "Digitaliseringsprosjekter for 2027", "author": "Gjøvik kommune"}
AT = dt.datetime(2026, 9, 15, 10, 0, tzinfo=dt.UTC)
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWj"
    "R9awAAAABJRU5ErkJggg=="
)


def pdf_of(body: str) -> bytes:
    html = Template(
        '{% extends "pdf/base.html" %}{% block content %}<h1>Prøve</h1>{{ body|safe }}'
        "{% endblock content %}"
    ).render(Context({"body": body, "municipality": {"name": "Gjøvik kommune"}}))
    return render_pdf(html, **WORDS, created_at=AT)


def findings(pdf: bytes) -> list[str]:
    reports = [page.validate_pdf_bytes(pdf, profile=profile) for profile in ("2a", "ua1")]
    return [f"{finding.rule_id} {finding.message}" for one in reports for finding in one.failures]


def tags_in(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    found: list[pikepdf.Object] = []
    stack: list[pikepdf.Object] = [pdf.Root.StructTreeRoot.K]
    while stack:
        element = stack.pop()
        if isinstance(element, pikepdf.Array):
            stack.extend(reversed(list(element)))
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.append(element)
            stack.append(element.get("/K", pikepdf.Array()))
    return found


@pytest.fixture(scope="module")
def memo_html() -> str:
    chart = charts.chart_svg(
        profile_chart([AreaProfile("Teknologi", mean=3.4, lowest=3, highest=4, last_year=3.2)]),
        name="profile",
        title="Teknologi er sterkest",
        description="3,4 av 5",
        width=charts.PAPER_WIDTH,
        theme="pdf",
    )
    cells = [
        {"percent": percent, "text": f"{points} av {weight}"}
        for percent, points, weight in ((100, 40, 40), (50, 15, 30), (50.5, 7.5, 15), (0, 0, 15))
    ]
    project = {
        "title": "Digitalt tilsyn på natt for flere",
        "owner": "Ingrid Haugen",
        "benefit": "380 timer mer tilsyn i uka",
        "cost": "1,4",
        "cells": cells,
    }
    context = {
        "projects": [project] * 7,
        "chart": chart,
        "draft": True,
        "municipality": {"name": "Gjøvik kommune"},
    }
    return Template(SAMPLE.read_text()).render(Context(context))


@pytest.fixture(scope="module")
def memo(memo_html) -> bytes:
    return render_pdf(memo_html, **WORDS, subject="Notat", created_at=AT)


def test_memo_is_pdf_a_2a_and_pdf_ua_1(memo):
    assert findings(memo) == []


def test_same_memo_has_the_same_fingerprint(memo, memo_html):
    again = render_pdf(memo_html, **WORDS, subject="Notat", created_at=AT)

    assert hashlib.sha256(again).hexdigest() == hashlib.sha256(memo).hexdigest()


def test_memo_says_what_it_is(memo):
    with pikepdf.open(io.BytesIO(memo)) as pdf, pdf.open_metadata() as xmp:
        assert str(pdf.Root.Lang) == "nb"
        assert xmp["pdfaid:part"] == "2"
        assert xmp["pdfaid:conformance"] == "A"
        assert xmp["pdfuaid:part"] == "1"
        assert xmp["dc:title"] == WORDS["title"]
        assert xmp["dc:creator"] == [WORDS["author"]]
        assert xmp["xmp:CreateDate"] == "2026-09-15T10:00:00+00:00"
        assert "/Filter" not in pdf.Root.Metadata


def is_font_descriptor(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"


def test_every_font_is_our_own_and_embedded(memo):
    with pikepdf.open(io.BytesIO(memo)) as pdf:
        fonts = [thing for thing in pdf.objects if is_font_descriptor(thing)]

        assert fonts
        assert all("Inter-PDF" in str(font.FontName) for font in fonts)
        assert all("/FontFile2" in font for font in fonts)


def test_running_head_is_not_read_aloud():
    with pikepdf.open(io.BytesIO(pdf_of("<p>Hei</p>"))) as pdf:
        marks = [
            str(one.operands[0])
            for one in pikepdf.parse_content_stream(pdf.pages[0])
            if str(one.operator) in ("BMC", "BDC")
        ]
        tags = [str(tag.S) for tag in tags_in(pdf)]

    assert tags == ["/Document", "/H1", "/Span", "/P", "/Span"]
    assert marks.count("/Artifact") > marks.count("/Span")


def test_header_cells_say_what_they_head():
    result = pdf_of(
        "<table><thead><tr><th>Idé</th><th>Poeng</th></tr></thead>"
        '<tbody><tr><th scope="row">Tolk på skjerm</th><td>75,8</td></tr></tbody></table>'
    )

    with pikepdf.open(io.BytesIO(result)) as pdf:
        scopes = [str(tag.A.Scope) for tag in tags_in(pdf) if tag.S == "/TH"]
    assert scopes == ["/Column", "/Column", "/Row"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<ul><li>a<ol><li>b<ul><li>c</li></ul></li></ol></li></ul>", id="lists"),
        pytest.param("<ul><li><p>a</p><p>b</p></li></ul>", id="paragraphs-in-list"),
        pytest.param("<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl>", id="description-list"),
        pytest.param(
            "<table><thead><tr><th rowspan=2>a</th><th colspan=2>b</th></tr>"
            "<tr><th>c</th><th>d</th></tr></thead>"
            + "<tbody class=group><tr><th rowspan=2>e</th><td>1</td><td>2</td></tr>"
            "<tr><td>3</td><td>4</td></tr></tbody>" * 40 + "</table>",
            id="spans-over-pages",
        ),
        pytest.param(
            '<p id="a">Se <a href="#a">her</a> og <a href="https://example.no/?a=1&amp;b=2">'
            + "ei lenke over linjer " * 20
            + "</a><sup>1</sup></p>",
            id="links",
        ),
        pytest.param("<p>" + "æøåáčđŋšŧž " * 2000 + "</p>", id="long-paragraph"),
        pytest.param("<p>Áčđŋšŧž → ✓ 😀 中文 \u2028 \u00ad \u200b e\u0301</p>", id="strange-signs"),
        pytest.param(f'<img alt="Et punkt" src="{PIXEL}">', id="picture"),
        pytest.param(
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
            '<path d="M0 0h9v9z"/></svg>',
            id="decoration",
        ),
    ],
)
def test_what_people_put_in_a_document_stays_conformant(body):
    assert findings(pdf_of(body)) == []


def test_no_stream_ends_so_that_its_length_can_be_doubted():
    """Seen in one of some 250 streams: the data's last byte is a carriage return."""
    for number in range(12):
        pdf = pdf_of(f"<p>{number}</p>")

        assert b"\r\nendstream" not in pdf


@pytest.mark.parametrize(
    "source",
    [
        "https://example.no/bilde.png",
        "file:///etc/hostname",
        "bilde.png",
        "fonts:../pyproject.toml",
        "static:missing.png",
    ],
)
def test_what_is_not_ours_is_refused(source):
    with pytest.raises(PdfRefused, match="our own files"):
        pdf_of(f'<img alt="" src="{source}">')
