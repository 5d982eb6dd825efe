import json
from decimal import Decimal

import pytest

from core.made_files import FileStatus
from core.models import Chart
from ideas.models import IdeaStatus
from prioritization import actions, fitting, solution_making
from prioritization.fitting import Frame
from prioritization.fitting_story import Story
from prioritization.models import Entry, RuleKind
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import SectorFactory
from tests.factories.prioritization import EntryFactory, ScenarioFactory

MILLION = Decimal(1_000_000)


@pytest.fixture
def health(db):
    return SectorFactory(order=1, short_name="Helse")


@pytest.fixture
def enter(scored, health):
    def make(title, score, cost, effort=None, **idea) -> Entry:
        entry = EntryFactory(
            round=scored,
            idea=IdeaFactory(
                title=title,
                cycle=scored.cycle,
                sector=health,
                status=IdeaStatus.FORWARDED,
                estimated_cost=cost,
                estimated_effort=effort,
                **idea,
            ),
        )
        Entry.objects.filter(pk=entry.pk).update(score=score)
        return entry

    return make


@pytest.fixture
def first(scored) -> int:
    return scored.cycle.budget_year


@pytest.fixture
def scenario(scored):
    return ScenarioFactory(round=scored, name="Grunnlaget")


@pytest.fixture
def person_in_team(person):
    return person("digitalisation_team", name="Marte Sveen")


def save(scenario, by, limits=None, rules=()):
    return actions.save_scenario(scenario, limits=limits or {}, rules=rules, by=by)


def story_of(scenario) -> Story:
    """What the worker finds out, as it would be read back."""
    taken = json.loads(json.dumps(fitting.snapshot(scenario)))
    return Story(taken, json.loads(json.dumps(fitting.solve(taken, lambda _step: None))))


@pytest.fixture
def three(enter):
    """One large at the top, and two small that together are worth more for the same money."""
    return (
        enter("Stor", Decimal(80), 2 * MILLION),
        enter("Liten", Decimal(70), MILLION),
        enter("Mindre", Decimal(60), MILLION),
    )


@pytest.fixture
def two_million(scenario, three, first, person_in_team):
    return save(scenario, person_in_team, {Frame(first, None): 2 * MILLION})


def test_the_best_set_stands_beside_the_cut_down_the_list(two_million, three):
    story = story_of(two_million)

    assert story.heading == (
        "Det beste utvalget har to ideer og gir 50 poeng mer enn å følge lista"
    )
    assert story.proof == "Det er bevist at ingen andre utvalg innenfor rammene gir flere poeng."
    assert [(row.title, row.in_list, row.in_best) for row in story.ideas] == [
        ("Stor", True, False),
        ("Liten", False, True),
        ("Mindre", False, True),
    ]
    assert story.stopped_at == "Liten"


def test_each_idea_tells_why_it_is_in_or_out(two_million, first):
    reasons = {row.title: row.reason for row in story_of(two_million).ideas}

    assert reasons["Stor"].replace("\xa0", " ").replace("\u202f", " ") == (
        f"Gir plass til ideer som til sammen gir mer. Det mangler 2 000 000 kr i {first}"
    )
    assert reasons["Liten"].replace("\xa0", " ").replace("\u202f", " ") == (
        f"Får ikke plass når vi følger lista. Det mangler 1 000 000 kr i {first}"
    )


def test_the_frontier_rises_from_nothing_to_everything(two_million):
    rows = story_of(two_million).frontier

    assert [(int(row.needed / MILLION), int(row.value)) for row in rows] == [
        (0, 0),
        (1, 70),
        (2, 130),
        (3, 150),
        (4, 210),
    ]
    assert rows[3].change == "«Stor» kommer inn, «Mindre» går ut"


def test_the_next_krone_tells_what_more_money_buys(two_million):
    (words,) = story_of(two_million).next_krone

    assert "endrer ingenting" in words
    assert "«Stor» kommer inn, «Mindre» går ut" in words


def test_a_frame_tells_how_much_of_it_is_used(two_million, first):
    (row,) = story_of(two_million).frames

    assert (row.name, row.limit, row.by_list, row.by_best, row.width) == (
        f"Kroner i {first}",
        2 * MILLION,
        2 * MILLION,
        2 * MILLION,
        "100.00%",
    )


def test_person_years_of_a_sector_are_a_limit_of_their_own(
    scenario, enter, first, health, person_in_team
):
    enter("Tung", Decimal(80), 0, Decimal("1.0"))
    enter("Lett", Decimal(50), 0, Decimal("0.5"))
    save(scenario, person_in_team, {Frame(first, health.pk): Decimal("0.5")})

    story = story_of(scenario)

    assert [row.in_best for row in story.ideas] == [False, True]
    assert f"1 årsverk i Helse i {first}" in story.ideas[0].reason


def test_what_the_law_demands_is_in_and_takes_of_the_money(
    scenario, three, enter, first, person_in_team
):
    enter("Loven", None, MILLION, is_statutory=True)
    save(scenario, person_in_team, {Frame(first, None): MILLION})

    story = story_of(scenario)

    assert [row.title for row in story.ideas if row.in_best] == ["Loven"]
    assert story.best_value == 0
    assert story.ideas[-1].reason == "Lovpålagt, og er med uansett"


