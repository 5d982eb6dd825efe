"""The one who leads the consensus meeting: ideas by disagreement, answers anew, what is agreed."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from core.access import get_permitted
from core.formatting import count_word, number
from prioritization import actions
from prioritization import consensus as reading
from prioritization.forms import AgreementForm
from prioritization.models import ConsensusMeeting, Entry, FinalAnswer, Question, Round
from prioritization.rules import sees_ranking

PER_PAGE = 20
ONLY_DISPUTED = "uenige"


def _led(request: HttpRequest, pk: int) -> Round:
    rounds = Round.objects.for_page()
    return get_permitted(request.user, "prioritization.manage_round", rounds, pk=pk)


def _entry(scored: Round, entry_pk: int) -> Entry:
    entry = get_object_or_404(scored.entries.competing().for_rows(), pk=entry_pk)
    entry.round = scored
    return entry


def _question(questions: Sequence[Question], question_pk: int) -> Question:
    for question in questions:
        if question.pk == question_pk:
            return question
    raise Http404


def _meeting(scored: Round) -> ConsensusMeeting:
    """The one that is going on, or the last: the action says that it has ended."""
    return get_object_or_404(scored.meetings.order_by("-pk")[:1])


def _wait(request: HttpRequest, scored: Round) -> HttpResponse | None:
    """Instead of the answers, as long as somebody could be swayed by them."""
    if not reading.undelivered(scored):
        return None
    context = {"round": scored, "hindrance": reading.hindrance(scored)}
    return render(request, "prioritization/consensus_wait.html", context)


@require_GET
def consensus(request: HttpRequest, pk: int) -> HttpResponse:
    """The ideas of the round, those people are furthest apart about first."""
    scored = _led(request, pk)
    if (wait := _wait(request, scored)) is not None:
        return wait
    competing = scored.entries.competing()
    disputed = competing.disputed()
    disputed_count, all_count = disputed.count(), competing.count()
    only_disputed = request.GET.get("vis") == ONLY_DISPUTED
    listed = (disputed if only_disputed else competing).most_disputed_first()
    paginator = Paginator(listed.for_rows(), PER_PAGE)
    paginator.count = disputed_count if only_disputed else all_count
    page = paginator.get_page(request.GET.get("page"))
    questions = scored.ordered_questions()
    asked = reading.read(scored, page, questions)
    context = {
        "round": scored,
        "meeting": reading.open_meeting(scored),
        "hindrance": reading.hindrance(scored),
        "heading": _heading(disputed_count, all_count),
        "story": reading.consensus_story(scored),
        "page": page,
        "rows": [(entry, asked[entry.pk]) for entry in page],
        "questions": questions,
        "only_disputed": only_disputed,
        "counts": {"all": all_count, "disputed": disputed_count},
    }
    return render(request, "prioritization/consensus.html", context)


def _heading(disputed: int, all_count: int) -> str:
    if not all_count:
        return _("Ingen ideer får poeng i denne runden")
    if not disputed:
        return _("Dere er ganske samstemte om alle ideene")
    if disputed == all_count:
        return _("Dere er uenige om alle ideene")
    return _("Dere er uenige om {disputed} av {ideas}").format(
        disputed=count_word(disputed),
        ideas=ngettext("{count} idé", "{count} ideer", all_count).format(
            count=count_word(all_count)
        ),
    )


@require_POST
def consensus_start(request: HttpRequest, pk: int) -> HttpResponse:
    actions.start_meeting(_led(request, pk), by=request.user)
    messages.success(request, _("Møtet er i gang. Åpne storskjermen, så ser alle det samme."))
    return redirect("prioritization:consensus", pk=pk)


@require_POST
def consensus_end(request: HttpRequest, pk: int) -> HttpResponse:
    actions.end_meeting(_meeting(_led(request, pk)), by=request.user)
    messages.success(request, _("Møtet er avsluttet. Dette ble dere enige om."))
    return redirect("prioritization:consensus-summary", pk=pk)


@require_GET
def consensus_entry(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """One idea: its questions, those people are furthest apart about first."""
    scored = _led(request, pk)
    if (wait := _wait(request, scored)) is not None:
        return wait
    entry = _entry(scored, entry_pk)
    asked = reading.read(scored, [entry], scored.ordered_questions())[entry.pk]
    meeting = reading.open_meeting(scored)
    context = {
        "round": scored,
        "entry": entry,
        "asked": reading.widest_first(asked),
        "recusals": entry.recusals.select_related("person"),
        "meeting": meeting,
        "ballot": reading.hidden_ballot(meeting),
        "next_entry": _after(scored, entry),
    }
    return render(request, "prioritization/consensus_entry.html", context)


def _after(scored: Round, entry: Entry) -> Entry | None:
    """The next in the order of disagreement."""
    order = list(scored.entries.competing().most_disputed_first().values_list("pk", flat=True))
    later = order[order.index(entry.pk) + 1 :]
    return scored.entries.select_related("idea").get(pk=later[0]) if later else None


@require_POST
def consensus_show(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    scored = _led(request, pk)
    entry = _entry(scored, entry_pk)
    actions.show_on_screen(_meeting(scored), entry, by=request.user)
    messages.success(request, _("Ideen er på storskjermen."))
    return redirect("prioritization:consensus-entry", pk=pk, entry_pk=entry_pk)


def consensus_question(
    request: HttpRequest, pk: int, entry_pk: int, question_pk: int
) -> HttpResponse:
    """One question about one idea: all that was said, answering anew, and what is agreed."""
    scored = _led(request, pk)
    if (wait := _wait(request, scored)) is not None:
        return wait
    questions = scored.ordered_questions()
    entry, question = _entry(scored, entry_pk), _question(questions, question_pk)
    if request.htmx and request.method == "GET":
        return _question_now(request, scored, entry, question)
    with transaction.atomic():
        Entry.objects.select_for_update().get(pk=entry.pk)
        stored = entry.final_answers.filter(question=question).select_related("agreed_by").first()
        form = AgreementForm(request.POST or None, stored=stored)
        if form.is_valid():
            return _agree(request, entry, question, form)
    context = _question_context(scored, entry, question)
    asked = reading.widest_first(reading.read(scored, [entry], questions)[entry.pk])
    others = [one for one in asked if one.question != question and one.final is None]
    can_agree = context["meeting"] is not None and not reading.hindrance(scored)
    context |= {
        "form": form if can_agree else None,
        "final": stored,
        "place": [one.question for one in asked].index(question) + 1,
        "total": len(asked),
        "next_question": others[0].question if others else None,
    }
    return render(request, "prioritization/consensus_question.html", context)


def _question_now(
    request: HttpRequest, scored: Round, entry: Entry, question: Question
) -> HttpResponse:
    """What has come since the page was shown, or 204 when nothing has."""
    context = _question_context(scored, entry, question)
    if context["signature"] == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "prioritization/consensus_question.html#live", context)


def _question_context(scored: Round, entry: Entry, question: Question) -> dict[str, Any]:
    meeting = reading.open_meeting(scored)
    ballot = reading.hidden_ballot(meeting)
    is_here = ballot is not None and (ballot.entry_id, ballot.question_id) == (
        entry.pk,
        question.pk,
    )
    return {
        "round": scored,
        "entry": entry,
        "question": question,
        "asked": reading.read(scored, [entry], [question])[entry.pk][0],
        "meeting": meeting,
        "signature": meeting.signature if meeting else "",
        "ballot": ballot if is_here else None,
        "other_ballot": None if is_here else ballot,
        "turnout": reading.turnout(ballot) if ballot and is_here else None,
    }


def _agree(
    request: HttpRequest, entry: Entry, question: Question, form: AgreementForm
) -> HttpResponse:
    before = entry.score
    final = actions.agree(
        entry,
        question,
        level=form.cleaned_data["level"],
        reason=form.cleaned_data["reason"],
        by=request.user,
    )
    messages.success(request, _agreed_words(final, before))
    return redirect("prioritization:consensus-entry", pk=entry.round_id, entry_pk=entry.pk)


def _agreed_words(final: FinalAnswer, before: Any) -> str:
    level = final.get_level_display()
    after = Entry.objects.values_list("score", flat=True).get(pk=final.entry_id)
    if before is None or after is None or before == after:
        return _("Dere er enige om {level}.").format(level=level)
    return _("Dere er enige om {level}. Ideen går fra {before} til {after} poeng.").format(
        level=level, before=number(before, 1), after=number(after, 1)
    )


@require_POST
def consensus_ballot(
    request: HttpRequest, pk: int, entry_pk: int, question_pk: int
) -> HttpResponse:
    scored = _led(request, pk)
    question = _question(scored.ordered_questions(), question_pk)
    actions.open_ballot(_meeting(scored), _entry(scored, entry_pk), question, by=request.user)
    return _back(request, pk, entry_pk, question_pk)


@require_POST
def consensus_reveal(request: HttpRequest, pk: int, ballot_pk: int) -> HttpResponse:
    actions.reveal(_led(request, pk), ballot_id=ballot_pk, by=request.user)
    return _back_to_ballot(request, pk)


@require_POST
def consensus_cancel(request: HttpRequest, pk: int, ballot_pk: int) -> HttpResponse:
    actions.cancel_ballot(_led(request, pk), ballot_id=ballot_pk, by=request.user)
    messages.success(request, _("Spørsmålet er avbrutt. Ingen så svarene."))
    return _back_to_ballot(request, pk)


def _back_to_ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """To the question on the screen, which is the one that was asked."""
    meeting = ConsensusMeeting.objects.filter(round=pk).order_by("-pk").first()
    if meeting is None or meeting.shown_entry_id is None or meeting.shown_question_id is None:
        return redirect("prioritization:consensus", pk=pk)
    return _back(request, pk, meeting.shown_entry_id, meeting.shown_question_id)


def _back(request: HttpRequest, pk: int, entry_pk: int, question_pk: int) -> HttpResponse:
    """To the big screen when the button was pressed there."""
    if request.POST.get("from") == "screen":
        return redirect("prioritization:consensus-screen", pk=pk)
    return redirect(
        "prioritization:consensus-question", pk=pk, entry_pk=entry_pk, question_pk=question_pk
    )


@require_POST
def consensus_mean(request: HttpRequest, pk: int, entry_pk: int, question_pk: int) -> HttpResponse:
    scored = _led(request, pk)
    question = _question(scored.ordered_questions(), question_pk)
    actions.use_mean(_entry(scored, entry_pk), question, seen=_seen(request), by=request.user)
    messages.success(request, _("Det avtalte svaret er tatt bort. Nå teller snittet igjen."))
    return redirect("prioritization:consensus-entry", pk=pk, entry_pk=entry_pk)


def _seen(request: HttpRequest) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(request.POST.get("seen", ""))
    except ValueError:
        return None


@require_GET
def consensus_summary(request: HttpRequest, pk: int) -> HttpResponse:
    """What was agreed, with reasons, for everybody who may see the ranking."""
    rounds = Round.objects.for_page()
    scored = get_permitted(request.user, "prioritization.view_ranking", rounds, pk=pk)
    if not sees_ranking(request.user, scored):
        return render(request, "prioritization/ranking_wait.html", {"round": scored})
    agreed = (
        FinalAnswer.objects.filter(entry__round=scored)
        .select_related("entry__idea", "question", "agreed_by")
        .order_by("entry__idea__code", "entry__pk", "question__criterion__order", "question__pk")
    )
    context = {
        "round": scored,
        "story": reading.consensus_story(scored),
        "page": Paginator(agreed, PER_PAGE).get_page(request.GET.get("page")),
        "can_lead": request.user.has_perm("prioritization.manage_round", scored),
    }
    return render(request, "prioritization/consensus_summary.html", context)
