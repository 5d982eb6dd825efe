"""What is said to somebody who measures: where it stood, and how far it has come."""

import datetime as dt
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from benefits.models import Benefit, Indicator
from core.formatting import day_with_year, month_name, number, quantity, share


def progress_sentence(progress: Decimal | None) -> str:
    """How far a number brings us from nullpunkt to måltall. None is «ikke definert»; 0 is a value.

    Below nullpunkt it is negative, beyond the target above 100 percent: both are said as they are.
    """
    if progress is None:
        return _("Nullpunktet og målet er like, så framgangen er ikke definert.")
    if progress == 0:
        return _("Tallet er det samme som nullpunktet.")
    if progress < 0:
        return _("Tallet er lenger fra målet enn nullpunktet: {share} av veien.").format(
            share=share(progress)
        )
    if progress == 1:
        return _("Målet er nådd.")
    if progress > 1:
        return _("Målet er nådd, og mer til: {share} av veien er gått.").format(
            share=share(progress)
        )
    return _("{share} av veien er gått.").format(share=share(progress))


def what_happened(measured: Benefit | Indicator) -> str:
    """«Fra 38 til 17 minutter», as the heading of the chart."""
    if measured.latest_value is None:
        return ""
    if measured.latest_value == measured.baseline:
        return _("Ingen endring siden nullpunktet")
    return _("Fra {before} til {now}").format(
        before=quantity(measured.baseline), now=quantity(measured.latest_value, measured.unit)
    )


def where_it_stood(indicator: Indicator, *, today: dt.date) -> SafeString:
    """«Forrige gang: 22 i januar. Målet er 10.», with the numbers in bold."""
    if indicator.latest_on is not None:
        before = format_html(
            _("Forrige gang: <strong>{value}</strong> i {month}."),
            value=number(indicator.latest_value),
            month=_month(indicator.latest_on, today=today),
        )
    else:
        before = format_html(
            _("Nullpunktet er <strong>{value}</strong>, {date}."),
            value=number(indicator.baseline),
            date=day_with_year(indicator.baseline_on),
        )
    target = format_html(_("Målet er <strong>{value}</strong>."), value=number(indicator.target))
    return format_html("{} {}", before, target)


def _month(on: dt.date, *, today: dt.date) -> str:
    return month_name(on) if on.year == today.year else f"{month_name(on)} {on.year}"
