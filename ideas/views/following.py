"""Following an idea by e-mail."""

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
from ideas import actions
from ideas.forms import SubscribeForm
from ideas.models import Idea, Subscription

MOST_MAILS = 5  # asking for confirmation, to one address in an hour, whoever asks


@login_not_required
def subscribe(request: HttpRequest, code: str) -> HttpResponse:
    """Ask to follow. The answer does not tell whether the address follows already."""
    idea = get_object_or_404(Idea.objects.published(), code=code)
    guard = Guard(request, "follow")
    known = request.user.email if request.user.is_authenticated else ""
    form = SubscribeForm(request.POST or None, guard=guard, initial={"email": known})
    if form.is_valid():
        guard.count()
        _ask(idea, form.cleaned_data["email"])
        return redirect("ideas:subscribe-sent", code=code)
    return render(request, "ideas/subscribe.html", {"idea": idea, "form": form})


def _ask(idea: Idea, email: str) -> None:
    asked_for = email.casefold()
    if rate.now("follow-to", asked_for).from_address >= MOST_MAILS:
        return
    rate.add("follow-to", asked_for)
    actions.ask_to_follow(idea, email=email, at=timezone.now())


@login_not_required
@require_GET
def subscribe_sent(request: HttpRequest, code: str) -> HttpResponse:
    idea = get_object_or_404(Idea.objects.published(), code=code)
    context = {"idea": idea, "days": Subscription.CONFIRM_DAYS}
    return render(request, "ideas/subscribe_sent.html", context)


@login_not_required
@never_cache
def subscription(request: HttpRequest, token: str) -> HttpResponse:
    """Where the links in the mails lead. A button does it: mail programs open links by themselves.

    The link of one that has ended, or was never confirmed in time, tells how to follow again.
    """
    found = Subscription.objects.select_related("idea").filter(token=token).first()
    if found is None:
        return render(request, "ideas/subscription_ended.html", status=404)
    if request.method == "POST":
        if "stop" in request.POST:
            actions.stop_following(found)
            messages.success(request, _("Du følger ikke lenger ideen. Adressen er slettet."))
            return redirect("idea", code=found.idea.code)
        actions.confirm_following(found, at=timezone.now())
        messages.success(request, _("Du følger nå ideen. Vi sier fra når det skjer noe."))
        return redirect("idea", code=found.idea.code)
    idea = found.idea
    title = idea.title if idea.is_published else ""
    context = {"subscription": found, "idea": idea, "title": title}
    return render(request, "ideas/subscription.html", context)
