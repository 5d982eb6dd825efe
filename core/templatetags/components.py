"""The small parts every page is made of: icons, status tags, menu items, the colour scheme."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core import color_scheme as scheme
from core.icons import ICONS, STATUS_LOOKS

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon beside words; with `label` it stands alone and says what it is."""
    drawing = mark_safe(ICONS[name])
    if label:
        return format_html(
            '<svg class="gk-icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>',
            label,
            drawing,
        )
    return format_html(
        '<svg class="gk-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        drawing,
    )


@register.inclusion_tag("components/status_tag.html")
def status_tag(look: str, words: str) -> dict[str, Any]:
    """`{% status_tag "paused" "Utsatt til 2027" %}`; the looks are in `core.icons`."""
    color, icon_name = STATUS_LOOKS[look]
    return {"color": color, "icon": icon_name, "words": words}


def _link(context: Context, url_name: str, words: str) -> dict[str, Any]:
    """A link that knows whether it leads here (`at`), or to something above (`here`)."""
    url = reverse(url_name)
    path = context["request"].path
    return {"url": url, "words": words, "at": path == url, "here": path.startswith(url)}


@register.inclusion_tag("components/menu_item.html", takes_context=True)
def menu_item(
    context: Context, url_name: str, words: str, *phases: str, also: str = ""
) -> dict[str, Any]:
    """A link of the main menu, marked «nå» while one of its phases is open.

    `also` names the start of other addresses that belong under it.
    """
    open_now = not set(phases).isdisjoint(context.get("open_phase_kinds") or ())
    link = _link(context, url_name, words)
    if also and context["request"].path.startswith(reverse(also)):
        link["here"] = True
    return {**link, "open_now": open_now}


@register.inclusion_tag("components/menu_item.html", takes_context=True)
def menu_tool(
    context: Context, url_name: str, words: str, icon_name: str, alone: bool = False
) -> dict[str, Any]:
    """A link with an icon. `alone`: on wide screens only the icon is seen."""
    return {**_link(context, url_name, words), "icon_name": icon_name, "alone": alone}


@register.simple_tag(takes_context=True)
def color_scheme(context: Context) -> str:
    """What the visitor has chosen, or `auto`: then the device decides."""
    request = context.get("request")
    return scheme.chosen(request) if request else scheme.AUTO
