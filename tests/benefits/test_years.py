"""Kroner and årsverk each in a table of its own, ulemper subtracted. No database."""

from decimal import Decimal

from benefits import years
from benefits.models import Benefit, BenefitYear


def benefit(pk, **fields):
    return Benefit(pk=pk, number=pk, name=f"Gevinst {pk}", **fields)


def said(**amounts):
    return {2027: BenefitYear(year=2027, **amounts)}


def test_kroner_and_person_years_are_never_in_the_same_sum():
    money = benefit(1, kind="direct")
    cost = benefit(2, kind="avoided", is_disbenefit=True)
    time = benefit(3, kind="time")
    better = benefit(4, kind="quality")
    amounts = {
        1: said(plan=Decimal(100_000), actual=Decimal(0), evidence="measured"),
        2: said(plan=Decimal(30_000)),
        3: said(plan=Decimal("1.5")),
    }

    in_kroner, in_person_years = years.tables([money, cost, time, better], amounts, [2027, 2028])

    assert [row.benefit for row in in_kroner.rows] == [money, cost]
    assert {each.name: each.total for each in in_kroner.sums} == {"plan": 70_000, "actual": 0}
    assert [cell.value for cell in in_kroner.sums[0].cells] == [70_000, None]
    assert [row.benefit for row in in_person_years.rows] == [time]
    assert in_person_years.sums[0].total == Decimal("1.5")


def test_freed_time_is_kroner_only_where_a_budget_is_cut_by_it():
    cut = benefit(1, kind="time", use="budget", kroner_per_person_year=Decimal(800_000))
    better = benefit(2, kind="time", use="quality", kroner_per_person_year=Decimal(800_000))

    assert years.in_kroner(cut, Decimal("0.5")) == 400_000
    assert years.in_kroner(better, Decimal("0.5")) is None
    assert years.in_kroner(cut, None) is None


def test_the_years_go_from_the_first_that_is_known_and_at_least_four_on(today):
    known = {1: {2027: BenefitYear(year=2027), 2032: BenefitYear(year=2032)}}

    assert years.years_of([], {}, today=today) == list(range(today.year, today.year + 4))
    assert years.years_of([], known, today=today) == list(range(2027, 2033))
