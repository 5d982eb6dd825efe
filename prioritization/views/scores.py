"""Points, one idea at a time. Each answer saves itself; without script a button saves them all."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from core.access import get_permitted
from municipality.calendar import PhaseKind
from prioritization import actions
from prioritization.forms import ScoreForm
from prioritization.models import Entry, Round


@require_GET
def score_next(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the next idea I have questions left about, or «Du har satt poeng på alle»."""
    rounds = Round.objects.with_phases()
    scored = get_permitted(request.user, "prioritization.score_round", rounds, pk=pk)
    if _is_open(scored):
        after = request.GET.get("etter", "")
        questions = scored.ordered_questions()
        left = scored.entries.unanswered_by(request.user, questions=len(questions))
        entry = left.next_after(int(after) if after.isdecimal() else None)
        if entry is not None:
            return redirect("prioritization:score", pk=pk, entry_pk=entry.pk)
    mine = scored.participations.with_remaining(scored).get(user=request.user)
    context = {"round": scored, "is_open": _is_open(scored), "mine": mine}
    return render(request, "prioritization/entry_done.html", context)


def _is_open(scored: Round) -> bool:
    today = timezone.localdate()
    phase = scored.cycle.phase(PhaseKind.PRIORITISATION)
    return scored.takes_scores(today) and phase.is_open(today)


def score(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    entries = Entry.objects.for_scoring().filter(round=pk)
    entry = get_permitted(request.user, "prioritization.score_entry", entries, pk=entry_pk)
    questions = entry.round.ordered_questions()
    stored = dict(entry.scores.filter(scorer=request.user).values_list("question_id", "level"))
    form = ScoreForm(request.POST or None, questions=questions, stored=stored)
    if form.is_valid():
        taken_back = [q for q in questions if str(q.pk) == request.POST.get("clear")]
        levels = form.levels() | dict.fromkeys(taken_back)
        actions.give_scores(entry, levels=levels, by=request.user, on=timezone.localdate())
        if taken_back:
            return redirect(request.path)
        if not request.htmx:
            onwards = reverse("prioritization:score-next", args=[pk])
            return redirect(f"{onwards}?etter={entry.pk}")
    mine = entry.round.participations.with_remaining(entry.round).get(user=request.user)
    context = {
        "entry": entry,
        "round": entry.round,
        "form": form,
        "mine": mine,
        "is_open": _is_open(entry.round),
        "saved_at": timezone.now() if form.is_bound and form.is_valid() else None,
    }
    template = "prioritization/entry_score.html" + ("#progress" if request.htmx else "")
    return render(request, template, context)
