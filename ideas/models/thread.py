"""What is said about an idea: by the sender, by the municipality, by others, and among us."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from ideas import personal_data
from ideas.models.choices import IdeaStatus, Submitter
from ideas.models.idea import Idea
from ideas.personal_data import Finding, Found


class StatusChange(models.Model):
    """One step of an idea's life, with the reason the sender, the page and the memo all read."""

    idea = models.ForeignKey(
        Idea, verbose_name=_("idé"), on_delete=models.CASCADE, related_name="changes"
    )
    status = models.CharField(_("status"), max_length=12, choices=IdeaStatus)
    reason = models.TextField(_("begrunnelse"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("av"),
        null=True,
        on_delete=models.PROTECT,
        related_name="idea_status_changes",
    )
    at = models.DateTimeField(_("tidspunkt"))

    class Meta:
        verbose_name = _("statusendring")
        verbose_name_plural = _("statusendringer")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=IdeaStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status=IdeaStatus.RECEIVED) | ~models.Q(reason=""),
                name="%(app_label)s_%(class)s_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea}: {self.get_status_display()}"


class Addition(models.Model):
    """What the sender adds while the idea is new. The first words stay as they were."""

    idea = models.ForeignKey(
        Idea, verbose_name=_("idé"), on_delete=models.CASCADE, related_name="additions"
    )
    submission_key = models.UUIDField(
        _("innsendingsnøkkel"), unique=True, default=uuid.uuid4, editable=False
    )
    text = models.TextField(_("tillegg"), max_length=2000)
    at = models.DateTimeField(_("tidspunkt"))

    class Meta:
        verbose_name = _("tillegg fra avsenderen")
        verbose_name_plural = _("tillegg fra avsenderen")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Reply(TimeStamped):
    """The municipality's official reply (offisielt svar): public, and sent to all who follow."""

    idea = models.ForeignKey(
        Idea, verbose_name=_("idé"), on_delete=models.CASCADE, related_name="replies"
    )
    submission_key = models.UUIDField(
        _("innsendingsnøkkel"), unique=True, default=uuid.uuid4, editable=False
    )
    text = models.TextField(_("offisielt svar"), max_length=4000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("av"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("offisielt svar")
        verbose_name_plural = _("offisielle svar")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Note(TimeStamped):
    """An internal note (internt notat): never public, never sent."""

    idea = models.ForeignKey(
        Idea, verbose_name=_("idé"), on_delete=models.CASCADE, related_name="notes"
    )
    submission_key = models.UUIDField(
        _("innsendingsnøkkel"), unique=True, default=uuid.uuid4, editable=False
    )
    text = models.TextField(_("internt notat"), max_length=4000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("av"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("internt notat")
        verbose_name_plural = _("interne notater")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class CommentStatus(models.TextChoices):
    WAITING = "waiting", _("Venter på gjennomlesing")
    PUBLISHED = "published", _("Publisert")
    REFUSED = "refused", _("Ikke publisert")


class CommentQuerySet(models.QuerySet["Comment"]):
    def waiting(self) -> "CommentQuerySet":
        """Those that nobody has read, oldest first."""
        return (
            self.filter(status=CommentStatus.WAITING)
            .select_related("idea")
            .order_by("created_at", "pk")
        )

    def published(self) -> "CommentQuerySet":
        return self.filter(status=CommentStatus.PUBLISHED).order_by("created_at", "pk")


class Comment(TimeStamped):
    """What others say about a published idea. Read by the team before anybody else sees it."""

    idea = models.ForeignKey(
        Idea, verbose_name=_("idé"), on_delete=models.CASCADE, related_name="comments"
    )
    submission_key = models.UUIDField(
        _("innsendingsnøkkel"), unique=True, default=uuid.uuid4, editable=False
    )
    text = models.TextField(_("kommentar"), max_length=1000)
    submitter = models.CharField(_("hvem er du"), max_length=12, choices=Submitter)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="idea_comments",
    )
    status = models.CharField(
        _("status"), max_length=10, choices=CommentStatus, default=CommentStatus.WAITING
    )
    refused_because = models.CharField(_("hvorfor ikke"), max_length=300, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lest av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    handled_at = models.DateTimeField(_("lest"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("kommentar")
        verbose_name_plural = _("kommentarer")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=CommentStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=CommentStatus.REFUSED) | ~models.Q(refused_because=""),
                name="%(app_label)s_%(class)s_refused_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(status=CommentStatus.WAITING),
                name="ideas_comment_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @cached_property
    def findings(self) -> list[Finding]:
        """What looks like personal data in it."""
        return personal_data.find(self.text)

    @property
    def has_national_id(self) -> bool:
        return any(finding.kind == Found.NATIONAL_ID for finding in self.findings)
