import datetime as dt

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from core.icons import ICONS, STATUS_LOOKS


def rendered(source: str, **context) -> str:
    return Template(source).render(Context(context)).strip()


def test_filters_need_no_load():
    source = "{{ score|number:1 }} {{ part|share }} {{ on|day_with_year }} {{ 2|things }}"

    assert rendered(source, score=92.5, part=0.82, on=dt.date(2026, 9, 22)) == (
        "92,5 82\u00a0% 22. september 2026 to ting"
    )


def test_until_joins_two_days(time_machine):
    time_machine.move_to(dt.datetime(2026, 5, 8, 12, tzinfo=dt.UTC))

    assert (
        rendered("{{ first|until:last }}", first=dt.date(2026, 4, 7), last=dt.date(2026, 5, 31))
        == "7. april–31. mai"
    )


@pytest.mark.parametrize("name", sorted(ICONS))
def test_icons_beside_words_are_silent(name):
    assert 'aria-hidden="true"' in rendered(f'{{% load components %}}{{% icon "{name}" %}}')


def test_an_icon_that_stands_alone_says_what_it_is():
    html = rendered('{% load components %}{% icon "search" "Søk" %}')

    assert 'role="img" aria-label="Søk"' in html


@pytest.mark.parametrize("look", sorted(STATUS_LOOKS))
def test_status_is_colour_icon_and_words(look):
    source = "{% load components %}{% status_tag look words %}"

    html = rendered(source, look=look, words="Ord & tegn")

    assert f'data-color="{STATUS_LOOKS[look][0]}"' in html
    assert "<svg" in html
    assert "Ord &amp; tegn" in html


def menu_item(path: str, phases: set[str] | None = None) -> str:
    return rendered(
        '{% load components %}{% menu_item "privacy" "Personvern" "ideation" %}'
        '{% menu_item "search" "Søk" %}',
        request=RequestFactory().get(path),
        open_phase_kinds=phases,
    )


def test_menu_knows_the_page_we_are_on():
    assert '<a href="/sok/" aria-current="page">' in menu_item("/sok/")
    assert '<a href="/sok/" aria-current="true">' in menu_item("/sok/mer/")
    assert "aria-current" not in menu_item("/ideer/")


def test_menu_marks_the_open_phase():
    assert "nå" in menu_item("/ideer/", {"ideation"})
    assert "nå" not in menu_item("/ideer/", {"memo"})


@pytest.mark.parametrize(
    ("cookie", "scheme"), [(None, "auto"), ("dark", "dark"), ('"><script>', "auto")]
)
def test_color_scheme_is_one_of_three(cookie, scheme):
    request = RequestFactory().get("/")
    if cookie:
        request.COOKIES["color_scheme"] = cookie

    assert rendered("{% load components %}{% color_scheme %}", request=request) == scheme


@pytest.mark.django_db
def test_pagination_keeps_the_filters():
    request = RequestFactory().get("/ideer/", {"sektor": "nav", "page": "2"})

    html = Template('{% include "components/pagination.html" %}').render(
        RequestContext(request, {"page": Paginator(range(3), 1).page(2)})
    )

    assert "?sektor=nav&amp;page=1" in html
    assert "?sektor=nav&amp;page=3" in html
    assert "Side 2 av 3" in html
