"""IKT-styringsrådet: the change requests that wait, and what became of the others."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import get_permitted, require_perm
from core.formatting import count_word
from projects import actions
from projects.forms import ChangeDecisionForm
from projects.models import ChangeRequest, ChangeRequestStatus

PER_PAGE = 25


def _headline(waiting: int) -> str:
    """«To endringsanmodninger venter på rådet.»"""
    if not waiting:
        return _("Ingen endringsanmodninger venter på rådet.")
    if waiting == 1:
        return _("Én endringsanmodning venter på rådet.")
    return _("{count} endringsanmodninger venter på rådet.").format(
        count=count_word(waiting).capitalize()
    )


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, "projects.view_board")
    requests = ChangeRequest.objects.for_board()
    waiting = requests.waiting()
    page = Paginator(requests.treated(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": waiting,
        "page": page,
        "treated": page.object_list,
        "headline": _headline(len(waiting)),
    }
    return render(request, "projects/board.html", context)


def change_request_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The question and what it rests on; the form for those who sit on the board."""
    change_request = get_permitted(
        request.user, "projects.view_change_request", ChangeRequest.objects.for_board(), pk=pk
    )
    may_decide = request.user.has_perm("projects.decide_change_request")
    if request.method == "POST" and not may_decide:
        raise PermissionDenied
    form = ChangeDecisionForm(request.POST or None, change_request=change_request)
    if form.is_valid():
        actions.decide_change(
            change_request,
            outcome=ChangeRequestStatus(form.cleaned_data["outcome"]),
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(
            request,
            _("Svaret på «{title}» er ført. Den som spurte, har fått e-post.").format(
                title=change_request
            ),
        )
        return redirect("board:list")
    context = {
        "change_request": change_request,
        "project": change_request.project,
        "form": form,
        "may_decide": may_decide,
    }
    return render(request, "projects/change_request_decide.html", context)
