"""A filled-in KommIT workbook becomes benefits of a project: all of it, or nothing."""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from benefits import delays, kommit_plan, notifications
from benefits.actions.indicators import add_indicator, add_main
from benefits.actions.kommit_map import Drawing
from benefits.actions.measuring import Reading, enter, lock, redraw
from benefits.actions.plan_changes import note_change
from benefits.actions.register import next_number, plan_is_frozen
from benefits.actions.trail import Trail, take_back, worked_on
from benefits.actions.years import save_years
from benefits.kommit_plan import Choices
from benefits.kommit_workbook.content import Filled, FilledBenefit, Measure
from benefits.models import (
    Benefit,
    BenefitYear,
    Calculation,
    ChangeKind,
    Indicator,
    KommitImport,
    MapColumn,
    OperatingCost,
    RealisationAction,
)
from core.errors import ActionRefused
from core.imports import apply_once
from core.models import Chart, StagedImport, record
from municipality.models import StrategyGoal, User
from projects.models import Engagement, Project, Stakeholder

NOTHING = Decimal(0)
HORIZON = 5  # the year of the investment, and the four of the budget


@transaction.atomic
def take_in(
    filled: Filled,
    choices: Choices,
    *,
    project: Project,
    staged: StagedImport,
    by: User,
    at: dt.datetime,
) -> KommitImport:
    """Keep what the workbook says, with what somebody chose where it says nothing."""
    with apply_once(staged):
        project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        _refuse_again(project, filled)
        taking = _TakingIn(filled, choices, project=project, file=staged.file_name, by=by, at=at)
        taking.run()
        project.touch()
        taken = KommitImport.objects.create(
            project=project,
            file_name=staged.file_name,
            digest=filled.digest,
            benefits=len(taking.benefits),
            at=at,
            by=by,
            made=taking.trail.made_as_json(),
            changed=taking.trail.changed_as_json(),
        )
        record(
            "kommit taken in",
            project,
            by=by,
            file=staged.file_name,
            benefits=[benefit.pk for benefit in taking.benefits.values()],
        )
    return taken


def _refuse_again(project: Project, filled: Filled) -> None:
    told = taken_before(project, filled)
    if told:
        raise ActionRefused(told)


def taken_before(project: Project, filled: Filled) -> str:
    """What to say to whoever comes with the same content again; empty when it is new."""
    taken = KommitImport.objects.filter(project=project, digest=filled.digest, undone_at=None)
    earlier = taken.first()
    if earlier is None:
        return ""
    return _("Innholdet i fila er hentet inn fra før, fra «{file}».").format(file=earlier.file_name)


