"""The phones in the room: no account and no name, only a key in a cookie."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import rate
from core.errors import ActionRefused
from workshops import actions, codes, wall
from workshops.forms import CodeForm, NoteChangeForm, NoteForm, VoteForm
from workshops.models import Note, Participant, Phase, Vote, Workshop
from workshops.views.live import answer_unless_known, room_address

COOKIE = "verksted"
# Counted per address and hour. A town hall shares one address.
WRONG_CODE = "workshop code"
MOST_WRONG_CODES = 200
JOINED = "workshop join"
MOST_JOINED = 500
COOKIE_AGE = dt.timedelta(days=Participant.KEPT_DAYS)


@login_not_required
def enter_code(request: HttpRequest) -> HttpResponse:
    """Where the short address on the wall leads those who cannot scan."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        if _find(request, code) is not None:
            return redirect("workshops:room", code)
        form.add_error("code", _("Ingen verksteder har koden {code}.").format(code=code))
    return render(request, "workshops/enter.html", {"form": form})


def _find(request: HttpRequest, code: str) -> Workshop | None:
    """What the code leads to. Who has tried very many wrong ones must wait."""
    address = rate.address_of(request)
    if rate.now(WRONG_CODE, address).from_address >= MOST_WRONG_CODES:
        raise ActionRefused(_("Det er prøvd mange feil koder herfra. Vent en time, og prøv igjen."))
    workshop = _workshop(code)
    if workshop is None:
        rate.add(WRONG_CODE, address)
    return workshop


def _workshop(code: str) -> Workshop | None:
    return Workshop.objects.for_room().with_code(code).first()


def _known(request: HttpRequest, workshop: Workshop) -> Participant | None:
    key = request.COOKIES.get(COOKIE)
    if not key:
        return None
    return workshop.participants.filter(key_hash=codes.fingerprint(key)).first()


