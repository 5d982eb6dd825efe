"""What a worker does with a memo file that somebody asked for.

Each step is written down as it is done, so that the page can tell. A worker that dies leaves the
file where it was, and the schedule puts it back in the queue (memo_actions.requeue_stale).
"""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.pdf import PdfRefused
from prioritization import exports
from prioritization.exports import MadeFile
from prioritization.models import FileStatus, MemoFile

logger = logging.getLogger(__name__)

STEPS = 4


def make(file: MemoFile) -> None:
    """Make the PDF, unless another worker is at it or has done it."""
    try:
        _take(file)
    except ActionRefused:
        logger.info("Memo file %s is not waiting to be made", file.pk)
        return
    try:
        _keep(file, _made(file))
    except ActionRefused:
        logger.info("Memo file %s was finished by another worker", file.pk)
    except PdfRefused as error:
        logger.warning("Memo file %s refused: %s", file.pk, error)
        _fail(file, _("Notatet viser til noe som ikke kan stå i en PDF som skal arkiveres."))
    except Exception:
        logger.exception("Memo file %s failed", file.pk)
        _fail(file, _("Noe gikk galt hos oss da PDF-en ble laget. Teksten i notatet er lagret."))


@transaction.atomic
def _take(file: MemoFile) -> None:
    """Only one worker moves the file from «I kø» to «Lages»."""
    file.move_to(FileStatus.MAKING)
    file.step, file.started_at, file.error = 0, timezone.now(), ""
    file.attempts += 1
    file.save(update_fields=["step", "started_at", "error", "attempts", "updated_at"])


def _made(file: MemoFile) -> MadeFile:
    snapshot = file.snapshot
    _reached(file, 1)
    chart = exports.maturity_chart(snapshot)
    _reached(file, 2)
    html = exports.memo_html(snapshot, is_draft=file.is_draft, chart=chart)
    _reached(file, 3)
    return exports.memo_pdf(html, snapshot, created_at=file.created_at)


def _reached(file: MemoFile, step: int) -> None:
    file.step = step
    MemoFile.objects.filter(pk=file.pk, status=FileStatus.MAKING).update(step=step)


@transaction.atomic
def _keep(file: MemoFile, made: MadeFile) -> None:
    """Bytes and status in one: nobody sees a version that is ready and empty."""
    stored = MemoFile.objects.select_for_update().get(pk=file.pk)
    if not stored.can_move_to(FileStatus.READY):
        raise ActionRefused(_("Filen er allerede laget."))
    stored.content, stored.sha256, stored.size = made.content, made.sha256, made.size
    stored.step, stored.finished_at = STEPS, timezone.now()
    stored.save(update_fields=["content", "sha256", "size", "step", "finished_at", "updated_at"])
    stored.move_to(FileStatus.READY)


def _fail(file: MemoFile, words: str) -> None:
    """The file stays, with what went wrong, until somebody tries again."""
    found = MemoFile.objects.filter(pk=file.pk, status=FileStatus.MAKING)
    if not found.update(status=FileStatus.FAILED, error=words, updated_at=timezone.now()):
        logger.info("Memo file %s was taken over by another worker", file.pk)
