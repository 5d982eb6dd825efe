"""The versions of the method: read by all in the portfolio, written by the team."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import require_perm
from core.draft_forms import SeenForm, VersionNameForm
from municipality.context_processors import current_cycle
from projects.actions import method as actions
from projects.forms.method import (
    CheckpointForm,
    CheckpointRows,
    MethodForm,
    MethodRows,
    ProductForm,
    ProductRows,
    RowForm,
    SectionForm,
    SectionRows,
    profile_forms,
    stored_rows,
)
from projects.method_changes import changes
from projects.models import GATE_BY_CODE, GateCode, Method

MANAGE = "projects.manage_method"
READ = "projects.view_portfolio"


@require_GET
def method_list(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, READ)
    context = {
        "methods": Method.objects.visible_to(request.user).for_list(),
        "can_manage": request.user.has_perm(MANAGE),
    }
    return render(request, "projects/method_list.html", context)


@require_GET
def method_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """All that a version asks of projects. Drafts are the team's."""
    require_perm(request.user, READ)
    method = get_object_or_404(Method.objects.select_related("based_on"), pk=pk)
    can_manage = request.user.has_perm(MANAGE)
    is_frozen = method.is_frozen
    if not (can_manage or is_frozen or method.is_current):
        raise PermissionDenied
    context = {
        "method": method,
        "checklists": _checklists(method),
        "products": method.templates.prefetch_related("sections").order_by("order", "pk"),
        "profiles": method.profiles.order_by("pk"),
        "changes": changes(method),
        "missing": actions.missing(method),
        "is_frozen": is_frozen,
        "can_manage": can_manage,
        "can_edit": can_manage and not is_frozen,
    }
    return render(request, "projects/method_detail.html", context)


def _checklists(method: Method) -> list[tuple[Any, list[Any]]]:
    items = list(method.checklist.order_by("order", "pk"))
    return [
        (GATE_BY_CODE[code], [item for item in items if item.gate == code]) for code in GateCode
    ]


