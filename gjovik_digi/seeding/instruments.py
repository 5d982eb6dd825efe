"""Måleinstrumentet: the version of today, the one of the oldest year, and a draft."""

from typing import Any

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene, moment
from maturity import actions
from maturity.actions import instruments as versions
from maturity.models import Area, Characteristic, Instrument, LevelGuidance
from municipality.calendar import PhaseKind

TEAM = "marte.sveen@demo.gjovik.example"


def make(scene: Scene) -> dict[int, Instrument]:
    """By the year's offset. Both are frozen, since both have been answered."""
    now = Instrument.objects.get(is_current=True)
    before = _older(now, year=scene.cycles[-2].year)
    Instrument.objects.filter(pk=now.pk).update(based_on=before)
    for instrument, offset in ((before, -2), (now, -1)):
        actions.freeze(instrument)
        opened = scene.cycles[offset].phase(PhaseKind.MEASUREMENT).opens_on
        Instrument.objects.filter(pk=instrument.pk).update(frozen_at=moment(opened, "instrument"))
    _draft(scene, now)
    return {-2: before, -1: now, 0: now}


def _draft(scene: Scene, now: Instrument) -> None:
    """What the team is writing for next year."""
    author = scene.person(TEAM)
    assert author is not None
    draft = versions.copy(now, version=f"{scene.cycles[0].year + 1}-1", by=author)
    for area, changes in texts.read("instrument_draft")["changed"].items():
        for row in changes:
            statement = Characteristic.objects.get(
                guidance__area__instrument=draft,
                guidance__area__code=area,
                guidance__level=row["level"],
                order=row["place"],
            )
            statement.text = row["text"]
            statement.key = statement.key if row["same"] else f"{statement.key}-ny"
            statement.save()


def _older(now: Instrument, *, year: int) -> Instrument:
    changed = texts.read("instrument_before")["changed"]
    before = Instrument.objects.create(name=now.name, version=f"{year}-1", source=now.source)
    for area in now.areas.prefetch_related("levels__characteristics"):
        copy = Area.objects.create(
            instrument=before,
            code=area.code,
            name=area.name,
            question=area.question,
            order=area.order,
        )
        for level in area.levels.all():
            _older_level(copy, level, changed.get(area.code, []))
    return before


def _older_level(area: Area, level: LevelGuidance, changed: list[dict[str, Any]]) -> None:
    other = {row["place"]: row["text"] for row in changed if row["level"] == level.level}
    copy = LevelGuidance.objects.create(
        area=area, level=level.level, name=level.name, description=level.description
    )
    Characteristic.objects.bulk_create(
        Characteristic(
            guidance=copy,
            key=f"{each.key}-foer" if each.order in other else each.key,
            text=other.get(each.order, each.text),
            order=each.order,
        )
        for each in level.characteristics.all()
    )
