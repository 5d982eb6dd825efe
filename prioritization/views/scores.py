"""Points: all ideas in a grid, or one at a time. Each answer saves itself, or a button does."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.access import get_permitted
from core.formatting import clock
from municipality.calendar import PhaseKind
from prioritization import actions, sheets
from prioritization.forms import AnswerForm, GridForm, ScoreForm
from prioritization.models import Entry, Participation, Question, Round

PER_PAGE = 25


@require_GET
def score_next(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the next idea I have questions left about, and in the end to delivering."""
    scored = permitted_round(request, pk)
    if is_open(scored):
        actions.mark_own(scored, person=request.user)
        after = request.GET.get("etter", "")
        questions = scored.ordered_questions()
        left = scored.entries.unanswered_by(request.user, questions=len(questions))
        entry = left.next_after(int(after) if after.isdecimal() else None)
        if entry is not None:
            return redirect("prioritization:score", pk=pk, entry_pk=entry.pk)
        return redirect("prioritization:deliver", pk=pk)
    mine = my_part(scored, request)
    context = {"round": scored, "mine": mine, "closed": closed_words(scored)}
    return render(request, "prioritization/entry_done.html", context)


def permitted_round(request: HttpRequest, pk: int) -> Round:
    rounds = Round.objects.with_phases()
    return get_permitted(request.user, "prioritization.score_round", rounds, pk=pk)


def my_part(scored: Round, request: HttpRequest) -> Participation:
    parts = scored.participations.with_remaining(scored).select_related("user", "sector")
    return parts.get(user=request.user)


def is_open(scored: Round) -> bool:
    today = timezone.localdate()
    phase = scored.cycle.phase(PhaseKind.PRIORITISATION)
    return scored.takes_scores(today) and phase.is_open(today)


def closed_words(scored: Round) -> str:
    """Why no answers are taken, or nothing when they are."""
    if is_open(scored):
        return ""
    if not scored.is_open:
        return _("Runden er låst. Poengene kan ikke endres.")
    return _("Fristen for å sette poeng har gått ut.")


def score_grid(request: HttpRequest, pk: int) -> HttpResponse:
    """All ideas against all questions, a page at a time."""
    scored = permitted_round(request, pk)
    if is_open(scored):
        actions.mark_own(scored, person=request.user)
    mine = my_part(scored, request)
    questions = scored.ordered_questions()
    entries = scored.entries.competing().for_rows().in_order()
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    rows = sheets.rows(page.object_list, questions, request.user)
    form = GridForm(
        request.POST or None,
        entries=[row.entry for row in rows if row.recusal is None],
        questions=questions,
    )
    if form.is_valid():
        actions.answer_many(pk, changes=form.changes(), by=request.user, on=timezone.localdate())
        return redirect(request.get_full_path())
    columns = sheets.columns(questions)
    context = {
        "round": scored,
        "mine": mine,
        "closed": closed_words(scored),
        "can_answer": is_open(scored) and not mine.is_delivered,
        "questions": questions,
        "columns": columns,
        "has_groups": len(columns) < len(questions),
        "page": page,
        "rows": rows,
        "form": form,
    }
    return render(request, "prioritization/score_grid.html", context)


def score(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """One idea, with everything one can say about it."""
    entries = Entry.objects.for_scoring().filter(round=pk)
    entry = get_permitted(request.user, "prioritization.score_entry", entries, pk=entry_pk)
    if is_open(entry.round):
        actions.mark_own(entry.round, person=request.user)
    questions = entry.round.ordered_questions()
    (row,) = sheets.rows([entry], questions, request.user)
    form = ScoreForm(request.POST or None, questions=questions, stored=row.stored)
    if form.is_valid():
        return _keep(request, entry, form)
    mine = my_part(entry.round, request)
    context = {
        "entry": entry,
        "round": entry.round,
        "form": form,
        "row": row,
        "lines": list(zip(row.cells, form.rows(), strict=True)),
        "mine": mine,
        "closed": closed_words(entry.round),
        "can_answer": is_open(entry.round) and not mine.is_delivered,
        "before": _before(entry, request),
    }
    return render(request, "prioritization/entry_score.html", context)


def _keep(request: HttpRequest, entry: Entry, form: ScoreForm) -> HttpResponse:
    """Save what is new, and go on; or take one answer back, and stay."""
    on = timezone.localdate()
    taken_back = [
        question for question in form.questions if str(question.pk) == request.POST.get("clear")
    ]
    if taken_back:
        levels = dict.fromkeys(taken_back)
        actions.give_scores(entry, levels=levels, by=request.user, on=on)
        return redirect(request.path)
    actions.answer(entry, changes=form.changes(), by=request.user, on=on)
    onwards = reverse("prioritization:score-next", args=[entry.round_id])
    return redirect(f"{onwards}?etter={entry.pk}")


def _before(entry: Entry, request: HttpRequest) -> Entry | None:
    earlier = entry.round.entries.competing().exclude(recusals__person=request.user)
    return earlier.filter(pk__lt=entry.pk).order_by("-pk").first()


@require_POST
def score_answer(request: HttpRequest, pk: int, entry_pk: int, question_pk: int) -> HttpResponse:
    """Save one answer for the script of the grid and of the page with one idea."""
    entries = Entry.objects.select_related("round__cycle", "round__criteria_set", "idea__sector")
    entry = get_permitted(
        request.user, "prioritization.score_entry", entries.filter(round=pk), pk=entry_pk
    )
    questions = entry.round.ordered_questions()
    question = _among(questions, question_pk)
    stored = entry.scores.filter(scorer=request.user, question=question).first()
    form = AnswerForm(request.POST, stored=stored)
    if not form.is_valid():
        return JsonResponse({"faults": _faults(form)}, status=422)
    if form.is_comment_stale:
        return JsonResponse({"theirs": form.stored_comment}, status=409)
    actions.answer(
        entry, changes={question: form.changes()}, by=request.user, on=timezone.localdate()
    )
    (row,) = sheets.rows([entry], questions, request.user)
    return JsonResponse(_saved(request, row, question, form))


def _among(questions: Sequence[Question], pk: int) -> Question:
    for question in questions:
        if question.pk == pk:
            return question
    raise Http404


def _faults(form: AnswerForm) -> str:
    return " ".join(message for messages in form.errors.values() for message in messages)


def _saved(
    request: HttpRequest, row: sheets.Row, question: Question, form: AnswerForm
) -> dict[str, Any]:
    """What is stored now, and what changes on the page with it."""
    cell = next(cell for cell in row.cells if cell.question == question)
    mine = my_part(row.entry.round, request)
    return {
        "answer": {"level": cell.level, "abstention": cell.abstention, "comment": cell.comment},
        "saved": _("Lagret {clock}").format(clock=clock(timezone.now())),
        "note": _changed_elsewhere(form, cell) if form.was_changed_elsewhere else "",
        "state": render_to_string("prioritization/score_state.html", {"row": row}, request),
        "progress": render_to_string("prioritization/score_progress.html", {"mine": mine}, request),
    }


def _changed_elsewhere(form: AnswerForm, cell: sheets.Cell) -> str:
    return _("Svaret var endret i et annet vindu, fra {before}. Nå gjelder {now}.").format(
        before=sheets.level_words(form.stored_level), now=sheets.level_words(cell.level)
    )
