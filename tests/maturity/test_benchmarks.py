"""Other municipalities' measurements: read in, replaced, removed, and beside ours."""

import io
import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.errors import ActionRefused
from core.models import Chart, Event, StagedImport
from maturity import comparison, results
from maturity.actions import benchmarks
from maturity.exchange.document import TOTAL, Document, Row
from maturity.models import AssessmentStatus, Benchmark
from tests.factories.maturity import (
    AnswerFactory,
    AssessmentFactory,
    BenchmarkFactory,
    BenchmarkLevelFactory,
)
from tests.factories.municipality import SectorFactory, UserFactory


@pytest.fixture
def document(cycle, instrument) -> Document:
    return Document(
        municipality_number="0301",
        municipality_name="Oslo",
        year=cycle.year,
        scale_version=instrument.version,
        rows=(
            Row("innovasjon", TOTAL, Decimal("2.8"), 5),
            Row("innovasjon", "Helse", Decimal(3), 1),
        ),
    )


@pytest.fixture
def measured(cycle, instrument, measurement_round):
    """Two sectors have submitted: 2 and 3 in innovation, 4 and 4 in technology."""
    innovation, technology = instrument.areas.all()
    for level in (2, 3):
        submitted = AssessmentFactory(
            cycle=cycle,
            instrument=instrument,
            status=AssessmentStatus.SUBMITTED,
            submitted_at=measurement_round.created_at,
            submitted_by=UserFactory(),
        )
        AnswerFactory(assessment=submitted, area=innovation, level=level, reason="Slik er det.")
        AnswerFactory(assessment=submitted, area=technology, level=4, reason="Slik er det.")
    return cycle


def other(cycle, level: str, *, version: str, area="innovasjon", **fields) -> Benchmark:
    fields = {"year": cycle.year, **fields}
    benchmark = BenchmarkFactory(scale_version=version, **fields)
    BenchmarkLevelFactory(benchmark=benchmark, area=area, level=Decimal(level))
    return benchmark


def compared(cycle) -> comparison.YearComparison:
    history = results.read(since=cycle.year, until=cycle.year)
    return comparison.of_year(history, history.years[0])


def read_in(document, by, *, replaces=False) -> Benchmark:
    return benchmarks.read_in(
        document, source="E-post", file_name="oslo.json", replaces=replaces, by=by
    )


def test_a_measurement_is_kept_with_its_source_and_who_read_it_in(document, team_member):
    kept = read_in(document, team_member)

    rows = kept.levels.order_by("sector").values_list("area", "sector", "level", "n")
    assert list(rows) == [
        ("innovasjon", "", Decimal("2.80"), 5),
        ("innovasjon", "Helse", Decimal("3.00"), 1),
    ]
    assert (kept.source, kept.imported_by) == ("E-post", team_member)
    event = Event.objects.about(kept).get()
    assert (event.verb, event.data["municipality"]) == ("benchmark read in", "0301")


def test_the_same_year_again_is_refused_until_somebody_agrees(document, team_member):
    first = read_in(document, team_member)

    with pytest.raises(ActionRefused, match="har alt en måling"):
        read_in(document, team_member)
    again = read_in(document, team_member, replaces=True)

    assert again.pk == first.pk
    assert again.levels.count() == 2
    assert Event.objects.about(again).filter(verb="benchmark replaced").count() == 1


def test_our_own_measurement_is_refused(document, team_member):
    ours = Document(**{**vars(document), "municipality_number": "3407"})

    with pytest.raises(ActionRefused, match="vår egen"):
        read_in(ours, team_member)


def test_a_measurement_is_removed_once(document, team_member):
    kept = read_in(document, team_member)

    benchmarks.remove(kept, by=team_member)
    kept.pk = Event.objects.get(verb="benchmark removed").object_id

    assert not Benchmark.objects.exists()
    with pytest.raises(ActionRefused, match="alt fjernet"):
        benchmarks.remove(kept, by=team_member)


