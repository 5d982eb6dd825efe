"""How a result is said: changes, gaps, and the rule that stands wherever a mean does."""

from decimal import Decimal

from django.utils.translation import gettext as _

from core import formatting
from maturity import scoring
from maturity.models import Aggregation
from maturity.results.reading import MeasuredYear


def change_in_words(change: scoring.Change) -> str:
    """«opp 0,4», «som i fjor», or nothing when there is nothing to compare."""
    if change.delta is None:
        return ""
    if change.delta == 0:
        return _("som i fjor")
    words = _("▲ opp {size}") if change.delta > 0 else _("▼ ned {size}")
    return words.format(size=formatting.number(abs(change.delta), 1))


def gap_in_words(gap: Decimal | int | None) -> str:
    """«0,4 igjen», «nådd», «0,2 over»; nothing without a target."""
    if gap is None:
        return ""
    if gap == 0:
        return _("nådd")
    words = _("{size} igjen") if gap > 0 else _("nådd, {size} over")
    return words.format(size=formatting.number(abs(Decimal(gap)), 0 if isinstance(gap, int) else 1))


def rule(year: MeasuredYear | None, who: str) -> str:
    """«Uvektet gjennomsnitt av 5 av 5 sektorer.»"""
    if year is None or year.aggregation == Aggregation.UNWEIGHTED:
        return _("Uvektet gjennomsnitt av {who}.").format(who=who)
    if year.lacks_staff:
        return _("Uvektet gjennomsnitt av {who}, fordi vi mangler årsverk for {sectors}.").format(
            who=who, sectors=formatting.listed(list(year.lacks_staff))
        )
    return _("Gjennomsnitt etter årsverk av {who}: store sektorer teller mer.").format(who=who)


def method() -> str:
    """How the numbers came to be, in full."""
    return _(
        "Hver sektor setter sitt eget nivå fra 1 til 5 i hvert område, og begrunner det. Samlet er "
        "snittet av områdene. Bare det som er levert, teller. Ikke besvart er ikke det samme som "
        "lavt nivå, og teller ikke."
    )


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
