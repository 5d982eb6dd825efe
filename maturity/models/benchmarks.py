"""What other municipalities have measured, read from the files they share."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class BenchmarkQuerySet(models.QuerySet["Benchmark"]):
    def newest_until(self, year: int) -> "BenchmarkQuerySet":
        """The last one of each municipality that is not later than the year."""
        last = (
            self.filter(year__lte=year)
            .order_by("municipality_number", "-year")
            .distinct("municipality_number")
        )
        return self.filter(pk__in=last.values("pk"))

    def with_totals(self) -> "BenchmarkQuerySet":
        """With the municipality's own rows, not its sectors', in `totals`."""
        rows = BenchmarkLevel.objects.filter(sector="")
        return self.prefetch_related(models.Prefetch("levels", rows, to_attr="totals"))


class Benchmark(models.Model):
    """One municipality's result in one year, as its exchange file said."""

    municipality_number = models.CharField(_("kommunenummer"), max_length=4)
    municipality_name = models.CharField(_("kommune"), max_length=80)
    year = models.PositiveSmallIntegerField(_("år"))
    scale_version = models.CharField(_("skalaversjon"), max_length=40)
    is_preliminary = models.BooleanField(_("foreløpig"), default=False)
    source = models.CharField(_("kilde"), max_length=200)
    file_name = models.CharField(_("fil"), max_length=200, blank=True)
    imported_at = models.DateTimeField(_("lest inn"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lest inn av"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = BenchmarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("måling fra en annen kommune")
        verbose_name_plural = _("målinger fra andre kommuner")
        ordering = ["municipality_name", "-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality_number", "year"],
                name="%(app_label)s_%(class)s_once_a_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality_name} {self.year}"


class BenchmarkLevel(models.Model):
    """One row of the file. No sector = the municipality as a whole."""

    benchmark = models.ForeignKey(
        Benchmark, verbose_name=_("måling"), on_delete=models.CASCADE, related_name="levels"
    )
    area = models.SlugField(_("område"))
    sector = models.CharField(_("sektor"), max_length=80, blank=True)
    level = models.DecimalField(
        _("nivå"),
        max_digits=3,
        decimal_places=2,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    n = models.PositiveSmallIntegerField(_("n"))

    class Meta:
        verbose_name = _("nivå fra en annen kommune")
        verbose_name_plural = _("nivåer fra andre kommuner")
        ordering = ["benchmark", "area", "sector", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["benchmark", "area", "sector"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=5),
                name="%(app_label)s_%(class)s_level_is_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.benchmark} {self.area}: {self.level}"
