"""What becomes of an idea that does not go to screening, and the ideas that wait for an outcome."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import get_permitted, require_perm
from ideas import actions, inbox_filter, notifications
from ideas.forms import OUTCOME_FORMS, ReasonForm
from ideas.models import Idea
from municipality.models import AnnualCycle

PER_PAGE = 50


def idea_outcome(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Fill in, read the mail as it will be sent, and send."""
    if kind not in OUTCOME_FORMS:
        raise Http404
    idea = get_permitted(
        request.user, "ideas.handle_idea", Idea.objects.select_related("sector"), code=code
    )
    form = OUTCOME_FORMS[kind](request.POST or None)
    context: dict[str, Any] = {"idea": idea, "form": form, "kind": kind}
    if form.is_valid() and "edit" not in request.POST:
        if "confirm" in request.POST:
            form.act(by=request.user, at=timezone.now())(idea)
            messages.success(
                request,
                _("«{title}» er nå «{status}». Innsenderen får vite hvorfor.").format(
                    title=idea.title, status=idea.status_words
                ),
            )
            return redirect("ideas:handle", code=idea.code)
        context["preview"] = _preview(idea, form)
    return render(request, "ideas/idea_outcome.html", context)


def _preview(idea: Idea, form: Any) -> notifications.Preview:
    """The mail, written for the idea as it will be. Nothing of it is saved."""
    form.foreshadow(idea)
    letter = notifications.status_letter(idea, reason=form.cleaned_data["reason"])
    return notifications.preview(idea, letter)


def idea_reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Undo an outcome: the idea is back in the inbox, and its sender is told why."""
    idea = get_permitted(request.user, "ideas.handle_idea", Idea, code=code)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.reopen(idea, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, _("«{title}» er tilbake i innboksen.").format(title=idea.title))
        return redirect("ideas:handle", code=idea.code)
    return render(request, "ideas/idea_reopen.html", {"idea": idea, "form": form})


@require_GET
def without_outcome(request: HttpRequest) -> HttpResponse:
    """What keeps a year from being closed, and where each idea stands."""
    require_perm(request.user, "ideas.use_inbox")
    cycles = list(AnnualCycle.objects.order_by("-year"))
    cycle = _chosen(cycles, request.GET.get("ar"))
    waiting = inbox_filter.of(request.user).without_outcome().filter(cycle=cycle)
    ordered = waiting.select_related("sector").order_by("status", "answer_due_on", "pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    context = {"cycle": cycle, "cycles": cycles, "page": page, "ideas": page.object_list}
    return render(request, "ideas/inbox_without_outcome.html", context)


def _chosen(cycles: list[AnnualCycle], year: str | None) -> AnnualCycle | None:
    if year is None:
        return next((cycle for cycle in cycles if cycle.is_current), None)
    found = next((cycle for cycle in cycles if str(cycle.year) == year), None)
    if found is None:
        raise Http404
    return found
