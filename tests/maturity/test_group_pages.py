"""The page where the leadership group is asked, and the pages where a member answers."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import roles
from core.models import OutgoingMail
from maturity import actions, links
from maturity.actions import groups
from maturity.models import IndividualAnswer, MeasurementRound, Respondent
from tests.factories.maturity import IndividualAnswerFactory, RespondentFactory
from tests.factories.municipality import SectorFactory


@pytest.fixture
def member(assessment) -> Respondent:
    return RespondentFactory(assessment=assessment, name="Kari Olstad", email="kari@gjovik.example")


@pytest.fixture
def link(member):
    return lambda *rest: "/".join(["/modenhet/svar", links.signed(member), *rest, ""])


@pytest.fixture
def group_url(assessment):
    start = f"/modenhet/egenvurdering/{assessment.sector.code}/ledergruppa"
    return lambda *rest: "/".join([start, *map(str, rest), ""])


# Asking


def test_lines_of_names_and_addresses_become_invitations(client, sector_leader, group_url):
    client.force_login(sector_leader)
    people = "Kari Olstad, kari@gjovik.example\n\nTor Sveen <tor@gjovik.example>;\n"

    response = client.post(group_url(), {"people": people}, follow=True)

    assert "To er invitert." in response.text
    invited = Respondent.objects.filter(user=None).order_by("pk")
    assert [(each.name, each.email) for each in invited] == [
        ("Kari Olstad", "kari@gjovik.example"),
        ("Tor Sveen", "tor@gjovik.example"),
    ]


def test_an_account_of_the_sector_is_chosen(client, assessment, sector_leader, person, group_url):
    colleague = person(roles.EMPLOYEE, name="Anne Bakken", sector=assessment.sector)
    client.force_login(sector_leader)
    assert "Anne Bakken" in client.get(group_url()).text

    client.post(group_url(), {"accounts": [colleague.pk]})

    assert Respondent.objects.filter(user=colleague, email=colleague.email).exists()


def test_an_account_elsewhere_cannot_be_chosen(client, sector_leader, person, group_url):
    stranger = person(roles.EMPLOYEE, sector=SectorFactory())
    client.force_login(sector_leader)

    response = client.post(group_url(), {"accounts": [stranger.pk]})

    assert "finnes ikke lenger" in response.text
    assert not Respondent.objects.exists()


@pytest.mark.parametrize("line", ["Kari Olstad", "kari@gjovik.example", "Kari, kari@", "K" * 130])
def test_a_line_without_name_or_address_is_named_and_kept(client, sector_leader, group_url, line):
    client.force_login(sector_leader)
    people = f"Tor Sveen, tor@gjovik.example\n{line}"

    response = client.post(group_url(), {"people": people})

    assert f"linja «{line}»" in response.text
    assert "tor@gjovik.example" in response.text
    assert not Respondent.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_nobody_chosen_is_explained(client, sector_leader, group_url):
    client.force_login(sector_leader)

    assert "skriv navn og e-post til minst én" in client.post(group_url(), {"people": ""}).text


def test_the_list_tells_how_far_and_never_what(client, member, sector_leader, group_url):
    IndividualAnswerFactory(
        respondent=member,
        area=member.assessment.instrument.areas.first(),
        level=5,
        reason="Hemmelig",
    )
    client.force_login(sector_leader)

    text = " ".join(client.get(group_url()).text.split())

    assert "Kari Olstad" in text
    assert "1 av 2" in text
    assert "Hemmelig" not in text
    assert "Nivå 5" not in text
    assert "180 dager" in text


def test_a_new_link_and_a_removal_are_told(client, member, sector_leader, group_url):
    old = links.signed(member)
    client.force_login(sector_leader)

    renewed = client.post(group_url(member.pk, "ny-lenke"), follow=True)
    assert "Den gamle virker ikke lenger." in renewed.text
    assert links.read(old) is None

    removed = client.post(group_url(member.pk, "fjern"), follow=True)
    assert "Kari Olstad er ikke lenger invitert." in removed.text


def test_reminding_says_when_there_is_nobody_to_remind(client, member, sector_leader, group_url):
    client.force_login(sector_leader)

    assert "på vei til 1" in client.post(group_url("minn"), follow=True).text
    assert "Ingen å minne" in client.post(group_url("minn"), follow=True).text


def test_another_sectors_member_is_not_found(client, sector_leader, assessment, group_url):
    other = RespondentFactory(assessment__sector=SectorFactory())
    client.force_login(sector_leader)

    assert client.post(group_url(other.pk, "fjern")).status_code == 404


def test_the_list_asks_as_often_for_one_as_for_ten(client, member, sector_leader, group_url):
    client.force_login(sector_leader)

    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(group_url())
        return len(asked)

    ask()
    one = ask()
    RespondentFactory.create_batch(9, assessment=member.assessment)

    assert ask() == one


# Answering by link


def test_the_link_goes_straight_to_the_first_unanswered(client, member, link):
    assert client.get(link()).url == link("innovasjon")

    first = groups.open_answers(member)[0]
    IndividualAnswer.objects.filter(pk=first.pk).update(level=3)

    assert client.get(link()).url == link("teknologi")


def test_a_member_answers_all_without_log_in(client, member, link):
    page = client.get(link("innovasjon"))
    assert "Område 1 av 2" in " ".join(page.text.split())
    assert page.headers["X-Robots-Tag"] == "noindex"

    to_second = client.post(link("innovasjon"), {"level": "2", "reason": "Nei.", "version": "0"})
    to_thanks = client.post(link("teknologi"), {"level": "4", "version": "0"})

    assert (to_second.url, to_thanks.url) == (link("teknologi"), link("takk"))
    assert "Takk. Du har svart på alt." in client.get(link("takk")).text
    member.refresh_from_db()
    assert member.completed_at is not None
    levels = member.answers.order_by("area__order").values_list("level", "reason")
    assert list(levels) == [(2, "Nei."), (4, "")]


def test_going_on_without_a_level_is_no_level(client, member, link):
    client.get(link())

    client.post(link("innovasjon"), {"reason": "Vet ikke", "version": "0"})

    given = member.answers.get(area__code="innovasjon")
    assert (given.level, given.reason) == (None, "Vet ikke")
    assert "Ikke besvart" in client.get(link("takk")).text


def test_it_saves_itself(client, member, link):
    client.get(link())

    response = client.post(
        link("innovasjon"), {"level": "2", "version": "0"}, headers={"HX-Request": "true"}
    )

    assert "Lagret" in response.text
    assert 'value="1"' in response.text
    assert response.headers["HX-Trigger"] == '{"kept:saved": {}}'


def test_an_answer_changed_on_another_device_is_shown_beside(client, member, link):
    client.get(link())
    client.post(link("innovasjon"), {"level": "2", "reason": "Første", "version": "0"})

    response = client.post(link("innovasjon"), {"level": "2", "reason": "Andre", "version": "0"})

    assert "Slik står det lagret nå" in response.text
    assert "Første" in response.text
    assert "Andre" in response.text


def test_a_level_off_the_scale_is_explained(client, member, link):
    client.get(link())

    response = client.post(link("innovasjon"), {"level": "9", "version": "0"})

    assert "Nivået må være fra 1 til 5." in response.text


def test_a_void_link_says_what_to_do(client, member, link, sector_leader, today):
    old = link()
    groups.renew_link(member, by=sector_leader, on=today)

    response = client.get(old)

    assert response.status_code == 404
    assert "Lenken virker ikke lenger" in response.text
    assert "kan sektorlederen din sende deg en ny" in response.text
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_after_the_last_day_the_link_says_so(client, member, link, today):
    MeasurementRound.objects.update(
        opens_on=today - dt.timedelta(days=9), closes_on=today - dt.timedelta(days=1)
    )

    assert "Du kan ikke svare nå" in client.get(link()).text
    assert client.post(link("innovasjon"), {"level": "2", "version": "0"}).status_code == 409
    assert not IndividualAnswer.objects.given().exists()


def test_after_submission_the_link_says_so(client, answered, member, link, sector_leader, today):
    actions.submit(answered, by=sector_leader, on=today)

    assert "har levert" in client.get(link("innovasjon")).text


def test_a_link_shows_nothing_of_what_others_answered(client, member, link):
    for level in (3, 4, 5):
        IndividualAnswerFactory(
            respondent=RespondentFactory(assessment=member.assessment),
            area=member.assessment.instrument.areas.first(),
            level=level,
            reason="Hemmelig",
        )

    assert "Hemmelig" not in client.get(link("innovasjon")).text
    assert "Hemmelig" not in client.get(link("takk")).text


# Answering by account


def test_a_member_with_an_account_answers_logged_in(client, assessment, person):
    user = person(roles.EMPLOYEE)
    RespondentFactory(assessment=assessment, user=user)
    client.force_login(user)
    start = f"/modenhet/svar/{assessment.sector.code}/min/"

    assert client.get(start).url == f"{start}innovasjon/"
    client.post(f"{start}innovasjon/", {"level": "2", "version": "0"})

    given = IndividualAnswer.objects.given().get()
    assert (given.level, given.edited_by) == (2, user)


def test_who_is_not_asked_does_not_get_in(client, member, sector_leader):
    client.force_login(sector_leader)

    response = client.get(f"/modenhet/svar/{member.assessment.sector.code}/min/")

    assert response.status_code == 403
