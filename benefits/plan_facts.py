"""All that the benefits plan of a project says, as plain JSON: what its files are made of.

Numbers are kept as text, exact. Nothing is added up here; the tables do that (plan_tables).
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from benefits.benefit_map import BenefitMap, name_of, place_of, short_name_of
from benefits.milestones import Milestones, Taken, milestones
from benefits.models import (
    Benefit,
    BenefitYear,
    Calculation,
    Indicator,
    Measurement,
    OtherBody,
    RealisationAction,
)
from core.formatting import NO_BREAK_SPACE, day_with_year, short_day
from municipality.models import Municipality
from projects.models import Project

FORMAT = 1  # of a snapshot; raise it when a change would make old snapshots read wrongly
Facts = dict[str, Any]


def facts(project: Project, *, on: dt.date) -> Facts:
    """With as many queries however many benefits there are."""
    benefits = list(_benefits(project))
    municipality = Municipality.load()
    return {
        "format": FORMAT,
        "municipality": {"name": municipality.name, "executive": municipality.executive_title},
        "project": {
            "name": project.name,
            "number": project.idea.code,
            "owner": str(project.owner),
            "manager": str(project.manager or ""),
            "sector": str(project.sector),
            "phase": str(project.get_phase_display()),
        },
        "on": on.isoformat(),
        "frozen_on": _frozen_on(benefits),
        "benefits": [_benefit(benefit) for benefit in benefits],
        **_calculation(project),
        "actions": _actions(project, on),
        "indicators": [each for benefit in benefits for each in _indicators(benefit)],
        "map": map_facts(BenefitMap.of(project)),
    }


def _benefits(project: Project) -> Any:
    standing = Measurement.objects.standing().order_by("measured_on", "pk")
    in_use = Indicator.objects.filter(retired_at=None).order_by("pk")
    return (
        Benefit.objects.filter(project=project)
        .select_related("owner__sector", "responsible__sector", "goal", "other_body")
        .prefetch_related(
            "years",
            Prefetch("indicators", in_use.prefetch_related(Prefetch("measurements", standing))),
        )
        .order_by("number", "pk")
    )


def _frozen_on(benefits: list[Benefit]) -> str:
    frozen = [benefit.frozen_at for benefit in benefits if benefit.frozen_at]
    return day_with_year(min(frozen)) if frozen else ""


def _benefit(benefit: Benefit) -> Facts:
    return {
        "code": benefit.code,
        "name": benefit.name,
        "is_disbenefit": benefit.is_disbenefit,
        "is_priced": benefit.is_priced,
        "is_in_kroner": benefit.is_in_kroner,
        "becomes_kroner": benefit.becomes_kroner,
        "kroner_per_person_year": _exact(benefit.kroner_per_person_year),
        "receiver": benefit.receiver,
        "meaning": benefit.meaning,
        "use": str(benefit.get_use_display()),
        "use_described": benefit.use_described,
        "product": benefit.product,
        "assumptions": benefit.assumptions,
        "weight": benefit.weight,
        "importance_reason": benefit.importance_reason,
        "from_year": benefit.realised_from.year if benefit.realised_from else None,
        "goal": benefit.goal.code if benefit.goal else "",
        "owner": _person(benefit.owner),
        "years": {str(year.year): _exact(planned(year)) for year in benefit.years.all()},
        **_other_body(benefit),
        "change": _change(benefit),
        "unit": benefit.unit,
    }


def _other_body(benefit: Benefit) -> Facts:
    """Table D; empty until somebody has said."""
    other: OtherBody | None = getattr(benefit, "other_body", None)
    if other is None:
        return {"public_body": "", "contact": "", "involved_on": ""}
    return {
        "public_body": other.name,
        "contact": other.contact,
        "involved_on": _day(other.involved_on),
    }


def planned(year: BenefitYear) -> Decimal | None:
    """The plan as it stands: moved with the project when the project is late."""
    return year.plan if year.moved is None else year.moved


def _change(benefit: Benefit) -> str | None:
    """How far the main indicator is to move: Difi's «antall»."""
    if benefit.main is None:
        return None
    return _exact(abs(benefit.main.target - benefit.main.baseline))


def _person(user: Any) -> str:
    """Name and unit."""
    if user is None:
        return ""
    return f"{user}, {user.sector.short_name}" if user.sector else str(user)


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _day(on: dt.date | None) -> str:
    """In one piece: a column of days is narrow."""
    return short_day(on).replace(" ", NO_BREAK_SPACE) if on else ""


def _calculation(project: Project) -> Facts:
    """What the net is counted with. Without a calculation nothing is assumed."""
    calculation = Calculation.objects.filter(project=project).first()
    if calculation is None:
        return {"operating_costs": {}, "continues": False}
    costs = calculation.operating_costs.all()
    return {
        "operating_costs": {str(cost.year): str(cost.amount) for cost in costs},
        "continues": calculation.continues,
    }


def _actions(project: Project, on: dt.date) -> list[Facts]:
    found = RealisationAction.objects.filter(project=project).in_order()
    return [
        {
            "text": action.text,
            "benefit": action.benefit.code if action.benefit else "",
            "responsible": str(action.responsible or ""),
            "due_on": _day(action.due_on),
            "risk_profile": str(action.get_risk_profile_display()),
            "status": str(action.standing(on).label),
        }
        for action in found
    ]


def _indicators(benefit: Benefit) -> list[Facts]:
    """Those of a benefit with several are numbered: Ø1.1, Ø1.2."""
    indicators = list(benefit.indicators.all())
    if len(indicators) == 1:
        return [_indicator(indicators[0], benefit, benefit.code)]
    numbered = enumerate(indicators, 1)
    return [_indicator(each, benefit, f"{benefit.code}.{n}") for n, each in numbered]


def _indicator(indicator: Indicator, benefit: Benefit, code: str) -> Facts:
    taken = [Taken(each.measured_on, each.value) for each in indicator.measurements.all()]
    found = milestones(indicator.baseline_on, indicator.target_on, taken)
    has_accepted = benefit.responsibility_accepted_at is not None
    measured_by = benefit.responsible if has_accepted and benefit.responsible else benefit.owner
    return {
        "code": code,
        "name": indicator.name,
        "unit": indicator.unit,
        "method": _method(indicator),
        "baseline": str(indicator.baseline),
        "baseline_on": _day(indicator.baseline_on),
        "target": str(indicator.target),
        **_milestones(found),
        "result": _exact(indicator.latest_value),
        "evidence": indicator.latest_evidence,
        "measured_by": _person(measured_by),
    }


def _method(indicator: Indicator) -> str:
    """How it is measured and where the number is found, which some write as one."""
    method, source = (text.strip(" .") for text in (indicator.method, indicator.source))
    return ". ".join(filter(None, [method, "" if source in method else source]))


def _milestones(found: Milestones) -> Facts:
    return {
        "middle": _exact(found.middle.value) if found.middle else None,
        "middle_on": _day(found.middle.on if found.middle else found.middle_on),
        "end": _exact(found.end.value) if found.end else None,
        "end_on": _day(found.end.on if found.end else found.end_on),
    }


def map_facts(shown: BenefitMap) -> Facts:
    """The boxes in the order they are listed, and the lines between them."""
    return {
        "headline": shown.headline,
        "boxes": [
            {
                "key": node.pk,
                "column": place_of(node),
                "text": name_of(node),
                "short": short_name_of(node),
                "is_disbenefit": bool(node.benefit and node.benefit.is_disbenefit),
            }
            for node in shown.nodes
        ],
        "links": [list(link) for link in shown.links],
    }
