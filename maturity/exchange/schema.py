"""The published JSON Schema of the format, for those who make or check files with a program."""

from typing import Any

from maturity.exchange.document import BY_STAFF, FORMAT, FORMAT_VERSION, UNWEIGHTED

CODE = "^[-a-zA-Z0-9_]+$"


def json_schema(address: str) -> dict[str, Any]:
    """Fields that the schema does not know are allowed: a reader passes over them."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": "Digital modenhet: utveksling mellom kommuner",
        "description": "Én kommunes resultat i ett år. Versjon 1.",
        "type": "object",
        "required": [
            *("format", "formatversjon", "kommunenr", "kommune", "år", "skalaversjon", "rader")
        ],
        "properties": {
            "format": {"const": FORMAT},
            "formatversjon": {"const": FORMAT_VERSION},
            "kommunenr": _text("Fire siffer, som «3407».", pattern="^[0-9]{4}$"),
            "kommune": _text("Kommunens navn.", maxLength=80),
            "år": _whole("Året målingen gjelder.", low=2000, high=2100),
            "skalaversjon": _text(
                "Versjonen av kjennetegn og skala. Bare like versjoner sammenliknes.", maxLength=40
            ),
            "foreløpig": {
                "type": "boolean",
                "description": "Sant når ikke alle sektorene har levert.",
            },
            "levert": _whole("Hvor mange sektorer som har levert.", low=0),
            "sektorer": _whole("Hvor mange sektorer kommunen har.", low=1),
            "aggregering": {
                "description": "Slik er sektorene regnet sammen: likt, eller etter årsverk.",
                "enum": [UNWEIGHTED, BY_STAFF],
            },
            "områder": {
                "type": "array",
                "description": "Områdene med kjennetegn. Lik nøkkel betyr likt kjennetegn.",
                "items": _area(),
            },
            "rader": {"type": "array", "minItems": 1, "items": _row()},
        },
    }


def _area() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["kode", "navn"],
        "properties": {
            "kode": _text("Områdets kode.", pattern=CODE),
            "navn": _text("Områdets navn.", maxLength=80),
            "kjennetegn": {"type": "array", "items": _statement()},
        },
    }


def _statement() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["nøkkel", "nivå", "tekst"],
        "properties": {
            "nøkkel": _text("Fast nøkkel, lik i alle versjoner og kommuner.", pattern=CODE),
            "nivå": _whole("Nivået kjennetegnet hører til.", low=1, high=5),
            "tekst": _text("Kjennetegnet.", maxLength=200),
        },
    }


def _row() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["område", "sektor", "nivå", "n"],
        "properties": {
            "område": _text("Områdets kode, eller «samlet» for alle områdene.", pattern=CODE),
            "sektor": _text("Sektorens navn, eller «samlet» for hele kommunen.", maxLength=80),
            "nivå": {
                "type": "number",
                "minimum": 1,
                "maximum": 5,
                "description": "Det som ikke er besvart, har ingen rad. 0 er ikke et nivå.",
            },
            "n": _whole("Hvor mange egenvurderinger tallet bygger på.", low=1),
        },
    }


def _text(description: str, **limits: Any) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, **limits, "description": description}


def _whole(description: str, *, low: int, high: int | None = None) -> dict[str, Any]:
    limits = {"minimum": low} if high is None else {"minimum": low, "maximum": high}
    return {"type": "integer", **limits, "description": description}
