"""What happens to an indicator: added, changed, chosen as the main one, taken out of use."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from benefits import change_story, realisation
from benefits.actions.measuring import redraw, restate
from benefits.actions.plan_changes import note_edit
from benefits.change_story import Plain
from benefits.models import Benefit, Direction, Indicator
from core.errors import ActionRefused
from core.models import record
from municipality.models import User

# What a description says. The rest is kept by measurements, which may come in meanwhile.
DESCRIBED = (
    "name",
    "unit",
    "direction",
    "baseline",
    "baseline_on",
    "target",
    "target_on",
    "allows_negative",
    "method",
    "source",
    "version",
    "edited_by",
    "edited_at",
    "updated_at",
)


@transaction.atomic
def add_indicator(benefit: Benefit, indicator: Indicator, *, by: User, on: dt.date) -> Indicator:
    """One more indicator, as a form filled it in. The first one speaks for the benefit."""
    benefit = _locked(benefit)
    earlier = Indicator.objects.filter(submission_key=indicator.submission_key).first()
    if earlier is not None:
        return earlier
    if benefit.main is None:
        add_main(benefit, indicator, by=by, on=on)
    else:
        _store(benefit, indicator, by=by, on=on)
    record("indicator added", benefit, by=by, indicator=indicator.pk)
    return indicator


def add_main(benefit: Benefit, indicator: Indicator, *, by: User, on: dt.date) -> None:
    """The indicator, not yet saved, speaks for the benefit from now on."""
    _store(benefit, indicator, by=by, on=on)
    benefit.main = indicator
    benefit.save(update_fields=["main"])


def _store(benefit: Benefit, indicator: Indicator, *, by: User, on: dt.date) -> None:
    indicator.benefit = benefit
    indicator.direction = direction_of(indicator)
    indicator.next_measurement_on = realisation.measuring_day_after(max(indicator.baseline_on, on))
    indicator.mark_edited(by)
    indicator.save()
    redraw(indicator)


def direction_of(indicator: Indicator) -> Direction:
    if indicator.target == indicator.baseline:
        return Direction.HOLD
    return Direction.UP if indicator.target > indicator.baseline else Direction.DOWN


@transaction.atomic
def change_indicator(indicator: Indicator, *, by: User, reason: str = "") -> None:
    """Keep what a form filled in on `indicator`, locked by the caller and not yet saved."""
    before, after = edit_indicator(indicator, by=by)
    indicator.save(update_fields=["next_measurement_on"])
    if after:
        named = {change_story.INDICATOR: indicator.name}
        before, after = {**named, **before}, {**named, **after}
    note_edit(indicator.benefit, before, after, reason=reason, by=by)
    indicator.benefit.mark_edited(by)
    indicator.benefit.save(update_fields=["version", "edited_by", "edited_at"])
    record("indicator edited", indicator.benefit, by=by, indicator=indicator.pk)


def edit_indicator(indicator: Indicator, *, by: User) -> tuple[Plain, Plain]:
    """Say what of the plan was changed, before and after.

    Once measured, the unit and baseline stand: the numbers would no longer be comparable.
    """
    stored = Indicator.objects.select_for_update().get(pk=indicator.pk)
    changed = any(_differs(indicator, stored, name) for name in Indicator.LOCKED_ONCE_MEASURED)
    if changed and stored.is_measured:
        raise ActionRefused(
            _(
                "Gevinsten er målt. Da kan du ikke endre måleenhet eller nullpunkt. Lag en ny "
                "måleindikator."
            )
        )
    if not indicator.allows_negative and indicator.measurements.filter(value__lt=0).exists():
        raise ActionRefused(_("Det er målt tall under null. Da må tallet fortsatt kunne være det."))
    indicator.direction = direction_of(indicator)
    indicator.mark_edited(by)
    indicator.save(update_fields=DESCRIBED)
    restate(indicator)
    redraw(indicator)
    return change_story.differences(stored, indicator, change_story.INDICATOR_PLAN_FIELDS)


def _differs(one: Any, other: Any, name: str) -> bool:
    return getattr(one, name) != getattr(other, name)


@transaction.atomic
def choose_main(indicator: Indicator, *, by: User) -> None:
    """The indicator speaks for its benefit where there is room for one number only."""
    benefit = _locked(indicator.benefit)
    indicator = Indicator.objects.get(pk=indicator.pk)
    if indicator.retired_at is not None:
        raise ActionRefused(_("Måleindikatoren er tatt ut av bruk."))
    _speak(benefit, indicator, by=by)
    record("main indicator chosen", benefit, by=by, indicator=indicator.pk)


def _speak(benefit: Benefit, indicator: Indicator | None, *, by: User) -> None:
    benefit.main = indicator
    benefit.mark_edited(by)
    benefit.save()


@transaction.atomic
def retire_indicator(indicator: Indicator, *, by: User, at: dt.datetime) -> None:
    """Nobody is asked for it any more. Its measurements stay.

    Was it the main one, the oldest of those that are left speaks for the benefit.
    """
    benefit = _locked(indicator.benefit)
    indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
    if indicator.retired_at is not None:
        return
    indicator.retired_at, indicator.next_measurement_on = at, None
    indicator.mark_edited(by)
    indicator.save()
    if benefit.main_id == indicator.pk:
        left = benefit.indicators.filter(retired_at=None).order_by("pk").first()
        _speak(benefit, left, by=by)
    record("indicator retired", benefit, by=by, indicator=indicator.pk)


@transaction.atomic
def resume_indicator(indicator: Indicator, *, by: User, on: dt.date) -> None:
    """In use again, and measured at the next measuring day."""
    benefit = _locked(indicator.benefit)
    indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
    if indicator.retired_at is None:
        return
    indicator.retired_at = None
    indicator.next_measurement_on = realisation.measuring_day_after(on)
    indicator.mark_edited(by)
    indicator.save()
    if benefit.main_id is None:
        _speak(benefit, indicator, by=by)
    record("indicator resumed", benefit, by=by, indicator=indicator.pk)


def _locked(benefit: Benefit) -> Benefit:
    return (
        Benefit.objects.select_for_update(of=("self",)).select_related("project").get(pk=benefit.pk)
    )
