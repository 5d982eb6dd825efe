"""Benefits (gevinster): what a project promised, and what has been measured since."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benefits import realisation
from benefits.realisation import Status
from core.models import TimeStamped, Versioned
from projects.models import Project

WARN_BEFORE = dt.timedelta(days=14)


class BenefitState(models.TextChoices):
    """Where a benefit stood when it was last measured, seen against its plan."""

    NOT_MEASURED = "not_measured", _("Ikke målt ennå")
    BEHIND = Status.BEHIND.value, _("Bak plan")
    ON_TRACK = Status.ON_TRACK.value, _("I rute")
    AHEAD = Status.AHEAD.value, _("Foran plan")
    UNDEFINED = "undefined", _("Framgang ikke definert")


class BenefitQuerySet(models.QuerySet["Benefit"]):
    def for_list(self) -> "BenefitQuerySet":
        return self.with_project().order_by("name", "pk")

    def visible_to(self, user: Any) -> "BenefitQuerySet":
        """Those of projects that the person may see."""
        return self.filter(project__in=Project.objects.visible_to(user))

    def with_project(self) -> "BenefitQuerySet":
        return self.select_related("project__sector", "project__idea", "owner")

    def due(self, on: dt.date) -> "BenefitQuerySet":
        """Those whose owner should measure now, longest overdue first."""
        return self.filter(next_measurement_on__lte=on + WARN_BEFORE).order_by(
            "next_measurement_on", "pk"
        )

    def asked(self, user: Any) -> "BenefitQuerySet":
        """Those that the person is asked to answer for after the project, and has not answered."""
        waiting = self.filter(responsible=user, responsibility_accepted_at=None)
        return waiting.filter(project__ending="")

    def counts(self) -> dict[str, int]:
        """How many there are, how many are measured, and how those stand."""
        on_plan = [BenefitState.ON_TRACK, BenefitState.AHEAD]
        return self.aggregate(
            total=models.Count("pk"),
            measured=models.Count("pk", filter=~models.Q(state=BenefitState.NOT_MEASURED)),
            on_plan=models.Count("pk", filter=models.Q(state__in=on_plan)),
            behind=models.Count("pk", filter=models.Q(state=BenefitState.BEHIND)),
        )

    def half_way(self) -> "BenefitQuerySet":
        """Those whose last measurement is at least half of the way from baseline to target."""
        middle, doubled = models.F("baseline") + models.F("target"), models.F("latest_value") * 2
        up = models.Q(target__gt=models.F("baseline"), doubled__gte=middle)
        down = models.Q(target__lt=models.F("baseline"), doubled__lte=middle)
        return self.alias(doubled=doubled).filter(up | down)

    def reached(self) -> dict[str, int]:
        """How many have been measured and have some way to go, and how many of them are there."""
        there = models.Q(target__gt=models.F("baseline"), latest_value__gte=models.F("target"))
        there |= models.Q(target__lt=models.F("baseline"), latest_value__lte=models.F("target"))
        measured = self.filter(latest_value__isnull=False).exclude(target=models.F("baseline"))
        return measured.aggregate(
            measured=models.Count("pk"), reached=models.Count("pk", filter=there)
        )


class Benefit(Versioned, TimeStamped):
    """A benefit with baseline (nullpunkt), target (måltall), unit and owner (domain.md §4)."""

    LOCKED_ONCE_MEASURED = ("unit", "baseline", "baseline_on")

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.PROTECT, related_name="benefits"
    )
    submission_key = models.UUIDField(
        _("innsendingsnøkkel"), unique=True, default=uuid.uuid4, editable=False
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
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ansvarlig etter prosjektet"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="benefits_to_realise",
        help_text=_("Prosjekteieren selv, eller en gevinstansvarlig som har sagt ja."),
    )
    responsibility_asked_at = models.DateTimeField(
        _("spurt om ansvaret"), null=True, blank=True, editable=False
    )
    responsibility_accepted_at = models.DateTimeField(
        _("tok ansvaret"), null=True, blank=True, editable=False
    )
    responsibility_declined = models.CharField(
        _("hvorfor den som ble spurt, sa nei"), max_length=500, blank=True, editable=False
    )
    next_measurement_on = models.DateField(_("neste måling"), null=True, blank=True)
    latest_value = models.DecimalField(
        _("siste måling"), max_digits=14, decimal_places=2, null=True, blank=True, editable=False
    )
    latest_on = models.DateField(_("sist målt"), null=True, blank=True, editable=False)
    state = models.CharField(
        _("sett mot planen"),
        max_length=12,
        choices=BenefitState,
        default=BenefitState.NOT_MEASURED,
        editable=False,
        help_text=_("Regnes ut hver gang det kommer en måling."),
    )

    objects = BenefitQuerySet.as_manager()

    class Meta:
        verbose_name = _("gevinst")
        verbose_name_plural = _("gevinster")
        ordering = ["project", "pk"]
        indexes = [
            models.Index(fields=["next_measurement_on"], name="benefits_benefit_due"),
            models.Index(fields=["state"], name="benefits_benefit_by_state"),
            models.Index(fields=["-latest_on", "-id"], name="benefits_benefit_newest"),
            models.Index(fields=["name", "id"], name="benefits_benefit_by_name"),
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
                condition=models.Q(latest_value=None, latest_on=None)
                | models.Q(latest_value__isnull=False, latest_on__isnull=False),
                name="%(app_label)s_%(class)s_latest_has_value_and_day",
            ),
            models.CheckConstraint(
                condition=models.Q(responsibility_accepted_at=None)
                | models.Q(responsible__isnull=False),
                name="%(app_label)s_%(class)s_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("benefits:detail", args=[self.pk])

    def progress(self, value: Decimal | None) -> Decimal | None:
        return realisation.progress(value, baseline=self.baseline, target=self.target)

    def planned(self, on: dt.date) -> Decimal:
        """How far the plan, a straight line from nullpunkt to måltall, had come on the date."""
        return realisation.planned(on, baseline_on=self.baseline_on, target_on=self.target_on)

    @property
    def chart_key(self) -> str:
        """Of the core.Chart that shows the measurements."""
        return f"benefit-{self.pk}"

    @property
    def look(self) -> str:
        """How the status tag looks: a key of `core.icons.STATUS_LOOKS`."""
        return {
            BenefitState.NOT_MEASURED: "open",
            BenefitState.BEHIND: "warning",
            BenefitState.ON_TRACK: "done",
            BenefitState.AHEAD: "done",
            BenefitState.UNDEFINED: "open",
        }[BenefitState(self.state)]

    @property
    def latest_progress(self) -> Decimal | None:
        return self.progress(self.latest_value)

    @property
    def is_measured(self) -> bool:
        return self.state != BenefitState.NOT_MEASURED


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
