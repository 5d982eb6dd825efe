"""The files that come with ideas: from the form, through the virus check, to those who may see."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction

from core import virus
from core.models import record
from core.sent_files import CleanFile
from ideas.models import Attachment, Idea, KeptFile, StagedAttachment, VirusCheck
from municipality.models import User

STAGED_FOR = dt.timedelta(days=1)
CHECKED_AT_ONCE = 20
KEPT = [field.name for field in KeptFile._meta.get_fields() if field.name != "id"]


@transaction.atomic
def stage(
    key: uuid.UUID, files: Iterable[tuple[CleanFile, VirusCheck]], *, at: dt.datetime
) -> None:
    """Keep the files of a form that is not sent yet. The same file twice is kept once."""
    staged = StagedAttachment.objects.filter(submission_key=key)
    known = set(staged.values_list("sha256", flat=True))
    for file, checked in files:
        if file.sha256 in known or len(known) >= KeptFile.MAX_FILES:
            continue
        known.add(file.sha256)
        StagedAttachment.objects.create(
            submission_key=key,
            name=file.name,
            kind=file.kind,
            size=len(file.content),
            sha256=file.sha256,
            content=file.content,
            virus_check=checked,
            added_at=at,
        )


def unstage(key: uuid.UUID, pk: int) -> None:
    StagedAttachment.objects.filter(submission_key=key, pk=pk).delete()


def attach_staged(idea: Idea) -> None:
    """Give an idea the files of the form it was sent with. Part of sending it."""
    staged = StagedAttachment.objects.filter(submission_key=idea.submission_key)
    Attachment.objects.bulk_create(
        Attachment(idea=idea, **{name: getattr(file, name) for name in KEPT}) for file in staged
    )
    staged.delete()


@transaction.atomic
def show_attachment(attachment: Attachment, *, to_all: bool, by: User) -> None:
    """Let everybody download a file, or only the sender and those who handle the idea."""
    attachment.is_public = to_all
    attachment.save(update_fields=["is_public"])
    record("attachment shown" if to_all else "attachment hidden", attachment, by=by)


def check_waiting_files(
    models: Iterable[type[KeptFile]] = (Attachment, StagedAttachment),
) -> None:
    """Ask the virus scanner about what it did not answer for. Stops when it is still down.

    Of a file that holds a virus, only the name is left.
    """
    for model in models:
        for file in model.objects.waiting().order_by("pk")[:CHECKED_AT_ONCE]:
            if not virus.is_on():
                return
            verdict = virus.scan(bytes(file.content))
            if verdict == virus.Verdict.UNKNOWN:
                return
            _keep_verdict(file, verdict)


def _keep_verdict(file: KeptFile, verdict: virus.Verdict) -> None:
    file.virus_check = VirusCheck(verdict)
    if verdict == virus.Verdict.INFECTED:
        file.content = b""
    file.save(update_fields=["virus_check", "content"])
    record("file checked", file, verdict=str(verdict))


def forget_staged(*, at: dt.datetime) -> int:
    """Delete the files of forms that nobody sent within a day, and say how many."""
    count, _rows = StagedAttachment.objects.filter(added_at__lte=at - STAGED_FOR).delete()
    return count
