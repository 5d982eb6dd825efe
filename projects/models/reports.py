"""What a project reports each month, within which limits, and what happens outside them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.made_files import MadeFile, MadeFileQuerySet
from core.models import TimeStamped, Versioned
from core.status import HasStatus
from projects.models.projects import Light, Project
from projects.reporting import Step


class Parameter(models.TextChoices):
    """The styringsparametere that tolerances are set for (domain.md §3.3)."""

    TIME = "time", _("Tid")
    COST = "cost", _("Kostnad")
    SCOPE = "scope", _("Omfang")
    QUALITY = "quality", _("Kvalitet")
    RISK = "risk", _("Usikkerhet")
    BENEFITS = "benefits", _("Gevinster")


class Tolerance(Versioned):
    """How far a forecast may go from what was agreed at BP3 before the owner must decide.

    `limit` counts days (time), kroner (cost), the highest S × K (risk) or percentage points of
    target (benefits). Scope and quality have words only: the manager says whether they hold.
    """

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="tolerances"
    )
    parameter = models.CharField(_("styringsparameter"), max_length=8, choices=Parameter)
    limit = models.DecimalField(_("grense"), max_digits=12, decimal_places=0, null=True, blank=True)
    words = models.CharField(_("i ord"), max_length=250, blank=True)
    set_on = models.DateField(_("satt"))

    class Meta:
        verbose_name = _("toleranse")
        verbose_name_plural = _("toleranser")
        ordering = ["project", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "parameter"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=models.Q(parameter__in=Parameter.values),
                name="%(app_label)s_%(class)s_parameter_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(limit=None) | models.Q(limit__gte=0),
                name="%(app_label)s_%(class)s_limit_is_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(limit__isnull=False) | ~models.Q(words=""),
                name="%(app_label)s_%(class)s_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.get_parameter_display()}"


class ReportStatus(models.TextChoices):
    DRAFT = "draft", _("Under arbeid")
    SENT = "sent", _("Sendt")


class Dimension(models.TextChoices):
    """What the status of a month is told by (domain.md §3.3)."""

    PROGRESS = "progress", _("Framdrift")
    MONEY = "money", _("Økonomi")
    QUALITY = "quality", _("Kvalitet")
    RISK = "risk", _("Risiko")
    BENEFITS = "benefits", _("Gevinst")


class StatusReportQuerySet(models.QuerySet["StatusReport"]):
    def sent(self) -> "StatusReportQuerySet":
        return self.filter(status=ReportStatus.SENT)

    def with_dimensions(self) -> "StatusReportQuerySet":
        return self.select_related("sent_by", "edited_by").prefetch_related("dimensions")


class StatusReport(HasStatus, Versioned, TimeStamped):
    """The report of one month. What is sent is not changed; the next one says what is new."""

    TRANSITIONS = {ReportStatus.DRAFT: {ReportStatus.SENT}, ReportStatus.SENT: set()}

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="status_reports"
    )
    month = models.DateField(_("måned"), help_text=_("Den første i måneden."))
    status = models.CharField(
        _("status"), max_length=5, choices=ReportStatus, default=ReportStatus.DRAFT
    )
    summary = models.CharField(_("i én setning"), max_length=300, blank=True)
    forecast = models.DecimalField(
        _("prognose, kroner til sammen"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    spent = models.DecimalField(
        _("brukt, kroner til sammen"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    forecast_end_on = models.DateField(_("prognose for BP5"), null=True, blank=True)
    benefit_share = models.DecimalField(
        _("gevinst, prosent av det lovede"), max_digits=5, decimal_places=0, null=True, blank=True
    )
    highest_risk = models.PositiveSmallIntegerField(
        _("høyeste S × K"), null=True, blank=True, editable=False
    )
    scope_holds = models.BooleanField(_("omfanget holder"), default=True)
    quality_holds = models.BooleanField(_("kvaliteten holder"), default=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sendt av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    sent_at = models.DateTimeField(_("sendt"), null=True, blank=True)

    objects = StatusReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("statusrapport")
        verbose_name_plural = _("statusrapporter")
        ordering = ["project", "-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "month"], name="%(app_label)s_%(class)s_month_once"
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1),
                name="%(app_label)s_%(class)s_month_is_its_first_day",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=ReportStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=ReportStatus.SENT) | models.Q(sent_at__isnull=False),
                name="%(app_label)s_%(class)s_sent_has_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("projects:report", args=[self.project_id, self.month_code])

    @property
    def month_code(self) -> str:
        """«2026-10», as it stands in addresses."""
        return f"{self.month:%Y-%m}"

    @property
    def month_name(self) -> str:
        """«oktober 2026»."""
        return date_format(self.month, "F Y")

    @property
    def is_sent(self) -> bool:
        return self.status == ReportStatus.SENT


class DimensionStatus(models.Model):
    """How one dimension stands. Without a light until somebody has chosen, never when sent."""

    LOOKS = {Light.GREEN: "done", Light.YELLOW: "warning", Light.RED: "overdue"}

    report = models.ForeignKey(
        StatusReport, verbose_name=_("rapport"), on_delete=models.CASCADE, related_name="dimensions"
    )
    dimension = models.CharField(_("dimensjon"), max_length=8, choices=Dimension)
    light = models.CharField(_("lys"), max_length=6, choices=Light, blank=True)
    words = models.CharField(_("med ord"), max_length=60, blank=True)
    comment = models.CharField(_("kommentar"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("status for dimensjon")
        verbose_name_plural = _("status for dimensjoner")
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "dimension"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=models.Q(dimension__in=Dimension.values, light__in=["", *Light.values]),
                name="%(app_label)s_%(class)s_is_on_the_scale",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_dimension_display()}: {self.get_light_display()}"

    @property
    def look(self) -> str:
        """How the status tag looks: a key of `core.icons.STATUS_LOOKS`."""
        return self.LOOKS[Light(self.light)] if self.light else "open"


class DeviationStatus(models.TextChoices):
    RAISED = "raised", _("Venter på prosjekteier")
    ACCEPTED = "accepted", _("Godtatt")
    MEASURES = "measures", _("Tiltak bestemt")
    CHANGE = "change", _("Går til IKT-styringsrådet")


class DeviationQuerySet(models.QuerySet["Deviation"]):
    def waiting(self) -> "DeviationQuerySet":
        return self.filter(status=DeviationStatus.RAISED)


class Deviation(HasStatus, TimeStamped):
    """An avvik: a forecast outside its tolerance, put before the owner."""

    TRANSITIONS = {
        DeviationStatus.RAISED: {
            DeviationStatus.ACCEPTED,
            DeviationStatus.MEASURES,
            DeviationStatus.CHANGE,
        },
        DeviationStatus.ACCEPTED: set(),
        DeviationStatus.MEASURES: set(),
        DeviationStatus.CHANGE: set(),
    }

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.PROTECT, related_name="deviations"
    )
    report = models.ForeignKey(
        StatusReport, verbose_name=_("rapport"), on_delete=models.PROTECT, related_name="deviations"
    )
    parameter = models.CharField(_("styringsparameter"), max_length=8, choices=Parameter)
    agreed = models.CharField(_("avtalt"), max_length=160)
    forecast = models.CharField(_("prognose"), max_length=160)
    tolerance = models.CharField(_("toleranse"), max_length=250)
    status = models.CharField(
        _("status"), max_length=8, choices=DeviationStatus, default=DeviationStatus.RAISED
    )
    answer = models.TextField(_("eierens svar"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("svart av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("svart"), null=True, blank=True)

    objects = DeviationQuerySet.as_manager()

    class Meta:
        verbose_name = _("avvik")
        verbose_name_plural = _("avvik")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "parameter"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=DeviationStatus.values, parameter__in=Parameter.values
                ),
                name="%(app_label)s_%(class)s_words_are_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status=DeviationStatus.RAISED)
                | (models.Q(answered_at__isnull=False) & ~models.Q(answer="")),
                name="%(app_label)s_%(class)s_answered_has_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.get_parameter_display()}"

    def get_absolute_url(self) -> str:
        return reverse("projects:deviation", args=[self.project_id, self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.status == DeviationStatus.RAISED


class ReportReminder(models.Model):
    """That somebody has been reminded of a month's status. Each step once."""

    project = models.ForeignKey(
        Project,
        verbose_name=_("prosjekt"),
        on_delete=models.CASCADE,
        related_name="report_reminders",
    )
    month = models.DateField(_("måned"))
    step = models.CharField(
        _("påminnelse"), max_length=8, choices=[(step.value, step.value) for step in Step]
    )
    on = models.DateField(_("dato"))

    class Meta:
        verbose_name = _("påminnelse om status")
        verbose_name_plural = _("påminnelser om status")
        ordering = ["project", "month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "month", "step"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=models.Q(step__in=[step.value for step in Step]),
                name="%(app_label)s_%(class)s_step_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.month:%Y-%m} {self.step}"


class ReportFile(MadeFile):
    """A sent report as PDF."""

    report = models.OneToOneField(
        StatusReport, verbose_name=_("rapport"), on_delete=models.CASCADE, related_name="file"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bestilt av"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = MadeFileQuerySet["ReportFile"].as_manager()

    class Meta(MadeFile.Meta):
        verbose_name = _("rapportfil")
        verbose_name_plural = _("rapportfiler")
        constraints = [*MadeFile.Meta.constraints]

    def __str__(self) -> str:
        return str(self.report)
