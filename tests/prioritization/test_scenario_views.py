import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from core import roles
from core.made_files import FileStatus
from ideas.models import IdeaStatus
from prioritization import actions, solution_making
from prioritization.fitting import Frame
from prioritization.models import Entry, RuleKind, Scenario, Solution
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import SectorFactory
from tests.factories.prioritization import EntryFactory, ScenarioFactory

MILLION = Decimal(1_000_000)


@pytest.fixture
def team(person):
    return person(roles.DIGITALISATION_TEAM, name="Marte Sveen")


@pytest.fixture
def enter(scored):
    sector = SectorFactory(short_name="Helse")

    def make(title, score, cost=MILLION, **idea) -> Entry:
        entry = EntryFactory(
            round=scored,
            idea=IdeaFactory(
                title=title,
                cycle=scored.cycle,
                sector=sector,
                status=IdeaStatus.FORWARDED,
                estimated_cost=cost,
                **idea,
            ),
        )
        Entry.objects.filter(pk=entry.pk).update(score=score)
        return entry

    return make


@pytest.fixture
def year(scored) -> int:
    return scored.cycle.budget_year


@pytest.fixture
def three(enter):
    return enter("Stor", 80, 2 * MILLION), enter("Liten", 70), enter("Mindre", 60)


@pytest.fixture
def solve(team):
    """Save a scenario with these limits and rules, and work it out."""

    def do(scenario, limits=None, rules=()) -> Scenario:
        actions.save_scenario(scenario, limits=limits or {}, rules=rules, by=team)
        solution_making.make(scenario.solutions.latest("pk"))
        return scenario

    return do


@pytest.fixture
def solved(scored, three, year, solve):
    return solve(
        ScenarioFactory(round=scored, name="To millioner"), {Frame(year, None): 2 * MILLION}
    )


def url(name, *args) -> str:
    return reverse(f"prioritization:{name}", args=args)


def typed(rules=(), **fields) -> dict[str, str]:
    """The form as it is sent. Rules: (entry, kind, other)."""
    rows = {
        f"vilkar-{number}-{name}": str(value or "")
        for number, rule in enumerate(rules)
        for name, value in zip(("entry", "kind", "other"), rule, strict=True)
    }
    return {
        "name": "Stram ramme",
        "version": "0",
        "vilkar-TOTAL_FORMS": str(len(rules)),
        "vilkar-INITIAL_FORMS": "0",
        **rows,
        **fields,
    }


def test_scenario_create_keeps_limits_and_rules_and_asks_a_worker(
    client, team, scored, three, year
):
    large, small, _smaller = three
    client.force_login(team)

    client.post(
        url("scenario-create", scored.pk),
        typed(
            [(large.pk, "mandatory", None), (small.pk, "requires", large.pk)],
            **{f"limit_{year}": "2 000 000"},
        ),
    )

    made = Scenario.objects.get()
    assert list(made.limits.values_list("year", "sector", "amount")) == [(year, None, 2 * MILLION)]
    assert set(made.rules.values_list("kind", "entry", "other")) == {
        ("mandatory", large.pk, None),
        ("requires", small.pk, large.pk),
    }
    assert made.solutions.get().status == FileStatus.QUEUED


def test_scenario_create_begins_with_the_rounds_frame(client, team, scored, year):
    scored.budget_frame = 5 * MILLION
    scored.save()
    client.force_login(team)

    form = client.get(url("scenario-create", scored.pk)).context["form"]

    assert form[f"limit_{year}"].value() == "5\u202f000\u202f000"


def test_scenario_create_is_kept_when_nothing_is_ranked_yet(client, team, scored):
    client.force_login(team)

    client.post(url("scenario-create", scored.pk), typed())

    assert Scenario.objects.get().solutions.count() == 0


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "Gi scenarioet et navn."),
        ({"name": "Opptatt"}, "Det finnes allerede et scenario med dette navnet."),
        ({"limit": "mange"}, "Skriv et tall, for eksempel 5,8."),
        ({"limit": "-1"}, "Rammen kan ikke være mindre enn null."),
    ],
)
def test_scenario_create_says_what_is_wrong(client, team, scored, year, fields, words):
    ScenarioFactory(round=scored, name="Opptatt")
    client.force_login(team)
    if "limit" in fields:
        fields = {f"limit_{year}": fields["limit"]}

    response = client.post(url("scenario-create", scored.pk), typed(**fields))

    assert words in response.content.decode()
    assert Scenario.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "other", "words"),
    [
        ("requires", None, "Velg den andre ideen."),
        ("exclusive", 0, "Velg to forskjellige ideer."),
        ("mandatory", 1, "Dette vilkåret gjelder bare én idé. Fjern den andre."),
        ("", None, "Velg hva som skal gjelde."),
    ],
)
def test_scenario_create_says_what_a_rule_lacks(client, team, scored, three, kind, other, words):
    client.force_login(team)
    rule = (three[0].pk, kind, None if other is None else three[other].pk)

    response = client.post(url("scenario-create", scored.pk), typed([rule]))

    assert words in response.content.decode()
    assert not Scenario.objects.exists()


