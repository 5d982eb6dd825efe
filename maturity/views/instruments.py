"""The versions of the instrument: read by all, written by the team."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.access import require_perm
from maturity.actions import instruments as actions
from maturity.bridge import (
    Bridge,
    Differences,
    Statement,
    Version,
    comparable,
    differences,
    overall,
)
from maturity.forms import AreaForm, InstrumentVersionForm, NamesForm, NewAreaForm
from maturity.models import Area, Characteristic, Instrument
from municipality.context_processors import current_cycle

MANAGE = "maturity.manage_instruments"
STEPS = {"up": -1, "down": 1}
BUTTONS = ("up", "down", "remove", "restore", "add")


@login_not_required
@require_GET
def instrument_list(request: HttpRequest) -> HttpResponse:
    instruments = Instrument.objects.visible_to(request.user).for_list()
    context = {
        "instruments": instruments,
        "can_manage": request.user.has_perm(MANAGE),
    }
    return render(request, "maturity/instrument_list.html", context)


@dataclass(frozen=True)
class AreaBridge:
    """What became of one area's statements since the version before."""

    name: str
    bridge: Bridge
    differences: Differences


@login_not_required
@require_GET
def instrument(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Instrument.objects.visible_to(request.user).with_texts()
    shown = get_object_or_404(visible, pk=pk)
    areas = _bridges(shown)
    context = {
        "instrument": shown,
        "areas": shown.areas.all(),
        "bridges": areas,
        "bridge": overall(each.bridge for each in areas),
        "missing": shown.missing(),
        "can_manage": request.user.has_perm(MANAGE),
        "can_edit": request.user.has_perm(MANAGE) and not shown.is_frozen,
    }
    return render(request, "maturity/instrument.html", context)


def _bridges(shown: Instrument) -> list[AreaBridge]:
    """Area by area, against the version it builds on; empty when it builds on none."""
    if shown.based_on is None:
        return []
    now, before = _statements(shown), _statements(shown.based_on)
    names = {
        area.code: area.name
        for area in Area.objects.filter(instrument__in=[shown.based_on, shown]).order_by(
            "instrument", "pk"
        )
    }
    found = comparable(_levels(now), _levels(before))
    return [
        AreaBridge(
            names.get(code, code),
            each,
            differences(now.get(code, []), before.get(code, [])),
        )
        for code, each in found.items()
    ]


Texts = dict[str, list[Statement]]  # code of an area → its statements


def _statements(version: Instrument) -> Texts:
    rows = Characteristic.objects.of([version.pk]).order_by(
        "guidance__area__order", "guidance__area", "guidance__level", "order", "pk"
    )
    found: Texts = {area.code: [] for area in version.areas.all()}
    for code, level, key, text in rows.values_list(
        "guidance__area__code", "guidance__level", "key", "text"
    ):
        found[code].append(Statement(key, level, text))
    return found


def _levels(texts: Texts) -> Version:
    return {code: {each.key: each.level for each in lines} for code, lines in texts.items()}


def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Lag ny versjon: a draft with all texts and keys of this one."""
    require_perm(request.user, MANAGE)
    source = get_object_or_404(Instrument, pk=pk)
    taken = set(Instrument.objects.values_list("version", flat=True))
    form = InstrumentVersionForm(
        request.POST or None, taken=taken, initial={"version": _next_name(request, taken)}
    )
    if form.is_valid():
        made = actions.copy(source, version=form.cleaned_data["version"], by=request.user)
        messages.success(
            request, _("Versjon {version} er laget som utkast.").format(version=made.version)
        )
        return redirect("maturity:instrument", made.pk)
    return render(request, "maturity/instrument_copy.html", {"form": form, "instrument": source})


def _next_name(request: HttpRequest, taken: set[str]) -> str:
    """For the year after this one: «2027-1», or the first number that is free."""
    cycle = current_cycle(request)
    if cycle is None:
        return ""
    names = (f"{cycle.year + 1}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _editable(pk: int) -> Instrument:
    return get_object_or_404(Instrument.objects.select_for_update(of=("self",)), pk=pk)


@transaction.atomic
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """What the version and its levels are called, once for all areas."""
    require_perm(request.user, MANAGE)
    draft = _editable(pk)
    if draft.is_frozen:
        return redirect("maturity:instrument", pk)
    others = Instrument.objects.exclude(pk=pk)
    taken = set(others.values_list("version", flat=True))
    form = NamesForm(request.POST or None, instrument=draft, taken=taken)
    if form.is_valid():
        actions.rename(draft, form.names(), by=request.user)
        messages.success(request, _("Navnene er lagret."))
        return redirect("maturity:instrument", pk)
    return render(request, "maturity/instrument_names.html", {"form": form, "instrument": draft})


@require_POST
def take_into_use(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, MANAGE)
    chosen = actions.take_into_use(get_object_or_404(Instrument, pk=pk), by=request.user)
    messages.success(
        request,
        _("Versjon {version} er i bruk. Neste målerunde bruker den.").format(
            version=chosen.version
        ),
    )
    return redirect("maturity:instrument", pk)


def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first."""
    require_perm(request.user, MANAGE)
    draft = get_object_or_404(Instrument, pk=pk)
    if request.method == "POST":
        version = draft.version
        actions.delete(draft, by=request.user)
        messages.success(request, _("Utkastet {version} er slettet.").format(version=version))
        return redirect("maturity:instruments")
    if not draft.is_draft:
        return redirect("maturity:instrument", pk)
    return render(request, "maturity/instrument_delete.html", {"instrument": draft})


def area_create(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, MANAGE)
    draft = get_object_or_404(Instrument, pk=pk)
    if request.method == "GET" and draft.is_frozen:
        return redirect("maturity:instrument", pk)
    form = NewAreaForm(request.POST or None)
    if form.is_valid():
        area = actions.add_area(draft, **form.cleaned_data, by=request.user)
        return redirect("maturity:instrument-area", pk, area.code)
    context = {"form": form, "instrument": draft}
    return render(request, "maturity/instrument_area_create.html", context)


@transaction.atomic
def area_edit(request: HttpRequest, pk: int, area: str) -> HttpResponse:
    """One area with all its levels and statements. Each button saves all that is written."""
    require_perm(request.user, MANAGE)
    areas = Area.objects.select_for_update(of=("self",)).select_related("instrument", "edited_by")
    stored = get_object_or_404(areas, instrument=pk, code=area)
    if request.method == "GET" and stored.instrument.is_frozen:
        return redirect("maturity:instrument", pk)
    form = AreaForm(request.POST or None, instance=stored, before=_texts_before(stored))
    if form.is_valid():
        actions.write_area(stored, form.content(), by=request.user)
        messages.success(request, _("{area} er lagret.").format(area=stored.name))
        return redirect(_back(request, stored))
    siblings = list(stored.instrument.areas.all())
    context = {"form": form, "area": stored, "areas": siblings, "instrument": stored.instrument}
    return render(request, "maturity/instrument_area.html", context)


def _texts_before(area: Area) -> dict[int, dict[str, str]]:
    """Level → key → text of the same area in the version this one builds on."""
    before = area.instrument.based_on_id
    found: dict[int, dict[str, str]] = {}
    if before is None:
        return found
    rows = Characteristic.objects.of([before]).filter(guidance__area__code=area.code)
    for level, key, text in rows.order_by("order", "pk").values_list(
        "guidance__level", "key", "text"
    ):
        found.setdefault(level, {})[key] = text
    return found


def _back(request: HttpRequest, area: Area) -> str:
    """To the level that was worked with, or to the version when all is done."""
    pressed = next((request.POST[name] for name in BUTTONS if name in request.POST), "")
    if not pressed:
        return reverse("maturity:instrument", args=[area.instrument_id])
    url = reverse("maturity:instrument-area", args=[area.instrument_id, area.code])
    return f"{url}#niva-{pressed[:1]}"


@require_POST
def area_move(request: HttpRequest, pk: int, area: str) -> HttpResponse:
    require_perm(request.user, MANAGE)
    stored = get_object_or_404(Area.objects.select_related("instrument"), instrument=pk, code=area)
    step = STEPS.get(request.POST.get("direction", ""), 0)
    actions.move_area(stored, step=step, by=request.user)
    return redirect(reverse("maturity:instrument", args=[pk]) + "#omradene")


def area_remove(request: HttpRequest, pk: int, area: str) -> HttpResponse:
    """Asks first: all that is written about the area goes with it."""
    require_perm(request.user, MANAGE)
    stored = get_object_or_404(Area.objects.select_related("instrument"), instrument=pk, code=area)
    if request.method == "POST":
        name = stored.name
        actions.remove_area(stored, by=request.user)
        messages.success(request, _("Området {area} er tatt bort.").format(area=name))
        return redirect("maturity:instrument", pk)
    if stored.instrument.is_frozen:
        return redirect("maturity:instrument", pk)
    return render(request, "maturity/instrument_area_remove.html", {"area": stored})
