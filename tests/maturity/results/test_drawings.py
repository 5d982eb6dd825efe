import xml.etree.ElementTree as ET

from core.charts import WIDE, chart_svg
from core.models import Chart
from maturity import actions
from maturity.actions import charts
from maturity.charts import (
    AreaMean,
    AreaProfile,
    AreaTrend,
    TrendPoint,
    development_chart,
    profile_chart,
    radar_chart,
)

WORDS = {"name": "one", "title": "Tittel", "description": "Beskrivelse"}


def drawn(spec, width=WIDE):
    return chart_svg(spec, **WORDS, width=width)


def test_draw_result_draws_the_year_and_those_that_have_it_as_their_past(years, submitted, sectors):
    for cycle in years[1:]:
        submitted(cycle, sectors[0], innovasjon=2, teknologi=3)
    actions.draw_result(years[3])
    before = Chart.objects.get(key=charts.development_key(years[3])).requested_hash
    submitted(years[0], sectors[0], innovasjon=1, teknologi=1)

    actions.draw_result(years[0])

    keys = set(Chart.objects.values_list("key", flat=True))
    assert {charts.chart_key(cycle) for cycle in years} <= keys
    assert charts.sector_key(years[3], sectors[0]) in keys
    assert charts.development_key(years[0]) not in keys  # one year is no development
    assert Chart.objects.get(key=charts.development_key(years[3])).requested_hash != before


def test_what_is_drawn_as_it_should_be_is_left_alone(cycle, submitted, sectors):
    submitted(cycle, sectors[0], innovasjon=2, teknologi=3)
    actions.draw_result(cycle)
    before = dict(Chart.objects.values_list("key", "updated_at"))

    actions.draw_result(cycle)

    assert dict(Chart.objects.values_list("key", "updated_at")) == before


def test_the_profile_names_the_target_only_when_there_is_one():
    with_target = AreaProfile("Teknologi", mean=3, lowest=2, highest=4, target=3.5)
    without = AreaProfile("Teknologi", mean=3, lowest=2, highest=4)

    assert "Mål 2026" in drawn(profile_chart([with_target], target="Mål 2026"))
    assert "Mål 2026" not in drawn(profile_chart([without], target="Mål 2026"))


def test_names_of_levels_are_shown_as_they_are_written():
    names = ["Én's", "To", "Tre", "Fire", 'Fem "5"']
    area = AreaProfile("Teknologi", mean=3, lowest=2, highest=4)

    svg = drawn(profile_chart([area], levels=names))

    assert "1 Én's" in svg
    assert '5 Fem "5"' in svg


def test_a_break_is_a_dashed_line_and_an_imported_year_a_ring():
    points = (
        TrendPoint(2024, 2.0, run=0, is_imported=True),
        TrendPoint(2025, 3.0, run=1),
        TrendPoint(2026, 3.2, run=1),
    )
    whole = drawn(development_chart([AreaTrend("Teknologi", points)]))
    broken = drawn(development_chart([AreaTrend("Teknologi", points, breaks=(2025,))]))

    assert "stroke-dasharray" not in whole
    assert "stroke-dasharray" in broken
    assert broken.count('fill="var(--ds-color-neutral-background-default)"') == 1
    assert {"2,0", "3,2", "2024", "2026"} <= set(_texts(broken))


def test_five_areas_stand_in_a_row_and_on_a_phone_two():
    areas = [AreaTrend(f"Område {n}", (TrendPoint(2026, 3, run=0),)) for n in range(5)]

    wide, narrow = drawn(development_chart(areas)), drawn(development_chart(areas), width=340)

    assert _size(wide)[0] > _size(narrow)[0]
    assert _size(wide)[1] < _size(narrow)[1]
    assert _size(narrow)[0] <= 350


def test_long_names_stand_on_two_lines_that_do_not_cover_each_other():
    areas = [AreaMean("Mennesker og kultur", 3), AreaMean("Teknologi", 2), AreaMean("Styring", 4)]

    svg = drawn(radar_chart(areas))

    assert {"Mennesker og", "kultur"} <= set(_texts(svg))
    assert 'dy="' in svg


def _texts(svg: str) -> list[str]:
    root = ET.fromstring(svg)
    return [part for part in root.itertext() if part.strip()]


def _size(svg: str) -> tuple[float, float]:
    _x, _y, width, height = ET.fromstring(svg).attrib["viewBox"].split()
    return float(width), float(height)
