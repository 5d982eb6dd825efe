import factory
from django.utils import timezone

from core.made_files import FileStatus
from prioritization.models import Decision, DecisionMeeting, MemoFile, Outcome, ProtocolFile
from tests.factories.municipality import UserFactory
from tests.factories.prioritization import MemoFactory, MemoItemFactory


class MemoFileFactory(factory.django.DjangoModelFactory):
    """The final version of a memo, made."""

    class Meta:
        model = MemoFile

    memo = factory.SubFactory(MemoFactory)
    number = 1
    is_draft = False
    status = FileStatus.READY
    content = b"%PDF-1.7"
    size = 8
    sha256 = "a" * 64
    requested_by = factory.SubFactory(UserFactory)


class DecisionMeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DecisionMeeting

    memo = factory.SubFactory(MemoFactory)
    held_on = factory.LazyFunction(timezone.localdate)
    deciders = "Randi Foss\nStein Haugland"


class DecisionFactory(factory.django.DjangoModelFactory):
    """A draft: approved, with all that is needed before it is told."""

    class Meta:
        model = Decision

    meeting = factory.SubFactory(DecisionMeetingFactory)
    item = factory.SubFactory(MemoItemFactory, memo=factory.SelfAttribute("..meeting.memo"))
    outcome = Outcome.APPROVED
    owner = factory.Maybe(
        factory.LazyAttribute(lambda made: made.outcome == Outcome.APPROVED),
        yes_declaration=factory.SubFactory(UserFactory),
    )
    reason = "Stor gevinst."
    public_reason = "Mange slipper å vente."
    recorded_by = factory.SubFactory(UserFactory)


class ProtocolFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProtocolFile

    meeting = factory.SubFactory(DecisionMeetingFactory)
    number = 1
    status = FileStatus.READY
    content = b"%PDF-1.7"
    size = 8
    sha256 = "b" * 64
    requested_by = factory.SubFactory(UserFactory)
