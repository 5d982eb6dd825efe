"""What the room chose becomes ideas in the same inbox as all others."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import ideas.actions
from core.errors import ActionRefused
from core.models import record
from ideas.models import Idea, Origin, Submitter
from municipality.models import User
from workshops.actions.room import hold, tell_everybody
from workshops.models import ChosenNote, Cluster, Note, Phase, Question, Workshop

_NAMESPACE = uuid.UUID("0e7c5c61-61f6-4f0e-9a53-2f1c8b1f9d04")


@transaction.atomic
def choose(
    workshop: Workshop,
    *,
    notes: Iterable[Note],
    clusters: Iterable[Cluster],
    by: User,
    on: dt.date,
) -> list[Idea]:
    """Make one idea of each note and each column, all or none, and each only once.

    `notes` carry `dots` and `clusters` too. Refused as any idea is while idémyldring is closed.
    """
    workshop = hold(workshop)
    made = [
        *(_from_note(workshop, note, by=by, on=on) for note in notes if not _is_chosen(note=note)),
        *(
            _from_cluster(workshop, cluster, by=by, on=on)
            for cluster in clusters
            if not _is_chosen(cluster=cluster)
        ),
    ]
    if not made:
        raise ActionRefused(_("Det du valgte, er allerede blitt til ideer."))
    _set_goals(made, workshop)
    tell_everybody(workshop)
    record("workshop ideas", workshop, by=by, ideas=[idea.code for idea in made])
    return made


def _is_chosen(**what: Note | Cluster) -> bool:
    return ChosenNote.objects.filter(**what).exists()


def _from_note(workshop: Workshop, note: Note, *, by: User, on: dt.date) -> Idea:
    _require_ripe(workshop, note.question)
    votes = getattr(note, "dots", 0)
    idea = _submit(
        workshop, f"note/{note.pk}", note.text, _story(workshop, note.question, votes), by=by, on=on
    )
    ChosenNote.objects.create(workshop=workshop, note=note, idea=idea, votes=votes)
    return idea


def _from_cluster(workshop: Workshop, cluster: Cluster, *, by: User, on: dt.date) -> Idea:
    _require_ripe(workshop, cluster.question)
    votes = getattr(cluster, "dots", 0)
    lines = [f"– {note.text}" for note in cluster.notes.shown().order_by("pk")]
    story = "\n".join([*lines, "", _story(workshop, cluster.question, votes)])
    idea = _submit(workshop, f"cluster/{cluster.pk}", cluster.title, story, by=by, on=on)
    ChosenNote.objects.create(workshop=workshop, cluster=cluster, idea=idea, votes=votes)
    return idea


def _require_ripe(workshop: Workshop, question: Question) -> None:
    if not (workshop.is_ended or question.phase == Phase.CHOOSE):
        raise ActionRefused(_("Gå til «Velg» før dere gjør lapper til ideer."))


def _story(workshop: Workshop, question: Question, votes: int) -> str:
    """Where the idea comes from, in words that its readers understand."""
    told = _("Kom fram i verkstedet «{name}», på spørsmålet «{question}».").format(
        name=workshop.name, question=question.text
    )
    counted = ngettext("Fikk {count} stemme.", "Fikk {count} stemmer.", votes).format(count=votes)
    return f"{told} {counted}"


def _submit(
    workshop: Workshop, source: str, text: str, story: str, *, by: User, on: dt.date
) -> Idea:
    sentence = text if text.endswith((".", "?", "!")) else f"{text}."
    return ideas.actions.submit(
        Idea(
            origin=Origin.WORKSHOP,
            submission_key=uuid.uuid5(_NAMESPACE, source),
            problem=f"{sentence}\n\n{story}"[:2000],
            who_has_it=workshop.sector_name,
            submitter=Submitter.EMPLOYEE,
            sector=workshop.sector,
        ),
        by=by,
        on=on,
    )


def _set_goals(made: list[Idea], workshop: Workshop) -> None:
    link = Idea.goals.through
    goals = list(workshop.goals.all())
    link.objects.bulk_create(link(idea=idea, strategygoal=goal) for idea in made for goal in goals)
