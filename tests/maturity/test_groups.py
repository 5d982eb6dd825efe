"""The leadership group: asked, reminded, answering alone, forgotten."""

import datetime as dt

import pytest

from core import roles
from core.errors import ActionRefused
from core.models import Event, OutgoingMail
from maturity import actions as rounds
from maturity import links
from maturity.actions import groups as actions
from maturity.actions.groups import Invitation
from maturity.models import IndividualAnswer, MeasurementRound, Reminder, Respondent
from tests.factories.maturity import RespondentFactory
from tests.factories.municipality import UserFactory

KARI = Invitation("Kari Olstad", "kari@gjovik.example")
TOR = Invitation("Tor Sveen", "tor@gjovik.example")


@pytest.fixture
def member(assessment) -> Respondent:
    return RespondentFactory(assessment=assessment, name="Kari Olstad", email=KARI.email)


def _answer_all(respondent, today, level=3):
    for given in actions.open_answers(respondent):
        given.respondent = respondent
        actions.answer_alone(given, level=level, reason="", by=None, on=today)


# Inviting


def test_whoever_invites_the_first_is_a_member_too(assessment, sector_leader, today):
    new = actions.invite(assessment, [KARI, TOR], by=sector_leader, on=today)

    assert [each.name for each in new] == ["Kari Olstad", "Tor Sveen"]
    members = assessment.respondents.order_by("pk")
    assert [each.user for each in members] == [sector_leader, None, None]
    assert [mail.to for mail in OutgoingMail.objects.order_by("pk")] == [KARI.email, TOR.email]
    assert Event.objects.filter(verb=actions.INVITED, data={"count": 2}).count() == 1


def test_the_second_time_does_not_bring_back_who_was_taken_out(assessment, sector_leader, today):
    actions.invite(assessment, [KARI], by=sector_leader, on=today)
    actions.remove(assessment.respondents.get(user=sector_leader), by=sector_leader, on=today)

    actions.invite(assessment, [TOR], by=sector_leader, on=today)

    assert not assessment.respondents.filter(user=sector_leader).exists()


def test_the_same_address_twice_is_one_invitation(assessment, sector_leader, today):
    shouted = Invitation("Kari", KARI.email.upper())
    actions.invite(assessment, [KARI, shouted], by=sector_leader, on=today)

    again = actions.invite(assessment, [shouted], by=sector_leader, on=today)

    assert again == []
    assert assessment.respondents.filter(email__iexact=KARI.email).count() == 1
    assert OutgoingMail.objects.count() == 1


def test_an_address_with_an_account_is_asked_by_account(assessment, sector_leader, today):
    user = UserFactory(name="Anne Bakken", email="anne@gjovik.example")
    invitation = Invitation("A. Bakken", "Anne@gjovik.example")

    (new,) = actions.invite(assessment, [invitation], by=sector_leader, on=today)

    assert (new.user, new.name) == (user, "Anne Bakken")
    mail = OutgoingMail.objects.get()
    assert f"/modenhet/svar/{assessment.sector.code}/min/" in mail.written_out
    assert "Ikke send den videre" not in mail.body


def test_nobody_is_asked_when_the_sector_has_submitted(answered, sector_leader, today):
    rounds.submit(answered, by=sector_leader, on=today)

    with pytest.raises(ActionRefused, match="er levert"):
        actions.invite(answered, [KARI], by=sector_leader, on=today)

    assert not answered.respondents.exists()


def test_nobody_is_asked_after_the_last_day(assessment, sector_leader, today):
    with pytest.raises(ActionRefused, match="er stengt"):
        actions.invite(assessment, [KARI], by=sector_leader, on=today + dt.timedelta(days=11))


# The personal link


def test_the_link_in_the_mail_is_the_members(assessment, sector_leader, today):
    (new,) = actions.invite(assessment, [KARI], by=sector_leader, on=today)

    mail = OutgoingMail.objects.get()
    assert links.signed(new) in mail.written_out
    assert links.read(links.signed(new)) == new


def test_a_new_link_makes_the_old_one_void(member, sector_leader, today):
    old = links.signed(member)

    renewed = actions.renew_link(member, by=sector_leader, on=today)

    assert links.read(old) is None
    assert links.read(links.signed(renewed)) == member
    assert links.signed(renewed) in OutgoingMail.objects.get().written_out


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "W10:abc"])
def test_a_link_that_is_cut_or_made_up_is_nobodys(member, spoil):
    assert links.read(spoil(links.signed(member))) is None


