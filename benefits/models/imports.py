"""What was taken in from KS' workbook, so that it can be taken back."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.models import Project


class KommitImport(models.Model):
    """One workbook, taken in once. `made` and `changed` say what rows it gave and touched."""

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="kommit_imports"
    )
    file_name = models.CharField(_("filnavn"), max_length=200)
    digest = models.CharField(
        _("avtrykk"), max_length=64, help_text=_("Av innholdet, ikke av fila slik den ble lagret.")
    )
    benefits = models.PositiveSmallIntegerField(_("antall gevinster"))
    at = models.DateTimeField(_("hentet"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("hentet av"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    made = models.JSONField(_("rader som kom til"), default=list)
    changed = models.JSONField(_("rader som ble endret, slik de var"), default=list)
    undone_at = models.DateTimeField(_("angret"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("angret av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("henting fra KommIT")
        verbose_name_plural = _("hentinger fra KommIT")
        ordering = ["project", "-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "digest"],
                condition=models.Q(undone_at=None),
                name="%(app_label)s_%(class)s_once",
            ),
            models.CheckConstraint(
                condition=models.Q(undone_at=None, undone_by=None)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
                name="%(app_label)s_%(class)s_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("benefits:kommit", args=[self.project_id])
