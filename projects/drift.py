"""Where a project stands, and how far it has drifted from what was agreed at BP3."""

import datetime as dt

from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from core.formatting import kroner, percent, short_day
from projects.accumulation import Agreed, ApprovedChange, Reported, Step, accumulate
from projects.models import (
    BudgetLine,
    ChangeRequest,
    PhasePlan,
    Project,
    ProjectPhase,
    ReportStatus,
    Risk,
    RiskStatus,
    StatusReport,
    Subject,
)

FEWEST_STEPS = 2  # BP3 alone is no drift


def steps(project: Project) -> list[Step]:
    """BP3, each approved change since and each report. Empty before BP3."""
    agreed = agreed_at_bp3(project)
    if agreed is None:
        return []
    return accumulate(agreed, _changes(project), _reports(project))


def agreed_at_bp3(project: Project) -> Agreed | None:
    passed = project.phase_changes.filter(phase=ProjectPhase.EXECUTION).first()
    if passed is None:
        return None
    end = PhasePlan.objects.filter(project=project, phase=ProjectPhase.CLOSING).first()
    cost = BudgetLine.objects.filter(project=project).aggregate(sum=Sum("agreed"))["sum"]
    return Agreed(on=passed.on, end_on=end.agreed_ends_on if end else None, cost=cost)


def _changes(project: Project) -> list[ApprovedChange]:
    approved = ChangeRequest.objects.approved().filter(project=project)
    return [
        ApprovedChange(
            on=timezone.localdate(change.decided_at),
            words=change.title,
            days=change.days,
            cost=change.cost,
            benefit=change.benefit_share,
        )
        for change in approved.order_by("decided_at", "pk")
        if change.decided_at is not None
    ]


def _reports(project: Project) -> list[Reported]:
    sent = StatusReport.objects.sent().filter(project=project).order_by("month")
    return [
        Reported(
            on=timezone.localdate(report.sent_at),
            words=_("Rapport for {month}").format(month=report.month_name),
            end_on=report.forecast_end_on,
            cost=report.forecast,
            benefit=None if report.benefit_share is None else int(report.benefit_share),
        )
        for report in sent
        if report.sent_at is not None
    ]


def standing(project: Project, subject: Subject) -> str:
    """One line on how it is now with what a change obliges the project to look at again."""
    tell = {
        Subject.BUSINESS_CASE: _business_case,
        Subject.PLAN: _plan,
        Subject.RISKS: _risks,
        Subject.BENEFITS: _benefits,
    }[subject]
    return tell(project)


def _business_case(project: Project) -> str:
    budget = BudgetLine.objects.filter(project=project).aggregate(sum=Sum("budget"))["sum"]
    return _("Budsjett {budget}, ferdig {day}").format(
        budget=kroner(project.budget if budget is None else budget), day=_end(project)
    )


def _end(project: Project) -> str:
    plan = PhasePlan.objects.filter(project=project, phase=ProjectPhase.CLOSING).first()
    return short_day(plan.ends_on if plan else project.forecast_end_on)


def _plan(project: Project) -> str:
    words = _("Neste beslutningspunkt {gate}").format(gate=short_day(_next_gate_on(project)))
    last = project.milestones.filter(reached_on=None).aggregate(last=Max("planned_on"))["last"]
    if last is None:
        return words
    return _("{gate}, siste milepæl {last}").format(gate=words, last=short_day(last))


def _next_gate_on(project: Project) -> dt.date | None:
    plan = PhasePlan.objects.filter(project=project, phase=project.phase).first()
    return plan.ends_on if plan else None


def _risks(project: Project) -> str:
    open_risks = Risk.objects.filter(project=project).exclude(status=RiskStatus.GONE)
    factors = [risk.factor for risk in open_risks]
    if not factors:
        return _("Ingen åpne usikkerheter i registeret")
    return _("{count} åpne, høyeste S × K er {highest}").format(
        count=len(factors), highest=max(factors)
    )


def _benefits(project: Project) -> str:
    report = (
        StatusReport.objects.filter(
            project=project, status=ReportStatus.SENT, benefit_share__isnull=False
        )
        .order_by("-month")
        .first()
    )
    if report is None:
        return project.expected_benefit or _("Ingen prognose er meldt")
    return _("Prognosen er {share} av det lovede").format(share=percent(report.benefit_share))


def chart_key(project: Project, measure: str) -> str:
    """`measure`: days, cost or benefit."""
    return f"drift:{project.pk}:{measure}"
