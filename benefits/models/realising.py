"""Tiltak: what somebody does so that the benefits come (Difi's table F, KommIT's plan)."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from benefits.models.benefits import Benefit
from projects.models import Project
from projects.models.lines import Line


class ActionStatus(models.TextChoices):
    """As in the status report of KommIT's workbook (domain.md §4.2)."""

    NOT_STARTED = "planned", _("Ikke startet")
    UNDER_WAY = "started", _("Under arbeid")
    DONE = "done", _("Ferdig")
    LATE = "late", _("Forsinket")


STATUS_LOOKS = {
    ActionStatus.NOT_STARTED: "open",
    ActionStatus.UNDER_WAY: "working",
    ActionStatus.DONE: "done",
    ActionStatus.LATE: "warning",
}


class RiskProfile(models.TextChoices):
    LOW = "low", _("Lav")
    MODERATE = "moderate", _("Moderat")
    HIGH = "high", _("Høy")


class RealisationActionQuerySet(models.QuerySet["RealisationAction"]):
    def waiting_for(self, user: Any, *, by: dt.date) -> "RealisationActionQuerySet":
        """What the person is to have done by the day, in projects that go on."""
        mine = self.filter(responsible=user, due_on__lte=by, project__ending="")
        return mine.exclude(status=ActionStatus.DONE)

    def in_order(self) -> "RealisationActionQuerySet":
        """What is not done first, the nearest due date first, and what has none last."""
        is_done = models.Case(models.When(status=ActionStatus.DONE, then=1), default=0)
        named = self.select_related("benefit", "responsible")
        return named.order_by(is_done, models.F("due_on").asc(nulls_last=True), "pk")


class RealisationAction(Line):
    """A tiltak. For one benefit, or for the project's benefits as a whole."""

    project = models.ForeignKey(
        Project,
        verbose_name=_("prosjekt"),
        on_delete=models.CASCADE,
        related_name="realisation_actions",
    )
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

    objects = RealisationActionQuerySet.as_manager()

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

    def standing(self, on: dt.date) -> ActionStatus:
        """«Forsinket» by itself when the due date has passed and it is not done."""
        is_late = self.due_on is not None and self.due_on < on
        if is_late and self.status != ActionStatus.DONE:
            return ActionStatus.LATE
        return ActionStatus(self.status)

    def look(self, on: dt.date) -> str:
        """How the status tag looks: a key of `core.icons.STATUS_LOOKS`."""
        return STATUS_LOOKS[self.standing(on)]
