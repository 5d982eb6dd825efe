import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from core.errors import ActionRefused
from core.models import Event, OutgoingMail
from ideas import actions
from ideas.models import Idea, IdeaContact, IdeaStatus, Submitter
from municipality.calendar import PhaseKind
from municipality.models import Phase
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import CycleFactory, GoalFactory, SectorFactory
from tests.factories.prioritization import (
    EntryFactory,
    MemoFactory,
    MemoItemFactory,
    ScoreFactory,
)


def _typed(**fields) -> Idea:
    return Idea(
        problem="Vi hører ingenting før i april. Det er lenge.",
        who_has_it="Foreldre",
        submitter=Submitter.CITIZEN,
        **fields,
    )


@pytest.fixture
def ready_idea(cycle) -> Idea:
    idea = IdeaFactory(cycle=cycle, summary="Svar med en gang.", sector=SectorFactory())
    idea.goals.add(GoalFactory())
    return idea


def test_submit_gives_code_title_promise_and_receipt(cycle, today):
    idea = actions.submit(_typed(), email="ola@innbygger.example", on=today)

    idea.refresh_from_db()
    assert idea.code == f"G{cycle.year % 100}-001"
    assert idea.title == "Vi hører ingenting før i april"
    assert idea.answer_due_on == today + dt.timedelta(days=21)
    assert [change.status for change in idea.changes.all()] == [IdeaStatus.RECEIVED]
    mail = OutgoingMail.objects.get()
    assert mail.to == "ola@innbygger.example"
    assert idea.code in mail.body
    assert str(idea.token) in mail.written_out
    assert str(idea.token) not in mail.body


def test_submit_without_address_sends_nothing(cycle, today):
    idea = actions.submit(_typed(), on=today)

    assert not OutgoingMail.objects.exists()
    assert not IdeaContact.objects.filter(idea=idea).exists()


def test_submit_tells_an_employee_at_their_own_address(cycle, today, person):
    actions.submit(_typed(), by=person(email="kari@gjovik.example"), on=today)

    assert OutgoingMail.objects.get().to == "kari@gjovik.example"


def test_submit_same_form_twice_is_one_idea(cycle, today):
    key = uuid.uuid4()

    first = actions.submit(_typed(submission_key=key), email="a@b.example", on=today)
    second = actions.submit(_typed(submission_key=key), email="a@b.example", on=today)

    assert second == first
    assert Idea.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_submit_is_refused_when_ideation_is_closed(cycle, today):
    Phase.objects.filter(kind=PhaseKind.IDEATION).update(closes_on=today - dt.timedelta(days=1))

    with pytest.raises(ActionRefused, match="Idémyldring er stengt"):
        actions.submit(_typed(), on=today)

    assert not Idea.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_submit_double_click_at_the_same_moment_is_one_idea(today):
    CycleFactory(open=True)
    key = uuid.uuid4()

    def send(_):
        try:
            return actions.submit(_typed(submission_key=key), on=today).code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        codes = set(pool.map(send, range(4)))

    assert len(codes) == 1
    assert Idea.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_submit_broker_down_keeps_idea_and_mail(today, broker_down):
    CycleFactory(open=True)

    actions.submit(_typed(), email="ola@innbygger.example", on=today)

    assert Idea.objects.count() == 1
    assert OutgoingMail.objects.waiting().count() == 1


def test_forward_publishes_and_tells_the_sender(ready_idea, team_member):
    IdeaContact.objects.create(
        idea=ready_idea, email="ola@innbygger.example", delete_on=dt.date(2030, 1, 1)
    )

    actions.forward(ready_idea, reason="Mange spør.", by=team_member, at=timezone.now())

    ready_idea.refresh_from_db()
    assert ready_idea.status == IdeaStatus.FORWARDED
    assert ready_idea.is_published
    assert ready_idea.changes.last().reason == "Mange spør."
    assert "Mange spør." in OutgoingMail.objects.get().body
    assert Event.objects.about(ready_idea).filter(verb="idea status").count() == 1


@pytest.mark.parametrize("missing", ["sector", "summary", "goals"])
def test_forward_is_refused_while_something_is_missing(ready_idea, team_member, missing):
    if missing == "goals":
        ready_idea.goals.clear()
    else:
        setattr(ready_idea, missing, None if missing == "sector" else "")
        ready_idea.save()

    with pytest.raises(ActionRefused, match="mangler"):
        actions.forward(ready_idea, reason="Mange spør.", by=team_member, at=timezone.now())

    ready_idea.refresh_from_db()
    assert ready_idea.status == IdeaStatus.RECEIVED
    assert not ready_idea.is_published


