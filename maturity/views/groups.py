"""The sector's leadership group: who is asked, and how far each has come. Never what they say."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.formatting import count_word
from maturity.actions import groups as actions
from maturity.forms.groups import InviteForm
from maturity.models import Respondent
from maturity.views.answers import can_write
from maturity.views.scope import permitted

PERM = "maturity.answer_assessment"


def group(request: HttpRequest, sector: str) -> HttpResponse:
    found = permitted(request, PERM, sector)
    if not found.is_begun:
        return redirect("maturity:assessment", sector=sector)
    form = InviteForm(request.POST or None, assessment=found)
    if form.is_valid():
        new = actions.invite(found, form.invitations(), by=request.user, on=timezone.localdate())
        messages.success(request, _invited(len(new)))
        return redirect("maturity:group", sector=sector)
    given = Count("answers", filter=Q(answers__level__isnull=False))
    members = list(
        found.respondents.select_related("user").annotate(given=given).order_by("name", "pk")
    )
    context = {
        "assessment": found,
        "members": members,
        "area_count": len(found.ordered_answers()),
        "done_count": sum(member.completed_at is not None for member in members),
        "waiting_count": sum(member.completed_at is None for member in members),
        "can_write": can_write(found),
        "form": form,
        "kept_days": Respondent.KEPT_DAYS,
    }
    return render(request, "maturity/group.html", context)


def _invited(count: int) -> str:
    if not count:
        return _("De er invitert fra før.")
    return ngettext("{count} er invitert.", "{count} er invitert.", count).format(
        count=count_word(count).capitalize()
    )


def _member(request: HttpRequest, sector: str, pk: int) -> Respondent:
    found = permitted(request, PERM, sector)
    return get_object_or_404(
        Respondent.objects.select_related("assessment__sector"), pk=pk, assessment=found.pk
    )


@require_POST
def remind(request: HttpRequest, sector: str) -> HttpResponse:
    found = permitted(request, PERM, sector)
    reached = actions.remind_group(found, by=request.user, on=timezone.localdate())
    if reached:
        messages.success(request, _("Påminnelsen er på vei til {n}.").format(n=len(reached)))
    else:
        messages.warning(
            request, _("Ingen å minne: alle har svart, eller fikk en påminnelse i dag.")
        )
    return redirect("maturity:group", sector=sector)


@require_POST
def member_remove(request: HttpRequest, sector: str, pk: int) -> HttpResponse:
    member = _member(request, sector, pk)
    actions.remove(member, by=request.user, on=timezone.localdate())
    messages.success(request, _("{name} er ikke lenger invitert.").format(name=member))
    return redirect("maturity:group", sector=sector)


@require_POST
def member_renew(request: HttpRequest, sector: str, pk: int) -> HttpResponse:
    member = _member(request, sector, pk)
    actions.renew_link(member, by=request.user, on=timezone.localdate())
    messages.success(
        request, _("{name} får en ny lenke. Den gamle virker ikke lenger.").format(name=member)
    )
    return redirect("maturity:group", sector=sector)
