from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import get_permitted, require_perm
from ideas import actions
from ideas.forms import HandleForm, ReasonForm
from ideas.models import Idea

PER_PAGE = 25


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, "ideas.use_inbox")
    waiting = Idea.objects.in_inbox().select_related("sector")
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "ideas": page.object_list,
        "returned": Idea.objects.returned().select_related("sector")[:PER_PAGE],
        "today": timezone.localdate(),
    }
    return render(request, "ideas/inbox.html", context)


@transaction.atomic
def idea_handle(request: HttpRequest, code: str) -> HttpResponse:
    idea = get_permitted(request.user, "ideas.handle_idea", Idea.objects.for_handling(), code=code)
    form = HandleForm(request.POST or None, instance=idea)
    if form.is_valid():
        actions.handle(
            idea,
            goals=form.cleaned_data["goals"],
            publish=form.cleaned_data["publish"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Lagret."))
        return redirect("ideas:handle", code=idea.code)
    context = {"idea": idea, "form": form, "today": timezone.localdate()}
    return render(request, "ideas/idea_handle.html", context)


def idea_forward(request: HttpRequest, code: str) -> HttpResponse:
    """Pass an idea on to prioritisation, with a reason."""
    idea = get_permitted(request.user, "ideas.handle_idea", Idea, code=code)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.forward(idea, reason=reason, by=request.user, at=timezone.now())
        messages.success(
            request, _("«{title}» er sendt videre til prioritering.").format(title=idea.title)
        )
        return redirect("ideas:inbox")
    return render(request, "ideas/idea_forward.html", {"idea": idea, "form": form})


def idea_take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Undo a passing on, before anybody has scored the idea."""
    idea = get_permitted(request.user, "ideas.handle_idea", Idea, code=code)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.take_back(idea, reason=reason, by=request.user, at=timezone.now())
        messages.success(
            request, _("«{title}» er tatt tilbake til innboksen.").format(title=idea.title)
        )
        return redirect("ideas:handle", code=idea.code)
    return render(request, "ideas/idea_take_back.html", {"idea": idea, "form": form})
