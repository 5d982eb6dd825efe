"""What others say about an idea: kept, read by the team, and then shown or not."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from ideas import personal_data
from ideas.models import Comment, CommentStatus, Idea
from ideas.personal_data import Found
from municipality.models import User


@transaction.atomic
def comment(
    idea: Idea, *, text: str, submitter: str, submission_key: uuid.UUID, by: User | None
) -> Comment:
    """Keep a comment until the team has read it. The same form twice is one comment."""
    earlier = Comment.objects.filter(submission_key=submission_key).first()
    if earlier is not None:
        return earlier
    refuse_comment(idea)
    written, is_new = Comment.objects.get_or_create(
        submission_key=submission_key,
        defaults={"idea": idea, "text": text, "submitter": submitter, "by": by},
    )
    if is_new:
        record("idea commented", idea, by=by)
    return written


def refuse_comment(idea: Idea) -> None:
    if not idea.can_be_commented:
        raise ActionRefused(
            _("Ideen er «{status}», og tar ikke imot flere kommentarer.").format(
                status=idea.status_words
            )
        )


@transaction.atomic
def publish_comment(comment: Comment, *, by: User, at: dt.datetime, has_read: bool = False) -> None:
    """Show it to everybody. What looks personal must be taken out, or stand on purpose."""
    comment = _waiting(comment)
    kinds = {finding.kind for finding in personal_data.find(comment.text)}
    if Found.NATIONAL_ID in kinds:
        raise ActionRefused(_("Kommentaren inneholder et fødselsnummer. Ta det bort først."))
    if kinds and not has_read:
        raise ActionRefused(
            _(
                "Kommentaren inneholder noe som likner et telefonnummer eller en e-postadresse. Ta "
                "det bort, eller velg å vise den likevel."
            )
        )
    _handle(comment, CommentStatus.PUBLISHED, by=by, at=at)


@transaction.atomic
def take_out_of_comment(comment: Comment, *, by: User) -> None:
    """Remove what looks personal. History tells that, not what it was."""
    comment = _waiting(comment)
    comment.text = personal_data.without(comment.text) or "…"
    comment.save(update_fields=["text", "updated_at"])
    record("idea comment personal data removed", comment.idea, by=by)


@transaction.atomic
def refuse_to_publish(comment: Comment, *, reason: str, by: User, at: dt.datetime) -> None:
    """Not shown. Whoever wrote it reads why, where they follow the comment."""
    comment = _waiting(comment)
    comment.refused_because = reason
    _handle(comment, CommentStatus.REFUSED, by=by, at=at)


def _waiting(comment: Comment) -> Comment:
    locked = Comment.objects.select_for_update(of=("self",)).select_related("idea")
    comment = locked.get(pk=comment.pk)
    if comment.status != CommentStatus.WAITING:
        raise ActionRefused(
            _("Kommentaren er alt lest: «{status}».").format(status=comment.get_status_display())
        )
    return comment


def _handle(comment: Comment, status: CommentStatus, *, by: User, at: dt.datetime) -> None:
    comment.status = status
    comment.handled_by, comment.handled_at = by, at
    comment.save()
    record("idea comment handled", comment.idea, by=by, status=str(status))
