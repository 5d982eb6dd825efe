"""The money of a project, by year and source."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core.responses import attachment
from core.workbook_writing import CONTENT_TYPE
from municipality.models import Municipality
from projects import budget
from projects.actions import plan as actions
from projects.forms.money import BudgetTable
from projects.models import BudgetLine, Project
from projects.register_workbooks import budget_workbook
from projects.views.lines import can_write, read, write

HERE = gettext_lazy("Penger")


def _lines(project: Project) -> list[BudgetLine]:
    return list(project.budget_lines.select_related("sector").order_by("year", "source", "pk"))


@require_GET
def money(request: HttpRequest, pk: int) -> HttpResponse:
    project = read(request, pk)
    lines = _lines(project)
    table = budget.table(lines)
    context = {
        "project": project,
        "here": HERE,
        "can_write": can_write(request, project),
        "headline": budget.headline(project, table.total, has_lines=bool(lines)),
        "has_lines": bool(lines),
        "table": table,
        "over_frame": None if project.budget is None else table.total.budget - project.budget,
    }
    return render(request, "projects/money.html", context)


@transaction.atomic
def money_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole table at once, with an empty row at the bottom."""
    project = write(request, pk)
    sent = request.POST if request.method == "POST" else None
    table = BudgetTable(project, today=timezone.localdate(), data=sent)
    if sent is not None and table.is_valid():
        actions.write_budget(project, kept=table.kept(), removed=table.removed(), by=request.user)
        messages.success(request, _("Budsjettet er lagret."))
        if "more" in sent:
            return redirect(reverse("projects:money-edit", args=[pk]) + "#ny")
        return redirect("projects:money", pk)
    context = {"project": project, "here": HERE, "table": table}
    return render(request, "projects/money_edit.html", context)


@require_GET
def money_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    project = read(request, pk)
    content = budget_workbook(
        project, _lines(project), creator=Municipality.load().name, made_at=timezone.now()
    )
    filename = _("penger-{project}.xlsx").format(project=slugify(project.name))
    return attachment(content, filename=filename, content_type=CONTENT_TYPE)
