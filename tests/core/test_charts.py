import datetime as dt
import xml.etree.ElementTree as ET

import pytest

from benefits.charts import Point, benefit_chart
from core import actions, charts
from core.models import Chart
from maturity.charts import AreaProfile, profile_chart

WORDS = {"title": "Teknologi er sterkest", "description": "Fem områder, fra 2,4 til 3,4."}


def drawing(
    spec: charts.Spec,
    name: str = "one",
    *,
    width: int = charts.WIDE,
    theme: charts.Theme = "screen",
) -> str:
    return charts.chart_svg(
        spec,
        name=name,
        title=WORDS["title"],
        description=WORDS["description"],
        width=width,
        theme=theme,
    )


@pytest.fixture(scope="module")
def profile() -> charts.Spec:
    return profile_chart(
        [
            AreaProfile("Kapasitet og evner", mean=2.4, lowest=2, highest=3, last_year=2.2),
            AreaProfile("Teknologi", mean=3.4, lowest=3, highest=4),
        ]
    )


@pytest.fixture(scope="module")
def benefit() -> charts.Spec:
    return benefit_chart(
        unit="Minutter per vakt",
        baseline=Point(dt.date(2025, 1, 15), 38),
        target=Point(dt.date(2027, 1, 15), 10),
        measurements=[
            Point(dt.date(2026, 1, 15), 22, "estimated"),
            Point(dt.date(2025, 5, 15), 36.5),
        ],
    )


def texts_of(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{charts.SVG}text")]


def ids_of(svg: str) -> set[str]:
    return {element.attrib["id"] for element in ET.fromstring(svg).iter() if "id" in element.attrib}


def test_drawing_has_its_texts_in_norwegian(profile):
    texts = texts_of(drawing(profile))

    assert {"Kapasitet og evner", "2,4", "3,4", "3 Under omstilling", "I fjor"} <= set(texts)


def test_drawing_of_benefit_names_months_values_and_target(benefit):
    texts = texts_of(drawing(benefit))

    assert {"Minutter per vakt", "jan 2025", "mai 2025", "36,5", "Mål 10", "Anslått"} <= set(texts)


def test_drawing_carries_its_text_alternative(profile):
    root = ET.fromstring(drawing(profile, "Modenhet 2026"))

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "modenhet-2026-title modenhet-2026-desc"
    assert root.findtext(f"{charts.SVG}title") == WORDS["title"]
    assert root.findtext(f"{charts.SVG}desc") == WORDS["description"]


@pytest.mark.parametrize("theme", ["screen", "pdf"])
def test_drawing_has_no_style_attribute_and_no_script(profile, benefit, theme):
    for spec in (profile, benefit):
        root = ET.fromstring(drawing(spec, theme=theme))

        assert not [element for element in root.iter() if "style" in element.attrib]
        assert not list(root.iter(f"{charts.SVG}script"))


def test_screen_takes_its_colours_from_the_theme_and_paper_has_its_own(profile, benefit):
    for spec in (profile, benefit):
        assert "#" not in drawing(spec)
        assert "var(--" not in drawing(spec, theme="pdf")


def test_two_charts_on_a_page_share_no_id(profile):
    one = drawing(profile, "maturity:2026")
    other = drawing(profile, "maturity:2027")

    assert not ids_of(one) & ids_of(other)


def test_narrow_drawing_is_as_wide_as_asked(profile):
    root = ET.fromstring(drawing(profile, width=charts.NARROW))

    assert float(root.attrib["width"]) <= charts.NARROW + 2 * charts.CONFIG["padding"]


def test_areas_keep_the_order_they_are_given_in(profile):
    texts = texts_of(drawing(profile))

    assert texts.index("Kapasitet og evner") < texts.index("Teknologi")


def test_benefit_near_zero_starts_there_and_one_far_from_it_does_not():
    def domain(baseline: float, target: float) -> list[float]:
        spec = benefit_chart(
            unit="",
            baseline=Point(dt.date(2026, 1, 1), baseline),
            target=Point(dt.date(2027, 1, 1), target),
        )
        return spec["encoding"]["y"]["scale"]["domain"]

    assert domain(38, 10) == [0, 42.2]
    assert domain(100, 80) == [77, 103]
    assert domain(5, 5) == [4.25, 5.75]


def test_requested_chart_is_drawn_by_the_worker(db, profile, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        chart = actions.request_chart("maturity:2026", spec=profile, **WORDS)
    assert not chart.is_drawn

    chart.refresh_from_db()

    assert chart.is_drawn
    assert chart.screen_svg.count("<svg") == 2
    assert "Inter PDF" in chart.pdf_svg


def test_same_request_again_draws_nothing(db, profile, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.request_chart("maturity:2026", spec=profile, **WORDS)

    with django_capture_on_commit_callbacks() as callbacks:
        actions.request_chart("maturity:2026", spec=profile, **WORDS)

    assert callbacks == []


def test_new_numbers_leave_the_chart_waiting_until_drawn(db, profile, benefit):
    chart = actions.request_chart("one", spec=profile, **WORDS)
    charts.draw(chart)

    chart = actions.request_chart("one", spec=benefit, **WORDS)

    assert list(Chart.objects.waiting()) == [chart]


def test_request_that_comes_while_drawing_is_not_lost(db, profile, benefit):
    being_drawn = actions.request_chart("one", spec=profile, **WORDS)
    newer = actions.request_chart("one", spec=benefit, **WORDS)

    charts.draw(being_drawn)

    assert list(Chart.objects.waiting()) == [newer]
