"""What somebody filled in, read and checked: between the upload and the confirmation, as JSON."""

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _day(value: str | None) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(value)


@dataclass(frozen=True)
class Card:
    """Prosjektkortet, as text: it is compared with ours, and never written."""

    name: str = ""
    purpose: str = ""
    statutory: str = ""
    starts: str = ""
    ends: str = ""
    budget: str = ""
    service_owner: str = ""
    owner: str = ""
    manager: str = ""
    head: str = ""


@dataclass(frozen=True)
class Interested:
    """An interessent."""

    name: str
    engagement: str = ""
    comment: str = ""
    affected: str = ""
    influence: int | None = None
    attitude: int | None = None
    strategy: str = ""


@dataclass(frozen=True)
class Action:
    """A tiltak."""

    text: str
    due_on: dt.date | None = None

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Action":
        return cls(value["text"], _day(value["due_on"]))


@dataclass(frozen=True)
class Measure:
    """A måleindikator, with the number it had before and the one that is wanted."""

    name: str
    unit: str
    baseline: Decimal
    target: Decimal
    method: str = ""

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Measure":
        numbers = {"baseline": Decimal(value["baseline"]), "target": Decimal(value["target"])}
        return cls(**{**value, **numbers})


@dataclass(frozen=True)
class FilledBenefit:
    """One of the fourteen."""

    place: int
    name: str
    kind: str
    process: str = ""
    change: str = ""
    goal: str = ""
    assumptions: str = ""
    importance: int | None = None
    budget: tuple[Decimal | None, ...] = (None, None, None, None)
    actions: tuple[Action, ...] = ()
    use: str = ""
    realised_on: dt.date | None = None
    responsible: str = ""
    measure: Measure | None = None
    measured: Decimal | None = None
    comment: str = ""

    @property
    def is_direct(self) -> bool:
        return self.kind == "direct"

    @property
    def has_budget(self) -> bool:
        return any(amount is not None for amount in self.budget)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "FilledBenefit":
        measure = value["measure"]
        return cls(
            **{
                **value,
                "budget": tuple(_number(amount) for amount in value["budget"]),
                "actions": tuple(Action.from_json(each) for each in value["actions"]),
                "realised_on": _day(value["realised_on"]),
                "measure": Measure.from_json(measure) if measure else None,
                "measured": _number(value["measured"]),
            }
        )


@dataclass(frozen=True)
class Costs:
    """`rate` is a share: 0.04 is four per cent."""

    investment: Decimal | None = None
    operating: tuple[Decimal | None, ...] = (None, None, None, None)
    rate: Decimal | None = None

    @property
    def are_given(self) -> bool:
        return any(each is not None for each in (self.investment, self.rate, *self.operating))

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Costs":
        return cls(
            _number(value["investment"]),
            tuple(_number(amount) for amount in value["operating"]),
            _number(value["rate"]),
        )


@dataclass(frozen=True)
class Filled:
    card: Card
    stakeholders: tuple[Interested, ...]
    benefits: tuple[FilledBenefit, ...]
    costs: Costs
    first_year: int | None = None
    updated_on: dt.date | None = None
    measured_on: dt.date | None = None
    notes: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        return json.loads(json.dumps(asdict(self), cls=DjangoJSONEncoder))

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Filled":
        return cls(
            card=Card(**value["card"]),
            stakeholders=tuple(Interested(**each) for each in value["stakeholders"]),
            benefits=tuple(FilledBenefit.from_json(each) for each in value["benefits"]),
            costs=Costs.from_json(value["costs"]),
            first_year=value["first_year"],
            updated_on=_day(value["updated_on"]),
            measured_on=_day(value["measured_on"]),
            notes=tuple(value["notes"]),
        )

    @property
    def digest(self) -> str:
        """The same content gives the same, whatever the file is called and however it was saved."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()

    @property
    def has_measurements(self) -> bool:
        return any(benefit.measured is not None for benefit in self.benefits)

    @property
    def has_measures(self) -> bool:
        return any(benefit.measure is not None for benefit in self.benefits)

    @property
    def names(self) -> list[str]:
        """The people who answer for the benefits, each once, in their order."""
        return list(dict.fromkeys(each.responsible for each in self.benefits if each.responsible))
