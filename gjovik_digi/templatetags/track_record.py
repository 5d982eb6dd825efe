"""What became of earlier answers, for the pages where new ones are given."""

from collections.abc import Mapping

from django import template

from annual.track_record import Line, lines, recent

register = template.Library()


@register.simple_tag
def track_record(stage: str) -> dict[str, list[Line]]:
    """`{% track_record round.stage as kept %}`, once for a page."""
    return lines(recent(), stage=stage)


@register.filter
def about(kept: Mapping[str, list[Line]], code: str) -> list[Line]:
    """`kept|about:criterion.code`: what became of each answer; empty while it is too few."""
    return kept.get(code, [])
