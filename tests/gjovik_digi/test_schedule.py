import datetime as dt

from django.core import mail as postbox
from django.utils import timezone

from core import imports
from core.models import OutgoingMail, StagedImport
from gjovik_digi import schedule
from gjovik_digi.celery import app
from ideas.models import IdeaContact
from maturity.models import Respondent
from tests.factories.ideas import IdeaFactory
from tests.factories.maturity import MeasurementRoundFactory, RespondentFactory
from tests.factories.workshops import ParticipantFactory
from workshops.models import Participant


def test_send_waiting_mail_sends_what_the_broker_never_heard_of(db):
    OutgoingMail.objects.create(to="ola@b.example", subject="Hei", body="Tekst")

    schedule.send_waiting_mail()
    schedule.send_waiting_mail()

    assert len(postbox.outbox) == 1


def test_forget_personal_data_removes_what_is_due(cycle, today):
    IdeaContact.objects.create(idea=IdeaFactory(cycle=cycle), email="a@b.example", delete_on=today)
    old, new = (
        OutgoingMail.objects.create(to="a@b.example", subject="Hei", body="", sent_at=sent_at)
        for sent_at in (timezone.now() - dt.timedelta(days=91), timezone.now())
    )

    schedule.forget_personal_data()

    assert not IdeaContact.objects.exists()
    assert list(OutgoingMail.objects.all()) == [new]
    assert old != new


def test_forget_personal_data_removes_uploads_that_nobody_confirmed(team_member):
    staged = imports.stage("test", payload={}, file_name="skjema.xlsx", by=team_member)
    kept = imports.stage("test", payload={}, file_name="skjema.xlsx", by=team_member)
    staged.created_at -= imports.KEPT
    staged.save()

    schedule.forget_personal_data()

    assert list(StagedImport.objects.all()) == [kept]


def test_forget_personal_data_removes_the_names_of_old_leadership_groups(db, today):
    closed = today - dt.timedelta(days=Respondent.KEPT_DAYS)
    round = MeasurementRoundFactory(opens_on=closed, closes_on=closed)
    member = RespondentFactory(assessment__cycle=round.cycle)

    schedule.forget_personal_data()

    member.refresh_from_db()
    assert (member.name, member.email) == ("", "")


def test_forget_personal_data_forgets_the_keys_of_workshops(db):
    month_ago = timezone.now() - dt.timedelta(days=Participant.KEPT_DAYS + 1)
    old, new = ParticipantFactory(joined_at=month_ago), ParticipantFactory()

    schedule.forget_personal_data()

    assert list(Participant.objects.exclude(key_hash="")) == [new]
    assert old != new


def test_every_beat_entry_names_a_task():
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)
