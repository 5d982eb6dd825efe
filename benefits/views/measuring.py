"""Measuring with an account: a number, a number taken back, and why there is none."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from benefits import actions
from benefits.forms.measuring import MeasurementForm, SkipForm, WithdrawForm
from benefits.measuring_words import progress_sentence, what_happened, where_it_stood
from benefits.models import WARN_BEFORE, Benefit, Indicator, Measurement, MeasurementFile
from core.access import get_permitted
from core.errors import ActionRefused
from core.models import Chart
from core.responses import attachment

PERM = "benefits.measure_benefit"


def measurement_create(request: HttpRequest, pk: int) -> HttpResponse:
    """The number that speaks for the benefit."""
    benefit = get_permitted(request.user, PERM, Benefit.objects.with_project(), pk=pk)
    if benefit.main is None:
        raise Http404
    return _measure(request, benefit.main, benefit)


def indicator_measure(request: HttpRequest, pk: int) -> HttpResponse:
    indicator = _indicator(request, pk)
    return _measure(request, indicator, indicator.benefit)


@login_not_required
@require_GET
def indicator_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """All that an indicator has been measured to be, for those who may see its benefit."""
    indicator = get_object_or_404(Indicator, pk=pk)
    benefits = Benefit.objects.visible_to(request.user).with_project()
    benefit = indicator.benefit = get_object_or_404(benefits, pk=indicator.benefit_id)
    context = {
        "indicator": indicator,
        "benefit": benefit,
        "project": benefit.project,
        "inside": request.user.has_perm("projects.view_project_inside", benefit.project),
        "can_measure": request.user.has_perm(PERM, benefit),
        "measurements": indicator.measurements.for_table(),
        "skipped": indicator.requests.skipped(),
        "planned": indicator.planned(indicator.latest_on) if indicator.latest_on else None,
        "chart": Chart.objects.filter(key=indicator.chart_key).first(),
        "headline": what_happened(indicator),
    }
    return render(request, "benefits/indicator_detail.html", context)


def _page_of(indicator: Indicator) -> HttpResponse:
    """Where its numbers stand: the benefit's page, when it speaks for the benefit."""
    if indicator.benefit.main_id == indicator.pk:
        return redirect(indicator.benefit)
    return redirect("benefits:indicator", indicator.pk)


def _indicator(request: HttpRequest, pk: int) -> Indicator:
    rows = Indicator.objects.select_related("benefit__project__sector", "benefit__main")
    indicator = get_object_or_404(rows, pk=pk)
    get_permitted(request.user, PERM, Benefit.objects.with_project(), pk=indicator.benefit_id)
    return indicator


def _measure(request: HttpRequest, indicator: Indicator, benefit: Benefit) -> HttpResponse:
    if not indicator.may_be_measured:
        raise ActionRefused(_("Måleindikatoren er tatt ut av bruk, og måles ikke lenger."))
    today = timezone.localdate()
    form = MeasurementForm(
        request.POST or None,
        request.FILES or None,
        indicator=indicator,
        today=today,
        due_on=indicator.next_measurement_on,
    )
    if form.is_valid():
        measurement = actions.register_measurement(
            indicator, by=request.user, on=today, **form.cleaned_data
        )
        messages.success(request, _thanks(indicator, measurement))
        return _page_of(indicator)
    due_on = indicator.next_measurement_on
    context = {
        "benefit": benefit,
        "project": benefit.project,
        "indicator": indicator,
        "form": form,
        "stood": where_it_stood(indicator, today=today),
        "can_skip": due_on is not None and due_on <= today + WARN_BEFORE,
    }
    return render(request, "benefits/measurement_form.html", context)


def _thanks(indicator: Indicator, measurement: Measurement) -> str:
    return _("Takk. Det var alt. {progress}").format(
        progress=progress_sentence(indicator.progress(measurement.value))
    )


def indicator_skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Why it cannot be measured this time."""
    indicator = _indicator(request, pk)
    form = SkipForm(request.POST or None)
    if form.is_valid():
        actions.skip_measurement(
            indicator,
            reason=form.cleaned_data["reason"],
            by=request.user,
            on=timezone.localdate(),
        )
        messages.success(request, _("Takk for beskjeden. Vi spør igjen neste gang det skal måles."))
        return _page_of(indicator)
    context = {
        "benefit": indicator.benefit,
        "project": indicator.benefit.project,
        "indicator": indicator,
        "form": form,
    }
    return render(request, "benefits/skip_form.html", context)


def _measurement(request: HttpRequest, pk: int) -> Measurement:
    rows = Measurement.objects.select_related("indicator__benefit__project__sector", "measured_by")
    measurement = get_object_or_404(rows, pk=pk)
    get_permitted(
        request.user, PERM, Benefit.objects.with_project(), pk=measurement.indicator.benefit_id
    )
    return measurement


def measurement_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a wrong number. It stays, struck out, and can be put back."""
    measurement = _measurement(request, pk)
    benefit = measurement.indicator.benefit
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.withdraw_measurement(measurement, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, _("Tallet er strøket. Skriv inn det riktige, eller angre."))
        return _page_of(measurement.indicator)
    context: dict[str, Any] = {
        "benefit": benefit,
        "project": benefit.project,
        "indicator": measurement.indicator,
        "measurement": measurement,
        "form": form,
    }
    return render(request, "benefits/withdraw_form.html", context)


@require_POST
def measurement_restore(request: HttpRequest, pk: int) -> HttpResponse:
    measurement = _measurement(request, pk)
    actions.restore_measurement(measurement, by=request.user)
    messages.success(request, _("Tallet teller igjen."))
    return _page_of(measurement.indicator)


@require_GET
def measurement_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What a number rests on: downloaded, and only by those who see the project from inside."""
    rows = MeasurementFile.objects.select_related("measurement__indicator__benefit__project")
    file = get_object_or_404(rows, pk=pk)
    project = file.measurement.indicator.benefit.project
    if not request.user.has_perm("projects.view_project_inside", project):
        raise PermissionDenied
    if not file.may_be_downloaded:
        raise Http404
    response = attachment(bytes(file.content), filename=file.name, content_type=file.kind)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
