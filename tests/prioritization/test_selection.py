"""The best set beside every set there is, on small cases, and the laws it keeps."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from prioritization.selection import (
    Candidate,
    Cause,
    Conflict,
    Infeasible,
    Problem,
    Rules,
    best_set,
    difference,
    down_the_list,
    frontier,
    greedy,
    next_krone,
    program,
)

MONEY, PEOPLE = "kroner 2027", ("årsverk", "NAV", 2027)
THOUSAND = Decimal(1000)


def candidate(key, value, money=0, people="0"):
    needs = {MONEY: money * THOUSAND, PEOPLE: Decimal(people)}
    return Candidate(key, Decimal(value), {name: each for name, each in needs.items() if each})


# One large that stands first fills the budget; two smaller together are worth more.
KNAPSACK = Problem(
    candidates=(
        candidate("portal", 90, 900),
        candidate("varsling", 60, 500),
        candidate("arkiv", 50, 400),
        candidate("skilt", 5, 100),
    ),
    limits={MONEY: 1000 * THOUSAND},
    money=frozenset({MONEY}),
)
ORDER = ["portal", "varsling", "arkiv", "skilt"]


def with_rules(**rules):
    return replace(KNAPSACK, rules=Rules(**rules))


def with_money(problem, thousands):
    return replace(problem, limits={**problem.limits, MONEY: thousands * THOUSAND})


# --- The best set


def test_the_best_set_is_worth_more_than_the_cut_down_the_list():
    best = best_set(KNAPSACK)

    assert best.chosen == ("varsling", "arkiv", "skilt")
    assert best.value == 115
    assert best.used == {MONEY: 1000 * THOUSAND}
    assert best.is_optimal
    assert best.is_cheapest
    assert best.gap == 0


def test_of_sets_worth_the_same_the_cheapest_is_chosen():
    problem = Problem(
        candidates=(candidate("dyr", 50, 400), candidate("rimelig", 50, 300)),
        limits={MONEY: 500 * THOUSAND},
        money=frozenset({MONEY}),
    )

    assert best_set(problem).chosen == ("rimelig",)
    assert best_set(replace(problem, candidates=problem.candidates[::-1])).chosen == ("rimelig",)


def test_what_gives_nothing_is_not_paid_for():
    problem = replace(KNAPSACK, candidates=(*KNAPSACK.candidates, candidate("tomt", 0, 1)))

    assert "tomt" not in best_set(with_money(problem, 5000)).chosen


def test_without_limits_all_are_chosen():
    assert best_set(replace(KNAPSACK, limits={})).chosen == tuple(ORDER)


def test_of_nothing_nothing_is_chosen():
    best = best_set(Problem(candidates=(), limits={MONEY: Decimal(1)}))

    assert (best.chosen, best.value, best.gap) == ((), 0, 0)
    assert best.is_optimal


def test_a_limit_one_ore_too_low_is_kept():
    """HiGHS sees no difference between these two numbers; what it proposes is added up again."""
    needs = {MONEY: Decimal("1000000000.01")}
    alone = Candidate("stor", Decimal(90), needs)
    small = Candidate("liten", Decimal(10), {MONEY: Decimal("0.01")})
    problem = Problem((alone, small), {MONEY: Decimal("1000000000.01")})

    assert best_set(problem).chosen == ("stor",)
    assert best_set(replace(problem, limits={MONEY: Decimal("1000000000.00")})).chosen == ("liten",)


def test_a_proposal_that_breaks_a_limit_is_not_believed(monkeypatch):
    """As when the solver's tolerance lets through what does not fit."""
    asked = []

    def careless(*arguments, constraints, **options):
        asked.append(constraints)
        if len(asked) == 1:
            return SimpleNamespace(status=0, x=solved.x * 0 + 1, mip_dual_bound=-205.0)
        return milp(*arguments, constraints=constraints, **options)

    milp = program.milp
    solved = milp([1.0] * 4)
    monkeypatch.setattr(program, "milp", careless)

    assert best_set(KNAPSACK).chosen == ("varsling", "arkiv", "skilt")
    assert len(asked) == 3  # once more, and once for the cheapest


# --- Rules


