"""How numbers, dates and counts are written in Norwegian. Plain functions: values in, text out."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NO_BREAK_SPACE = "\u00a0"
NARROW_NO_BREAK_SPACE = "\u202f"
NOTHING = "–"

_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_MONTHS = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)
SHORT_MONTHS = (
    "jan.",
    "feb.",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "aug.",
    "sep.",
    "okt.",
    "nov.",
    "des.",
)
_NUMBER_WORDS = (
    "null",
    "én",
    "to",
    "tre",
    "fire",
    "fem",
    "seks",
    "sju",
    "åtte",
    "ni",
    "ti",
    "elleve",
    "tolv",
)


def number(value: float | Decimal | None, decimals: int | None = None) -> str:
    """`4250.5` → «4 250,5». Without `decimals` as many as the value has, at most two."""
    if value is None:
        return NOTHING
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    places = 2 if decimals is None else decimals
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,f}"
    whole, _point, fraction = text.partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    sign = "−" if rounded < 0 else ""
    return sign + whole.replace(",", NARROW_NO_BREAK_SPACE) + (f",{fraction}" if fraction else "")


def percent(value: float | Decimal | None, decimals: int | None = 0) -> str:
    """`82` → «82 %»: the value is already in percent."""
    return NOTHING if value is None else number(value, decimals) + NO_BREAK_SPACE + "%"


def share(value: float | Decimal | None, decimals: int | None = 0) -> str:
    """`0.82` → «82 %»: the value is a part of one."""
    return NOTHING if value is None else percent(Decimal(str(value)) * 100, decimals)


def kroner(value: float | Decimal | None, decimals: int = 1) -> str:
    """`1400000` → «1,4 mill. kr», `25000` → «25 000 kr»."""
    if value is None:
        return NOTHING
    amount = Decimal(str(value))
    if abs(amount) >= 1_000_000:
        return number(amount / 1_000_000, decimals) + f"{NO_BREAK_SPACE}mill.{NO_BREAK_SPACE}kr"
    return number(amount, 0) + f"{NO_BREAK_SPACE}kr"


def quantity(value: float | Decimal | None, unit: str = "") -> str:
    """A value with its unit: «5,8 %», «17 minutter»."""
    if value is None:
        return NOTHING
    return number(value) + (f"{NO_BREAK_SPACE}{unit}" if unit else "")


def count_word(count: int) -> str:
    """Small counts in words, as in running text: «to», «tolv», «13»."""
    return _NUMBER_WORDS[count] if 0 <= count < len(_NUMBER_WORDS) else number(count)


def things(count: int) -> str:
    """«én ting», «to ting», «13 ting»."""
    return f"{count_word(count)} ting"


def listed(names: list[str]) -> str:
    """«a, b og c»; with a comma before the last «og» when a name has one itself."""
    if len(names) < 2:
        return "".join(names)
    before = _(", og") if any(_(" og ") in name for name in names) else _(" og")
    return f"{', '.join(names[:-1])}{before} {names[-1]}"


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localdate(value) if timezone.is_aware(value) else value.date()
    return value


def day(value: date | datetime | None, *, today: date) -> str:
    """«22. september», with the year when it is not this year."""
    if value is None:
        return NOTHING
    on = _day(value)
    text = f"{on.day}. {_MONTHS[on.month - 1]}"
    return text if on.year == today.year else f"{text} {on.year}"


def day_with_year(value: date | datetime | None) -> str:
    """«22. september 2026», for what is kept and read in other years."""
    if value is None:
        return NOTHING
    on = _day(value)
    return f"{on.day}. {_MONTHS[on.month - 1]} {on.year}"


def short_day(value: date | datetime | None) -> str:
    """«22. sep. 2026», for columns."""
    if value is None:
        return NOTHING
    on = _day(value)
    return f"{on.day}. {SHORT_MONTHS[on.month - 1]} {on.year}"


def weekday(value: date | datetime | None, *, today: date) -> str:
    """«fredag 12. juni»."""
    if value is None:
        return NOTHING
    return f"{_WEEKDAYS[_day(value).weekday()]} {day(value, today=today)}"


def clock(value: datetime | None) -> str:
    """«kl. 15.00»."""
    if value is None:
        return NOTHING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"kl.{NO_BREAK_SPACE}{local:%H.%M}"


def span(first: date, last: date, *, today: date) -> str:
    """«7. april–31. mai», «1.–28. august»; the year once, at the end, when it is another."""
    if first == last:
        return day(first, today=today)
    end = day(last, today=today)
    if first.year != last.year:
        return f"{day_with_year(first)} – {day_with_year(last)}"
    if first.month == last.month:
        return f"{first.day}.–{end}"
    return f"{first.day}. {_MONTHS[first.month - 1]}–{end}"


def month(value: date) -> str:
    """«des 2026», for what is known to the month."""
    return f"{_month(value)} {value.year}"


def months(first: date, last: date) -> str:
    """«april–sep 2024», «nov 2024–feb 2025»."""
    if (first.year, first.month) == (last.year, last.month):
        return month(first)
    if first.year == last.year:
        return f"{_month(first)}–{month(last)}"
    return f"{month(first)}–{month(last)}"


def _month(value: date) -> str:
    return SHORT_MONTHS[value.month - 1].rstrip(".")


def month_name(value: date) -> str:
    """«august»."""
    return _MONTHS[value.month - 1]


def relative_day(value: date | datetime | None, *, today: date) -> str:
    """A deadline seen from today: «I dag», «Om 3 dager», «I går», «3 dager over»."""
    if value is None:
        return _("Ingen frist")
    distance = (_day(value) - today).days
    if distance == 0:
        return _("I dag")
    if distance == 1:
        return _("I morgen")
    if distance == -1:
        return _("I går")
    if distance > 0:
        return _("Om %(days)s dager") % {"days": number(distance)}
    return _("%(days)s dager over") % {"days": number(-distance)}


def days_left(last: date, *, today: date) -> str:
    """«23 dager igjen», «Siste dag»."""
    distance = (last - today).days
    if distance <= 0:
        return _("Siste dag")
    return ngettext("%(days)s dag igjen", "%(days)s dager igjen", distance) % {
        "days": number(distance)
    }
