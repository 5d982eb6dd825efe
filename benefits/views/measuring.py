from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from benefits import actions
from benefits.forms.measuring import MeasurementForm
from benefits.models import Benefit
from core.access import get_permitted
from core.formatting import share


def measurement_create(request: HttpRequest, pk: int) -> HttpResponse:
    benefit = get_permitted(
        request.user, "benefits.measure_benefit", Benefit.objects.with_project(), pk=pk
    )
    today = timezone.localdate()
    form = MeasurementForm(request.POST or None, indicator=benefit.main, today=today)
    if form.is_valid():
        measurement = actions.register_measurement(
            benefit.main, by=request.user, on=today, **form.cleaned_data
        )
        messages.success(request, _thanks(benefit, measurement.value))
        return redirect(benefit)
    context = {"benefit": benefit, "project": benefit.project, "form": form}
    return render(request, "benefits/measurement_form.html", context)


def _thanks(benefit: Benefit, value: Any) -> str:
    progress = benefit.progress(value)
    if progress is None:
        return _("Takk. Det var alt.")
    return _("Takk. {share} av veien er gått.").format(share=share(progress))
