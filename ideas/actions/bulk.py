"""The same done with many ideas: each stands or falls alone, and every refusal is told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction

from core.errors import ActionRefused
from core.models import record
from ideas.actions.tagging import tags_named
from ideas.models import Idea
from municipality.models import Sector, User


@dataclass
class Done:
    """Which ideas it was done with, and why not with the others."""

    with_ideas: list[Idea] = field(default_factory=list)
    refused: list[tuple[Idea, str]] = field(default_factory=list)


@transaction.atomic
def do_with_each(ideas: Iterable[Idea], act: Callable[[Idea], None]) -> Done:
    """Do `act` with one idea at a time, each whole or not at all."""
    chosen = [idea.pk for idea in ideas]
    locked = Idea.objects.select_for_update(of=("self",)).select_related("sector", "cycle")
    done = Done()
    for idea in locked.filter(pk__in=chosen).order_by("pk"):
        try:
            with transaction.atomic():
                act(idea)
        except ActionRefused as refused:
            done.refused.append((idea, refused.reason))
        else:
            done.with_ideas.append(idea)
    return done


def rehearse(ideas: Iterable[Idea], act: Callable[[Idea], None]) -> Done:
    """What `do_with_each` would say, with nothing kept and nobody told."""
    with transaction.atomic():
        done = do_with_each(ideas, act)
        transaction.set_rollback(True)
    return done


def set_sector(idea: Idea, sector: Sector, *, by: User) -> None:
    idea.sector = sector
    idea.mark_edited(by)
    idea.save()
    idea.also_touches.remove(sector)
    record("idea handled", idea, by=by, sector=sector.code)


def add_tags(idea: Idea, tags: Iterable[str], *, by: User) -> None:
    """Beside those the idea has."""
    names = list(tags)
    idea.tags.add(*tags_named(names))
    idea.mark_edited(by)
    idea.save()
    record("idea handled", idea, by=by, tags=names)
