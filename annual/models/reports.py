"""The annual report: one for management and one for everybody, generated and then edited."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.made_files import MadeFile, MadeFileQuerySet
from core.models import TimeStamped, Versioned
from municipality.models import AnnualCycle


class Audience(models.TextChoices):
    MANAGEMENT = "management", _("For ledelsen")
    PUBLIC = "public", _("For alle")


class AnnualReportQuerySet(models.QuerySet["AnnualReport"]):
    def for_everybody(self) -> "AnnualReportQuerySet":
        """Those that are published for all, the newest year first."""
        published = self.filter(audience=Audience.PUBLIC, published_at__isnull=False)
        return published.select_related("cycle").order_by("-cycle__year")

    def without_content(self) -> "AnnualReportQuerySet":
        return self.defer("numbers", "published")


class AnnualReport(Versioned, TimeStamped):
    """The report of one year to one audience."""

    cycle = models.ForeignKey(
        AnnualCycle, verbose_name=_("årshjul"), on_delete=models.PROTECT, related_name="reports"
    )
    audience = models.CharField(_("til"), max_length=10, choices=Audience)
    title = models.CharField(_("tittel"), max_length=160)
    numbers = models.JSONField(
        _("tallene"), default=dict, help_text=_("Hentet fra året, med hvor hvert tall kommer fra.")
    )
    numbers_at = models.DateTimeField(_("tallene er hentet"), null=True, blank=True)
    published_at = models.DateTimeField(_("publisert"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("publisert av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # As it was published: everybody reads this while the team goes on editing.
    published = models.JSONField(_("slik det ble publisert"), default=dict, editable=False)

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("årsrapport")
        verbose_name_plural = _("årsrapporter")
        ordering = ["-cycle__year", "audience"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "audience"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=models.Q(audience__in=Audience.values),
                name="%(app_label)s_%(class)s_audience_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        if self.is_public:
            return reverse("annual:public", args=[self.cycle.year])
        return reverse("annual:report", args=[self.cycle.year, self.audience])

    @property
    def is_public(self) -> bool:
        return self.audience == Audience.PUBLIC

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class ReportSectionQuerySet(models.QuerySet["ReportSection"]):
    def with_state(self) -> "ReportSectionQuerySet":
        """With `is_own`: somebody has written another text than the generated one."""
        is_own = ~models.Q(text=models.F("generated"))
        return self.annotate(
            is_own=models.ExpressionWrapper(is_own, output_field=models.BooleanField())
        )


class ReportSection(Versioned):
    """A part of the report: the generated text, and the one somebody has written instead."""

    report = models.ForeignKey(
        AnnualReport,
        verbose_name=_("årsrapport"),
        on_delete=models.CASCADE,
        related_name="sections",
    )
    key = models.SlugField(_("del"), max_length=30)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    heading = models.CharField(_("overskrift"), max_length=160)
    generated = models.TextField(_("slik den ble laget"), blank=True)
    text = models.TextField(_("slik den skal stå"), max_length=6000, blank=True)
    is_left_out = models.BooleanField(_("utelatt"), default=False)

    objects = ReportSectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("del av årsrapport")
        verbose_name_plural = _("deler av årsrapporter")
        ordering = ["report", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="%(app_label)s_%(class)s_once"),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def is_as_generated(self) -> bool:
        """Nobody has written anything else, so it follows the numbers."""
        return self.text == self.generated


class AnnualReportFile(MadeFile):
    """A version of the report as tagged PDF."""

    WHEN_FAILED = _("Noe gikk galt hos oss da rapporten ble laget. Teksten er lagret.")
    WHEN_GIVEN_UP = _("Rapporten ble ikke ferdig etter tre forsøk. Teksten er lagret.")

    report = models.ForeignKey(
        AnnualReport, verbose_name=_("årsrapport"), on_delete=models.CASCADE, related_name="files"
    )
    number = models.PositiveSmallIntegerField(_("versjon"))
    is_published = models.BooleanField(_("publisert"), default=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bestilt av"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = MadeFileQuerySet["AnnualReportFile"].as_manager()

    class Meta(MadeFile.Meta):
        verbose_name = _("årsrapport som PDF")
        verbose_name_plural = _("årsrapporter som PDF")
        ordering = ["report", "-number"]
        constraints = [
            *MadeFile.Meta.constraints,
            models.UniqueConstraint(
                fields=["report", "number"], name="%(app_label)s_%(class)s_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} ({self.number})"
