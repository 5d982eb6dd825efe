"""Pictures and PDFs that somebody sends with an idea."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ideas.models.idea import Idea


class AttachmentKind(models.TextChoices):
    """By content, never by name."""

    JPEG = "image/jpeg", _("bilde (JPEG)")
    PNG = "image/png", _("bilde (PNG)")
    WEBP = "image/webp", _("bilde (WebP)")
    PDF = "application/pdf", _("PDF")


class Attachment(models.Model):
    """Cleaned of what the camera wrote in it, and only ever downloaded, never shown inline.

    The bytes stand in the database, so that a database dump is a whole backup.
    """

    MAX_BYTES = 10 * 1024 * 1024
    MAX_FILES = 5

    idea = models.ForeignKey(
        Idea, verbose_name=_("idé"), on_delete=models.CASCADE, related_name="attachments"
    )
    name = models.CharField(_("filnavn"), max_length=120)
    kind = models.CharField(_("type"), max_length=20, choices=AttachmentKind)
    size = models.PositiveIntegerField(_("byte"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    content = models.BinaryField(_("innhold"))
    added_at = models.DateTimeField(_("lagt ved"))
    is_public = models.BooleanField(_("kan lastes ned av alle"), default=False)

    class Meta:
        verbose_name = _("vedlegg")
        verbose_name_plural = _("vedlegg")
        ordering = ["idea", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=AttachmentKind.values),
                name="%(app_label)s_%(class)s_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
