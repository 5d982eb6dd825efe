"""Ideas from a spreadsheet: a workbook out, the filled-in one in, what it holds, and yes."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from core.access import require_perm
from core.imports import get_staged, stage
from core.responses import attachment
from core.workbook_writing import CONTENT_TYPE
from core.workbooks import CellFault
from ideas.actions import importing
from ideas.forms.importing import ChooseRowsForm, IdeaFileForm
from ideas.models import IdeaImport
from ideas.workbook.likeness import Noted, note_all
from ideas.workbook.reading import read_ideas
from ideas.workbook.rows import ImportedIdea, Known
from ideas.workbook.writing import template
from municipality.models import Municipality

KIND = "ideas"
PERM = "ideas.import_ideas"
PER_PAGE = 20


def import_ideas(request: HttpRequest) -> HttpResponse:
    """Where a file is sent, and the files that were read in before."""
    require_perm(request.user, PERM)
    is_sent = request.method == "POST"
    form = IdeaFileForm(request.POST, request.FILES) if is_sent else IdeaFileForm()
    faults: list[CellFault] = []
    if form.is_valid():
        book = form.cleaned_data["file"]
        ideas, faults = read_ideas(book, Known.load(timezone.localdate()))
        if not faults:
            payload = {
                "ideas": [each.as_json() for each in ideas],
                "noted": [each.as_json() for each in note_all(ideas)],
            }
            staged = stage(KIND, payload=payload, file_name=book.file_name, by=request.user)
            return redirect("ideas:import-preview", token=staged.token)
    imports = IdeaImport.objects.select_related("by", "undone_by")
    page = Paginator(imports, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "faults": faults, "page": page, "imports": page.object_list}
    return render(request, "ideas/import.html", context)


@require_GET
def import_template(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, PERM)
    now = timezone.now()
    known = Known.load(timezone.localdate(now))
    content = template(known, creator=Municipality.load().name, made_at=now)
    return attachment(content, filename=_("ideer-mal.xlsx"), content_type=CONTENT_TYPE)


@dataclass(frozen=True)
class Row:
    idea: ImportedIdea
    noted: Noted
    is_ticked: bool
    sector: str


def import_preview(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """The ideas of a file, what to think about in each, and which are to be read in."""
    require_perm(request.user, PERM)
    staged = get_staged(KIND, token, by=request.user)
    ideas = [ImportedIdea.from_json(each) for each in staged.payload["ideas"]]
    noted = [Noted.from_json(each) for each in staged.payload["noted"]]
    given = request.POST if request.method == "POST" else None
    form = ChooseRowsForm(given, ideas=ideas, noted=noted)
    if form.is_valid():
        made = importing.read_in(form.chosen(), staged=staged, by=request.user, at=timezone.now())
        words = ngettext(
            "{count} idé er lest inn, og ligger i innboksen.",
            "{count} ideer er lest inn, og ligger i innboksen.",
            made.count,
        )
        messages.success(request, words.format(count=made.count))
        return redirect("ideas:import")
    names = Known.load(timezone.localdate()).sector_names
    context = {
        "staged": staged,
        "form": form,
        "rows": [
            Row(idea, note, str(idea.row) in form.ticked, names.get(idea.sector, ""))
            for idea, note in zip(ideas, noted, strict=True)
        ],
        "doubles": sum(note.is_there_already for note in noted),
        "personal": sum(bool(note.personal) for note in noted),
    }
    return render(request, "ideas/import_preview.html", context)


def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was read in, after a question."""
    require_perm(request.user, PERM)
    made = get_object_or_404(IdeaImport.objects.select_related("by"), pk=pk)
    if request.method == "POST":
        importing.undo(made, by=request.user, at=timezone.now())
        messages.success(request, _("Innlesingen er angret. Ideene er fjernet."))
        return redirect("ideas:import")
    handled = importing.handled(made).order_by("pk")
    context = {"made": made, "handled": handled[:10], "handled_count": handled.count()}
    return render(request, "ideas/import_undo.html", context)
