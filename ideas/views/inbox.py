"""The inbox: whose promised answers are due, searches to come back to, and many ideas at once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from core.access import get_permitted, require_perm
from ideas import actions, inbox_filter
from ideas.forms import BULK_FORMS, TAGS_LIST, ChosenForm, RenameForm, SavedFilterForm
from ideas.models import Idea, IdeaQuerySet, SavedFilter, Tag
from ideas.rules import sectors_of

PER_PAGE = 25


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, "ideas.use_inbox")
    today = timezone.localdate()
    tabs = inbox_filter.Tabs(request.user, inbox_filter.of(request.user), request.GET.get("tab"))
    found = inbox_filter.InboxFilter(
        request.GET, queryset=tabs.ideas.select_related("sector"), on=today
    )
    page = Paginator(found.qs.prefetch_related("tags"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs,
        "filter": found,
        "page": page,
        "ideas": page.object_list,
        "saved": SavedFilter.objects.filter(user=request.user),
        "asked": request.GET.urlencode(),
        "bulk": [(key, form.heading) for key, form in BULK_FORMS.items()],
        "handles_all": request.user.has_perm("ideas.handle_all_ideas"),
        "own_sectors": sectors_of(request.user),
        "today": today,
    }
    template = "ideas/inbox.html#rows" if request.htmx else "ideas/inbox.html"
    return render(request, template, context)


def saved_filters(request: HttpRequest) -> HttpResponse:
    """The person's own searches: keep one more, or see those that are kept."""
    require_perm(request.user, "ideas.use_inbox")
    given = request.POST or None
    form = SavedFilterForm(given, initial={"query": request.GET.urlencode()})
    if form.is_valid():
        name, query = form.cleaned_data["name"], form.cleaned_data["query"]
        SavedFilter.objects.update_or_create(
            user=request.user, name=name, defaults={"query": query}
        )
        messages.success(request, _("Søket er lagret som «{name}».").format(name=name))
        return redirect(f"{reverse('ideas:inbox')}?{query}")
    context = {
        "form": form,
        "is_new": request.method == "POST" or bool(request.GET),
        "saved": SavedFilter.objects.filter(user=request.user),
    }
    return render(request, "ideas/inbox_saved.html", context)


def saved_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one's own search a new name, or delete it."""
    saved = get_permitted(request.user, "ideas.change_saved_filter", SavedFilter, pk=pk)
    if "delete" in request.POST:
        saved.delete()
        messages.success(request, _("«{name}» er slettet.").format(name=saved.name))
        return redirect("ideas:saved-filters")
    form = RenameForm(request.POST or None, instance=saved)
    if form.is_valid():
        form.save()
        messages.success(request, _("Søket heter nå «{name}».").format(name=saved.name))
        return redirect("ideas:saved-filters")
    return render(request, "ideas/inbox_saved_one.html", {"form": form})


@require_GET
def bulk_choose(request: HttpRequest) -> HttpResponse:
    """From what is ticked in the inbox to the page of what is to be done with it."""
    require_perm(request.user, "ideas.use_inbox")
    form = ChosenForm(request.GET)
    form.fields["idea"].queryset = inbox_filter.of(request.user)
    if not form.is_valid():
        for error in [message for found in form.errors.values() for message in found]:
            messages.error(request, error)
        return redirect("ideas:inbox")
    codes = ",".join(idea.code for idea in form.cleaned_data["idea"])
    return redirect("ideas:bulk", act=form.cleaned_data["act"], codes=codes)


def bulk(request: HttpRequest, act: str, codes: str) -> HttpResponse:
    """Fill in once, see with which ideas it can be done, and do it with each."""
    require_perm(request.user, "ideas.use_inbox")
    if act not in BULK_FORMS:
        raise Http404
    ideas = _chosen(request, codes.split(","))
    form = BULK_FORMS[act](request.POST or None)
    is_filled = request.method == "POST" and form.is_valid() and "edit" not in request.POST
    context: dict[str, Any] = {
        "ideas": ideas,
        "form": form,
        "tags": Tag.objects.all(),
        "tags_list": TAGS_LIST,
    }
    if is_filled and "confirm" in request.POST:
        done = actions.do_with_each(ideas, form.act(by=request.user, at=timezone.now()))
        if not done.refused:
            messages.success(request, _done_in_words(len(done.with_ideas)))
            return redirect("ideas:inbox")
        return render(request, "ideas/inbox_bulk_done.html", {**context, "done": done})
    if is_filled:
        act_on = form.act(by=request.user, at=timezone.now())
        context["rehearsal"] = actions.rehearse(ideas, act_on)
    return render(request, "ideas/inbox_bulk.html", context)


def _done_in_words(count: int) -> str:
    return ngettext("Gjort med {count} idé.", "Gjort med {count} ideer.", count).format(count=count)


def _chosen(request: HttpRequest, codes: list[str]) -> list[Idea]:
    """The ticked ideas, all of which the person must answer for."""
    chosen: IdeaQuerySet = inbox_filter.of(request.user).filter(code__in=codes)
    ideas = list(chosen.select_related("sector").order_by("answer_due_on", "pk"))
    if not ideas:
        raise Http404
    if not request.user.has_perm("ideas.handle_all_ideas"):
        own = sectors_of(request.user)
        if any(idea.sector_id not in own for idea in ideas):
            raise PermissionDenied
    return ideas