def test_a_rule_is_added_without_judging_what_is_typed(client, team, scored, three):
    client.force_login(team)
    sent = typed([(three[0].pk, "mandatory", None)], name="", add_rule="1")

    response = client.post(url("scenario-create", scored.pk), sent)

    assert len(response.context["rules"].forms) == 2
    assert response.context["rules"].forms[0]["kind"].value() == "mandatory"
    assert "Gi scenarioet et navn." not in response.content.decode()


def test_scenario_edit_replaces_limits_and_drops_rules_that_are_ticked(
    client, team, scored, three, year, solve
):
    scenario = solve(
        ScenarioFactory(round=scored),
        {Frame(year, None): MILLION},
        [(RuleKind.EXCLUDED, three[0], None)],
    )
    client.force_login(team)
    sent = typed(
        [(three[0].pk, "excluded", None)],
        version=str(scenario.version),
        **{f"limit_{year + 1}": "7", "vilkar-0-DELETE": "on", "vilkar-INITIAL_FORMS": "1"},
    )

    client.post(url("scenario-edit", scored.pk, scenario.pk), sent)

    assert list(scenario.limits.values_list("year", "amount")) == [(year + 1, 7)]
    assert not scenario.rules.exists()


def test_scenario_edit_tells_the_second_of_two_who_edit_at_once(client, team, scored, year, solved):
    client.force_login(team)
    sent = typed(version="0", **{f"limit_{year}": "7"})

    response = client.post(url("scenario-edit", scored.pk, solved.pk), sent)

    page = response.content.decode()
    assert "Marte Sveen endret dette nettopp" in page
    assert f"Kroner i {year}:</span> 2\u202f000\u202f000" in page
    assert 'value="7"' in page
    assert solved.limits.get().amount == 2 * MILLION


def test_scenario_copy_has_all_of_it_and_a_name_of_its_own(client, team, scored, solved):
    client.force_login(team)

    client.post(url("scenario-copy", scored.pk, solved.pk))
    client.post(url("scenario-copy", scored.pk, solved.pk))

    names = list(Scenario.objects.order_by("pk").values_list("name", flat=True))
    assert names == ["To millioner", "To millioner (kopi)", "To millioner (kopi 2)"]
    assert Scenario.objects.latest("pk").limits.get().amount == 2 * MILLION


def test_scenario_delete_asks_first(client, team, scored, solved):
    client.force_login(team)
    address = url("scenario-delete", scored.pk, solved.pk)

    client.get(address)
    assert Scenario.objects.exists()
    client.post(address)

    assert not Scenario.objects.exists()


def test_scenario_detail_shows_what_was_found(client, team, scored, solved):
    client.force_login(team)

    page = client.get(solved.get_absolute_url()).content.decode()

    assert "Det beste utvalget har to ideer og gir 50 poeng mer enn å følge lista" in page
    assert "Dette endrer ikke den offisielle rekkefølgen." in page
    assert "Regn på nytt" not in page


def test_scenario_detail_says_when_the_numbers_have_changed_since(
    client, team, scored, solved, three
):
    Entry.objects.filter(pk=three[0].pk).update(score=99)
    client.force_login(team)

    page = client.get(solved.get_absolute_url()).content.decode()
    client.post(url("scenario-solve", scored.pk, solved.pk))

    assert "Tallene er endret etter at vi regnet" in page
    assert solved.solutions.latest("pk").status == FileStatus.QUEUED
    assert solved.solutions.count() == 2


def test_scenario_detail_links_to_the_limit_that_is_too_low(
    client, team, scored, three, year, solve
):
    scenario = solve(
        ScenarioFactory(round=scored),
        {Frame(year, None): MILLION},
        [(RuleKind.MANDATORY, three[0], None)],
    )
    client.force_login(team)

    page = client.get(scenario.get_absolute_url()).content.decode()

    assert "Ingen utvalg går opp" in page
    assert f"{url('scenario-edit', scored.pk, scenario.pk)}#id_limit_{year}" in page
    assert url("need-edit", scored.pk, three[0].pk) in page


