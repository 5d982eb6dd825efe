"""Tiltak: what is done so that the benefits come."""

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from benefits import actions
from benefits.forms.realising import ActionStatusForm, RealisationActionForm
from benefits.models import ActionStatus, RealisationAction
from core.access import get_permitted
from core.formatting import count_word
from projects.models import Project
from projects.views.lines import Register, page_context, read

PER_PAGE = 50

ACTIONS = Register(
    key="action",
    page="actions",
    here=gettext_lazy("Tiltak"),
    model=RealisationAction,
    form=RealisationActionForm,
    asks=gettext_lazy("Hva skal gjøres for at gevinstene kommer?"),
    change=gettext_lazy("Endre tiltaket"),
    remove=gettext_lazy("Fjerne tiltaket?"),
    warning=gettext_lazy("Den som har ansvaret, blir ikke lenger minnet om det."),
    removed=gettext_lazy("er fjernet"),
    app="benefits",
)


@require_GET
def action_list(request: HttpRequest, pk: int) -> HttpResponse:
    project = read(request, pk)
    today = timezone.localdate()
    page = Paginator(
        RealisationAction.objects.filter(project=project).in_order(), PER_PAGE
    ).get_page(request.GET.get("page"))
    context = {
        **page_context(request, project, ACTIONS),
        "page": page,
        "rows": [(each, each.look(today), each.standing(today).label) for each in page],
        "headline": _headline(project, today),
    }
    return render(request, "benefits/actions.html", context)


def _headline(project: Project, today: dt.date) -> str:
    every = RealisationAction.objects.filter(project=project)
    undone = every.exclude(status=ActionStatus.DONE)
    late = undone.filter(due_on__lt=today).count()
    if late:
        return ngettext("Ett tiltak er forsinket", "{count} tiltak er forsinket", late).format(
            count=count_word(late).capitalize()
        )
    left = undone.count()
    if left:
        return ngettext("Ett tiltak gjenstår", "{count} tiltak gjenstår", left).format(
            count=count_word(left).capitalize()
        )
    return _("Alle tiltakene er gjort") if every.exists() else _("Ingen tiltak ennå")


def action_status(request: HttpRequest, pk: int) -> HttpResponse:
    """For the one who is responsible, who need not be inside the project."""
    stored = get_permitted(
        request.user,
        "benefits.tell_of_action",
        RealisationAction.objects.select_related("project", "benefit", "responsible"),
        pk=pk,
    )
    form = ActionStatusForm(request.POST or None, action=stored)
    if form.is_valid():
        status = ActionStatus(form.cleaned_data["status"])
        actions.say_how_it_goes(stored, status=status, by=request.user)
        messages.success(request, _("Takk. Prosjektet ser det nå."))
        inside = request.user.has_perm("projects.view_project_inside", stored.project)
        return redirect("benefits:actions", stored.project_id) if inside else redirect("my-page")
    context = {"action": stored, "project": stored.project, "form": form}
    return render(request, "benefits/action_status.html", context)
