"""What the measurement asks of a person, for «Min side»."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core import roles
from core.waiting import Task
from maturity.models import Assessment
from municipality.models import AnnualCycle, Sector, User

MINUTES_PER_AREA = 4


def waiting_for(user: User, *, on: dt.date) -> list[Task]:
    """The self-assessment of each sector the person answers for, while it can be answered."""
    sectors = _sectors_of(user)
    cycle = AnnualCycle.objects.current() if sectors else None
    if cycle is None:
        return []
    mine = Assessment.objects.of_every_sector(cycle, sectors=sectors)
    return [_task(each) for each in mine if each.is_open(on) and not each.is_submitted]


def _sectors_of(user: User) -> list[Sector]:
    led = Q(leader=user)
    if roles.SECTOR_LEADER in user.roles and user.sector_id:
        led |= Q(pk=user.sector_id)
    return list(Sector.objects.filter(led))


def _task(assessment: Assessment) -> Task:
    answers = assessment.ordered_answers()
    left = len(assessment.missing())
    return Task(
        title=_("Lever egenvurderingen for {sector}").format(sector=assessment.sector.name),
        text=_progress(done=len(answers) - left, total=len(answers)),
        url=reverse("maturity:assessment", args=[assessment.sector.code]),
        verb=_("Fortsett") if answers else _("Begynn"),
        due_on=assessment.due_on,
        minutes=left * MINUTES_PER_AREA or None,
    )


def _progress(*, done: int, total: int) -> str:
    if not total:
        return _("Fem områder, ett nivå og en begrunnelse i hvert. Du kan lagre underveis.")
    if done == total:
        return _("Alle områdene er ferdige. Les gjennom og lever.")
    return _("{done} av {total} områder er ferdige.").format(done=done, total=total)
