"""What has happened to a year's round, in words, as components/thread.html shows it."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from core.formatting import clock, day_with_year, listed
from core.models import Event
from maturity.models import Aggregation
from municipality.models import Sector

Step = dict[str, Any]


def steps(events: Iterable[Event]) -> list[Step]:
    names = dict(Sector.objects.values_list("code", "short_name"))
    return [_step(event, names) for event in events]


def _step(event: Event, names: dict[str, str]) -> Step:
    who = event.by.name if event.by else _("Av seg selv")
    when = f"{day_with_year(event.at)} {clock(event.at)}, {who}"
    return {"when": when, **_TELLERS[event.verb](event.data, names)}


def _opened(data: dict[str, Any], _names: dict[str, str]) -> Step:
    heading = _("Målerunden ble åpnet")
    if "closes_on" not in data:
        return {"heading": heading, "icon": "flag"}
    text = _("Siste dag ble satt til {date}.").format(date=_date(data["closes_on"]))
    return {"heading": heading, "icon": "flag", "text": text}


def _deadline(data: dict[str, Any], _names: dict[str, str]) -> Step:
    return {
        "heading": _("Siste dag ble flyttet fra {before} til {after}").format(
            before=_date(data["before"]), after=_date(data["after"])
        ),
        "icon": "calendar",
        "quote": data.get("reason", ""),
    }


def _aggregation(data: dict[str, Any], _names: dict[str, str]) -> Step:
    return {
        "heading": _("Sammenregningen ble endret"),
        "icon": "ruler",
        "text": _("Fra «{before}» til «{after}».").format(
            before=Aggregation(data["before"]).label, after=Aggregation(data["after"]).label
        ),
    }


def _reminded(data: dict[str, Any], names: dict[str, str]) -> Step:
    sectors = [names.get(code, code) for code in data.get("sectors", [])]
    text = listed(sectors) if sectors else _("Ingen hadde noen å minne.")
    return {"heading": _("Påminnelse ble sendt"), "icon": "envelope", "text": text}


def _date(iso: str) -> str:
    return day_with_year(dt.date.fromisoformat(iso))


_TELLERS: dict[str, Callable[[dict[str, Any], dict[str, str]], Step]] = {
    "measurement round opened": _opened,
    "measurement deadline moved": _deadline,
    "measurement aggregation changed": _aggregation,
    "assessments reminded": _reminded,
}
VERBS = tuple(_TELLERS)
