"""The annual reports: last year's is published, for everybody and for management; this year's is
begun. Workers make the PDFs, and draw what only the team sees.
"""

import datetime as dt

from annual.actions import reports as actions
from annual.models import AnnualReport, Audience
from core import charts
from core.models import Chart
from gjovik_digi.seeding.scene import Scene, moment
from municipality.models import User

WRITER = "marte.sveen@demo.gjovik.example"
DAYS_AGO = 20  # since last year's was published


def make(scene: Scene) -> None:
    writer = scene.people[WRITER]
    published_at = moment(scene.day(-DAYS_AGO), "annual report")
    for audience in Audience:
        report = actions.begin_report(scene.cycles[-1], audience, by=writer, at=published_at)
        _publish(report, by=writer, at=published_at)
    begun_at = moment(scene.day(-1), "annual report begun")
    for audience in Audience:
        actions.begin_report(scene.cycles[0], audience, by=writer, at=begun_at)


def _publish(report: AnnualReport, *, by: User, at: dt.datetime) -> None:
    """With its charts drawn here and now, so that the first who opens the page sees them."""
    version = actions.draft_version(report)
    file = actions.publish_report(report, version=version, by=by, at=at)
    of_version = f"annual-{report.pk}-{file.number}-"
    for chart in Chart.objects.waiting().filter(key__startswith=of_version).order_by("pk"):
        charts.draw(chart)
