"""The mails about ideas. Each goes to the sender, when there is an address to send it to."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from core.formatting import day_with_year
from core.notifications import queue_mail
from ideas.models import Idea, IdeaContact, IdeaStatus
from municipality.models import Municipality


def sender_address(idea: Idea) -> str:
    """Where the sender wants to be told; empty when they left no address."""
    contact = IdeaContact.objects.filter(idea=idea).first()
    if contact is not None:
        return contact.email
    return idea.submitted_by.email if idea.submitted_by else ""


def follow_url(idea: Idea) -> str:
    """The sender's own page about the idea, also before it is published."""
    return settings.SITE_URL + reverse("idea-by-token", args=[idea.token])


def tell_sender(idea: Idea, *, subject: str, body: str) -> None:
    """Mail the sender `body`, with a greeting, the link and our name around it."""
    address = sender_address(idea)
    if not address:
        return
    text = render_to_string(
        "ideas/mail.txt",
        {"body": body, "url": follow_url(idea), "municipality": Municipality.load()},
    )
    queue_mail(to=address, subject=subject, body=text)


def tell_received(idea: Idea) -> None:
    days = Municipality.load().answer_days
    tell_sender(
        idea,
        subject=_("Vi har mottatt ideen din ({code})").format(code=idea.code),
        body=_("Takk. Ideen er mottatt. Koden er {code}. Du får svar innen {days} dager.").format(
            code=idea.code, days=days
        ),
    )


def _sentence(idea: Idea) -> str:
    group = Municipality.load().executive_group_title
    return {
        IdeaStatus.RECEIVED: _("Ideen din «{title}» er tatt tilbake til digitaliseringsteamet."),
        IdeaStatus.FORWARDED: _("Ideen din «{title}» er sendt videre til prioritering."),
        IdeaStatus.APPROVED: _("{group} har godkjent ideen din «{title}». Den blir et prosjekt."),
        IdeaStatus.POSTPONED: _("Ideen din «{title}» er utsatt til {year}."),
        IdeaStatus.REJECTED: _("Vi går ikke videre med ideen din «{title}»."),
        IdeaStatus.RETURNED: _("Ideen din «{title}» må utredes mer før den kan vedtas."),
        IdeaStatus.LINE: _("Ideen din «{title}» gjør vi noe med, uten å lage et prosjekt av den."),
        IdeaStatus.IN_PROJECT: _("Ideen din «{title}» er tatt inn i et prosjekt som er i gang."),
        IdeaStatus.PARKED: _("Ideen din «{title}» er lagt på vent til {date}."),
        IdeaStatus.DECLINED: _("Vi går ikke videre med ideen din «{title}»."),
        IdeaStatus.MERGED: _("Ideen din «{title}» er slått sammen med en annen som likner."),
        IdeaStatus.SPLIT: _(
            "Ideen din «{title}» er delt i flere, som vurderes hver for seg."
        ),
        IdeaStatus.WITHDRAWN: _("Ideen din «{title}» er trukket."),
    }[IdeaStatus(idea.status)].format(
        title=idea.title,
        group=group,
        year=idea.postponed_to,
        date=day_with_year(idea.parked_to) if idea.parked_to else "",
    )


def tell_status(idea: Idea, *, reason: str) -> None:
    """The same sentence and the same reason as stand on the idea's page."""
    tell_sender(
        idea,
        subject=_("Nytt om ideen din: {title}").format(title=idea.title),
        body=_("{sentence}\n\nGrunnen er: {reason}").format(
            sentence=_sentence(idea), reason=reason
        ),
    )
