from decimal import Decimal

from maturity import results
from maturity.models import Aggregation, SectorWeight
from tests.factories.maturity import MeasurementRoundFactory
from tests.maturity.results.conftest import other_version


def test_a_draft_does_not_count(cycle, submitted, sectors, assessment):
    submitted(cycle, sectors[0], innovasjon=3, teknologi=4)

    result = results.of_year(cycle)

    assert result.who == "1 av 4 sektorer"
    assert result.scores.overall == Decimal("3.5")
    assert result.is_preliminary


def test_the_heading_says_that_it_is_preliminary(cycle, submitted, sectors):
    submitted(cycle, sectors[0], innovasjon=2, teknologi=4)

    result = results.of_year(cycle)

    assert result.heading == (
        "Foreløpig, 1 av 3 sektorer: styrken ligger i teknologi. Innovasjon henger etter."
    )
    assert result.who_has_submitted == "Nav og Skole har ikke levert."


def test_the_heading_is_final_when_all_have_submitted(cycle, submitted, sectors):
    for sector in sectors:
        submitted(cycle, sector, innovasjon=3, teknologi=3)

    result = results.of_year(cycle)

    assert result.heading == "Alle områdene står likt, på 3,0 av 5."
    assert result.who_has_submitted == "Alle tre sektorer har levert."


def test_last_year_stands_beside_and_shows_who_moved(cycle, year_before, submitted, sectors):
    submitted(year_before, sectors[0], innovasjon=2, teknologi=4)
    submitted(cycle, sectors[0], innovasjon=3, teknologi=4)
    submitted(cycle, sectors[1], innovasjon=3, teknologi=2)

    result = results.of_year(cycle)

    assert [line.change_in_words for line in result.lines] == ["▲ opp 1,0", "▼ ned 1,0"]
    assert result.overall_change_in_words == "som i fjor"
    cells = [[(cell.level, cell.direction) for cell in line.cells] for line in result.sectors]
    assert cells == [[(3, "up"), (4, "")], [(3, ""), (2, "")], [(None, ""), (None, "")]]


def test_another_version_is_shown_but_not_compared(cycle, year_before, submitted, sectors):
    submitted(year_before, sectors[0], using=other_version(), innovasjon=2, teknologi=4)
    submitted(cycle, sectors[0], innovasjon=3, teknologi=4)

    result = results.of_year(cycle)

    assert result.has_last_year
    assert not result.is_comparable
    assert [line.change.delta for line in result.lines] == [None, None]
    assert [cell.before for cell in result.sectors[0].cells] == [None, None]


def test_quotes_come_from_where_it_is_strong_and_where_it_lags(cycle, submitted, sectors):
    submitted(cycle, sectors[0], innovasjon=1, teknologi=3)
    submitted(cycle, sectors[1], innovasjon=2, teknologi=4)

    quotes = results.reasons(results.of_year(cycle)).quotes

    assert [reason.text for reason in quotes] == ["Nav om teknologi", "Helse om innovasjon"]


def test_a_year_without_answers_has_nothing(cycle, sectors):
    result = results.of_year(cycle)

    assert (result.count, result.lines, results.reasons(result).all) == (0, [], [])


def test_measured_years_are_those_with_a_result(cycle, year_before, submitted, sectors):
    submitted(year_before, sectors[0], innovasjon=2, teknologi=4)
    submitted(year_before, sectors[1], innovasjon=2, teknologi=4)

    assert results.measured_years() == [year_before]


def test_a_statement_that_is_changed_breaks_its_own_area_only(
    cycle, year_before, submitted, sectors
):
    """The first of the two areas has another statement this year; the second is as it was."""
    before = other_version(keys=("a", "b"))
    now = other_version(keys=("a", "b"))
    now.areas.get(code="innovasjon").levels.get().characteristics.filter(key="innovasjon-b").update(
        key="innovasjon-c"
    )
    submitted(year_before, sectors[0], using=before, innovasjon=2, teknologi=2)
    submitted(cycle, sectors[0], using=now, innovasjon=3, teknologi=3)

    result = results.of_year(cycle)

    assert [line.change_in_words for line in result.lines] == ["", "▲ opp 1,0"]
    assert [cell.change_in_words for cell in result.sectors[0].cells] == ["", "▲ opp fra 2"]
    assert not result.is_comparable


