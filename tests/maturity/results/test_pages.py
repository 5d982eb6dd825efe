import pytest
from django.urls import reverse

from core.charts import draw
from core.models import Chart
from maturity import actions
from maturity.actions import charts
from maturity.models import AssessmentSource
from tests.factories.maturity import MeasureFactory, draw_indicators
from tests.factories.municipality import SectorFactory
from tests.maturity.results.conftest import answer_each, other_version

RESULT = "/modenhet/"
INDICATORS = "/modenhet/indikator/"


def sector_page(sector):
    return reverse("maturity:sector-result", args=[sector.code])


def test_the_result_shows_quotes_and_spread_before_the_mean(client, cycle, submitted, sectors):
    submitted(cycle, sectors[0], innovasjon=2, teknologi=4)

    text = client.get(RESULT).text

    places = [text.index(words) for words in ("«Helse om teknologi»", "2–2", "Samlet:")]
    assert places[0] < min(places[1:])
    assert text.index("Laveste–høyeste") < text.index(">Snitt<")


def test_not_answered_is_never_a_low_level(client, cycle, submitted, sectors):
    submitted(cycle, sectors[0], innovasjon=1, teknologi=4)

    text = client.get(RESULT).text

    assert text.count('class="gk-heat__none"') == 4
    assert text.count('class="gk-heat__1"') == 1
    assert "gk-heat__0" not in text


def test_the_result_tells_of_breaks_and_leads_to_what_can_be_compared(
    client, years, submitted, sectors
):
    old, new = other_version(keys=("a", "b")), other_version(keys=("a", "c"))
    submitted(years[2], sectors[0], using=old, innovasjon=2, teknologi=2)
    submitted(years[3], sectors[0], using=new, innovasjon=3, teknologi=3)

    text = client.get(RESULT).text
    across = reverse("maturity:result-break", args=[years[3].year])

    assert "2 av 4 kan sammenliknes over streken." in text
    assert across in text
    assert "1 av 2 kjennetegn" in client.get(across).text
    assert "kan ikke sammenliknes" in text


def test_a_year_without_a_break_has_no_such_page(client, cycle, submitted, sectors):
    submitted(cycle, sectors[0], innovasjon=2, teknologi=2)

    assert client.get(reverse("maturity:result-break", args=[cycle.year])).status_code == 404


def test_an_imported_year_says_so(client, years, submitted, sectors):
    imported = AssessmentSource.IMPORTED
    submitted(years[2], sectors[0], source=imported, innovasjon=2, teknologi=2)
    submitted(years[3], sectors[0], innovasjon=3, teknologi=3)

    assert "(lest inn)" in client.get(RESULT).text
    earlier = client.get(RESULT, {"ar": years[2].year}).text
    assert "Året er lest inn fra en tidligere måling." in earlier


def test_a_radar_is_another_view_with_the_same_table(client, cycle, submitted, sectors):
    instrument = other_version(names=("Innovasjon", "Teknologi", "Styring"))
    submitted(cycle, sectors[0], using=instrument, innovasjon=2, teknologi=3, styring=4)
    actions.draw_result(cycle)
    for chart in Chart.objects.all():
        draw(chart)

    profile, radar = client.get(RESULT).text, client.get(RESULT, {"vis": "radar"}).text

    assert f"chart-{charts.radar_key(cycle)}" in radar
    assert f"chart-{charts.radar_key(cycle)}" not in profile
    assert f"chart-{charts.chart_key(cycle)}" in profile
    assert "Modenhet" in radar
    assert "per område" in radar


def fill(years, submitted, sectors):
    """Every sector in every year, with a group that answered in the last."""
    for cycle in years:
        for sector in sectors:
            last = submitted(cycle, sector, targets={"innovasjon": 4}, innovasjon=2, teknologi=3)
    answer_each(last, "innovasjon", [2, 3, 4])


