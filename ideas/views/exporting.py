"""The ideas of a list as a file: what the list was narrowed down to, as far as one may see it."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import require_perm
from core.errors import ActionRefused
from core.responses import attachment
from core.workbook_writing import CONTENT_TYPE
from ideas import exports, inbox_filter
from ideas.filters import IdeaFilter
from ideas.models import Idea, IdeaQuerySet
from municipality.models import Municipality

CSV_TYPE = "text/csv; charset=utf-8"
FROM_INBOX = "innboks"


@dataclass(frozen=True)
class Wanted:
    ideas: IdeaQuerySet
    inside: IdeaQuerySet | None  # whose internal fields the person may see

    @property
    def with_internal(self) -> bool:
        return self.inside is not None

    def prepared(self) -> IdeaQuerySet:
        return exports.prepared(self.ideas, inside=self.inside)


def _wanted(request: HttpRequest) -> Wanted:
    """The list the address tells of: the public one, or a tab of the person's own inbox."""
    inside = inbox_filter.of(request.user) if request.user.has_perm("ideas.use_inbox") else None
    if request.GET.get("fra") == FROM_INBOX:
        require_perm(request.user, "ideas.use_inbox")
        tabs = inbox_filter.Tabs(request.user, inside, request.GET.get("tab"))
        found = inbox_filter.InboxFilter(request.GET, queryset=tabs.ideas, on=timezone.localdate())
        return Wanted(found.qs, inside)
    may_see = Q(published_at__isnull=False)
    if inside is not None:
        may_see |= Q(pk__in=inside.order_by().values("pk"))
    return Wanted(
        IdeaFilter(request.GET, queryset=Idea.objects.filter(may_see).for_list()).qs, inside
    )


@login_not_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """What the files hold, and where to get them."""
    wanted = _wanted(request)
    context = {
        "count": wanted.ideas.count(),
        "columns": exports.columns(with_internal=wanted.with_internal),
        "with_internal": wanted.with_internal,
        "most": exports.MAX_IN_WORKBOOK,
        "is_inbox": request.GET.get("fra") == FROM_INBOX,
        "query": request.GET.urlencode(),
    }
    return render(request, "ideas/export.html", context)


@login_not_required
@require_GET
def export_workbook(request: HttpRequest) -> HttpResponse:
    wanted = _wanted(request)
    if wanted.ideas.count() > exports.MAX_IN_WORKBOOK:
        raise ActionRefused(
            _("Det er plass til {most} ideer i regnearket. Søk smalere, eller hent CSV.").format(
                most=exports.MAX_IN_WORKBOOK
            )
        )
    content = exports.as_workbook(
        wanted.prepared(),
        with_internal=wanted.with_internal,
        creator=Municipality.load().name,
        made_at=timezone.now(),
    )
    return attachment(content, filename=_file_name("xlsx"), content_type=CONTENT_TYPE)


@login_not_required
@require_GET
def export_csv(request: HttpRequest) -> StreamingHttpResponse:
    wanted = _wanted(request)
    lines = exports.as_csv(wanted.prepared(), with_internal=wanted.with_internal)
    return StreamingHttpResponse(
        lines,
        content_type=CSV_TYPE,
        headers={
            "Content-Disposition": content_disposition_header(True, _file_name("csv")),
            "X-Content-Type-Options": "nosniff",
        },
    )


def _file_name(ending: str) -> str:
    return f"ideer-{timezone.localdate():%Y-%m-%d}.{ending}"
