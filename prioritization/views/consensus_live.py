"""The consensus meeting in the room: the big screen without names, and the scorers' phones."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from core.access import get_permitted
from prioritization import actions
from prioritization import consensus as reading
from prioritization.forms import BallotForm
from prioritization.models import (
    Ballot,
    BallotAnswer,
    ConsensusMeeting,
    Participation,
    Round,
    Score,
)
from workshops.qr import qr_svg

NO_CHANGE = 204  # htmx then leaves the page as it is


@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """The short address on the screen: to the meeting that the person answers in."""
    meetings = ConsensusMeeting.objects.open().filter(round__participations__user=request.user)
    meeting = meetings.order_by("-pk").first()
    if meeting is None:
        return render(request, "prioritization/consensus_none.html")
    return redirect("prioritization:consensus-answer", pk=meeting.round_id)


@require_GET
def consensus_screen(request: HttpRequest, pk: int) -> HttpResponse:
    """The big screen. It asks for itself again and again, and gets 204 until something happens."""
    rounds = Round.objects.for_page()
    scored = get_permitted(request.user, "prioritization.view_consensus", rounds, pk=pk)
    meeting = _going_on(scored)
    signature = meeting.signature if meeting else "-"
    if request.htmx and request.GET.get("seen") == signature:
        return HttpResponse(status=NO_CHANGE)
    template = "prioritization/consensus_screen.html" + ("#live" if request.htmx else "")
    context = _on_screen(request, scored, meeting) | {"signature": signature}
    return render(request, template, context)


def _on_screen(
    request: HttpRequest, scored: Round, meeting: ConsensusMeeting | None
) -> dict[str, Any]:
    entry = meeting.shown_entry if meeting else None
    question = meeting.shown_question if meeting else None
    ballot = reading.hidden_ballot(meeting)
    asked = reading.read(scored, [entry], scored.ordered_questions())[entry.pk] if entry else []
    address = request.build_absolute_uri(reverse("consensus-enter"))
    return {
        "round": scored,
        "meeting": meeting,
        "entry": entry,
        "question": question,
        "shown": next((one for one in asked if one.question == question), None),
        "asked": reading.widest_first(asked),
        "ballot": ballot,
        "turnout": reading.turnout(ballot) if ballot else None,
        "story": None if meeting else reading.consensus_story(scored),
        "qr": qr_svg(address) if meeting else "",
        "leads": request.user.has_perm("prioritization.manage_round", scored),
    }


def consensus_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The phone: the question now, or that the next one will come."""
    rounds = Round.objects.for_page()
    scored = get_permitted(request.user, "prioritization.score_round", rounds, pk=pk)
    form = BallotForm(request.POST or None)
    if form.is_valid():
        actions.answer_ballot(
            scored,
            ballot_id=_ballot_id(request),
            level=form.cleaned_data["level"],
            by=request.user,
        )
        if not request.htmx:
            return redirect(request.path)
    meeting = _going_on(scored)
    step = _step(request, meeting)
    if request.htmx and request.method == "GET" and request.GET.get("seen") == step:
        return HttpResponse(status=NO_CHANGE)
    context = _on_phone(request, scored, meeting) | {"step": step}
    if form.is_bound and not form.is_valid():
        context["form"] = form
    template = "prioritization/consensus_answer.html" + ("#now" if request.htmx else "")
    return render(request, template, context)


def _going_on(scored: Round) -> ConsensusMeeting | None:
    """None also when somebody has got their answers back, and must not be swayed."""
    return None if reading.undelivered(scored) else reading.open_meeting(scored)


def _step(request: HttpRequest, meeting: ConsensusMeeting | None) -> str:
    """What the phone shows: another one as soon as it should show something else."""
    if meeting is None:
        return "-"
    own = BallotAnswer.objects.filter(ballot=meeting.newest_ballot, scorer=request.user)
    return f"{meeting.step}-{own.values_list('level', flat=True).first()}"


def _ballot_id(request: HttpRequest) -> int:
    sent = request.POST.get("ballot", "")
    return int(sent) if sent.isdecimal() else 0


def _on_phone(
    request: HttpRequest, scored: Round, meeting: ConsensusMeeting | None
) -> dict[str, Any]:
    ballot = reading.ballot_on_screen(meeting)
    context: dict[str, Any] = {
        "round": scored,
        "meeting": meeting,
        "ballot": ballot,
    }
    if ballot is None:
        return context
    own = ballot.answers.filter(scorer=request.user).first()
    context |= {
        "own": own,
        "before": _before(ballot, request),
        "form": BallotForm(initial={"level": own.level if own else None}),
        "recusal": ballot.entry.recusals.filter(person=request.user).first(),
        "part": Participation.objects.select_related("user", "sector").get(
            round=scored, user=request.user
        ),
    }
    if ballot.is_revealed:
        asked = reading.read(scored, [ballot.entry], [ballot.question])[ballot.entry_id]
        context["shown"] = asked[0]
    return context


def _before(ballot: Ballot, request: HttpRequest) -> Score | None:
    """What the person had answered before the meeting."""
    return Score.objects.filter(
        entry=ballot.entry_id, question=ballot.question_id, scorer=request.user
    ).first()