@transaction.atomic
def undo(taken: KommitImport, *, by: User, at: dt.datetime) -> None:
    """Take back all that came with the file, as long as nobody has worked on it since."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=taken.project_id)
    taken = KommitImport.objects.select_for_update(of=("self",)).get(pk=taken.pk)
    if taken.undone_at is not None:
        raise ActionRefused(_("Importen er allerede angret."))
    if worked_on(taken.made, taken.changed):
        raise ActionRefused(
            _("Noen har målt eller endret noe av det som ble hentet. Da kan ikke importen angres.")
        )
    _forget_charts(_of_indicators(taken.made))
    take_back(taken.made, taken.changed)
    for indicator in Indicator.objects.filter(pk__in=_of_indicators(taken.changed)):
        redraw(indicator)
    taken.made, taken.changed = [], []
    taken.undone_at, taken.undone_by = at, by
    taken.save()
    project.touch()
    record("kommit undone", project, by=by, file=taken.file_name)


def _of_indicators(rows: list[dict[str, Any]]) -> list[int]:
    return [row["pk"] for row in rows if row["model"] == Indicator._meta.label_lower]


def _forget_charts(indicators: list[int]) -> None:
    Chart.objects.filter(key__in=[Indicator(pk=pk).chart_key for pk in indicators]).delete()


class _TakingIn:
    """The rows of one workbook on their way into one project, which the caller has locked."""

    def __init__(
        self,
        filled: Filled,
        choices: Choices,
        *,
        project: Project,
        file: str,
        by: User,
        at: dt.datetime,
    ) -> None:
        self.filled, self.choices, self.project = filled, choices, project
        self.by, self.at, self.on = by, at, timezone.localdate(at)
        self.reason = _("Hentet fra KommIT-regnearket «{file}».").format(file=file)[:500]
        self.trail = Trail()
        self.rows = [row for row in filled.benefits if row.place not in choices.left_out]
        self.goals = list(StrategyGoal.objects.order_by("code", "pk"))
        self.benefits: dict[int, Benefit] = {}
        self.has_measured = False

    def run(self) -> None:
        self._stakeholders()
        self._benefits()
        self._actions()
        self._map()
        self._calculation()
        self._indicators()
        self._tell_owners()

    def _stakeholders(self) -> None:
        """Those that are in the register from before stay as they are."""
        known = {who.name.casefold() for who in self.project.stakeholders.all()}
        new = {
            who.name.casefold(): who
            for who in self.filled.stakeholders
            if who.name.casefold() not in known and not self.project.has_ended
        }
        added = [
            Stakeholder(
                project=self.project,
                name=who.name,
                influence=who.influence or 2,
                attitude=who.attitude or 0,
                engagement=who.engagement or Engagement.INFORM,
                goal=who.strategy,
                message=". ".join(filter(None, [who.affected.rstrip("."), who.comment])),
            )
            for who in new.values()
        ]
        self.trail.made(Stakeholder.objects.bulk_create(added))

    # The benefits themselves

    def _benefits(self) -> None:
        comes_late = plan_is_frozen(self.project)
        number = next_number(self.project)
        for row in self.rows:
            if row.place in self.choices.same:
                self.benefits[row.place] = self._same(row)
                continue
            self.benefits[row.place] = self._new(row, number=number, comes_late=comes_late)
            number += 1

    def _new(self, row: FilledBenefit, *, number: int, comes_late: bool) -> Benefit:
        benefit = Benefit(
            project=self.project,
            number=number,
            name=row.name,
            kind=row.kind,
            use_described=row.use,
            assumptions=row.assumptions,
            goal=kommit_plan.goal_of(row.goal, self.goals),
            importance=row.importance,
            realised_from=row.realised_on,
            owner=self._owner(row),
        )
        if comes_late:
            benefit.frozen_at = self.at
            benefit.delay_when_frozen = delays.of_project(self.project)
        benefit.mark_edited(self.by)
        benefit.save()
        self.trail.made([benefit])
        self.trail.made(
            BenefitYear.objects.bulk_create(
                BenefitYear(benefit=benefit, year=year, plan=plan)
                for year, plan in self._plan(row).items()
            )
        )
        if comes_late:
            change = note_change(benefit, ChangeKind.IMPORTED, reason=self.reason, by=self.by)
            self.trail.made([change])
        record("benefit described", benefit, by=self.by, project=self.project.pk)
        return benefit

    def _same(self, row: FilledBenefit) -> Benefit:
        """What is empty with us is filled in, and the plan per year becomes that of the file."""
        locked = Benefit.objects.select_for_update(of=("self",))
        benefit = locked.get(pk=self.choices.same[row.place].pk, project=self.project)
        self.trail.will_change([benefit])
        benefit.use_described = benefit.use_described or row.use
        benefit.assumptions = benefit.assumptions or row.assumptions
        benefit.goal = benefit.goal or kommit_plan.goal_of(row.goal, self.goals)
        benefit.importance = benefit.importance or row.importance
        benefit.mark_edited(self.by)
        benefit.save()
        if row.has_budget:
            self._save_plan(benefit, row)
        record("benefit edited", benefit, by=self.by)
        return benefit

    def _save_plan(self, benefit: Benefit, row: FilledBenefit) -> None:
        before = {year.year: year for year in benefit.years.all()}
        changes = set(benefit.changes.values_list("pk", flat=True))
        self.trail.will_change(before.values())
        years = []
        for year, plan in self._plan(row).items():
            kept = before.get(year) or BenefitYear(benefit=benefit, year=year)
            kept.plan = plan
            years.append(kept)
        save_years(benefit, years, by=self.by, reason=self.reason, kind=ChangeKind.IMPORTED)
        self.trail.made(benefit.years.exclude(year__in=before))
        self.trail.made(benefit.changes.exclude(pk__in=changes))

    def _plan(self, row: FilledBenefit) -> dict[int, Decimal]:
        first = self.choices.first_year
        return {first + at: plan for at, plan in enumerate(row.budget) if plan is not None}

    def _owner(self, row: FilledBenefit) -> User:
        return self.choices.people.get(row.responsible) or self.project.owner

    def _tell_owners(self) -> None:
        """One mail each, however many benefits they were given."""
        new = [
            benefit
            for place, benefit in self.benefits.items()
            if place not in self.choices.same and benefit.owner != self.by
        ]
        for owner, count in Counter(benefit.owner for benefit in new).items():
            notifications.tell_owner_of_several(owner, self.project, count=count)

    # What belongs to them

    def _actions(self) -> None:
        known = set(
            RealisationAction.objects.filter(project=self.project).values_list("benefit", "text")
        )
        self.trail.made(
            RealisationAction.objects.bulk_create(
                RealisationAction(
                    project=self.project,
                    benefit=self.benefits[row.place],
                    text=action.text,
                    due_on=action.due_on,
                    responsible=self.choices.people.get(row.responsible),
                )
                for row in self.rows
                for action in row.actions
                if (self.benefits[row.place].pk, action.text) not in known
            )
        )

    def _map(self) -> None:
        """What is to be done in another way leads to the benefit, and the benefit to its goal."""
        drawing = Drawing(self.project)
        for row in self.rows:
            benefit = self.benefits[row.place]
            shown = drawing.box(MapColumn.BENEFIT, benefit=benefit)
            change = ": ".join(filter(None, [row.process, row.change]))
            if change:
                drawing.line(drawing.box(MapColumn.BUSINESS_CHANGE, text=_fitted(change)), shown)
            if row.goal:
                goal = kommit_plan.goal_of(row.goal, self.goals)
                said = {"goal": goal} if goal else {"text": row.goal}
                drawing.line(shown, drawing.box(MapColumn.GOAL, **said))
        drawing.draw(self.trail)

    def _calculation(self) -> None:
        costs = self.filled.costs
        if not costs.are_given:
            return
        calculation = Calculation.objects.filter(project=self.project).first()
        if calculation is None:
            calculation = Calculation(project=self.project)
        elif self.choices.replaces_calculation:
            self.trail.will_change([calculation, *calculation.operating_costs.all()])
        else:
            return
        is_new = calculation.pk is None
        calculation.first_year = self.choices.first_year - 1
        calculation.horizon = HORIZON
        calculation.continues = False
        calculation.rate = kommit_plan.percent(costs)
        calculation.investment = costs.investment or NOTHING
        calculation.mark_edited(self.by)
        calculation.save()
        if is_new:
            self.trail.made([calculation])
        self._operating_costs(calculation)

    def _operating_costs(self, calculation: Calculation) -> None:
        given = {
            self.choices.first_year + at: amount
            for at, amount in enumerate(self.filled.costs.operating)
            if amount is not None
        }
        for cost in calculation.operating_costs.all():
            cost.amount = given.pop(cost.year, NOTHING)
            cost.save()
        self.trail.made(
            OperatingCost.objects.bulk_create(
                OperatingCost(calculation=calculation, year=year, amount=amount)
                for year, amount in given.items()
            )
        )

    # How they are measured

    def _indicators(self) -> None:
        in_use = Indicator.objects.filter(benefit__in=self.benefits.values(), retired_at=None)
        known = defaultdict(list)
        for indicator in in_use.order_by("pk"):
            known[indicator.benefit_id].append(indicator)
        for row in self.rows:
            if row.measure is None:
                continue
            benefit = self.benefits[row.place]
            same = kommit_plan.same_indicator(row, known[benefit.pk])
            indicator = same or self._new_indicator(benefit, row, row.measure)
            self._measurement(indicator, row, is_new=same is None)

    def _new_indicator(self, benefit: Benefit, row: FilledBenefit, measure: Measure) -> Indicator:
        indicator = Indicator(
            name=measure.name,
            unit=measure.unit,
            method=measure.method,
            baseline=measure.baseline,
            baseline_on=self.choices.baseline_on,
            target=measure.target,
            target_on=self.choices.target_day(row),
            allows_negative=min(measure.baseline, measure.target, row.measured or NOTHING) < 0,
        )
        if benefit.main is None:
            add_main(benefit, indicator, by=self.by, on=self.on)
        else:
            indicator = add_indicator(benefit, indicator, by=self.by, on=self.on)
        self.trail.made([indicator])
        return indicator

    def _measurement(self, indicator: Indicator, row: FilledBenefit, *, is_new: bool) -> None:
        """A number that is there from before for the same day is not doubled.

        The sender of the idea is told of the first only: fourteen mails at once are noise.
        """
        value, day = row.measured, self.choices.measured_on
        if value is None or day is None:
            return
        if not is_new:
            standing = indicator.measurements.standing()
            if standing.filter(value=value, measured_on=day).exists():
                return
            self.trail.will_change([indicator, *indicator.requests.waiting()])
        reading = Reading(value, day, uuid.uuid4(), self.choices.evidence, row.comment)
        measurement = enter(
            lock(indicator), reading, by=self.by, on=self.on, tells_sender=not self.has_measured
        )
        self.has_measured = True
        self.trail.made([measurement])


def _fitted(text: str, limit: int = 160) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
