"""The memo as it is read, and its versions: made, shown page by page, compared, fetched."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseStopPolling

from core import pdf_pages
from core.access import get_permitted
from core.responses import attachment
from core.workbook_writing import CONTENT_TYPE
from prioritization import memo as composition
from prioritization import memo_actions as actions
from prioritization import memo_changes, memo_document
from prioritization.memo_texts import Facts
from prioritization.models import Memo, MemoFile

PICTURE_WIDTH = 900  # pixels: sharp at the width of the editor's column, legible when enlarged
YEAR = 365 * 24 * 60 * 60
VERSIONS_PER_PAGE = 20


def _visible(request: HttpRequest, pk: int) -> Memo:
    return get_permitted(
        request.user, "prioritization.view_memo", Memo.objects.for_editing(), pk=pk
    )


def _editable(request: HttpRequest, pk: int) -> Memo:
    return get_permitted(
        request.user, "prioritization.manage_memo", Memo.objects.for_editing(), pk=pk
    )


@require_GET
def memo_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The memo as it is: the draft of this moment, or the final one as it was frozen."""
    memo = _visible(request, pk)
    shown = memo.final_snapshot() if memo.is_final else composition.shown_now(memo)
    context = {
        "memo_row": memo,
        "file": memo.files.light().order_by("-number").first(),
        **memo_document.context(shown),
    }
    return render(request, "prioritization/memo_read.html", context)


def preview_of(memo: Memo, shown: Facts | None, *, page: str) -> dict[str, Any]:
    """The newest version that is ready, one page of it, and whether the text is newer.

    Without `shown` a version has just been asked for, and nobody needs to be told.
    """
    files = memo.files.light().order_by("-number")
    ready = files.ready().with_fingerprint().exclude(pages=None).first()
    newest = files.first()
    return {
        "file": newest,
        "preview": ready,
        "preview_page": Paginator(range(ready.pages or 1), 1).get_page(page) if ready else None,
        "preview_is_stale": shown is not None
        and ready is not None
        and ready.fingerprint != composition.fingerprint(shown),
    }


@require_GET
def memo_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """How the draft will print, page by page; beside the editor, and large on its own."""
    memo = _editable(request, pk)
    context = {
        "memo_row": memo,
        **preview_of(memo, composition.shown_now(memo), page=request.GET.get("side", "1")),
    }
    if not request.htmx:
        return render(request, "prioritization/memo_preview.html", context)
    return render(request, "prioritization/memo_preview.html#preview", context)


@require_POST
def memo_make(request: HttpRequest, pk: int) -> HttpResponse:
    memo = _editable(request, pk)
    file = actions.make_draft_file(memo, by=request.user)
    if request.htmx:
        preview = preview_of(memo, None, page=request.POST.get("side", "1"))
        context = {"memo_row": memo, **preview}
        return render(request, "prioritization/memo_preview.html#preview", context)
    return redirect("prioritization:memo-file-status", memo.pk, file.pk)


def _visible_file(request: HttpRequest, pk: int, file_pk: int) -> MemoFile:
    memo = get_permitted(request.user, "prioritization.view_memo", Memo, pk=pk)
    return get_object_or_404(memo.files.light().select_related("memo"), pk=file_pk)


@require_GET
def memo_file_status(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """How far the PDF has come: a page of its own, and the fragment that htmx asks for."""
    file = _visible_file(request, pk, file_pk)
    context = {"file": file, "memo_row": file.memo}
    if not request.htmx:
        return render(request, "prioritization/memo_file.html", context)
    fragment = render(request, "prioritization/memo_file.html#status", context)
    return fragment if file.is_underway else HttpResponseStopPolling(fragment.content)


@require_POST
def memo_file_retry(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    memo = _editable(request, pk)
    file = get_object_or_404(memo.files.without_content(), pk=file_pk)
    actions.try_again(file, by=request.user)
    return redirect("prioritization:memo-file-status", memo.pk, file.pk)


@require_GET
def memo_download(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    file = _visible_file(request, pk, file_pk)
    if not file.is_ready:
        raise Http404
    return attachment(
        bytes(file.content), filename=f"{_name(file)}.pdf", content_type="application/pdf"
    )


@require_GET
def memo_annex(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """The scoring basis that was made with this version."""
    file = _visible_file(request, pk, file_pk)
    if not file.annex_sha256:
        raise Http404
    return attachment(
        bytes(file.annex),
        filename=f"{_name(file)}-{slugify(_('poenggrunnlag'))}.xlsx",
        content_type=CONTENT_TYPE,
    )


def _name(file: MemoFile) -> str:
    state = _("utkast") if file.is_draft else _("endelig")
    return slugify(f"{file.memo.title} {state} {file.number}")


@require_GET
@cache_control(private=True, max_age=YEAR, immutable=True)
def memo_page_picture(request: HttpRequest, pk: int, file_pk: int, number: int) -> HttpResponse:
    """One page of a version as a picture. A version never changes, so the browser keeps it."""
    file = _visible_file(request, pk, file_pk)
    if not file.is_ready or not 1 <= number <= (file.pages or 0):
        raise Http404
    etag = f'"{file.sha256}-{number}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    content = pdf_pages.picture(bytes(file.content), number, width=PICTURE_WIDTH)
    return HttpResponse(content, content_type="image/png", headers={"ETag": etag})


@require_GET
def memo_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version, newest first: who, when, its checksums, and what changed."""
    memo = _visible(request, pk)
    files = memo.files.light().with_shown().order_by("-number")
    page = Paginator(files, VERSIONS_PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    before = files.filter(number__lt=shown[-1].number).first() if shown else None
    context = {
        "memo_row": memo,
        "page": page,
        "versions": [
            (file, older, memo_changes.changes(older.shown, file.shown) if older else [])
            for file, older in zip(shown, [*shown[1:], before], strict=True)
        ],
    }
    return render(request, "prioritization/memo_versions.html", context)


@require_GET
def memo_compare(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A version beside the one before it."""
    memo = _visible(request, pk)
    files = memo.files.light().with_shown()
    file = get_object_or_404(files, number=number)
    older = files.filter(number__lt=number).order_by("-number").first()
    if older is None:
        raise Http404
    context = {
        "memo_row": memo,
        "file": file,
        "older": older,
        "changes": memo_changes.changes(older.shown, file.shown),
        "pairs": memo_changes.pairs(older.shown, file.shown),
    }
    return render(request, "prioritization/memo_compare.html", context)
