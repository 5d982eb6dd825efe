"""Supporters, counted once each, however many ideas of a family they have supported."""

from ideas.models import Idea, Merge, Support


def recount_supporters(idea: Idea) -> None:
    """Count again for the idea and for all it is joined with. Called inside a transaction.

    An idea's supporters are the distinct keys over itself and all that are merged into it; the
    rows stay where they were written, so that undoing a merge loses nobody.
    """
    for counted in _locked_with_ancestors(idea):
        counted.supporter_count = _distinct_keys(counted.pk)
        counted.save(update_fields=["supporter_count"])
        if counted.pk == idea.pk:
            idea.supporter_count = counted.supporter_count


def supporters_together(one: Idea, other: Idea) -> int:
    """How many there would be if the two were joined."""
    return _distinct_keys(one.pk, other.pk)


def _locked_with_ancestors(idea: Idea) -> list[Idea]:
    """Locked, so that the last of two who count at once sees what both wrote.

    Somebody may merge the idea while we wait for the lock: then there is one more to lock.
    """
    ancestors = Merge.objects.ancestors_of(idea.pk)
    while True:
        locked = Idea.objects.select_for_update(no_key=True).filter(pk__in=[idea.pk, *ancestors])
        found = list(locked.order_by("pk"))
        meanwhile = Merge.objects.ancestors_of(idea.pk)
        if meanwhile == ancestors:
            return found
        ancestors = meanwhile


def _distinct_keys(*idea_pks: int) -> int:
    family = {each for pk in idea_pks for each in Merge.objects.family_of(pk)}
    return Support.objects.filter(idea__in=family).values("key").distinct().count()
