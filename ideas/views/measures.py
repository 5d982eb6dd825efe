from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ideas.actions.measures import send_measure as send
from maturity.models import Measure


@require_POST
def send_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """A measure of a sector's self-assessment becomes an idea, by who answers for the sector."""
    measure = get_object_or_404(Measure.objects.for_idea(), pk=pk)
    assessment = measure.answer.assessment
    if not request.user.has_perm("maturity.answer_assessment", assessment):
        raise PermissionDenied
    idea = send(measure, by=request.user, on=timezone.localdate())
    messages.success(
        request,
        _("Tiltaket er sendt som idé {code}. Du får svar som alle andre som sender ideer.").format(
            code=idea.code
        ),
    )
    if assessment.is_submitted:
        return redirect("maturity:assessment", sector=assessment.sector.code)
    return redirect("maturity:answer", sector=assessment.sector.code, area=measure.answer.area.code)
