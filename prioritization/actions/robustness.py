"""How sure the ranking is: asked for, worked out by a worker. And how much money there is."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import made_files
from core.errors import ActionRefused
from core.made_files import FileStatus
from core.models import record
from core.queue import enqueue_on_commit
from municipality.models import User
from prioritization import robustness, tasks
from prioritization.cut import usual_top
from prioritization.models import Memo, MemoStatus, RobustnessRun, Round

KEPT = 3  # computations of a round that are kept, the newest included


@transaction.atomic
def request_robustness(
    scored: Round,
    *,
    by: User | None,
    top: int | None = None,
    draws: int = robustness.DRAWS,
    span: int = int(robustness.SPAN),
) -> RobustnessRun:
    """Have it worked out. What is asked for or answered already, of the same answers, is it.

    One that no worker has begun reads the answers when it begins: what comes meanwhile is in it.
    """
    scored = Round.objects.select_for_update(of=["self"]).get(pk=scored.pk)
    ranked = scored.entries.ranked().order_by().count()
    if not ranked:
        raise ActionRefused(_("Ingen ideer er rangert ennå. Da er det ingenting å regne på."))
    run = RobustnessRun(
        round=scored,
        draws=draws,
        span=span,
        top=min(top or usual_top(scored, ranked=ranked), ranked),
        fingerprint=scored.fingerprint(),
        requested_by=by,
    )
    latest = _latest(scored)
    if latest is not None and _is_answered_by(latest, run):
        return latest
    if latest is not None and latest.is_waiting:
        return _ask_instead(latest, run)
    run.save()
    _drop_earlier(run)
    enqueue_on_commit(tasks.compute_robustness, run.pk)
    record("robustness asked for", scored, by=by, draws=draws, span=span, top=run.top)
    return run


def _latest(scored: Round) -> RobustnessRun | None:
    """Locked: a worker that is about to begin waits, or has begun."""
    runs = scored.robustness_runs.defer("content", "snapshot").select_for_update()
    return runs.order_by("-pk").first()


def _is_answered_by(known: RobustnessRun, wanted: RobustnessRun) -> bool:
    same = ["draws", "span", "top", "fingerprint"]
    return known.status != FileStatus.FAILED and all(
        getattr(known, name) == getattr(wanted, name) for name in same
    )


def _ask_instead(waiting: RobustnessRun, wanted: RobustnessRun) -> RobustnessRun:
    changed = ["draws", "span", "top", "fingerprint", "requested_by"]
    for name in changed:
        setattr(waiting, name, getattr(wanted, name))
    waiting.save(update_fields=changed)
    return waiting


def _drop_earlier(run: RobustnessRun) -> None:
    earlier = run.round.robustness_runs.filter(pk__lt=run.pk)
    kept = earlier.ready().order_by("-pk").values_list("pk", flat=True)[: KEPT - 1]
    earlier.exclude(status=FileStatus.MAKING).exclude(pk__in=list(kept)).delete()


def recompute_robustness(scored: Round, *, by: User | None) -> RobustnessRun:
    """As it was asked for the last time, but for how many there is room for."""
    latest = scored.robustness_runs.defer("content", "snapshot").order_by("-pk").first()
    if latest is None:
        return request_robustness(scored, by=by)
    return request_robustness(scored, by=by, draws=latest.draws, span=latest.span)


def follow_with_robustness(scored: Round, *, by: User | None) -> None:
    """After a change of what a locked ranking rests on. While answers still come, nobody is asked.

    What an open round shows has been asked for by somebody.
    """
    if not scored.is_open and scored.entries.ranked().exists():
        recompute_robustness(scored, by=by)


@transaction.atomic
def try_robustness_again(run: RobustnessRun, *, by: User) -> None:
    made_files.queue_again(run, tasks.compute_robustness)
    record("robustness tried again", run.round, by=by)


def requeue_stale_robustness(*, at: dt.datetime) -> int:
    """Hand out again what no worker took, or what a worker died with. How many there were."""
    return made_files.requeue_stale(RobustnessRun.objects.all(), tasks.compute_robustness, at=at)


@transaction.atomic
def set_frame(scored: Round, *, frame: Decimal | None, seen: Decimal | None, by: User) -> None:
    """Say how much money there is, which moves the line. `seen` is what it was when one began."""
    scored = Round.objects.select_for_update(of=["self"]).get(pk=scored.pk)
    if Memo.objects.filter(round=scored, status=MemoStatus.FINAL).exists():
        raise ActionRefused(_("Notatet er endelig. Da kan ikke rammen endres."))
    if frame == scored.budget_frame:
        return
    if scored.budget_frame != seen:
        raise ActionRefused(_("Noen andre endret rammen mens du skrev. Se hva som står der nå."))
    before, scored.budget_frame = scored.budget_frame, frame
    scored.save(update_fields=["budget_frame", "updated_at"])
    record("frame set", scored, by=by, before=_whole(before), after=_whole(frame))
    follow_with_robustness(scored, by=by)


def _whole(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount)
