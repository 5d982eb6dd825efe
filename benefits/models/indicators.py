"""How a benefit is measured: indicators (måleindikatorer), dated values, and who is asked."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from benefits import realisation
from benefits.realisation import Status
from core.models import TimeStamped, Versioned
from ideas.models import KeptFile
from projects.models import Ending

if TYPE_CHECKING:
    from benefits.models.benefits import Benefit

WARN_BEFORE = dt.timedelta(days=14)


class BenefitState(models.TextChoices):
    """Where an indicator stood when it was last measured, seen against its plan."""

    NOT_MEASURED = "not_measured", _("Ikke målt ennå")
    BEHIND = Status.BEHIND.value, _("Bak plan")
    ON_TRACK = Status.ON_TRACK.value, _("I rute")
    AHEAD = Status.AHEAD.value, _("Foran plan")
    UNDEFINED = "undefined", _("Framgang ikke definert")


STATE_LOOKS = {
    BenefitState.NOT_MEASURED: "open",
    BenefitState.BEHIND: "warning",
    BenefitState.ON_TRACK: "done",
    BenefitState.AHEAD: "done",
    BenefitState.UNDEFINED: "open",
}


class Direction(models.TextChoices):
    """Which way is better. Says the same as nullpunkt and måltall, unless those are equal."""

    DOWN = "down", _("Tallet skal ned")
    UP = "up", _("Tallet skal opp")
    HOLD = "hold", _("Tallet skal holdes")


class Evidence(models.TextChoices):
    """How sure a number is. Drawn the same way in charts, tables and PDF (DESIGN.md)."""

    MEASURED = "measured", _("Målt")
    ESTIMATED = "estimated", _("Anslått")
    JUDGED = "judged", _("Skjønn")


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def with_benefit(self) -> "IndicatorQuerySet":
        return self.select_related(
            "benefit__project__sector",
            "benefit__project__owner",
            "benefit__project__benefit_lead",
            "benefit__owner",
            "benefit__responsible",
        )

    def followed(self) -> "IndicatorQuerySet":
        """Those that are still measured: also after the project, but not once it was stopped."""
        stopped = models.Q(benefit__project__ending=Ending.STOPPED)
        return self.filter(retired_at=None).exclude(stopped)

    def due(self, on: dt.date) -> "IndicatorQuerySet":
        """Those that should be measured by the day or within two weeks, longest overdue first."""
        followed = self.followed().filter(next_measurement_on__lte=on + WARN_BEFORE)
        return followed.order_by("next_measurement_on", "pk")

    def asked_of(self, person: Any) -> "IndicatorQuerySet":
        """Those that wait for the person's number: chosen for it, or theirs to measure."""
        waiting = models.Q(
            requests__used_at=None, requests__skipped_at=None, requests__revoked_at=None
        )
        chosen = models.FilteredRelation(
            "requests", condition=waiting & models.Q(requests__chosen_by__isnull=False)
        )
        answers = models.Q(
            benefit__responsibility_accepted_at__isnull=False, benefit__responsible__isnull=False
        )
        theirs = (answers & models.Q(benefit__responsible=person)) | (
            ~answers & models.Q(benefit__owner=person)
        )
        found = self.alias(chosen=chosen)
        return found.filter(models.Q(chosen__to=person) | (theirs & models.Q(chosen__pk=None)))


