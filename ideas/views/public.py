from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.long_lists import LongPaginator
from ideas import codes
from ideas.filters import IdeaFilter
from ideas.forms import FollowForm
from ideas.models import Idea

PER_PAGE = 25


@login_not_required
@require_GET
def idea_list(request: HttpRequest) -> HttpResponse:
    published = Idea.objects.published().select_related("sector")
    found = IdeaFilter(request.GET, queryset=published)
    page = LongPaginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "ideas": page.object_list,
        "chosen": list(found.chosen()),
    }
    template = "ideas/idea_list.html#rows" if request.htmx else "ideas/idea_list.html"
    return render(request, template, context)


@login_not_required
@require_GET
def idea_follow(request: HttpRequest) -> HttpResponse:
    form = FollowForm(request.GET or None)
    if form.is_valid():
        code = codes.normalise(form.cleaned_data["code"])
        if Idea.objects.filter(code=code).exists():
            return redirect("idea", code=code)
        form.add_error("code", _("Vi finner ingen idé med koden {code}.").format(code=code))
    return render(request, "ideas/idea_follow.html", {"form": form})
