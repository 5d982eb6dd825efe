import factory
from django.utils import timezone

from tests.factories.municipality import UserFactory
from workshops import codes
from workshops.models import (
    ChosenNote,
    Cluster,
    Note,
    Participant,
    Phase,
    Question,
    Workshop,
    WorkshopStatus,
)


class WorkshopFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Workshop

    name = "Strategisamling"
    code = factory.Sequence(lambda n: f"{1000 + n}")
    created_by = factory.SubFactory(UserFactory)


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Question

    workshop = factory.SubFactory(WorkshopFactory)
    order = factory.Sequence(lambda n: n + 1)
    text = "Hva tar tid fra brukerne i dag?"


class ParticipantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participant

    workshop = factory.SubFactory(WorkshopFactory)
    key_hash = factory.Sequence(lambda n: codes.fingerprint(f"key-{n}"))
    joined_at = factory.LazyFunction(timezone.now)


class ClusterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Cluster

    question = factory.SubFactory(QuestionFactory)
    title = factory.Sequence(lambda n: f"Kolonne {n}")
    order = factory.Sequence(lambda n: n)


class NoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Note

    question = factory.SubFactory(QuestionFactory)
    participant = factory.LazyAttribute(
        lambda note: ParticipantFactory(workshop=note.question.workshop)
    )
    text = factory.Sequence(lambda n: f"Lapp {n}")
    written_at = factory.LazyFunction(timezone.now)


class ChosenNoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ChosenNote

    votes = 1


def open_workshop(phase: Phase = Phase.WRITE, **fields) -> Workshop:
    """A workshop that is open at the one question it has, in the phase given."""
    workshop = WorkshopFactory(status=WorkshopStatus.OPEN, opened_at=timezone.now(), **fields)
    workshop.current_question = QuestionFactory(workshop=workshop, phase=phase)
    workshop.save()
    return workshop
