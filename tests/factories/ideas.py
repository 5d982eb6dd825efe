import uuid

import factory
from django.utils import timezone

from ideas import actions
from ideas.models import Attachment, AttachmentKind, Idea, Merge, Submitter
from tests.factories.municipality import CycleFactory


class IdeaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Idea

    cycle = factory.SubFactory(CycleFactory)
    code = factory.Sequence(lambda n: f"T26-{n:03}")
    problem = "Vi hører ingenting etter at vi har søkt."
    who_has_it = "Foreldre"
    submitter = Submitter.CITIZEN
    title = factory.Sequence(lambda n: f"Idé {n}")
    answer_due_on = factory.LazyFunction(timezone.localdate)


class AttachmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attachment

    idea = factory.SubFactory(IdeaFactory)
    name = "kart.png"
    kind = AttachmentKind.PNG
    size = 4
    sha256 = "0" * 64
    content = b"\x89PNG"
    added_at = factory.LazyFunction(timezone.now)


def merge_ideas(source: Idea, target: Idea, *, by) -> Merge:
    return actions.merge(source, target, reason="De likner.", by=by, at=timezone.now())


def split_idea(source: Idea, *, by) -> Idea:
    parts = [actions.Part("En del", "Det ene."), actions.Part("En annen", "Det andre.")]
    actions.split(
        source,
        parts,
        reason="Det er to ting.",
        submission_key=uuid.uuid4(),
        by=by,
        at=timezone.now(),
    )
    return source
