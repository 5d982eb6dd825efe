from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from projects.dependencies import circle

EDGES = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14)


def reaches_itself(edges):
    """Plainly: follow every way from every node until nothing new is found."""
    for start in {first for first, _then in edges}:
        reached = {then for first, then in edges if first == start}
        while True:
            more = reached | {then for first, then in edges if first in reached}
            if more == reached:
                break
            reached = more
        if start in reached:
            return True
    return False


@given(EDGES)
def test_a_circle_is_found_exactly_when_something_waits_for_itself(edges):
    assert (circle(edges) is not None) == reaches_itself(edges)


@given(EDGES)
def test_the_circle_is_made_of_edges_that_are_there_and_ends_where_it_began(edges):
    found = circle(edges)

    if found is not None:
        assert set(pairwise(found)) <= set(edges)
        assert found[0] == found[-1]
        assert len(set(found)) == len(found) - 1


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_what_only_waits_for_smaller_numbers_is_no_circle(pairs):
    assert circle([(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]) is None


def test_the_circle_is_named_in_order_and_a_tail_into_it_is_left_out():
    assert circle([("hale", "A"), ("A", "B"), ("B", "C"), ("C", "A")]) == ["A", "B", "C", "A"]


def test_two_ways_to_the_same_thing_are_no_circle():
    assert circle([("A", "B"), ("A", "C"), ("B", "D"), ("C", "D")]) is None


def test_a_chain_of_thousands_is_walked():
    chain = [(number, number + 1) for number in range(5000)]

    assert circle(chain) is None
    assert circle([*chain, (5000, 0)])[0] == 0
