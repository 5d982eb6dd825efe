import segno
from django.utils.safestring import SafeString, mark_safe

QUIET_ZONE = 4  # modules; readers want them white, in dark mode too


def qr_svg(address: str) -> SafeString:
    """A QR code as inline SVG, black on white. Decoration beside the address written out."""
    code = segno.make(address, micro=False, error="m")
    svg = code.svg_inline(
        border=QUIET_ZONE, omitsize=True, dark="#000", light="#fff", svgclass="gk-qr__code"
    )
    return mark_safe(  # noqa: S308  made by segno of a path of ours
        svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    )