@pytest.mark.parametrize(
    ("rules", "chosen"),
    [
        ({"mandatory": frozenset({"portal"})}, ("portal", "skilt")),
        ({"excluded": frozenset({"skilt"})}, ("varsling", "arkiv")),
        ({"exclusive": (frozenset({"varsling", "arkiv"}),)}, ("portal", "skilt")),
        ({"requires": (("varsling", "portal"),)}, ("portal", "skilt")),
        ({"requires": (("arkiv", "skilt"),)}, ("varsling", "arkiv", "skilt")),
        (
            {"requires": (("portal", "arkiv"), ("arkiv", "portal"), ("varsling", "portal"))},
            ("skilt",),
        ),
    ],
)
def test_the_best_set_keeps_the_rules(rules, chosen):
    assert best_set(with_rules(**rules)).chosen == chosen


def test_the_mandatory_that_do_not_fit_are_named_with_what_there_is_too_little_of():
    problem = with_rules(
        mandatory=frozenset({"portal"}), requires=(("portal", "skilt"), ("skilt", "arkiv"))
    )

    expected = Infeasible(
        (Conflict(Cause.LIMIT, ("portal", "arkiv", "skilt"), MONEY, 1400 * THOUSAND),)
    )
    assert best_set(problem) == expected
    assert down_the_list(problem, ORDER) == expected
    assert greedy(problem) == expected
    assert next_krone(problem, MONEY) == expected
    assert not isinstance(frontier(problem, MONEY), Infeasible)  # with more money there is a set


def test_two_mandatory_that_exclude_each_other_are_named():
    problem = with_rules(
        mandatory=frozenset({"skilt", "arkiv"}), exclusive=(frozenset({"skilt", "arkiv"}),)
    )

    assert best_set(problem) == Infeasible((Conflict(Cause.EXCLUSIVE, ("arkiv", "skilt")),))
    assert frontier(problem, MONEY) == best_set(problem)


def test_a_mandatory_that_requires_an_excluded_is_named():
    problem = with_rules(
        mandatory=frozenset({"skilt"}),
        excluded=frozenset({"varsling"}),
        requires=(("skilt", "arkiv"), ("arkiv", "varsling")),
    )

    assert best_set(problem) == Infeasible((Conflict(Cause.EXCLUDED, ("varsling", "skilt")),))


def test_one_that_is_both_mandatory_and_excluded_is_named_alone():
    problem = with_rules(mandatory=frozenset({"skilt"}), excluded=frozenset({"skilt"}))

    assert best_set(problem) == Infeasible((Conflict(Cause.EXCLUDED, ("skilt",)),))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"candidates": KNAPSACK.candidates * 2}, "same key"),
        ({"rules": Rules(mandatory=frozenset({"ukjent"}))}, "no candidate: {'ukjent'}"),
        ({"limits": {MONEY: Decimal(-1)}}, "less than nothing"),
        ({"candidates": (candidate("portal", -1),)}, "less than nothing"),
    ],
)
def test_a_problem_without_meaning_is_refused(changed, message):
    with pytest.raises(ValueError, match=message):
        replace(KNAPSACK, **changed)


# --- Beside every set there is


@st.composite
def problems(draw):
    """Up to eight candidates, two resources, and rules of every kind."""
    keys = list(range(draw(st.integers(0, 8))))
    chance = draw(st.randoms(use_true_random=False))

    def some(share):
        return frozenset(key for key in keys if chance.random() < share)

    def needs():
        amounts = {MONEY: chance.randint(0, 9) * 50 * THOUSAND, PEOPLE: chance.randint(0, 8)}
        return {name: Decimal(each) / 4 for name, each in amounts.items() if chance.random() < 0.8}

    candidates = tuple(Candidate(key, Decimal(chance.randint(0, 40)) / 4, needs()) for key in keys)
    limits = {MONEY: chance.randint(0, 400) * THOUSAND, PEOPLE: Decimal(chance.randint(0, 30)) / 4}
    pairs = [(chance.choice(keys), chance.choice(keys)) for _pair in range(3) if keys]
    return Problem(
        candidates=candidates,
        limits={name: Decimal(each) for name, each in limits.items() if chance.random() < 0.8},
        rules=Rules(
            mandatory=some(0.12),
            excluded=some(0.08),
            exclusive=tuple(some(0.4) for _group in range(chance.randint(0, 2))),
            requires=tuple(pairs[: chance.randint(0, 3)]),
        ),
        money=frozenset({MONEY}),
    )


def every_set(problem):
    keys = list(problem.by_key)
    sets = (each for size in range(len(keys) + 1) for each in combinations(keys, size))
    return [each for each in sets if is_allowed(problem, each)]


