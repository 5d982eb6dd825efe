"""«Jeg er inhabil»: told about one idea, and taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import get_permitted
from prioritization import actions
from prioritization.forms import RecusalForm
from prioritization.models import Entry
from prioritization.views.scores import closed_words


def recuse(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    entry = _permitted(request, pk, entry_pk)
    form = RecusalForm(request.POST or None)
    if form.is_valid():
        actions.declare_recusal(
            entry,
            reason=form.cleaned_data["reason"],
            by=request.user,
            on=timezone.localdate(),
        )
        messages.success(request, _("Du er meldt inhabil. Svarene dine om ideen teller ikke."))
        return redirect("prioritization:score", pk=pk, entry_pk=entry_pk)
    context = {
        "form": form,
        "entry": entry,
        "round": entry.round,
        "recusal": entry.recusals.filter(person=request.user).first(),
        "closed": closed_words(entry.round),
    }
    return render(request, "prioritization/entry_recuse.html", context)


def _permitted(request: HttpRequest, pk: int, entry_pk: int) -> Entry:
    entries = Entry.objects.for_scoring().filter(round=pk)
    return get_permitted(request.user, "prioritization.score_entry", entries, pk=entry_pk)


@require_POST
def recuse_withdraw(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    entry = _permitted(request, pk, entry_pk)
    actions.withdraw_recusal(entry, by=request.user, on=timezone.localdate())
    messages.success(request, _("Du er ikke lenger meldt inhabil. Svarene dine teller igjen."))
    return redirect("prioritization:score", pk=pk, entry_pk=entry_pk)
