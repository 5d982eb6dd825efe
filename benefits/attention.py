"""Which benefits somebody must do something about: what, who, and where it is done."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    Prefetch,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from benefits import portfolio
from benefits.models import WARN_BEFORE, Benefit, Indicator
from core.formatting import count_word, day, quantity
from municipality.models import User


class Matter(TextChoices):
    """What is the matter, the most pressing first."""

    NOBODY = "nobody", gettext_lazy("Ingen svarer for den")
    NOT_TAKEN = "not_taken", gettext_lazy("Ingen har tatt ansvaret")
    NO_INDICATOR = "no_indicator", gettext_lazy("Kan ikke måles")
    LATE = "late", gettext_lazy("Måling mangler")
    BELOW = "below", gettext_lazy("Målet er ikke nådd")
    DUE = "due", gettext_lazy("Skal måles nå")


CONDITIONS: dict[Matter, Callable[[dt.date], Q]] = {
    Matter.NOBODY: portfolio.nobody_answers,
    Matter.NOT_TAKEN: portfolio.not_taken_over,
    Matter.NO_INDICATOR: portfolio.without_indicator,
    Matter.LATE: portfolio.not_measured_in_time,
    Matter.BELOW: portfolio.below_target,
    Matter.DUE: portfolio.to_be_measured,
}
LOOKS = {
    Matter.NOBODY: "overdue",
    Matter.NOT_TAKEN: "warning",
    Matter.NO_INDICATOR: "warning",
    Matter.LATE: "overdue",
    Matter.BELOW: "warning",
    Matter.DUE: "open",
}


@dataclass(frozen=True)
class Way:
    """Somewhere to do something about it, for those who may (`perm`, about the benefit)."""

    words: str
    url: str
    perm: str


@dataclass(frozen=True)
class Said:
    """One thing that is the matter, in words; what `who` should do about it, and where."""

    matter: Matter
    words: str
    who: str
    todo: str
    ways: list[Way]
    indicator: Indicator | None = None

    @property
    def look(self) -> str:
        """A key of `core.icons.STATUS_LOOKS`."""
        return LOOKS[self.matter]


def condition(matter: Matter, *, on: dt.date) -> Q:
    return CONDITIONS[matter](on)


def any_condition(*, on: dt.date) -> Q:
    found = Q()
    for matter in Matter:
        found |= condition(matter, on=on)
    return found


def needing(
    benefits: QuerySet[Benefit], matter: Matter | None = None, *, on: dt.date
) -> QuerySet[Benefit]:
    """Those that need somebody, or only for one reason: what nobody answers for and what is late
    first, then by the day.
    """
    pressing = Case(
        When(condition(Matter.NOBODY, on=on), then=Value(0)),
        When(main__next_measurement_on__lt=on, then=Value(1)),
        default=Value(2),
    )
    which = condition(matter, on=on) if matter else any_condition(on=on)
    found = benefits.filter(which).alias(pressing=pressing)
    return found.order_by("pressing", F("main__next_measurement_on").asc(nulls_last=True), "pk")


@dataclass(frozen=True)
class Needing:
    """How many need somebody, and how many for each reason: one benefit can have more than one."""

    total: int
    of: dict[Matter, int]

    def count(self, matter: Matter | None) -> int:
        return self.of.get(matter, 0) if matter else self.total


def counts(benefits: QuerySet[Benefit], *, on: dt.date) -> Needing:
    counted = benefits.order_by().aggregate(
        total=Count("pk", filter=any_condition(on=on)),
        **{f"of_{matter}": Count("pk", filter=condition(matter, on=on)) for matter in Matter},
    )
    found = {matter: counted[f"of_{matter}"] for matter in Matter}
    return Needing(counted["total"], {matter: count for matter, count in found.items() if count})


def headline(needing: int) -> str:
    """«Fire gevinster trenger noen»."""
    if not needing:
        return _("Ingen gevinster trenger noen nå")
    words = ngettext("Én gevinst trenger noen", "{count} gevinster trenger noen", needing)
    return words.format(count=count_word(needing).capitalize())


def marked(benefits: QuerySet[Benefit], *, on: dt.date) -> QuerySet[Benefit]:
    """Each with what `said` reads: for the rows of one page, not for all that there are."""
    flags: dict[str, Any] = {
        f"has_{matter}": ExpressionWrapper(condition(matter, on=on), output_field=BooleanField())
        for matter in Matter
    }
    in_use = Indicator.objects.filter(retired_at=None).order_by("next_measurement_on", "pk")
    return (
        benefits.select_related("project__sector", "project__owner", "owner", "responsible")
        .prefetch_related(Prefetch("indicators", queryset=in_use, to_attr="in_use"))
        .annotate(**flags)
    )


def told(benefit: Any, *, on: dt.date) -> list[Said]:
    """What is the matter with a benefit from `marked`, the most pressing first."""
    return [
        each
        for matter in Matter
        if getattr(benefit, f"has_{matter}")
        for each in SAYERS[matter](benefit, on)
    ]


def rows(keys: Iterable[int], *, to: User, on: dt.date) -> list[tuple[Benefit, list[Said]]]:
    """The benefits of one page in its order, each with what `told` says, and the ways that are
    open to the person.
    """
    keys = list(keys)
    found = {each.pk: each for each in marked(Benefit.objects.filter(pk__in=keys), on=on)}
    return [(found[key], _open_to(to, found[key], told(found[key], on=on))) for key in keys]


def _open_to(person: User, benefit: Benefit, said: list[Said]) -> list[Said]:
    return [
        replace(each, ways=[way for way in each.ways if person.has_perm(way.perm, benefit)])
        for each in said
    ]


def _nobody(benefit: Benefit, on: dt.date) -> Iterator[Said]:
    words = _("{who} har sluttet").format(who=_answers(benefit))
    yield _about_responsibility(Matter.NOBODY, benefit, words)


def _not_taken(benefit: Benefit, on: dt.date) -> Iterator[Said]:
    if benefit.responsible:
        words = _("{who} er spurt, og har ikke svart").format(who=benefit.responsible)
    else:
        words = str(Matter.NOT_TAKEN.label)
    yield _about_responsibility(Matter.NOT_TAKEN, benefit, words)


def _about_responsibility(matter: Matter, benefit: Benefit, words: str) -> Said:
    url = reverse("benefits:responsibility", args=[benefit.pk])
    give = Way(_("Gi ansvaret til noen"), url, "benefits.hand_over_benefit")
    owner = str(benefit.project.owner)
    todo = _("{who} tar ansvaret, eller gir det til noen i linjen.").format(who=owner)
    return Said(matter, words, owner, todo, [give])


def _no_indicator(benefit: Benefit, on: dt.date) -> Iterator[Said]:
    url = reverse("benefits:indicator-create", args=[benefit.pk])
    way = Way(_("Lag en måleindikator"), url, "benefits.edit_benefit")
    words = _("Ingen har sagt hvordan den måles")
    who = str(_answers(benefit))
    todo = _("{who} sier hvilket tall som skal følges.").format(who=who)
    yield Said(Matter.NO_INDICATOR, words, who, todo, [way])


def _late(benefit: Any, on: dt.date) -> Iterator[Said]:
    for indicator in benefit.in_use:
        due = indicator.next_measurement_on
        if due and due < on:
            words = _("Skulle vært målt {day}").format(day=day(due, today=on))
            yield _to_measure(Matter.LATE, benefit, indicator, words)


def _due(benefit: Any, on: dt.date) -> Iterator[Said]:
    for indicator in benefit.in_use:
        due = indicator.next_measurement_on
        if due and on <= due <= on + WARN_BEFORE:
            words = _("Skal måles {day}").format(day=day(due, today=on))
            yield _to_measure(Matter.DUE, benefit, indicator, words)


def _to_measure(matter: Matter, benefit: Benefit, indicator: Indicator, words: str) -> Said:
    ways = [
        Way(
            _("Legg inn måling"),
            reverse("benefits:measure-indicator", args=[indicator.pk]),
            "benefits.measure_unasked",
        ),
        Way(_("Spør en annen"), reverse("benefits:requests"), "benefits.view_requests"),
    ]
    who = str(_answers(benefit))
    return Said(matter, words, who, _("{who} måler.").format(who=who), ways, indicator)


def _below(benefit: Any, on: dt.date) -> Iterator[Said]:
    for indicator in benefit.in_use:
        if indicator.target_on < on and _is_short(indicator):
            words = _("Skulle vært {target} {day}, er {now}").format(
                target=quantity(indicator.target, indicator.unit),
                day=day(indicator.target_on, today=on),
                now=quantity(indicator.latest_value)
                if indicator.latest_value is not None
                else _("ikke målt"),
            )
            who = str(_answers(benefit))
            todo = _("{who} sier hvorfor, og hva som skjer nå.").format(who=who)
            yield Said(Matter.BELOW, words, who, todo, [], indicator)


def _is_short(indicator: Indicator) -> bool:
    """As `portfolio.below_target` asks the database."""
    reached = indicator.latest_progress
    if indicator.latest_value is None:
        return True
    return reached is not None and reached < 1


def _answers(benefit: Benefit) -> Any:
    """Who has said yes to answer for the benefit, else its owner: as `Indicator.measured_by`."""
    accepted = benefit.responsibility_accepted_at is not None
    return benefit.responsible if accepted and benefit.responsible else benefit.owner


SAYERS: dict[Matter, Callable[[Any, dt.date], Iterator[Said]]] = {
    Matter.NOBODY: _nobody,
    Matter.NOT_TAKEN: _not_taken,
    Matter.NO_INDICATOR: _no_indicator,
    Matter.LATE: _late,
    Matter.BELOW: _below,
    Matter.DUE: _due,
}