def test_forward_second_of_two_is_told(ready_idea, team_member):
    stale = Idea.objects.get(pk=ready_idea.pk)
    actions.forward(ready_idea, reason="Mange spør.", by=team_member, at=timezone.now())

    with pytest.raises(ActionRefused, match="rakk det før deg"):
        actions.forward(stale, reason="Jeg også.", by=team_member, at=timezone.now())

    assert ready_idea.changes.count() == 1


def test_take_back_removes_it_from_the_round(ready_idea, team_member):
    actions.forward(ready_idea, reason="Mange spør.", by=team_member, at=timezone.now())
    EntryFactory(idea=ready_idea, round__cycle=ready_idea.cycle)

    actions.take_back(ready_idea, reason="Feil sektor.", by=team_member, at=timezone.now())

    assert ready_idea.status == IdeaStatus.RECEIVED
    assert not ready_idea.entries.exists()


def test_take_back_is_refused_when_somebody_has_scored(ready_idea, team_member):
    actions.forward(ready_idea, reason="Mange spør.", by=team_member, at=timezone.now())
    entry = EntryFactory(idea=ready_idea, round__cycle=ready_idea.cycle)
    question = entry.round.criteria_set.criteria.first().questions.first()
    ScoreFactory(entry=entry, question=question, level=2)

    with pytest.raises(ActionRefused, match="satt poeng"):
        actions.take_back(ready_idea, reason="Feil sektor.", by=team_member, at=timezone.now())

    assert ready_idea.entries.count() == 1


def test_take_back_is_refused_when_the_idea_is_in_a_memo(ready_idea, team_member):
    actions.forward(ready_idea, reason="Mange spør.", by=team_member, at=timezone.now())
    entry = EntryFactory(idea=ready_idea, round__cycle=ready_idea.cycle)
    MemoItemFactory(memo=MemoFactory(round=entry.round), entry=entry)

    with pytest.raises(ActionRefused, match="notat"):
        actions.take_back(ready_idea, reason="Feil sektor.", by=team_member, at=timezone.now())

    assert ready_idea.entries.count() == 1


def test_decide_postponed_keeps_the_day(ready_idea, team_member):
    actions.forward(ready_idea, reason="Mange spør.", by=team_member, at=timezone.now())

    actions.decide(
        ready_idea,
        status=IdeaStatus.POSTPONED,
        reason="Vi venter på nabokommunene.",
        by=team_member,
        at=timezone.now(),
        postponed_until=dt.date(2028, 3, 1),
    )

    ready_idea.refresh_from_db()
    assert ready_idea.status_words == "Utsatt til 1. mars 2028"


def decided(idea, status, by):
    actions.forward(idea, reason="Mange spør.", by=by, at=timezone.now())
    actions.decide(idea, status=status, reason="For dyrt.", by=by, at=timezone.now())


def correct(idea, *, status, by, was=IdeaStatus.REJECTED):
    actions.correct_decision(
        idea,
        was=was,
        status=status,
        reason="Finnes hos fylket.",
        correction="Feil grunn.",
        by=by,
        at=timezone.now(),
    )


@pytest.mark.parametrize("status", [IdeaStatus.REJECTED, IdeaStatus.RETURNED])
def test_a_corrected_decision_is_one_more_step_with_its_reason(ready_idea, team_member, status):
    decided(ready_idea, IdeaStatus.REJECTED, team_member)

    correct(ready_idea, status=status, by=team_member)

    ready_idea.refresh_from_db()
    change = ready_idea.changes.last()
    assert ready_idea.status == status
    assert (change.status, change.reason) == (status, "Finnes hos fylket.")


def test_a_decision_about_an_idea_that_has_moved_on_is_not_corrected(ready_idea, team_member):
    decided(ready_idea, IdeaStatus.RETURNED, team_member)
    actions.forward(ready_idea, reason="Utredet.", by=team_member, at=timezone.now())

    with pytest.raises(ActionRefused, match="Til vurdering"):
        correct(ready_idea, was=IdeaStatus.RETURNED, status=IdeaStatus.REJECTED, by=team_member)


def test_forget_contacts_deletes_only_what_is_due(cycle):
    today = dt.date(2026, 5, 1)
    due, later = IdeaFactory(cycle=cycle), IdeaFactory(cycle=cycle)
    IdeaContact.objects.create(idea=due, email="a@b.example", delete_on=today)
    IdeaContact.objects.create(
        idea=later, email="c@d.example", delete_on=today + dt.timedelta(days=1)
    )

    assert actions.forget_contacts(on=today) == 1
    assert list(IdeaContact.objects.values_list("idea", flat=True)) == [later.pk]
    assert Idea.objects.count() == 2
