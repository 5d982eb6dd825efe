"""What the group answered is shown when three have answered, to those who have answered."""

import pytest

from core import roles
from maturity import consensus
from tests.factories.maturity import IndividualAnswerFactory, RespondentFactory
from tests.factories.municipality import SectorFactory


@pytest.fixture
def area(assessment):
    return assessment.instrument.areas.get(code="innovasjon")


@pytest.fixture
def own(assessment, area, sector_leader):
    """The leader is a member, and has answered."""
    respondent = RespondentFactory(assessment=assessment, user=sector_leader, name="Ingrid Haugen")
    return IndividualAnswerFactory(respondent=respondent, area=area, level=3, reason="Vi prøver.")


@pytest.fixture
def answer_alone(assessment, area):
    def make(*levels, reason=""):
        for level in levels:
            respondent = RespondentFactory(assessment=assessment)
            IndividualAnswerFactory(respondent=respondent, area=area, level=level, reason=reason)

    return make


def _url(assessment, *rest):
    return "/".join(["/modenhet/egenvurdering", assessment.sector.code, "konsensus", *rest, ""])


# The rule


def test_it_is_shown_when_three_have_answered_and_the_viewer_is_one(
    assessment, area, sector_leader, own, answer_alone
):
    answer_alone(2, 4)

    found = consensus.of_area(assessment, area, viewer=sector_leader)

    assert found.is_shown
    assert (found.count, found.asked, found.own) == (3, 3, own)
    assert (found.spread.lowest, found.spread.highest, found.all_agree) == (2, 4, False)
    by_level = [(each.level.level, len(each.answers)) for each in found.columns()]
    assert by_level == [(1, 0), (2, 1), (3, 1), (4, 1), (5, 0)]


def test_two_answers_are_never_shown(assessment, area, sector_leader, own, answer_alone):
    answer_alone(2, None)

    found = consensus.of_area(assessment, area, viewer=sector_leader)

    assert (found.is_shown, found.count, found.lacking, found.asked) == (False, 2, 1, 3)


def test_who_has_not_answered_is_not_led(assessment, area, sector_leader, answer_alone):
    RespondentFactory(assessment=assessment, user=sector_leader)
    answer_alone(2, 3, 4, 5)

    found = consensus.of_area(assessment, area, viewer=sector_leader)

    assert (found.is_shown, found.has_enough, found.is_member) == (False, True, True)


def test_an_answer_in_another_area_does_not_count(
    assessment, area, sector_leader, own, answer_alone
):
    answer_alone(2, 4)
    other = assessment.instrument.areas.get(code="teknologi")

    found = consensus.of_area(assessment, other, viewer=sector_leader)

    assert (found.count, found.is_shown) == (0, False)


# The page


def test_the_page_says_how_far_they_are_from_each_other(
    client, assessment, sector_leader, own, answer_alone
):
    answer_alone(2, 4, reason="Én ildsjel")
    client.force_login(sector_leader)

    text = client.get(_url(assessment, "innovasjon")).text

    assert "Dere er uenige: svarene går fra 2 til 4." in text
    assert "«Én ildsjel»" in text
    assert "Ingrid Haugen" in text
    assert "Lagre og gå til Teknologi" in text


def test_the_page_says_that_they_agree(client, assessment, sector_leader, own, answer_alone):
    answer_alone(3, 3)
    client.force_login(sector_leader)

    assert "Dere er enige: alle svarer 3." in client.get(_url(assessment, "innovasjon")).text


@pytest.mark.parametrize("rest", [("innovasjon",), ("innovasjon", "storskjerm")])
def test_nothing_of_two_answers_is_on_the_page(
    client, assessment, sector_leader, own, answer_alone, rest
):
    answer_alone(5, reason="Hemmelig")
    client.force_login(sector_leader)

    text = client.get(_url(assessment, *rest), follow=True).text

    assert "Hemmelig" not in text
    assert "svarer 5" not in text
    assert "2 av 2 har svart på dette" in text
    assert "Svarene vises når tre har svart. Det mangler" in text


