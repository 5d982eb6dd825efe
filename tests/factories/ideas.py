import datetime as dt
import uuid

import factory
from django.utils import timezone

from core.imports import stage
from core.models import StagedImport
from ideas import actions
from ideas.actions import importing
from ideas.models import (
    Attachment,
    AttachmentKind,
    Comment,
    Idea,
    IdeaImport,
    Merge,
    Submitter,
    Subscription,
)
from ideas.views.importing import KIND
from ideas.workbook.likeness import note_all
from ideas.workbook.rows import ImportedIdea
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


def staged_ideas(*, by) -> StagedImport:
    """A workbook with an idea that is new and one that tells a phone number."""
    rows = [
        ImportedIdea(2, "Svingen er mørk om vinteren.", "Skolebarn", Submitter.CITIZEN),
        ImportedIdea(3, "Ring meg på 91 23 45 67.", "Naboer", Submitter.CITIZEN, tags=("lys",)),
    ]
    payload = {
        "ideas": [row.as_json() for row in rows],
        "noted": [note.as_json() for note in note_all(rows)],
    }
    return stage(KIND, payload=payload, file_name="lapper.xlsx", by=by)


def idea_import(*, by) -> IdeaImport:
    staged = stage(KIND, payload={}, file_name="gamle-lapper.xlsx", by=by)
    row = ImportedIdea(2, "Benken ved elva er ødelagt.", "Turgåere", Submitter.CITIZEN)
    return importing.read_in([row], staged=staged, by=by, at=timezone.now())


class SubscriptionFactory(factory.django.DjangoModelFactory):
    """Of somebody who has confirmed it."""

    class Meta:
        model = Subscription

    idea = factory.SubFactory(IdeaFactory)
    email = factory.Sequence(lambda n: f"person{n}@innbygger.example")
    requested_at = factory.LazyFunction(timezone.now)
    confirmed_at = factory.LazyFunction(timezone.now)
    delete_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=700))


class CommentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Comment

    idea = factory.SubFactory(IdeaFactory)
    text = "Det samme gjelder oss."
    submitter = Submitter.CITIZEN


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
