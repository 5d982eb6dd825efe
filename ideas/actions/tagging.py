from collections.abc import Collection

from django.db import models

from ideas.models import Tag


def tags_named(names: Collection[str]) -> models.QuerySet[Tag]:
    """The tags of these names. Those that are new are made."""
    Tag.objects.bulk_create([Tag(name=name) for name in names], ignore_conflicts=True)
    return Tag.objects.filter(name__in=names)
