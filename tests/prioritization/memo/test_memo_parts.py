from prioritization import memo_parts
from prioritization.memo_parts import PART_BY_SLUG, PARTS


def slugs(chosen: list[str]) -> list[str]:
    return [part.slug for part in memo_parts.in_order(chosen)]


def test_without_a_choice_the_parts_stand_as_in_the_template():
    assert slugs([]) == [part.slug for part in PARTS]


def test_the_proposal_stands_first_whatever_is_chosen():
    assert slugs([*reversed(slugs([]))])[:3] == ["opplysninger", "forslag", "vedlegg"]


def test_a_part_the_choice_does_not_know_follows_the_one_before_it():
    chosen = [slug for slug in slugs([]) if slug != "sikkerhet"]
    chosen.remove("risiko")
    chosen.insert(2, "risiko")

    order = slugs(chosen)

    assert order.index("sikkerhet") == order.index("risiko") + 1


def test_a_slug_that_is_gone_is_left_out():
    assert slugs(["tull", "vedlegg", "vedlegg"]).count("vedlegg") == 1


def test_a_part_moves_to_a_place_and_no_further_than_the_ends():
    annexes = PART_BY_SLUG["vedlegg"]

    first = memo_parts.moved([], annexes, to=-3)
    last = memo_parts.moved(first, annexes, to=99)

    assert first[0] == last[-1] == "vedlegg"
    assert memo_parts.position(first, annexes) == 0
    assert memo_parts.position(last, annexes) == memo_parts.movable_count() - 1
