"""Ideas that were read in from a spreadsheet together, so that it can be undone together."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class IdeaImport(models.Model):
    """One file that was read in."""

    file_name = models.CharField(_("filnavn"), max_length=200)
    count = models.PositiveIntegerField(_("antall ideer"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("av"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("tidspunkt"))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("angret av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    undone_at = models.DateTimeField(_("angret"), null=True, blank=True)

    class Meta:
        verbose_name = _("innlesing av ideer")
        verbose_name_plural = _("innlesinger av ideer")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
