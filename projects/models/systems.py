"""The municipality's systems and shared components, and which projects touch them when."""

import datetime as dt

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Versioned
from municipality.models import Sector
from projects.models.lines import Line
from projects.models.projects import Project


class SystemKind(models.TextChoices):
    SYSTEM = "system", _("Fagsystem")
    SHARED = "shared", _("Kommunens felles løsning")
    NATIONAL = "national", _("Nasjonal felleskomponent")


class SystemState(models.TextChoices):
    IN_USE = "in_use", _("I bruk")
    COMING = "coming", _("På vei inn")
    LEAVING = "leaving", _("På vei ut")
    GONE = "gone", _("Ute av bruk")


class SystemQuerySet(models.QuerySet["System"]):
    def search(self, text: str) -> "SystemQuerySet":
        """By part of what is written about it."""
        found = models.Q()
        for column in ("name", "owner", "supplier", "purpose"):
            found |= models.Q(**{f"{column}__icontains": text})
        return self.filter(found)

    def named(self, name: str) -> "SystemQuerySet":
        """Capital letters make no difference."""
        return self.filter(name__iexact=name)

    def in_use(self) -> "SystemQuerySet":
        """Those a project can have something to do with."""
        return self.exclude(state=SystemState.GONE)

    def for_list(self, *, on: dt.date) -> "SystemQuerySet":
        """With `projects_now`: how many running projects touch it on that day or later."""
        lasting = models.Q(uses__ends_on__gte=on, uses__project__ending="")
        touching = models.Count("uses__project", filter=lasting, distinct=True)
        return self.select_related("sector").annotate(projects_now=touching)


class System(Versioned):
    """A system or a shared component, such as ID-porten, Fiks or Altinn."""

    name = models.CharField(_("navn"), max_length=120, unique=True)
    kind = models.CharField(_("type"), max_length=8, choices=SystemKind, default=SystemKind.SYSTEM)
    state = models.CharField(
        _("status"), max_length=7, choices=SystemState, default=SystemState.IN_USE
    )
    sector = models.ForeignKey(
        Sector,
        verbose_name=_("sektor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="systems",
    )
    owner = models.CharField(_("systemeier"), max_length=120, blank=True)
    supplier = models.CharField(_("leverandør"), max_length=120, blank=True)
    purpose = models.CharField(_("brukes til"), max_length=250, blank=True)

    objects = SystemQuerySet.as_manager()

    class Meta:
        verbose_name = _("system")
        verbose_name_plural = _("systemer")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=SystemKind.values, state__in=SystemState.values),
                name="%(app_label)s_%(class)s_words_are_known",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("systems:detail", args=[self.pk])


class Integration(models.Model):
    """Data that go from one system to another."""

    source = models.ForeignKey(
        System, verbose_name=_("fra"), on_delete=models.CASCADE, related_name="integrations_out"
    )
    target = models.ForeignKey(
        System, verbose_name=_("til"), on_delete=models.CASCADE, related_name="integrations_in"
    )
    what = models.CharField(_("hva som sendes"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("integrasjon")
        verbose_name_plural = _("integrasjoner")
        ordering = ["source", "target", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")),
                name="%(app_label)s_%(class)s_is_between_two",
                violation_error_message=_("En integrasjon går mellom to systemer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class UseKind(models.TextChoices):
    USES = "uses", _("Bruker uten å endre")
    CHANGES = "changes", _("Endrer")
    REPLACES = "replaces", _("Bytter ut")
    INTRODUCES = "introduces", _("Innfører")


class SystemUse(Line):
    """That a project touches a system from one day to another, and how."""

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="system_uses"
    )
    system = models.ForeignKey(
        System,
        verbose_name=_("system"),
        on_delete=models.PROTECT,
        related_name="uses",
        db_index=False,  # the indexes below begin with it
    )
    kind = models.CharField(_("hvordan"), max_length=10, choices=UseKind, default=UseKind.CHANGES)
    starts_on = models.DateField(_("fra"))
    ends_on = models.DateField(_("til"))
    note = models.CharField(_("merknad"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("system i prosjekt")
        verbose_name_plural = _("systemer i prosjekter")
        ordering = ["project", "starts_on", "pk"]
        indexes = [
            models.Index(fields=["system", "starts_on", "ends_on"], name="projects_systemuse_when"),
            models.Index(
                fields=["system", "starts_on", "ends_on"],
                name="projects_systemuse_changes",
                condition=~models.Q(kind=UseKind.USES),
            ),
            models.Index(fields=["starts_on", "id", "ends_on"], name="projects_systemuse_turn"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=UseKind.values),
                name="%(app_label)s_%(class)s_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message=_("Til-datoen kan ikke være før fra-datoen."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.system)

    def get_absolute_url(self) -> str:
        return reverse("projects:systems", args=[self.project_id])


class FreezePeriodQuerySet(models.QuerySet["FreezePeriod"]):
    def of(self, system: System) -> "FreezePeriodQuerySet":
        """Those that name the system, and those that hold for all."""
        return self.filter(models.Q(systems=system) | models.Q(systems=None)).distinct()


class FreezePeriod(Line):
    """Days when nothing is to be changed: elections, payroll, the end of the year.

    Without systems it holds for all of them.
    """

    name = models.CharField(_("navn"), max_length=120)
    starts_on = models.DateField(_("fra"))
    ends_on = models.DateField(_("til"))
    systems = models.ManyToManyField(
        System,
        verbose_name=_("systemer"),
        blank=True,
        related_name="freeze_periods",
        help_text=_("Uten valg gjelder perioden alle systemer."),
    )

    objects = FreezePeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("fryseperiode")
        verbose_name_plural = _("fryseperioder")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message=_("Til-datoen kan ikke være før fra-datoen."),
            )
        ]

    def __str__(self) -> str:
        return self.name
