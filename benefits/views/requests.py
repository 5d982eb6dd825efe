"""Who is asked for a number, who has answered, and what to do about those who have not."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from benefits import actions
from benefits.forms.measuring import AskAnotherForm
from benefits.models import Indicator, MeasuringRequest
from core.access import require_perm

PER_PAGE = 25
OVERDUE, WAITING, ANSWERED, SKIPPED, NOBODY = "over", "venter", "besvart", "hoppet", "ingen"
WORDS = {
    OVERDUE: gettext_lazy("Over tiden"),
    WAITING: gettext_lazy("Venter på svar"),
    ANSWERED: gettext_lazy("Besvart"),
    SKIPPED: gettext_lazy("Hoppet over"),
    NOBODY: gettext_lazy("Ikke spurt"),
}


@dataclass(frozen=True)
class Tab:
    key: str
    words: Any
    count: int


@require_GET
def request_list(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, "benefits.view_requests")
    today = timezone.localdate()
    chosen = request.GET.get("mappe")
    tab = chosen if chosen in WORDS else WAITING
    page = Paginator(_rows(tab, today), PER_PAGE).get_page(request.GET.get("page"))
    context = {"tabs": _tabs(today), "tab": tab, "page": page, "today": today}
    return render(request, "benefits/requests.html", context)


def _conditions(today: Any) -> dict[str, Q]:
    waiting = Q(used_at=None, skipped_at=None, revoked_at=None)
    return {
        OVERDUE: waiting & Q(due_on__lt=today),
        WAITING: waiting & Q(due_on__gte=today),
        ANSWERED: Q(used_at__isnull=False),
        SKIPPED: Q(skipped_at__isnull=False),
    }


def _tabs(today: Any) -> list[Tab]:
    """With how many stand in each: two queries."""
    counts = MeasuringRequest.objects.aggregate(
        **{key: Count("pk", filter=where) for key, where in _conditions(today).items()}
    )
    counts[NOBODY] = _not_asked(today).count()
    return [Tab(key, words, counts[key]) for key, words in WORDS.items()]


def _rows(tab: str, today: Any) -> Any:
    """What waits, with the longest overdue first; what is done, with the newest first."""
    if tab == NOBODY:
        return _not_asked(today).with_benefit().order_by("next_measurement_on", "pk")
    found = MeasuringRequest.objects.with_indicator().filter(_conditions(today)[tab])
    orders = {ANSWERED: ("-used_at", "-pk"), SKIPPED: ("-skipped_at", "-pk")}
    return found.order_by(*orders.get(tab, ("due_on", "pk")))


def _not_asked(today: Any) -> Any:
    """Due, and nobody is asked: new, or all who could be asked have left."""
    asked = MeasuringRequest.objects.waiting().filter(indicator=OuterRef("pk"))
    return Indicator.objects.due(today).filter(~Exists(asked))


def _request(request: HttpRequest, pk: int) -> MeasuringRequest:
    asked = get_object_or_404(MeasuringRequest.objects.with_indicator(), pk=pk)
    if not request.user.has_perm("benefits.choose_who_measures", asked.indicator.benefit):
        raise PermissionDenied
    return asked


@require_POST
def request_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """The same question to the same person, with a new link."""
    asked = _request(request, pk)
    if actions.renew_link(asked, on=timezone.localdate(), by=request.user):
        sent = _("{who} får en ny e-post. Lenken i den gamle virker ikke lenger.")
        messages.success(request, sent.format(who=asked.to))
    else:
        often = _("{who} har fått flere e-poster den siste timen. Vent litt før du sender flere.")
        messages.warning(request, often.format(who=asked.to))
    return _back(request, asked)


def request_reassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else is asked for the number this time."""
    asked = _request(request, pk)
    form = AskAnotherForm(request.POST or None, request=asked)
    if form.is_valid():
        to = form.cleaned_data["to"]
        actions.ask_another(asked, to=to, by=request.user, on=timezone.localdate())
        messages.success(request, _("{who} er spurt, og får e-post.").format(who=to))
        return _back(request, asked)
    context = {
        "asked": asked,
        "indicator": asked.indicator,
        "benefit": asked.indicator.benefit,
        "form": form,
        "today": timezone.localdate(),
    }
    return render(request, "benefits/request_reassign.html", context)


def _back(request: HttpRequest, asked: MeasuringRequest) -> HttpResponse:
    """To the team's list; the leader of a sector has «Min side»."""
    is_team = request.user.has_perm("benefits.view_requests")
    return redirect("benefits:requests" if is_team else "my-page")
