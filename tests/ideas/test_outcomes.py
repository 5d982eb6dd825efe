import datetime as dt

import pytest
from django.utils import timezone

from core.errors import ActionRefused
from core.models import Event, OutgoingMail
from ideas import actions
from ideas.models import Idea, IdeaContact, IdeaStatus
from municipality.actions import start_cycle
from tests.factories.ideas import IdeaFactory

NOW = dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC)
TODAY = timezone.localdate(NOW)


def _line(idea: Idea, by, person=None) -> None:
    actions.give_to_line(
        idea, unit="Servicetorget", person=person, reason="Lite nok.", by=by, at=NOW
    )


def _park(idea: Idea, by, until=TODAY + dt.timedelta(days=30)) -> None:
    actions.park(idea, until=until, reason="Vi venter på fylket.", by=by, at=NOW)


def _decline(idea: Idea, by) -> None:
    actions.decline(idea, reason="Det finnes.", by=by, at=NOW)


def _take_in(idea: Idea, by) -> None:
    actions.take_into_project(idea, reason="Prosjektet gjør det.", by=by, at=NOW)


OUTCOMES = [
    (_line, IdeaStatus.LINE, "Servicetorget"),
    (_park, IdeaStatus.PARKED, "3. juni 2026"),
    (_decline, IdeaStatus.DECLINED, "Vi går ikke videre"),
    (_take_in, IdeaStatus.IN_PROJECT, "prosjekt"),
]


@pytest.mark.parametrize("before", [IdeaStatus.RECEIVED, IdeaStatus.RETURNED])
@pytest.mark.parametrize(("give", "status", "words"), OUTCOMES)
def test_an_outcome_is_told_with_its_reason_and_written_down(
    cycle, team_member, before, give, status, words
):
    idea = IdeaFactory(status=before)
    IdeaContact.objects.create(idea=idea, email="a@b.example", delete_on=dt.date(2030, 1, 1))

    give(idea, team_member)

    idea.refresh_from_db()
    change, mail = idea.changes.get(), OutgoingMail.objects.get()
    assert (idea.status, change.status, change.by) == (status, status, team_member)
    assert change.reason in mail.body
    assert words in mail.body
    assert Event.objects.about(idea).filter(verb="idea status").count() == 1


@pytest.mark.parametrize(("give", "status", "words"), OUTCOMES)
def test_an_outcome_twice_is_refused_and_told_once(cycle, team_member, give, status, words):
    idea = IdeaFactory()
    stale = Idea.objects.get(pk=idea.pk)
    give(idea, team_member)

    with pytest.raises(ActionRefused):
        give(stale, team_member)

    assert idea.changes.count() == 1


@pytest.mark.parametrize(("give", "status", "words"), OUTCOMES)
def test_reopen_brings_the_idea_back_and_leaves_nothing_of_the_outcome(
    cycle, team_member, give, status, words
):
    idea = IdeaFactory()
    give(idea, team_member)

    actions.reopen(idea, reason="Vi tok feil.", by=team_member, at=NOW)

    idea.refresh_from_db()
    assert idea.status == IdeaStatus.RECEIVED
    assert (idea.line_unit, idea.line_person, idea.parked_to) == ("", None, None)
    assert [change.reason for change in idea.changes.all()][-1] == "Vi tok feil."


@pytest.mark.parametrize(
    "status", [IdeaStatus.RECEIVED, IdeaStatus.FORWARDED, IdeaStatus.MERGED, IdeaStatus.REJECTED]
)
def test_reopen_of_what_is_not_the_teams_own_outcome_is_refused(cycle, team_member, status):
    with pytest.raises(ActionRefused, match="kan angres her"):
        actions.reopen(IdeaFactory(status=status), reason="Vi tok feil.", by=team_member, at=NOW)


def test_line_tells_the_person_who_gets_it(cycle, team_member, person):
    worker = person(email="drift@gjovik.example")

    _line(IdeaFactory(title="Nytt skilt"), team_member, worker)

    mail = OutgoingMail.objects.get()
    assert (mail.to, "Nytt skilt" in mail.body) == ("drift@gjovik.example", True)


def test_park_until_a_day_that_is_past_is_refused(cycle, team_member):
    with pytest.raises(ActionRefused, match="fram i tid"):
        _park(IdeaFactory(), team_member, until=TODAY)

    assert Idea.objects.get().status == IdeaStatus.RECEIVED


