"""Is an uploaded file a logo we dare to serve? Told by what it holds, never by its name."""

import re
from xml.etree import ElementTree as ET

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_BYTES = 200_000
PNG, SVG = "image/png", "image/svg+xml"

_PNG_START = b"\x89PNG\r\n\x1a\n"
_SVG_ROOT = "{http://www.w3.org/2000/svg}svg"
_ACTIVE = {"script", "foreignObject", "iframe", "embed", "object", "handler", "set", "animate"}


def sniff(content: bytes) -> str:
    """The content type, or a ValidationError that says what is the matter."""
    if len(content) > MAX_BYTES:
        raise ValidationError(_("Fila er for stor. Logoen kan være på høyst 200 kB."))
    if content.startswith(_PNG_START):
        return PNG
    root = _svg_root(content)
    if root is None:
        raise ValidationError(_("Logoen må være en SVG- eller PNG-fil."))
    if any(_is_active(element) for element in root.iter()):
        raise ValidationError(
            _("SVG-fila har skript eller lenker i seg. Lagre den som ren tegning.")
        )
    return SVG


def _svg_root(content: bytes) -> ET.Element | None:
    """A declared entity could grow without end, so such a file is not even parsed."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return None
    try:
        root = ET.fromstring(content)
    except ET.ParseError:
        return None
    return root if root.tag == _SVG_ROOT else None


def _is_active(element: ET.Element) -> bool:
    name = str(element.tag).rpartition("}")[2]
    return name in _ACTIVE or any(_acts(key, value) for key, value in element.attrib.items())


def _acts(key: str, value: str) -> bool:
    name = key.rpartition("}")[2].lower()
    if name == "href":
        return not value.startswith("#")
    return name.startswith("on") or bool(re.search(r"javascript:|url\(\s*['\"]?(?!#)", value))
