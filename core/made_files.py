"""Files that a worker makes of a snapshot: asked for, made once, kept as they were.

The bytes stand in the database, so that a database dump is a whole backup. Each step is written
down as it is done, so that a page can tell. A worker that dies leaves the file where it was, and
the schedule puts it back in the queue (`requeue_stale`).
"""

import datetime as dt
import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from celery import Task
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import ActionRefused
from core.models import TimeStamped
from core.pdf import PdfRefused
from core.queue import enqueue_on_commit
from core.status import HasStatus

logger = logging.getLogger(__name__)

STEPS = 4
# A job is put back in the queue when no worker has taken it for so long, or finished it.
WAITED_TOO_LONG = dt.timedelta(minutes=1)
MADE_TOO_LONG = dt.timedelta(minutes=5)
# A file that takes the worker down with it is not tried for ever.
MOST_ATTEMPTS = 3


class FileStatus(models.TextChoices):
    QUEUED = "queued", gettext_lazy("I kø")
    MAKING = "making", gettext_lazy("Lages")
    READY = "ready", gettext_lazy("Ferdig")
    FAILED = "failed", gettext_lazy("Mislyktes")


M = TypeVar("M", bound="MadeFile")


class MadeFileQuerySet(models.QuerySet[M]):
    def unfinished(self):
        return self.filter(status__in=[FileStatus.QUEUED, FileStatus.MAKING])

    def ready(self):
        return self.filter(status=FileStatus.READY)

    def without_content(self):
        return self.defer("content")


class MadeFile(HasStatus, TimeStamped):
    """The abstract row. Its own model says of what it is a version, and who asked for it."""

    WHEN_FAILED: ClassVar[Any] = gettext_lazy("Noe gikk galt hos oss da PDF-en ble laget.")
    WHEN_REFUSED: ClassVar[Any] = gettext_lazy(
        "Teksten viser til noe som ikke kan stå i en PDF som skal arkiveres."
    )
    WHEN_GIVEN_UP: ClassVar[Any] = gettext_lazy("PDF-en ble ikke ferdig etter tre forsøk.")

    TRANSITIONS = {
        FileStatus.QUEUED: {FileStatus.MAKING, FileStatus.FAILED},
        FileStatus.MAKING: {FileStatus.READY, FileStatus.FAILED, FileStatus.QUEUED},
        FileStatus.FAILED: {FileStatus.QUEUED},
        FileStatus.READY: set(),
    }

    status = models.CharField(
        gettext_lazy("status"), max_length=8, choices=FileStatus, default=FileStatus.QUEUED
    )
    snapshot = models.JSONField(gettext_lazy("alt filen er laget av"), default=dict)
    step = models.PositiveSmallIntegerField(gettext_lazy("steg ferdig av 4"), default=0)
    attempts = models.PositiveSmallIntegerField(gettext_lazy("forsøk"), default=0)
    started_at = models.DateTimeField(gettext_lazy("begynt"), null=True, blank=True)
    finished_at = models.DateTimeField(gettext_lazy("ferdig"), null=True, blank=True)
    error = models.TextField(gettext_lazy("feil"), blank=True)
    content = models.BinaryField(gettext_lazy("PDF"), null=True, blank=True)
    size = models.PositiveIntegerField(gettext_lazy("byte"), null=True, blank=True)
    sha256 = models.CharField(gettext_lazy("SHA-256"), max_length=64, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(status__in=FileStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=FileStatus.READY)
                | (models.Q(content__isnull=False) & ~models.Q(sha256="")),
                name="%(app_label)s_%(class)s_ready_has_content",
            ),
        ]

    @property
    def is_ready(self) -> bool:
        return self.status == FileStatus.READY

    @property
    def is_underway(self) -> bool:
        return self.status in (FileStatus.QUEUED, FileStatus.MAKING)


@dataclass(frozen=True)
class Made:
    """What the work gave. `beside` are fields of the row that are kept in the same moment."""

    content: bytes
    beside: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        return len(self.content)