def in_the_room(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the workshop and the participant. Who has not joined is sent to the door."""

    @login_not_required
    @wraps(view)
    def inner(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
        workshop = _workshop(code)
        if workshop is None:
            raise Http404
        participant = _known(request, workshop)
        if participant is None:
            return redirect("workshops:room", code)
        participant.workshop = workshop
        return view(request, workshop, participant, **more)

    return inner


@login_not_required
@require_GET
def room(request: HttpRequest, code: str) -> HttpResponse:
    """What there is to do now: the door for those who have not joined."""
    workshop = _workshop(code)
    participant = _known(request, workshop) if workshop else None
    if workshop is None or participant is None:
        return _door(request, code)
    return _show_room(request, workshop, participant)


def _door(request: HttpRequest, code: str) -> HttpResponse:
    workshop = _find(request, codes.normalise(code))
    if workshop is None:
        return render(
            request, "workshops/enter.html", {"form": CodeForm(), "wrong": code}, status=404
        )
    return render(request, "workshops/door.html", {"workshop": workshop})


def _show_room(
    request: HttpRequest,
    workshop: Workshop,
    participant: Participant,
    form: NoteForm | None = None,
) -> HttpResponse:
    question = workshop.current_question if workshop.is_open else None
    context = {
        "workshop": workshop,
        "question": question,
        "seconds_left": wall.seconds_left(workshop, at=timezone.now()),
        "mine": _own_notes(participant, question),
        "chosen": workshop.chosen.select_related("idea") if workshop.is_ended else None,
    }
    if question and question.takes_notes:
        context["form"] = form or NoteForm(initial={"question": question.pk})
    if question and question.takes_votes:
        context |= _ballot(workshop, participant)
    if question and question.phase == Phase.CHOOSE:
        context["ranked"] = question.notes.shown().with_dots().order_by("-dots", "pk")[:5]
    template = "workshops/room.html#now" if request.htmx else "workshops/room.html"
    return render(request, template, context)


def _own_notes(participant: Participant, question: Any) -> Any:
    return participant.notes.filter(question=question).newest_first() if question else []


def _ballot(workshop: Workshop, participant: Participant) -> dict[str, Any]:
    """The columns, each note with the person's own dots on it, and how many they have left."""
    question = workshop.current_question
    votes = Vote.objects.filter(participant=participant, note__question=question)
    mine = dict(votes.values_list("note_id", "dots"))
    columns = [column for column in wall.columns(question) if column.notes]
    for column in columns:
        for note in column.notes:
            note.my_dots = mine.get(note.pk, 0)
    left = max(0, workshop.votes_each - sum(mine.values()))
    return {
        "columns": columns,
        "votes_left": left,
        "dots_left": range(left),
        "dots_used": range(workshop.votes_each - left),
    }


@login_not_required
@require_POST
def room_join(request: HttpRequest, code: str) -> HttpResponse:
    workshop = _workshop(code)
    if workshop is None:
        raise Http404
    address = rate.address_of(request)
    if rate.now(JOINED, address).from_address >= MOST_JOINED:
        raise ActionRefused(_("Svært mange har blitt med herfra. Si fra til den som leder."))
    rate.add(JOINED, address)
    key = request.COOKIES.get(COOKIE) or codes.new_key()
    actions.join(workshop, key=key, at=timezone.now())
    response = redirect("workshops:room", code)
    response.set_cookie(
        COOKIE,
        key,
        max_age=COOKIE_AGE,
        path=reverse("workshops:enter"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@login_not_required
@require_GET
def room_now(request: HttpRequest, code: str) -> HttpResponse:
    """Which step the room has come to. One short query: every phone asks every other second."""
    step = Workshop.objects.with_code(code).values_list("step", flat=True).first()
    if step is None:
        raise Http404
    etag = f'"{step}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = JsonResponse({"step": step})
        response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


@in_the_room
@require_POST
def note_hang_up(
    request: HttpRequest, workshop: Workshop, participant: Participant
) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _show_room(request, workshop, participant, form)
    actions.hang_up(
        participant,
        text=form.cleaned_data["text"],
        submission_key=form.cleaned_data["submission_key"],
        question_id=form.cleaned_data["question"],
        at=timezone.now(),
    )
    return redirect("workshops:room", workshop.code)


def _own(participant: Participant, note_pk: int) -> Note:
    return get_object_or_404(Note, pk=note_pk, participant=participant)


@in_the_room
def note_change(
    request: HttpRequest, workshop: Workshop, participant: Participant, note_pk: int
) -> HttpResponse:
    note = _own(participant, note_pk)
    form = NoteChangeForm(request.POST or None, initial={"text": note.text})
    if form.is_valid():
        actions.change_note(note, text=form.cleaned_data["text"], by=participant)
        return redirect("workshops:room", workshop.code)
    context = {"workshop": workshop, "form": form, "note": note}
    return render(request, "workshops/note_change.html", context)


@in_the_room
@require_POST
def note_take_down(
    request: HttpRequest, workshop: Workshop, participant: Participant, note_pk: int
) -> HttpResponse:
    actions.take_down(_own(participant, note_pk), by=participant)
    return redirect("workshops:room", workshop.code)


@in_the_room
@require_POST
def note_vote(
    request: HttpRequest, workshop: Workshop, participant: Participant, note_pk: int
) -> HttpResponse:
    note = get_object_or_404(Note, pk=note_pk, question__workshop=workshop)
    form = VoteForm(request.POST)
    if form.is_valid():
        actions.put_dots(note, dots=form.cleaned_data["dots"], by=participant, at=timezone.now())
    return redirect(f"{reverse('workshops:room', args=[workshop.code])}#lapp-{note.pk}")


@in_the_room
@require_GET
def room_wall(request: HttpRequest, workshop: Workshop, participant: Participant) -> HttpResponse:
    """The wall, for those who follow from somewhere else or cannot see the screen."""
    context = {
        **wall.context(workshop, at=timezone.now()),
        "address": room_address(request, workshop),
        "leads": False,
        "live_url": ""
        if workshop.is_ended
        else reverse("workshops:room-wall-now", args=[workshop.code]),
    }
    return render(request, "workshops/wall.html", context)


@in_the_room
@require_GET
def room_wall_now(
    request: HttpRequest, workshop: Workshop, participant: Participant
) -> HttpResponse:
    return answer_unless_known(request, workshop)
