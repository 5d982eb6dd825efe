"""What the room makes: notes in columns, dots on them, and the ones that became ideas."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ideas.models import Idea
from workshops.models.workshop import Participant, Question, Workshop

LONGEST_NOTE = 140


class Cluster(models.Model):
    """A column (kolonne) on the wall. `version` lets the second of two who change it be told."""

    question = models.ForeignKey(
        Question, verbose_name=_("spørsmål"), on_delete=models.CASCADE, related_name="clusters"
    )
    title = models.CharField(_("overskrift"), max_length=60)
    order = models.PositiveSmallIntegerField(_("rekkefølge"))
    version = models.PositiveIntegerField(_("versjon"), default=0, editable=False)

    class Meta:
        verbose_name = _("kolonne")
        verbose_name_plural = _("kolonner")
        ordering = ["question", "order", "pk"]

    def __str__(self) -> str:
        return self.title


class NoteQuerySet(models.QuerySet["Note"]):
    def shown(self) -> "NoteQuerySet":
        return self.filter(hidden_at=None)

    def with_dots(self) -> "NoteQuerySet":
        """Each note with how many votes lie on it."""
        return self.annotate(dots=Coalesce(models.Sum("votes__dots"), 0))

    def newest_first(self) -> "NoteQuerySet":
        return self.order_by("-pk")


class Note(models.Model):
    """One thing that one person wrote. `version` counts its moves and its wordings."""

    question = models.ForeignKey(
        Question, verbose_name=_("spørsmål"), on_delete=models.CASCADE, related_name="notes"
    )
    participant = models.ForeignKey(
        Participant,
        verbose_name=_("skrevet av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="notes",
    )
    submission_key = models.UUIDField(
        _("innsendingsnøkkel"), unique=True, default=uuid.uuid4, editable=False
    )
    text = models.CharField(_("tekst"), max_length=LONGEST_NOTE)
    cluster = models.ForeignKey(
        Cluster,
        verbose_name=_("kolonne"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="notes",
    )
    version = models.PositiveIntegerField(_("versjon"), default=0, editable=False)
    written_at = models.DateTimeField(_("skrevet"))
    hidden_at = models.DateTimeField(_("skjult"), null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("skjult av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("lapp")
        verbose_name_plural = _("lapper")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text=""), name="%(app_label)s_%(class)s_says_something"
            ),
            models.CheckConstraint(
                condition=models.Q(hidden_at=None, hidden_by=None)
                | models.Q(hidden_at__isnull=False, hidden_by__isnull=False),
                name="%(app_label)s_%(class)s_hidden_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None


class Vote(models.Model):
    """The dots one person has put on one note."""

    note = models.ForeignKey(
        Note, verbose_name=_("lapp"), on_delete=models.CASCADE, related_name="votes"
    )
    participant = models.ForeignKey(
        Participant, verbose_name=_("deltaker"), on_delete=models.CASCADE, related_name="votes"
    )
    dots = models.PositiveSmallIntegerField(_("prikker"))

    class Meta:
        verbose_name = _("stemme")
        verbose_name_plural = _("stemmer")
        constraints = [
            models.UniqueConstraint(
                fields=["note", "participant"], name="%(app_label)s_%(class)s_one_row_per_person"
            ),
            models.CheckConstraint(
                condition=models.Q(dots__gte=1), name="%(app_label)s_%(class)s_is_at_least_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note_id}: {self.dots}"


class ChosenNote(models.Model):
    """A note, or a whole column, that became an idea: once."""

    workshop = models.ForeignKey(
        Workshop, verbose_name=_("verksted"), on_delete=models.PROTECT, related_name="chosen"
    )
    note = models.OneToOneField(
        Note,
        verbose_name=_("lapp"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="chosen",
    )
    cluster = models.OneToOneField(
        Cluster,
        verbose_name=_("kolonne"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="chosen",
    )
    idea = models.OneToOneField(
        Idea, verbose_name=_("idé"), on_delete=models.CASCADE, related_name="chosen_note"
    )
    votes = models.PositiveIntegerField(_("stemmer"))

    class Meta:
        verbose_name = _("valgt lapp")
        verbose_name_plural = _("valgte lapper")
        ordering = ["workshop", "-votes", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(note=None, cluster__isnull=False)
                | models.Q(note__isnull=False, cluster=None),
                name="%(app_label)s_%(class)s_is_a_note_or_a_column",
            )
        ]

    def __str__(self) -> str:
        return str(self.idea)
