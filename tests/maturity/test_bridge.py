"""Which statements of two versions can be compared: the laws, and what becomes of each text."""

from hypothesis import given
from hypothesis import strategies as st

from maturity.bridge import Bridge, Statement, comparable, differences, overall

KEYS = st.sampled_from([f"kjennetegn-{n}" for n in range(12)])
LEVELS = st.integers(min_value=1, max_value=5)
AREAS = st.dictionaries(KEYS, LEVELS, max_size=12)
VERSIONS = st.dictionaries(st.sampled_from(["ledelse", "kultur", "teknologi"]), AREAS)
STATEMENTS = st.lists(
    st.builds(Statement, KEYS, LEVELS, st.sampled_from(["Vi har en plan.", "Planen finnes."])),
    unique_by=lambda statement: statement.key,
)


@given(VERSIONS, VERSIONS)
def test_the_share_is_the_same_both_ways(now, before):
    forth, back = comparable(now, before), comparable(before, now)

    assert forth == {code: back[code] for code in forth}
    assert forth.keys() == now.keys() | before.keys()


@given(VERSIONS, VERSIONS)
def test_a_bridge_is_whole_only_between_areas_that_are_identical(now, before):
    for code, bridge in comparable(now, before).items():
        identical = code in now and code in before and now[code] == before[code]
        assert bridge.is_whole == identical


@given(VERSIONS, VERSIONS)
def test_no_more_is_shared_than_there_is(now, before):
    for code, bridge in comparable(now, before).items():
        assert 0 <= bridge.shared <= bridge.total
        assert bridge.shared <= min(len(now.get(code, {})), len(before.get(code, {})))
        assert not (bridge.is_whole and bridge.is_broken)


@given(VERSIONS, VERSIONS)
def test_all_areas_are_the_sum_of_each(now, before):
    bridges = comparable(now, before)
    whole = overall(bridges.values())

    assert whole.shared == sum(bridge.shared for bridge in bridges.values())
    assert whole.is_whole == (now == before)


@given(STATEMENTS, STATEMENTS)
def test_every_statement_becomes_one_thing(now, before):
    found = differences(now, before)
    pairs = [*found.reworded, *found.moved]

    stands = [*found.unchanged, *(pair.now for pair in pairs), *found.added]
    stood = [*(pair.before for pair in pairs), *found.removed]
    assert sorted(stands, key=str) == sorted(now, key=str)
    assert {each.key for each in stood} | {each.key for each in found.unchanged} == {
        each.key for each in before
    }


@given(STATEMENTS, STATEMENTS)
def test_what_is_unchanged_or_reworded_is_what_is_shared(now, before):
    found = differences(now, before)
    bridge = comparable(
        {"a": {s.key: s.level for s in now}}, {"a": {s.key: s.level for s in before}}
    )

    assert bridge["a"].shared == len(found.unchanged) + len(found.reworded)


def test_a_statement_that_is_moved_to_another_level_is_not_compared():
    bridges = comparable(
        {"ledelse": {"plan": 3, "roller": 3}}, {"ledelse": {"plan": 2, "roller": 3}}
    )

    assert bridges == {"ledelse": Bridge("ledelse", shared=1, total=2)}


def test_an_area_that_only_one_version_has_is_not_whole_even_when_empty():
    bridge = comparable({"ledelse": {}}, {})["ledelse"]

    assert (bridge.shared, bridge.total, bridge.is_whole, bridge.is_broken) == (0, 0, False, True)
