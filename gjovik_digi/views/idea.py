"""An idea's page, for everybody by its code and for its sender by a secret link."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gjovik_digi import thread
from ideas.models import Idea


@login_not_required
@require_GET
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody's page. The words of an idea that is not published yet are for the team only."""
    idea = get_object_or_404(Idea.objects.with_thread(), code=code)
    may_read = idea.is_published or request.user.has_perm("ideas.read_idea_inside", idea)
    return _page(request, idea, may_read=may_read)


@login_not_required
@require_GET
def by_token(request: HttpRequest, token: str) -> HttpResponse:
    """The sender's own page: their words, also before anybody has published them."""
    idea = get_object_or_404(Idea.objects.with_thread(), token=token)
    return _page(request, idea, may_read=True, is_sender=True)


def _page(
    request: HttpRequest, idea: Idea, *, may_read: bool, is_sender: bool = False
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "idea": idea,
        "thread": thread.build(idea, on=today),
        "may_read": may_read,
        "is_sender": is_sender,
        "today": today,
    }
    return render(request, "idea.html", context)