@pytest.mark.parametrize("size", [1, 4], ids=["small", "large"])
@pytest.mark.parametrize(
    ("path", "count"),
    [(RESULT, 15), (INDICATORS, 13), ("sector", 16), ("report", 6)],
)
def test_pages_ask_as_often_whatever_there_is(
    client, years, submitted, sectors, django_assert_num_queries, size, path, count
):
    everybody = [*sectors, *(SectorFactory() for _each in range(size * 3))][: 2 * size]
    fill(years[-size - 1 :] if size > 1 else years[-2:], submitted, everybody)
    named = {"sector": sector_page(sectors[0]), "report": reverse("maturity:report")}

    with django_assert_num_queries(count):
        assert client.get(named.get(path, path)).status_code == 200


def test_a_sector_page_tells_reasons_targets_gap_and_measures(
    client, cycle, year_before, submitted, sectors
):
    submitted(year_before, sectors[0], targets={"innovasjon": 4}, innovasjon=2, teknologi=2)
    assessment = submitted(cycle, sectors[0], targets={"innovasjon": 5}, innovasjon=3, teknologi=2)
    MeasureFactory(answer=assessment.answers.get(area__code="innovasjon"), text="Prøve mer <i>")
    answer_each(assessment, "innovasjon", [1, 2, 3])

    text = client.get(sector_page(sectors[0])).text

    assert "Helse om innovasjon" in text
    assert "Prøve mer &lt;i&gt;" in text
    assert "1 igjen" in text
    assert "2 igjen" in text
    assert "Ledergruppa svarte 1–3 hver for seg: 3 svar, midt på 2. Enige om 3." in " ".join(
        text.split()
    )


def test_a_sector_page_keeps_few_answers_to_itself(client, cycle, submitted, sectors):
    assessment = submitted(cycle, sectors[0], innovasjon=3, teknologi=2)
    answer_each(assessment, "innovasjon", [1, 5])

    text = " ".join(client.get(sector_page(sectors[0])).text.split())

    assert "Færre enn tre i ledergruppa svarte hver for seg." in text
    assert "svarte 1–5" not in text


def test_a_sector_that_has_not_submitted_shows_nothing_of_its_draft(
    client, cycle, submitted, sectors, assessment
):
    submitted(cycle, sectors[0], innovasjon=3, teknologi=2)
    assessment.answers.update(level=5, reason="Ikke levert ennå.")

    text = client.get(sector_page(assessment.sector)).text

    assert "Sektoren har ikke levert" in text
    assert "Ikke levert ennå." not in text


def test_a_sector_that_is_not_there_is_404(client, cycle):
    assert client.get("/modenhet/sektor/finnes-ikke/").status_code == 404


def test_pages_before_anybody_has_measured(client, cycle, sectors):
    assert "Ingen sektorer har levert" in client.get(INDICATORS).text
    assert "Sektoren har ikke levert" in client.get(sector_page(sectors[0])).text
    assert client.get(f"{INDICATORS}csv/").status_code == 404


def test_the_indicator_chart_is_a_file_of_its_own(client, cycle, submitted, sectors):
    submitted(cycle, sectors[0], innovasjon=3, teknologi=4)
    assert client.get(f"{INDICATORS}diagram.svg").status_code == 404  # not drawn yet
    actions.draw_result(cycle)
    draw(Chart.objects.get(key=charts.indicator_key(cycle)))

    svg, png = (client.get(f"{INDICATORS}diagram.{kind}") for kind in ("svg", "png"))

    assert svg.headers["Content-Type"] == "image/svg+xml"
    assert "var(" not in svg.text
    assert "Innovasjon" in svg.text
    assert png.content.startswith(b"\x89PNG")
    assert client.get(f"{INDICATORS}diagram.exe").status_code == 404


def test_a_drawing_that_waits_is_not_offered(client, cycle, submitted, sectors):
    submitted(cycle, sectors[0], innovasjon=3, teknologi=4)
    assert "diagram.png" not in client.get(INDICATORS).text

    draw_indicators(cycle)

    assert "diagram.png" in client.get(INDICATORS).text
