"""The decisions are made public, and put right when something was wrong."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import require_perm
from ideas import notifications
from ideas.models import Idea, IdeaContact
from ideas.notifications import Preview
from municipality.models import Municipality
from prioritization import decided
from prioritization.models import Decision, Memo, MemoItem, Outcome
from projects import actions
from projects.forms import CorrectionForm
from projects.views.decisions import memo_for, row_of


@dataclass(frozen=True)
class Group:
    """The ideas that got the same outcome, and how the mail to the sender of the first will be."""

    outcome: Outcome
    decisions: list[Decision]
    mail: Preview


def publish(request: HttpRequest, memo_pk: int) -> HttpResponse:
    """Asks first: what is told, is told."""
    require_perm(request.user, "projects.publish_decisions")
    memo = get_object_or_404(Memo.objects.select_related("round__cycle"), pk=memo_pk)
    if request.method == "POST":
        actions.publish_decisions(memo, by=request.user, at=timezone.now())
        messages.success(request, _("Vedtakene er kunngjort. Protokollen blir laget nå."))
        return redirect("decisions:list", memo_pk=memo.pk)
    meeting = decided.meeting_of(memo)
    if meeting is not None and meeting.is_published:
        return redirect("decisions:list", memo_pk=memo.pk)
    lacking = decided.missing(memo)
    decisions = [] if lacking else list(Decision.objects.of(memo).filter(published_at=None))
    context = {
        "memo": memo,
        "meeting": meeting,
        "missing": lacking,
        "groups": _groups(decisions),
        "owners": sorted({str(each.owner) for each in decisions if each.is_approval}),
        "total": len(decisions),
        "reachable": _reachable(decisions),
        "following": decided.following(memo).sentence(Municipality.load().executive_group_title),
    }
    return render(request, "projects/decision_publish.html", context)


def _groups(decisions: Iterable[Decision]) -> list[Group]:
    by_outcome: dict[Outcome, list[Decision]] = {}
    for decision in decisions:
        by_outcome.setdefault(Outcome(decision.outcome), []).append(decision)
    return [
        Group(outcome, by_outcome[outcome], _mail(by_outcome[outcome][0]))
        for outcome in Outcome
        if outcome in by_outcome
    ]


def _mail(decision: Decision) -> Preview:
    """As it will look: the idea is given the status it will have, and is not saved."""
    idea = Idea.objects.get(pk=decision.item.entry.idea_id)
    idea.status, idea.postponed_until = decision.idea_status, decision.postponed_until
    letter = notifications.status_letter(idea, reason=decision.public_reason)
    return notifications.preview(idea, letter)


def _reachable(decisions: Iterable[Decision]) -> int:
    """How many of the ideas have a sender with an address, also when it was left with another."""
    ideas = Idea.objects.filter(pk__in=[each.item.entry.idea_id for each in decisions])
    contact = IdeaContact.objects.filter(Q(idea=OuterRef("pk")) | Q(idea__parts=OuterRef("pk")))
    return ideas.filter(Exists(contact) | Q(submitted_by__isnull=False)).count()


@transaction.atomic
def decision_correct(request: HttpRequest, memo_pk: int, item_pk: int) -> HttpResponse:
    """Put right what has been told, with the reason that everybody concerned reads."""
    require_perm(request.user, "projects.publish_decisions")
    memo = memo_for(request, memo_pk)
    told = Decision.objects.published().select_related("meeting", "item__entry__idea__sector")
    decision = get_object_or_404(told, item=item_pk, item__memo=memo.pk)
    item: MemoItem = decision.item
    project = getattr(item.entry.idea, "project", None)
    form = CorrectionForm(
        request.POST or None,
        instance=decision,
        held_on=decision.meeting.held_on,
        has_project=project is not None,
    )
    if form.is_valid():
        reason = form.cleaned_data["correction"]
        actions.correct_decision(form.instance, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, _("Vedtaket om «{title}» er rettet.").format(title=item))
        return redirect("decisions:list", memo_pk=memo.pk)
    stored = MemoItem.objects.in_order().get(pk=item.pk)
    context = {
        "memo": memo,
        "item": item,
        "idea": item.entry.idea,
        "row": row_of(stored, with_drafts=True),
        "project": project,
        "form": form,
    }
    return render(request, "projects/decision_correct.html", context)
