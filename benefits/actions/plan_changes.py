"""What a change of a frozen plan needs, and what it leaves behind."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from benefits.change_story import Plain
from benefits.models import Benefit, BenefitChange, ChangeKind
from core.errors import ActionRefused
from municipality.models import User


def note_edit(
    benefit: Benefit,
    before: Plain,
    after: Plain,
    *,
    reason: str,
    by: User,
    kind: ChangeKind = ChangeKind.EDITED,
) -> None:
    """Keep what was changed in a plan that is frozen. Without a reason it is refused."""
    if not after or benefit.frozen_at is None:
        return
    if not reason.strip():
        raise ActionRefused(
            _("Planen for «{name}» er låst. Skriv hvorfor den endres.").format(name=benefit)
        )
    note_change(benefit, kind, reason=reason, by=by, before=before, after=after)


def note_change(
    benefit: Benefit, kind: ChangeKind, *, reason: str, by: User | None, **about: Any
) -> BenefitChange:
    return BenefitChange.objects.create(
        benefit=benefit,
        kind=kind,
        at=timezone.now(),
        by=by,
        reason=reason.strip(),
        **about,
    )
