"""The pages of the one who sent an idea. Whoever has the secret link is the sender."""

import json
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core import rate
from core.abuse import Guard
from core.responses import attachment
from ideas import actions, codes, known
from ideas.forms import AdditionForm, OwnLinkForm, WithdrawForm
from ideas.models import Idea

MOST_LINKS = 3  # to one address in an hour, whoever asks


def _own(token: uuid.UUID) -> Idea:
    return get_object_or_404(Idea.objects.with_thread(), token=token)


@login_not_required
@never_cache
def add(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    idea = _own(token)
    form = AdditionForm(request.POST or None)
    if request.method == "GET":
        actions.refuse_addition(idea)
    if form.is_ready():
        actions.add_words(
            idea,
            text=form.cleaned_data["text"],
            submission_key=form.cleaned_data["submission_key"],
            at=timezone.now(),
        )
        messages.success(request, _("Tillegget er lagret. Teamet leser det sammen med ideen."))
        return redirect("idea-by-token", token=token)
    return render(request, "ideas/own_add.html", {"idea": idea, "form": form})


@login_not_required
@never_cache
def withdraw(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    idea = _own(token)
    form = WithdrawForm(request.POST or None)
    if request.method == "GET":
        actions.refuse_withdrawal(idea)
    elif form.is_valid():
        actions.withdraw(idea, reason=form.cleaned_data["reason"], at=timezone.now())
        messages.success(request, _("Ideen er trukket."))
        return redirect("idea-by-token", token=token)
    return render(request, "ideas/own_withdraw.html", {"idea": idea, "form": form})


@login_not_required
@never_cache
@require_GET
def about(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """What we know about the sender."""
    found = known.about_sender(_own(token))
    return render(request, "ideas/own_about.html", {"idea": found.idea, "known": found})


@login_not_required
@never_cache
@require_GET
def about_file(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    found = known.about_sender(_own(token))
    written = json.dumps(found.as_json(), ensure_ascii=False, indent=2)
    name = f"ide-{found.idea.code}.json"
    return attachment(written.encode(), filename=name, content_type="application/json")


@login_not_required
@never_cache
def delete(request: HttpRequest, token: uuid.UUID, *, everything: bool) -> HttpResponse:
    """Delete the address alone, or all that leads from the idea to its sender."""
    found = known.about_sender(_own(token))
    if request.method == "POST" and everything:
        actions.forget_sender(found.idea)
        return redirect("ideas:own-deleted")
    if request.method == "POST":
        actions.delete_address(found.idea)
        messages.success(request, _("Adressen er slettet. Lenka di virker fortsatt."))
        return redirect("ideas:own-about", token=token)
    context = {"idea": found.idea, "known": found, "everything": everything}
    return render(request, "ideas/own_delete.html", context)


@login_not_required
@require_GET
def deleted(request: HttpRequest) -> HttpResponse:
    return render(request, "ideas/own_deleted.html")


@login_not_required
def lost_link(request: HttpRequest) -> HttpResponse:
    """Mail the link to the address that was left. The answer is the same when it was another."""
    guard = Guard(request, "link")
    form = OwnLinkForm(
        request.POST or None, guard=guard, initial={"code": request.GET.get("kode", "")}
    )
    if form.is_valid():
        guard.count()
        _send_link(form.cleaned_data["code"], form.cleaned_data["email"])
        return redirect("ideas:lost-link-sent")
    return render(request, "ideas/lost_link.html", {"form": form})


def _send_link(code: str, email: str) -> None:
    asked_for = email.casefold()
    if rate.now("link-to", asked_for).from_address >= MOST_LINKS:
        return
    rate.add("link-to", asked_for)
    idea = Idea.objects.filter(code=codes.normalise(code)).first()
    if idea is not None:
        actions.send_own_link(idea, email=email)


@login_not_required
@require_GET
def lost_link_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "ideas/lost_link_sent.html")
