from celery import shared_task

from prioritization import memo_making, protocol_making, solution_making
from prioritization.models import MemoFile, ProtocolFile, Solution


@shared_task
def make_memo_file(file_id: int) -> None:
    memo_making.make(MemoFile.objects.get(pk=file_id))


@shared_task
def make_protocol_file(file_id: int) -> None:
    protocol_making.make(ProtocolFile.objects.get(pk=file_id))


@shared_task
def solve_scenario(solution_id: int) -> None:
    solution_making.make(Solution.objects.get(pk=solution_id))
