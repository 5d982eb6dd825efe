"""What each field of the format means, for the page that publishes it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from maturity.exchange.document import HEAD, OPTIONAL, ROW

EXPLAINED: dict[str, tuple[Any, str]] = {
    "kommunenr": (_("Kommunenummeret, fire siffer."), "3407"),
    "kommune": (_("Navnet på kommunen."), "Gjøvik kommune"),
    "år": (_("Året målingen gjelder."), "2026"),
    "skalaversjon": (
        _("Versjonen av skala og kjennetegn. Bare like versjoner sammenliknes."),
        "2026-1",
    ),
    "foreløpig": (_("Ja når ikke alle sektorene har levert. I JSON true eller false."), "nei"),
    "levert": (_("Hvor mange sektorer som har levert."), "5"),
    "sektorer": (_("Hvor mange sektorer kommunen har."), "5"),
    "aggregering": (
        _("Slik er sektorene regnet sammen: «uvektet» (alle teller likt) eller «årsverk»."),
        "uvektet",
    ),
    "område": (_("Koden til området, eller «samlet» for alle områdene."), "innovasjon"),
    "sektor": (_("Navnet på sektoren, eller «samlet» for hele kommunen."), "samlet"),
    "nivå": (
        _("Fra 1 til 5. Snitt har én desimal. CSV har desimalkomma, JSON har punktum."),
        "2,8",
    ),
    "n": (_("Hvor mange egenvurderinger tallet bygger på. Én for en sektor."), "5"),
}


@dataclass(frozen=True)
class Field:
    name: str
    meaning: Any
    example: str
    may_be_missing: bool


def explained() -> list[Field]:
    """In the order of the columns."""
    return [Field(name, *EXPLAINED[name], name in OPTIONAL) for name in HEAD + ROW]
