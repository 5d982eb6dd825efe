"""The report of a year as PDF and as a workbook: a snapshot in, bytes out."""

import datetime as dt

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core import charts
from core.made_files import Made
from core.pdf import render_pdf
from maturity import report_document
from maturity.charts import development_chart, profile_chart
from maturity.report import Facts

TEXT_WIDTH = 616  # the whole width of a page's text, in CSS pixels


def profile(facts: Facts) -> str:
    """The profile as SVG for paper."""
    return charts.chart_svg(
        profile_chart(
            report_document.profiles(facts),
            target=_("Mål {year}").format(year=facts["year"]),
            levels=[level["name"] for level in facts["levels"]],
        ),
        name="profil",
        title=_("Snitt, spredning, i fjor og mål per område"),
        description=facts["description"],
        width=TEXT_WIDTH,
        theme="pdf",
    )


def development(facts: Facts) -> str:
    """The years as SVG for paper; empty when there is only one."""
    if len(facts["development"]["years"]) < 2:
        return ""
    return charts.chart_svg(
        development_chart(report_document.trends(facts), on_paper=True),
        name="utvikling",
        title=_("Utvikling år for år per område"),
        description=facts["development"]["description"],
        width=TEXT_WIDTH,
        theme="pdf",
    )


def report_html(facts: Facts, *, made_at: dt.datetime, profile: str, development: str) -> str:
    """The whole document, ready for `report_pdf`."""
    return render_to_string(
        "maturity/report_pdf.html",
        {
            **report_document.context(facts),
            "made_at": made_at,
            "profile_chart": profile,
            "development_chart": development,
        },
    )


def report_pdf(html: str, facts: Facts, *, made_at: dt.datetime) -> Made:
    """PDF/A-2a and PDF/UA-1. The same snapshot and time give the same bytes."""
    content = render_pdf(
        html,
        title=report_document.title(facts),
        author=facts["municipality"]["name"],
        subject=facts["heading"],
        created_at=made_at,
    )
    return Made(content)
