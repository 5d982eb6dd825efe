"""What lies before the one who takes a decision, kept as it was when the decision was asked for.

People are kept by their key, so that somebody who leaves is not named here for ever.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum

from municipality.models import User
from projects import gates, products
from projects.models import GateCase, Project, RiskStatus

RISKS_SHOWN = 3
AMOUNTS = ("budget", "spent", "forecast")


def freeze(project: Project, at: gates.NextPoint) -> dict[str, Any]:
    """As plain JSON."""
    return {
        "phase": str(project.phase),
        "size": str(project.size),
        "checklist": [_point(point) for point in gates.points(project, at)],
        "products": [_product(row) for row in products.of(project) if row.product is not None],
        "benefits": [_benefit(benefit) for benefit in project.benefits.order_by("pk")],
        "risks": _highest_risks(project),
        "money": _money(project),
    }


def _point(point: gates.Point) -> dict[str, Any]:
    answer = point.answer
    return {
        "text": point.item.text,
        "state": str(answer.state),
        "words": str(answer.get_state_display()),
        "reason": answer.reason,
        "by": answer.answered_by_id,
    }


def _product(row: products.Row) -> dict[str, Any]:
    return {
        "code": row.template.code,
        "name": row.template.name,
        "words": row.words,
        "look": row.look,
        "version": row.version.number if row.version else None,
        "reason": row.product.left_out_reason if row.product.is_left_out else "",
    }


def _benefit(benefit: Any) -> dict[str, Any]:
    return {
        "pk": benefit.pk,
        "name": benefit.name,
        "unit": benefit.unit,
        "baseline": _or_none(benefit.baseline),
        "target": _or_none(benefit.target),
        "target_on": _or_none(benefit.target_on),
        "latest": _or_none(benefit.latest_value),
        "owner": benefit.owner_id,
    }


def _or_none(value: Any) -> str | None:
    return None if value is None else str(value)


def _highest_risks(project: Project) -> list[dict[str, Any]]:
    factor = F("likelihood") * F("impact")
    risks = project.risks.exclude(status=RiskStatus.GONE)
    return [
        {"event": risk.event, "kind": str(risk.get_kind_display()), "factor": risk.factor}
        for risk in risks.order_by(factor.desc(), "number")[:RISKS_SHOWN]
    ]


def _money(project: Project) -> dict[str, Any]:
    """Kroner of the whole project: the lines of the budget, else the frame it was given."""
    sums = project.budget_lines.aggregate(budget=Sum("budget"), spent=Sum("spent"))
    budget = project.budget if sums["budget"] is None else sums["budget"]
    amounts = {"budget": budget, "spent": sums["spent"], "forecast": project.forecast}
    return {key: None if amount is None else str(amount) for key, amount in amounts.items()}


def shown(case: GateCase) -> dict[str, Any]:
    """As it was kept, with numbers as numbers and people by name. One read."""
    basis = case.basis
    keys = {row["by"] for row in basis.get("checklist", [])}
    keys |= {row["owner"] for row in basis.get("benefits", [])}
    people = User.objects.in_bulk([key for key in keys if key is not None])
    return {
        **basis,
        "checklist": [{**row, "by": people.get(row["by"])} for row in basis.get("checklist", [])],
        "benefits": [_shown_benefit(row, people) for row in basis.get("benefits", [])],
        "money": {key: _number(basis.get("money", {}).get(key)) for key in AMOUNTS},
    }


def _shown_benefit(row: dict[str, Any], people: dict[int, User]) -> dict[str, Any]:
    numbers = {key: _number(row[key]) for key in ("baseline", "target", "latest")}
    target_on = dt.date.fromisoformat(row["target_on"])
    return {**row, **numbers, "target_on": target_on, "owner": people.get(row["owner"])}


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
