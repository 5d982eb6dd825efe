"""Describing benefits."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from benefits import actions
from benefits.actions.register import plan_is_frozen
from benefits.forms.indicators import IndicatorForm
from benefits.forms.register import Description, EditBenefitForm, NewBenefitForm, ReasonForm
from benefits.models import Benefit, Indicator
from core.access import get_permitted
from projects.models import Project


def benefit_create(request: HttpRequest, project_pk: int) -> HttpResponse:
    project = get_permitted(
        request.user,
        "benefits.add_benefit_to",
        Project.objects.select_related("idea"),
        pk=project_pk,
    )
    today = timezone.localdate()
    blank = Benefit(
        project=project,
        name="" if project.benefits.exists() else project.expected_benefit,
        owner=project.owner,
    )
    sent = request.POST or None
    form = NewBenefitForm(sent, instance=blank)
    measured = IndicatorForm(sent, instance=Indicator(baseline_on=today), today=today)
    why = ReasonForm(sent, label=_("Hvorfor kommer gevinsten til nå?"))
    description = Description(form, measured, why if plan_is_frozen(project) else None, is_new=True)
    if sent is not None and description.is_valid():
        form.instance.submission_key = form.cleaned_data["submission_key"]
        measured.instance.name = form.instance.name
        benefit = actions.create_benefit(
            form.instance,
            indicator=description.indicator,
            by=request.user,
            on=today,
            reason=description.reason,
        )
        messages.success(request, _("Gevinsten er lagret."))
        return redirect(benefit)
    context = {"project": project, "description": description}
    return render(request, "benefits/benefit_form.html", context)


@transaction.atomic
def benefit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    locked = Benefit.objects.select_for_update(of=("self",)).select_related(
        "main", "project", "owner", "edited_by"
    )
    benefit = get_permitted(request.user, "benefits.edit_benefit", locked, pk=pk)
    before = {"name": benefit.name, "url": benefit.get_absolute_url()}
    sent = request.POST or None
    form = EditBenefitForm(sent, instance=benefit)
    measured = None
    if benefit.main:
        measured = IndicatorForm(sent, instance=benefit.main, today=timezone.localdate())
    why = ReasonForm(sent) if benefit.frozen_at else None
    description = Description(form, measured, why)
    if sent is not None and description.is_valid():
        actions.edit_benefit(
            benefit, indicator=benefit.main, by=request.user, reason=description.reason
        )
        messages.success(request, _("Lagret."))
        return redirect(benefit)
    context = {
        "project": benefit.project,
        "benefit": benefit,
        "description": description,
        "before": before,
    }
    return render(request, "benefits/benefit_form.html", context)
