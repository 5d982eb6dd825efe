"""
Inter as TrueType files, for the two libraries that draw with font files: WeasyPrint and vl-convert.

``python -m core.fonts`` makes them at build time, from the npm package inter-ui (Inter 4.1 with its
whole character set; the subsets the pages use lack arrows and much of Sámi). Nothing here needs
Django, so that the build may run it alone.
"""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont, woff2

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "node_modules" / "inter-ui"
FOLDER = ROOT / "fonts"

SOURCES = {
    "Inter-Regular.ttf": "web/Inter-Regular.woff2",
    "Inter-Italic.ttf": "web/Inter-Italic.woff2",
    "Inter-Medium.ttf": "web/Inter-Medium.woff2",
    "Inter-SemiBold.ttf": "web/Inter-SemiBold.woff2",
    "Inter-Bold.ttf": "web/Inter-Bold.woff2",
    "InterDisplay-SemiBold.ttf": "display/InterDisplay-SemiBold.woff2",
}


def build() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, source in SOURCES.items():
        woff2.decompress(PACKAGE / source, FOLDER / name)


@cache
def drawable_characters() -> frozenset[int]:
    """The code points every one of our fonts has a glyph for."""
    return frozenset(set.intersection(*map(_characters_in, SOURCES)))


def _characters_in(name: str) -> set[int]:
    with TTFont(FOLDER / name, lazy=True) as font:
        return set(font.getBestCmap())


if __name__ == "__main__":
    build()
