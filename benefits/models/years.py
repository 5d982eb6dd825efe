"""What a benefit is worth year by year, and how its plan has changed since it was frozen."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from benefits.models.benefits import Benefit
from benefits.models.indicators import Evidence
from projects.models import ChangeRequest


class BenefitYear(models.Model):
    """What a benefit is worth in one year, in kroner or årsverk as its kind says.

    The amounts of a disbenefit are what it costs, and count against. `promised` is the plan as it
    was frozen at BP3; `moved` is the plan as the project's delay moves it.
    """

    benefit = models.ForeignKey(
        Benefit, verbose_name=_("gevinst"), on_delete=models.CASCADE, related_name="years"
    )
    year = models.PositiveSmallIntegerField(_("år"))
    promised = models.DecimalField(
        _("lovet ved BP3"), max_digits=14, decimal_places=2, null=True, blank=True, editable=False
    )
    plan = models.DecimalField(_("plan"), max_digits=14, decimal_places=2, null=True, blank=True)
    moved = models.DecimalField(
        _("plan, flyttet med prosjektet"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        editable=False,
    )
    forecast = models.DecimalField(
        _("prognose"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    actual = models.DecimalField(
        _("oppnådd"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    evidence = models.CharField(
        _("hvor sikkert det oppnådde er"), max_length=9, choices=Evidence, blank=True
    )
    taken_out = models.DecimalField(
        _("tatt ut i budsjettet"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("gevinst i ett år")
        verbose_name_plural = _("gevinster per år")
        ordering = ["benefit", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit", "year"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=models.Q(year__range=(2000, 2100)),
                name="%(app_label)s_%(class)s_year_is_ours",
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{field: None}) | models.Q(**{f"{field}__gte": 0}),
                    name=f"%(app_label)s_%(class)s_{field}_is_not_negative",
                )
                for field in ("plan", "forecast", "taken_out")
            ),
            models.CheckConstraint(
                condition=models.Q(actual=None, evidence="")
                | models.Q(actual__isnull=False, evidence__in=Evidence.values),
                name="%(app_label)s_%(class)s_actual_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.benefit} {self.year}"


class ChangeKind(models.TextChoices):
    """Why the plan of a benefit is no longer the one that was frozen."""

    EDITED = "edited", _("Endret")
    MOVED = "moved", _("Flyttet med prosjektet")
    ADDED = "added", _("Kom til etter BP3")
    IMPORTED = "imported", _("Hentet fra regneark")


class BenefitChange(models.Model):
    """A change of the plan after BP3, with what it was, what it became, and why."""

    benefit = models.ForeignKey(
        Benefit, verbose_name=_("gevinst"), on_delete=models.CASCADE, related_name="changes"
    )
    kind = models.CharField(_("hva slags endring"), max_length=8, choices=ChangeKind)
    at = models.DateTimeField(_("tidspunkt"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.CharField(_("hvorfor"), max_length=500)
    change_request = models.ForeignKey(
        ChangeRequest,
        verbose_name=_("endringsanmodning"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="benefit_changes",
    )
    days = models.IntegerField(_("dager flyttet"), null=True, blank=True)
    before = models.JSONField(_("før"), default=dict)
    after = models.JSONField(_("etter"), default=dict)

    class Meta:
        verbose_name = _("endring av en gevinst")
        verbose_name_plural = _("endringer av gevinster")
        ordering = ["benefit", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=ChangeKind.values),
                name="%(app_label)s_%(class)s_kind_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="%(app_label)s_%(class)s_has_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.benefit}: {self.get_kind_display()}"
