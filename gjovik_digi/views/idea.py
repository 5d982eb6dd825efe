"""An idea's page, for everybody by its code and for its sender by a secret link."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.abuse import Guard
from gjovik_digi import thread
from ideas.forms import SubscribeForm, SupportForm
from ideas.models import Attachment, Idea
from ideas.views.supporting import supports

COMMENTS_PER_PAGE = 20


@login_not_required
@require_GET
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody's page. The words of an idea that is not published yet are for the team only."""
    idea = get_object_or_404(Idea.objects.with_thread(), code=code)
    inside = request.user.has_perm("ideas.read_idea_inside", idea)
    return _page(request, idea, inside=inside, may_read=idea.is_published or inside)


@login_not_required
@never_cache
@require_GET
def by_token(request: HttpRequest, token: str) -> HttpResponse:
    """The sender's own page: their words, also before anybody has published them."""
    idea = get_object_or_404(Idea.objects.with_thread(), token=token)
    return _page(request, idea, inside=True, may_read=True, is_sender=True)


def _page(
    request: HttpRequest, idea: Idea, *, inside: bool, may_read: bool, is_sender: bool = False
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "idea": idea,
        "thread": thread.build(idea, on=today, inside=inside, user=request.user),
        "may_read": may_read,
        "is_sender": is_sender,
        "today": today,
        "files": _files(idea, inside=inside) if may_read else [],
        **(_for_all(request, idea) if idea.is_published else {}),
    }
    return render(request, "idea.html", context)


def _files(idea: Idea, *, inside: bool) -> list[Attachment]:
    files = idea.attachments.without_content()
    return list(files if inside else files.filter(is_public=True))


def _for_all(request: HttpRequest, idea: Idea) -> dict[str, Any]:
    """What everybody can do with a published idea, and what others have said."""
    comments = Paginator(idea.comments.published(), COMMENTS_PER_PAGE)
    page = comments.get_page(request.GET.get("page"))
    known = request.user.email if request.user.is_authenticated else ""
    return {
        "page": page,
        "comments": page.object_list,
        "supports": supports(request, idea),
        "support_form": SupportForm(guard=Guard(request, "support"), auto_id="stott_%s"),
        "subscribe_form": SubscribeForm(
            guard=Guard(request, "follow"), auto_id="folg_%s", initial={"email": known}
        ),
    }
