"""Benefits (gevinster): what a project promised, and what has been measured since."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benefits import realisation
from core.models import TimeStamped
from projects.models import Project


class BenefitQuerySet(models.QuerySet["Benefit"]):
    def with_latest(self) -> "BenefitQuerySet":
        """Each benefit with its last measurement as `latest_value` and `latest_on`."""
        latest = Measurement.objects.filter(benefit=models.OuterRef("pk")).order_by(
            "-measured_on", "-pk"
        )
        return self.select_related("project__sector", "project__idea", "owner").annotate(
            latest_value=models.Subquery(latest.values("value")[:1]),
            latest_on=models.Subquery(latest.values("measured_on")[:1]),
        )


class Benefit(TimeStamped):
    """A benefit with baseline (nullpunkt), target (måltall), unit and owner (domain.md §4)."""

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.PROTECT, related_name="benefits"
    )
    name = models.CharField(
        _("gevinst"), max_length=160, help_text=_("Slik: Familier som ikke møter til timen")
    )
    unit = models.CharField(_("måleenhet"), max_length=30, help_text=_("Slik: %, timer, kroner"))
    baseline = models.DecimalField(_("nullpunkt"), max_digits=14, decimal_places=2)
    baseline_on = models.DateField(_("nullpunktet er målt"))
    target = models.DecimalField(_("måltall"), max_digits=14, decimal_places=2)
    target_on = models.DateField(_("måltallet skal nås"))
    method = models.CharField(
        _("slik måles det"), max_length=200, blank=True, help_text=_("Hvor tallet hentes fra.")
    )
    meaning = models.CharField(_("hva det betyr for folk"), max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gevinsteier"),
        on_delete=models.PROTECT,
        related_name="owned_benefits",
    )
    next_measurement_on = models.DateField(_("neste måling"), null=True, blank=True)

    objects = BenefitQuerySet.as_manager()

    class Meta:
        verbose_name = _("gevinst")
        verbose_name_plural = _("gevinster")
        ordering = ["project", "pk"]
        indexes = [
            models.Index(fields=["next_measurement_on"], name="benefits_benefit_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target_on__gte=models.F("baseline_on")),
                name="%(app_label)s_%(class)s_target_is_after_baseline",
                violation_error_message=_("Måltallet må nås etter at nullpunktet er målt."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("benefits:detail", args=[self.pk])

    def progress(self, value: Decimal | None) -> Decimal | None:
        return realisation.progress(value, baseline=self.baseline, target=self.target)


class Measurement(TimeStamped):
    """A dated value of a benefit. Zero is a value."""

    benefit = models.ForeignKey(
        Benefit, verbose_name=_("gevinst"), on_delete=models.PROTECT, related_name="measurements"
    )
    submission_key = models.UUIDField(_("innsendingsnøkkel"), unique=True, editable=False)
    value = models.DecimalField(_("måling"), max_digits=14, decimal_places=2)
    measured_on = models.DateField(_("målt"))
    comment = models.CharField(_("kommentar"), max_length=250, blank=True)
    measured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("målt av"),
        on_delete=models.PROTECT,
        related_name="measurements",
    )

    class Meta:
        verbose_name = _("måling")
        verbose_name_plural = _("målinger")
        ordering = ["benefit", "measured_on", "pk"]
        indexes = [models.Index(fields=["benefit", "-measured_on", "-id"], name="benefits_latest")]

    def __str__(self) -> str:
        return f"{self.benefit}: {self.value} {self.benefit.unit}"
