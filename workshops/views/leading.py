"""The one who leads: the board with its buttons, and the wall for the room."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.access import get_permitted
from workshops import actions, wall
from workshops.forms import ClusterForm, TimerForm
from workshops.models import Note, Phase, Question, Workshop, WorkshopStatus
from workshops.qr import qr_svg
from workshops.results import outcomes
from workshops.views.live import answer_unless_known, room_address

USUAL_MINUTES = 8


def led(request: HttpRequest, pk: int) -> Workshop:
    return get_permitted(
        request.user, "workshops.lead_workshop", Workshop.objects.for_room(), pk=pk
    )


@require_GET
def workshop_lead(request: HttpRequest, pk: int) -> HttpResponse:
    """The board. Before it begins: the plan and how to join. When it has ended: what came of it."""
    workshop = led(request, pk)
    if request.htmx:
        return render(request, "workshops/workshop_lead.html#board", _board(workshop))
    context = {
        **_board(workshop),
        "questions": workshop.questions.order_by("order"),
        "address": room_address(request, workshop),
        "people_count": workshop.participants.count(),
        "seconds_left": wall.seconds_left(workshop, at=timezone.now()),
        "minutes": workshop.minutes or USUAL_MINUTES,
        "phases": Phase,
    }
    if workshop.is_ended:
        context["outcomes"] = outcomes(workshop, with_hidden=True)
        return render(request, "workshops/workshop_ended.html", context)
    return render(request, "workshops/workshop_lead.html", context)


def _board(workshop: Workshop) -> dict[str, Any]:
    question = workshop.current_question
    columns = wall.columns(question, with_hidden=True) if question and workshop.is_going_on else []
    return {
        "workshop": workshop,
        "question": question,
        "columns": columns,
        "cluster_count": sum(1 for column in columns if column.cluster),
        "can_sort": bool(question and question.takes_sorting and workshop.is_open),
        "cluster_form": ClusterForm(),
        "is_last_question": question is not None
        and not workshop.questions.filter(order__gt=question.order).exists(),
    }


@require_POST
def workshop_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Open, pause, go on: by what the button says."""
    workshop = led(request, pk)
    wanted = request.POST.get("to")
    if wanted == "pause":
        actions.pause(workshop, by=request.user)
        messages.success(request, _("Verkstedet har pause."))
    elif workshop.is_paused:
        actions.go_on(workshop, by=request.user)
        messages.success(request, _("Verkstedet går videre."))
    else:
        actions.open_room(workshop, by=request.user, at=timezone.now())
        messages.success(request, _("Verkstedet er åpent. Vis veggen på storskjermen."))
    return redirect(workshop)


def workshop_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: an ended workshop cannot be opened again."""
    workshop = led(request, pk)
    if request.method == "POST":
        actions.end(workshop, by=request.user, at=timezone.now())
        messages.success(request, _("Verkstedet er avsluttet. Alt er tatt vare på."))
        return redirect(workshop)
    if not workshop.can_move_to(WorkshopStatus.ENDED):
        return redirect(workshop)
    return render(request, "workshops/workshop_end.html", {"workshop": workshop})


@require_POST
def workshop_phase(request: HttpRequest, pk: int) -> HttpResponse:
    workshop = led(request, pk)
    question = _question_seen(request, workshop)
    phase = Phase(request.POST["to"]) if request.POST.get("to") in Phase.values else question.phase
    actions.move_to_phase(workshop, phase, question=question, by=request.user)
    return _back(request, workshop)


@require_POST
def workshop_next(request: HttpRequest, pk: int) -> HttpResponse:
    workshop = led(request, pk)
    question = _question_seen(request, workshop)
    actions.next_question(workshop, question=question, by=request.user)
    return _back(request, workshop)


def _question_seen(request: HttpRequest, workshop: Workshop) -> Question:
    """The question the button stood under."""
    seen = request.POST.get("question", "")
    return get_object_or_404(workshop.questions, pk=int(seen) if seen.isdecimal() else 0)


def _back(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """To the wall when the button was pressed there."""
    if request.POST.get("from") == "wall":
        return redirect("workshops:wall", workshop.pk)
    return redirect(workshop)


@require_POST
def workshop_timer(request: HttpRequest, pk: int) -> HttpResponse:
    workshop = led(request, pk)
    if request.POST.get("act") == "stop":
        actions.stop_timer(workshop)
        return redirect(workshop)
    form = TimerForm(request.POST)
    if form.is_valid():
        actions.start_timer(workshop, minutes=form.cleaned_data["minutes"], at=timezone.now())
    else:
        messages.error(request, _("Klokka kan gå fra 1 til 180 minutter."))
    return redirect(workshop)


@require_POST
def note_show(request: HttpRequest, pk: int, note_pk: int) -> HttpResponse:
    """Hide a note from the wall, or show it again."""
    workshop = led(request, pk)
    note = note_in(workshop, note_pk)
    if request.POST.get("act") == "restore":
        actions.restore(note, by=request.user)
    else:
        actions.hide(note, by=request.user, at=timezone.now())
    return redirect(workshop)


def note_in(workshop: Workshop, note_pk: int) -> Note:
    found = Note.objects.select_related("question__workshop")
    return get_object_or_404(found, pk=note_pk, question__workshop=workshop)


@require_GET
def workshop_wall(request: HttpRequest, pk: int) -> HttpResponse:
    """The big screen. When it has ended: the wall as it was for any of its questions."""
    workshop = led(request, pk)
    asked = request.GET.get("question", "")
    seen = None
    if workshop.is_ended and asked.isdecimal():
        seen = workshop.questions.filter(pk=asked).first()
    address = room_address(request, workshop)
    context = {
        **wall.context(workshop, at=timezone.now(), question=seen),
        "address": address,
        "qr": qr_svg(address),
        "leads": True,
        "live_url": "" if workshop.is_ended else reverse("workshops:wall-now", args=[workshop.pk]),
        "is_last_question": workshop.current_question is not None
        and not workshop.questions.filter(order__gt=workshop.current_question.order).exists(),
    }
    return render(request, "workshops/wall.html", context)


@require_GET
def workshop_wall_now(request: HttpRequest, pk: int) -> HttpResponse:
    return answer_unless_known(request, led(request, pk))
