"""Light or dark: the device's own setting, until the visitor chooses."""

from django.http import HttpRequest

COOKIE = "color_scheme"
AUTO = "auto"
CHOICES = (AUTO, "light", "dark")
REMEMBERED_FOR = 365 * 24 * 60 * 60


def chosen(request: HttpRequest) -> str:
    choice = request.COOKIES.get(COOKIE, AUTO)
    return choice if choice in CHOICES else AUTO
