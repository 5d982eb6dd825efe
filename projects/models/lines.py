"""What the lines of a project's plan and registers have in common."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Versioned


class Line(Versioned):
    """A line somebody adds with a form. The same form sent twice is one line."""

    project: Any  # each kind of line belongs to one, under a related name of its own
    submission_key = models.UUIDField(_("innsending"), null=True, unique=True, editable=False)

    class Meta:
        abstract = True
