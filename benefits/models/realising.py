"""Tiltak: what somebody does so that the benefits come (Difi's table F, KommIT's plan)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from benefits.models.benefits import Benefit
from core.models import Versioned
from projects.models import Project


class ActionStatus(models.TextChoices):
    """As in the status report of KommIT's workbook (domain.md §4.2)."""

    NOT_STARTED = "planned", _("Ikke startet")
    UNDER_WAY = "started", _("Under arbeid")
    DONE = "done", _("Ferdig")
    LATE = "late", _("Forsinket")


class RiskProfile(models.TextChoices):
    LOW = "low", _("Lav")
    MODERATE = "moderate", _("Moderat")
    HIGH = "high", _("Høy")


class RealisationAction(Versioned):
    """A tiltak. For one benefit, or for the project's benefits as a whole."""

    project = models.ForeignKey(
        Project,
        verbose_name=_("prosjekt"),
        on_delete=models.CASCADE,
        related_name="realisation_actions",
    )
    submission_key = models.UUIDField(_("innsending"), null=True, unique=True, editable=False)
    benefit = models.ForeignKey(
        Benefit,
        verbose_name=_("gevinst"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="realisation_actions",
    )
    text = models.CharField(_("tiltak"), max_length=250)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ansvarlig"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="realisation_actions",
    )
    due_on = models.DateField(_("frist"), null=True, blank=True)
    risk_profile = models.CharField(
        _("risikoprofil"), max_length=8, choices=RiskProfile, default=RiskProfile.LOW
    )
    status = models.CharField(
        _("status"), max_length=8, choices=ActionStatus, default=ActionStatus.NOT_STARTED
    )

    class Meta:
        verbose_name = _("tiltak")
        verbose_name_plural = _("tiltak")
        ordering = ["project", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(risk_profile__in=RiskProfile.values),
                name="%(app_label)s_%(class)s_risk_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=ActionStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.text
