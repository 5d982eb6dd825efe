"""The memo: written part by part, read, made as PDF, made final."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseStopPolling

from core.access import get_permitted
from core.responses import attachment
from municipality.actions import closed_message
from municipality.calendar import PhaseKind
from prioritization import memo as composition
from prioritization import memo_actions as actions
from prioritization import memo_document, memo_texts
from prioritization.memo import FIRST_PART, PART_BY_SLUG, PARTS, Kind, Part
from prioritization.memo_forms import MemoDetailsForm, MemoItemForm, MemoSectionForm
from prioritization.models import Memo, MemoFile, MemoItem, MemoSection


def _editable(request: HttpRequest, pk: int) -> Memo:
    return get_permitted(
        request.user, "prioritization.manage_memo", Memo.objects.for_editing(), pk=pk
    )


@require_GET
def memo_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor for those who write it while it is a draft; the memo itself for the others."""
    memo = get_permitted(request.user, "prioritization.view_memo", Memo, pk=pk)
    if memo.is_final or not request.user.has_perm("prioritization.manage_memo", memo):
        return redirect("prioritization:memo-read", memo.pk)
    return redirect("prioritization:memo-part", memo.pk, FIRST_PART.slug)


@transaction.atomic
def memo_part(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    memo = _editable(request, pk)
    if memo.is_final and request.method != "POST":
        return redirect("prioritization:memo-read", memo.pk)
    part = PART_BY_SLUG.get(slug)
    if part is None:
        raise Http404
    form = _part_form(request, memo, part)
    if form is not None and form.is_valid():
        if part.kind is Kind.DETAILS:
            actions.save_details(form.instance, by=request.user, on=timezone.localdate())
        else:
            actions.save_section(form.instance, by=request.user, on=timezone.localdate())
        messages.success(request, _("«{part}» er lagret.").format(part=part.title))
        return redirect("prioritization:memo-part", memo.pk, part.slug)
    return render(request, "prioritization/memo_edit.html", _editor(memo, part, form))


def _part_form(request: HttpRequest, memo: Memo, part: Part) -> Any:
    """The form of a part, over a row that is locked for the one who saves."""
    if part.kind is Kind.LOCKED:
        return None
    if part.kind is Kind.DETAILS:
        rows, lookup, form_class = Memo.objects.all(), {"pk": memo.pk}, MemoDetailsForm
    else:
        rows, lookup, form_class = memo.sections.all(), {"key": part.key}, MemoSectionForm
    if request.method == "POST":
        rows = rows.select_for_update()
    return form_class(request.POST or None, instance=get_object_or_404(rows, **lookup))


def _editor(memo: Memo, part: Part, form: Any = None) -> dict[str, Any]:
    """What the editor shows: the part in work, and what stands around it."""
    items = list(memo.items.in_order())
    sections = list(memo.sections.all())
    lacking = composition.missing(memo, items=items, sections=sections)
    snapshot = composition.snapshot(memo)
    today = timezone.localdate()
    phase = memo.round.cycle.phase(PhaseKind.MEMO)
    recommended = part is PART_BY_SLUG["anbefalt"]
    return {
        "memo_row": memo,
        "part": part,
        "contents": [(each, _mark(each, lacking)) for each in PARTS],
        "form": form,
        "groups": _groups(items, recommended=recommended),
        "shows_items": part.kind is Kind.ITEMS,
        "shows_recommended": recommended,
        "cost": memo_texts.cost_of(memo_texts.recommended(snapshot)),
        "missing": lacking,
        "phase": phase,
        "closed": "" if phase.is_open(today) else closed_message(phase, on=today),
        "file": _latest_file(memo),
        "section": next((each for each in sections if each.key == part.key), None),
        **memo_document.context(snapshot),
    }


def _groups(items: list[MemoItem], *, recommended: bool) -> list[tuple[str, list[MemoItem]]]:
    """The ideas of a part: those that compete, and apart from them what the law demands."""
    shown = [item for item in items if item.is_recommended == recommended]
    competing = [item for item in shown if not item.entry.idea.is_statutory]
    duties = [item for item in shown if item.entry.idea.is_statutory]
    groups = [("", competing), (_("Lovpålagt, utenom rammen"), duties)]
    return [(heading, group) for heading, group in groups if group]


def _mark(part: Part, lacking: list[composition.Missing]) -> str:
    if any(missing.part == part.slug for missing in lacking):
        return "missing"
    return "locked" if part.kind is Kind.LOCKED else "ready"


def _latest_file(memo: Memo) -> MemoFile | None:
    return memo.files.without_content().defer("snapshot").order_by("-number").first()


@require_POST
def memo_section_restore(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    memo = _editable(request, pk)
    part = PART_BY_SLUG.get(slug)
    section = get_object_or_404(MemoSection, memo=memo, key=part.key if part else None)
    actions.restore_section(section, by=request.user, on=timezone.localdate())
    messages.success(request, _("Nå står den foreslåtte teksten der."))
    return redirect("prioritization:memo-part", memo.pk, slug)


def _item(memo: Memo, item_pk: int, *, lock: bool = False) -> MemoItem:
    rows = MemoItem.objects.select_related("entry__idea__sector", "entry__idea__owner", "memo")
    if lock:
        rows = rows.select_for_update(of=["self"])
    return get_object_or_404(rows, memo=memo, pk=item_pk)


@transaction.atomic
def memo_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """What the memo says about one idea."""
    memo = _editable(request, pk)
    item = _item(memo, item_pk, lock=request.method == "POST")
    form = MemoItemForm(request.POST or None, instance=item)
    if form.is_valid():
        actions.save_item(item, by=request.user, on=timezone.localdate())
        messages.success(request, _("«{idea}» er lagret.").format(idea=item))
        return redirect("prioritization:memo-part", memo.pk, _slug_of(item))
    context = {"memo_row": memo, "item": item, "form": form, "part_slug": _slug_of(item)}
    return render(request, "prioritization/memo_item.html", context)


def _slug_of(item: MemoItem) -> str:
    return "anbefalt" if item.is_recommended else "ikke-anbefalt"


@require_POST
@transaction.atomic
def memo_item_recommend(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """In or out of the recommended. An idea that goes out needs a reason: there it goes next."""
    memo = _editable(request, pk)
    item = _item(memo, item_pk, lock=True)
    is_recommended = request.POST.get("recommended") == "1"
    actions.recommend(item, is_recommended=is_recommended, by=request.user, on=timezone.localdate())
    if is_recommended:
        messages.success(request, _("«{idea}» er anbefalt.").format(idea=item))
        return redirect("prioritization:memo-part", memo.pk, "anbefalt")
    messages.success(request, _("«{idea}» er ikke anbefalt. Skriv hvorfor.").format(idea=item))
    return redirect("prioritization:memo-item", memo.pk, item.pk)


@require_POST
def memo_item_move(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    memo = _editable(request, pk)
    item = _item(memo, item_pk)
    up = request.POST.get("direction") == "up"
    actions.move_item(item, up=up, by=request.user, on=timezone.localdate())
    part = PART_BY_SLUG[_slug_of(item)]
    if not request.htmx:
        return redirect("prioritization:memo-part", memo.pk, part.slug)
    return render(request, "prioritization/memo_edit.html#items", _editor(memo, part))


@require_POST
def memo_recommend_within_frame(request: HttpRequest, pk: int) -> HttpResponse:
    memo = _editable(request, pk)
    actions.recommend_within_frame(memo, by=request.user, on=timezone.localdate())
    messages.success(request, _("Vi anbefaler nå så langt ned på lista som rammen rekker."))
    return redirect("prioritization:memo-part", memo.pk, "anbefalt")


def memo_finalise(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: there is no way back."""
    memo = _editable(request, pk)
    if memo.is_final and request.method == "GET":
        return redirect("prioritization:memo-read", memo.pk)
    if request.method == "POST":
        actions.finalise(memo, by=request.user, on=timezone.localdate(), at=timezone.now())
        messages.success(request, _("Notatet er endelig. De som skal vedta, har fått beskjed."))
        return redirect("prioritization:memo-read", memo.pk)
    lacking = composition.missing(memo, items=memo.items.in_order(), sections=memo.sections.all())
    phase, today = memo.round.cycle.phase(PhaseKind.MEMO), timezone.localdate()
    closed = "" if phase.is_open(today) else closed_message(phase, on=today)
    context = {"memo_row": memo, "missing": lacking, "closed": closed}
    return render(request, "prioritization/memo_finalise.html", context)


@require_GET
def memo_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The memo as it is: the draft of this moment, or the final one as it was frozen."""
    memo = get_permitted(
        request.user, "prioritization.view_memo", Memo.objects.for_editing(), pk=pk
    )
    files = list(memo.files.without_content().defer("snapshot").select_related("requested_by"))
    shown = memo.final_snapshot() if memo.is_final else composition.snapshot(memo)
    context = {
        "memo_row": memo,
        "files": files,
        "file": files[0] if files else None,
        **memo_document.context(shown),
    }
    return render(request, "prioritization/memo_read.html", context)


@require_POST
def memo_make(request: HttpRequest, pk: int) -> HttpResponse:
    memo = _editable(request, pk)
    file = actions.make_draft_file(memo, by=request.user)
    return redirect("prioritization:memo-file-status", memo.pk, file.pk)


def _visible_file(request: HttpRequest, pk: int, file_pk: int) -> MemoFile:
    memo = get_permitted(request.user, "prioritization.view_memo", Memo, pk=pk)
    rows = memo.files.without_content().defer("snapshot").select_related("memo")
    return get_object_or_404(rows, pk=file_pk)


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
    state = _("utkast") if file.is_draft else _("endelig")
    name = slugify(f"{file.memo.title} {state} {file.number}")
    return attachment(bytes(file.content), filename=f"{name}.pdf", content_type="application/pdf")
