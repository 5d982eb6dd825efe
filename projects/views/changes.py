"""A project asks for a change: the form, what it would collide with, and what became of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import get_permitted
from projects import colliding
from projects.actions import changes as actions
from projects.change_story import consequences
from projects.deviations import as_change
from projects.forms.changes import ChangeRequestForm, TouchRows
from projects.models import ChangeRequest, DeviationStatus, Project
from projects.views.lines import can_write, read

PER_PAGE = 25
PERM = "projects.request_change"

# What the buttons of the form ask for.
SEND, EDIT, MORE_ROWS = "send", "edit", "row"


@require_GET
def change_list(request: HttpRequest, pk: int) -> HttpResponse:
    project = read(request, pk)
    asked = project.change_requests.select_related("requested_by").order_by("-created_at", "-pk")
    context = {
        "project": project,
        "here": _("Endringer"),
        "page": Paginator(asked, PER_PAGE).get_page(request.GET.get("page")),
        "can_ask": not project.has_ended and request.user.has_perm(PERM, project),
        "can_write": can_write(request, project),
    }
    return render(request, "projects/change_list.html", context)


def change_request_create(request: HttpRequest, pk: int) -> HttpResponse:
    project = get_permitted(request.user, PERM, Project.objects.select_related("sector"), pk=pk)
    return _ask(request, ChangeRequest(project=project, **_begun(request, project)))


def _begun(request: HttpRequest, project: Project) -> dict[str, Any]:
    """What is filled in when the owner sends a deviation on to the board: «?avvik=12»."""
    number = request.GET.get("avvik", "")
    rows = project.deviations.select_related("report").filter(status=DeviationStatus.CHANGE)
    found = rows.filter(pk=number).first() if number.isdecimal() else None
    return as_change(found) if found else {}


@transaction.atomic
def change_request_edit(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    project = get_permitted(request.user, PERM, Project.objects.select_related("sector"), pk=pk)
    locked = ChangeRequest.objects.select_for_update(of=("self",)).select_related("edited_by")
    change_request = get_object_or_404(locked, pk=change, project=project)
    change_request.project = project
    return _ask(request, change_request)


def _ask(request: HttpRequest, change_request: ChangeRequest) -> HttpResponse:
    """Fill in, see what it collides with, and send. Nothing is kept before it is sent."""
    if request.method != "POST":
        stored = list(change_request.touches.all()) if change_request.pk else []
        form, rows = ChangeRequestForm(instance=change_request), TouchRows(stored=stored)
        return _show(request, change_request, form, rows)
    step = request.POST.get("step", "")
    form = ChangeRequestForm(request.POST, instance=change_request)
    rows = TouchRows(data=request.POST, more=step == MORE_ROWS)
    if step == MORE_ROWS:
        return _show(request, change_request, _unchecked(request, change_request), rows)
    is_right = form.is_valid(), rows.is_valid()  # both, so that all that is wrong is told
    if not all(is_right) or step == EDIT:
        return _show(request, change_request, form, rows)
    if step == SEND:
        return _send(request, form, rows)
    return _check(request, form.filled_in(), rows)


def _unchecked(request: HttpRequest, change_request: ChangeRequest) -> ChangeRequestForm:
    """Asking for one row more is no reason to be told what is missing."""
    return ChangeRequestForm(initial=request.POST.dict(), instance=change_request)


def _show(
    request: HttpRequest, change_request: ChangeRequest, form: ChangeRequestForm, rows: TouchRows
) -> HttpResponse:
    context: dict[str, Any] = {
        "project": change_request.project,
        "here": _("Endringer"),
        "is_new": change_request.pk is None,
        "form": form,
        "rows": rows,
    }
    return render(request, "projects/change_request_form.html", context)


def _check(request: HttpRequest, change_request: ChangeRequest, rows: TouchRows) -> HttpResponse:
    """What was typed, and what it would collide with. It is carried along in hidden fields."""
    project = change_request.project
    carried = [
        (name, value)
        for name, value in request.POST.items()
        if name not in ("csrfmiddlewaretoken", "step")
    ]
    context = {
        "project": project,
        "here": _("Endringer"),
        "change_request": change_request,
        "consequences": consequences(change_request),
        "touches": rows.filled_in(),
        "collisions": colliding.for_touches(
            project, rows.touches(project.pk), days_longer=change_request.days
        ),
        "carried": carried,
    }
    return render(request, "projects/change_request_check.html", context)


def _send(request: HttpRequest, form: ChangeRequestForm, rows: TouchRows) -> HttpResponse:
    change_request = form.filled_in()
    if change_request.pk is None:
        actions.request_change(change_request, touches=rows.filled_in(), by=request.user)
        words = _("Endringsanmodningen er sendt. Du får e-post når rådet har svart.")
    else:
        actions.edit_change(change_request, touches=rows.filled_in(), by=request.user)
        words = _("Lagret. Rådet ser den nye teksten.")
    messages.success(request, words)
    return redirect("projects:changes", change_request.project_id)


def change_request_withdraw(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    project = get_permitted(request.user, PERM, Project, pk=pk)
    change_request = get_object_or_404(ChangeRequest, pk=change, project=project)
    if request.method == "POST":
        actions.withdraw_change(change_request, by=request.user)
        messages.success(request, _("«{title}» er trukket.").format(title=change_request))
        return redirect("projects:changes", pk)
    context = {"project": project, "here": _("Endringer"), "change_request": change_request}
    return render(request, "projects/change_withdraw.html", context)
