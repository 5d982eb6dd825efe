"""What fits: money and people per year, what an idea needs of them, and scenarios to compare."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.made_files import FileStatus, MadeFile, MadeFileQuerySet
from core.models import TimeStamped, Versioned
from municipality.models import Sector
from prioritization.models.entries import Entry
from prioritization.models.rounds import Round


class Need(models.Model):
    """What an idea needs in one year: kroner, and person-years (årsverk) of one sector.

    Without rows an idea needs its estimate in the first budget year, of its own sector.
    """

    entry = models.ForeignKey(
        Entry, verbose_name=_("idé i runden"), on_delete=models.CASCADE, related_name="needs"
    )
    year = models.PositiveSmallIntegerField(_("år"))
    sector = models.ForeignKey(
        Sector, verbose_name=_("sektor"), on_delete=models.PROTECT, related_name="+"
    )
    kroner = models.DecimalField(_("kroner"), max_digits=12, decimal_places=0, default=0)
    person_years = models.DecimalField(_("årsverk"), max_digits=6, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("behov")
        verbose_name_plural = _("behov")
        ordering = ["entry", "year", "sector__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "year", "sector"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kroner__gte=0, person_years__gte=0),
                name="%(app_label)s_%(class)s_is_not_negative",
                violation_error_message=_("Behovet kan ikke være mindre enn null."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.year}"


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def for_solving(self) -> "ScenarioQuerySet":
        """With all that `prioritization.fitting` writes down of a scenario itself."""
        return self.select_related("round__cycle", "edited_by", "made_by").prefetch_related(
            models.Prefetch("limits", Limit.objects.select_related("sector")), "rules"
        )


class Scenario(Versioned, TimeStamped):
    """A named «hva om» about a round's ideas. None of it changes the official ranking."""

    round = models.ForeignKey(
        Round, verbose_name=_("runde"), on_delete=models.CASCADE, related_name="scenarios"
    )
    name = models.CharField(_("navn"), max_length=80)
    note = models.TextField(_("hva er annerledes"), max_length=500, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("laget av"),
        on_delete=models.PROTECT,
        related_name="scenarios",
    )

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarioer")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "name"],
                name="%(app_label)s_%(class)s_name_once",
                violation_error_message=_("Det finnes allerede et scenario med dette navnet."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("prioritization:scenario", args=[self.round_id, self.pk])

    @property
    def chart_key(self) -> str:
        """Of the drawing of points against money (core.Chart)."""
        return f"prioritization-scenario-{self.pk}"

    def latest_solution(self) -> "Solution | None":
        return self.solutions.defer("snapshot", "content").order_by("-pk").first()


class Limit(models.Model):
    """What there is in one year: kroner when no sector is named, else a sector's person-years."""

    scenario = models.ForeignKey(
        Scenario, verbose_name=_("scenario"), on_delete=models.CASCADE, related_name="limits"
    )
    year = models.PositiveSmallIntegerField(_("år"))
    sector = models.ForeignKey(
        Sector,
        verbose_name=_("sektor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    amount = models.DecimalField(_("så mye er det"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("ramme")
        verbose_name_plural = _("rammer")
        ordering = ["scenario", "year", "sector__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scenario", "year", "sector"],
                nulls_distinct=False,
                name="%(app_label)s_%(class)s_once",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0),
                name="%(app_label)s_%(class)s_is_not_negative",
                violation_error_message=_("Rammen kan ikke være mindre enn null."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario}: {self.year}"


class RuleKind(models.TextChoices):
    MANDATORY = "mandatory", _("Skal være med")
    EXCLUDED = "excluded", _("Skal ikke være med")
    EXCLUSIVE = "exclusive", _("Ikke sammen med")
    REQUIRES = "requires", _("Krever at også er med")


class ScenarioRule(models.Model):
    """A condition on which ideas can be chosen. The last two kinds are about two ideas."""

    scenario = models.ForeignKey(
        Scenario, verbose_name=_("scenario"), on_delete=models.CASCADE, related_name="rules"
    )
    kind = models.CharField(_("vilkår"), max_length=10, choices=RuleKind)
    entry = models.ForeignKey(
        Entry, verbose_name=_("idé"), on_delete=models.CASCADE, related_name="+"
    )
    other = models.ForeignKey(
        Entry,
        verbose_name=_("den andre ideen"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta:
        verbose_name = _("vilkår")
        verbose_name_plural = _("vilkår")
        ordering = ["scenario", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scenario", "kind", "entry", "other"],
                nulls_distinct=False,
                name="%(app_label)s_%(class)s_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=RuleKind.values),
                name="%(app_label)s_%(class)s_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[RuleKind.MANDATORY, RuleKind.EXCLUDED], other__isnull=True
                )
                | models.Q(kind__in=[RuleKind.EXCLUSIVE, RuleKind.REQUIRES], other__isnull=False),
                name="%(app_label)s_%(class)s_has_the_ideas_it_needs",
            ),
            models.CheckConstraint(
                condition=models.Q(other__isnull=True) | ~models.Q(entry=models.F("other")),
                name="%(app_label)s_%(class)s_is_about_two",
                violation_error_message=_("Velg to forskjellige ideer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.get_kind_display()}"


class Solution(MadeFile):
    """The best set of a scenario, as a worker found it. Its `content` is the result as JSON."""

    WHEN_FAILED = _("Noe gikk galt hos oss da vi regnet. Scenarioet er lagret.")
    WHEN_GIVEN_UP = _("Vi ble ikke ferdige med å regne etter tre forsøk.")

    scenario = models.ForeignKey(
        Scenario, verbose_name=_("scenario"), on_delete=models.CASCADE, related_name="solutions"
    )
    fingerprint = models.CharField(_("tallene den bygger på"), max_length=64)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bestilt av"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = MadeFileQuerySet["Solution"].as_manager()

    class Meta(MadeFile.Meta):
        verbose_name = _("beste utvalg")
        verbose_name_plural = _("beste utvalg")
        ordering = ["scenario", "-pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.scenario}"

    @property
    def has_failed(self) -> bool:
        return self.status == FileStatus.FAILED

    def answer(self) -> dict[str, Any]:
        """What the worker found (prioritization.fitting.solve). For one that is ready."""
        found: dict[str, Any] = json.loads(bytes(self.content or b""))
        return found