class Indicator(Versioned, TimeStamped):
    """A måleindikator with nullpunkt, måltall and unit (domain.md §4.2, §4.3 table G)."""

    LOCKED_ONCE_MEASURED = ("unit", "baseline", "baseline_on")

    benefit = models.ForeignKey(
        "benefits.Benefit",
        verbose_name=_("gevinst"),
        on_delete=models.CASCADE,
        related_name="indicators",
    )
    submission_key = models.UUIDField(
        _("innsendingsnøkkel"), unique=True, default=uuid.uuid4, editable=False
    )
    name = models.CharField(
        _("måleindikator"),
        max_length=160,
        help_text=_("Slik: Familier som ikke møter til timen"),
    )
    unit = models.CharField(_("måleenhet"), max_length=30, help_text=_("Slik: %, timer, kroner"))
    method = models.CharField(_("slik måles det"), max_length=200, blank=True)
    source = models.CharField(
        _("datakilde"), max_length=160, blank=True, help_text=_("Hvor tallet hentes fra.")
    )
    direction = models.CharField(
        _("retning"), max_length=4, choices=Direction, default=Direction.DOWN
    )
    allows_negative = models.BooleanField(_("tallet kan være under null"), default=False)
    baseline = models.DecimalField(_("nullpunkt"), max_digits=14, decimal_places=2)
    baseline_on = models.DateField(_("nullpunktet er målt"))
    target = models.DecimalField(_("måltall"), max_digits=14, decimal_places=2)
    target_on = models.DateField(_("måltallet skal nås"))
    # Kept by the freezing at BP3: what was promised then.
    promised_target = models.DecimalField(
        _("måltall ved BP3"), max_digits=14, decimal_places=2, null=True, blank=True, editable=False
    )
    promised_target_on = models.DateField(_("dato ved BP3"), null=True, blank=True, editable=False)
    next_measurement_on = models.DateField(_("neste måling"), null=True, blank=True)
    retired_at = models.DateTimeField(_("tatt ut av bruk"), null=True, blank=True, editable=False)
    # Kept by actions.restate.
    latest_value = models.DecimalField(
        _("siste måling"), max_digits=14, decimal_places=2, null=True, blank=True, editable=False
    )
    latest_on = models.DateField(_("sist målt"), null=True, blank=True, editable=False)
    latest_evidence = models.CharField(
        _("hvor sikkert tallet er"), max_length=9, choices=Evidence, blank=True, editable=False
    )
    state = models.CharField(
        _("sett mot planen"),
        max_length=12,
        choices=BenefitState,
        default=BenefitState.NOT_MEASURED,
        editable=False,
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("måleindikator")
        verbose_name_plural = _("måleindikatorer")
        ordering = ["benefit", "pk"]
        indexes = [
            models.Index(fields=["next_measurement_on"], name="benefits_indicator_due"),
            models.Index(fields=["state"], name="benefits_indicator_by_state"),
            models.Index(fields=["-latest_on", "-id"], name="benefits_indicator_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target_on__gte=models.F("baseline_on")),
                name="%(app_label)s_%(class)s_target_is_after_baseline",
                violation_error_message=_("Måltallet må nås etter at nullpunktet er målt."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=BenefitState.values),
                name="%(app_label)s_%(class)s_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(direction__in=Direction.values),
                name="%(app_label)s_%(class)s_direction_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(latest_value=None, latest_on=None, latest_evidence="")
                | models.Q(
                    latest_value__isnull=False,
                    latest_on__isnull=False,
                    latest_evidence__in=Evidence.values,
                ),
                name="%(app_label)s_%(class)s_latest_has_value_and_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.benefit.get_absolute_url()

    def progress(self, value: Decimal | None) -> Decimal | None:
        return realisation.progress(value, baseline=self.baseline, target=self.target)

    def planned(self, on: dt.date) -> Decimal:
        """How far the plan, a straight line from nullpunkt to måltall, had come on the date."""
        return realisation.planned(on, baseline_on=self.baseline_on, target_on=self.target_on)

    @property
    def chart_key(self) -> str:
        """Of the core.Chart that shows the measurements."""
        return f"indicator-{self.pk}"

    @property
    def look(self) -> str:
        """How the status tag looks: a key of `core.icons.STATUS_LOOKS`."""
        return STATE_LOOKS[BenefitState(self.state)]

    @property
    def latest_progress(self) -> Decimal | None:
        return self.progress(self.latest_value)

    @property
    def is_measured(self) -> bool:
        return self.state != BenefitState.NOT_MEASURED

    @property
    def measured_by(self) -> Any:
        """Who measures: who has said yes to answer for the benefit, else its owner."""
        benefit: Benefit = self.benefit
        has_accepted = benefit.responsibility_accepted_at is not None
        return benefit.responsible if has_accepted and benefit.responsible else benefit.owner

    @property
    def can_be_asked(self) -> Any:
        """Who is mailed: who measures, or the project's people when that one has left."""
        project = self.benefit.project
        people = (self.measured_by, project.benefit_lead, project.owner)
        return next((person for person in people if person and person.is_active), None)

    @property
    def may_be_measured(self) -> bool:
        return self.retired_at is None


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def standing(self) -> "MeasurementQuerySet":
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at=None)

    def for_table(self) -> "MeasurementQuerySet":
        """All, newest first, with who measured, and what the numbers rest on as `shown_files`."""
        files = MeasurementFile.objects.without_content().order_by("pk")
        shown = models.Prefetch("files", queryset=files, to_attr="shown_files")
        rows = self.select_related("measured_by").prefetch_related(shown)
        return rows.order_by("-measured_on", "-pk")


class Measurement(TimeStamped):
    """A dated value of an indicator. Zero is a value."""

    indicator = models.ForeignKey(
        Indicator,
        verbose_name=_("måleindikator"),
        on_delete=models.PROTECT,
        related_name="measurements",
    )
    submission_key = models.UUIDField(_("innsendingsnøkkel"), unique=True, editable=False)
    value = models.DecimalField(_("måling"), max_digits=14, decimal_places=2)
    measured_on = models.DateField(_("målt"))
    evidence = models.CharField(
        _("hvor sikkert tallet er"), max_length=9, choices=Evidence, default=Evidence.MEASURED
    )
    comment = models.CharField(_("kommentar"), max_length=250, blank=True)
    measured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("målt av"),
        on_delete=models.PROTECT,
        related_name="measurements",
    )
    withdrawn_at = models.DateTimeField(_("trukket"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("trukket av"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_reason = models.CharField(_("hvorfor"), max_length=250, blank=True, editable=False)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = _("måling")
        verbose_name_plural = _("målinger")
        ordering = ["indicator", "measured_on", "pk"]
        indexes = [
            models.Index(fields=["indicator", "-measured_on", "-id"], name="benefits_latest")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(evidence__in=Evidence.values),
                name="%(app_label)s_%(class)s_evidence_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_reason="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_reason="")),
                name="%(app_label)s_%(class)s_withdrawn_has_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value} {self.indicator.unit}"


class MeasurementFile(KeptFile):
    """What the number rests on: a report, a picture of a counter, an extract."""

    measurement = models.ForeignKey(
        Measurement, verbose_name=_("måling"), on_delete=models.CASCADE, related_name="files"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("av"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta(KeptFile.Meta):
        verbose_name = _("vedlegg til måling")
        verbose_name_plural = _("vedlegg til målinger")
        ordering = ["measurement", "pk"]