def test_return_parked_brings_back_what_is_due_with_a_new_promise(cycle, team_member):
    due, later = IdeaFactory(), IdeaFactory()
    _park(due, team_member, until=TODAY + dt.timedelta(days=5))
    _park(later, team_member, until=TODAY + dt.timedelta(days=6))
    day = TODAY + dt.timedelta(days=5)

    assert actions.return_parked(on=day, at=NOW) == 1
    assert actions.return_parked(on=day, at=NOW) == 0

    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.status, later.status) == (IdeaStatus.RECEIVED, IdeaStatus.PARKED)
    assert due.answer_due_on == day + dt.timedelta(days=21)
    assert due.is_back_from_parking


def test_a_year_with_ideas_without_outcome_cannot_be_closed(cycle, team_member):
    IdeaFactory(cycle=cycle)
    IdeaFactory(cycle=cycle, status=IdeaStatus.FORWARDED)
    IdeaFactory(cycle=cycle, status=IdeaStatus.REJECTED)

    with pytest.raises(ActionRefused, match="2 ideer .* 1 i innboksen og 1 til vurdering"):
        start_cycle(cycle.year + 1, by=team_member)

    cycle.refresh_from_db()
    assert cycle.is_current


def test_a_year_in_which_every_idea_has_its_outcome_can_be_closed(cycle, team_member):
    for status in (IdeaStatus.REJECTED, IdeaStatus.MERGED, IdeaStatus.WITHDRAWN):
        IdeaFactory(cycle=cycle, status=status)

    assert actions.ideas_without_outcome(cycle) is None
    with pytest.raises(ActionRefused, match=f"Året {cycle.year} er ikke lukket"):
        start_cycle(cycle.year + 1, by=team_member)


def test_the_page_that_starts_a_year_says_what_is_missing_and_where(client, cycle, team_member):
    IdeaFactory(cycle=cycle)
    client.force_login(team_member)

    page = client.get("/arshjul/nytt/").content.decode()

    assert f"1 idé fra {cycle.year} har ikke fått et utfall" in page
    assert f'href="/ideer/uten-utfall/?ar={cycle.year}"' in page
    assert 'name="budget_deadline"' not in page


NATIONAL_ID = "01019000083"


def test_publish_refuses_a_national_identity_number_whoever_has_read_it(cycle, team_member):
    idea = IdeaFactory(problem=f"Jeg er {NATIONAL_ID} og venter på svar.")

    with pytest.raises(ActionRefused, match="fødselsnummer"):
        actions.publish(idea, by=team_member, at=NOW, has_read=True)

    assert not Idea.objects.get().is_published


def test_publish_of_a_phone_number_wants_somebody_who_has_read_it(cycle, team_member):
    idea = IdeaFactory(problem="Ring meg på 98 76 54 32 om svaret.")

    with pytest.raises(ActionRefused, match="telefonnummer"):
        actions.publish(idea, by=team_member, at=NOW)
    actions.publish(idea, by=team_member, at=NOW, has_read=True)

    assert Idea.objects.get().is_published


def test_take_out_personal_data_leaves_the_rest_and_no_trace(cycle, team_member):
    idea = IdeaFactory(problem="Ring meg på 98 76 54 32 om svaret.")

    actions.take_out_personal_data(idea, by=team_member)

    idea.refresh_from_db()
    assert idea.problem == "Ring meg på om svaret."
    assert "98" not in str(list(Event.objects.values_list("data", flat=True)))


@pytest.mark.parametrize("status", [IdeaStatus.FORWARDED, IdeaStatus.APPROVED])
def test_hold_back_of_what_others_are_working_with_is_refused(cycle, team_member, status):
    idea = IdeaFactory(status=status, published_at=NOW)

    with pytest.raises(ActionRefused, match="må kunne leses"):
        actions.hold_back(idea, by=team_member)


def test_bulk_does_what_it_can_and_says_what_it_could_not(cycle, team_member):
    first, second, taken = IdeaFactory(), IdeaFactory(), IdeaFactory(status=IdeaStatus.APPROVED)

    done = actions.do_with_each([first, taken, second], lambda idea: _decline(idea, team_member))

    assert done.with_ideas == [first, second]
    assert [idea for idea, _reason in done.refused] == [taken]
    assert "Godkjent" in done.refused[0][1]
    assert Idea.objects.filter(status=IdeaStatus.DECLINED).count() == 2
    assert not taken.changes.exists()


def test_rehearse_says_the_same_and_keeps_nothing(cycle, team_member):
    first, taken = IdeaFactory(), IdeaFactory(status=IdeaStatus.APPROVED)
    IdeaContact.objects.create(idea=first, email="a@b.example", delete_on=dt.date(2030, 1, 1))

    done = actions.rehearse([first, taken], lambda idea: _decline(idea, team_member))

    assert (done.with_ideas, [idea for idea, _reason in done.refused]) == ([first], [taken])
    assert Idea.objects.get(pk=first.pk).status == IdeaStatus.RECEIVED
    assert not OutgoingMail.objects.exists()
