"""Notat: what was recommended in the finished years, as it was told the executive group."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from benefits.models import Benefit
from core import formatting
from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene, backdate, moment
from gjovik_digi.seeding.screening import Scored
from gjovik_digi.seeding.submissions import TEAM
from municipality.calendar import PhaseKind
from prioritization import memo as composition
from prioritization import memo_making, memo_texts
from prioritization.models import (
    Entry,
    Memo,
    MemoFile,
    MemoItem,
    MemoSection,
    MemoStatus,
    Outcome,
    SectionKey,
)

WRITTEN = 14  # days into the phase
FINAL = 18
LESS_IN_DRAFT = Decimal(500_000)
FRAMES = {-1: "budget_frame", -2: "earlier_budget_frame"}
OWN_TEXTS_OF = -1  # memo.yaml tells of last year; the year before stands as it was drafted
PARTS = {
    SectionKey.PROPOSAL: "proposal",
    SectionKey.SUMMARY: "summary",
    SectionKey.BACKGROUND: "background",
    SectionKey.STATUS: "maturity_and_benefits",
    SectionKey.RECOMMENDED: "recommended_intro",
    SectionKey.NOT_RECOMMENDED: "not_recommended_intro",
    SectionKey.ECONOMY: "economy",
    SectionKey.RISK: "risk",
    SectionKey.CAVEATS: "reservations",
}


def make(scene: Scene, scored: Scored) -> Memo:
    """The memo of one finished year, with its PDF."""
    opens_on = scored.round.cycle.phase(PhaseKind.MEMO).opens_on
    memo = _memo(scene, scored, opens_on)
    rows = {entry.pk: one.row for entry, one in scored.entries}
    _items(memo, rows)
    _sections(memo)
    if scored.offset == OWN_TEXTS_OF:
        _keep_draft(scene, memo, opens_on + dt.timedelta(days=WRITTEN))
        _write_own_texts(memo)
    _finalise(scene, memo, moment(opens_on + dt.timedelta(days=FINAL), "final"))
    return memo


def _memo(scene: Scene, scored: Scored, opens_on: dt.date) -> Memo:
    cycle, written_on = scored.round.cycle, opens_on + dt.timedelta(days=WRITTEN)
    source = texts.read("memo")
    memo = Memo.objects.create(
        round=scored.round,
        title=source["title"].format(next_year=cycle.budget_year),
        case_number=source["case_number"].format(year=cycle.year),
        copy_to=source["copy"],
        publicity=source["publicity"],
        dated_on=written_on,
        budget_frame=Decimal(source[FRAMES[scored.offset]]),
        benefits_last_year=_benefits(written_on),
    )
    at = moment(opens_on, "memo")
    backdate([memo], at)
    scene.tell("memo drafted", memo, by=scene.people[TEAM[0]], at=at)
    return memo


def _benefits(on: dt.date) -> list[dict[str, Any]]:
    """What the memo could tell of benefits on the date: measured by then, or not yet."""
    rows = []
    measured = Benefit.objects.exclude(main=None).select_related("project")
    for benefit in measured.prefetch_related("main__measurements"):
        known = [one for one in benefit.main.measurements.all() if one.measured_on <= on]
        latest = known[-1].value if known else None
        progress = benefit.progress(latest)
        rows.append(
            {
                "name": benefit.name,
                "project": benefit.project.name,
                "unit": benefit.unit,
                "baseline": float(benefit.baseline),
                "target": float(benefit.target),
                "latest": None if latest is None else float(latest),
                "progress": None if progress is None else float(progress),
            }
        )
    return rows


def _items(memo: Memo, rows: dict[int, dict]) -> None:
    """By rank; what was approved had been recommended."""
    own = texts.read("memo")
    recommended = {one["idea"]: one for one in own["recommended"]}
    MemoItem.objects.bulk_create(
        _item(memo, entry, rows[entry.pk], recommended.get(rows[entry.pk]["key"], {}), order)
        for order, entry in enumerate(memo.round.entries.ranked().select_related("idea"), 1)
    )


def _item(memo: Memo, entry: Entry, row: dict, own: dict, order: int) -> MemoItem:
    item = MemoItem(memo=memo, entry=entry, order=order, text=row["decision"]["reason"].strip())
    if row["decision"]["outcome"] == Outcome.APPROVED:
        item.is_recommended = True
        item.text = own.get("text", row["summary"]).strip()
        item.benefit = _in_short(row["project"]["benefits"][0])
        item.person_years = Decimal(str(own["person_years"])) if own else None
    return item


def _in_short(benefit: dict) -> str:
    """«Færre tapte nøkler, fra 22 til 2 nøkler i året»."""
    before, after = (formatting.number(benefit[key]) for key in ("baseline", "target"))
    return f"{benefit['name']}, fra {before} til {after} {benefit['unit']}"


def _sections(memo: Memo) -> None:
    drafted = memo_texts.draft(composition.facts(memo))
    MemoSection.objects.bulk_create(
        MemoSection(memo=memo, key=key, text=drafted[key], drafted=drafted[key])
        for key in SectionKey
    )


def _write_own_texts(memo: Memo) -> None:
    own = _own_texts(memo)
    sections = list(memo.sections.all())
    for section in sections:
        section.text = own.get(SectionKey(section.key), section.text)
    MemoSection.objects.bulk_update(sections, ["text"])


def _keep_draft(scene: Scene, memo: Memo, on: dt.date) -> None:
    """An earlier version, with less money and the texts as drafted. A worker makes its PDF."""
    final_frame = memo.budget_frame or Decimal(0)
    memo.budget_frame = final_frame - LESS_IN_DRAFT
    draft = MemoFile.objects.create(
        memo=memo,
        number=1,
        snapshot=composition.snapshot(memo),
        requested_by=scene.people[TEAM[0]],
    )
    memo.budget_frame = final_frame
    backdate([draft], moment(on, "draft"))


def _own_texts(memo: Memo) -> dict[SectionKey, str]:
    cycle, source = memo.round.cycle, texts.read("memo")
    return {
        key: _text(source[name], line="\n" if key == SectionKey.PROPOSAL else "\n\n").format(
            year=cycle.year, next_year=cycle.budget_year
        )
        for key, name in PARTS.items()
    }


def _text(paragraphs: Sequence[str], *, line: str) -> str:
    return line.join(paragraph.strip() for paragraph in paragraphs)


def _finalise(scene: Scene, memo: Memo, at: dt.datetime) -> None:
    """As the action does, but on its day; and the PDF is made here and now by the worker's code."""
    team = scene.people[TEAM[0]]
    memo.finalised_at, memo.finalised_by, memo.status = at, team, MemoStatus.FINAL
    memo.save()
    file = MemoFile.objects.create(
        memo=memo,
        number=memo.files.count() + 1,
        is_draft=False,
        snapshot=composition.snapshot(memo),
        requested_by=team,
    )
    backdate([memo, file], at)
    memo_making.make(file)
    scene.tell("memo finalised", memo, by=team, at=at, version=file.number)
