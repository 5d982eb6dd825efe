"""The indicators of a benefit."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from benefits import actions
from benefits.forms.indicators import EditIndicatorForm, NewIndicatorForm
from benefits.forms.register import ReasonForm
from benefits.models import Benefit, Indicator
from benefits.views.register_pages import page_context
from core.access import get_permitted

INDICATORS = Indicator.objects.select_related("benefit__project", "benefit__main")


def indicator_create(request: HttpRequest, pk: int) -> HttpResponse:
    benefits = Benefit.objects.select_related("project")
    benefit = get_permitted(request.user, "benefits.edit_benefit", benefits, pk=pk)
    today = timezone.localdate()
    blank = Indicator(name="" if benefit.main else benefit.name, baseline_on=today)
    form = NewIndicatorForm(request.POST or None, instance=blank, today=today)
    if form.is_valid():
        form.instance.submission_key = form.cleaned_data["submission_key"]
        actions.add_indicator(benefit, form.instance, by=request.user, on=today)
        messages.success(request, _("Måleindikatoren er lagt til."))
        return redirect(benefit)
    context = {**page_context(request, benefit.project), "benefit": benefit, "form": form}
    return render(request, "benefits/indicator_form.html", context)


@transaction.atomic
def indicator_edit(request: HttpRequest, pk: int) -> HttpResponse:
    of_benefit = Benefit.objects.select_for_update(of=("self",))  # first, as everywhere
    get_object_or_404(of_benefit, indicators=pk)
    locked = INDICATORS.select_related("edited_by").select_for_update(of=("self",))
    indicator = get_permitted(request.user, "benefits.edit_indicator", locked, pk=pk)
    benefit = indicator.benefit
    before = indicator.name
    sent = request.POST or None
    form = EditIndicatorForm(sent, instance=indicator, today=timezone.localdate())
    why = ReasonForm(sent) if benefit.frozen_at else None
    if sent is not None and _is_valid(form, why):
        reason = why.cleaned_data["reason"] if why else ""
        actions.change_indicator(indicator, by=request.user, reason=reason)
        messages.success(request, _("Lagret."))
        return redirect(benefit)
    context = {
        **page_context(request, benefit.project),
        "benefit": benefit,
        "indicator": indicator,
        "before": before,
        "form": form,
        "why": why,
    }
    return render(request, "benefits/indicator_form.html", context)


def _is_valid(form: EditIndicatorForm, why: ReasonForm | None) -> bool:
    """Both are asked, so that everything to be put right is said at once."""
    is_valid = form.is_valid()
    if why is None:
        return is_valid
    if why.is_valid() and form.changes_plan:
        why.require()
    return is_valid and why.is_valid()


def indicator_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first."""
    indicator = get_permitted(request.user, "benefits.edit_indicator", INDICATORS, pk=pk)
    benefit = indicator.benefit
    if request.method == "POST":
        actions.retire_indicator(indicator, by=request.user, at=timezone.now())
        messages.success(request, _("«{name}» er tatt ut av bruk.").format(name=indicator))
        return redirect(benefit)
    others = benefit.indicators.filter(retired_at=None).exclude(pk=indicator.pk).order_by("pk")
    context: dict[str, Any] = {
        **page_context(request, benefit.project),
        "benefit": benefit,
        "indicator": indicator,
        "is_main": benefit.main_id == indicator.pk,
        "next_main": others.first(),
    }
    return render(request, "benefits/indicator_retire.html", context)


@require_POST
def indicator_resume(request: HttpRequest, pk: int) -> HttpResponse:
    indicator = get_permitted(request.user, "benefits.edit_indicator", INDICATORS, pk=pk)
    actions.resume_indicator(indicator, by=request.user, on=timezone.localdate())
    messages.success(request, _("«{name}» er i bruk igjen.").format(name=indicator))
    return redirect(indicator.benefit)


@require_POST
def indicator_main(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the one that speaks for the benefit."""
    indicator = get_permitted(request.user, "benefits.edit_indicator", INDICATORS, pk=pk)
    actions.choose_main(indicator, by=request.user)
    messages.success(request, _("«{name}» er hovedindikatoren nå.").format(name=indicator))
    return redirect(indicator.benefit)
