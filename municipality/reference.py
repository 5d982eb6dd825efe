"""What a municipality starts with: its sectors, and the goals and strategies of Table 1.

The files are where it begins, the admin is where it is kept: what somebody has changed there is
left alone, however often this is loaded.
"""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from municipality.models import LocalStrategy, Municipality, Sector, StrategyArea, StrategyGoal

FIXTURES = Path(__file__).parent / "fixtures"


@transaction.atomic
def load_reference() -> None:
    Municipality.objects.get_or_create(pk=1)
    _load_sectors(_read("sectors.yaml")["sectors"])
    table = _read("strategy.yaml")
    strategies = _load_strategies(table["strategies"])
    for order, area in enumerate(table["areas"], 1):
        _load_area(area, order=order, strategies=strategies)


def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load((FIXTURES / name).read_text())


def _load_sectors(sectors: list[dict[str, str]]) -> None:
    for order, sector in enumerate(sectors, 1):
        Sector.objects.get_or_create(
            code=sector["code"],
            defaults={"name": sector["name"], "short_name": sector["short_name"], "order": order},
        )


def _load_strategies(strategies: list[dict[str, str]]) -> dict[str, LocalStrategy]:
    return {
        strategy["code"]: LocalStrategy.objects.get_or_create(
            code=strategy["code"], defaults={"text": strategy["text"], "order": order}
        )[0]
        for order, strategy in enumerate(strategies, 1)
    }


def _load_area(area: dict[str, Any], *, order: int, strategies: dict[str, LocalStrategy]) -> None:
    stored, _created = StrategyArea.objects.get_or_create(
        code=area["code"], defaults={"name": area["name"], "order": order}
    )
    for goal in area["goals"]:
        row, created = StrategyGoal.objects.get_or_create(
            code=goal["code"], defaults={"area": stored, "text": goal["text"]}
        )
        if created:
            row.strategies.set(strategies[code] for code in goal["strategies"])
