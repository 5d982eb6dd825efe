"""Showing an idea to everybody, and holding it back. Nothing personal is shown unread."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from ideas import personal_data
from ideas.models import Idea, IdeaStatus
from ideas.personal_data import Finding, Found
from municipality.models import User

# Scorers, decision makers and everybody else must be able to read what is on its way.
MUST_BE_PUBLIC = {IdeaStatus.FORWARDED, IdeaStatus.APPROVED}
SHOWN = ("title", "summary", "problem", "who_has_it", "solution")


def personal_findings(idea: Idea) -> list[Finding]:
    """What looks like personal data in the words that everybody would read."""
    return [finding for name in SHOWN for finding in personal_data.find(getattr(idea, name))]


@transaction.atomic
def publish(idea: Idea, *, by: User, at: dt.datetime, has_read: bool = False) -> None:
    """Show the idea to everybody. Asking again changes nothing.

    Refused while the text holds something personal, unless somebody says that they have read it
    and that it may stand. A national identity number may never stand.
    """
    if idea.published_at is not None:
        return
    kinds = {finding.kind for finding in personal_findings(idea)}
    if Found.NATIONAL_ID in kinds:
        raise ActionRefused(
            _("«{title}» inneholder et fødselsnummer. Ta det bort før ideen vises.").format(
                title=idea.title
            )
        )
    if kinds and not has_read:
        raise ActionRefused(
            _(
                "«{title}» inneholder noe som likner et telefonnummer eller en e-postadresse. Velg "
                "«Les gjennom og vis for alle» på ideens side først."
            ).format(title=idea.title)
        )
    idea.published_at = at
    idea.save(update_fields=["published_at", "updated_at"])
    record("idea published", idea, by=by)


@transaction.atomic
def take_out_personal_data(idea: Idea, *, by: User) -> None:
    """Remove what was found from the words of the idea. History tells that, not what it was."""
    for name in SHOWN:
        setattr(idea, name, personal_data.without(getattr(idea, name)))
    idea.mark_edited(by)
    idea.save()
    record("idea personal data removed", idea, by=by)


@transaction.atomic
def hold_back(idea: Idea, *, by: User) -> None:
    """Show the idea to its sender and to us only."""
    if idea.status in MUST_BE_PUBLIC:
        raise ActionRefused(
            _("«{title}» er {status}, og må kunne leses av alle. Ta den tilbake først.").format(
                title=idea.title, status=idea.get_status_display().lower()
            )
        )
    if idea.published_at is None:
        return
    idea.published_at = None
    idea.save(update_fields=["published_at", "updated_at"])
    record("idea held back", idea, by=by)