def test_what_the_law_demands_can_be_kept_out_by_a_rule(scenario, enter, first, person_in_team):
    duty = enter("Loven", None, MILLION, is_statutory=True)
    enter("Fri", Decimal(50), MILLION)
    rules = [(RuleKind.EXCLUDED, duty, None)]
    save(scenario, person_in_team, {Frame(first, None): MILLION}, rules)

    assert [row.title for row in story_of(scenario).ideas if row.in_best] == ["Fri"]


def test_rules_decide_who_can_stand_together(scenario, three, person_in_team):
    large, small, smaller = three
    rules = [(RuleKind.EXCLUSIVE, large, small), (RuleKind.REQUIRES, smaller, small)]
    save(scenario, person_in_team, rules=rules)

    story = story_of(scenario)

    assert [row.in_best for row in story.ideas] == [False, True, True]
    assert story.ideas[0].reason.endswith("Kan ikke være med sammen med «Liten»")


def test_too_little_for_what_must_be_there_is_told_with_the_limit(
    scenario, three, first, person_in_team
):
    rules = [(RuleKind.MANDATORY, three[0], None)]
    save(scenario, person_in_team, {Frame(first, None): MILLION}, rules)

    story = story_of(scenario)

    assert story.heading == "Ingen utvalg går opp: det som skal være med, får ikke plass"
    (conflict,) = story.conflicts
    assert conflict.frame == Frame(first, None)
    assert conflict.words.replace("\xa0", " ").replace("\u202f", " ") == (
        f"Det som skal være med, trenger 2 000 000 kr i {first}. Rammen er 1 000 000 kr. "
        "Det gjelder «Stor»."
    )


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (
            [(RuleKind.MANDATORY, 0, None), (RuleKind.EXCLUDED, 0, None)],
            "«Stor» skal både være med og ikke være med.",
        ),
        (
            [
                (RuleKind.MANDATORY, 0, None),
                (RuleKind.REQUIRES, 0, 1),
                (RuleKind.EXCLUDED, 1, None),
            ],
            "«Stor» skal være med og krever «Liten», som ikke skal være med.",
        ),
        (
            [
                (RuleKind.MANDATORY, 0, None),
                (RuleKind.MANDATORY, 1, None),
                (RuleKind.EXCLUSIVE, 0, 1),
            ],
            "«Stor» og «Liten» må være med, men kan ikke være med sammen.",
        ),
    ],
)
def test_rules_that_cannot_all_hold_are_told(scenario, three, person_in_team, kinds, words):
    rules = [
        (kind, three[one], None if other is None else three[other]) for kind, one, other in kinds
    ]
    save(scenario, person_in_team, rules=rules)

    story = story_of(scenario)

    assert story.heading == "Ingen utvalg går opp: vilkårene sier imot hverandre"
    assert [each.words for each in story.conflicts] == [words]


def test_an_incomplete_idea_is_left_out_with_the_rules_about_it(
    scenario, three, enter, person_in_team
):
    waiting = enter("Uferdig", None, MILLION)
    save(scenario, person_in_team, rules=[(RuleKind.MANDATORY, waiting, None)])

    story = story_of(scenario)

    assert [idea["title"] for idea in story.left_out] == ["Uferdig"]
    assert story.unused_rules == ["Uferdig: skal være med"]
    assert story.is_possible


def test_ideas_without_an_estimate_are_named(scenario, three, enter, person_in_team):
    enter("Ukjent", Decimal(40), None)
    save(scenario, person_in_team)

    assert [row.title for row in story_of(scenario).free] == ["Ukjent"]


def test_the_fingerprint_follows_the_numbers_and_not_the_names(two_million, three):
    before = fitting.fingerprint(fitting.snapshot(two_million))

    three[0].idea.title = "Et annet navn"
    three[0].idea.save()
    renamed = fitting.fingerprint(fitting.snapshot(two_million))
    three[0].idea.estimated_cost = MILLION
    three[0].idea.save()

    assert renamed == before
    assert fitting.fingerprint(fitting.snapshot(two_million)) != before


def test_the_worker_finds_the_best_set_once(two_million, person_in_team):
    solution = actions.request_solution(two_million, by=person_in_team)

    solution_making.make(solution)
    solution.refresh_from_db()
    solution_making.make(solution)

    assert solution.status == FileStatus.READY
    assert Story(solution.snapshot, solution.answer()).best_value == 130
    assert Chart.objects.filter(key=two_million.chart_key).exists()


def test_the_same_numbers_are_not_worked_out_again(two_million, person_in_team):
    solution = actions.request_solution(two_million, by=person_in_team)
    solution_making.make(solution)

    assert actions.request_solution(two_million, by=person_in_team) == solution


def test_new_numbers_are_worked_out_anew_beside_the_last_answer(two_million, first, person_in_team):
    earliest = actions.request_solution(two_million, by=person_in_team)
    solution_making.make(earliest)
    waiting = []
    for limit in (3, 4):
        save(two_million, person_in_team, {Frame(first, None): limit * MILLION})
        waiting.append(actions.request_solution(two_million, by=person_in_team))

    assert list(two_million.solutions.order_by("pk")) == [earliest, waiting[1]]
