"""What a section of a product shows of the project's own data: tables, as plain JSON.

The same tables stand on the page, in the PDF and in Word, and are frozen with a version.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from core.formatting import NO_BREAK_SPACE, day_with_year, number, quantity, short_day
from prioritization.models import Decision
from projects.models import (
    GATE_AFTER,
    GATE_BY_CODE,
    ChecklistItem,
    CheckpointState,
    DataBlock,
    GateCode,
    Parameter,
    Project,
    ProjectPhase,
    Risk,
    RiskKind,
)

Table = dict[str, Any]
NOTHING = "–"


def tables(block: str, project: Project, *, gate: str) -> list[Table]:
    """The tables of a data block. `gate`: the decision point that the product is written for."""
    if block == DataBlock.NONE:
        return []
    if block == DataBlock.CHECKLIST:
        return [_checklist(project, gate)]
    if block == DataBlock.UNCERTAINTY:
        return [_risks(project, RiskKind.THREAT), _risks(project, RiskKind.OPPORTUNITY)]
    return [BLOCKS[DataBlock(block)](project)]


def _table(
    title: str,
    columns: list[str],
    rows: Iterable[list[Any]],
    *,
    numbers: Iterable[int] = (),
    total: list[str] | None = None,
    empty: str = "",
) -> Table:
    """`numbers`: the columns set to the right. `empty`: said instead when there are no rows."""
    return {
        "title": title,
        "columns": columns,
        "rows": [[str(cell or NOTHING) for cell in row] for row in rows],
        "numbers": list(numbers),
        "total": total or [],
        "empty": empty,
    }


def _money(amount: Any) -> str:
    return number(amount, 0)


def _decision(project: Project) -> Table:
    """What the executive group decided about the idea, and on which conditions."""
    told = Decision.objects.published().filter(item__entry__idea=project.idea_id)
    decision = told.select_related("meeting").first()
    rows = []
    if decision is not None:
        rows = [
            [_("Vedtatt"), day_with_year(decision.meeting.held_on)],
            [_("Vedtak"), decision.words],
            [_("Begrunnelse"), decision.reason],
        ]
    if project.conditions:
        rows.append([_("Vilkår"), project.conditions])
    if project.expected_benefit:
        rows.append([_("Ventet gevinst"), project.expected_benefit])
    if project.budget is not None:
        rows.append([_("Ramme i kroner"), _money(project.budget)])
    return _table(
        _("Vedtaket og vilkårene"),
        [_("Hva"), _("Innhold")],
        rows,
        empty=_("Det er ikke ført noe vedtak for prosjektet."),
    )


def _organisation(project: Project) -> Table:
    holders = project.role_holders.select_related("person").order_by("starts_on", "pk")
    rows = [[_("Prosjekteier"), project.owner, "", ""]]
    if project.manager:
        rows.append([_("Prosjektleder"), project.manager, "", ""])
    if project.benefit_lead:
        rows.append([_("Gevinstansvarlig"), project.benefit_lead, "", ""])
    rows += [
        [
            holder.get_role_display(),
            holder.person or holder.name,
            holder.organisation,
            _period(holder.starts_on, holder.ends_on),
        ]
        for holder in holders
    ]
    return _table(_("Roller"), [_("Rolle"), _("Navn"), _("Enhet"), _("Periode")], rows)


def _period(first: Any, last: Any) -> str:
    return f"{short_day(first)} – {short_day(last) if last else ''}".strip()


def _stakeholders(project: Project) -> Table:
    rows = [
        [each.name, each.goal, each.message, each.channel, each.when, each.responsible]
        for each in project.stakeholders.select_related("responsible")
    ]
    return _table(
        _("Interessenter og kommunikasjon"),
        [
            _("Interessent"),
            _("Mål"),
            _("Budskap"),
            _("Form"),
            _("Når"),
            _("Ansvarlig"),
        ],
        rows,
        empty=_("Ingen interessenter er skrevet inn i prosjektet."),
    )


def _on_a_day(value: Decimal | None, unit: str, day: dt.date | None) -> str:
    if value is None:
        return quantity(None)
    return _("{value} ({day})").format(value=quantity(value, unit), day=short_day(day))


def _benefits(project: Project) -> Table:
    rows = [
        [
            each.name,
            _on_a_day(each.baseline, each.unit, each.baseline_on),
            _on_a_day(each.target, each.unit, each.target_on),
            quantity(each.latest_value, each.unit),
            each.responsible or each.owner,
        ]
        for each in project.benefits.select_related("owner", "responsible")
    ]
    return _table(
        _("Gevinster"),
        [_("Gevinst"), _("Nullpunkt"), _("Måltall"), _("Siste måling"), _("Ansvarlig")],
        rows,
        empty=_("Ingen gevinster er beskrevet i prosjektet."),
    )


def _milestones(project: Project) -> Table:
    rows = [
        [
            each.name,
            each.delivers,
            short_day(each.agreed_on) if each.agreed_on else "",
            short_day(each.planned_on),
            short_day(each.reached_on) if each.reached_on else "",
        ]
        for each in project.milestones.order_by("planned_on", "pk")
    ]
    return _table(
        _("Milepæler"),
        [_("Milepæl"), _("Leveranse"), _("Avtalt ved BP3"), _("Planlagt"), _("Nådd")],
        rows,
        empty=_("Ingen milepæler er lagt inn i planen."),
    )


def _phases(project: Project) -> Table:
    rows = [
        [
            each.get_phase_display(),
            short_day(each.starts_on),
            short_day(each.ends_on),
            _gate_words(GATE_AFTER[ProjectPhase(each.phase)]),
        ]
        for each in project.phase_plans.order_by("starts_on", "pk")
    ]
    return _table(
        _("Fasene og beslutningspunktene"),
        [_("Fase"), _("Begynner"), _("Beslutning"), _("Beslutningspunkt")],
        rows,
        empty=_("Fasene er ikke satt på planen ennå."),
    )


def _gate_words(code: GateCode) -> str:
    gate = GATE_BY_CODE[code]
    return f"{gate.code} {gate.title}"


def _budget(project: Project) -> Table:
    lines = project.budget_lines.order_by("year", "source", "pk")
    rows = [
        [
            each.year,
            each.source,
            _money(each.budget),
            _money(each.spent),
            _money(each.budget if each.forecast is None else each.forecast),
            number(each.person_years),
        ]
        for each in lines
    ]
    sums = lines.aggregate(*(Sum(name) for name in ("budget", "spent", "person_years")))
    forecast = sum(each.budget if each.forecast is None else each.forecast for each in lines)
    total = [
        _("Sum"),
        "",
        _money(sums["budget__sum"]),
        _money(sums["spent__sum"]),
        _money(forecast),
        number(sums["person_years__sum"]),
    ]
    return _table(
        _("Penger per år og kilde, i kroner"),
        [_("År"), _("Kilde"), _("Budsjett"), _("Brukt"), _("Prognose"), _("Årsverk")],
        rows,
        numbers=(2, 3, 4, 5),
        total=total if rows else None,
        empty=_("Det er ikke lagt inn noe budsjett."),
    )


def _risks(project: Project, kind: RiskKind) -> Table:
    is_threat = kind == RiskKind.THREAT
    found = project.risks.filter(kind=kind).select_related("owner")
    most_first = sorted(found, key=lambda risk: (-risk.factor, risk.number))
    return _table(
        _("Trusler") if is_threat else _("Muligheter"),
        [_("Hendelse"), _("Virkning"), _("S × K"), _("Tiltak"), _("Etter tiltak"), _("Eier")],
        [_risk(risk) for risk in most_first],
        empty=_("Ingen trusler er skrevet inn i registeret.")
        if is_threat
        else _("Ingen muligheter er skrevet inn i registeret."),
    )


def _risk(risk: Risk) -> list[Any]:
    after = ""
    if risk.factor_after is not None:
        after = _product(risk.likelihood_after, risk.impact_after, risk.factor_after)
    now = _product(risk.likelihood, risk.impact, risk.factor)
    return [risk.event, risk.effect, now, risk.measure, after, risk.owner]


def _product(likelihood: int | None, impact: int | None, factor: int) -> str:
    """«4 × 3 = 12», on one line."""
    return f"{likelihood} × {impact} = {factor}".replace(" ", NO_BREAK_SPACE)


def _threats(project: Project) -> Table:
    return _risks(project, RiskKind.THREAT)


def _opportunities(project: Project) -> Table:
    return _risks(project, RiskKind.OPPORTUNITY)


LIMITS = {
    Parameter.TIME: lambda limit: _("{n} dager").format(n=number(limit, 0)),
    Parameter.COST: lambda limit: _("{n} kroner").format(n=number(limit, 0)),
    Parameter.RISK: lambda limit: _("S × K opp til {n}").format(n=number(limit, 0)),
    Parameter.BENEFITS: lambda limit: _("{n} prosentpoeng").format(n=number(limit, 0)),
}


def _tolerances(project: Project) -> Table:
    return _table(
        _("Toleranser"),
        [_("Styringsparameter"), _("Grense"), _("Med ord"), _("Satt")],
        [
            [
                each.get_parameter_display(),
                _limit(each.parameter, each.limit),
                each.words,
                short_day(each.set_on),
            ]
            for each in project.tolerances.order_by("pk")
        ],
        empty=_("Toleransene er ikke satt ennå."),
    )


def _limit(parameter: str, limit: Any) -> str:
    if limit is None:
        return ""
    words = LIMITS.get(Parameter(parameter))
    return words(limit) if words else number(limit, 0)


def _involvement(project: Project) -> Table:
    return _table(
        _("Brukerinvolvering"),
        [_("Når"), _("Hvem"), _("Hvordan"), _("Hva det endret")],
        [
            [short_day(each.held_on), each.who, each.how, each.changed]
            for each in project.involvements.order_by("held_on", "pk")
        ],
        empty=_("Ingen brukerinvolvering er ført ennå."),
    )


def _lessons(project: Project) -> Table:
    return _table(
        _("Erfaringer"),
        [_("Type"), _("Hva vi lærte"), _("Råd til neste prosjekt"), _("Dato")],
        [
            [each.get_kind_display(), each.text, each.advice, short_day(each.noted_on)]
            for each in project.lessons.order_by("noted_on", "pk")
        ],
        empty=_("Erfaringsloggen er tom."),
    )


def _changes(project: Project) -> Table:
    return _table(
        _("Endringsanmodninger"),
        [_("Endring"), _("Dager"), _("Kroner"), _("Svar"), _("Dato")],
        [
            [
                each.title,
                number(each.days),
                _money(each.cost),
                each.get_status_display(),
                short_day(each.decided_at or each.created_at),
            ]
            for each in project.change_requests.order_by("created_at", "pk")
        ],
        numbers=(1, 2),
        empty=_("Prosjektet har ikke bedt om endringer."),
    )


def _systems(project: Project) -> Table:
    return _table(
        _("Systemer"),
        [_("System"), _("Type"), _("Hvordan"), _("Periode")],
        [
            [
                each.system,
                each.system.get_kind_display(),
                each.get_kind_display(),
                _period(each.starts_on, each.ends_on),
            ]
            for each in project.system_uses.select_related("system")
        ],
        empty=_("Ingen systemer er knyttet til prosjektet."),
    )


def _status(project: Project) -> Table:
    reports = project.status_reports.sent().prefetch_related("dimensions").order_by("month")
    rows = []
    for report in reports:
        lights = [
            f"{each.get_dimension_display()}: {each.get_light_display().lower()}"
            for each in report.dimensions.all()
        ]
        rows.append([f"{report.month:%m.%Y}", report.summary, ", ".join(lights)])
    return _table(
        _("Statusrapportene"),
        [_("Måned"), _("I én setning"), _("Status")],
        rows,
        empty=_("Ingen statusrapporter er sendt."),
    )


def _checklist(project: Project, gate: str) -> Table:
    items = ChecklistItem.objects.filter(method=project.method_id, gate=gate)
    answers = {
        each.item_id: each
        for each in project.checkpoints.filter(item__gate=gate).order_by("stage__number", "pk")
    }
    rows = []
    for item in items.order_by("order", "pk"):
        answer = answers.get(item.pk)
        words = answer.get_state_display() if answer else CheckpointState.OPEN.label
        rows.append([item.text, words, answer.reason if answer else ""])
    return _table(
        _("Sjekklisten før {gate}").format(gate=gate),
        [_("Punkt"), _("Svar"), _("Merknad")],
        rows,
        empty=_("Metoden har ingen sjekkliste her."),
    )


BLOCKS: dict[DataBlock, Callable[[Project], Table]] = {
    DataBlock.DECISION: _decision,
    DataBlock.ORGANISATION: _organisation,
    DataBlock.STAKEHOLDERS: _stakeholders,
    DataBlock.BENEFITS: _benefits,
    DataBlock.MILESTONES: _milestones,
    DataBlock.PHASES: _phases,
    DataBlock.BUDGET: _budget,
    DataBlock.THREATS: _threats,
    DataBlock.OPPORTUNITIES: _opportunities,
    DataBlock.TOLERANCES: _tolerances,
    DataBlock.INVOLVEMENT: _involvement,
    DataBlock.LESSONS: _lessons,
    DataBlock.CHANGES: _changes,
    DataBlock.SYSTEMS: _systems,
    DataBlock.STATUS: _status,
}
