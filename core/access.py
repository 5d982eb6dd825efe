from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import get_object_or_404

M = TypeVar("M", bound=models.Model)


def get_permitted(
    user: Any, perm: str, source: type[M] | models.QuerySet[M] | models.Manager[M], **lookup: Any
) -> M:
    """The object, or 404 when there is none, or 403 when `user` lacks `perm` on it."""
    found = get_object_or_404(source, **lookup)
    if not user.has_perm(perm, found):
        raise PermissionDenied
    return found


def require_perm(user: Any, perm: str) -> None:
    """403 unless `user` has `perm`, for what is not about one object."""
    if not user.has_perm(perm):
        raise PermissionDenied
