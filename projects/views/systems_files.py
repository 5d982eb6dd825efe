"""The register as a workbook: out, in, what would change, and yes."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import require_perm
from core.imports import get_staged, stage
from core.models import StagedImport
from core.responses import attachment
from core.workbook_writing import CONTENT_TYPE
from core.workbooks import CellFault
from municipality.models import Municipality
from projects.actions import systems as actions
from projects.forms.systems import SystemsWorkbookForm
from projects.models import Integration, System
from projects.systems_plan import as_payload, plan_of
from projects.systems_workbook import read_systems, systems_workbook
from projects.views.systems import MANAGE, VIEW

KIND = "systems"


def system_import(request: HttpRequest) -> HttpResponse:
    """Where the template is downloaded, and uploaded again."""
    require_perm(request.user, MANAGE)
    is_sent = request.method == "POST"
    form = SystemsWorkbookForm(request.POST, request.FILES) if is_sent else SystemsWorkbookForm()
    faults: list[CellFault] = []
    if form.is_valid():
        book = form.cleaned_data["file"]
        rows, faults = read_systems(book)
        if not faults:
            staged = stage(
                KIND, payload=as_payload(*rows), file_name=book.file_name, by=request.user
            )
            return redirect("systems:import-preview", token=staged.token)
    return render(request, "projects/system_import.html", {"form": form, "faults": faults})


@transaction.atomic
def system_import_preview(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """What the file would change. Nothing is saved before it is confirmed."""
    require_perm(request.user, MANAGE)
    uploaded = StagedImport.objects.filter(kind=KIND, token=token, by=request.user)
    if request.method != "POST" and not uploaded.exists():
        messages.info(request, _("Vi har ikke fila lenger. Last den opp på nytt."))
        return redirect("systems:import")
    staged = get_staged(KIND, token, by=request.user)
    plan = plan_of(staged.payload, locked=request.method == "POST")
    if request.method == "POST":
        actions.read_in(plan, staged=staged, by=request.user)
        messages.success(request, _("Fila er lest inn."))
        return redirect("systems:list")
    return render(request, "projects/system_import_preview.html", {"staged": staged, "plan": plan})


@require_GET
def system_template(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, MANAGE)
    return _download([], [], filename=_("systemer-mal.xlsx"))


@require_GET
def system_export(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, VIEW)
    systems = System.objects.select_related("sector").order_by("name", "pk")
    integrations = Integration.objects.select_related("source", "target")
    ordered = integrations.order_by("source__name", "target__name", "pk")
    return _download(list(systems), list(ordered), filename=_("systemer.xlsx"))


def _download(
    systems: list[System], integrations: list[Integration], *, filename: str
) -> HttpResponse:
    content = systems_workbook(
        systems, integrations, creator=Municipality.load().name, made_at=timezone.now()
    )
    return attachment(content, filename=filename, content_type=CONTENT_TYPE)
