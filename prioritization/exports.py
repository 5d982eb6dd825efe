"""The memo as a PDF: a snapshot in, bytes out."""

import datetime as dt

from django.template.loader import render_to_string

from core import charts, formatting, pdf_pages
from core.made_files import Made
from core.pdf import render_pdf
from maturity.charts import AreaProfile, profile_chart
from prioritization import memo_document, memo_formats
from prioritization.annex import annex_workbook
from prioritization.charts import Axis, Spot, matrix_chart
from prioritization.memo_texts import Facts

TEXT_WIDTH = 616  # the whole width of a page's text, in CSS pixels


def maturity_chart(snapshot: Facts) -> str:
    """The profile chart as SVG for paper; empty when no sector has answered."""
    maturity = snapshot["maturity"]
    if not maturity:
        return ""
    areas = [
        AreaProfile(
            area["name"],
            float(area["mean"]),
            area["lowest"],
            area["highest"],
            None if area["last_year"] is None else float(area["last_year"]),
        )
        for area in maturity["areas"]
    ]
    words = ", ".join(f"{area.area} {formatting.number(area.mean, 1)}" for area in areas)
    return charts.chart_svg(
        profile_chart(areas),
        name="modenhet",
        title="Digital modenhet per område",
        description=f"Snitt på en skala fra 1 til 5: {words}",
        width=TEXT_WIDTH,
        theme="pdf",
    )


def matrix_drawing(snapshot: Facts) -> str:
    """Benefit against feasibility as SVG for paper; empty when there is nothing to draw."""
    matrix = memo_formats.current(snapshot)["matrix"]
    if not matrix:
        return ""
    spec = matrix_chart(
        [Spot(**spot) for spot in matrix["spots"]],
        x=_axis(matrix["x"]),
        y=_axis(matrix["y"]),
        sectors=matrix["sectors"],
        on_paper=True,
    )
    return charts.chart_svg(
        spec,
        name="matrise",
        title=matrix["heading"],
        description=matrix["words"],
        width=TEXT_WIDTH,
        theme="pdf",
    )


def _axis(axis: Facts) -> Axis:
    return Axis(axis["name"], tuple(axis["ends"]))


def memo_html(snapshot: Facts, *, is_draft: bool, chart: str, matrix_chart: str) -> str:
    """The whole document, ready for `memo_pdf`."""
    return render_to_string(
        "prioritization/memo_pdf.html",
        {
            **memo_document.context(snapshot),
            "municipality": snapshot["municipality"],
            "draft": is_draft,
            "chart": chart,
            "matrix_chart": matrix_chart,
        },
    )


def memo_pdf(html: str, snapshot: Facts, *, created_at: dt.datetime) -> Made:
    """PDF/A-2a and PDF/UA-1. The same snapshot and time give the same bytes."""
    content = render_pdf(
        html,
        title=snapshot["memo"]["title"],
        author=snapshot["municipality"]["name"],
        subject=memo_document.running_title(snapshot),
        created_at=created_at,
    )
    return Made(content, beside={"pages": pdf_pages.count(content)})


def memo_annex(snapshot: Facts, *, created_at: dt.datetime) -> bytes:
    """The scoring basis as Excel. The same snapshot and time give the same bytes."""
    return annex_workbook(
        snapshot["basis"],
        title=snapshot["memo"]["title"],
        creator=snapshot["municipality"]["name"],
        made_at=created_at,
    )
