"""Mails about the measurement, to those who answer for a sector."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from core import roles
from core.formatting import day_with_year
from core.notifications import queue_mail
from maturity.mail_kinds import TO_LEADERS
from maturity.models import Assessment, MeasurementRound
from municipality.models import Municipality, Sector, User


def leaders_of(sectors: Iterable[Sector]) -> dict[int, list[User]]:
    """Sector id → those who answer for it: its leader, else whoever has the role there."""
    ids = [sector.pk for sector in sectors]
    led = Sector.objects.filter(pk__in=ids, leader__is_active=True).select_related("leader")
    leaders = {sector.pk: [sector.leader] for sector in led if sector.leader}
    with_role: dict[int | None, list[User]] = defaultdict(list)
    for user in User.objects.filter(
        sector__in=ids, is_active=True, groups__name=roles.SECTOR_LEADER
    ).order_by("pk"):
        with_role[user.sector_id].append(user)
    return {pk: leaders.get(pk) or with_role[pk] for pk in ids}


def _tell(people: Iterable[User], assessment: Assessment, *, subject: str, body: str) -> None:
    path = reverse("maturity:assessment", args=[assessment.sector.code])
    context = {
        "body": body,
        "url": settings.SITE_URL + path,
        "municipality": Municipality.load(),
    }
    text = render_to_string("maturity/mail.txt", context)
    for person in people:
        queue_mail(to=person.email, subject=subject, body=text, kind=TO_LEADERS)


def _tell_leaders(assessment: Assessment, *, subject: str, body: str) -> None:
    sector = assessment.sector
    _tell(leaders_of([sector])[sector.pk], assessment, subject=subject, body=body)


def tell_opened(opened: MeasurementRound, sectors: Iterable[Sector]) -> None:
    """To the leaders of every sector: the round is open, until when, and how long it takes."""
    leaders = leaders_of(sectors)
    for assessment in Assessment.objects.of_every_sector(opened.cycle, sectors=sectors):
        _tell(
            leaders[assessment.sector_id],
            assessment,
            subject=_("Målerunden for {year} er åpen").format(year=opened.cycle.year),
            body=_(
                "{sector} skal vurdere hvor moden sektoren er digitalt. Siste dag er {date}.\n\n"
                "Be gjerne ledergruppa svare hver for seg først. Det tar dem ti minutter. "
                "Selv bruker dere en time på å bli enige."
            ).format(sector=assessment.sector.name, date=day_with_year(opened.closes_on)),
        )


def tell_deadline(opened: MeasurementRound, *, reason: str) -> None:
    """To the leaders of the sectors that have not submitted."""
    waiting = [
        each for each in Assessment.objects.of_every_sector(opened.cycle) if not each.is_submitted
    ]
    leaders = leaders_of(each.sector for each in waiting)
    for assessment in waiting:
        _tell(
            leaders[assessment.sector_id],
            assessment,
            subject=_("Ny frist for egenvurderingen"),
            body=_("Siste dag er nå {date}.\n\nGrunnen er: {reason}").format(
                date=day_with_year(assessment.due_on), reason=reason
            ),
        )


def tell_submitted(assessment: Assessment, *, by: User) -> None:
    """A receipt with every level, to the one who submitted and to the sector's leader."""
    levels = "\n".join(
        f"{answer.area.name}: {answer.level}" for answer in assessment.ordered_answers()
    )
    sector = assessment.sector
    people = {person.pk: person for person in [*leaders_of([sector])[sector.pk], by]}
    _tell(
        people.values(),
        assessment,
        subject=_("Egenvurderingen for {sector} er levert").format(sector=sector.name),
        body=_("{who} har levert egenvurderingen for {year}.\n\n{levels}").format(
            who=by, year=assessment.cycle.year, levels=levels
        ),
    )


def tell_extended(assessment: Assessment, *, reason: str) -> None:
    _tell_leaders(
        assessment,
        subject=_("Dere har fått lengre frist på egenvurderingen"),
        body=_(
            "{sector} kan levere egenvurderingen til og med {date}.\n\nGrunnen er: {reason}"
        ).format(
            sector=assessment.sector.name, date=day_with_year(assessment.due_on), reason=reason
        ),
    )


def tell_reopened(assessment: Assessment, *, reason: str) -> None:
    _tell_leaders(
        assessment,
        subject=_("Egenvurderingen er åpnet igjen"),
        body=_(
            "Egenvurderingen for {sector} kan endres, og må leveres på nytt innen {date}."
            "\n\nGrunnen er: {reason}"
        ).format(
            sector=assessment.sector.name, date=day_with_year(assessment.due_on), reason=reason
        ),
    )


def remind(assessment: Assessment, people: Iterable[User], *, due_on: dt.date) -> None:
    _tell(
        people,
        assessment,
        subject=_("Egenvurderingen mangler"),
        body=_(
            "Vi mangler egenvurderingen for {sector}. Siste dag er {date}.\n\n"
            "Det tar omtrent tjue minutter, og du kan lagre underveis."
        ).format(sector=assessment.sector.name, date=day_with_year(due_on)),
    )
