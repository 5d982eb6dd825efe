from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from benefits import actions
from benefits.filters import BenefitFilter
from benefits.forms import (
    DeclineForm,
    EditBenefitForm,
    HandOverForm,
    MeasurementForm,
    NewBenefitForm,
)
from benefits.models import Benefit
from core.access import get_permitted
from core.formatting import count_word, quantity, share
from core.models import Chart
from projects.models import Project

PER_PAGE = 25


@login_not_required
@require_GET
def benefit_list(request: HttpRequest) -> HttpResponse:
    visible = Benefit.objects.visible_to(request.user)
    found = BenefitFilter(request.GET, queryset=visible.for_list())
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    counts = visible.counts()
    context = {
        "filter": found,
        "page": page,
        "benefits": page.object_list,
        "counts": counts,
        "headline": _headline(**counts),
    }
    template = "benefits/benefit_list.html#rows" if request.htmx else "benefits/benefit_list.html"
    return render(request, template, context)


def _headline(*, total: int, measured: int, on_plan: int, behind: int) -> str:
    """«Fire av sju gevinster er i rute. To ligger bak planen.»"""
    if not measured:
        return _("Ingen gevinster er målt ennå.")
    if total == 1:
        return _("Gevinsten er i rute.") if on_plan else _("Gevinsten er ikke i rute.")
    sentence = _("{count} av {total} gevinster er i rute.").format(
        count=count_word(on_plan).capitalize() if on_plan else _("Ingen"), total=count_word(total)
    )
    if not behind:
        return sentence
    late = _("{count} ligger bak planen.").format(count=count_word(behind).capitalize())
    return f"{sentence} {late}"


@login_not_required
@require_GET
def benefit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    benefit = get_object_or_404(Benefit.objects.visible_to(request.user).with_project(), pk=pk)
    context: dict[str, Any] = {
        "benefit": benefit,
        "project": benefit.project,
        "measurements": benefit.measurements.select_related("measured_by").order_by(
            "-measured_on", "-pk"
        ),
        "planned": benefit.planned(benefit.latest_on) if benefit.latest_on else None,
        "chart": Chart.objects.filter(key=benefit.chart_key).first(),
        "headline": _what_happened(benefit),
        "today": timezone.localdate(),
    }
    return render(request, "benefits/benefit_detail.html", context)


def _what_happened(benefit: Benefit) -> str:
    """«Fra 38 til 17 minutter», as the heading of the chart."""
    if benefit.latest_value is None:
        return ""
    if benefit.latest_value == benefit.baseline:
        return _("Ingen endring siden nullpunktet")
    return _("Fra {before} til {now}").format(
        before=quantity(benefit.baseline), now=quantity(benefit.latest_value, benefit.unit)
    )


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
        baseline_on=today,
    )
    form = NewBenefitForm(request.POST or None, instance=blank)
    if form.is_valid():
        form.instance.submission_key = form.cleaned_data["submission_key"]
        benefit = actions.create_benefit(form.instance, by=request.user, on=today)
        messages.success(request, _("Gevinsten er lagret."))
        return redirect(benefit)
    context = {"project": project, "form": form}
    return render(request, "benefits/benefit_form.html", context)


@transaction.atomic
def benefit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    locked = Benefit.objects.select_for_update(of=("self",)).select_related(
        "project", "owner", "edited_by"
    )
    benefit = get_permitted(request.user, "benefits.edit_benefit", locked, pk=pk)
    before = {"name": benefit.name, "url": benefit.get_absolute_url()}
    form = EditBenefitForm(request.POST or None, instance=benefit)
    if form.is_valid():
        actions.edit_benefit(benefit, by=request.user)
        messages.success(request, _("Lagret."))
        return redirect(benefit)
    context = {"project": benefit.project, "benefit": benefit, "form": form, "before": before}
    return render(request, "benefits/benefit_form.html", context)


def measurement_create(request: HttpRequest, pk: int) -> HttpResponse:
    benefit = get_permitted(
        request.user, "benefits.measure_benefit", Benefit.objects.with_project(), pk=pk
    )
    today = timezone.localdate()
    form = MeasurementForm(request.POST or None, benefit=benefit, today=today)
    if form.is_valid():
        measurement = actions.register_measurement(
            benefit, by=request.user, on=today, **form.cleaned_data
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


def responsibility(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it, give it to somebody, or answer when asked: who answers after the project."""
    benefits = Benefit.objects.select_related("project__owner", "responsible")
    benefit = get_permitted(request.user, "benefits.answer_for_benefit", benefits, pk=pk)
    choice = request.POST.get("choice", "")
    is_owner = request.user.has_perm("benefits.hand_over_benefit", benefit)
    give = HandOverForm(request.POST if choice == "give" else None, benefit=benefit)
    decline = DeclineForm(request.POST if choice == "decline" else None)
    done = _answer_for(benefit, choice, give if is_owner else None, decline, by=request.user)
    if done:
        messages.success(request, done)
        inside = request.user.has_perm("projects.view_project_inside", benefit.project)
        return redirect("projects:handover", pk=benefit.project_id) if inside else redirect(benefit)
    context = {
        "benefit": benefit,
        "project": benefit.project,
        "is_owner": is_owner,
        "is_asked": benefit.responsible == request.user
        and benefit.responsibility_accepted_at is None,
        "give": give,
        "decline": decline,
    }
    return render(request, "benefits/responsibility.html", context)


def _answer_for(
    benefit: Benefit, choice: str, give: HandOverForm | None, decline: DeclineForm, *, by: Any
) -> str:
    """Do what was chosen, and say so. Nothing when there was no choice, or a form has faults."""
    if choice == "take":
        actions.take_responsibility(benefit, by=by, at=timezone.now())
        return _("Du har ansvaret for «{name}».").format(name=benefit)
    if choice == "give" and give is not None and give.is_valid():
        to = give.cleaned_data["to"]
        actions.hand_over(benefit, to=to, by=by, at=timezone.now())
        return _("{who} er spurt, og får e-post.").format(who=to)
    if choice == "decline" and decline.is_valid():
        actions.decline_responsibility(benefit, reason=decline.cleaned_data["reason"], by=by)
        return _("Takk for svaret. Prosjekteieren har fått beskjed.")
    return ""
