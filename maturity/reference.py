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
        Characteristic(guidance=guidance, text=text, order=order)
        for order, text in enumerate(level["characteristics"], 1)
    )
