import math

import pytest

from core.charts import CATEGORY, SHAPES, chart_svg
from prioritization.charts import NO_SECTOR, PHONE, SCREEN, Axis, Spot, apart, matrix_chart

X = Axis("Gjennomføring", ("krevende", "gjennomførbart"))
Y = Axis("Gevinst", ("Liten gevinst", "Stor gevinst"))
SECTORS = ["Oppvekst", "NAV", "Helse og omsorg"]


def spot(place, x, y, *, sector="NAV", cost=100_000.0):
    return Spot(place, f"Idé {place}", sector, x, y, cost, "100 000 kr")


@pytest.mark.parametrize("room", [SCREEN, PHONE])
def test_marks_that_would_cover_each_other_are_moved_the_same_way_every_time(room):
    points = [(50.0, 50.0)] * 12 + [(52.0, 50.0)]

    placed = apart(points, room)

    assert placed[0] == points[0]
    assert placed == apart(points, room)
    for one in range(len(placed)):
        for other in range(one):
            across = (placed[one][0] - placed[other][0]) / room.across
            up = (placed[one][1] - placed[other][1]) / room.up
            assert math.hypot(across, up) >= 0.98


def test_marks_with_room_stay_where_they_are():
    points = [(10.0, 20.0), (80.0, 90.0)]

    assert apart(points, SCREEN) == points


def test_a_sector_has_the_same_look_whoever_else_is_shown():
    def look(spec, sector):
        encoding = next(
            layer["encoding"] for layer in spec["layer"] if "color" in layer["encoding"]
        )
        place = encoding["color"]["scale"]["domain"].index(sector)
        return tuple(encoding[kind]["scale"]["range"][place] for kind in ("color", "shape"))

    alone = matrix_chart([spot(1, 50, 50)], x=X, y=Y, sectors=SECTORS)
    both = matrix_chart(
        [spot(1, 50, 50), spot(2, 90, 90, sector="Oppvekst")], x=X, y=Y, sectors=SECTORS
    )

    assert look(alone, "NAV") == look(both, "NAV") == (CATEGORY[1], SHAPES[1])


def test_more_sectors_than_colours_are_still_told_apart():
    names = [f"Sektor {number}" for number in range(12)]
    spots = [spot(number, number * 8, 50, sector=name) for number, name in enumerate(names)]

    spec = matrix_chart(spots, x=X, y=Y, sectors=names)

    marks = next(layer["encoding"] for layer in spec["layer"] if "color" in layer["encoding"])
    looks = list(
        zip(marks["color"]["scale"]["range"], marks["shape"]["scale"]["range"], strict=True)
    )
    assert len(set(looks)) == len(names)


@pytest.mark.parametrize("on_paper", [False, True])
def test_it_is_drawn_with_places_and_words_in_the_corners(on_paper):
    spots = [spot(1, 80, 90), spot(2, 20, 30, sector="", cost=None)]
    spec = matrix_chart(spots, x=X, y=Y, sectors=SECTORS, on_paper=on_paper)

    svg = chart_svg(spec, name="matrise", title="Tittel", description="Beskrivelse")

    assert "Stor gevinst, krevende" in svg
    assert "Gjennomføring (0–100)" in svg
    assert NO_SECTOR in svg
