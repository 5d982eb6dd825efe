"""A year that is over: who closed it, and all that its results were counted from."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from municipality.models import AnnualCycle


class ClosedYearQuerySet(models.QuerySet["ClosedYear"]):
    def standing(self) -> "ClosedYearQuerySet":
        """Those that have not been opened again."""
        return self.filter(reopened_at=None)


class ClosedYear(TimeStamped):
    """A cycle that is closed. What was decided in it stands, and can be counted again.

    Opened again it keeps its rows, which the next closing replaces.
    """

    cycle = models.OneToOneField(
        AnnualCycle, verbose_name=_("årshjul"), on_delete=models.PROTECT, related_name="closed"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lukket av"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("lukket"))
    note = models.TextField(_("merknad"), max_length=2000, blank=True)
    sha256 = models.CharField(
        _("SHA-256"), max_length=64, help_text=_("Av alle de frosne radene, i rekkefølge.")
    )
    row_count = models.PositiveIntegerField(_("rader"), default=0)
    # What the page «Hva lærte vi» compares, counted once: plain numbers by name.
    summary = models.JSONField(_("årets tall"), default=dict)
    # What came of counting the results again from the frozen rows alone (annual.reproduce).
    recounted = models.JSONField(_("regnet ut på nytt"), default=dict)
    recounted_at = models.DateTimeField(_("sist regnet ut på nytt"), null=True, blank=True)
    reopened_at = models.DateTimeField(_("åpnet igjen"), null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("åpnet igjen av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reopened_because = models.CharField(
        _("hvorfor det ble åpnet igjen"), max_length=500, blank=True
    )

    objects = ClosedYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("lukket år")
        verbose_name_plural = _("lukkede år")
        ordering = ["-cycle__year"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reopened_at=None, reopened_because="")
                | (models.Q(reopened_at__isnull=False) & ~models.Q(reopened_because="")),
                name="%(app_label)s_%(class)s_reopened_has_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.cycle)

    def get_absolute_url(self) -> str:
        return reverse("annual:closed", args=[self.cycle.year])


class ClosingWaiver(models.Model):
    """What was lacking when the year was closed all the same, and why that was right."""

    closed_year = models.ForeignKey(
        ClosedYear, verbose_name=_("lukket år"), on_delete=models.CASCADE, related_name="waivers"
    )
    concern = models.SlugField(_("kontroll"), max_length=30)
    what = models.CharField(_("det som manglet"), max_length=300)
    reason = models.CharField(_("hvorfor året ble lukket likevel"), max_length=500)

    class Meta:
        verbose_name = _("unntak ved lukking")
        verbose_name_plural = _("unntak ved lukking")
        ordering = ["closed_year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["closed_year", "concern"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="%(app_label)s_%(class)s_has_why"
            ),
        ]

    def __str__(self) -> str:
        return self.what


class FrozenKind(models.TextChoices):
    """What of a year is frozen."""

    CRITERION = "criterion", _("Kriterier og vekter")
    IDEA = "idea", _("Ideer og utfall")
    SCORE = "score", _("Poeng")
    RANKING = "ranking", _("Rangering")
    ANSWER = "answer", _("Svar i egenvurderingen")
    LEVEL = "level", _("Modenhet")
    MEMO = "memo", _("Notat")
    DECISION = "decision", _("Vedtak")
    GATE = "gate", _("Beslutningspunkter")
    BENEFIT = "benefit", _("Gevinster")
    MEASUREMENT = "measurement", _("Målinger")


class FrozenRow(models.Model):
    """A row of the year as it was when it was closed. Written once, by the database itself."""

    closed_year = models.ForeignKey(
        ClosedYear, verbose_name=_("lukket år"), on_delete=models.CASCADE, related_name="rows"
    )
    kind = models.CharField(_("hva"), max_length=11, choices=FrozenKind)
    key = models.CharField(_("nøkkel"), max_length=80)
    data = models.JSONField(_("innhold"))

    class Meta:
        verbose_name = _("frossen rad")
        verbose_name_plural = _("frosne rader")
        ordering = ["closed_year", "kind", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["closed_year", "kind", "key"], name="%(app_label)s_%(class)s_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