def test_who_has_an_account_gets_no_link(assessment, sector_leader, today):
    member = RespondentFactory(assessment=assessment, user=sector_leader)

    with pytest.raises(ActionRefused, match="med kontoen sin"):
        actions.renew_link(member, by=sector_leader, on=today)


# Taking back, reminding


def test_an_invitation_is_taken_back(member, sector_leader, today):
    actions.open_answers(member)

    actions.remove(member, by=sector_leader, on=today)

    assert not Respondent.objects.exists()
    assert not IndividualAnswer.objects.exists()


def test_who_has_answered_is_not_removed(member, sector_leader, today):
    given = actions.open_answers(member)[0]
    actions.answer_alone(given, level=2, reason="", by=None, on=today)

    with pytest.raises(ActionRefused, match="Kari Olstad har svart. Svaret blir stående."):
        actions.remove(member, by=sector_leader, on=today)

    assert IndividualAnswer.objects.given().count() == 1


def test_only_those_who_have_not_answered_are_reminded_once_a_day(
    assessment, member, sector_leader, today
):
    done = RespondentFactory(assessment=assessment)
    _answer_all(done, today)

    first = actions.remind_group(assessment, by=sector_leader, on=today)
    second = actions.remind_group(assessment, by=sector_leader, on=today)
    tomorrow = actions.remind_group(assessment, by=sector_leader, on=today + dt.timedelta(days=1))

    assert (first, second, tomorrow) == ([member], [], [member])
    assert [mail.to for mail in OutgoingMail.objects.all()] == [member.email] * 2
    assert Reminder.objects.count() == 2


# Answering alone


def test_an_answer_in_each_area_is_made_at_the_first_visit(member):
    first = actions.open_answers(member)
    second = actions.open_answers(member)

    assert [each.area.name for each in first] == ["Innovasjon", "Teknologi"]
    assert first == second
    assert [each.level for each in first] == [None, None]
    member.refresh_from_db()
    assert member.opened_at is not None


def test_a_member_is_done_when_every_area_has_a_level(member, today):
    first, second = actions.open_answers(member)

    actions.answer_alone(first, level=2, reason="Vi prøver.", by=None, on=today)
    member.refresh_from_db()
    assert member.completed_at is None

    actions.answer_alone(second, level=1, reason="", by=None, on=today)
    member.refresh_from_db()
    assert member.completed_at is not None


def test_the_same_once_more_is_no_new_version(member, today):
    given = actions.open_answers(member)[0]
    actions.answer_alone(given, level=2, reason="Vi prøver.", by=None, on=today)

    saved = actions.answer_alone(given, level=2, reason="Vi prøver.", by=None, on=today)

    assert saved.version == 1


def test_nothing_is_changed_after_the_sector_has_submitted(answered, sector_leader, today):
    member = RespondentFactory(assessment=answered)
    given = actions.open_answers(member)[0]
    rounds.submit(answered, by=sector_leader, on=today)

    with pytest.raises(ActionRefused, match="er levert"):
        actions.answer_alone(given, level=5, reason="", by=None, on=today)

    given.refresh_from_db()
    assert given.level is None


# Forgetting


@pytest.mark.parametrize(("days", "forgotten"), [(179, 0), (180, 1), (400, 1)])
def test_names_are_forgotten_when_their_time_is_up(assessment, member, today, days, forgotten):
    closes_on = MeasurementRound.objects.get().closes_on

    count = actions.forget_respondents(on=closes_on + dt.timedelta(days=days))

    assert count == forgotten
    member.refresh_from_db()
    assert (member.name == "", member.email == "") == (forgotten == 1,) * 2


def test_more_time_keeps_the_names_longer(assessment, member, today):
    closes_on = MeasurementRound.objects.get().closes_on
    assessment.extended_to = closes_on + dt.timedelta(days=30)
    assessment.save()

    assert actions.forget_respondents(on=closes_on + dt.timedelta(days=200)) == 0
    assert actions.forget_respondents(on=closes_on + dt.timedelta(days=210)) == 1


def test_forgetting_keeps_the_levels_and_nothing_that_tells_whose(assessment, person, today):
    user = person(roles.EMPLOYEE)
    member = RespondentFactory(assessment=assessment, user=user)
    given = actions.open_answers(member)[0]
    actions.answer_alone(given, level=4, reason="", by=user, on=today)
    old = links.signed(member)

    actions.forget_respondents(on=today + dt.timedelta(days=400))

    member.refresh_from_db()
    given.refresh_from_db()
    assert (member.user, given.edited_by, given.level) == (None, None, 4)
    assert links.read(old) is None
    assert actions.forget_respondents(on=today + dt.timedelta(days=400)) == 0
