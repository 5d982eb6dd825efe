"""What is known about the sender of one idea: for them to read, and to take with them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.formatting import day_with_year
from core.models import OutgoingMail
from ideas import notifications
from ideas.models import Idea, IdeaContact, Subscription
from municipality.models import User


@dataclass(frozen=True)
class Known:
    idea: Idea
    address: str
    contact: IdeaContact | None
    account: User | None
    subscription: Subscription | None
    mails: list[OutgoingMail]

    @property
    def has_address(self) -> bool:
        """One that they left with the idea, and can have deleted alone."""
        return self.contact is not None

    def as_json(self) -> dict[str, Any]:
        idea = self.idea
        return {
            _("kode"): idea.code,
            _("sendt"): timezone.localdate(idea.created_at).isoformat(),
            _("hvem du er"): idea.get_submitter_display(),
            _("e-post"): self.address or None,
            _("e-posten slettes"): _iso(self.contact.delete_on if self.contact else None),
            _("konto"): str(self.account) if self.account else None,
            _("følger ideen på e-post"): self.subscription is not None,
            _("problemet"): idea.problem,
            _("hvem som har problemet"): idea.who_has_it,
            _("forslag til løsning"): idea.solution,
            _("tillegg"): [added.text for added in idea.additions.all()],
            _("filer"): [file.name for file in idea.attachments.without_content()],
            _("e-poster vi har sendt"): [
                {_("emne"): mail.subject, _("sendt"): _iso(mail.sent_at)} for mail in self.mails
            ],
        }

    def as_lines(self) -> list[tuple[str, str]]:
        """What identifies them, in words."""
        lines = [(_("Hvem du er"), self.idea.get_submitter_display())]
        if self.contact is not None:
            until = day_with_year(self.contact.delete_on)
            kept = _("{email}. Slettes av seg selv {date}.")
            lines.append((_("E-post"), kept.format(email=self.contact.email, date=until)))
        if self.account is not None:
            lines.append((_("Konto"), f"{self.account} ({self.account.email})"))
        if self.subscription is not None:
            lines.append((_("Følger ideen"), self.subscription.email))
        return lines


def about_sender(idea: Idea) -> Known:
    contact = IdeaContact.objects.filter(idea=idea).first()
    address = notifications.sender_address(idea)
    return Known(
        idea=idea,
        address=address,
        contact=contact,
        account=idea.submitted_by,
        subscription=Subscription.objects.filter(idea=idea, email__iexact=address).first(),
        mails=list(OutgoingMail.objects.filter(link=notifications.follow_url(idea)).order_by("pk")),
    )


def _iso(at: dt.date | None) -> str | None:
    return at.isoformat() if at else None
