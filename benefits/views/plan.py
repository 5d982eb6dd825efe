"""The benefits plan of a project: read, asked for as files, and taken away."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseStopPolling

from benefits import actions, plan_document, plan_facts
from benefits.forms.other_bodies import OtherBodyForm
from benefits.models import Benefit, OtherBody, PlanFile, PlanFileKind
from benefits.plan_workbook import plan_workbook as write_workbook
from core.access import get_permitted
from core.responses import attachment
from core.workbook_writing import CONTENT_TYPE
from projects.models import Project
from projects.views.lines import can_write

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _read(request: HttpRequest, pk: int) -> Project:
    projects = Project.objects.select_related("idea", "sector", "owner", "manager", "method")
    return get_permitted(request.user, "projects.view_project_inside", projects, pk=pk)


@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    project = _read(request, pk)
    facts = plan_facts.facts(project, on=timezone.localdate())
    others = Benefit.objects.in_other_bodies().filter(project=project).order_by("number")
    context = {
        "project": project,
        "here": _("Gevinstplan"),
        "shown": plan_document.context(facts),
        "count": len(facts["benefits"]),
        "others": others if can_write(request, project) else [],
    }
    return render(request, "benefits/plan.html", context)


@require_GET
def plan_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    project = _read(request, pk)
    now = timezone.now()
    facts = plan_facts.facts(project, on=timezone.localdate(now))
    name = slugify(_("Gevinstplan {name}").format(name=project.name))
    content = write_workbook(facts, made_at=now)
    return attachment(content, filename=f"{name}.xlsx", content_type=CONTENT_TYPE)


def plan_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the plan or the map as files, and see how far they have come."""
    project = _read(request, pk)
    if request.method == "POST":
        kind = PlanFileKind.MAP if request.POST.get("kind") == "map" else PlanFileKind.PLAN
        actions.ask_for_plan_file(project, kind, by=request.user, on=timezone.localdate())
        return redirect("benefits:plan-files", pk)
    files = [(kind, _newest(project, kind)) for kind in PlanFileKind]
    underway = any(file.is_underway for _kind, file in files if file)
    context = {
        "project": project,
        "here": _("Gevinstplan"),
        "files": files,
        "underway": underway,
    }
    if not request.htmx:
        return render(request, "benefits/plan_files.html", context)
    fragment = render(request, "benefits/plan_files.html#files", context)
    return fragment if underway else HttpResponseStopPolling(fragment.content)


def _newest(project: Project, kind: PlanFileKind) -> PlanFile | None:
    files = PlanFile.objects.filter(project=project, kind=kind)
    return files.defer("content", "word", "snapshot").order_by("-pk").first()


def _file(request: HttpRequest, pk: int) -> PlanFile:
    files = PlanFile.objects.select_related("project")
    return get_permitted(request.user, "benefits.read_plan_file", files, pk=pk)


@require_POST
def file_retry(request: HttpRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    actions.try_plan_file_again(file)
    return redirect("benefits:plan-files", file.project_id)


@require_GET
def file_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    return _download(file, file.content, "pdf", "application/pdf")


@require_GET
def file_word(request: HttpRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    return _download(file, file.word, "docx", WORD)


def _download(
    file: PlanFile, content: bytes | None, suffix: str, content_type: str
) -> HttpResponse:
    if not file.is_ready or not content:
        raise Http404
    day = timezone.localdate(file.created_at).isoformat()
    name = slugify(f"{file.get_kind_display()} {file.project.name} {day}")
    return attachment(bytes(content), filename=f"{name}.{suffix}", content_type=content_type)


@transaction.atomic
def other_body(request: HttpRequest, pk: int) -> HttpResponse:
    """Who else gets a benefit that comes to another public body."""
    locked = Benefit.objects.in_other_bodies().select_for_update(of=("self",))
    benefit = get_permitted(
        request.user, "benefits.edit_benefit", locked.select_related("project"), pk=pk
    )
    stored = OtherBody.objects.filter(benefit=benefit).select_related("edited_by").first()
    form = OtherBodyForm(request.POST or None, instance=stored or OtherBody(benefit=benefit))
    if form.is_valid():
        actions.keep_other_body(form.instance, by=request.user)
        messages.success(request, _("Lagret."))
        return redirect("benefits:plan", benefit.project_id)
    context = {
        "project": benefit.project,
        "benefit": benefit,
        "form": form,
        "here": _("Gevinstplan"),
    }
    return render(request, "benefits/other_body.html", context)
