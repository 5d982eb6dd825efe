"""A scorer's answers as a workbook: out, in, what would change, and yes."""

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from core.errors import ActionRefused
from core.formatting import number
from core.imports import get_staged, stage
from core.responses import attachment
from core.workbook_writing import CONTENT_TYPE
from core.workbooks import CellFault
from municipality.models import Municipality
from prioritization import actions, sheets
from prioritization.forms import ConfirmForm, WorkbookForm
from prioritization.models import Participation, Question
from prioritization.views.scores import closed_words, permitted_round
from prioritization.workbook import layout
from prioritization.workbook.changes import Difference, compare
from prioritization.workbook.reading import Filled, read_form
from prioritization.workbook.writing import Form, file_name, form_workbook

KIND = "scores"
PER_PAGE = 100


def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the workbook is downloaded, and uploaded again."""
    part = _writable_part(request, pk)
    if part is None:
        return redirect("prioritization:score-grid", pk=pk)
    is_sent = request.method == "POST"
    form = WorkbookForm(request.POST, request.FILES) if is_sent else WorkbookForm()
    faults: list[CellFault] = []
    if form.is_valid():
        book, questions = form.cleaned_data["file"], part.round.ordered_questions()
        filled, faults = read_form(book, part, _rows(part, questions), questions)
        if not faults:
            staged = stage(
                KIND,
                target=str(pk),
                payload={"answers": [each.as_json() for each in filled]},
                file_name=book.file_name,
                by=request.user,
            )
            return redirect("prioritization:score-workbook-preview", pk=pk, token=staged.token)
    context = {"round": part.round, "mine": part, "form": form, "faults": faults}
    return render(request, "prioritization/score_workbook.html", context)


def _writable_part(request: HttpRequest, pk: int) -> Participation | None:
    """The person's part, when answers are taken. What is sent too late is told why."""
    scored = permitted_round(request, pk)
    part = scored.participations.select_related("user", "sector").get(user=request.user)
    part.round = scored
    reason = _why_not(part)
    if not reason:
        actions.mark_own(scored, person=request.user)
        return part
    if request.method == "POST":
        raise ActionRefused(reason)
    return None


def _why_not(part: Participation) -> str:
    if part.is_delivered:
        return _("Du har levert svarene dine. Teamet kan gi dem tilbake hvis du vil endre noe.")
    if part.round.entries.competing().count() > layout.MAX_IDEAS:
        return _("Runden har flere enn {limit} ideer. Det er for mange for et regneark.").format(
            limit=number(layout.MAX_IDEAS)
        )
    return closed_words(part.round)


def _rows(part: Participation, questions: Sequence[Question]) -> list[sheets.Row]:
    entries = part.round.entries.competing().for_rows().in_order()
    return sheets.rows(entries, questions, part.user)


@require_GET
def workbook_download(request: HttpRequest, pk: int) -> HttpResponse:
    part = _writable_part(request, pk)
    if part is None:
        return redirect("prioritization:score-grid", pk=pk)
    questions = part.round.ordered_questions()
    form = Form(
        part=part,
        questions=questions,
        rows=[row for row in _rows(part, questions) if row.recusal is None],
        address=request.build_absolute_uri(reverse("prioritization:score-workbook", args=[pk])),
        creator=Municipality.load().name,
    )
    return attachment(
        form_workbook(form, made_at=timezone.now()),
        filename=file_name(part.round),
        content_type=CONTENT_TYPE,
    )


def workbook_preview(request: HttpRequest, pk: int, token: uuid.UUID) -> HttpResponse:
    """What the uploaded file would change. Nothing is saved before it is confirmed."""
    part = _writable_part(request, pk)
    if part is None:
        return redirect("prioritization:score-grid", pk=pk)
    scored = part.round
    staged = get_staged(KIND, token, by=request.user, target=str(pk))
    differences = _differences(part, staged.payload["answers"])
    form = ConfirmForm(request.POST or None, differences=differences)
    if form.is_valid():
        count = actions.read_in(
            scored, differences, staged=staged, by=request.user, on=timezone.localdate()
        )
        messages.success(request, _what_was_saved(count))
        return redirect("prioritization:score-grid", pk=pk)
    context = {
        "round": scored,
        "mine": part,
        "staged": staged,
        "form": form,
        "page": Paginator(differences, PER_PAGE).get_page(request.GET.get("page")),
        "conflicts": sum(each.is_changed_since for each in differences),
    }
    return render(request, "prioritization/score_workbook_preview.html", context)


def _differences(part: Participation, stored: Sequence[dict]) -> list[Difference]:
    questions = part.round.ordered_questions()
    return compare(_rows(part, questions), [Filled.from_json(each) for each in stored])


def _what_was_saved(count: int) -> str:
    if not count:
        return _("Fila er lest inn. Ingenting ble endret.")
    return ngettext(
        "Fila er lest inn. {count} svar er endret.",
        "Fila er lest inn. {count} svar er endret.",
        count,
    ).format(count=count)
