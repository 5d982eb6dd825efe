"""What the measurement asks of a person, for «Min side»."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core import roles
from core.waiting import Task
from maturity import scoring
from maturity.models import Assessment, AssessmentStatus, Respondent
from municipality.models import AnnualCycle, Sector, User

MINUTES_PER_AREA = 4
MINUTES_ALONE = 10


def waiting_for(user: User, *, on: dt.date) -> list[Task]:
    """The self-assessment of each sector the person answers for, while it can be answered."""
    sectors = _sectors_of(user)
    cycle = AnnualCycle.objects.current() if sectors else None
    if cycle is None:
        return []
    every = Assessment.objects.of_every_sector(cycle, sectors=sectors)
    mine = [each for each in every if each.is_open(on) and not each.is_submitted]
    groups = _groups(mine, user)
    return [_task(each, groups.get(each.pk, Group())) for each in mine]


def waiting_for_member(user: User, *, on: dt.date) -> list[Task]:
    """What the person is asked as a member, where somebody else answers for the sector."""
    asked = Respondent.objects.filter(
        user=user,
        completed_at=None,
        assessment__status=AssessmentStatus.DRAFT,
        assessment__cycle__is_current=True,
    ).select_related("assessment__cycle__measurement_round", "assessment__sector")
    waiting = [each for each in asked if each.assessment.is_open(on)]
    own = {sector.pk for sector in _sectors_of(user)} if waiting else set()
    return [_alone(each.assessment) for each in waiting if each.assessment.sector_id not in own]


def _sectors_of(user: User) -> list[Sector]:
    led = Q(leader=user)
    if roles.SECTOR_LEADER in user.roles and user.sector_id:
        led |= Q(pk=user.sector_id)
    return list(Sector.objects.filter(led))


@dataclass(frozen=True)
class Group:
    """How far a leadership group has come; `owes` when the person has not answered alone."""

    asked: int = 0
    done: int = 0
    owes: bool = False


def _groups(assessments: Iterable[Assessment], user: User) -> dict[int, Group]:
    begun = [each.pk for each in assessments if each.is_begun]
    if not begun:
        return {}
    counted = (
        Respondent.objects.filter(assessment__in=begun)
        .order_by()
        .values("assessment")
        .annotate(
            asked=Count("pk"),
            done=Count("pk", filter=Q(completed_at__isnull=False)),
            owes=Count("pk", filter=Q(user=user, completed_at=None)),
        )
    )
    return {row["assessment"]: Group(row["asked"], row["done"], row["owes"] > 0) for row in counted}


def _alone(assessment: Assessment) -> Task:
    return Task(
        title=_("Svar for ledergruppa i {sector}").format(sector=assessment.sector.name),
        text=_("Fem spørsmål om hvor modne dere er digitalt. Svar hva du selv mener."),
        url=reverse("maturity:my-answer", args=[assessment.sector.code]),
        verb=_("Svar"),
        due_on=assessment.due_on,
        minutes=MINUTES_ALONE,
    )


def _task(assessment: Assessment, group: Group) -> Task:
    """One task for the sector, that leads to the most useful next step."""
    text, verb, address = _next_step(assessment, group)
    left = len(assessment.missing())
    return Task(
        title=_("Lever egenvurderingen for {sector}").format(sector=assessment.sector.name),
        text=text,
        url=reverse(f"maturity:{address}", args=[assessment.sector.code]),
        verb=verb,
        due_on=assessment.due_on,
        minutes=left * MINUTES_PER_AREA or None,
    )


def _next_step(assessment: Assessment, group: Group) -> tuple[str, str, str]:
    """What to say, on the button, and the name of the address."""
    answers = assessment.ordered_answers()
    left = len(assessment.missing())
    progress = _progress(done=len(answers) - left, total=len(answers))
    untouched = all(answer.look == "open" for answer in answers)
    if group.owes and left:
        return _("Svar selv først, så ser du hva de andre svarte."), _("Svar selv"), "my-answer"
    if group.done >= scoring.MINIMUM_FOR_DISTRIBUTION and left:
        text = _("{done} av {asked} i ledergruppa har svart. Bli enige om nivåene.").format(
            done=group.done, asked=group.asked
        )
        return text, _("Hold konsensus"), "consensus-start"
    if answers and untouched and not group.asked:
        text = _("Spør ledergruppa først. De svarer på ti minutter.")
        return text, _("Inviter ledergruppa"), "group"
    return progress, _("Fortsett") if answers else _("Begynn"), "assessment"


def _progress(*, done: int, total: int) -> str:
    if not total:
        return _("Fem områder, ett nivå og en begrunnelse i hvert. Du kan lagre underveis.")
    if done == total:
        return _("Alle områdene er ferdige. Les gjennom og lever.")
    return _("{done} av {total} områder er ferdige.").format(done=done, total=total)
