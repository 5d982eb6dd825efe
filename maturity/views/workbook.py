"""A sector's form as a workbook: out, in, what would change, and yes."""

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.errors import ActionRefused
from core.formatting import listed
from core.imports import get_staged, stage
from core.models import StagedImport
from core.responses import attachment
from core.workbook_writing import CONTENT_TYPE
from core.workbooks import CellFault
from maturity.actions import closed_message
from maturity.actions.imports import fill_in
from maturity.forms.workbook import ConfirmForm, WorkbookForm
from maturity.models import Answer, Assessment
from maturity.views.scope import permitted
from maturity.workbook.changes import AreaChange, compare
from maturity.workbook.reading import FilledArea, read_form
from maturity.workbook.writing import Form, file_name, form_workbook
from municipality.models import Municipality

KIND = "maturity-form"


def workbook(request: HttpRequest, sector: str) -> HttpResponse:
    """Where the form is downloaded, and uploaded again."""
    found = permitted(request, "maturity.answer_assessment", sector)
    if not _require_writable(request, found):
        return redirect("maturity:assessment", sector=sector)
    is_sent = request.method == "POST"
    form = WorkbookForm(request.POST, request.FILES) if is_sent else WorkbookForm()
    faults: list[CellFault] = []
    if form.is_valid():
        book = form.cleaned_data["file"]
        areas, faults = read_form(book, found, _answers(found))
        if not faults:
            staged = stage(
                KIND,
                target=sector,
                payload={"areas": [area.as_json() for area in areas]},
                file_name=book.file_name,
                by=request.user,
            )
            return redirect("maturity:workbook-preview", sector=sector, token=staged.token)
    context = {"assessment": found, "form": form, "faults": faults}
    return render(request, "maturity/workbook.html", context)


def _require_writable(request: HttpRequest, assessment: Assessment) -> bool:
    """Can the sector answer now? A page that is opened too late leads on; a sent form is told."""
    today = timezone.localdate()
    if assessment.is_begun and assessment.is_open(today) and not assessment.is_submitted:
        return True
    if request.method == "POST":
        raise ActionRefused(
            _("Egenvurderingen er levert, og kan ikke endres.")
            if assessment.is_submitted
            else closed_message(assessment, on=today)
        )
    return False


def _answers(assessment: Assessment, *, locked: bool = False) -> list[Answer]:
    """In the order of the instrument, with what is asked and what is ticked."""
    answers = assessment.answers.with_guidance().prefetch_related("ticks")
    if locked:
        answers = answers.locked()
    return list(answers.order_by("area__order", "pk"))


@require_GET
def workbook_download(request: HttpRequest, sector: str) -> HttpResponse:
    found = permitted(request, "maturity.answer_assessment", sector)
    if not _require_writable(request, found):
        return redirect("maturity:assessment", sector=sector)
    last_year = Answer.objects.of_the_year_before(found)
    form = Form(
        assessment=found,
        answers=_answers(found),
        last_year={answer.area.code: answer for answer in last_year},
        address=request.build_absolute_uri(reverse("maturity:workbook", args=[sector])),
        creator=Municipality.load().name,
    )
    return attachment(
        form_workbook(form, made_at=timezone.now()),
        filename=file_name(found),
        content_type=CONTENT_TYPE,
    )


@transaction.atomic
def workbook_preview(request: HttpRequest, sector: str, token: uuid.UUID) -> HttpResponse:
    """What the uploaded file would change. Nothing is saved before it is confirmed."""
    found = permitted(request, "maturity.answer_assessment", sector)
    if not _require_writable(request, found):
        return redirect("maturity:assessment", sector=sector)
    staged = get_staged(KIND, token, by=request.user, target=sector)
    if request.method == "POST":
        Assessment.objects.hold(found.pk)
    answers = _answers(found, locked=request.method == "POST")
    uploaded = [FilledArea.from_json(area) for area in staged.payload["areas"]]
    changes = compare(answers, uploaded)
    form = ConfirmForm(request.POST or None, changes=changes)
    if not form.is_valid():
        return _show_preview(request, found, staged, changes, form)
    changed = fill_in(found, form.chosen(), staged=staged, by=request.user, on=timezone.localdate())
    messages.success(request, _what_was_saved(changed))
    return redirect("maturity:assessment", sector=sector)


def _show_preview(
    request: HttpRequest,
    assessment: Assessment,
    staged: StagedImport,
    changes: Sequence[AreaChange],
    form: ConfirmForm,
) -> HttpResponse:
    context = {
        "assessment": assessment,
        "staged": staged,
        "form": form,
        "changes": [(each, form.choice(each)) for each in changes if each.is_change],
        "unchanged": [each for each in changes if not each.is_change],
    }
    return render(request, "maturity/workbook_preview.html", context)


def _what_was_saved(changed: Sequence[Answer]) -> str:
    if not changed:
        return _("Fila er lest inn. Ingenting ble endret.")
    return _("Fila er lest inn. Dette er endret: {areas}.").format(
        areas=listed([answer.area.name for answer in changed])
    )
