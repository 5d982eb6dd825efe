"""How a line of the plan or a register is added, changed, removed and put back.

One way for all of them: a `Register` says what a kind of line is called and which form it has, and
comes with the address (projects/urls.py).
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import get_permitted
from municipality.models import User
from projects.actions import registers as actions
from projects.forms.lines import LineForm
from projects.models import Project
from projects.models.lines import Line

REMOVED = "removed-line"  # in the session: the last line somebody took away, until it is put back
UNDO_FOR = dt.timedelta(minutes=10)


def _blank(model: type[Line], project: Project, **_others: Any) -> Line:
    return model(project=project)


@dataclass(frozen=True)
class Register:
    """`key` begins the names of its addresses: «risk» has `projects:risk-add` and `risk-edit`.

    `here` is what its page is called, and `asks` what the page that adds a line asks for. `warning`
    is what follows from taking a line away. A later step with lines of its own names its `app`, and
    what it does beside keeping the line.
    """

    key: str
    page: str
    here: Any
    model: type[Line]
    form: type[LineForm]
    asks: Any
    change: Any
    remove: Any
    warning: Any
    removed: Any
    blank: Callable[..., Line] = _blank
    app: str = "projects"
    adds_with: Callable[..., Any] = actions.add_line
    changes_with: Callable[..., Any] = actions.change_line
    removes_with: Callable[..., str] = actions.remove_line
    restores_with: Callable[..., None] = actions.restore_line

    @property
    def address(self) -> str:
        return f"{self.app}:{self.page}"

    @property
    def add_address(self) -> str:
        return f"{self.app}:{self.key}-add"

    @property
    def edit_address(self) -> str:
        return f"{self.app}:{self.key}-edit"

    @property
    def remove_address(self) -> str:
        return f"{self.app}:{self.key}-remove"

    @property
    def restore_address(self) -> str:
        return f"{self.app}:{self.key}-restore"


def read(request: HttpRequest, pk: int) -> Project:
    """The project, for somebody inside."""
    return get_permitted(
        request.user,
        "projects.view_project_inside",
        Project.objects.select_related("sector", "owner", "manager", "method"),
        pk=pk,
    )


def write(request: HttpRequest, pk: int) -> Project:
    """The project, locked, for somebody who may change it."""
    locked = Project.objects.select_for_update(of=("self",)).select_related("sector", "method")
    return get_permitted(request.user, "projects.edit_project", locked, pk=pk)


def page_context(request: HttpRequest, project: Project, register: Register) -> dict[str, Any]:
    """What the page of every register needs: who may write, and what was just taken away."""
    return {
        "project": project,
        "here": register.here,
        "register": register,
        "can_write": can_write(request, project),
        "just_removed": _just_removed(request, project, register),
    }


def can_write(request: HttpRequest, project: Project) -> bool:
    """Whether the buttons are shown."""
    return not project.has_ended and request.user.has_perm("projects.edit_project", project)


def _just_removed(
    request: HttpRequest, project: Project, register: Register
) -> dict[str, Any] | None:
    removed = request.session.get(REMOVED)
    if not removed or (removed["project"], removed["register"]) != (project.pk, register.key):
        return None
    removed_at = dt.datetime.fromisoformat(removed["at"])
    return removed if timezone.now() - removed_at < UNDO_FOR else None


@transaction.atomic
def line_add(request: HttpRequest, pk: int, register: Register) -> HttpResponse:
    project = write(request, pk)
    today = timezone.localdate()
    blank = register.blank(register.model, project, user=request.user, today=today)
    form = register.form(request.POST or None, instance=blank, today=today)
    if form.is_valid():
        register.adds_with(form.filled_in(), by=request.user, **form.beside())
        messages.success(request, _("Lagret."))
        return redirect(register.address, pk)
    return _form_page(request, project, register, form, heading=register.asks)


@transaction.atomic
def line_edit(request: HttpRequest, pk: int, line: int, register: Register) -> HttpResponse:
    project = write(request, pk)
    stored = _line(project, register, line)
    name = str(stored)
    form = register.form(request.POST or None, instance=stored, today=timezone.localdate())
    if form.is_valid():
        register.changes_with(form.filled_in(), by=request.user, **form.beside())
        messages.success(request, _("Lagret."))
        return redirect(register.address, pk)
    return _form_page(request, project, register, form, heading=register.change, name=name)


def _line(project: Project, register: Register, pk: int) -> Line:
    return get_object_or_404(_locked_lines(project, register), pk=pk)


def _locked_lines(project: Project, register: Register) -> QuerySet[Line]:
    lines = register.model._default_manager.select_for_update(of=("self",))
    return lines.filter(project=project).select_related("edited_by", "project")


def _form_page(
    request: HttpRequest,
    project: Project,
    register: Register,
    form: LineForm,
    *,
    heading: Any,
    name: str = "",
) -> HttpResponse:
    context = {
        "project": project,
        "here": register.here,
        "register": register,
        "form": form,
        "heading": heading,
        "name": name,
    }
    return render(request, "projects/line_form.html", context)


@transaction.atomic
def line_remove(request: HttpRequest, pk: int, line: int, register: Register) -> HttpResponse:
    """Asks first, and can be undone for a while after. Somebody else may have been faster."""
    project = write(request, pk)
    stored = _locked_lines(project, register).filter(pk=line).first()
    if stored is None:
        messages.info(request, _("Den er allerede fjernet."))
        return redirect(register.address, pk)
    if request.method == "POST":
        name = str(stored)
        request.session[REMOVED] = {
            "project": project.pk,
            "register": register.key,
            "name": name,
            "rows": register.removes_with(stored, by=request.user),
            "at": timezone.now().isoformat(),
        }
        return redirect(register.address, pk)
    context = {"project": project, "here": register.here, "register": register, "line": stored}
    return render(request, "projects/line_remove.html", context)


@require_POST
def line_restore(request: HttpRequest, pk: int, register: Register) -> HttpResponse:
    """«Angre». Sent twice, or after somebody else's removal, it does nothing more."""
    project = get_permitted(request.user, "projects.edit_project", Project, pk=pk)
    removed = _just_removed(request, project, register)
    if removed:
        register.restores_with(project, removed["rows"], by=request.user)
        del request.session[REMOVED]
        messages.success(request, _("«{name}» står der igjen.").format(name=removed["name"]))
    else:
        messages.info(request, _("Det er for lenge siden. Legg den inn på nytt."))
    return redirect(register.address, pk)


def noted_today(model: type[Line], project: Project, *, user: User, today: dt.date) -> Line:
    """A line that tells who wrote it, and when."""
    return model(project=project, noted_by=user, noted_on=today)
