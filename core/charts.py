"""
One Vega-Lite specification per chart, drawn to SVG by vl-convert. Why not in the browser:
docs/adr/0003-charts.md.

A specification is a function of plain values in the app that owns the numbers
(maturity/charts.py). It names colours by the constants here, says nothing of width, and leaves the
heading to the page. A drawing carries its text alternative; its table stands beside it.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from xml.etree import ElementTree as ET

import vl_convert
from django.utils.text import slugify

from core import fonts
from core.models import Chart

Spec = dict[str, Any]
Theme = Literal["screen", "pdf"]

# The theme's light values. On screen each becomes its token, so that a drawing follows the scheme.
MJOS, ROGN, LYNG, KORN, SKOG = "#0b5563", "#b84e1e", "#6c4a86", "#85660f", "#3c6e47"
ROGN_TEXT = "#9c4219"
TEXT, TEXT_SUBTLE = "#252d2b", "#585f5d"
LINE, GRID, PAPER = "#b9bcbc", "#e8e9e8", "#ffffff"
RAMP = ("#e1eaec", "#cedde0", "#a5c0c6", "#236672", "#063038")
TOKENS = {
    MJOS: "mjos-base-default",
    ROGN: "rogn-base-default",
    LYNG: "lyng-base-default",
    KORN: "korn-base-default",
    SKOG: "skog-base-default",
    ROGN_TEXT: "rogn-text-subtle",
    TEXT: "neutral-text-default",
    TEXT_SUBTLE: "neutral-text-subtle",
    LINE: "neutral-border-subtle",
    GRID: "neutral-surface-tinted",
    PAPER: "neutral-background-default",
    RAMP[0]: "mjos-surface-tinted",
    RAMP[1]: "mjos-surface-hover",
    RAMP[2]: "mjos-border-subtle",
    RAMP[3]: "mjos-border-strong",
    RAMP[4]: "mjos-text-default",
}

COLORS = {f"var(--ds-color-{token})": color for color, token in TOKENS.items()}

# Sectors, and whatever else has a fixed order, are told apart by shape as well.
CATEGORY = (MJOS, ROGN, LYNG, KORN, SKOG)
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross")

CONFIG: Spec = {
    "background": None,
    "font": "Inter",
    "padding": 4,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 14,
        "titleFontSize": 14,
        "titleFontWeight": 500,
        "labelColor": TEXT_SUBTLE,
        "titleColor": TEXT,
        "domain": False,
        "ticks": False,
        "gridColor": GRID,
        "labelPadding": 8,
        "labelLimit": 260,
        "titlePadding": 12,
    },
    "axisX": {"grid": False},
    "axisY": {
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleY": -16,
        "titleX": 0,
    },
    "legend": {
        "orient": "bottom",
        "title": None,
        "labelFontSize": 14,
        "labelColor": TEXT,
        "labelLimit": 260,
        "symbolSize": 130,
        "symbolOpacity": 1,
        "columnPadding": 20,
        "rowPadding": 6,
        "labelOffset": 8,
    },
    "text": {"fontSize": 14, "color": TEXT},
    "line": {"strokeWidth": 2.5, "color": MJOS},
    "point": {"filled": True, "opacity": 1, "size": 90, "color": MJOS},
    "bar": {"color": MJOS, "cornerRadiusEnd": 2},
    "rule": {"color": LINE},
    "range": {"category": list(CATEGORY), "ramp": list(RAMP)},
}
NUMBERS = {
    "decimal": ",",
    "thousands": "\N{NO-BREAK SPACE}",
    "grouping": [3],
    "currency": ["", "\N{NO-BREAK SPACE}kr"],
    "minus": "\N{MINUS SIGN}",
    "percent": "\N{NO-BREAK SPACE}%",
}
DATES = "nb-NO"

# A wide page, a phone, and paper: an SVG that shrinks would take its letters with it.
WIDE, NARROW, PAPER_WIDTH = 760, 340, 440

SVG = "{http://www.w3.org/2000/svg}"
PNG_SCALE = 3
PDF_FONT = "Inter PDF"  # the name templates/pdf/document.css gives our own font files
SEEN = {
    *("id", "width", "height", "viewBox", "transform", "d", "x", "y", "x1", "x2", "y1", "y2", "dy"),
    *("cx", "cy", "r", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray"),
    *("stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "opacity"),
    *("clip-path", "text-anchor", "font-size", "font-weight", "font-style"),
}
PAINT = {"fill", "stroke"}
DEFAULTS = {("opacity", "1"), ("stroke-width", "1"), ("transform", "translate(0,0)")}
LONG_DECIMAL = re.compile(r"-?\d+\.\d{3,}")
REFERENCE = re.compile(r"url\(#([^)]+)\)")


def spec_hash(spec: Spec, *, title: str, description: str) -> str:
    """Changes when the drawing would: with the data, the words, or the rules above."""
    drawn = [spec, title, description, CONFIG, TOKENS, WIDE, NARROW, PAPER_WIDTH]
    return hashlib.sha256(json.dumps(drawn, sort_keys=True).encode()).hexdigest()


def draw(chart: Chart) -> None:
    """Draw and store. A request that came meanwhile leaves the chart waiting for its own turn."""
    wide = _drawing_of(chart, width=WIDE, theme="screen")
    narrow = _drawing_of(chart, width=NARROW, theme="screen")
    chart.screen_svg = wide + narrow
    chart.pdf_svg = _drawing_of(chart, width=PAPER_WIDTH, theme="pdf")
    chart.drawn_hash = spec_hash(chart.spec, title=chart.title, description=chart.description)
    chart.save(update_fields=["screen_svg", "pdf_svg", "drawn_hash", "updated_at"])


def _drawing_of(chart: Chart, *, width: int, theme: Theme) -> str:
    return chart_svg(
        chart.spec,
        name=f"chart-{chart.key}-{width}",
        title=chart.title,
        description=chart.description,
        width=width,
        theme=theme,
    )


def chart_svg(
    spec: Spec,
    *,
    name: str,
    title: str,
    description: str,
    width: int = WIDE,
    theme: Theme = "screen",
) -> str:
    """
    The specification as an `<svg>` to put into a page, `width` wide with everything it holds.

    Its ids begin with `name`; there is no style attribute and no script in it.
    """
    svg = _converter().vegalite_to_svg(
        _sized(spec, width),
        config=_config_for(width),
        format_locale=NUMBERS,
        time_format_locale=DATES,
    )
    root = ET.fromstring(svg)
    _tidy(root, prefix=slugify(name), theme=theme)
    _describe(root, prefix=slugify(name), title=title, description=description, theme=theme)
    root.set("class", "gk-chart gk-chart--wide" if width >= WIDE else "gk-chart gk-chart--narrow")
    ET.register_namespace("", SVG.strip("{}"))
    return ET.tostring(root, encoding="unicode")


def _sized(spec: Spec, width: int) -> Spec:
    """
    As wide as it is to be. Views side by side have widths of their own; what they want otherwise
    on less than a wide page stands in `usermeta.narrow`.
    """
    if width < WIDE:
        spec = {**spec, **spec.get("usermeta", {}).get("narrow", {})}
    if "concat" in spec:
        return spec
    return {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}, **spec}


@cache
def _converter():
    """vl-convert, which must be told of a font once in each process."""
    vl_convert.register_font_directory(str(fonts.FOLDER))
    return vl_convert


def _config_for(width: int) -> Spec:
    if width > PAPER_WIDTH:
        return CONFIG
    return {**CONFIG, "legend": {**CONFIG["legend"], "columns": 1}}


def _tidy(root: ET.Element, *, prefix: str, theme: Theme) -> None:
    """Keep what is seen. Hooks for scripts, roles and empty groups go; lengths are rounded."""
    for element in root.iter():
        element.attrib = {
            name: _tidy_value(name, value, prefix=prefix, theme=theme)
            for name, value in element.attrib.items()
            if name in SEEN and (name, value) not in DEFAULTS
        }
        if theme == "pdf" and element.tag == f"{SVG}text":
            element.set("font-family", PDF_FONT)
    _drop_unseen(root)


def _tidy_value(name: str, value: str, *, prefix: str, theme: Theme) -> str:
    if name == "id":
        return f"{prefix}-{value}"
    if name in ("fill", "stroke") and theme == "screen":
        token = TOKENS.get(value.lower())
        return f"var(--ds-color-{token})" if token else value
    value = REFERENCE.sub(rf"url(#{prefix}-\1)", value)
    return LONG_DECIMAL.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), value)


def _drop_unseen(parent: ET.Element) -> None:
    for child in list(parent):
        _drop_unseen(child)
        is_empty_group = child.tag == f"{SVG}g" and not len(child)
        is_unpainted = child.tag == f"{SVG}path" and PAINT.isdisjoint(child.keys())
        if is_empty_group or is_unpainted or child.get("d") == "" or child.get("opacity") == "0":
            parent.remove(child)


def _describe(root: ET.Element, *, prefix: str, title: str, description: str, theme: Theme) -> None:
    """WeasyPrint's alternative text is the title alone, so on paper it says all."""
    root.set("role", "img")
    heading = ET.Element(f"{SVG}title", {"id": f"{prefix}-title"})
    detail = ET.Element(f"{SVG}desc", {"id": f"{prefix}-desc"})
    heading.text = title if theme == "screen" else f"{title}. {description}"
    detail.text = description
    root.set("aria-labelledby", f"{prefix}-title {prefix}-desc")
    root[:0] = [heading, detail]


