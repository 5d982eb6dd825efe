"""Which forecasts are outside their tolerance, and by how much. No Django, no database.

Prosjektveiviseren's styringsparametere (tid, kostnad, omfang, kvalitet, usikkerhet, gevinster)
each have a tolerance: the deviation, up or down, that the project manager may carry before the
owner must decide. On the line is inside. What nobody has forecast, agreed or set a limit for
cannot be outside.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

TIME, COST, SCOPE = "time", "cost", "scope"
QUALITY, RISK, BENEFITS = "quality", "risk", "benefits"
ALL_PROMISED = Decimal(100)


@dataclass(frozen=True)
class Agreed:
    """What was agreed at BP3: the day of BP5, and kroner in all. All benefits are promised."""

    ends_on: dt.date | None = None
    cost: Decimal | None = None


@dataclass(frozen=True)
class Forecast:
    """What is expected now.

    `risk` is the highest S × K in usikkerhetsregisteret, from 0 to 25. `benefits` is per cent of
    what was promised.
    """

    ends_on: dt.date | None = None
    cost: Decimal | None = None
    risk: int | None = None
    benefits: Decimal | None = None
    scope_holds: bool = True
    quality_holds: bool = True


@dataclass(frozen=True)
class Limits:
    """Days, kroner, the highest S × K, and percentage points of the benefits.

    Scope and quality are limits in words: here only whether there is one.
    """

    time: Decimal | None = None
    cost: Decimal | None = None
    risk: Decimal | None = None
    benefits: Decimal | None = None
    has_scope: bool = False
    has_quality: bool = False


@dataclass(frozen=True)
class Outside:
    """One parameter that is outside.

    `off` is how far the forecast is from what was agreed: days, kroner or percentage points, with
    a minus when it is earlier, cheaper or less. For risk it is the S × K itself. `beyond` is how
    much of that the tolerance does not cover, always more than zero. Scope and quality have none.
    """

    parameter: str
    off: Decimal | None = None
    beyond: Decimal | None = None


def outside(agreed: Agreed, forecast: Forecast, limits: Limits) -> list[Outside]:
    """The parameters whose forecast is outside the tolerance."""
    return list(_outside(agreed, forecast, limits))


def _outside(agreed: Agreed, forecast: Forecast, limits: Limits) -> Iterator[Outside]:
    yield from _measured(TIME, days_late(agreed, forecast), limits.time)
    yield from _measured(COST, kroner_over(agreed, forecast), limits.cost)
    if limits.has_scope and not forecast.scope_holds:
        yield Outside(SCOPE)
    if limits.has_quality and not forecast.quality_holds:
        yield Outside(QUALITY)
    risk = None if forecast.risk is None else Decimal(forecast.risk)
    yield from _measured(RISK, risk, limits.risk)
    missing = points_over(forecast)
    if missing is not None and missing < 0:  # more benefit than promised troubles nobody
        yield from _measured(BENEFITS, missing, limits.benefits)


def _measured(parameter: str, off: Decimal | None, limit: Decimal | None) -> Iterator[Outside]:
    if off is None or limit is None:
        return
    beyond = abs(off) - limit
    if beyond > 0:
        yield Outside(parameter, off, beyond)


def days_late(agreed: Agreed, forecast: Forecast) -> Decimal | None:
    """Days from the agreed BP5 to the one that is forecast. Less than zero: earlier."""
    if agreed.ends_on is None or forecast.ends_on is None:
        return None
    return Decimal((forecast.ends_on - agreed.ends_on).days)


def kroner_over(agreed: Agreed, forecast: Forecast) -> Decimal | None:
    """Kroner in all above what was agreed. Less than zero: cheaper."""
    if agreed.cost is None or forecast.cost is None:
        return None
    return forecast.cost - agreed.cost


def points_over(forecast: Forecast) -> Decimal | None:
    """Percentage points above all that was promised. Less than zero: less benefit."""
    return None if forecast.benefits is None else forecast.benefits - ALL_PROMISED
