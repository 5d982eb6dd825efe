from celery import shared_task

from maturity import report_making
from maturity.models import Report


@shared_task
def make_report(report_id: int) -> None:
    report_making.make(Report.objects.get(pk=report_id))
