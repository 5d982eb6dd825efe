"""Two ideas that became one, and one that became several: the trace, and what undoes it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ideas.models.choices import IdeaStatus
from ideas.models.idea import Idea


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> "MergeQuerySet":
        """Those that nobody has undone."""
        return self.filter(undone_at=None)

    def family_of(self, idea_pk: int) -> list[int]:
        """The keys of an idea and of all that are joined with it, also through another."""
        family, newest = [idea_pk], [idea_pk]
        while newest:
            newest = list(
                self.standing().filter(target__in=newest).values_list("source", flat=True)
            )
            family += newest
        return family

    def ancestors_of(self, idea_pk: int) -> list[int]:
        """The keys of the idea it was joined with, of the one that was joined with, and so on."""
        ancestors: list[int] = []
        here: int | None = idea_pk
        while here := self.standing().filter(source=here).values_list("target", flat=True).first():
            ancestors.append(here)
        return ancestors


class Merge(models.Model):
    """One idea joined with another. It stays visible, as «slått sammen med»."""

    source = models.ForeignKey(
        Idea, verbose_name=_("ideen som ble borte"), on_delete=models.PROTECT, related_name="merges"
    )
    target = models.ForeignKey(
        Idea, verbose_name=_("ideen som ble igjen"), on_delete=models.PROTECT, related_name="merged"
    )
    reason = models.TextField(_("begrunnelse"), max_length=1000)
    status_before = models.CharField(_("status før"), max_length=12, choices=IdeaStatus)
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
    undone_reason = models.TextField(_("hvorfor angret"), max_length=1000, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("sammenslåing")
        verbose_name_plural = _("sammenslåinger")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(undone_at=None),
                name="%(app_label)s_%(class)s_source_is_in_one",
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")),
                name="%(app_label)s_%(class)s_not_with_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"


class Split(models.Model):
    """One idea parted in several new ones; the parts point back with `Idea.split_from`."""

    source = models.ForeignKey(
        Idea, verbose_name=_("ideen som ble delt"), on_delete=models.PROTECT, related_name="splits"
    )
    reason = models.TextField(_("begrunnelse"), max_length=1000)
    status_before = models.CharField(_("status før"), max_length=12, choices=IdeaStatus)
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
    undone_reason = models.TextField(_("hvorfor angret"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("oppdeling")
        verbose_name_plural = _("oppdelinger")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(undone_at=None),
                name="%(app_label)s_%(class)s_source_is_parted_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.at:%Y-%m-%d}"
