"""Clustering by hand. Two facilitators at once: the second of two who move the same is told."""

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from municipality.models import User
from workshops.actions.room import hold, require_open, tell_wall
from workshops.models import Cluster, Note, Question, Workshop

MOST_CLUSTERS = 12


@transaction.atomic
def move_note(note: Note, *, to: Cluster | None, version: int) -> None:
    """Hang a note in another column, or back among the unsorted."""
    workshop = _hold_for_sorting(note.question)
    moved = Note.objects.filter(pk=note.pk, version=version)
    if not moved.update(cluster=to, version=F("version") + 1):
        raise ActionRefused(_("Noen andre flyttet lappen før deg. Se hvor den henger nå."))
    tell_wall(workshop)


@transaction.atomic
def add_cluster(question: Question, *, title: str) -> Cluster:
    workshop = _hold_for_sorting(question)
    if question.clusters.count() >= MOST_CLUSTERS:
        raise ActionRefused(_("Det er ikke plass til flere kolonner på veggen."))
    last = question.clusters.aggregate(last=Max("order"))["last"] or 0
    cluster = Cluster.objects.create(question=question, title=title, order=last + 1)
    tell_wall(workshop)
    return cluster


@transaction.atomic
def rename_cluster(cluster: Cluster, *, title: str, version: int) -> None:
    workshop = _hold_for_sorting(cluster.question)
    _change(cluster, version, title=title)
    tell_wall(workshop)


@transaction.atomic
def merge_clusters(cluster: Cluster, *, into: Cluster, version: int, by: User) -> None:
    """Move every note of one column to another, and take the empty one away."""
    workshop = _hold_for_sorting(cluster.question)
    if cluster.pk == into.pk or cluster.question_id != into.question_id:
        raise ActionRefused(_("Velg en annen kolonne å slå sammen med."))
    _change(cluster, version)
    cluster.notes.update(cluster=into, version=F("version") + 1)
    cluster.delete()
    tell_wall(workshop)
    record("workshop columns merged", into, by=by, from_title=cluster.title)


@transaction.atomic
def remove_cluster(cluster: Cluster, *, version: int) -> None:
    """Take a column away. Its notes are unsorted again."""
    workshop = _hold_for_sorting(cluster.question)
    _change(cluster, version)
    cluster.notes.update(cluster=None, version=F("version") + 1)
    cluster.delete()
    tell_wall(workshop)


@transaction.atomic
def move_cluster(cluster: Cluster, *, steps: int) -> None:
    """Let a column change place with a neighbour: `steps` is -1 for left, 1 for right."""
    workshop = _hold_for_sorting(cluster.question)
    row = list(cluster.question.clusters.all())
    place = row.index(cluster)
    row.insert(max(place + steps, 0), row.pop(place))
    for order, each in enumerate(row, 1):
        each.order = order
    Cluster.objects.bulk_update(row, ["order"])
    tell_wall(workshop)


def _hold_for_sorting(question: Question) -> Workshop:
    workshop = hold(question.workshop)
    current = require_open(workshop)
    if current.pk != question.pk or not current.takes_sorting:
        raise ActionRefused(_("Lappene kan bare sorteres mens dere skriver og sorterer."))
    return workshop


def _change(cluster: Cluster, version: int, **values: str) -> None:
    unchanged = Cluster.objects.filter(pk=cluster.pk, version=version)
    if not unchanged.update(version=F("version") + 1, **values):
        raise ActionRefused(_("Noen andre endret kolonnen før deg. Se hva som står der nå."))
