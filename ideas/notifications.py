"""The mails about ideas. Each goes to the sender, when there is an address to send it to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from core.formatting import day_with_year
from core.notifications import queue_mail
from ideas.models import Idea, IdeaContact, IdeaStatus, Merge, Reply
from municipality.models import Municipality, User


@dataclass(frozen=True)
class Letter:
    """What a mail says, before greeting, link and name are put around it."""

    subject: str
    body: str


def sender_address(idea: Idea) -> str:
    """Where the sender wants to be told; empty when they left no address.

    The address stays with the idea it was left with: what is parted from it leads back there.
    """
    contact = IdeaContact.objects.filter(idea=idea).first()
    if contact is not None:
        return contact.email
    if idea.split_from is not None:
        return sender_address(idea.split_from)
    return idea.submitted_by.email if idea.submitted_by else ""


def senders(idea: Idea) -> dict[str, Idea]:
    """The addresses of those who sent it, with the idea each of them sent.

    Also of what is merged into it, and of the idea it was parted from.
    """
    family = set(Merge.objects.family_of(idea.pk))
    if idea.split_from_id is not None:
        family.update(Merge.objects.family_of(idea.split_from_id))
    others = Idea.objects.filter(pk__in=family - {idea.pk}).order_by("pk")
    found: dict[str, Idea] = {}
    for each in [idea, *others.select_related("submitted_by", "split_from")]:
        found.setdefault(sender_address(each), each)
    found.pop("", None)
    return found


def follow_url(idea: Idea) -> str:
    """The sender's own page about the idea, also before it is published."""
    return settings.SITE_URL + reverse("idea-by-token", args=[idea.token])


@dataclass(frozen=True)
class Preview:
    """A mail as it will look to the sender; their own link is a secret, and is not shown."""

    subject: str
    body: str
    has_address: bool


def preview(idea: Idea, letter: Letter) -> Preview:
    return Preview(
        subject=letter.subject,
        body=_written_out(letter.body, url=_("(lenka til innsenderens egen side)")),
        has_address=bool(senders(idea)),
    )


def _written_out(body: str, *, url: str) -> str:
    """`body` with a greeting, a link and our name around it."""
    return render_to_string(
        "ideas/mail.txt", {"body": body, "url": url, "municipality": Municipality.load()}
    )


def tell_sender(idea: Idea, *, subject: str, body: str, but_not: Collection[str] = ()) -> None:
    """Mail `body` to the sender, and to those whose ideas are merged into this one."""
    for address, theirs in senders(idea).items():
        if address in but_not:
            continue
        queue_mail(to=address, subject=subject, body=_written_out(body, url=follow_url(theirs)))


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
        IdeaStatus.RECEIVED: _("Vi ser på ideen din «{title}» på nytt."),
        IdeaStatus.FORWARDED: _("Ideen din «{title}» er sendt videre til prioritering."),
        IdeaStatus.APPROVED: _("{group} har godkjent ideen din «{title}». Den blir et prosjekt."),
        IdeaStatus.POSTPONED: _("Ideen din «{title}» er utsatt til {year}."),
        IdeaStatus.REJECTED: _("Vi går ikke videre med ideen din «{title}»."),
        IdeaStatus.RETURNED: _("Ideen din «{title}» må utredes mer før den kan vedtas."),
        IdeaStatus.LINE: _(
            "{unit} gjør noe med ideen din «{title}». Den trenger ikke å bli et prosjekt."
        ),
        IdeaStatus.IN_PROJECT: _("Ideen din «{title}» er tatt inn i et prosjekt som er i gang."),
        IdeaStatus.PARKED: _("Ideen din «{title}» er lagt på vent til {date}."),
        IdeaStatus.DECLINED: _("Vi går ikke videre med ideen din «{title}»."),
        IdeaStatus.MERGED: _("Ideen din «{title}» er slått sammen med en annen som likner."),
        IdeaStatus.SPLIT: _("Ideen din «{title}» er delt i flere, som vurderes hver for seg."),
        IdeaStatus.WITHDRAWN: _("Ideen din «{title}» er trukket."),
    }[IdeaStatus(idea.status)].format(
        title=idea.title,
        group=group,
        year=idea.postponed_to,
        date=day_with_year(idea.parked_to) if idea.parked_to else "",
        unit=idea.line_unit,
    )


