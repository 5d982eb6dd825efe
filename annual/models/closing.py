"""A year that is over: who closed it, and all that its results were counted from."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from municipality.models import AnnualCycle


class ClosedYear(TimeStamped):
    """A cycle that is closed. What was decided in it stands, and can be counted again."""

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

    class Meta:
        verbose_name = _("lukket år")
        verbose_name_plural = _("lukkede år")
        ordering = ["-cycle__year"]

    def __str__(self) -> str:
        return str(self.cycle)


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
