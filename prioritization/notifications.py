"""The mails about rounds: to those who are asked for points."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.notifications import queue_mail
from municipality.models import Municipality, User
from prioritization.mail_kinds import SCORING
from prioritization.models import Participation, Round


def _queue(person: User, *, subject: str, body: str, scored: Round) -> None:
    url = settings.SITE_URL + reverse("prioritization:score-next", args=[scored.pk])
    text = _(
        "Hei {name}.\n\n{body}\n\n{url}\n\nHilsen digitaliseringsteamet i {municipality}"
    ).format(name=person.get_short_name(), body=body, url=url, municipality=Municipality.load())
    queue_mail(to=person.email, subject=subject, body=text, kind=SCORING)


def tell_scorers(scored: Round, people: Iterable[User], *, idea_count: int) -> None:
    """Ask for points: how many ideas, until when, where."""
    if not idea_count:
        return
    subject = _("Sett poeng på ideene: {round}").format(round=scored)
    body = ngettext(
        "Vi ber deg sette poeng på {count} idé innen {date}. Du svarer lav, middels eller høy, og "
        "svarene blir lagret mens du svarer. Begynn her:",
        "Vi ber deg sette poeng på {count} ideer innen {date}. Du svarer lav, middels eller høy, "
        "og svarene blir lagret mens du svarer. Begynn her:",
        idea_count,
    ).format(count=idea_count, date=_long_date(scored))
    for person in people:
        _queue(person, subject=subject, body=body, scored=scored)


def remind(missing: Iterable[Participation], scored: Round) -> None:
    """To those who have not delivered; `missing` is annotated with `remaining`."""
    for part in missing:
        body = _what_is_left(part.remaining).format(count=part.remaining, date=_long_date(scored))
        subject = _("Husk å sette poeng: {round}").format(round=scored)
        _queue(part.user, subject=subject, body=body, scored=scored)


def _what_is_left(remaining: int) -> str:
    if not remaining:
        return _("Du har svart på alle ideene, men ikke levert. Siste dag er {date}. Lever her:")
    return ngettext(
        "Det mangler poeng fra deg på {count} idé. Siste dag er {date}. Fortsett her:",
        "Det mangler poeng fra deg på {count} ideer. Siste dag er {date}. Fortsett her:",
        remaining,
    )


def _long_date(scored: Round) -> str:
    return date_format(scored.closes_on, "j. F Y")


def tell_given_back(part: Participation) -> None:
    """To one who had delivered: the answers can be changed again, and why."""
    body = _(
        "Du har fått tilbake svarene dine, og kan endre dem. Teamet skriver: «{reason}» Lever dem "
        "på nytt innen {date}. Fortsett her:"
    ).format(reason=part.returned_because, date=_long_date(part.round))
    subject = _("Se på svarene dine igjen: {round}").format(round=part.round)
    _queue(part.user, subject=subject, body=body, scored=part.round)
