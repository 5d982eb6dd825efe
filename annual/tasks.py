from celery import shared_task

from annual import report_making
from annual.models import AnnualReportFile


@shared_task
def make_report_file(file_id: int) -> None:
    report_making.make(AnnualReportFile.objects.get(pk=file_id))
