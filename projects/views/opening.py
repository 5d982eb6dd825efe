"""The page for everybody: its text is written and looked at, then opened and closed again."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import get_permitted
from projects import actions
from projects.forms import PublicTextForm
from projects.models import Project
from projects.public_page import public_page

EDIT = "projects.edit_project"
LOOK = "look"


@transaction.atomic
def public_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the text and see the page as everybody will. «Se siden» keeps nothing."""
    for_page = Project.objects.for_page().select_for_update(of=("self",))
    project = get_permitted(request.user, EDIT, for_page, pk=pk)
    stored = project.public_text
    form = PublicTextForm(request.POST or None, instance=project)
    if form.is_bound and form.is_ready() and request.POST.get("do") != LOOK:
        actions.write_public_text(project, by=request.user)
        messages.success(request, _("Teksten er lagret."))
        return redirect("projects:open", pk)
    context = {
        "project": project,
        "here": _("Side for alle"),
        "form": form,
        "is_stored": project.public_text == stored,
        "story": public_page(project, on=timezone.localdate()),
    }
    return render(request, "projects/open.html", context)


@require_POST
def open_to_all(request: HttpRequest, pk: int) -> HttpResponse:
    project = get_permitted(request.user, EDIT, Project, pk=pk)
    actions.open_to_all(project, by=request.user, at=timezone.now())
    messages.success(request, _("Nå kan alle lese om prosjektet."))
    return redirect("projects:open", pk)


@require_POST
def close_to_all(request: HttpRequest, pk: int) -> HttpResponse:
    project = get_permitted(request.user, EDIT, Project, pk=pk)
    actions.close_to_all(project, by=request.user)
    messages.success(request, _("Siden er lukket. Bare de som er med, ser prosjektet."))
    return redirect("projects:open", pk)
