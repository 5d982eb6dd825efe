"""The mails about ideas: to the sender, when there is an address, and to those who follow."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core.formatting import day_with_year
from core.mail_kinds import LINK_MARK, MailKind, filled_in
from core.mail_templates import Letter, letter, text_of
from core.notifications import queue_mail
from ideas import mail_kinds
from ideas.models import Idea, IdeaContact, IdeaStatus, Merge, Reply, Subscription
from municipality.models import Municipality, User


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
        body=written_out(letter.body, url=_("(lenka til innsenderens egen side)")),
        has_address=bool(senders(idea)),
    )


def written_out(body: str, *, url: str) -> str:
    """`body` with a greeting, a link and our name around it."""
    around = text_of(mail_kinds.FRAME).body
    return filled_in(around, {"beskjed": body, "lenke": url, "kommune": Municipality.load().name})


def tell_sender(
    idea: Idea,
    *,
    subject: str,
    body: str,
    kind: MailKind = mail_kinds.NEWS,
    but_not: Collection[str] = (),
) -> None:
    """Mail `body` to the sender, and to those whose ideas are merged into this one."""
    written = written_out(body, url=LINK_MARK)
    for address, theirs in senders(idea).items():
        if address in but_not:
            continue
        queue_mail(to=address, subject=subject, body=written, link=follow_url(theirs), kind=kind)


def _letter(kind: MailKind, idea: Idea, **values: Any) -> Letter:
    return letter(kind, tittel=idea.title, kode=idea.code, **values)


def received_letter(idea: Idea) -> Letter:
    return _letter(mail_kinds.RECEIVED, idea, dager=Municipality.load().answer_days)


def tell_received(idea: Idea) -> None:
    tell(idea, received_letter(idea))


def status_letter(idea: Idea, *, reason: str) -> Letter:
    """The same reason as stands on the idea's page."""
    return _letter(
        mail_kinds.STATUS[IdeaStatus(idea.status)],
        idea,
        grunn=reason,
        gruppe=Municipality.load().executive_group_title,
        år=idea.postponed_until.year if idea.postponed_until else "",
        dato=_waits_until(idea),
        enhet=idea.line_unit,
    )


def _waits_until(idea: Idea) -> str:
    is_postponed = idea.status == IdeaStatus.POSTPONED
    until = idea.postponed_until if is_postponed else idea.parked_to
    return day_with_year(until) if until else ""


def reply_letter(idea: Idea, *, text: str) -> Letter:
    return _letter(mail_kinds.REPLY, idea, svar=text)


def tell_status(idea: Idea, *, reason: str) -> None:
    tell(idea, status_letter(idea, reason=reason))
    news = _("Ideen «{title}» er nå «{status}».\n\nGrunnen er: {reason}")
    tell_followers(idea, news.format(title=idea.title, status=idea.status_words, reason=reason))


def corrected_letter(idea: Idea, *, reason: str, correction: str) -> Letter:
    """After a decision was told and then corrected."""
    return _letter(
        mail_kinds.CORRECTED, idea, vedtak=idea.status_words, grunn=reason, rettelse=correction
    )


def tell_corrected(idea: Idea, *, reason: str, correction: str) -> None:
    tell(idea, corrected_letter(idea, reason=reason, correction=correction))
    news = _("Vedtaket om ideen «{title}» er rettet til «{status}».\n\nGrunnen er: {reason}")
    tell_followers(idea, news.format(title=idea.title, status=idea.status_words, reason=reason))


def _letter_of_two(kind: MailKind, idea: Idea, other: Idea, *, reason: str) -> Letter:
    return _letter(kind, idea, annen=other.title, annen_kode=other.code, grunn=reason)


def merged_letter(source: Idea, target: Idea, *, reason: str) -> Letter:
    """To the one whose idea is joined with another."""
    return _letter_of_two(mail_kinds.MERGED, source, target, reason=reason)


def joined_letter(target: Idea, source: Idea, *, reason: str) -> Letter:
    """To the one whose idea another is joined with."""
    return _letter_of_two(mail_kinds.JOINED, target, source, reason=reason)


def unmerged_letter(idea: Idea, other: Idea, *, reason: str) -> Letter:
    """To both, when a joining is undone."""
    return _letter_of_two(mail_kinds.UNMERGED, idea, other, reason=reason)


def split_letter(idea: Idea, titles: Sequence[str], *, reason: str) -> Letter:
    return _letter(mail_kinds.PARTED, idea, antall=len(titles), deler=_listed(titles), grunn=reason)


def _listed(titles: Sequence[str]) -> str:
    return "\n".join(f"– {title}" for title in titles)


def tell(idea: Idea, letter: Letter, *, but_not: Collection[str] = ()) -> None:
    """Send a letter to all who sent the idea, except those who were told just now."""
    tell_sender(idea, subject=letter.subject, body=letter.body, kind=letter.kind, but_not=but_not)


