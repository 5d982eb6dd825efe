"""The executive group's decisions (vedtak) on the ideas of a final memo, while they are written."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import require_perm
from core.formatting import count_word
from municipality.actions import closed_message
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, Municipality
from prioritization import actions, decided
from prioritization.models import Decision, DecisionMeeting, Memo, MemoItem, Outcome
from projects.forms import DecisionForm, MeetingForm

PER_PAGE = 25

LOOKS = {
    Outcome.APPROVED: "done",
    Outcome.POSTPONED: "paused",
    Outcome.REJECTED: "stopped",
    Outcome.RETURNED: "paused",
}


@dataclass(frozen=True)
class Row:
    """An idea of the memo: what was recommended, and what was decided as far as it is shown."""

    item: MemoItem
    decision: Decision | None

    @property
    def look(self) -> str:
        return LOOKS[Outcome(self.decision.outcome)] if self.decision else "open"

    @property
    def words(self) -> str:
        return self.decision.words if self.decision else _("Venter på vedtak")

    @property
    def difference(self) -> str:
        """The decision went against the recommendation: how, as a sentence."""
        if self.decision is None or not self.decision.differs:
            return ""
        return decided.difference(
            is_recommended=self.item.is_recommended, outcome_words=self.decision.words
        )


def row_of(item: MemoItem, *, with_drafts: bool) -> Row:
    """Drafts are for those who write them: nobody else reads what is not told."""
    decision = getattr(item, "decision", None)
    return Row(item, decision if decision and (with_drafts or decision.is_published) else None)


@dataclass(frozen=True)
class Progress:
    """How many of the ideas have a decision, and whether it is told."""

    done: int
    total: int
    is_published: bool

    @property
    def label(self) -> str:
        return _("{done} av {total} ført").format(done=self.done, total=self.total)

    @property
    def is_complete(self) -> bool:
        return self.done == self.total

    def headline(self, following: str) -> str:
        """«Fire av ti ideer har fått vedtak.»; once told, how far the memo was followed."""
        if not self.total:
            return _("Notatet har ingen ideer.")
        if self.is_published:
            return following
        if self.is_complete:
            return _("Alle ideene har fått vedtak. Kunngjør dem.")
        if not self.done:
            return _("Ingen av {total} ideer har fått vedtak ennå.").format(
                total=count_word(self.total)
            )
        return _("{done} av {total} ideer har fått vedtak.").format(
            done=count_word(self.done).capitalize(), total=count_word(self.total)
        )


def _closed(cycle: AnnualCycle, *, on: dt.date) -> str:
    """Why nothing can be recorded today; empty when it can."""
    phase = cycle.phase(PhaseKind.MEMO)
    return "" if phase.is_open(on) else closed_message(phase, on=on)


@require_GET
def decision_list(request: HttpRequest, memo_pk: int) -> HttpResponse:
    require_perm(request.user, "projects.view_decisions")
    memo = get_object_or_404(Memo.objects.select_related("round__cycle"), pk=memo_pk)
    can_record = request.user.has_perm("projects.record_decision")
    meeting = decided.meeting_of(memo)
    is_published = meeting is not None and meeting.is_published
    items = memo.items.in_order().select_related("decision__owner")
    page = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
    following = decided.following(memo)
    progress = Progress(following.total, page.paginator.count, is_published)
    sentence = following.sentence(Municipality.load().executive_group_title)
    shows_drafts = can_record or is_published
    context = {
        "memo": memo,
        "meeting": meeting,
        "page": page,
        "rows": [row_of(item, with_drafts=can_record) for item in page.object_list],
        "progress": progress,
        "headline": progress.headline(sentence)
        if shows_drafts
        else _("Vedtakene er ikke kunngjort ennå."),
        "following": sentence if shows_drafts and not is_published else "",
        "can_record": can_record,
        "closed": _closed(memo.round.cycle, on=timezone.localdate()),
        "files": meeting.files.without_content().defer("snapshot") if is_published else [],
    }
    return render(request, "projects/decision_list.html", context)


@transaction.atomic
def meeting_edit(request: HttpRequest, memo_pk: int) -> HttpResponse:
    """When it was, and who decided: asked for before the first decision is recorded."""
    require_perm(request.user, "projects.record_decision")
    memo = memo_for(request, memo_pk)
    today = timezone.localdate()
    meeting = decided.meeting_of(memo) or DecisionMeeting.prepared_for(memo, on=today)
    form = MeetingForm(request.POST or None, instance=meeting, today=today)
    if form.is_valid():
        actions.save_meeting(form.instance, by=request.user, on=today)
        messages.success(request, _("Møtet er lagret. Nå kan du føre vedtakene."))
        return redirect("decisions:list", memo_pk=memo.pk)
    context = {
        "memo": memo,
        "meeting": meeting,
        "form": form,
        "closed": _closed(memo.round.cycle, on=today),
    }
    return render(request, "projects/decision_meeting.html", context)


def memo_for(request: HttpRequest, pk: int) -> Memo:
    """The memo, locked for the one who saves."""
    memos = Memo.objects.select_related("round__cycle")
    if request.method == "POST":
        memos = memos.select_for_update(of=("self",))
    return get_object_or_404(memos, pk=pk)


@transaction.atomic
def decision_record(request: HttpRequest, memo_pk: int, item_pk: int) -> HttpResponse:
    """The question, what it rests on, and the answer; read-only once it is told."""
    require_perm(request.user, "projects.record_decision")
    memo = memo_for(request, memo_pk)
    item = get_object_or_404(MemoItem.objects.in_order(), pk=item_pk, memo=memo.pk)
    meeting = decided.meeting_of(memo)
    today = timezone.localdate()
    row = row_of(item, with_drafts=True)
    decision = row.decision or Decision(item=item)
    held_on = meeting.held_on if meeting else today
    is_told = decision.is_published
    form = DecisionForm(request.POST or None, instance=decision, held_on=held_on)
    if form.is_valid():
        actions.record_decision(form.instance, by=request.user, on=today)
        messages.success(request, _("Vedtaket om «{title}» er lagret.").format(title=item))
        return redirect(_after(item))
    context = {
        "memo": memo,
        "meeting": meeting,
        "item": item,
        "idea": item.entry.idea,
        "row": row,
        "is_told": is_told,
        "form": form,
        "closed": _closed(memo.round.cycle, on=today),
    }
    return render(request, "projects/decision_form.html", context)


def _after(item: MemoItem) -> str:
    """The next idea without a decision, from there on; the list when there is none."""
    waiting = MemoItem.objects.filter(memo=item.memo_id, decision=None).order_by("order", "pk")
    following = waiting.filter(order__gte=item.order).exclude(pk=item.pk).first() or waiting.first()
    if following is None:
        return reverse("decisions:list", args=[item.memo_id])
    return reverse("decisions:record", args=[item.memo_id, following.pk])
