"""Decisions are carried out and told: at once, and once. Then they are corrected, with a reason."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from core.errors import ActionRefused
from core.models import Event, OutgoingMail
from ideas.models import IdeaContact, IdeaStatus, StatusChange
from prioritization.models import (
    Correction,
    DecisionMeeting,
    MemoStatus,
    Outcome,
    ProtocolFile,
)
from projects import actions
from projects.models import Project, ProjectPhase
from tests.factories.decisions import DecisionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def decide(meeting, item_of, owner):
    """Record a draft about a new idea: `decide(outcome=Outcome.REJECTED)`."""

    def make(*, outcome=Outcome.APPROVED, title="Digital nøkkel", is_recommended=True, **fields):
        item = item_of(
            title=title,
            summary="Slippe nøkler.",
            estimated_cost=400_000,
            is_recommended=is_recommended,
        )
        item.benefit, item.person_years = "Færre tapte nøkler", "0.5"
        item.save()
        approver = owner if outcome == Outcome.APPROVED else None
        return DecisionFactory(
            item=item, meeting=meeting, outcome=outcome, owner=approver, **fields
        )

    return make


def publish(memo, by):
    return actions.publish_decisions(memo, by=by, at=timezone.now())


def sender(idea, today, address="innsender@gjovik.example"):
    IdeaContact.objects.create(idea=idea, email=address, delete_on=today)


def test_nothing_happens_before_the_decisions_are_published(decide, item):
    idea = decide().item.entry.idea

    idea.refresh_from_db()
    assert idea.status == IdeaStatus.FORWARDED
    assert not Project.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_an_approved_idea_becomes_a_project_with_what_the_memo_promised(
    decide, memo, owner, team_member, today
):
    decision = decide(conditions="Skal koste høyst 400 000 kroner.")

    publish(memo, team_member)

    idea = decision.item.entry.idea
    idea.refresh_from_db()
    project = Project.objects.get()
    change = project.phase_changes.get()
    assert idea.status == IdeaStatus.APPROVED
    assert (project.idea, project.name, project.summary) == (
        idea,
        "Digital nøkkel",
        "Slippe nøkler.",
    )
    assert (project.sector, project.owner, project.budget) == (idea.sector, owner, 400_000)
    assert project.expected_benefit == "Færre tapte nøkler"
    assert float(project.person_years) == 0.5
    assert project.conditions == "Skal koste høyst 400 000 kroner."
    assert project.phase == ProjectPhase.IDEA
    assert (change.phase, change.note, change.on) == (
        ProjectPhase.IDEA,
        "Mange slipper å vente.",
        today,
    )


def test_owner_and_sender_are_told_about_an_approval(decide, memo, team_member, today):
    sender(decide().item.entry.idea, today)

    publish(memo, team_member)

    mails = {mail.to: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {"innsender@gjovik.example", "eier@gjovik.example"}
    assert "Mange slipper å vente." in mails["innsender@gjovik.example"].body
    assert "Stor gevinst." not in mails["innsender@gjovik.example"].body
    assert f"/prosjekter/{Project.objects.get().pk}/" in mails["eier@gjovik.example"].body


@pytest.mark.parametrize(
    ("outcome", "status"),
    [(Outcome.REJECTED, IdeaStatus.REJECTED), (Outcome.RETURNED, IdeaStatus.RETURNED)],
)
def test_a_no_moves_the_idea_and_makes_no_project(decide, memo, team_member, outcome, status):
    decision = decide(outcome=outcome, public_reason="Finnes allerede.")

    publish(memo, team_member)

    idea = decision.item.entry.idea
    idea.refresh_from_db()
    assert idea.status == status
    assert idea.changes.get().reason == "Finnes allerede."
    assert Project.objects.count() == 0


def test_a_postponed_idea_waits_until_its_day(decide, memo, team_member, today):
    until = today.replace(year=today.year + 1)
    decision = decide(outcome=Outcome.POSTPONED, postponed_until=until)
    sender(decision.item.entry.idea, today)

    publish(memo, team_member)

    idea = decision.item.entry.idea
    idea.refresh_from_db()
    assert (idea.status, idea.postponed_until) == (IdeaStatus.POSTPONED, until)
    assert str(until.year) in idea.status_words
    assert f"{until.day}. " in OutgoingMail.objects.get().body


def test_publishing_says_who_and_when_and_makes_a_protocol(decide, memo, team_member):
    decide()

    meeting = publish(memo, team_member)

    file = ProtocolFile.objects.get()
    assert meeting.published_by == team_member
    assert (file.number, file.requested_by) == (1, team_member)
    assert file.snapshot["memo"]["sha256"] == "a" * 64
    assert Event.objects.filter(verb="decisions published").count() == 1


def nothing_is_told():
    return not (
        Project.objects.exists()
        or StatusChange.objects.exists()
        or OutgoingMail.objects.exists()
        or ProtocolFile.objects.exists()
        or DecisionMeeting.objects.filter(published_at__isnull=False).exists()
    )


def test_all_or_nothing(decide, memo, team_member):
    decide(title="En")
    moved = decide(title="To").item.entry.idea
    moved.move_to(IdeaStatus.RECEIVED)

    with pytest.raises(ActionRefused):
        publish(memo, team_member)

    assert nothing_is_told()


@pytest.mark.parametrize(
    ("lacking", "reason"),
    [
        ("decision", "Før vedtak om «To»"),
        ("public reason", "Skriv begrunnelsen for «To» i én setning"),
        ("sector", "Legg til sektor på «To»"),
    ],
)
def test_what_is_lacking_is_asked_for(decide, item_of, memo, team_member, lacking, reason):
    decide(title="En")
    if lacking == "decision":
        item_of(title="To")
    elif lacking == "public reason":
        decide(title="To", public_reason="")
    else:
        idea = decide(title="To").item.entry.idea
        idea.sector = None
        idea.save()

    with pytest.raises(ActionRefused, match=reason):
        publish(memo, team_member)

    assert nothing_is_told()


def test_the_memo_that_was_decided_on_must_be_made_first(team_member):
    decision = DecisionFactory(meeting__memo__status=MemoStatus.DRAFT)

    with pytest.raises(ActionRefused, match="endelige PDF-en"):
        publish(decision.meeting.memo, team_member)

    assert nothing_is_told()


def test_a_memo_without_a_meeting_is_refused(item, memo, team_member):
    with pytest.raises(ActionRefused, match="når møtet var"):
        publish(memo, team_member)


def test_the_second_who_publishes_is_told_who_did(decide, memo, team_member, manager):
    decide()
    publish(memo, team_member)

    with pytest.raises(ActionRefused, match="Marte Sveen kunngjorde"):
        publish(memo, manager)

    assert Project.objects.count() == ProtocolFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_the_same_moment_tell_once(decide, memo, team_member, manager, today):
    sender(decide().item.entry.idea, today)
    decide(title="To", outcome=Outcome.REJECTED)

    def try_to(person):
        try:
            publish(memo, person)
        except ActionRefused:
            return "refused"
        finally:
            connection.close()
        return "published"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(try_to, [team_member, manager]))

    assert said == ["published", "refused"]
    assert Project.objects.count() == ProtocolFile.objects.count() == 1
    assert StatusChange.objects.count() == 2
    assert OutgoingMail.objects.filter(to="innsender@gjovik.example").count() == 1


# Corrections


@pytest.fixture
def told(decide, memo, team_member):
    """A published decision: `told(outcome=Outcome.REJECTED)`."""

    def make(**fields):
        decision = decide(**fields)
        publish(memo, team_member)
        decision.refresh_from_db()
        return decision

    return make


def correct(decision, by, **changed):
    for name, value in changed.items():
        setattr(decision, name, value)
    reason = "Grunnen var skrevet feil."
    return actions.correct_decision(decision, reason=reason, by=by, at=timezone.now())


def test_a_correction_keeps_what_was_told_and_tells_the_sender(told, memo, team_member, today):
    decision = told(outcome=Outcome.REJECTED)
    sender(decision.item.entry.idea, today)

    correct(decision, team_member, public_reason="Finnes hos fylket.")

    correction = Correction.objects.get()
    assert correction.before["words"] == "Avvist"
    assert correction.before["public_reason"] == "Mange slipper å vente."
    mail = OutgoingMail.objects.get(to="innsender@gjovik.example")
    assert "Finnes hos fylket." in mail.body
    assert "Grunnen var skrevet feil." in mail.body
    assert decision.item.entry.idea.changes.last().reason == "Finnes hos fylket."
    assert list(memo.meeting.files.values_list("number", flat=True)) == [2, 1]
    [shown] = memo.meeting.files.get(number=2).snapshot["decisions"]
    assert shown["corrections"][0]["reason"] == "Grunnen var skrevet feil."


def test_an_outcome_can_be_corrected_while_nothing_has_come_of_it(told, owner, team_member):
    decision = told(outcome=Outcome.REJECTED)

    correct(decision, team_member, outcome=Outcome.APPROVED, owner=owner)

    idea = decision.item.entry.idea
    idea.refresh_from_db()
    assert idea.status == IdeaStatus.APPROVED
    assert Project.objects.get().owner == owner


def test_what_made_a_project_is_not_undone(told, team_member):
    decision = told()

    with pytest.raises(ActionRefused, match="endringsanmodning"):
        correct(decision, team_member, outcome=Outcome.REJECTED)

    decision.refresh_from_db()
    assert decision.outcome == Outcome.APPROVED
    assert not Correction.objects.exists()
    assert ProtocolFile.objects.count() == 1


def test_the_words_of_an_approval_follow_to_its_project(told, team_member):
    decision = told()

    correct(decision, team_member, conditions="Ferdig i 2028.", public_reason="Sparer tid.")

    project = Project.objects.get()
    assert project.conditions == "Ferdig i 2028."
    assert project.phase_changes.get().note == "Sparer tid."


def test_an_idea_that_has_moved_on_keeps_its_outcome(told, team_member):
    decision = told(outcome=Outcome.RETURNED)
    decision.item.entry.idea.move_to(IdeaStatus.FORWARDED)

    with pytest.raises(ActionRefused, match="Til vurdering"):
        correct(decision, team_member, public_reason="Trenger mer.")

    assert not Correction.objects.exists()


def test_a_draft_is_changed_not_corrected(decide, team_member):
    decision = decide()

    with pytest.raises(ActionRefused, match="ikke kunngjort"):
        correct(decision, team_member, public_reason="Noe annet.")
