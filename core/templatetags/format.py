"""Filters over `core.formatting`; a builtin, so no template has to load it."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone

from core import formatting

register = template.Library()

register.filter("number", formatting.number)
register.filter("percent", formatting.percent)
register.filter("share", formatting.share)
register.filter("kroner", formatting.kroner)
register.filter("quantity", formatting.quantity)
register.filter("count_word", formatting.count_word)
register.filter("things", formatting.things)
register.filter("day_with_year", formatting.day_with_year)
register.filter("short_day", formatting.short_day)
register.filter("clock", formatting.clock)


@register.filter
def day(value: date | datetime | None) -> str:
    return formatting.day(value, today=timezone.localdate())


@register.filter
def weekday(value: date | datetime | None) -> str:
    return formatting.weekday(value, today=timezone.localdate())


@register.filter
def relative_day(value: date | datetime | None) -> str:
    return formatting.relative_day(value, today=timezone.localdate())


@register.filter
def days_left(value: date) -> str:
    return formatting.days_left(value, today=timezone.localdate())


@register.filter
def until(first: date, last: date) -> str:
    """`{{ phase.opens_on|until:phase.closes_on }}` → «7. april–31. mai»."""
    return formatting.span(first, last, today=timezone.localdate())


@register.filter
def times(value: float | Decimal, factor: float) -> float:
    """For the lengths of bars: `{{ part.share|times:240 }}`."""
    return round(float(value) * float(factor), 2)