def is_allowed(problem, chosen):
    """The rules and limits once more, in other words than those under test."""
    rules = problem.rules
    for resource, limit in problem.limits.items():
        if sum(problem.by_key[key].needs.get(resource, 0) for key in chosen) > limit:
            return False
    return not (
        any(key not in chosen for key in rules.mandatory)
        or any(key in chosen for key in rules.excluded)
        or any(sum(key in chosen for key in group) > 1 for group in rules.exclusive)
        or any(key in chosen and other not in chosen for key, other in rules.requires)
    )


@given(problems())
@settings(max_examples=20, deadline=None)
def test_the_best_set_is_the_best_of_every_set(problem):
    sets = every_set(problem)

    best = best_set(problem)

    if not sets:
        assert isinstance(best, Infeasible)
        assert best.conflicts
        return
    assert best.chosen in sets
    most = max(problem.value(each) for each in sets)
    assert best.value == best.bound == most
    assert problem.cost(best.chosen) == min(
        problem.cost(each) for each in sets if problem.value(each) == most
    )
    assert best.used == problem.used(best.chosen)


@given(problems())
@settings(max_examples=20, deadline=None)
def test_the_plain_ways_keep_the_rules_and_are_never_better(problem):
    best = best_set(problem)
    assume(not isinstance(best, Infeasible))

    order = sorted(problem.by_key, key=lambda key: -problem.by_key[key].value)
    for plain in (down_the_list(problem, order), greedy(problem)):
        assert is_allowed(problem, plain.chosen)
        assert plain.value <= best.value
        assert not plain.is_optimal
        assert plain.gap is None


@given(problems(), st.integers(0, 200))
@settings(max_examples=10, deadline=None)
def test_more_money_is_never_worth_less(problem, extra):
    assume(MONEY in problem.limits and not problem.conflicts())

    more = with_money(problem, problem.limits[MONEY] / THOUSAND + extra)

    assert best_set(more).value >= best_set(problem).value


@given(problems(), st.data())
@settings(max_examples=10, deadline=None)
def test_one_rule_more_is_never_worth_more(problem, data):
    assume(problem.candidates)
    free = replace(problem, rules=Rules())
    key, other = (data.draw(st.sampled_from(list(problem.by_key))) for _key in range(2))
    stricter = data.draw(
        st.sampled_from(
            [
                Rules(mandatory=frozenset({key})),
                Rules(excluded=frozenset({key})),
                Rules(exclusive=(frozenset({key, other}),)),
                Rules(requires=((key, other),)),
            ]
        )
    )

    ruled = best_set(replace(problem, rules=stricter))

    assert isinstance(ruled, Infeasible) or ruled.value <= best_set(free).value


# --- Down the list, and what differs


def test_down_the_list_stops_at_the_first_that_does_not_fit():
    simple = down_the_list(KNAPSACK, ORDER)

    assert simple.chosen == ("portal",)  # skilt would have fitted
    assert simple.stopped_at == "varsling"


def test_down_the_list_takes_the_mandatory_first_and_passes_over_what_a_rule_keeps_out():
    problem = with_money(
        with_rules(
            mandatory=frozenset({"skilt"}),
            excluded=frozenset({"portal"}),
            exclusive=(frozenset({"skilt", "varsling"}),),
        ),
        600,
    )

    simple = down_the_list(problem, ORDER)

    assert simple.chosen == ("arkiv", "skilt")
    assert simple.stopped_at is None


def test_down_the_list_takes_an_idea_with_what_it_requires_or_not_at_all():
    problem = with_rules(requires=(("varsling", "arkiv"),))

    assert down_the_list(problem, ["varsling", "skilt"]).chosen == ("varsling", "arkiv", "skilt")
    assert down_the_list(with_money(problem, 800), ["varsling", "skilt"]).stopped_at == "varsling"


def test_greedy_takes_what_gives_most_for_the_money_and_then_what_fits():
    assert greedy(KNAPSACK).chosen == ("varsling", "arkiv", "skilt")


def test_the_difference_says_what_comes_in_and_out_and_why():
    changed = difference(KNAPSACK, down_the_list(KNAPSACK, ORDER), best_set(KNAPSACK))

    assert changed.gain == 25
    assert changed.used == {MONEY: 100 * THOUSAND}
    assert [(each.key, each.short_of) for each in changed.into] == [
        ("varsling", {MONEY: 400 * THOUSAND}),
        ("arkiv", {MONEY: 300 * THOUSAND}),
        ("skilt", {}),  # the list had stopped
    ]
    [portal] = changed.out
    assert (portal.key, portal.needs) == ("portal", {MONEY: 900 * THOUSAND})
    assert portal.short_of == {MONEY: 900 * THOUSAND}


