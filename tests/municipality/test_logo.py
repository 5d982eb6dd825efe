import pytest
from django.core.exceptions import ValidationError

from municipality.logo import MAX_BYTES, PNG, SVG, sniff

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><path id="a" d="M0 0h9"/>%s</svg>'


def test_a_drawing_and_a_picture_are_known_by_what_they_hold():
    assert sniff(DRAWING % b'<use href="#a" fill="url(#b)"/>') == SVG
    assert sniff(b"\x89PNG\r\n\x1a\n rest") == PNG


@pytest.mark.parametrize(
    "inside",
    [
        b"<script>alert(1)</script>",
        b'<g onload="alert(1)"/>',
        b'<use href="https://example.com/a.svg#b"/>',
        b'<a href="javascript:alert(1)"/>',
        b'<rect fill="url(https://example.com)"/>',
        b"<foreignObject/>",
    ],
)
def test_a_drawing_that_acts_is_refused(inside):
    with pytest.raises(ValidationError, match="skript eller lenker"):
        sniff(DRAWING % inside)


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a",
        b"<html></html>",
        b"<svg",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    ],
)
def test_other_files_are_refused(content):
    with pytest.raises(ValidationError, match="SVG- eller PNG-fil"):
        sniff(content)


def test_a_large_file_is_refused():
    with pytest.raises(ValidationError, match="for stor"):
        sniff(b"\x89PNG\r\n\x1a\n" + bytes(MAX_BYTES))
