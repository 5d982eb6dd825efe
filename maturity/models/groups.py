"""The leadership group: who is asked, and what each of them answers alone."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.models import Versioned
from maturity.models.assessments import Assessment
from maturity.models.instrument import Area, MaturityLevel


def new_nonce() -> str:
    return secrets.token_urlsafe(16)


class Respondent(models.Model):
    """A member of the sector's leadership group, invited to answer before the group agrees.

    The name and the address are for inviting and reminding, and for the group's own talk. They
    are forgotten `KEPT_DAYS` after the round's last day; the levels stay without a name.
    """

    KEPT_DAYS = 180

    assessment = models.ForeignKey(
        Assessment,
        verbose_name=_("egenvurdering"),
        on_delete=models.CASCADE,
        related_name="respondents",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("konto"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="maturity_respondents",
    )
    name = models.CharField(_("navn"), max_length=120, blank=True)
    email = models.EmailField(_("e-post"), blank=True)
    nonce = models.CharField(_("lenkens nøkkel"), max_length=32, default=new_nonce, editable=False)
    invited_at = models.DateTimeField(_("invitert"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invitert av"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    opened_at = models.DateTimeField(_("åpnet lenken"), null=True, blank=True)
    completed_at = models.DateTimeField(_("svarte på alt"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("navnet slettet"), null=True, blank=True)

    class Meta:
        verbose_name = _("medlem av ledergruppa")
        verbose_name_plural = _("medlemmer av ledergruppa")
        ordering = ["assessment", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "assessment",
                Lower("email"),
                condition=~models.Q(email=""),
                name="%(app_label)s_%(class)s_email_once",
            ),
            models.CheckConstraint(
                condition=models.Q(forgotten_at=None) | models.Q(name="", email=""),
                name="%(app_label)s_%(class)s_forgotten_has_no_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Et medlem av ledergruppa"))

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


class IndividualAnswerQuerySet(models.QuerySet["IndividualAnswer"]):
    def given(self) -> "IndividualAnswerQuerySet":
        return self.filter(level__isnull=False)

    def with_guidance(self) -> "IndividualAnswerQuerySet":
        return self.select_related("area", "edited_by").prefetch_related(
            "area__levels__characteristics"
        )

    def locked(self) -> "IndividualAnswerQuerySet":
        return self.select_for_update(of=("self",))


class IndividualAnswer(Versioned):
    """The level one member sets in one area. No level = not answered yet, never zero."""

    respondent = models.ForeignKey(
        Respondent,
        verbose_name=_("medlem"),
        on_delete=models.CASCADE,
        related_name="answers",
    )
    area = models.ForeignKey(
        Area, verbose_name=_("område"), on_delete=models.PROTECT, related_name="individual_answers"
    )
    level = models.PositiveSmallIntegerField(
        _("nivå"), choices=MaturityLevel, null=True, blank=True
    )
    reason = models.TextField(_("begrunnelse"), max_length=1000, blank=True)

    objects = IndividualAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("svar fra et medlem")
        verbose_name_plural = _("svar fra medlemmer")
        ordering = ["respondent", "area__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["respondent", "area"], name="%(app_label)s_%(class)s_once_per_area"
            ),
            models.CheckConstraint(
                condition=models.Q(level=None) | models.Q(level__in=MaturityLevel.values),
                name="%(app_label)s_%(class)s_level_is_1_to_5",
                violation_error_message=_("Nivået må være fra 1 til 5."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.respondent} {self.area}: {self.level or '–'}"


class Reminder(models.Model):
    """That somebody was reminded on a day, so that nobody is reminded of the same twice."""

    assessment = models.ForeignKey(
        Assessment, verbose_name=_("egenvurdering"), on_delete=models.CASCADE, related_name="+"
    )
    respondent = models.ForeignKey(
        Respondent,
        verbose_name=_("medlem"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reminders",
        help_text=_("Tomt når påminnelsen gikk til sektorens leder."),
    )
    days_before = models.PositiveSmallIntegerField(
        _("dager før fristen"), null=True, blank=True, help_text=_("Tomt når noen ba om den.")
    )
    due_on = models.DateField(_("fristen den gjaldt"))
    on = models.DateField(_("dag"))

    class Meta:
        verbose_name = _("påminnelse")
        verbose_name_plural = _("påminnelser")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "respondent", "days_before", "due_on"],
                condition=models.Q(days_before__isnull=False),
                nulls_distinct=False,
                name="%(app_label)s_%(class)s_once_per_step",
            ),
            models.UniqueConstraint(
                fields=["assessment", "respondent", "on"],
                condition=models.Q(days_before=None),
                nulls_distinct=False,
                name="%(app_label)s_%(class)s_once_a_day_on_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment} {self.on}"