def test_ours_beside_the_median_and_the_range_of_the_newest_of_each(measured, instrument):
    version = instrument.version
    for level in ("2.0", "2.6"):
        other(measured, level, version=version)
    last = other(measured, "3.4", version=version, municipality_number="4601")
    other(measured, "1.0", version=version, municipality_number="4601", year=measured.year - 1)
    other(measured, "5.0", version=version, year=measured.year + 1)

    found = compared(measured)

    line = found.lines[0].result
    assert (line.ours, line.median) == (Decimal("2.5"), Decimal("2.6"))
    assert (line.lowest, line.highest, line.count) == (Decimal("2.0"), Decimal("3.4"), 3)
    assert found.lines[0].difference_in_words == "0,1 under medianen"
    assert [each.benchmark for each in found.others][-1] == last
    assert not found.lines[1].result.has_enough


def test_municipalities_stand_by_name_whatever_their_level(measured, instrument):
    for name, level in (("Voss", "5.0"), ("Alta", "1.0"), ("Moss", "3.0")):
        other(measured, level, version=instrument.version, municipality_name=name)

    names = [each.benchmark.municipality_name for each in compared(measured).others]

    assert names == ["Alta", "Moss", "Voss"]


def test_another_version_is_listed_and_left_out_of_the_median(measured, instrument):
    for level in ("2.0", "3.0", "4.0"):
        other(measured, level, version=instrument.version)
    other(measured, "5.0", version="en-annen")

    found = compared(measured)

    assert found.lines[0].result.median == Decimal("3.0")
    assert len(found.others) == 4
    assert found.left_out_in_words.startswith("Én kommune har målt med en annen versjon.")


@pytest.mark.parametrize(("count", "words"), [(0, "ingen"), (1, "én"), (2, "to")])
def test_under_three_others_there_is_no_median_and_the_page_says_what_is_needed(
    count, words, client, measured, instrument
):
    for level in ("2.0", "3.0")[:count]:
        other(measured, level, version=instrument.version)

    page = client.get(reverse("maturity:comparison")).content.decode()

    assert f"Nå har {words} gjort det" in page
    assert '<th scope="col">Forskjell' not in page


def test_the_overall_is_the_mean_of_the_areas_when_the_file_does_not_say(measured, instrument):
    for level in ("2.0", "3.0", "3.5"):
        benchmark = other(measured, level, version=instrument.version)
        BenchmarkLevelFactory(benchmark=benchmark, area="teknologi", level=Decimal("4.0"))

    overall = compared(measured).lines[-1].result

    assert (overall.ours, overall.median, overall.highest) == (
        Decimal("3.3"),
        Decimal("3.5"),
        Decimal("3.8"),
    )


def test_the_comparison_is_drawn_when_there_is_a_median_to_show(
    measured, instrument, document, team_member
):
    for level in ("2.0", "3.0"):
        other(measured, level, version=instrument.version)

    read_in(document, team_member)

    chart = Chart.objects.get(key=benchmarks.comparison_key(measured.year))
    assert "Innovasjon: vi 2,5, medianen 2,8, de andre fra 2,0 til 3,0." in chart.description
    assert [row["area"] for row in chart.spec["data"]["values"]] == ["Innovasjon"]


def upload(client, content: bytes, *, source="E-post fra Oslo"):
    return client.post(
        reverse("maturity:benchmark-read-in"),
        {"file": SimpleUploadedFile("oslo.json", content), "source": source},
    )


def exchange_file(document: Document) -> bytes:
    return json.dumps(document.as_json()).encode()


@pytest.fixture
def team(client, team_member):
    client.force_login(team_member)
    return client


def test_a_file_is_shown_before_it_is_read_in_and_applied_once(team, document):
    preview = upload(team, exchange_file(document)).url

    page = team.get(preview).content.decode()
    assert "Oslo" in page
    assert "den samme som vår" in page
    assert not Benchmark.objects.exists()

    assert team.post(preview).url == reverse("maturity:comparison")
    assert Benchmark.objects.get().source == "E-post fra Oslo"
    assert team.post(preview).status_code == 409
    assert Benchmark.objects.count() == 1