@dataclass(frozen=True)
class ChartFile:
    content: bytes
    content_type: str


def svg_file(chart: Chart) -> ChartFile:
    """The drawing as a file that stands alone, on white, with the theme's light colours."""
    return ChartFile(_standing_alone(chart).encode(), "image/svg+xml")


def png_file(chart: Chart) -> ChartFile:
    """The same as a picture for a document, sharp when it is printed."""
    _converter()
    return ChartFile(vl_convert.svg_to_png(_standing_alone(chart), scale=PNG_SCALE), "image/png")


def _standing_alone(chart: Chart) -> str:
    """The wide drawing, which is the first of the two for the screen."""
    root = ET.fromstring(f"<both>{chart.screen_svg}</both>")[0]
    for element in root.iter():
        for name in PAINT.intersection(element.keys()):
            element.set(name, COLORS.get(element.attrib[name], element.attrib[name]))
        if element.tag == f"{SVG}text":
            element.set("font-family", "Inter, Arial, sans-serif")
    ground = {"width": "100%", "height": "100%", "fill": PAPER}
    root.insert(2, ET.Element(f"{SVG}rect", ground))
    del root.attrib["class"]
    ET.register_namespace("", SVG.strip("{}"))
    return ET.tostring(root, encoding="unicode")


FILE_KINDS = {"svg": svg_file, "png": png_file}
