"""Describing benefits."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from benefits import actions
from benefits.forms.register import EditBenefitForm, IndicatorForm, NewBenefitForm
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
    form = NewBenefitForm(request.POST or None, instance=blank)
    measured = IndicatorForm(request.POST or None, instance=Indicator(baseline_on=today))
    if form.is_valid() & measured.is_valid():
        form.instance.submission_key = form.cleaned_data["submission_key"]
        measured.instance.name = form.instance.name
        benefit = actions.create_benefit(
            form.instance, indicator=measured.instance, by=request.user, on=today
        )
        messages.success(request, _("Gevinsten er lagret."))
        return redirect(benefit)
    context = {"project": project, "form": form, "measured": measured}
    return render(request, "benefits/benefit_form.html", context)


@transaction.atomic
def benefit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    locked = Benefit.objects.select_for_update(of=("self",)).select_related(
        "main", "project", "owner", "edited_by"
    )
    benefit = get_permitted(request.user, "benefits.edit_benefit", locked, pk=pk)
    before = {"name": benefit.name, "url": benefit.get_absolute_url()}
    form = EditBenefitForm(request.POST or None, instance=benefit)
    measured = IndicatorForm(request.POST or None, instance=benefit.main) if benefit.main else None
    if form.is_valid() & (measured is None or measured.is_valid()):
        actions.edit_benefit(benefit, indicator=benefit.main, by=request.user)
        messages.success(request, _("Lagret."))
        return redirect(benefit)
    context = {
        "project": benefit.project,
        "benefit": benefit,
        "form": form,
        "measured": measured,
        "before": before,
    }
    return render(request, "benefits/benefit_form.html", context)