def test_nothing_is_on_the_page_before_the_own_answer(
    client, assessment, sector_leader, answer_alone
):
    RespondentFactory(assessment=assessment, user=sector_leader)
    answer_alone(5, 4, 3, reason="Hemmelig")
    client.force_login(sector_leader)

    text = client.get(_url(assessment, "innovasjon")).text
    on_the_own_page = client.get(f"/modenhet/egenvurdering/{assessment.sector.code}/innovasjon/")

    assert "Hemmelig" not in text
    assert "Du ser dem når du har svart selv." in text
    assert "3 av 4 i ledergruppa har svart" in " ".join(on_the_own_page.text.split())
    assert "Svarene viser" not in on_the_own_page.text


def test_the_big_screen_has_no_names(client, assessment, sector_leader, own, answer_alone):
    answer_alone(2, 4)
    client.force_login(sector_leader)

    text = client.get(_url(assessment, "innovasjon", "storskjerm")).text

    main = text[text.index("<main") : text.index("</main")]
    assert "Dere er uenige" in main
    assert "Ingrid" not in main
    assert "IH" not in main


def test_what_they_agree_on_is_the_sectors_answer(client, assessment, sector_leader, own):
    client.force_login(sector_leader)

    response = client.post(
        _url(assessment, "innovasjon"),
        {"level": "3", "reason": "Vi ble enige.", "target": "4", "version": "0"},
    )

    assert response.url == _url(assessment, "teknologi")
    agreed = assessment.answers.get(area__code="innovasjon")
    assert (agreed.level, agreed.reason, agreed.target) == (3, "Vi ble enige.", 4)


def test_agreeing_leaves_the_ticks_alone(client, assessment, sector_leader, ticks):
    agreed = assessment.answers.get(area__code="innovasjon")
    agreed.ticks.set(ticks[:2])
    client.force_login(sector_leader)

    client.post(_url(assessment, "innovasjon"), {"level": "3", "reason": "Ja", "version": "0"})

    assert list(agreed.ticks.order_by("pk")) == ticks[:2]


def test_the_last_area_goes_to_the_summary(client, assessment, sector_leader):
    client.force_login(sector_leader)

    response = client.post(_url(assessment, "teknologi"), {"level": "3", "version": "0"})

    assert response.url == f"/modenhet/egenvurdering/{assessment.sector.code}/"


def test_a_member_who_has_answered_reads_but_does_not_write(
    client, assessment, area, person, answer_alone
):
    user = person(roles.EMPLOYEE)
    respondent = RespondentFactory(assessment=assessment, user=user)
    IndividualAnswerFactory(respondent=respondent, area=area, level=2)
    answer_alone(2, 4)
    client.force_login(user)

    response = client.get(_url(assessment, "innovasjon"))
    refused = client.post(_url(assessment, "innovasjon"), {"level": "5", "version": "0"})

    assert "Dere er uenige" in response.text
    assert "Felles nivå" not in response.text
    assert refused.status_code == 403
    assert assessment.answers.get(area=area).level is None


def test_the_team_and_other_sectors_do_not_see_it(client, assessment, team_member, person):
    for user in (team_member, person(roles.SECTOR_LEADER, sector=SectorFactory())):
        client.force_login(user)
        assert client.get(_url(assessment, "innovasjon")).status_code == 403


def test_it_begins_where_they_have_not_agreed(client, assessment, sector_leader):
    assessment.answers.filter(area__code="innovasjon").update(level=3, reason="Ja.")
    client.force_login(sector_leader)

    assert client.get(_url(assessment)).url == _url(assessment, "teknologi")


def test_it_asks_as_often_for_three_answers_as_for_ten(
    client, assessment, sector_leader, own, answer_alone, django_assert_num_queries
):
    client.force_login(sector_leader)
    answer_alone(2, 4)
    client.get(_url(assessment, "innovasjon"))
    with django_assert_num_queries(22):
        client.get(_url(assessment, "innovasjon"))

    answer_alone(*range(1, 6), 1, 2)

    with django_assert_num_queries(22):
        client.get(_url(assessment, "innovasjon"))
