"""The annual reports: last year's is published, for everybody and for management; this year's is
begun. Workers draw the charts and make the PDFs.
"""

from annual.actions import reports as actions
from annual.models import Audience
from gjovik_digi.seeding.scene import Scene, moment

WRITER = "marte.sveen@demo.gjovik.example"
DAYS_AGO = 20  # since last year's was published


def make(scene: Scene) -> None:
    writer = scene.people[WRITER]
    published_at = moment(scene.day(-DAYS_AGO), "annual report")
    begun_at = moment(scene.day(-1), "annual report begun")
    for audience in Audience:
        report = actions.begin_report(scene.cycles[-1], audience, by=writer, at=published_at)
        version = actions.draft_version(report)
        actions.publish_report(report, version=version, by=writer, at=published_at)
        actions.begin_report(scene.cycles[0], audience, by=writer, at=begun_at)
