"""What a worker does with a report that was asked for."""

from core import made_files
from core.made_files import Made, Reached
from maturity import exports
from maturity.models import Report


def make(report: Report) -> None:
    made_files.make(report, _made)


def _made(report: Report, reached: Reached) -> Made:
    facts = report.snapshot
    reached(1)
    profile, development = exports.profile(facts), exports.development(facts)
    reached(2)
    html = exports.report_html(
        facts, made_at=report.created_at, profile=profile, development=development
    )
    reached(3)
    return exports.report_pdf(html, facts, made_at=report.created_at)
