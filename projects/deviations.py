"""What was agreed, what is forecast now, and which of it is outside its tolerance, in words."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formatting import NOTHING, day_with_year, number, quantity
from projects.models import (
    Deviation,
    Parameter,
    Project,
    ProjectPhase,
    StatusReport,
    Tolerance,
)
from projects.tolerances import (
    Agreed,
    Forecast,
    Limits,
    Outside,
    days_late,
    kroner_over,
    outside,
)


def agreed_for(project: Project) -> Agreed:
    """What stood in plan and budget at BP3; before it, the budget as it is."""
    return Agreed(ends_on=_agreed_end(project), cost=_agreed_cost(project))


def _agreed_end(project: Project) -> dt.date | None:
    plans = project.phase_plans.filter(phase=ProjectPhase.CLOSING)
    return plans.values_list("agreed_ends_on", flat=True).first()


def _agreed_cost(project: Project) -> Decimal | None:
    lines = project.budget_lines.aggregate(agreed=Sum("agreed"), budget=Sum("budget"))
    found = (lines["agreed"], lines["budget"], project.budget)
    return next((cost for cost in found if cost is not None), None)


def forecast_in(report: StatusReport) -> Forecast:
    return Forecast(
        ends_on=report.forecast_end_on,
        cost=report.forecast,
        risk=report.highest_risk,
        benefits=report.benefit_share,
        scope_holds=report.scope_holds,
        quality_holds=report.quality_holds,
    )


def limits_of(tolerances: Iterable[Tolerance]) -> Limits:
    found = {Parameter(each.parameter): each for each in tolerances}
    limit = {parameter: each.limit for parameter, each in found.items()}
    return Limits(
        time=limit.get(Parameter.TIME),
        cost=limit.get(Parameter.COST),
        risk=limit.get(Parameter.RISK),
        benefits=limit.get(Parameter.BENEFITS),
        has_scope=Parameter.SCOPE in found,
        has_quality=Parameter.QUALITY in found,
    )


def found_in(report: StatusReport) -> list[Deviation]:
    """The deviations that the report shows, with their words. Not saved."""
    tolerances = {each.parameter: each for each in report.project.tolerances.all()}
    agreed, forecast = agreed_for(report.project), forecast_in(report)
    return [
        Deviation(
            project=report.project,
            report=report,
            parameter=each.parameter,
            agreed=agreed_words(Parameter(each.parameter), agreed),
            forecast=_forecast_words(each, forecast),
            tolerance=tolerance_words(tolerances[each.parameter]),
        )
        for each in outside(agreed, forecast, limits_of(tolerances.values()))
    ]


def as_change(deviation: Deviation) -> dict[str, Any]:
    """What IKT-styringsrådet is asked when the owner sends a deviation on to it."""
    agreed, forecast = agreed_for(deviation.project), forecast_in(deviation.report)
    asked: dict[str, Any] = {
        "title": _("Avvik i {name}").format(name=deviation.get_parameter_display().lower()),
        "reason": deviation.answer,
        "consequence": _("Avtalt: {agreed}. Prognose: {forecast}. Toleranse: {tolerance}.").format(
            agreed=deviation.agreed, forecast=deviation.forecast, tolerance=deviation.tolerance
        ),
    }
    if deviation.parameter == Parameter.TIME:
        asked["days"] = int(days_late(agreed, forecast) or 0)
    if deviation.parameter == Parameter.COST:
        asked["cost"] = kroner_over(agreed, forecast) or 0
    return asked


def agreed_words(parameter: Parameter, agreed: Agreed) -> str:
    match parameter:
        case Parameter.TIME:
            day = day_with_year(agreed.ends_on)
            return _("BP5 {day}").format(day=day) if agreed.ends_on else NOTHING
        case Parameter.COST:
            return quantity(agreed.cost, "kr")
        case Parameter.RISK:
            return _("Ingen trussel over toleransen")
        case Parameter.BENEFITS:
            return _("100 % av det lovede")
        case Parameter.SCOPE:
            return _("Det omfanget som er avtalt")
        case Parameter.QUALITY:
            return _("Den kvaliteten som er avtalt")


def _forecast_words(found: Outside, forecast: Forecast) -> str:
    off = found.off or Decimal(0)
    match Parameter(found.parameter):
        case Parameter.TIME:
            return _("BP5 {day}, {days}").format(
                day=day_with_year(forecast.ends_on), days=_days_off(int(off))
            )
        case Parameter.COST:
            side = _("over") if off > 0 else _("under")
            return _("{cost}, {off} {side}").format(
                cost=quantity(forecast.cost, "kr"), off=quantity(abs(off), "kr"), side=side
            )
        case Parameter.RISK:
            return _("S × K på {risk}").format(risk=number(off))
        case Parameter.BENEFITS:
            return _("{share} % av det lovede").format(share=number(forecast.benefits))
        case Parameter.SCOPE:
            return _("Omfanget holder ikke")
        case Parameter.QUALITY:
            return _("Kvaliteten holder ikke")


def _days_off(days: int) -> str:
    words = ngettext("{n} dag", "{n} dager", abs(days)).format(n=number(abs(days)))
    return (_("{days} senere") if days > 0 else _("{days} tidligere")).format(days=words)


def tolerance_words(tolerance: Tolerance) -> str:
    """«30 dager», «100 000 kr», «S × K på høyst 12», with what else is said of it."""
    measured = limit_words(Parameter(tolerance.parameter), tolerance.limit)
    return ". ".join(part for part in (measured, tolerance.words) if part)


def limit_words(parameter: Parameter, limit: Decimal | None) -> str:
    if limit is None:
        return ""
    match parameter:
        case Parameter.TIME:
            return ngettext("{n} dag", "{n} dager", int(limit)).format(n=number(limit))
        case Parameter.COST:
            return quantity(limit, "kr")
        case Parameter.RISK:
            return _("S × K på høyst {n}").format(n=number(limit))
        case _other:
            return _("{n} prosentpoeng").format(n=number(limit))
