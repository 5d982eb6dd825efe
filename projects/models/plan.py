"""Plan, people and money of a project."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from municipality.models import Sector
from projects.models.lines import Line
from projects.models.projects import Project, ProjectPhase


class PhasePlan(models.Model):
    """When a phase begins and when the decision point at its end is to be taken."""

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="phase_plans"
    )
    phase = models.CharField(_("fase"), max_length=12, choices=ProjectPhase)
    starts_on = models.DateField(_("begynner"))
    ends_on = models.DateField(_("beslutningspunktet tas"))
    agreed_ends_on = models.DateField(
        _("slik det var ved BP3"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("planlagt fase")
        verbose_name_plural = _("planlagte faser")
        ordering = ["project", "starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "phase"], name="%(app_label)s_%(class)s_phase_once"
            ),
            models.CheckConstraint(
                condition=models.Q(phase__in=ProjectPhase.values),
                name="%(app_label)s_%(class)s_phase_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message=_("Fasen kan ikke slutte før den begynner."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.get_phase_display()}"


class Stage(Line):
    """A delfase of Gjennomføre. BP3.n is decided when the n-th is done and another follows."""

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="stages"
    )
    number = models.PositiveSmallIntegerField(_("nummer"))
    name = models.CharField(_("navn"), max_length=120)
    starts_on = models.DateField(_("begynner"))
    ends_on = models.DateField(_("slutter"))
    finished_on = models.DateField(_("ferdig"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("delfase")
        verbose_name_plural = _("delfaser")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"], name="%(app_label)s_%(class)s_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message=_("Delfasen kan ikke slutte før den begynner."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class Milestone(Line):
    """A milepæl with its day. The drift is seen against the day it had at BP3."""

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="milestones"
    )
    name = models.CharField(_("milepæl"), max_length=160)
    delivers = models.CharField(_("leveranse"), max_length=250, blank=True)
    planned_on = models.DateField(_("planlagt"))
    agreed_on = models.DateField(_("slik det var ved BP3"), null=True, blank=True, editable=False)
    reached_on = models.DateField(_("nådd"), null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ansvarlig"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="milestones",
    )

    class Meta:
        verbose_name = _("milepæl")
        verbose_name_plural = _("milepæler")
        ordering = ["project", "planned_on", "pk"]

    def __str__(self) -> str:
        return self.name


class MilestoneLink(models.Model):
    """`after` cannot be reached before `before`. Circles are refused (projects/dependencies.py)."""

    before = models.ForeignKey(
        Milestone, verbose_name=_("først"), on_delete=models.CASCADE, related_name="links_out"
    )
    after = models.ForeignKey(
        Milestone, verbose_name=_("så"), on_delete=models.CASCADE, related_name="links_in"
    )

    class Meta:
        verbose_name = _("avhengighet mellom milepæler")
        verbose_name_plural = _("avhengigheter mellom milepæler")
        ordering = ["before", "after"]
        constraints = [
            models.UniqueConstraint(
                fields=["before", "after"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")),
                name="%(app_label)s_%(class)s_is_between_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class ProjectLink(models.Model):
    """A project that cannot finish before another has delivered something."""

    before = models.ForeignKey(
        Project,
        verbose_name=_("må levere først"),
        on_delete=models.CASCADE,
        related_name="links_out",
    )
    after = models.ForeignKey(
        Project, verbose_name=_("venter"), on_delete=models.CASCADE, related_name="links_in"
    )
    what = models.CharField(_("hva det venter på"), max_length=250)

    class Meta:
        verbose_name = _("avhengighet mellom prosjekter")
        verbose_name_plural = _("avhengigheter mellom prosjekter")
        ordering = ["before", "after"]
        constraints = [
            models.UniqueConstraint(
                fields=["before", "after"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")),
                name="%(app_label)s_%(class)s_is_between_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class BudgetLine(Line):
    """Kroner and person-years of one year from one source: budget, spent and forecast."""

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="budget_lines"
    )
    year = models.PositiveSmallIntegerField(_("år"))
    source = models.CharField(
        _("kilde"), max_length=80, help_text=_("Slik: Egen ramme, tilskudd fra KS")
    )
    sector = models.ForeignKey(
        Sector, verbose_name=_("sektor som betaler"), on_delete=models.PROTECT, related_name="+"
    )
    budget = models.DecimalField(_("budsjett"), max_digits=12, decimal_places=0, default=0)
    agreed = models.DecimalField(
        _("slik det var ved BP3"),
        max_digits=12,
        decimal_places=0,
        null=True,
        blank=True,
        editable=False,
    )
    spent = models.DecimalField(_("brukt"), max_digits=12, decimal_places=0, default=0)
    forecast = models.DecimalField(
        _("prognose"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    person_years = models.DecimalField(_("årsverk"), max_digits=6, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("budsjettlinje")
        verbose_name_plural = _("budsjettlinjer")
        ordering = ["project", "year", "source", "pk"]
        indexes = [models.Index(fields=["year", "sector"], name="projects_budgetline_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "year", "source", "sector"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=_("Denne kilden står allerede i budsjettet for året."),
            ),
            models.CheckConstraint(
                condition=models.Q(budget__gte=0, spent__gte=0, person_years__gte=0),
                name="%(app_label)s_%(class)s_is_not_negative",
                violation_error_message=_("Beløp og årsverk kan ikke være mindre enn null."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.source} {self.year}"

    @property
    def expected(self) -> Decimal:
        """The forecast; until somebody has made one, what the budget says."""
        return self.budget if self.forecast is None else self.forecast

    @property
    def growth(self) -> Decimal | None:
        """How much the budget has grown since BP3, when something was agreed then."""
        return None if self.agreed is None else self.budget - self.agreed


class Allocation(Line):
    """How much of a person's time a project has, from day to day: what capacity is counted by."""

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="allocations"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="allocations",
    )
    percent = models.PositiveSmallIntegerField(_("prosent av stillingen"))
    starts_on = models.DateField(_("fra"))
    ends_on = models.DateField(_("til"))

    class Meta:
        verbose_name = _("bemanning")
        verbose_name_plural = _("bemanning")
        ordering = ["project", "starts_on", "pk"]
        indexes = [
            models.Index(fields=["person", "starts_on", "ends_on"], name="projects_allocation_when")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__gte=1, percent__lte=100),
                name="%(app_label)s_%(class)s_percent_is_a_share",
                violation_error_message=_("Skriv et helt tall fra 1 til 100."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message=_("Til-datoen kan ikke være før fra-datoen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.percent} %"
