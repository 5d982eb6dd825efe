"""Which year and which sector a page is about, and whether the person may see it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from maturity.models import Answer, Assessment, MeasurementRound
from municipality.models import AnnualCycle, Sector


def this_year() -> AnnualCycle:
    cycle = AnnualCycle.objects.current()
    if cycle is None:
        raise ActionRefused(_("Ingen har startet årshjulet ennå."))
    return cycle


def year_asked_for(request: HttpRequest) -> AnnualCycle | None:
    """The year that `?ar=` names, None when it names none, 404 when there is no such year."""
    year = request.GET.get("ar")
    if year is None:
        return None
    if not year.isdecimal() or len(year) != len("2026"):
        raise Http404
    return get_object_or_404(AnnualCycle.objects.newest_first(), year=int(year))


def round_of(cycle: AnnualCycle) -> MeasurementRound | None:
    rounds = MeasurementRound.objects.select_related("instrument", "opened_by", "cycle")
    return rounds.filter(cycle=cycle).first()


def permitted(request: HttpRequest, perm: str, sector: str) -> Assessment:
    """This year's assessment of a sector, begun or not, or 404, or 403."""
    found = get_object_or_404(Sector.objects.select_related("leader"), code=sector)
    assessment = Assessment.objects.of_sector(this_year(), found)
    if not request.user.has_perm(perm, assessment):
        raise PermissionDenied
    return assessment


def answer_to(request: HttpRequest, assessment: Assessment, area: str) -> Answer:
    """The sector's answer in an area, or 404. Kept from others while it is being changed."""
    answers = Answer.objects.with_guidance()
    if request.method == "POST":
        Assessment.objects.hold(assessment.pk)
        answers = answers.locked()
    answer = get_object_or_404(answers, assessment=assessment.pk, area__code=area)
    answer.assessment = assessment
    return answer
