from celery import shared_task

from prioritization import memo_making, protocol_making, robustness_making, solution_making
from prioritization.models import MemoFile, ProtocolFile, RobustnessRun, Solution


@shared_task
def make_memo_file(file_id: int) -> None:
    memo_making.make(MemoFile.objects.get(pk=file_id))


@shared_task
def make_protocol_file(file_id: int) -> None:
    protocol_making.make(ProtocolFile.objects.get(pk=file_id))


@shared_task
def solve_scenario(solution_id: int) -> None:
    solution_making.make(Solution.objects.get(pk=solution_id))


@shared_task
def compute_robustness(run_id: int) -> None:
    """One that was asked for anew before a worker came to it may be gone."""
    run = RobustnessRun.objects.filter(pk=run_id).select_related("round").first()
    if run is not None:
        robustness_making.make(run)
