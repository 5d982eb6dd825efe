"""The mails that ask for a number, remind of it, and tell that it did not come."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from benefits import links
from benefits.mail_kinds import ASKED, ESCALATED, LATE, REMINDED, SKIPPED
from benefits.models import MeasuringRequest
from core import roles
from core.formatting import day_with_year, listed
from core.mail_kinds import MailKind
from core.mail_templates import letter
from core.notifications import queue_mail
from municipality.models import Municipality, User


def ask(request: MeasuringRequest) -> None:
    """The first mail, or one with a new link."""
    _to_who_is_asked(request, ASKED)


def remind(request: MeasuringRequest) -> None:
    _to_who_is_asked(request, REMINDED)


def escalate(request: MeasuringRequest) -> None:
    """To whoever leads the sector, and to the person, who is told that it was said."""
    leaders = leaders_of(request)
    _to_who_is_asked(request, LATE, leder=listed([str(leader) for leader in leaders]))
    page = settings.SITE_URL + reverse("benefits:request-reassign", args=[request.pk])
    _to_others(request, ESCALATED, leaders, side=page)


def tell_skipped(request: MeasuringRequest, *, by: User) -> None:
    """To the owner of the benefit, or to the team when the owner is who could not measure."""
    indicator = request.indicator
    owner = indicator.benefit.owner
    people = [owner] if owner != by and owner.is_active else list(_team())
    upcoming = indicator.next_measurement_on
    _to_others(
        request,
        SKIPPED,
        people,
        grunn=request.skip_reason,
        neste_dag=day_with_year(upcoming) if upcoming else "",
        side=settings.SITE_URL + indicator.get_absolute_url(),
    )


def leaders_of(request: MeasuringRequest) -> list[User]:
    """The leader of the project's sector; the team when there is none, or it is who was asked."""
    leader = request.indicator.benefit.project.sector.leader
    if leader is not None and leader.is_active and leader != request.to:
        return [leader]
    return list(_team())


def _team() -> Iterable[User]:
    team = User.objects.filter(groups__name=roles.DIGITALISATION_TEAM, is_active=True)
    return team.order_by("name", "pk")


def _to_who_is_asked(request: MeasuringRequest, kind: MailKind, **values: Any) -> None:
    """The link is the receiver's own, and is put in when the mail goes."""
    written = letter(kind, **_about(request), siste_dag=day_with_year(request.expires_on), **values)
    queue_mail(
        to=request.to.email,
        subject=written.subject,
        body=written.body,
        link=links.url(request),
        kind=kind,
    )


def _to_others(
    request: MeasuringRequest, kind: MailKind, people: Iterable[User], **values: Any
) -> None:
    written = letter(
        kind, **_about(request), prosjekt=request.indicator.benefit.project.name, **values
    )
    for person in people:
        queue_mail(to=person.email, subject=written.subject, body=written.body, kind=kind)


def _about(request: MeasuringRequest) -> dict[str, str]:
    return {
        "navn": str(request.to),
        "måleindikator": request.indicator.name,
        "gevinst": request.indicator.benefit.name,
        "dag": day_with_year(request.due_on),
        "kommune": Municipality.load().name,
    }