def weigh(cycle, instrument, staff):
    """Let the year count the sectors by årsverk; `staff` is sector → årsverk."""
    round_ = MeasurementRoundFactory(
        cycle=cycle, instrument=instrument, aggregation=Aggregation.BY_STAFF
    )
    for sector, amount in staff.items():
        SectorWeight.objects.create(round=round_, sector=sector, staff=Decimal(amount))


def test_large_sectors_count_more_when_the_year_says_so(cycle, submitted, sectors, instrument):
    weigh(cycle, instrument, {sectors[0]: "300", sectors[1]: "100.5"})
    submitted(cycle, sectors[0], innovasjon=4, teknologi=4)
    submitted(cycle, sectors[1], innovasjon=1, teknologi=2)

    result = results.of_year(cycle)

    # (4·300 + 1·100,5) / 400,5 = 3,2472 and (4·300 + 2·100,5) / 400,5 = 3,4981
    assert [line.result.mean for line in result.lines] == [Decimal("3.2"), Decimal("3.5")]
    assert result.scores.overall == Decimal("3.4")
    assert result.rule == (
        "Gjennomsnitt etter årsverk av 2 av 3 sektorer: store sektorer teller mer."
    )


def test_nobody_is_weighed_when_somebody_cannot_be_and_the_rule_says_so(
    cycle, submitted, sectors, instrument
):
    weigh(cycle, instrument, {sectors[0]: "300"})
    submitted(cycle, sectors[0], innovasjon=4, teknologi=4)
    submitted(cycle, sectors[1], innovasjon=1, teknologi=1)

    result = results.of_year(cycle)

    assert result.scores.overall == Decimal("2.5")
    assert result.rule == (
        "Uvektet gjennomsnitt av 2 av 3 sektorer, fordi vi mangler årsverk for Nav."
    )


def test_another_rule_than_last_year_is_not_compared(
    cycle, year_before, submitted, sectors, instrument
):
    weigh(cycle, instrument, {sectors[0]: "300"})
    submitted(year_before, sectors[0], innovasjon=3, teknologi=3)
    submitted(cycle, sectors[0], innovasjon=4, teknologi=4)

    result = results.of_year(cycle)

    assert [line.change.delta for line in result.lines] == [None, None]
    assert [cell.change_in_words for cell in result.sectors[0].cells] == ["▲ opp fra 3"] * 2


def test_targets_are_last_years_for_this_year_and_this_years_for_the_next(
    cycle, year_before, submitted, sectors
):
    submitted(year_before, sectors[0], targets={"innovasjon": 4}, innovasjon=3, teknologi=3)
    submitted(year_before, sectors[1], targets={"innovasjon": 3}, innovasjon=3, teknologi=3)
    submitted(cycle, sectors[0], targets={"innovasjon": 5}, innovasjon=3, teknologi=3)

    innovation, technology = results.of_year(cycle).lines

    assert (innovation.target.mean, innovation.target.count) == (Decimal("3.5"), 2)
    assert innovation.gap_in_words == "0,5 igjen"
    assert (innovation.next_target.mean, innovation.next_gap_in_words) == (
        Decimal("5.0"),
        "2,0 igjen",
    )
    assert (technology.target.mean, technology.gap_in_words) == (None, "")


def test_sectors_stand_in_their_fixed_order_whatever_they_scored(cycle, submitted, sectors):
    for sector, level in zip(sectors, (1, 5, 3), strict=True):
        submitted(cycle, sector, innovasjon=level, teknologi=level)

    result = results.of_year(cycle)

    assert [line.sector for line in result.sectors] == sectors
    assert [reason.sector for reason in results.reasons(result).all] == sectors * 2