Reached = Callable[[int], None]  # called with the number of the step that is done
Work = Callable[[Any, Reached], Made]


def make(file: MadeFile, work: Work) -> None:
    """Do the work and keep what it gives, unless another worker is at it or has done it."""
    try:
        take(file)
    except ActionRefused:
        logger.info("%s %s is not waiting to be made", file._meta.label, file.pk)
        return
    try:
        keep(file, work(file, lambda step: _reached(file, step)))
    except ActionRefused:
        logger.info("%s %s was finished by another worker", file._meta.label, file.pk)
    except PdfRefused as error:
        logger.warning("%s %s refused: %s", file._meta.label, file.pk, error)
        fail(file, str(file.WHEN_REFUSED))
    except Exception:
        logger.exception("%s %s failed", file._meta.label, file.pk)
        fail(file, str(file.WHEN_FAILED))


@transaction.atomic
def take(file: MadeFile) -> None:
    """Only one worker moves the file from «I kø» to «Lages»."""
    file.move_to(FileStatus.MAKING)
    file.step, file.started_at, file.error = 0, timezone.now(), ""
    file.attempts += 1
    file.save(update_fields=["step", "started_at", "error", "attempts", "updated_at"])


def _reached(file: MadeFile, step: int) -> None:
    file.step = step
    _rows(file).filter(pk=file.pk, status=FileStatus.MAKING).update(step=step)


def _rows(file: MadeFile) -> models.Manager[Any]:
    return type(file)._base_manager


@transaction.atomic
def keep(file: MadeFile, made: Made) -> None:
    """Bytes and status in one: nobody sees a version that is ready and empty."""
    stored = _rows(file).select_for_update().get(pk=file.pk)
    if not stored.can_move_to(FileStatus.READY):
        raise ActionRefused(_("Filen er allerede laget."))
    stored.content, stored.sha256, stored.size = made.content, made.sha256, made.size
    stored.step, stored.finished_at = STEPS, timezone.now()
    for name, value in made.beside.items():
        setattr(stored, name, value)
    kept = ["content", "sha256", "size", "step", "finished_at", "updated_at"]
    stored.save(update_fields=[*kept, *made.beside])
    stored.move_to(FileStatus.READY)


def fail(file: MadeFile, words: str) -> None:
    """The file stays, with what went wrong, until somebody tries again."""
    found = _rows(file).filter(pk=file.pk, status=FileStatus.MAKING)
    if not found.update(status=FileStatus.FAILED, error=words, updated_at=timezone.now()):
        logger.info("%s %s was taken over by another worker", file._meta.label, file.pk)


@transaction.atomic
def queue_again(file: MadeFile, task: Task) -> None:
    """Put a file that failed back in the queue, with the same snapshot."""
    file.move_to(FileStatus.QUEUED)
    file.attempts, file.error, file.step = 0, "", 0
    file.save(update_fields=["attempts", "error", "step", "updated_at"])
    enqueue_on_commit(task, file.pk)


def requeue_stale(files: MadeFileQuerySet[Any], task: Task, *, at: dt.datetime) -> int:
    """Hand out again what no worker took, or what a worker died with. How many there were."""
    stale = files.without_content().filter(
        Q(status=FileStatus.QUEUED, updated_at__lt=at - WAITED_TOO_LONG)
        | Q(status=FileStatus.MAKING, started_at__lt=at - MADE_TOO_LONG)
    )
    found = list(stale.order_by("pk"))
    for file in found:
        _requeue(file, task)
    return len(found)


@transaction.atomic
def _requeue(file: MadeFile, task: Task) -> None:
    if file.attempts >= MOST_ATTEMPTS:
        file.move_to(FileStatus.FAILED)
        file.error = str(file.WHEN_GIVEN_UP)
    elif file.status == FileStatus.MAKING:
        file.move_to(FileStatus.QUEUED)
    file.save(update_fields=["error", "updated_at"])
    if file.status == FileStatus.QUEUED:
        enqueue_on_commit(task, file.pk)
