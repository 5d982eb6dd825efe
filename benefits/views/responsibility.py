from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from benefits import actions
from benefits.forms.responsibility import DeclineForm, HandOverForm
from benefits.models import Benefit
from core.access import get_permitted


def responsibility(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it, give it to somebody, or answer when asked: who answers after the project."""
    benefits = Benefit.objects.select_related("project__owner", "responsible")
    benefit = get_permitted(request.user, "benefits.answer_for_benefit", benefits, pk=pk)
    choice = request.POST.get("choice", "")
    is_owner = request.user.has_perm("benefits.hand_over_benefit", benefit)
    give = HandOverForm(request.POST if choice == "give" else None, benefit=benefit)
    decline = DeclineForm(request.POST if choice == "decline" else None)
    done = _answer_for(benefit, choice, give if is_owner else None, decline, by=request.user)
    if done:
        messages.success(request, done)
        inside = request.user.has_perm("projects.view_project_inside", benefit.project)
        return redirect("projects:handover", pk=benefit.project_id) if inside else redirect(benefit)
    context = {
        "benefit": benefit,
        "project": benefit.project,
        "is_owner": is_owner,
        "is_asked": benefit.responsible == request.user
        and benefit.responsibility_accepted_at is None,
        "give": give,
        "decline": decline,
    }
    return render(request, "benefits/responsibility.html", context)


def _answer_for(
    benefit: Benefit, choice: str, give: HandOverForm | None, decline: DeclineForm, *, by: Any
) -> str:
    """Do what was chosen, and say so. Nothing when there was no choice, or a form has faults."""
    if choice == "take":
        actions.take_responsibility(benefit, by=by, at=timezone.now())
        return _("Du har ansvaret for «{name}».").format(name=benefit)
    if choice == "give" and give is not None and give.is_valid():
        to = give.cleaned_data["to"]
        actions.hand_over(benefit, to=to, by=by, at=timezone.now())
        return _("{who} er spurt, og får e-post.").format(who=to)
    if choice == "decline" and decline.is_valid():
        actions.decline_responsibility(benefit, reason=decline.cleaned_data["reason"], by=by)
        return _("Takk for svaret. Prosjekteieren har fått beskjed.")
    return ""
