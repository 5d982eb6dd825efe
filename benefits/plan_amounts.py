"""The benefits of a plan with amounts that can be added up, over ten years.

Kroner, årsverk and quality are never added together. Freed time that cuts a budget is counted in
kroner, and then not in årsverk. A disbenefit counts against.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from benefits.models import Receiver
from benefits.plan_facts import Facts

YEARS = 10
THOUSAND = Decimal(1000)


@dataclass(frozen=True)
class Plan:
    """The benefits of the facts, with amounts that can be added up."""

    facts: Facts
    benefits: list["Row"]
    first_year: int

    @classmethod
    def of(cls, facts: Facts) -> "Plan":
        benefits = [Row(each) for each in facts["benefits"]]
        known = [year for benefit in benefits for year in benefit.said]
        known += [int(year) for year in facts["operating_costs"]]
        plan = cls(facts, benefits, min(known, default=int(facts["on"][:4])))
        for benefit in benefits:
            benefit.amounts = plan.ten_years(benefit.said)
        return plan

    def ten_years(self, said: dict[int, Decimal]) -> dict[int, Decimal]:
        """Those of the years, and the last one on to the end when the calculation counts so
        (economy.spread).
        """
        within = {year: amount for year, amount in said.items() if year in self.years}
        if not said or not self.facts["continues"]:
            return within
        last = max(said)
        return within | {year: said[last] for year in self.years if year > last}

    @property
    def years(self) -> list[int]:
        return list(range(self.first_year, self.first_year + YEARS))

    @property
    def has_later(self) -> bool:
        """Something is planned after the ten years, and not shown."""
        return any(year > self.years[-1] for row in self.benefits for year in row.said)

    @property
    def priced(self) -> list["Row"]:
        """Ø: those with amounts, but for other public bodies."""
        return [row for row in self.benefits if row.is_priced and row.receiver != Receiver.PUBLIC]

    @property
    def own(self) -> list["Row"]:
        """Those that the municipality itself gets."""
        return [row for row in self.priced if row.receiver == Receiver.OWN]

    @property
    def in_other_bodies(self) -> list["Row"]:
        return [row for row in self.benefits if row.is_priced and row.receiver == Receiver.PUBLIC]

    @property
    def unpriced(self) -> list["Row"]:
        return [row for row in self.benefits if not row.is_priced]


class Row:
    """A benefit of the facts. `said`: its amounts as they are planned; `amounts`: of ten years."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.code: str = facts["code"]
        self.receiver = Receiver(facts["receiver"])
        self.is_priced: bool = facts["is_priced"]
        self.in_thousands: bool = facts["becomes_kroner"]
        self.sign = -1 if facts["is_disbenefit"] else 1
        self.said = {
            int(year): Decimal(amount) * self.sign
            for year, amount in facts["years"].items()
            if amount is not None
        }
        self.amounts: dict[int, Decimal] = {}

    @property
    def name(self) -> str:
        name: str = self.facts["name"]
        return _("Ulempe: {name}").format(name=name) if self.sign < 0 else name

    @property
    def owner(self) -> str:
        return str(self.facts["owner"])

    @property
    def counts_in_person_years(self) -> bool:
        return self.is_priced and not self.in_thousands

    def thousands(self, year: int) -> Decimal | None:
        """Thousands of kroner in the year; nothing for time that is not taken out in kroner."""
        amount = self.amounts.get(year)
        if amount is None or not self.in_thousands:
            return None
        return amount * self._price / THOUSAND

    @property
    def _price(self) -> Decimal:
        return Decimal(1 if self.facts["is_in_kroner"] else self.facts["kroner_per_person_year"])

    def person_years(self, year: int) -> Decimal | None:
        return self.amounts.get(year) if self.counts_in_person_years else None

    @property
    def full_effect(self) -> Decimal | None:
        """The amount of the best year, in the unit of the benefit's kind."""
        return max(self.said.values(), key=abs, default=None)

    @property
    def full_thousands(self) -> Decimal | None:
        if self.full_effect is None or not self.in_thousands:
            return None
        return self.full_effect * self._price / THOUSAND

    @property
    def full_person_years(self) -> Decimal | None:
        return self.full_effect if self.counts_in_person_years else None

    @property
    def quantity(self) -> tuple[Decimal | None, str]:
        """«Antall» and «måleenhet» of table A."""
        if self.is_priced and not self.facts["is_in_kroner"]:
            return self.full_effect, _("årsverk")
        change = self.facts["change"]
        return (Decimal(change) if change else None), self.facts["unit"]
