"""Supporters, counted once each, however many ideas of a family they have supported."""

from ideas.models import Idea, Merge, Support


def recount_supporters(idea: Idea) -> None:
    """Count again for the idea and for all it is joined with. Called inside a transaction.

    An idea's supporters are the distinct keys over itself and all that are merged into it; the
    rows stay where they were written, so that undoing a merge loses nobody. The ideas are locked,
    so the last of two who count at once sees what both wrote.
    """
    above = Merge.objects.ancestors_of(idea.pk)
    locked = Idea.objects.select_for_update(no_key=True).filter(pk__in=[idea.pk, *above])
    for counted in locked.order_by("pk"):
        counted.supporter_count = _distinct_keys(counted.pk)
        counted.save(update_fields=["supporter_count"])
        if counted.pk == idea.pk:
            idea.supporter_count = counted.supporter_count


def _distinct_keys(idea_pk: int) -> int:
    family = Merge.objects.family_of(idea_pk)
    return Support.objects.filter(idea__in=family).values("key").distinct().count()
