"""The year's round (målerunde): with which instrument, until when, and how it is added up."""

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped, Versioned
from maturity.models.instrument import Instrument
from municipality.models import AnnualCycle, Sector


class Aggregation(models.TextChoices):
    """How the sectors become one number (domain.md §1.4 item 2)."""

    UNWEIGHTED = "unweighted", _("Uvektet: alle sektorer teller likt")
    BY_STAFF = "by_staff", _("Etter årsverk: store sektorer teller mer")


class MeasurementRoundQuerySet(models.QuerySet["MeasurementRound"]):
    def open(self, on: dt.date) -> "MeasurementRoundQuerySet":
        """Those that some sector can still answer in."""
        late = models.Q(cycle__assessments__extended_to__gte=on)
        return self.filter(
            models.Q(closes_on__gte=on) | late, cycle__is_current=True, opens_on__lte=on
        ).distinct()


class MeasurementRound(Versioned, TimeStamped):
    """All sectors measured in one year. Opening it freezes the instrument."""

    cycle = models.OneToOneField(
        AnnualCycle,
        verbose_name=_("årshjul"),
        on_delete=models.PROTECT,
        related_name="measurement_round",
    )
    instrument = models.ForeignKey(
        Instrument, verbose_name=_("instrument"), on_delete=models.PROTECT, related_name="rounds"
    )
    opens_on = models.DateField(_("åpner"))
    closes_on = models.DateField(_("siste dag"))
    aggregation = models.CharField(
        _("slik regnes sektorene sammen"),
        max_length=12,
        choices=Aggregation,
        default=Aggregation.UNWEIGHTED,
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("åpnet av"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = MeasurementRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("målerunde")
        verbose_name_plural = _("målerunder")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="%(app_label)s_%(class)s_closes_after_it_opens",
                violation_error_message=_("Siste dag kan ikke være før runden åpner."),
            ),
            models.CheckConstraint(
                condition=models.Q(aggregation__in=Aggregation.values),
                name="%(app_label)s_%(class)s_aggregation_is_known",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Målerunden {year}")).format(year=self.cycle.year)

    def is_open(self, on: dt.date) -> bool:
        return self.opens_on <= on <= self.closes_on

    def weights(self) -> dict[int, Decimal] | None:
        """Sector id → årsverk, or None where all sectors count alike. Uses the prefetch."""
        if self.aggregation == Aggregation.UNWEIGHTED:
            return None
        return {row.sector_id: row.staff for row in self.sector_weights.all()}


class SectorWeight(models.Model):
    """A sector's size in the year, for the aggregation that goes by it."""

    round = models.ForeignKey(
        MeasurementRound,
        verbose_name=_("målerunde"),
        on_delete=models.CASCADE,
        related_name="sector_weights",
    )
    sector = models.ForeignKey(
        Sector, verbose_name=_("sektor"), on_delete=models.PROTECT, related_name="+"
    )
    staff = models.DecimalField(_("årsverk"), max_digits=7, decimal_places=1)

    class Meta:
        verbose_name = _("sektorens årsverk")
        verbose_name_plural = _("sektorenes årsverk")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "sector"], name="%(app_label)s_%(class)s_once_per_round"
            ),
            models.CheckConstraint(
                condition=models.Q(staff__gt=0),
                name="%(app_label)s_%(class)s_staff_is_positive",
                violation_error_message=_("Årsverk må være mer enn null."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sector}: {self.staff}"
