import datetime as dt

import factory
from django.utils import timezone

from core.made_files import FileStatus
from projects.models import AgendaItem, BoardMeeting, MinutesFile, Reverification, Subject
from tests.factories.municipality import UserFactory
from tests.factories.projects import ChangeRequestFactory


class BoardMeetingFactory(factory.django.DjangoModelFactory):
    """Planned, a week from now."""

    class Meta:
        model = BoardMeeting

    held_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=7))
    chair = factory.SubFactory(UserFactory)
    quorum = 2


class AgendaItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(BoardMeetingFactory)
    change_request = factory.SubFactory(ChangeRequestFactory)
    order = factory.Sequence(lambda n: n + 1)


class MinutesFileFactory(factory.django.DjangoModelFactory):
    """Of a meeting that is closed: ready."""

    class Meta:
        model = MinutesFile

    meeting = factory.SubFactory(
        BoardMeetingFactory, status="closed", closed_at=factory.LazyFunction(timezone.now)
    )
    status = FileStatus.READY
    content = b"%PDF-1.7"
    size = 8
    sha256 = "c" * 64
    requested_by = factory.SubFactory(UserFactory)


class ReverificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Reverification

    change_request = factory.SubFactory(
        ChangeRequestFactory,
        status="approved",
        decision_reason="Det henger sammen.",
        decided_at=factory.LazyFunction(timezone.now),
        decided_by=factory.SubFactory(UserFactory),
    )
    subject = Subject.PLAN
    before = "Ferdig 1. mars 2027"
