"""Who is asked for a number, and when: once by mail, with a link that answers it."""

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from benefits.models.indicators import Indicator, Measurement
from core.models import TimeStamped


class RequestState(models.TextChoices):
    """What somebody who is asked to measure can do about it."""

    OPEN = "open", _("Venter på svar")
    ANSWERED = "answered", _("Besvart")
    SKIPPED = "skipped", _("Hoppet over")
    OTHER_IS_ASKED = "other", _("En annen er spurt")
    RETIRED = "retired", _("Måles ikke lenger")
    EXPIRED = "expired", _("Lenken er gått ut")


class MeasuringRequestQuerySet(models.QuerySet["MeasuringRequest"]):
    def waiting(self) -> "MeasuringRequestQuerySet":
        """Those that somebody is still asked to answer."""
        return self.filter(used_at=None, skipped_at=None, revoked_at=None)

    def with_indicator(self) -> "MeasuringRequestQuerySet":
        return self.select_related(
            "to",
            "measurement",
            "indicator__benefit__project__sector__leader",
            "indicator__benefit__project__owner",
            "indicator__benefit__project__benefit_lead",
            "indicator__benefit__owner",
            "indicator__benefit__responsible",
        )

    def skipped(self) -> "MeasuringRequestQuerySet":
        """Those that were answered with why there is no number, newest first."""
        return self.filter(skipped_at__isnull=False).select_related("to").order_by("-due_on", "-pk")

    def escalated_to(self, leader: Any) -> "MeasuringRequestQuerySet":
        """Those that nobody has answered, in the sectors the person leads."""
        late = self.waiting().filter(escalated_at__isnull=False, indicator__retired_at=None)
        return late.filter(indicator__benefit__project__sector__leader=leader)


class MeasuringRequest(TimeStamped):
    """Somebody is asked for one number on a day. The link in the mail answers it, once.

    The link carries the row and its nonce, signed. Without SECRET_KEY it cannot be made, and
    whoever has used it, cannot use it again.
    """

    indicator = models.ForeignKey(
        Indicator,
        verbose_name=_("måleindikator"),
        on_delete=models.CASCADE,
        related_name="requests",
    )
    due_on = models.DateField(_("skal måles"))
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("spurt"),
        on_delete=models.PROTECT,
        related_name="measuring_requests",
    )
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("valgt av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Tomt når den som har ansvaret, er spurt."),
    )
    nonce = models.UUIDField(_("engangsnøkkel"), unique=True, default=uuid.uuid4, editable=False)
    expires_on = models.DateField(_("lenken virker til"))
    used_at = models.DateTimeField(_("besvart"), null=True, blank=True)
    measurement = models.OneToOneField(
        Measurement,
        verbose_name=_("måling"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="request",
    )
    skipped_at = models.DateTimeField(_("hoppet over"), null=True, blank=True)
    skip_reason = models.CharField(_("hvorfor det ikke ble målt"), max_length=250, blank=True)
    revoked_at = models.DateTimeField(
        _("trukket tilbake"), null=True, blank=True, help_text=_("En annen er spurt i stedet.")
    )
    # The mails: 14 days before, 3 days before, on the day, and then to the sector's leader.
    asked_at = models.DateTimeField(_("spurt"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("minnet tre dager før"), null=True, blank=True)
    reminded_on_day_at = models.DateTimeField(_("minnet på dagen"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("sagt til sektorlederen"), null=True, blank=True)

    objects = MeasuringRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("spørsmål om måling")
        verbose_name_plural = _("spørsmål om målinger")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], name="benefits_request_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "due_on"],
                condition=models.Q(revoked_at=None),
                name="%(app_label)s_%(class)s_one_is_asked",
            ),
            models.CheckConstraint(
                condition=models.Q(skipped_at=None, skip_reason="")
                | (models.Q(skipped_at__isnull=False) & ~models.Q(skip_reason="")),
                name="%(app_label)s_%(class)s_skipped_has_why",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(skipped_at=None),
                name="%(app_label)s_%(class)s_answered_one_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.due_on}"

    @property
    def is_waiting(self) -> bool:
        return self.used_at is None and self.skipped_at is None and self.revoked_at is None

    @property
    def is_for_who_is_asked(self) -> bool:
        """Not when another answers for the benefit by now, unless somebody chose this person."""
        if not self.to.is_active:
            return False
        return self.chosen_by_id is not None or self.to == self.indicator.can_be_asked

    def state(self, *, on: dt.date) -> RequestState:
        """What the link of the request is good for."""
        if self.used_at is not None:
            return RequestState.ANSWERED
        if self.skipped_at is not None:
            return RequestState.SKIPPED
        if not self.indicator.may_be_measured:
            return RequestState.RETIRED
        if self.revoked_at is not None or not self.is_for_who_is_asked:
            return RequestState.OTHER_IS_ASKED
        if on > self.expires_on:
            return RequestState.EXPIRED
        return RequestState.OPEN
