"""The scale from 1 to 5, which all the charts share."""

from collections.abc import Sequence

from core.charts import TEXT, Spec

LEVELS = ("Minimalt", "Uformelt", "Under omstilling", "Brukerdrevet", "Transformert")
SCALE = {"domain": [1, 5], "nice": False, "zero": False}
ROW_HEIGHT = 56


def level(field: str, names: Sequence[str] = LEVELS) -> Spec:
    """Levels along the top, with their names where there is room."""
    labels = ", ".join(f"'{_quoted(number, name)}'" for number, name in enumerate(names, 1))
    return {
        "field": field,
        "type": "quantitative",
        "scale": SCALE,
        "title": None,
        "axis": {
            "orient": "top",
            "values": [1, 2, 3, 4, 5],
            "grid": True,
            "labelFontSize": 13,
            "labelExpr": f"width < 420 ? datum.label : [{labels}][datum.value - 1]",
            "format": "d",
        },
    }


def _quoted(number: int, name: str) -> str:
    """Inside a string of Vega's expression language."""
    text = f"{number} {name}"
    return text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", " ")


def area_rows() -> Spec:
    """One row per area, in the order given."""
    return {
        "field": "area",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"labelFontSize": 15, "labelColor": TEXT},
    }
