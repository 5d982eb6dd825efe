"""Those who say «this is mine too»: once each, counted, never named."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ideas.models.idea import Idea


class Support(models.Model):
    """One supporter. `key` is a hash of the account or of the browser's own random key.

    It tells whether somebody has supported the idea before, and nothing else about them.
    """

    idea = models.ForeignKey(
        Idea, verbose_name=_("idé"), on_delete=models.CASCADE, related_name="supports"
    )
    key = models.CharField(_("nøkkel"), max_length=64)
    at = models.DateTimeField(_("tidspunkt"))

    class Meta:
        verbose_name = _("støtte")
        verbose_name_plural = _("støtte")
        constraints = [
            models.UniqueConstraint(fields=["idea", "key"], name="%(app_label)s_%(class)s_once")
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.at:%Y-%m-%d}"


class SavedFilter(models.Model):
    """A search in the inbox that one person wants back."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("hvem"),
        on_delete=models.CASCADE,
        related_name="idea_filters",
    )
    name = models.CharField(_("navn"), max_length=60)
    query = models.CharField(_("søk"), max_length=500)

    class Meta:
        verbose_name = _("lagret søk")
        verbose_name_plural = _("lagrede søk")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="%(app_label)s_%(class)s_once")
        ]

    def __str__(self) -> str:
        return self.name
