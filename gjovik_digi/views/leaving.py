"""Somebody leaves: what they have goes to others, and the account is closed."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.access import require_perm
from gjovik_digi import handing_over, leaving, people
from gjovik_digi.forms.leaving import SHOWN, HandOverForm
from municipality.models import User


@transaction.atomic
def person_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, "core.forget_people")
    posted = request.method == "POST"
    person = get_object_or_404(User.objects.select_for_update() if posted else User, pk=pk)
    items = list(leaving.items(person, on=timezone.localdate()))
    form = HandOverForm(request.POST if posted else None, leaver=person, items=items)
    if posted and form.is_valid():
        handing_over.hand_over(person, takers=form.takers, by=request.user, at=timezone.now())
        count = len(form.takers)
        messages.success(
            request,
            ngettext("{n} ting er gitt videre.", "{n} ting er gitt videre.", count).format(n=count),
        )
        return redirect("person-hand-over", pk=pk)
    context = {
        "person": person,
        "form": form,
        "count": len(items),
        "shown": SHOWN,
        "is_more": len(items) > SHOWN,
        "rounds": [each.round for each in leaving.scoring_left(person)],
        "handed": handing_over.handed_before(person),
        "is_self": person == request.user,
    }
    return render(request, "privacy/hand_over.html", context)


@require_POST
def person_close(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, "core.forget_people")
    person = get_object_or_404(User, pk=pk)
    people.close_account(person, by=request.user)
    messages.success(request, _("Kontoen er stengt. Navnet står igjen i historikken."))
    return redirect("person-hand-over", pk=pk)
