"""A person's own views of the portfolio: filters with a name."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import get_permitted, require_perm
from projects.forms.portfolio import SavedViewForm, ViewNameForm
from projects.models import SavedView
from projects.views.portfolio import asked_filters


def saved_views(request: HttpRequest) -> HttpResponse:
    """The views that are kept, or the form to keep the one that was on the screen."""
    require_perm(request.user, "projects.view_portfolio")
    form = SavedViewForm(request.POST or None, initial={"query": asked_filters(request)})
    if form.is_valid():
        name, query = form.cleaned_data["name"], form.cleaned_data["query"]
        SavedView.objects.update_or_create(
            person=request.user, name=name, defaults={"query": query}
        )
        messages.success(request, _("Visningen er lagret som «{name}».").format(name=name))
        return redirect(f"{reverse('portfolio:table')}?{query}")
    context = {
        "form": form,
        "is_new": request.method == "POST" or bool(request.GET),
        "saved": SavedView.objects.filter(person=request.user),
    }
    return render(request, "projects/portfolio_views.html", context)


def saved_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one's own view a new name, or delete it."""
    saved = get_permitted(request.user, "projects.change_saved_view", SavedView, pk=pk)
    if "delete" in request.POST:
        saved.delete()
        messages.success(request, _("«{name}» er slettet.").format(name=saved.name))
        return redirect("portfolio:views")
    form = ViewNameForm(request.POST or None, instance=saved)
    if form.is_valid():
        form.save()
        messages.success(request, _("Visningen heter nå «{name}».").format(name=saved.name))
        return redirect("portfolio:views")
    return render(request, "projects/portfolio_view.html", {"form": form})
