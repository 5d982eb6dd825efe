"""What we know about people, how it ends, and that it has ended."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import require_perm
from core.models import ForgettingRun
from gjovik_digi import people
from gjovik_digi.privacy import KINDS
from municipality.closing import account_blockers
from municipality.models import User

PER_PAGE = 30


@login_not_required
@require_GET
def privacy_page(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy.html", {"kinds": KINDS})


@dataclass(frozen=True)
class RunRow:
    run: ForgettingRun
    counts: list[tuple[str, int]]  # of the kinds that something went of
    faults: list[str]

    @property
    def total(self) -> int:
        return sum(count for _what, count in self.counts)


@require_GET
def forgetting_runs(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, "core.see_forgetting")
    page = Paginator(ForgettingRun.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    words = {kind.key: str(kind.what) for kind in KINDS}
    rows = [
        RunRow(
            run,
            counts=[(words.get(key, key), count) for key, count in run.counts.items() if count],
            faults=[words.get(key, key) for key in run.errors],
        )
        for run in page.object_list
    ]
    context = {"page": page, "rows": rows, "kinds": [kind for kind in KINDS if kind.forget]}
    return render(request, "privacy/runs.html", context)


@require_GET
def person_list(request: HttpRequest) -> HttpResponse:
    """Those with an account, to find the one who has left."""
    require_perm(request.user, "core.forget_people")
    query = request.GET.get("q", "").strip()[:100]
    found = User.objects.exclude(email__endswith=f"@{people.NOBODYS}")
    if query:
        found = found.filter(Q(name__icontains=query) | Q(email__icontains=query))
    page = Paginator(found.select_related("sector").order_by("name", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"page": page, "people": page.object_list, "query": query}
    return render(request, "privacy/people.html", context)


def person_forget(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, "core.forget_people")
    person = get_object_or_404(User, pk=pk)
    if request.method == "POST":
        people.forget(person, by=request.user)
        messages.success(request, _("Personen er slettet. Det de gjorde, står igjen uten navn."))
        return redirect("people")
    context = {"person": person, "blockers": account_blockers(person)}
    return render(request, "privacy/person_forget.html", context)
