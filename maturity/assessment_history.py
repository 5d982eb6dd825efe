"""What has become of a sector's assessment: every change in words, and one revision beside another.

An edit and a revision tell the same things of an area, so both become a `Difference`.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formatting import day_with_year
from core.models import Event
from maturity.models import AnswerEdit, Assessment, Characteristic, Revision

Said = Mapping[str, Any]  # what was said in an area, as an edit or a revision keeps it


@dataclass(frozen=True)
class Difference:
    """From one time to another in one area. What is empty has not changed."""

    area: str
    level: str = ""
    target: str = ""
    reason: tuple[str, str] | None = None  # before and after
    ticked: Sequence[str] = ()
    unticked: Sequence[str] = ()
    measures_added: Sequence[str] = ()
    measures_removed: Sequence[str] = ()

    def __bool__(self) -> bool:
        changes = (self.ticked, self.unticked, self.measures_added, self.measures_removed)
        return bool(self.level or self.target or self.reason or any(changes))


def difference(area: str, before: Said, after: Said) -> Difference:
    reasons = (before.get("reason", ""), after.get("reason", ""))
    return Difference(
        area=area,
        level=_shift(_("Nivå"), before.get("level"), after.get("level"), none=_("ikke svart")),
        target=_shift(
            _("Mål for neste år"), before.get("target"), after.get("target"), none=_("ikke satt")
        ),
        reason=reasons if reasons[0] != reasons[1] else None,
        ticked=_only_in(after, before, "ticks"),
        unticked=_only_in(before, after, "ticks"),
        measures_added=_only_in(after, before, "measures"),
        measures_removed=_only_in(before, after, "measures"),
    )


def _shift(label: str, before: int | None, after: int | None, *, none: str) -> str:
    """«Nivå 2 → 3». Nothing was answered is told as that, never as a number."""
    if before == after:
        return ""
    return f"{label} {none if before is None else before} → {none if after is None else after}"


def _only_in(these: Said, those: Said, name: str) -> list[str]:
    return [each for each in these.get(name, []) if each not in those.get(name, [])]


# Revisions


def between(before: Revision, now: Revision) -> list[Difference]:
    """Area by area, where anything differs; also areas that only one of them has."""
    here, there = _by_code(now), _by_code(before)
    codes = [*here, *(code for code in there if code not in here)]
    found = []
    for code in codes:
        name = (here.get(code) or there[code])["name"]
        found.append(difference(name, there.get(code, {}), here.get(code, {})))
    return [each for each in found if each]


def _by_code(revision: Revision) -> dict[str, dict[str, Any]]:
    return {area["code"]: area for area in revision.snapshot["areas"]}


# The timeline


@dataclass(frozen=True)
class Entry:
    """One thing that happened: who, when, what, and why when somebody had to say so."""

    heading: str
    when: dt.datetime
    who: str
    icon: str = "pencil"
    text: str = ""
    quote: str = ""
    url: str = ""
    difference: Difference | None = None


def timeline(assessment: Assessment) -> QuerySet[Any, tuple[str, int, dt.datetime]]:
    """Kind and key of everything that happened, newest first: made for pages of it."""
    edits = AnswerEdit.objects.filter(answer__assessment=assessment.pk).order_by()
    events = Event.objects.about(assessment).filter(verb__in=_TELLERS).order_by()
    return (
        edits.annotate(kind=Value("edit"), at=F("ended_at"))
        .values_list("kind", "pk", "at")
        .union(events.annotate(kind=Value("event")).values_list("kind", "pk", "at"), all=True)
        .order_by("-at", "kind", "-pk")
    )


def entries(assessment: Assessment, rows: Iterable[tuple[str, int, dt.datetime]]) -> list[Entry]:
    """The rows of a page of the timeline, told. The same few questions for any number."""
    wanted = list(rows)
    told = {("edit", pk): each for pk, each in _edits(_of("edit", wanted)).items()}
    told |= {("event", pk): each for pk, each in _events(assessment, _of("event", wanted)).items()}
    return [told[kind, pk] for kind, pk, _at in wanted]


def _of(kind: str, rows: list[tuple[str, int, dt.datetime]]) -> list[int]:
    return [pk for row_kind, pk, _at in rows if row_kind == kind]


def _edits(keys: list[int]) -> dict[int, Entry]:
    edits = list(AnswerEdit.objects.filter(pk__in=keys).select_related("answer__area", "by"))
    ticks = {tick for edit in edits for said in (edit.before, edit.after) for tick in said["ticks"]}
    texts = dict(Characteristic.objects.filter(pk__in=ticks).values_list("pk", "text"))
    return {edit.pk: _edit(edit, texts) for edit in edits}


def _edit(edit: AnswerEdit, texts: Mapping[int, str]) -> Entry:
    area = edit.answer.area.name
    before, after = (
        {**said, "ticks": [texts[tick] for tick in said["ticks"] if tick in texts]}
        for said in (edit.before, edit.after)
    )
    source = _("Lest inn fra {file}.").format(file=edit.source) if edit.source else ""
    return Entry(
        heading=area,
        when=edit.ended_at,
        who=str(edit.by or ""),
        icon="upload" if edit.source else "pencil",
        text=source,
        difference=difference(area, before, after),
    )


def _events(assessment: Assessment, keys: list[int]) -> dict[int, Entry]:
    if not keys:
        return {}
    events = Event.objects.filter(pk__in=keys).select_related("by")
    areas = dict(assessment.instrument.areas.values_list("code", "name"))
    found = {}
    for event in events:
        who = event.by.name if event.by else _("Av seg selv")
        told = _TELLERS[event.verb](event.data, assessment, areas)
        found[event.pk] = Entry(when=event.at, who=who, **told)
    return found


Told = dict[str, Any]
Teller = Callable[[Said, Assessment, Mapping[str, str]], Told]


def _started(_data: Said, _assessment: Assessment, _areas: Mapping[str, str]) -> Told:
    return {"heading": _("Egenvurderingen ble opprettet"), "icon": "flag"}


def _submitted(data: Said, assessment: Assessment, _areas: Mapping[str, str]) -> Told:
    number = data.get("revision")
    if not number:
        return {"heading": _("Egenvurderingen ble levert"), "icon": "check"}
    place = [assessment.sector.code, assessment.cycle.year, number]
    return {
        "heading": _("Utgave {number} ble levert").format(number=number),
        "icon": "check",
        "url": reverse("maturity:assessment-revision", args=place),
    }


def _extended(data: Said, _assessment: Assessment, _areas: Mapping[str, str]) -> Told:
    heading = _("Sektoren fikk frist til {date}").format(date=_date(data["until"]))
    return {"heading": heading, "icon": "calendar", "quote": data.get("reason", "")}


def _reopened(data: Said, _assessment: Assessment, _areas: Mapping[str, str]) -> Told:
    until = data.get("until")
    text = _("Ny siste dag: {date}.").format(date=_date(until)) if until else ""
    return {
        "heading": _("Egenvurderingen ble åpnet igjen"),
        "icon": "pencil",
        "text": text,
        "quote": data.get("reason", ""),
    }


def _date(iso: str) -> str:
    return day_with_year(dt.date.fromisoformat(iso))


def _measure(data: Said, _assessment: Assessment, areas: Mapping[str, str]) -> Told:
    code = data.get("area", "")
    area = areas.get(code, code)
    said = [{"measures": [data[name]] if name in data else []} for name in ("before", "after")]
    return {"heading": area, "difference": difference(area, *said)}


def _invited(data: Said, _assessment: Assessment, _areas: Mapping[str, str]) -> Told:
    return {"heading": _people(data, _("{count} ble invitert til å svare")), "icon": "envelope"}


def _reminded(data: Said, _assessment: Assessment, _areas: Mapping[str, str]) -> Told:
    return {"heading": _people(data, _("{count} i ledergruppa ble minnet")), "icon": "bell"}


def _people(data: Said, words: str) -> str:
    count = data.get("count", 0)
    people = ngettext("Én person", "{count} personer", count).format(count=count)
    return words.format(count=people)


def _uninvited(_data: Said, _assessment: Assessment, _areas: Mapping[str, str]) -> Told:
    return {"heading": _("En invitasjon ble trukket tilbake"), "icon": "cross"}


def _link_renewed(_data: Said, _assessment: Assessment, _areas: Mapping[str, str]) -> Told:
    return {"heading": _("Et medlem fikk ny lenke"), "icon": "envelope"}


def _filled_in(data: Said, _assessment: Assessment, _areas: Mapping[str, str]) -> Told:
    return {
        "heading": _("Et utfylt regneark ble lest inn"),
        "icon": "upload",
        "text": data.get("file", ""),
    }


_TELLERS: dict[str, Teller] = {
    "assessment started": _started,
    "assessment submitted": _submitted,
    "assessment extended": _extended,
    "assessment reopened": _reopened,
    "assessment filled in from workbook": _filled_in,
    "measure added": _measure,
    "measure changed": _measure,
    "measure removed": _measure,
    "leadership group invited": _invited,
    "leadership group reminded": _reminded,
    "leadership group invitation taken back": _uninvited,
    "leadership group link renewed": _link_renewed,
}
