"""Pictures and PDFs that somebody sends with an idea."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from ideas.models.idea import Idea


class AttachmentKind(models.TextChoices):
    """By content, never by name."""

    JPEG = "image/jpeg", _("bilde (JPEG)")
    PNG = "image/png", _("bilde (PNG)")
    WEBP = "image/webp", _("bilde (WebP)")
    PDF = "application/pdf", _("PDF")


class VirusCheck(models.TextChoices):
    NOT_USED = "not_used", _("Ingen virussjekk")
    WAITING = "waiting", _("Ikke sjekket for virus ennå")
    CLEAN = "clean", _("Sjekket for virus")
    INFECTED = "infected", _("Stoppet av virussjekken")


MAY_BE_DOWNLOADED = (VirusCheck.NOT_USED, VirusCheck.CLEAN)


class FileQuerySet(models.QuerySet):
    def without_content(self) -> "FileQuerySet":
        """For lists: the bytes are only fetched to be downloaded."""
        return self.defer("content")

    def waiting(self) -> "FileQuerySet":
        return self.filter(virus_check=VirusCheck.WAITING)


class KeptFile(models.Model):
    """A file as core.sent_files cleaned it. It is only ever downloaded, never shown inline.

    The bytes stand in the database, so that a database dump is a whole backup.
    """

    MAX_FILES = 5

    name = models.CharField(_("filnavn"), max_length=120)
    kind = models.CharField(_("type"), max_length=20, choices=AttachmentKind)
    size = models.PositiveIntegerField(_("byte"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    content = models.BinaryField(_("innhold"))
    virus_check = models.CharField(
        _("virussjekk"), max_length=10, choices=VirusCheck, default=VirusCheck.NOT_USED
    )
    added_at = models.DateTimeField(_("lagt ved"))

    objects = FileQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=AttachmentKind.values),
                name="%(app_label)s_%(class)s_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(virus_check__in=VirusCheck.values),
                name="%(app_label)s_%(class)s_virus_check_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def may_be_downloaded(self) -> bool:
        return self.virus_check in MAY_BE_DOWNLOADED


class Attachment(KeptFile):
    """A file that came with an idea. The team says which of them everybody may have."""

    idea = models.ForeignKey(
        Idea, verbose_name=_("idé"), on_delete=models.CASCADE, related_name="attachments"
    )
    is_public = models.BooleanField(_("kan lastes ned av alle"), default=False)

    class Meta(KeptFile.Meta):
        verbose_name = _("vedlegg")
        verbose_name_plural = _("vedlegg")
        ordering = ["idea", "pk"]


class StagedAttachment(KeptFile):
    """A file of a form that is not sent yet, so that an error in the form does not lose it.

    Found by the key of the form, which only its sender has. Deleted after a day.
    """

    submission_key = models.UUIDField(_("innsendingsnøkkel"), default=uuid.uuid4, db_index=True)

    class Meta(KeptFile.Meta):
        verbose_name = _("vedlegg som ikke er sendt")
        verbose_name_plural = _("vedlegg som ikke er sendt")
        ordering = ["submission_key", "pk"]
