"""What the benefits of a project are worth per year: plan, forecast, actual and taken out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from benefits import actions
from benefits import years as by_year
from benefits.forms.years import PlanForm
from benefits.models import Benefit, BenefitKind
from benefits.views.register_pages import page_context
from projects.models import Project
from projects.views.lines import read

MOST_YEARS = 25


@require_GET
def years(request: HttpRequest, project_pk: int) -> HttpResponse:
    project = read(request, project_pk)
    benefits = list(_priced(project).order_by("number", "pk"))
    said = by_year.amounts(benefits)
    shown = by_year.years_of(benefits, said, today=timezone.localdate())
    tables = by_year.tables(benefits, said, shown)
    context = {
        **page_context(request, project),
        "headline": by_year.headline(tables, shown),
        "tables": tables,
        "without_price": Benefit.objects.filter(project=project).count() - len(benefits),
    }
    return render(request, "benefits/years.html", context)


def _priced(project: Project) -> QuerySet[Benefit]:
    """Quality has no amounts."""
    benefits = Benefit.objects.filter(project=project).exclude(kind=BenefitKind.QUALITY)
    return benefits.select_related("project", "edited_by")


@transaction.atomic
def years_edit(request: HttpRequest, project_pk: int) -> HttpResponse:
    """All the benefits, or the one of `?gevinst=`. `?til=` takes in more years."""
    project = read(request, project_pk)
    if not request.user.has_perm("benefits.add_benefit_to", project):
        raise PermissionDenied
    today = timezone.localdate()
    benefits = _chosen(request, project)
    said = by_year.amounts(benefits)
    shown = by_year.years_of(benefits, said, today=today, until=_until(request, today.year))
    sent = request.POST or None
    form = PlanForm(sent, benefits=benefits, years=shown, said=said, today=today)
    if sent is not None and form.is_valid():
        actions.save_plan(form.changed(), by=request.user, reason=form.reason)
        messages.success(request, _("Tallene er lagret."))
        return redirect("benefits:years", project_pk)
    context = {
        **page_context(request, project),
        "form": form,
        "benefits": benefits,
        "chosen": request.GET.get("gevinst", ""),
        "one_more": shown[-1] + 1 if len(shown) < MOST_YEARS else None,
    }
    return render(request, "benefits/years_form.html", context)


def _chosen(request: HttpRequest, project: Project) -> list[Benefit]:
    locked = _priced(project).select_for_update(of=("self",)).order_by("number", "pk")
    only = request.GET.get("gevinst", "")
    return list(locked.filter(pk=only) if only.isdecimal() else locked)


def _until(request: HttpRequest, this_year: int) -> int | None:
    wanted = request.GET.get("til", "")
    return min(int(wanted), this_year + MOST_YEARS) if wanted.isdecimal() else None
