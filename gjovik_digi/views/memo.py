"""Where the memo begins: it tells of benefits, which are a later step than the memo itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from benefits.models import Benefit
from core.access import get_permitted
from municipality.actions import closed_message
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle
from prioritization import memo_actions
from prioritization.memo_forms import ComposeForm
from prioritization.models import Memo, Round


def memo_create(request: HttpRequest, round_pk: int) -> HttpResponse:
    """Ask for title and frame, and draft the memo of a round. A round has one."""
    rounds = Round.objects.select_related("cycle").prefetch_related("cycle__phases")
    scored = get_permitted(request.user, "prioritization.manage_round", rounds, pk=round_pk)
    existing = Memo.objects.filter(round=scored).first()
    if existing is not None:
        return redirect("prioritization:memo", existing.pk)
    today = timezone.localdate()
    form = ComposeForm(request.POST or None, initial=_suggested(scored.cycle))
    if form.is_valid():
        memo = memo_actions.compose(
            scored,
            by=request.user,
            on=today,
            benefits_last_year=benefits_before(scored.cycle),
            **form.cleaned_data,
        )
        messages.success(request, _("Utkastet er laget ut fra rangeringen. Skriv videre her."))
        return redirect("prioritization:memo", memo.pk)
    phase = scored.cycle.phase(PhaseKind.MEMO)
    context = {
        "round": scored,
        "form": form,
        "has_ranked": scored.entries.ranked().exists(),
        "closed": "" if phase.is_open(today) else closed_message(phase, on=today),
    }
    return render(request, "prioritization/memo_create.html", context)


def _suggested(cycle: AnnualCycle) -> dict[str, Any]:
    title = _("Digitaliseringsprosjekter for {year}").format(year=cycle.budget_year)
    return {"title": title, "copy_to": _("IKT-styringsrådet")}


def benefits_before(cycle: AnnualCycle) -> list[dict[str, Any]]:
    """The benefits of projects from earlier years, as plain values that can be frozen in a memo."""
    earlier = (
        Benefit.objects.with_project()
        .exclude(main=None)
        .filter(project__idea__cycle__year__lt=cycle.year)
    )
    return [_frozen(benefit) for benefit in earlier.order_by("project__name", "name", "pk")]


def _frozen(benefit: Any) -> dict[str, Any]:
    latest, progress = benefit.latest_value, benefit.progress(benefit.latest_value)
    return {
        "name": benefit.name,
        "project": benefit.project.name,
        "unit": benefit.unit,
        "baseline": str(benefit.baseline),
        "target": str(benefit.target),
        "latest": None if latest is None else str(latest),
        "progress": None if progress is None else round(float(progress), 4),
    }
