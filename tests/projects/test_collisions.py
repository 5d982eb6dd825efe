import datetime as dt
import itertools
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.collisions import (
    Collision,
    Facts,
    Freeze,
    Kind,
    Link,
    Share,
    Touch,
    Way,
    find,
)

NOVEMBER = dt.date(2026, 11, 1)


def day(number):
    return dt.date(2026, 11, number)


def touch(project, way=Way.CHANGES, first=1, last=10, system=1):
    return Touch(project, system, way, day(first), day(last))


def share(project, percent, first=1, last=10, person=7):
    return Share(project, person, percent, day(first), day(last))


def test_two_who_change_the_same_system_collide_on_the_days_they_share():
    found = find(Facts(touches=[touch(1, first=1, last=10), touch(2, first=8, last=20)]))

    assert found == [Collision(day(8), day(10), Kind.SYSTEM, (1, 2), about=1)]


@pytest.mark.parametrize(("begins", "collides"), [(10, True), (11, False)])
def test_the_last_day_counts(begins, collides):
    found = find(Facts(touches=[touch(1, last=10), touch(2, first=begins, last=20)]))

    assert bool(found) == collides


def test_two_who_only_use_a_system_do_not_collide():
    assert find(Facts(touches=[touch(1, Way.USES), touch(2, Way.USES)])) == []


def test_one_who_uses_collides_with_one_who_changes():
    assert find(Facts(touches=[touch(1, Way.USES), touch(2, Way.CHANGES)]))


def test_a_project_does_not_collide_with_itself():
    facts = Facts(
        touches=[touch(1), touch(1, Way.REPLACES), touch(1, system=2)], links=[Link(1, 2)]
    )

    assert find(facts) == []


def test_lines_that_follow_on_each_other_are_told_as_one():
    lines = [touch(1, last=4), touch(1, first=5, last=9), touch(2, last=30)]

    assert find(Facts(touches=lines)) == [Collision(day(1), day(9), Kind.SYSTEM, (1, 2), about=1)]


def test_a_system_that_is_replaced_is_told_from_the_first_day_of_the_replacement():
    replaces = touch(2, Way.REPLACES, first=5, last=6)
    uses = touch(1, Way.USES, first=1, last=30)

    assert find(Facts(touches=[replaces, uses])) == [
        Collision(day(5), day(30), Kind.REPLACED, (2, 1), about=1)
    ]


def test_who_was_done_with_a_system_before_it_is_replaced_has_no_part_in_it():
    lines = [touch(2, Way.REPLACES, first=5, last=6), touch(1, last=4)]

    assert find(Facts(touches=lines)) == []


@pytest.mark.parametrize("ends", [Link(1, 2), Link(2, 1)])
def test_the_two_ends_of_an_integration(ends):
    lines = [touch(1, system=2), touch(2, Way.USES, system=1, first=10, last=12)]

    assert find(Facts(touches=lines, links=[ends])) == [
        Collision(day(10), day(10), Kind.INTEGRATION, (1, 2), about=2, other=1)
    ]


def test_a_person_is_counted_day_by_day_over_projects():
    shares = [share(1, 60, 1, 10), share(2, 40, 3, 12), share(3, 10, 5, 6)]

    assert find(Facts(shares=shares)) == [
        Collision(day(5), day(6), Kind.PERSON, (1, 2, 3), about=7, percent=110)
    ]


def test_a_share_that_ends_the_day_before_the_next_begins_is_not_too_much():
    assert find(Facts(shares=[share(1, 100, 1, 4), share(2, 100, 5, 9)])) == []


def test_a_freeze_holds_for_what_is_changed_and_not_for_what_is_used():
    freeze = Freeze(3, day(5), day(8))
    lines = [touch(1, first=1, last=5), touch(2, Way.USES, system=2)]

    assert find(Facts(touches=lines, freezes=[freeze])) == [
        Collision(day(5), day(5), Kind.FREEZE, (1,), about=1, other=3)
    ]


def test_a_freeze_of_other_systems_does_not_hold():
    freeze = Freeze(3, day(5), day(8), systems=frozenset({2}))

    assert find(Facts(touches=[touch(1)], freezes=[freeze])) == []


# A second writing of the rules, day by day and each against each.


