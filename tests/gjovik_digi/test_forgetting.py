import datetime as dt
import io

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, models
from django.urls import reverse
from django.utils import timezone

from core import roles
from core.models import ForgettingRun, OutgoingMail
from gjovik_digi import forgetting
from gjovik_digi.privacy import KINDS, Kind
from ideas.models import IdeaContact, Subscription
from tests.factories.ideas import IdeaFactory

TELLING = {"email", "to", "phone", "address", "ip", "nonce", "key_hash", "link"}
NOBODYS = {
    # The municipality's own, on every page.
    "municipality.Municipality.contact_email": "the municipality itself",
    "municipality.Municipality.contact_phone": "the municipality itself",
}


def personal_fields() -> set[str]:
    """Columns that look as if they lead to somebody."""
    return {
        f"{field.model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.EmailField | models.GenericIPAddressField)
        or (field.name in TELLING and not field.is_relation)
    }


def test_every_column_that_leads_to_somebody_has_its_purpose_and_its_end():
    told = {column for kind in KINDS for column in kind.fields}

    assert personal_fields() - told - set(NOBODYS) == set()


def test_every_column_that_is_told_of_is_there():
    for column in (column for kind in KINDS for column in kind.fields):
        label, name = column.rsplit(".", 1)
        assert apps.get_model(label)._meta.get_field(name), column


def test_every_kind_has_a_key_of_its_own():
    assert len({kind.key for kind in KINDS}) == len(KINDS)


@pytest.fixture
def due(cycle, today) -> IdeaContact:
    return IdeaContact.objects.create(
        idea=IdeaFactory(cycle=cycle), email="a@b.example", delete_on=today
    )


def test_a_rehearsal_counts_and_removes_nothing(due):
    counts = forgetting.rehearse(at=timezone.now())

    assert counts["idea-contact"] == 1
    assert IdeaContact.objects.get() == due
    assert not ForgettingRun.objects.exists()


def test_a_run_removes_what_a_rehearsal_counts_and_tells_how_much(due, today):
    at = timezone.now()
    Subscription.objects.create(
        idea=due.idea, email="b@b.example", requested_at=at, delete_on=today
    )
    counts = forgetting.rehearse(at=at)

    done = forgetting.run(at=at)

    assert done.counts == counts
    assert {key: count for key, count in counts.items() if count} == {
        "idea-contact": 1,
        "subscription": 1,
    }
    assert done.finished_at is not None
    assert "b.example" not in str(done.counts)
    assert not IdeaContact.objects.exists()


@pytest.mark.parametrize(
    ("fields", "goes"),
    [
        ({"sent_at": dt.timedelta(days=91)}, True),
        ({"sent_at": dt.timedelta(days=89)}, False),
        ({"discarded_at": dt.timedelta(days=91), "discarded_because": "Dobbelt."}, True),
        ({"created_at": dt.timedelta(days=181)}, True),
        ({"created_at": dt.timedelta(days=179)}, False),
        ({"created_at": dt.timedelta(days=181), "sent_at": dt.timedelta(days=1)}, False),
    ],
)
def test_mail_goes_when_it_is_done_with_or_will_never_be_sent(db, fields, goes):
    at = timezone.now()
    mail = OutgoingMail.objects.create(to="a@b.example", subject="Hei", body="")
    values = {
        name: at - value if isinstance(value, dt.timedelta) else value
        for name, value in fields.items()
    }
    OutgoingMail.objects.filter(pk=mail.pk).update(**values)

    forgetting.run(at=at)

    assert OutgoingMail.objects.exists() is not goes


def test_a_fault_in_one_kind_keeps_none_of_the_others(due):
    def broken(at):
        raise DatabaseError("full")

    kinds = [Kind("broken", "Feil", "", "", forget=broken), *KINDS]

    done = forgetting.run(at=timezone.now(), kinds=kinds)

    assert done.errors == {"broken": "DatabaseError"}
    assert not IdeaContact.objects.exists()


def test_the_command_tells_what_would_go(due):
    out = io.StringIO()

    call_command("forget_personal_data", "--dry-run", stdout=out)

    assert "1  idea-contact" in out.getvalue()
    assert IdeaContact.objects.exists()


def test_the_command_fails_when_something_was_not_forgotten(due, monkeypatch):
    failed = ForgettingRun(started_at=timezone.now(), errors={"mail": "DatabaseError"})
    monkeypatch.setattr(forgetting, "run", lambda *, at: failed)

    with pytest.raises(CommandError, match="mail"):
        call_command("forget_personal_data", stdout=io.StringIO())


def test_the_runs_are_shown_to_the_administrator(client, due, person):
    forgetting.run(at=timezone.now())
    client.force_login(person(roles.ADMINISTRATOR))

    page = client.get(reverse("forgetting-runs")).content.decode()

    assert "E-posten du legger igjen med en idé: 1" in page
    assert "a@b.example" not in page


def test_the_privacy_page_tells_every_kind(client, db):
    page = client.get(reverse("privacy")).content.decode()

    assert all(str(kind.what) in page for kind in KINDS)