def test_the_difference_says_who_stands_in_the_way():
    problem = with_money(with_rules(exclusive=(frozenset({"portal", "varsling"}),)), 1300)

    [varsling] = difference(
        problem, problem.selection(["portal"]), problem.selection(["varsling"])
    ).into

    assert (varsling.clashes_with, varsling.short_of) == (("portal",), {MONEY: 100 * THOUSAND})


# --- The frontier, and the next krone


def test_the_frontier_goes_from_nothing_to_everything():
    points = frontier(KNAPSACK, MONEY, steps=19)

    assert [(point.needed / THOUSAND, point.value) for point in points] == [
        (0, 0),
        (100, 5),
        (400, 50),
        (500, 60),
        (600, 65),
        (900, 110),
        (1000, 115),
        (1300, 140),
        (1400, 150),
        (1500, 155),
        (1800, 200),
        (1900, 205),
    ]
    assert points[-1].chosen == tuple(ORDER)
    assert all(point.is_optimal for point in points)


def test_the_frontier_begins_with_what_the_mandatory_need():
    first, *_ = frontier(with_rules(mandatory=frozenset({"arkiv"})), MONEY, steps=3)

    assert (first.needed, first.chosen) == (400 * THOUSAND, ("arkiv",))


@given(problems())
@settings(max_examples=6, deadline=None)
def test_each_point_of_the_frontier_is_dearer_and_better_than_the_one_before(problem):
    points = frontier(problem, MONEY, steps=4)
    assume(not isinstance(points, Infeasible))

    for one, next_one in zip(points, points[1:], strict=False):
        assert one.needed < next_one.needed
        assert one.value < next_one.value
    unlimited = {name: each for name, each in problem.limits.items() if name != MONEY}
    for point in points:
        assert is_allowed(replace(problem, limits=unlimited), point.chosen)
        assert problem.used(point.chosen).get(MONEY, 0) == point.needed
        limited = replace(problem, limits={**unlimited, MONEY: point.needed})
        assert best_set(limited).value == point.value


def test_what_the_next_hundred_thousand_kroner_buys():
    bought = next_krone(with_money(KNAPSACK, 950), MONEY)

    assert bought.now.value == 110
    assert (bought.gain, bought.then.value) == (5, 115)
    assert [each.key for each in bought.change.into] == ["skilt"]
    assert bought.change.out == ()
    assert bought.least_extra == 50 * THOUSAND
    assert bought.first.chosen == ("varsling", "arkiv", "skilt")


def test_the_least_that_gives_anything_can_be_more_than_is_asked_about():
    bought = next_krone(KNAPSACK, MONEY)

    assert bought.gain == 0
    assert bought.change.into == bought.change.out == ()
    assert bought.least_extra == 300 * THOUSAND
    assert bought.first.value == 140


def test_when_everything_is_bought_no_extra_gives_more():
    bought = next_krone(with_money(KNAPSACK, 2000), MONEY)

    assert (bought.gain, bought.least_extra, bought.first) == (0, None, None)


# --- Out of time


def test_without_time_the_answer_is_a_plain_one_and_says_how_much_better_it_can_be():
    best = best_set(KNAPSACK, time_limit=0)

    assert best.chosen == greedy(KNAPSACK).chosen
    assert not best.is_optimal
    assert best.bound == 205
    assert best.gap == 1 - Decimal(115) / 205
    assert next_krone(KNAPSACK, MONEY, time_limit=0).least_extra is None
    [_nothing, half, _everything] = frontier(KNAPSACK, MONEY, steps=2, time_limit=0)
    assert (half.needed, half.is_optimal) == (900 * THOUSAND, False)


def test_what_was_found_when_the_time_ran_out_is_kept_if_it_is_better(monkeypatch):
    def stopped(*_arguments, **_options):
        return SimpleNamespace(status=program.STOPPED, x=np.array([0.0, 1.0]), mip_dual_bound=-20.9)

    monkeypatch.setattr(program, "milp", stopped)
    problem = with_money(
        replace(KNAPSACK, candidates=(candidate("lite", 10, 50), candidate("stort", 95, 1000))),
        1000,
    )

    best = best_set(problem)

    assert greedy(problem).chosen == ("lite",)
    assert best.chosen == ("stort",)
    assert not best.is_optimal
    assert best.bound == 100  # the solver counts in fives, and there are at most 20 of them