def plain(facts):
    days = defaultdict(lambda: defaultdict(int))
    for one, other in itertools.permutations(facts.touches, 2):
        for on in _days(one):
            _plain_pair(days, facts, one, other, on)
    for each, freeze in itertools.product(facts.touches, facts.freezes):
        for on in _days(each):
            if each.changes and freeze.holds_for(each.system) and _has(freeze, on):
                days[Kind.FREEZE, (each.project,), each.system, freeze.key][on] = 0
    found = {
        Collision(first, last, key[0], key[1], key[2], key[3], most)
        for key, on in days.items()
        for first, last, most in _runs(on)
    }
    return sorted(found | set(_plain_people(facts.shares)))


def _plain_pair(days, facts, one, other, on):
    if one.project == other.project:
        return
    changed = one.changes or other.changes
    if one.system == other.system:
        if one.replaces and not other.replaces:
            begun = on >= one.first
            for late in _days(other):
                if begun and late >= one.first:
                    days[Kind.REPLACED, (one.project, other.project), one.system, 0][late] = 0
        elif (
            one.replaces == other.replaces
            and changed
            and _has(other, on)
            and one.project < other.project
        ):
            days[Kind.SYSTEM, (one.project, other.project), one.system, 0][on] = 0
    linked = any({one.system, other.system} == {x.source, x.target} for x in facts.links)
    if linked and changed and _has(other, on) and one.project < other.project:
        key = Kind.INTEGRATION, (one.project, other.project), one.system, other.system
        days[key][on] = 0


def _plain_people(shares):
    for person in {each.person for each in shares}:
        theirs = [each for each in shares if each.person == person]
        sums = defaultdict(int)
        for each in theirs:
            for on in _days(each):
                sums[on] += each.percent
        for first, last, most in _runs({on: sum_ for on, sum_ in sums.items() if sum_ > 100}):
            projects = {x.project for x in theirs if x.first <= last and x.last >= first}
            yield Collision(first, last, Kind.PERSON, tuple(sorted(projects)), person, percent=most)


def _days(each):
    return [
        each.first + dt.timedelta(days=number)
        for number in range((each.last - each.first).days + 1)
    ]


def _has(each, on):
    return each.first <= on <= each.last


def _runs(days):
    run = []
    for on in sorted(days):
        if run and (on - run[-1]).days > 1:
            yield run[0], run[-1], max(days[each] for each in run)
            run = []
        run.append(on)
    if run:
        yield run[0], run[-1], max(days[each] for each in run)


spans = st.tuples(st.integers(0, 12), st.integers(0, 5)).map(
    lambda pair: (
        NOVEMBER + dt.timedelta(days=pair[0]),
        NOVEMBER + dt.timedelta(days=pair[0] + pair[1]),
    )
)
projects = systems = st.integers(1, 4)
touches = st.builds(
    lambda project, system, way, span: Touch(project, system, way, *span),
    projects,
    systems,
    st.sampled_from(Way),
    spans,
)
shares = st.builds(
    lambda project, person, percent, span: Share(project, person, percent, *span),
    projects,
    st.integers(1, 2),
    st.integers(1, 100),
    spans,
)
links = st.tuples(systems, systems).filter(lambda ends: ends[0] != ends[1])
freezes = st.builds(
    lambda key, span, only: Freeze(key, *span, systems=frozenset(only)),
    st.integers(1, 3),
    spans,
    st.sets(systems, max_size=2),
)
facts = st.builds(
    Facts,
    touches=st.lists(touches, max_size=8),
    links=st.lists(links.map(lambda ends: Link(*ends)), max_size=3),
    shares=st.lists(shares, max_size=6),
    freezes=st.lists(freezes, max_size=2, unique_by=lambda each: each.key),
)


@settings(max_examples=40, deadline=None)
@given(facts)
def test_it_finds_what_a_plain_search_day_by_day_finds(facts):
    assert find(facts) == plain(facts)


@settings(max_examples=25, deadline=None)
@given(facts, st.randoms())
def test_the_order_of_what_is_given_makes_no_difference(facts, shaken):
    mixed = Facts(
        *(shaken.sample(rows, len(rows)) for rows in (facts.touches, facts.links)),
        shares=shaken.sample(facts.shares, len(facts.shares)),
        freezes=facts.freezes,
    )

    assert find(mixed) == find(facts)


@settings(max_examples=25, deadline=None)
@given(facts, projects)
def test_those_of_one_project_are_those_it_has_a_part_in(facts, project):
    assert find(facts, of=project) == [each for each in find(facts) if project in each.projects]
