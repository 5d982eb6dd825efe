"""The executive group's decisions (vedtak) on the ideas of a final memo."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import require_perm
from core.formatting import count_word
from municipality.actions import closed_message
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle
from prioritization.models import Decision, Memo, MemoItem, Outcome
from projects import actions
from projects.forms import DecisionForm

PER_PAGE = 25

LOOKS = {
    Outcome.APPROVED: "done",
    Outcome.POSTPONED: "paused",
    Outcome.REJECTED: "stopped",
    Outcome.RETURNED: "paused",
}


@dataclass(frozen=True)
class Row:
    """An idea of the memo: what was recommended, and what was decided."""

    item: MemoItem
    decision: Decision | None

    @property
    def look(self) -> str:
        return LOOKS[Outcome(self.decision.outcome)] if self.decision else "open"

    @property
    def words(self) -> str:
        if self.decision is None:
            return _("Venter på vedtak")
        if self.decision.outcome == Outcome.POSTPONED:
            return _("Utsatt til {year}").format(year=self.decision.postponed_to)
        return self.decision.get_outcome_display()

    @property
    def differs(self) -> bool:
        """The decision went against the recommendation."""
        if self.decision is None:
            return False
        return self.item.is_recommended != (self.decision.outcome == Outcome.APPROVED)


def _row(item: MemoItem) -> Row:
    return Row(item, getattr(item, "decision", None))


def _headline(decided: int, total: int) -> str:
    """«Fire av ti ideer har fått vedtak.»"""
    if decided == total:
        return _("Alle ideene i notatet har fått vedtak.")
    if not decided:
        return _("Ingen av {total} ideer har fått vedtak ennå.").format(total=count_word(total))
    return _("{decided} av {total} ideer har fått vedtak.").format(
        decided=count_word(decided).capitalize(), total=count_word(total)
    )


def _closed(cycle: AnnualCycle, *, on: dt.date) -> str:
    """Why nothing can be recorded today; empty when it can."""
    phase = cycle.phase(PhaseKind.MEMO)
    return "" if phase.is_open(on) else closed_message(phase, on=on)


@require_GET
def decision_list(request: HttpRequest, memo_pk: int) -> HttpResponse:
    require_perm(request.user, "projects.view_decisions")
    memo = get_object_or_404(Memo.objects.select_related("round__cycle"), pk=memo_pk)
    page = Paginator(memo.items.in_order(), PER_PAGE).get_page(request.GET.get("page"))
    total = page.paginator.count
    decided = Decision.objects.filter(item__memo=memo).count()
    context = {
        "memo": memo,
        "page": page,
        "rows": [_row(item) for item in page.object_list],
        "headline": _headline(decided, total) if total else _("Notatet har ingen ideer."),
        "closed": _closed(memo.round.cycle, on=timezone.localdate()),
    }
    return render(request, "projects/decision_list.html", context)


def decision_record(request: HttpRequest, memo_pk: int, item_pk: int) -> HttpResponse:
    """The question, what it rests on, and the answer; read-only once it is recorded."""
    require_perm(request.user, "projects.record_decision")
    today = timezone.localdate()
    item = get_object_or_404(MemoItem.objects.in_order(), pk=item_pk, memo=memo_pk)
    idea = item.entry.idea
    form = DecisionForm(request.POST or None, idea=idea, today=today)
    if form.is_valid():
        outcome = Outcome(form.cleaned_data.pop("outcome"))
        actions.record_decision(
            item, outcome=outcome, by=request.user, on=today, **form.cleaned_data
        )
        messages.success(request, _("Vedtaket om «{title}» er ført.").format(title=idea.title))
        return redirect("decisions:list", memo_pk=memo_pk)
    context = {
        "memo": item.memo,
        "item": item,
        "idea": idea,
        "row": _row(item),
        "form": form,
        "closed": _closed(item.memo.round.cycle, on=today),
    }
    return render(request, "projects/decision_form.html", context)