def test_scenario_solve_tries_again_what_failed(client, team, scored, solved):
    Solution.objects.update(status=FileStatus.FAILED, error="Noe gikk galt.")
    client.force_login(team)

    page = client.get(solved.get_absolute_url()).content.decode()
    client.post(url("scenario-solve", scored.pk, solved.pk), {"again": "1"})

    assert "Noe gikk galt." in page
    assert solved.solutions.get().status == FileStatus.QUEUED


def test_scenario_solve_is_refused_when_nothing_is_ranked(client, team, scored):
    scenario = ScenarioFactory(round=scored)
    client.force_login(team)

    response = client.post(url("scenario-solve", scored.pk, scenario.pk))

    assert response.status_code == 409
    assert "Ingen ideer er rangert ennå" in response.content.decode()


def test_scenario_progress_is_asked_for_until_it_is_done(client, team, scored, solved, year):
    client.force_login(team)
    address = url("scenario-progress", scored.pk, solved.pk)

    done = client.get(address, headers={"HX-Request": "true"})
    actions.save_scenario(solved, limits={Frame(year, None): MILLION}, rules=(), by=team)
    underway = client.get(address, headers={"HX-Request": "true"})

    assert done.headers["HX-Redirect"] == solved.get_absolute_url()
    assert "Vi regner" in underway.content.decode()


def test_a_scorer_who_is_not_done_waits(client, person, scored, solved):
    leader = person(roles.SECTOR_LEADER, name="Per Lunde")
    scored.scorers.add(leader)
    client.force_login(leader)

    for address in (
        url("scenarios", scored.pk),
        solved.get_absolute_url(),
        url("scenario-compare", scored.pk),
        url("scenario-compare-workbook", scored.pk),
    ):
        page = client.get(address).content.decode()
        assert "Du ser rangeringen når" in page
        assert "To millioner" not in page


@pytest.fixture
def two_solved(scored, solved, year, solve):
    other = solve(ScenarioFactory(round=scored, name="En million"), {Frame(year, None): MILLION})
    return solved, other


def test_scenario_compare_shows_where_they_part(client, team, scored, two_solved):
    client.force_login(team)

    comparison = client.get(url("scenario-compare", scored.pk)).context["comparison"]

    assert [column.name for column in comparison.columns] == ["En million", "To millioner"]
    assert [line.title for line in comparison.differing] == ["Mindre"]
    assert [cell.words for cell in comparison.facts[1].cells] == ["70,0", "130,0"]


def test_scenario_compare_takes_those_asked_for_and_four_at_most(client, team, scored, two_solved):
    for number in range(5):
        ScenarioFactory(round=scored, name=f"Z{number}")
    client.force_login(team)
    address = url("scenario-compare", scored.pk)

    first = client.get(address).context["comparison"]
    one = client.get(address, {"s": two_solved[0].pk}).context

    assert len(first.columns) == 4
    assert [column.name for column in one["comparison"].columns] == ["To millioner"]
    assert one["heading"] == "Velg to eller flere scenarioer som er regnet ut"


def test_the_comparison_as_a_workbook_holds_numbers(client, team, scored, two_solved):
    client.force_login(team)

    response = client.get(url("scenario-compare-workbook", scored.pk))

    book = openpyxl.load_workbook(io.BytesIO(response.content))
    totals = {row[0]: row[1:] for row in book["Rammer og utvalg"].values}
    ideas = {row[1]: row[2:] for row in book["Ideer"].values}
    assert totals["Poeng i alt"] == (70, 130)
    assert ideas["Mindre"] == (60, "Ikke med", "Med")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["scenarios", "scenario-compare"])
def test_lists_take_the_same_queries_however_many_there_are(
    client, team, scored, enter, year, solve, django_assert_num_queries, count, name
):
    for number in range(count):
        enter(f"Idé {number}", 50)
    for number in range(count):
        solve(ScenarioFactory(round=scored, name=f"Nr. {number}"), {Frame(year, None): MILLION})
    client.force_login(team)

    with django_assert_num_queries(14):
        client.get(url(name, scored.pk))


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_takes_the_same_queries_however_many_ideas_there_are(
    client, team, scored, enter, solve, django_assert_num_queries, count
):
    entries = [enter(f"Idé {number}", 50) for number in range(count)]
    rules = [(RuleKind.MANDATORY, entry, None) for entry in entries]
    scenario = solve(ScenarioFactory(round=scored), rules=rules)
    client.force_login(team)

    with django_assert_num_queries(14):
        client.get(url("scenario-edit", scored.pk, scenario.pk))
