"""A filled-in KommIT workbook: in, what it would become, yes; and away again."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits.actions import kommit as actions
from benefits.actions.register import plan_is_frozen
from benefits.actions.trail import worked_on
from benefits.forms.kommit import KommitForm, KommitUploadForm
from benefits.kommit_plan import Preview
from benefits.kommit_workbook.content import Filled
from benefits.kommit_workbook.reading import read_kommit
from benefits.models import KommitImport
from benefits.views.register_pages import page_context
from core.access import get_permitted
from core.imports import get_staged, stage
from core.models import StagedImport
from core.workbooks import CellFault
from projects.models import Project

KIND = "kommit"
PERM = "benefits.add_benefit_to"


def _project(request: HttpRequest, project_pk: int) -> Project:
    projects = Project.objects.select_related("idea", "owner", "manager", "calculation")
    return get_permitted(request.user, PERM, projects, pk=project_pk)


def kommit_upload(request: HttpRequest, project_pk: int) -> HttpResponse:
    """Where the workbook is uploaded, and what has been taken in before."""
    project = _project(request, project_pk)
    is_sent = request.method == "POST"
    form = KommitUploadForm(request.POST, request.FILES) if is_sent else KommitUploadForm()
    faults: list[CellFault] = []
    if form.is_valid():
        book = form.cleaned_data["file"]
        filled, faults = read_kommit(book)
        told = actions.taken_before(project, filled) if filled else ""
        if told:
            form.add_error("file", told)
        elif filled is not None:
            staged = stage(
                KIND,
                target=str(project.pk),
                payload=filled.as_json(),
                file_name=book.file_name,
                by=request.user,
            )
            return redirect("benefits:kommit-preview", project_pk=project.pk, token=staged.token)
    context = {
        **_context(request, project),
        "form": form,
        "faults": faults,
        "imports": KommitImport.objects.filter(project=project).select_related("by", "undone_by"),
    }
    return render(request, "benefits/kommit.html", context)


def kommit_preview(request: HttpRequest, project_pk: int, token: uuid.UUID) -> HttpResponse:
    """What the file would become. Nothing is saved before it is confirmed."""
    project = _project(request, project_pk)
    target = str(project.pk)
    uploaded = StagedImport.objects.filter(
        kind=KIND, target=target, token=token, by=request.user, applied_at=None
    )
    if request.method != "POST" and not uploaded.exists():
        messages.info(request, _("Vi har ikke fila lenger. Last den opp på nytt."))
        return redirect("benefits:kommit", project_pk=project.pk)
    staged = get_staged(KIND, token, by=request.user, target=target)
    filled = Filled.from_json(staged.payload)
    now = timezone.now()
    form = KommitForm(
        request.POST or None, filled=filled, project=project, today=timezone.localdate(now)
    )
    if form.is_valid():
        taken = actions.take_in(
            filled, form.chosen(), project=project, staged=staged, by=request.user, at=now
        )
        messages.success(request, _thanks(taken))
        return redirect("benefits:register", project_pk=project.pk)
    context = {
        **_context(request, project),
        "staged": staged,
        "filled": filled,
        "preview": Preview(filled, project),
        "is_frozen": plan_is_frozen(project),
        "form": form,
    }
    return render(request, "benefits/kommit_preview.html", context)


def _thanks(taken: KommitImport) -> str:
    count = taken.benefits
    return ngettext("Én gevinst er hentet inn.", "{count} gevinster er hentet inn.", count).format(
        count=count
    )


def kommit_undo(request: HttpRequest, project_pk: int, pk: int) -> HttpResponse:
    """Take back what came with a file, after a question."""
    project = _project(request, project_pk)
    taken = get_object_or_404(KommitImport, project=project, pk=pk)
    if taken.undone_at is not None and request.method != "POST":
        messages.info(request, _("Importen er allerede angret."))
        return redirect("benefits:kommit", project_pk=project.pk)
    if request.method == "POST":
        actions.undo(taken, by=request.user, at=timezone.now())
        messages.success(request, _("Importen er angret. Det som kom med fila, er borte."))
        return redirect("benefits:kommit", project_pk=project.pk)
    context = {
        **_context(request, project),
        "taken": taken,
        "is_worked_on": worked_on(taken.made, taken.changed),
    }
    return render(request, "benefits/kommit_undo.html", context)


def _context(request: HttpRequest, project: Project) -> dict[str, Any]:
    return {**page_context(request, project), "here": _("Gevinster")}
