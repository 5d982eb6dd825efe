"""The text of a kind of mail: the municipality's own where it has written one, else the kind's."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.mail_kinds import MailKind, filled_in
from core.models import MailTemplate, OutgoingMail, record

LONGEST_SUBJECT = OutgoingMail._meta.get_field("subject").max_length or 0


@dataclass(frozen=True)
class Text:
    """With words in braces for what each mail fills in."""

    subject: str
    body: str


@dataclass(frozen=True)
class Letter:
    """What one mail says, before greeting, link and name are put around it."""

    subject: str
    body: str
    kind: MailKind


def text_of(kind: MailKind) -> Text:
    return _text(kind, MailTemplate.objects.filter(kind=kind.key).first())


def _text(kind: MailKind, own: MailTemplate | None) -> Text:
    return Text(
        subject=(own.subject if own else "") or str(kind.subject),
        body=(own.body if own else "") or str(kind.body),
    )


def letter(kind: MailKind, **values: Any) -> Letter:
    """Written for one occasion. What is too long for a subject line is cut."""
    text = text_of(kind)
    return Letter(subject_line(filled_in(text.subject, values)), filled_in(text.body, values), kind)


def subject_line(text: str) -> str:
    """On one line, as a mail's header must be."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 2] + " …"


def example(kind: MailKind, text: Text) -> Text:
    """How a mail from `text` looks, with example values and what is put around it."""
    body = filled_in(text.body, kind.examples)
    if kind.frame is not None:
        around = text_of(kind.frame).body
        body = filled_in(around, {**kind.frame.examples, "beskjed": body})
    return Text(subject_line(filled_in(text.subject, kind.examples)), body)


def is_read_first(kind: MailKind) -> bool:
    """Is a mail of this kind held until somebody has read it?"""
    if kind.is_secret:
        return False
    chosen = MailTemplate.objects.filter(kind=kind.key).values_list("read_first", flat=True).first()
    return kind.read_first if chosen is None else chosen


def locked(kind: MailKind) -> MailTemplate:
    """The municipality's own about a kind, ours until the transaction ends."""
    MailTemplate.objects.get_or_create(kind=kind.key)
    return MailTemplate.objects.select_for_update(of=("self",)).get(kind=kind.key)


@transaction.atomic
def write(own: MailTemplate, *, by: Any) -> None:
    """Keep the municipality's own text. `own` is changed by the form, and not yet saved."""
    own.mark_edited(by)
    own.save()
    record("mail template written", own, by=by, **_told(own))


@transaction.atomic
def restore(kind: MailKind, *, by: Any) -> None:
    """Back to the text the kind came with. Whether it is read first stays as it was chosen."""
    own = locked(kind)
    own.subject = own.body = ""
    own.mark_edited(by)
    own.save()
    record("mail template restored", own, by=by, **_told(own))


@transaction.atomic
def choose_read_first(kind: MailKind, read_first: bool, *, by: Any) -> None:
    own = locked(kind)
    own.read_first = read_first
    own.save(update_fields=["read_first"])
    record("mail kind read first", own, by=by, kind=kind.key, read_first=read_first)


def _told(own: MailTemplate) -> dict[str, str]:
    return {"kind": own.kind, "subject": own.subject, "body": own.body}
