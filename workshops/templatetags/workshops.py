from django import template

register = template.Library()

MOST_DOTS = 10  # more than this are read as a number


@register.filter
def dots(count: int) -> range:
    return range(min(count, MOST_DOTS))


@register.filter
def has_too_many_dots(count: int) -> bool:
    return count > MOST_DOTS


@register.filter
def minutes_and_seconds(seconds: int) -> str:
    """`400` → «06:40»."""
    return f"{seconds // 60:02}:{seconds % 60:02}"


@register.filter
def unlocalized(number: int) -> str:
    """For machines: no space between thousands."""
    return str(number)
