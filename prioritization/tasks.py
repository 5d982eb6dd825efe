from celery import shared_task

from prioritization import memo_making
from prioritization.models import MemoFile


@shared_task
def make_memo_file(file_id: int) -> None:
    memo_making.make(MemoFile.objects.get(pk=file_id))
