"""Before the room opens: the list, and the plan."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.access import get_permitted, require_perm
from workshops import actions
from workshops.forms import WorkshopForm
from workshops.models import Workshop

PER_PAGE = 25


@require_GET
def workshop_list(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, "workshops.hold_workshops")
    found = Workshop.objects.led_by(request.user).for_list()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "workshops": page.object_list}
    return render(request, "workshops/workshop_list.html", context)


def workshop_create(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, "workshops.hold_workshops")
    form = WorkshopForm(request.POST or None, by=request.user)
    if form.is_valid():
        workshop = actions.plan(
            form.instance,
            goals=form.cleaned_data["goals"],
            questions=form.cleaned_data["questions"],
            by=request.user,
        )
        messages.success(
            request,
            _("Verkstedet er klart. Koden er {code}.").format(code=workshop.spoken_code),
        )
        return redirect(workshop)
    return render(request, "workshops/workshop_form.html", {"form": form})


@transaction.atomic
def workshop_edit(request: HttpRequest, pk: int) -> HttpResponse:
    locked = Workshop.objects.select_for_update(of=("self",)).select_related("sector")
    workshop = get_permitted(request.user, "workshops.lead_workshop", locked, pk=pk)
    if not workshop.is_ready and request.method == "GET":
        return redirect(workshop)
    form = WorkshopForm(request.POST or None, instance=workshop, by=request.user)
    if form.is_valid():
        actions.change_plan(
            form.instance,
            goals=form.cleaned_data["goals"],
            questions=form.cleaned_data["questions"],
            by=request.user,
        )
        messages.success(request, _("Oppsettet er lagret."))
        return redirect(workshop)
    return render(request, "workshops/workshop_form.html", {"form": form, "workshop": workshop})


@require_POST
def workshop_discard(request: HttpRequest, pk: int) -> HttpResponse:
    workshop = get_permitted(request.user, "workshops.lead_workshop", Workshop, pk=pk)
    actions.discard(workshop, by=request.user)
    messages.success(request, _("«{name}» er slettet.").format(name=workshop.name))
    return redirect("workshops:list")
