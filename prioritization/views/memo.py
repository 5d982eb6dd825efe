"""The memo's editor: written part by part, put in order, made final."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event

from core.access import get_permitted
from municipality.actions import closed_message
from municipality.calendar import PhaseKind
from prioritization import memo as composition
from prioritization import memo_actions as actions
from prioritization import memo_document, memo_missing, memo_parts, memo_texts
from prioritization.memo_forms import MemoDetailsForm, MemoItemForm, MemoSectionForm
from prioritization.memo_parts import FIRST_PART, PART_BY_SLUG, Kind, Part, in_order
from prioritization.memo_texts import Facts
from prioritization.models import Memo, MemoItem, MemoSection
from prioritization.views.memo_files import preview_of


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
    context = _editor(memo, part, form, page=request.GET.get("side", "1"))
    return render(request, "prioritization/memo_edit.html", context)


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


def _editor(memo: Memo, part: Part, form: Any = None, *, page: str = "1") -> dict[str, Any]:
    """What the editor shows: the part in work, and what stands around it."""
    items = list(memo.items.in_order())
    sections = list(memo.sections.all())
    lacking = memo_missing.missing(memo, items=items, sections=sections)
    shown = composition.shown_now(memo)
    today = timezone.localdate()
    phase = memo.round.cycle.phase(PhaseKind.MEMO)
    recommended = part is PART_BY_SLUG["anbefalt"]
    return {
        "memo_row": memo,
        "part": part,
        "contents": _contents(memo, lacking),
        "form": form,
        "groups": _groups(items, shown, recommended=recommended),
        "shows_items": part.kind is Kind.ITEMS,
        "shows_recommended": recommended,
        "cost": memo_texts.cost_of(memo_texts.recommended(shown)),
        "missing": lacking,
        "phase": phase,
        "closed": "" if phase.is_open(today) else closed_message(phase, on=today),
        "section": next((each for each in sections if each.key == part.key), None),
        **preview_of(memo, shown, page=page),
        **memo_document.context(shown),
    }


def _contents(memo: Memo, lacking: list[memo_missing.Missing]) -> list[tuple[Part, str]]:
    return [(each, _mark(each, lacking)) for each in in_order(memo.part_order)]


def _groups(
    items: list[MemoItem], shown: Facts, *, recommended: bool
) -> list[tuple[str, list[tuple[MemoItem, Facts]]]]:
    """The ideas of a part: those that compete, and apart from them what the law demands."""
    facts = {each["code"]: each for each in shown["items"]}
    rows = [
        (item, facts[item.entry.idea.code]) for item in items if item.is_recommended == recommended
    ]
    competing = [row for row in rows if not row[0].entry.idea.is_statutory]
    duties = [row for row in rows if row[0].entry.idea.is_statutory]
    groups = [("", competing), (_("Lovpålagt, utenom rammen"), duties)]
    return [(heading, group) for heading, group in groups if group]


def _mark(part: Part, lacking: list[memo_missing.Missing]) -> str:
    if any(missing.part == part.slug for missing in lacking):
        return "missing"
    return "locked" if part.kind is Kind.LOCKED else "ready"


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


def _wanted_place(request: HttpRequest, place: int) -> int:
    """Where in its list something is to stand: dropped at a place, or one step up or down."""
    dropped = request.POST.get("place", "")
    if dropped.isdecimal():
        return int(dropped)
    return place - 1 if request.POST.get("direction") == "up" else place + 1


@require_POST
def memo_item_move(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """An idea to another place in its list: dragged there, or one step by key or button."""
    memo = _editable(request, pk)
    item = _item(memo, item_pk)
    place = [each.pk for each in MemoItem.objects.beside(item)].index(item.pk)
    to = _wanted_place(request, place)
    actions.move_item(item, to=to, by=request.user, on=timezone.localdate())
    pks = [each.pk for each in MemoItem.objects.beside(item)]
    words = _moved(str(item), pks.index(item.pk), len(pks))
    part = PART_BY_SLUG[_slug_of(item)]
    if not request.htmx:
        messages.success(request, words)
        return redirect("prioritization:memo-part", memo.pk, part.slug)
    response = render(request, "prioritization/memo_edit.html#items", _editor(memo, part))
    return _tell(response, words, focus=f"endre-{item.pk}")


@require_POST
def memo_part_move(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """A part of the memo to another place, in the same three ways."""
    memo = _editable(request, pk)
    part = PART_BY_SLUG.get(slug)
    if part is None or part.is_fixed:
        raise Http404
    to = _wanted_place(request, memo_parts.position(memo.part_order, part))
    memo.part_order = actions.move_part(memo, part, to=to, by=request.user, on=timezone.localdate())
    place = memo_parts.position(memo.part_order, part)
    words = _moved(str(part.title), place, memo_parts.movable_count())
    if not request.htmx:
        messages.success(request, words)
        return redirect("prioritization:memo-part", memo.pk, part.slug)
    lacking = memo_missing.missing(memo, items=memo.items.in_order(), sections=memo.sections.all())
    shown = PART_BY_SLUG.get(request.POST.get("shown", ""), part)
    context = {"memo_row": memo, "part": shown, "contents": _contents(memo, lacking)}
    response = render(request, "prioritization/memo_edit.html#parts", context)
    return _tell(response, words, focus=f"del-{part.slug}")


def _moved(what: str, place: int, count: int) -> str:
    return _("{what} er nå nummer {place} av {count}.").format(
        what=what, place=place + 1, count=count
    )


def _tell(response: HttpResponse, words: str, *, focus: str) -> HttpResponse:
    """Let the page say it in its live region, and put focus back if the swap took it."""
    said = {"words": words, "focus": focus}
    return trigger_client_event(response, "gk:moved", said, after="settle")


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
    lacking = memo_missing.missing(memo, items=memo.items.in_order(), sections=memo.sections.all())
    phase, today = memo.round.cycle.phase(PhaseKind.MEMO), timezone.localdate()
    closed = "" if phase.is_open(today) else closed_message(phase, on=today)
    context = {"memo_row": memo, "missing": lacking, "closed": closed}
    return render(request, "prioritization/memo_finalise.html", context)