def status_letter(idea: Idea, *, reason: str) -> Letter:
    """The same sentence and the same reason as stand on the idea's page."""
    return Letter(
        subject=_("Nytt om ideen din: {title}").format(title=idea.title),
        body=_("{sentence}\n\nGrunnen er: {reason}").format(
            sentence=_sentence(idea), reason=reason
        ),
    )


def reply_letter(idea: Idea, *, text: str) -> Letter:
    return Letter(
        subject=_("Svar om ideen din: {title}").format(title=idea.title),
        body=_("Kommunen har svart på ideen din «{title}»:\n\n{text}").format(
            title=idea.title, text=text
        ),
    )


def tell_status(idea: Idea, *, reason: str) -> None:
    tell(idea, status_letter(idea, reason=reason))


def merged_letter(source: Idea, target: Idea, *, reason: str) -> Letter:
    """To the one whose idea is joined with another."""
    return Letter(
        subject=_("Nytt om ideen din: {title}").format(title=source.title),
        body=_(
            "Ideen din «{title}» er slått sammen med «{target}» ({code}), som likner. Du får "
            "beskjed når det skjer noe med den.\n\nGrunnen er: {reason}"
        ).format(title=source.title, target=target.title, code=target.code, reason=reason),
    )


def joined_letter(target: Idea, source: Idea, *, reason: str) -> Letter:
    """To the one whose idea another is joined with."""
    return Letter(
        subject=_("Nytt om ideen din: {title}").format(title=target.title),
        body=_(
            "Ideen «{source}» ({code}) likner på din, og er slått sammen med den. Din idé "
            "«{title}» står som før.\n\nGrunnen er: {reason}"
        ).format(title=target.title, source=source.title, code=source.code, reason=reason),
    )


def unmerged_letter(idea: Idea, other: Idea, *, reason: str) -> Letter:
    """To both, when a joining is undone."""
    return Letter(
        subject=_("Nytt om ideen din: {title}").format(title=idea.title),
        body=_(
            "Ideen din «{title}» er ikke lenger slått sammen med «{other}» ({code}). De vurderes "
            "hver for seg.\n\nGrunnen er: {reason}"
        ).format(title=idea.title, other=other.title, code=other.code, reason=reason),
    )


def split_letter(idea: Idea, titles: Sequence[str], *, reason: str) -> Letter:
    parts = "\n".join(f"– {title}" for title in titles)
    return Letter(
        subject=_("Nytt om ideen din: {title}").format(title=idea.title),
        body=_(
            "Ideen din «{title}» handler om flere ting, så vi har delt den i {count}:\n{parts}\n\n"
            "Du får beskjed om hver av dem.\n\nGrunnen er: {reason}"
        ).format(title=idea.title, count=len(titles), parts=parts, reason=reason),
    )


def tell(idea: Idea, letter: Letter, *, but_not: Collection[str] = ()) -> None:
    """Send a letter to all who sent the idea, except those who were told just now."""
    tell_sender(idea, subject=letter.subject, body=letter.body, but_not=but_not)


def tell_reply(reply: Reply) -> None:
    tell(reply.idea, reply_letter(reply.idea, text=reply.text))


def tell_line_person(idea: Idea, person: User, *, reason: str) -> None:
    """To the one in the line organisation who is asked to do something about the idea."""
    queue_mail(
        to=person.email,
        subject=_("Du har fått en idé å gjøre noe med: {title}").format(title=idea.title),
        body=_(
            "Hei.\n\n{unit} gjør noe med ideen «{title}», og du er satt opp som den som tar den. "
            "Den som sendte ideen, har fått denne beskjeden:\n\n{reason}\n\n{url}\n"
        ).format(
            unit=idea.line_unit,
            title=idea.title,
            reason=reason,
            url=settings.SITE_URL + idea.get_absolute_url(),
        ),
    )