def tell_reply(reply: Reply) -> None:
    idea = reply.idea
    tell(idea, reply_letter(idea, text=reply.text))
    news = _("Kommunen har svart på ideen «{title}»:\n\n{text}")
    tell_followers(idea, news.format(title=idea.title, text=reply.text))


def tell_merged(source: Idea, target: Idea, *, reason: str) -> None:
    """To all who sent or follow either idea: the one is now part of the other."""
    tell(source, merged_letter(source, target, reason=reason))
    tell(target, joined_letter(target, source, reason=reason), but_not=senders(source))
    news = _("Ideen «{source}» er slått sammen med «{target}».\n\nGrunnen er: {reason}")
    tell_followers(target, news.format(source=source.title, target=target.title, reason=reason))


def tell_unmerged(source: Idea, target: Idea, *, reason: str) -> None:
    """To all who sent or follow either idea: they are two again."""
    told = senders(source)
    tell(source, unmerged_letter(source, target, reason=reason))
    tell(target, unmerged_letter(target, source, reason=reason), but_not=told)
    news = _(
        "Ideene «{source}» og «{target}» er ikke lenger slått sammen.\n\nGrunnen er: {reason}"
    ).format(source=source.title, target=target.title, reason=reason)
    followed = tell_followers(source, news)
    tell_followers(target, news, but_not={*followed, *told})


def tell_split(source: Idea, titles: Sequence[str], *, reason: str) -> None:
    tell(source, split_letter(source, titles, reason=reason))
    news = _("Ideen «{title}» er delt i flere:\n{parts}\n\nGrunnen er: {reason}")
    tell_followers(source, news.format(title=source.title, parts=_listed(titles), reason=reason))


def followers(idea: Idea) -> dict[str, Subscription]:
    """The confirmed addresses that follow it, or an idea that is merged into it. Each once."""
    found: dict[str, Subscription] = {}
    family = Merge.objects.family_of(idea.pk)
    confirmed = Subscription.objects.filter(idea__in=family, confirmed_at__isnull=False)
    for subscription in confirmed.order_by("pk"):
        found.setdefault(subscription.email.lower(), subscription)
    return found


def tell_followers(idea: Idea, news: str, *, but_not: Collection[str] = ()) -> list[str]:
    """Mail what is public to those who follow, but not to the senders: they are told already.

    Nothing about an idea that not everybody can read. Says whom it went to.
    """
    if not idea.is_published:
        return []
    told = {address.lower() for address in (*but_not, *senders(idea))}
    text = _letter(mail_kinds.FOLLOWED, idea, nytt=news)
    reached = []
    for address, subscription in followers(idea).items():
        if address not in told:
            _mail_follower(subscription, idea, text)
            reached.append(address)
    return reached


def _mail_follower(subscription: Subscription, idea: Idea, text: Letter) -> None:
    around = text_of(mail_kinds.FOLLOWER_FRAME).body
    values = {
        "beskjed": text.body,
        "side": settings.SITE_URL + idea.get_absolute_url(),
        "lenke": LINK_MARK,
        "kommune": Municipality.load().name,
    }
    queue_mail(
        to=subscription.email,
        subject=text.subject,
        body=filled_in(around, values),
        link=subscription_url(subscription),
        kind=text.kind,
    )


def subscription_url(subscription: Subscription) -> str:
    """Where an address is confirmed and removed: a secret of its owner."""
    return settings.SITE_URL + reverse("ideas:subscription", args=[subscription.token])


def ask_to_confirm(subscription: Subscription) -> None:
    """Nothing else is sent to the address before its owner has said yes."""
    text = _letter(
        mail_kinds.CONFIRM,
        subscription.idea,
        lenke=LINK_MARK,
        dager=Subscription.CONFIRM_DAYS,
        kommune=Municipality.load().name,
    )
    queue_mail(
        to=subscription.email,
        subject=text.subject,
        body=text.body,
        link=subscription_url(subscription),
        kind=text.kind,
    )


def tell_follows_already(subscription: Subscription) -> None:
    """To somebody who asks to follow what they follow: the answer on the screen cannot say so."""
    idea = subscription.idea
    news = _("Du følger ideen «{title}» allerede.").format(title=idea.title)
    _mail_follower(subscription, idea, _letter(mail_kinds.FOLLOWED, idea, nytt=news))


def send_own_link(idea: Idea, *, to: str) -> None:
    """To the sender who has lost the link to their own page. Only `to` is told."""
    text = _letter(mail_kinds.OWN_LINK, idea)
    queue_mail(
        to=to,
        subject=text.subject,
        body=written_out(text.body, url=LINK_MARK),
        link=follow_url(idea),
        kind=text.kind,
    )


def tell_line_person(idea: Idea, person: User, *, reason: str) -> None:
    """To the one in the line organisation who is asked to do something about the idea."""
    text = letter(
        mail_kinds.LINE_PERSON,
        tittel=idea.title,
        enhet=idea.line_unit,
        grunn=reason,
        lenke=settings.SITE_URL + idea.get_absolute_url(),
    )
    queue_mail(to=person.email, subject=text.subject, body=text.body, kind=text.kind)
