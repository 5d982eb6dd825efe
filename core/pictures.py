"""Pictures people send, drawn anew: without place, time and camera, turned the right way up."""

import io
import struct
from typing import Any, cast

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms

from core.errors import FileRefused

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 64_000_000  # above what phones take; a small file may claim to be far larger
LONGEST_SIDE = 4096  # pixels kept
# By what EXIF says of how the camera was held; 1 is upright.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
DAMAGED = (OSError, SyntaxError, ValueError, struct.error, Image.DecompressionBombError)
SAVING: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 88, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 88},
}


def redraw(content: bytes) -> bytes:
    """The same picture in the same format with nothing but its pixels. Of a film, the first one."""
    try:
        return _redraw(content)
    except DAMAGED as error:
        raise FileRefused(_("Bildet kan ikke åpnes. Lagre det på nytt, og prøv igjen.")) from error


def _redraw(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        kind = cast(str, picture.format)
        if picture.width * picture.height > MOST_PIXELS:
            raise FileRefused(_("Bildet er for stort. Lagre det med færre piksler, og prøv igjen."))
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is read no larger than needed
        profile = picture.info.get("icc_profile")
        upright = _upright(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = _in_srgb(_plain(upright, kind), profile)
    bare.info = {}
    written = io.BytesIO()
    bare.save(written, kind, **SAVING[kind])
    return written.getvalue()


def _upright(picture: Image.Image) -> Image.Image:
    """Not by `ImageOps.exif_transpose`: it writes all the rest anew too, and stumbles on damage."""
    turn = TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    return picture.copy() if turn is None else picture.transpose(turn)


def _plain(picture: Image.Image, kind: str) -> Image.Image:
    """Colours or grey, with transparency where the format has it."""
    if kind == "JPEG":
        return picture.convert("L" if picture.mode == "L" else "RGB")
    see_through = "A" in picture.getbands() or "transparency" in picture.info
    return picture.convert("RGBA" if see_through else "RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Wide colours as ordinary ones, because the profile that explains them is not kept."""
    if not profile or picture.mode == "L":
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        return picture
    return changed or picture
