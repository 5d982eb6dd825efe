"""The instrument this installation begins with. A version that is here already is left alone."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from maturity.models import Area, Characteristic, Instrument, LevelGuidance

FIXTURE = Path(__file__).parent / "fixtures" / "instrument.yaml"


@transaction.atomic
def load_reference() -> None:
    text = yaml.safe_load(FIXTURE.read_text())
    if Instrument.objects.filter(version=text["version"]).exists():
        return
    Instrument.objects.filter(is_current=True).update(is_current=False)
    instrument = Instrument.objects.create(
        name=text["name"], version=text["version"], source=text["source"], is_current=True
    )
    names = {level["level"]: level["name"] for level in text["levels"]}
    for order, area in enumerate(text["areas"], 1):
        stored = Area.objects.create(
            instrument=instrument,
            code=area["code"],
            name=area["name"],
            question=area["question"],
            order=order,
        )
        for level in area["levels"]:
            _load_level(stored, level, name=names[level["level"]])


def _load_level(area: Area, level: dict[str, Any], *, name: str) -> None:
    guidance = LevelGuidance.objects.create(
        area=area, level=level["level"], name=name, description=level["description"]
    )
    Characteristic.objects.bulk_create(
        Characteristic(guidance=guidance, order=order, **_statement(each, guidance, order))
        for order, each in enumerate(level["characteristics"], 1)
    )


def _statement(each: str | dict[str, str], guidance: LevelGuidance, order: int) -> dict[str, str]:
    """A plain text has its place as key. One that is moved or is new names its key."""
    if isinstance(each, str):
        return {"text": each, "key": f"{guidance.area.code}-{guidance.level}-{order}"}
    return {"text": each["text"], "key": each["key"]}
