"""Freeze periods: days when systems are left alone."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import require_perm
from projects.actions import systems as actions
from projects.forms.systems import FreezeForm
from projects.models import FreezePeriod
from projects.views.systems import MANAGE, PER_PAGE, VIEW


@require_GET
def freeze_list(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, VIEW)
    periods = FreezePeriod.objects.prefetch_related("systems").order_by("-ends_on", "-pk")
    context = {
        "page": Paginator(periods, PER_PAGE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
        "can_manage": request.user.has_perm(MANAGE),
    }
    return render(request, "projects/freeze_list.html", context)


def freeze_create(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, MANAGE)
    form = FreezeForm(request.POST or None)
    if form.is_valid():
        return _save(request, form)
    return render(request, "projects/freeze_form.html", {"form": form})


@transaction.atomic
def freeze_edit(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, MANAGE)
    locked = FreezePeriod.objects.select_for_update(of=("self",)).select_related("edited_by")
    period = get_object_or_404(locked, pk=pk)
    name = period.name
    form = FreezeForm(request.POST or None, instance=period)
    if form.is_valid():
        return _save(request, form)
    return render(request, "projects/freeze_form.html", {"form": form, "name": name})


def _save(request: HttpRequest, form: FreezeForm) -> HttpResponse:
    actions.save_freeze(form.filled_in(), systems=form.cleaned_data["systems"], by=request.user)
    messages.success(request, _("Lagret."))
    return redirect("systems:freezes")


@transaction.atomic
def freeze_remove(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, MANAGE)
    period = FreezePeriod.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if period is None:
        messages.info(request, _("Perioden er allerede fjernet."))
        return redirect("systems:freezes")
    if request.method == "POST":
        name = period.name
        actions.remove_freeze(period, by=request.user)
        messages.success(request, _("«{name}» er fjernet.").format(name=name))
        return redirect("systems:freezes")
    return render(request, "projects/freeze_remove.html", {"period": period})