def test_what_is_replaced_must_be_agreed_to(team, document):
    team.post(upload(team, exchange_file(document)).url)
    preview = upload(team, exchange_file(document), source="Ny fil").url

    refused = team.post(preview)
    assert "Kryss av for at den gamle målingen skal byttes ut." in refused.content.decode()
    assert Benchmark.objects.get().source == "E-post fra Oslo"

    team.post(preview, {"replaces": "on"})
    assert Benchmark.objects.get().source == "Ny fil"


def test_a_file_with_faults_stores_nothing_and_says_where_they_are(team, document):
    data = document.as_json()
    data["rader"][1]["nivå"] = 6

    page = upload(team, json.dumps(data).encode()).content.decode()

    assert "Rad 2, «nivå»" in page
    assert "E-post fra Oslo" in page  # what was typed is kept
    assert not StagedImport.objects.exists()


def test_only_the_first_faults_of_many_are_listed(team, document):
    data = document.as_json()
    data["rader"] += [{"område": "x", "sektor": f"S{n}", "nivå": 3, "n": 1} for n in range(80)]

    page = upload(team, json.dumps(data).encode()).content.decode()

    assert "Her står de første 50 av 80." in page


def test_somebody_elses_upload_cannot_be_confirmed(team, document, client, person):
    preview = upload(team, exchange_file(document)).url
    client.force_login(person("digitaliseringsteam"))

    assert client.post(preview).status_code in {403, 409}
    assert not Benchmark.objects.exists()


def test_removing_asks_first(team):
    benchmark = BenchmarkFactory()
    url = reverse("maturity:benchmark-remove", args=[benchmark.pk])

    assert "Vil du fjerne" in team.get(url).content.decode()
    assert Benchmark.objects.exists()
    team.post(url)
    assert not Benchmark.objects.exists()


def test_what_we_publish_is_what_the_result_says(client, measured):
    response = client.get(reverse("maturity:exchange-json", args=[measured.year]))

    data = json.loads(response.content)
    totals = {row["område"]: row for row in data["rader"] if row["sektor"] == "samlet"}
    assert totals["innovasjon"] == {"område": "innovasjon", "sektor": "samlet", "nivå": 2.5, "n": 2}
    assert totals["samlet"]["nivå"] == 3.3  # (2,5 + 4) / 2, halves up
    assert (data["foreløpig"], data["levert"], data["sektorer"]) == (False, 2, 2)
    assert "attachment" in response["Content-Disposition"]


def test_a_year_that_lacks_a_sector_is_marked_preliminary(client, measured):
    SectorFactory()

    response = client.get(reverse("maturity:exchange-csv", args=[measured.year]))

    line = response.content.decode("utf-8-sig").splitlines()[1]
    assert ";ja;2;3;uvektet;innovasjon;samlet;2,5;2" in line
    assert "Foreløpig" in client.get(reverse("maturity:exchange")).content.decode()


@pytest.mark.parametrize("name", ["maturity:exchange-json", "maturity:exchange-csv"])
def test_a_year_that_nobody_has_submitted_in_has_no_file(name, client, cycle):
    assert client.get(reverse(name, args=[cycle.year])).status_code == 404


def test_the_schema_is_open_and_names_its_own_address(client, db):
    response = client.get(reverse("maturity:exchange-schema"))

    assert response["Content-Type"].startswith("application/schema+json")
    assert json.load(io.BytesIO(response.content))["$id"].endswith("/utveksling/skjema.json")


def test_queries_do_not_grow_with_municipalities(
    client, measured, instrument, django_assert_max_num_queries
):
    def count() -> int:
        with django_assert_max_num_queries(40) as captured:
            client.get(reverse("maturity:comparison"))
        return len(captured.captured_queries)

    for _each in range(3):
        other(measured, "3.0", version=instrument.version)
    few = count()
    for _each in range(20):
        other(measured, "3.0", version=instrument.version)

    assert count() == few


def test_long_lists_are_paginated(client, measured, instrument):
    for number in range(30):
        other(measured, "3.0", version=instrument.version, municipality_name=f"Kommune {number:02}")

    first = client.get(reverse("maturity:comparison")).content.decode()
    second = client.get(reverse("maturity:comparison"), {"page": 2}).content.decode()

    assert ("Kommune 24" in first, "Kommune 25" in first) == (True, False)
    assert "Kommune 29" in second
