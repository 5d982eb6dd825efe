"""Gevinstkartet: what makes which change possible, and what good comes of it (domain.md §4.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from benefits.models.benefits import Benefit
from municipality.models import StrategyGoal
from projects.models import Project
from projects.models.lines import Line


class MapColumn(models.TextChoices):
    """The six columns, from left to right."""

    ENABLER = "enabler", _("IT-muliggjørere og forutsetninger")
    ENABLING_CHANGE = "enabling", _("Muliggjørende endringer")
    BUSINESS_CHANGE = "business", _("Virksomhetsendringer")
    INTERMEDIATE = "interim", _("Foreløpige gevinster")
    BENEFIT = "benefit", _("Gevinster")
    GOAL = "goal", _("Mål")


class MapNode(Line):
    """A box in the map. In the two last columns it is a benefit of the register, or a goal."""

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="map_nodes"
    )
    column = models.CharField(_("kolonne"), max_length=8, choices=MapColumn)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    text = models.CharField(_("tekst"), max_length=160, blank=True)
    benefit = models.ForeignKey(
        Benefit,
        verbose_name=_("gevinst"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="map_nodes",
    )
    goal = models.ForeignKey(
        StrategyGoal,
        verbose_name=_("mål"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("boks i gevinstkartet")
        verbose_name_plural = _("bokser i gevinstkart")
        ordering = ["project", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(column__in=MapColumn.values),
                name="%(app_label)s_%(class)s_column_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(text="")
                | models.Q(benefit__isnull=False)
                | models.Q(goal__isnull=False),
                name="%(app_label)s_%(class)s_says_something",
            ),
            models.UniqueConstraint(
                fields=["project", "benefit"],
                condition=models.Q(benefit__isnull=False),
                name="%(app_label)s_%(class)s_benefit_once",
            ),
            models.UniqueConstraint(
                fields=["project", "goal"],
                condition=models.Q(goal__isnull=False),
                name="%(app_label)s_%(class)s_goal_once",
            ),
        ]

    def __str__(self) -> str:
        return self.text or str(self.benefit or self.goal)


class MapLink(models.Model):
    """`source` leads to `target`, which stands further to the right, or in the same column."""

    source = models.ForeignKey(
        MapNode, verbose_name=_("fra"), on_delete=models.CASCADE, related_name="links_out"
    )
    target = models.ForeignKey(
        MapNode, verbose_name=_("til"), on_delete=models.CASCADE, related_name="links_in"
    )

    class Meta:
        verbose_name = _("strek i gevinstkartet")
        verbose_name_plural = _("streker i gevinstkart")
        ordering = ["source", "target"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")),
                name="%(app_label)s_%(class)s_is_between_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
