"""What the benefits of a project are worth against what it costs."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped, Versioned
from projects.models import Project

# Kalkulasjonsrenten for the first forty years (Finansdepartementet, rundskriv R-109/2021).
DEFAULT_RATE = Decimal("4.0")
DEFAULT_HORIZON = 10


class Calculation(Versioned, TimeStamped):
    """The horizon, rate and costs that the net present value of a project is counted with."""

    project = models.OneToOneField(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="calculation"
    )
    first_year = models.PositiveSmallIntegerField(
        _("første år"), help_text=_("Året investeringen tas. Det diskonteres ikke.")
    )
    horizon = models.PositiveSmallIntegerField(
        _("år som regnes med"),
        default=DEFAULT_HORIZON,
        validators=[MinValueValidator(1), MaxValueValidator(40)],
    )
    rate = models.DecimalField(
        _("rente, prosent"), max_digits=4, decimal_places=2, default=DEFAULT_RATE
    )
    investment = models.DecimalField(
        _("investering (kr)"), max_digits=12, decimal_places=0, default=0
    )
    continues = models.BooleanField(
        _("regn siste års tall videre ut perioden"),
        default=True,
        help_text=_("Ellers regnes ingenting etter det siste året noen har skrevet et tall for."),
    )
    low_share = models.PositiveSmallIntegerField(_("lavt anslag, prosent"), null=True, blank=True)
    high_share = models.PositiveSmallIntegerField(_("høyt anslag, prosent"), null=True, blank=True)

    class Meta:
        verbose_name = _("lønnsomhetsberegning")
        verbose_name_plural = _("lønnsomhetsberegninger")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(horizon__range=(1, 40)),
                name="%(app_label)s_%(class)s_horizon_is_1_to_40",
            ),
            models.CheckConstraint(
                condition=models.Q(rate__range=(0, 30)),
                name="%(app_label)s_%(class)s_rate_is_0_to_30",
                violation_error_message=_("Renten må være fra 0 til 30 prosent."),
            ),
            models.CheckConstraint(
                condition=models.Q(investment__gte=0),
                name="%(app_label)s_%(class)s_investment_is_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(low_share=None, high_share=None)
                | models.Q(low_share__lte=100, high_share__gte=100, high_share__lte=1000),
                name="%(app_label)s_%(class)s_estimates_are_around_the_likely",
                violation_error_message=_(
                    "Det lave anslaget er høyst 100 prosent, og det høye minst 100."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.project)


class OperatingCost(models.Model):
    """What it costs to run the solution in one year, beyond what was paid before."""

    calculation = models.ForeignKey(
        Calculation,
        verbose_name=_("lønnsomhetsberegning"),
        on_delete=models.CASCADE,
        related_name="operating_costs",
    )
    year = models.PositiveSmallIntegerField(_("år"))
    amount = models.DecimalField(_("driftskostnad (kr)"), max_digits=12, decimal_places=0)

    class Meta:
        verbose_name = _("driftskostnad")
        verbose_name_plural = _("driftskostnader")
        ordering = ["calculation", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["calculation", "year"], name="%(app_label)s_%(class)s_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calculation} {self.year}"
