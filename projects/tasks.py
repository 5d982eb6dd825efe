from celery import shared_task

from projects import minutes_making
from projects.models import MinutesFile


@shared_task
def make_minutes_file(file_id: int) -> None:
    minutes_making.make(MinutesFile.objects.get(pk=file_id))