def method_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Lag ny versjon: a draft with all that this one has."""
    require_perm(request.user, MANAGE)
    source = get_object_or_404(Method, pk=pk)
    taken = set(Method.objects.values_list("version", flat=True))
    form = VersionNameForm(
        request.POST or None, taken=taken, initial={"version": _next_name(request, taken)}
    )
    if form.is_valid():
        made = actions.copy_method(source, version=form.cleaned_data["version"], by=request.user)
        messages.success(
            request, _("Versjon {version} er laget som utkast.").format(version=made.version)
        )
        return redirect("method:detail", made.pk)
    return render(request, "projects/method_copy.html", {"form": form, "method": source})


def _next_name(request: HttpRequest, taken: set[str]) -> str:
    """For the year after this one: «2027», or «2027-2» when that is taken."""
    cycle = current_cycle(request)
    if cycle is None:
        return ""
    year = str(cycle.year + 1)
    names = (year if number == 1 else f"{year}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _locked(request: HttpRequest, pk: int) -> Method:
    require_perm(request.user, MANAGE)
    return get_object_or_404(Method.objects.select_for_update(of=("self",)), pk=pk)


def _is_only_shown(request: HttpRequest, method: Method) -> bool:
    """A version that is used has no form to show; one that is sent anyway is refused with why."""
    return request.method != "POST" and method.is_frozen


@transaction.atomic
def method_edit(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _locked(request, pk)
    if _is_only_shown(request, draft):
        return redirect("method:detail", pk)
    form = MethodForm(request.POST or None, method=draft)
    if form.is_valid():
        actions.write_method(draft, **form.texts(), by=request.user)
        messages.success(request, _("Lagret."))
        return redirect("method:detail", pk)
    return render(request, "projects/method_edit.html", {"form": form, "method": draft})


@transaction.atomic
def method_checklist(request: HttpRequest, pk: int, gate: str) -> HttpResponse:
    draft = _locked(request, pk)
    if gate not in GateCode.values:
        raise Http404
    if _is_only_shown(request, draft):
        return redirect("method:detail", pk)
    items = list(draft.checklist.filter(gate=gate).order_by("order", "pk"))
    seen, rows = _rows(request, items, CheckpointForm, CheckpointRows)
    if _are_valid(request, seen, rows):
        actions.write_checklist(draft, gate, rows.rows(), by=request.user)
        messages.success(request, _("Sjekklisten for {gate} er lagret.").format(gate=gate))
        return redirect("method:detail", pk)
    point = GATE_BY_CODE[GateCode(gate)]
    context = {
        "form": seen,
        "rows": rows,
        "method": draft,
        "heading": _("Sjekklisten for {gate}").format(gate=gate),
        "lead": f"{point.title}.",
        "new_row": _("Et nytt spørsmål, om dere trenger det"),
        "is_checklist": True,
    }
    return render(request, "projects/method_rows.html", context)


@transaction.atomic
def method_products(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _locked(request, pk)
    if _is_only_shown(request, draft):
        return redirect("method:detail", pk)
    templates = list(draft.templates.order_by("order", "pk"))
    seen, rows = _rows(request, templates, ProductForm, ProductRows)
    if _are_valid(request, seen, rows):
        actions.write_products(draft, rows.rows(), by=request.user)
        messages.success(request, _("Dokumentene er lagret."))
        return redirect("method:detail", pk)
    context = {
        "form": seen,
        "rows": rows,
        "method": draft,
        "heading": _("Dokumentene"),
        "lead": _("Hva som skrives i hver fase, og i hvilke prosjekter det kreves."),
        "new_row": _("Et nytt dokument, om dere trenger det"),
    }
    return render(request, "projects/method_rows.html", context)


@transaction.atomic
def method_sections(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    draft = _locked(request, pk)
    template = get_object_or_404(draft.templates, code=code)
    if _is_only_shown(request, draft):
        return redirect("method:detail", pk)
    sections = list(template.sections.order_by("order", "pk"))
    seen, rows = _rows(request, sections, SectionForm, SectionRows)
    if _are_valid(request, seen, rows):
        actions.write_sections(template, rows.rows(), by=request.user)
        messages.success(request, _("«{name}» er lagret.").format(name=template))
        return redirect("method:detail", pk)
    context = {
        "form": seen,
        "rows": rows,
        "method": draft,
        "heading": _("Avsnittene i «{name}»").format(name=template),
        "lead": _("Overskriftene i dokumentet, i den rekkefølgen de står."),
        "new_row": _("Et nytt avsnitt, om dere trenger det"),
    }
    return render(request, "projects/method_rows.html", context)


def _rows(
    request: HttpRequest, lines: list[Any], form: type[RowForm], rows: type[MethodRows]
) -> tuple[SeenForm, MethodRows]:
    stored = stored_rows(lines, form)
    seen = SeenForm(request.POST or None, stored=repr(stored))
    return seen, rows(request.POST or None, initial=stored, prefix="rad")


def _are_valid(request: HttpRequest, seen: SeenForm, rows: MethodRows) -> bool:
    return request.method == "POST" and all([seen.is_valid(), rows.is_valid()])


@transaction.atomic
def method_profiles(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _locked(request, pk)
    if _is_only_shown(request, draft):
        return redirect("method:detail", pk)
    forms = profile_forms(draft, request.POST or None)
    stored = repr([form.initial for form in forms])
    seen = SeenForm(request.POST or None, stored=stored)
    if request.method == "POST" and all([seen.is_valid(), *(form.is_valid() for form in forms)]):
        actions.write_profiles(draft, [form.text() for form in forms], by=request.user)
        messages.success(request, _("Størrelsene er lagret."))
        return redirect("method:detail", pk)
    context = {"form": seen, "forms": forms, "method": draft}
    return render(request, "projects/method_profiles.html", context)


def method_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: running projects keep theirs, and this one can be changed until one begins."""
    require_perm(request.user, MANAGE)
    method = get_object_or_404(Method.objects.select_related("based_on"), pk=pk)
    if request.method == "POST":
        chosen = actions.take_method_into_use(method, by=request.user)
        messages.success(
            request,
            _("Nye prosjekter bruker nå versjon {version}.").format(version=chosen.version),
        )
        return redirect("method:detail", pk)
    if method.is_current:
        return redirect("method:detail", pk)
    context = {
        "method": method,
        "changes": changes(method),
        "missing": actions.missing(method),
        "current": Method.objects.for_list().filter(is_current=True).first(),
    }
    return render(request, "projects/method_use.html", context)


def method_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first."""
    require_perm(request.user, MANAGE)
    draft = get_object_or_404(Method, pk=pk)
    if request.method == "POST":
        version = draft.version
        actions.delete_method(draft, by=request.user)
        messages.success(request, _("Utkastet {version} er slettet.").format(version=version))
        return redirect("method:list")
    if draft.is_current or draft.is_frozen:
        return redirect("method:detail", pk)
    return render(request, "projects/method_delete.html", {"method": draft})
