"""Whether a project pays for itself: the answer, its parts, and what it is counted with."""

import copy
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from benefits import economy, profitability_words
from benefits.actions.calculation import draw_cash_flow, save_calculation
from benefits.forms.calculation import CalculationForm
from benefits.profitability import (
    Basis,
    Profitability,
    calculation_of,
    of_project,
    operating_of,
)
from benefits.profitability_workbook import calculation_workbook
from core.access import get_permitted
from core.responses import attachment
from core.workbook_writing import CONTENT_TYPE
from municipality.models import Municipality
from projects.models import Project
from projects.views.lines import read


def _basis(request: HttpRequest) -> Basis:
    asked = request.GET.get("tall", "")
    return Basis(asked) if asked in Basis.values else Basis.PLAN


@require_GET
def calculation(request: HttpRequest, project_pk: int) -> HttpResponse:
    project = read(request, project_pk)
    found = of_project(project, basis=_basis(request), today=timezone.localdate())
    context = {
        "project": project,
        "here": _("Gevinster"),
        "can_write": request.user.has_perm("benefits.set_up_calculation", project),
        "found": found,
        "case": found.case,
        "last_year": found.case.years[-1],
        "costs": _costs(found),
        "basis_choices": _choices(found),
        "headline": profitability_words.headline(found),
        "sentences": _sentences(found),
        "variants": _variants(found),
        "freed": _freed(found),
        "chart": draw_cash_flow(found) if found.lines else None,
    }
    return render(request, "benefits/calculation.html", context)


def _choices(found: Profitability) -> list[dict[str, Any]]:
    """What can be counted with. Nothing has been promised before BP3."""
    is_frozen = any(benefit.frozen_at for benefit in found.benefits)
    url = reverse("benefits:calculation", args=[found.calculation.project_id])
    return [
        {"words": basis.label, "url": f"{url}?tall={basis.value}", "is_now": basis == found.basis}
        for basis in Basis
        if basis != Basis.PROMISED or is_frozen or basis == found.basis
    ]


def _sentences(found: Profitability) -> dict[str, str]:
    """Only what can be said: without benefits in kroner there is nothing to earn in."""
    if not found.lines:
        return {}
    sentences = {"break_even": profitability_words.break_even(found)}
    if found.has_costs:
        sentences["how_sure"] = profitability_words.how_sure(found.outcome)
        sentences["payback"] = profitability_words.payback(found)
        sentences["internal_rate"] = profitability_words.internal_rate(found)
    return sentences


def _costs(found: Profitability) -> dict[str, Decimal]:
    """The present value of what it costs, with a minus."""
    case = found.case
    operating = case.worth(case.operating_costs)
    total = case.worth(case.costs)
    return {"investment": -case.investment, "operating": -operating, "total": -total}


def _variants(found: Profitability) -> list[dict[str, Any]]:
    if not found.lines:
        return []
    as_it_is = found.case.net_present_value
    return [
        {
            "words": profitability_words.variant(variant),
            "worth": worth,
            "change": worth - as_it_is if variant.change != economy.Change.NOTHING else None,
        }
        for variant in economy.sensitivity(found.case)
        for worth in [variant.case.net_present_value]
    ]


def _freed(found: Profitability) -> dict[str, Any]:
    """The year in which most time is freed, and each benefit's part of it."""
    by_year = found.freed_by_year
    if not by_year:
        return {}
    year = max(by_year, key=lambda each: by_year[each])
    index = year - found.case.first_year
    rows = [{"benefit": each.benefit, "amount": each.signed[index]} for each in found.freed]
    return {"year": year, "total": by_year[year], "rows": rows}


@transaction.atomic
def calculation_edit(request: HttpRequest, project_pk: int) -> HttpResponse:
    locked = Project.objects.select_for_update(of=("self",)).select_related("sector", "method")
    project = get_permitted(request.user, "benefits.set_up_calculation", locked, pk=project_pk)
    stored = calculation_of(project, today=timezone.localdate())
    form = CalculationForm(
        request.POST or None,
        instance=copy.copy(stored),
        stored=stored,
        operating=operating_of(stored),
    )
    if form.is_valid():
        save_calculation(form.instance, operating=form.operating, by=request.user)
        messages.success(request, _("Regnestykket er lagret."))
        return redirect("benefits:calculation", project_pk)
    context = {"project": project, "here": _("Gevinster"), "form": form}
    return render(request, "benefits/calculation_form.html", context)


@require_GET
def calculation_file(request: HttpRequest, project_pk: int) -> HttpResponse:
    project = read(request, project_pk)
    found = of_project(project, basis=_basis(request), today=timezone.localdate())
    content = calculation_workbook(
        project, found, creator=Municipality.load().name, made_at=timezone.now()
    )
    filename = _("lonnsomhet-{project}.xlsx").format(project=slugify(project.name))
    return attachment(content, filename=filename, content_type=CONTENT_TYPE)
