"""Links between the pages of one project."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

register = template.Library()


@register.inclusion_tag("projects/parts/nav_page.html", takes_context=True)
def project_page(context: Context, url_name: str, words: str) -> dict[str, Any]:
    """`{% project_page "projects:plan" _("Plan") %}`: the page itself, or something below it."""
    project = context["project"]
    url = reverse(url_name, args=[project.pk])
    path = context["request"].path
    is_overview = url == project.get_absolute_url()
    return {
        "url": url,
        "words": words,
        "at": path == url,
        "here": path.startswith(url) and not is_overview,
    }
