"""Projects (prosjekter): an approved idea on its way through Prosjektveiviseren."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import roles
from core.models import TimeStamped, Versioned
from core.search import SearchColumn, like, matching
from core.status import HasStatus
from ideas.models import Idea
from municipality.models import Sector
from projects.models.method import Method, Size
from projects.reporting import overdue


class ProjectPhase(models.TextChoices):
    """The phases of Prosjektveiviseren, in order (domain.md §3.1)."""

    IDEA = "idea", _("Idé")
    CONCEPT = "concept", _("Konsept")
    PLANNING = "planning", _("Planlegge")
    EXECUTION = "execution", _("Gjennomføre")
    CLOSING = "closing", _("Avslutte")
    REALISATION = "realisation", _("Realisere")


# Where responsibility for the benefits goes from the project to the line (strategy §6.4).
HANDED_OVER_IN = (ProjectPhase.CLOSING, ProjectPhase.REALISATION)

# The project proper: those in it send a status each month.
REPORTING_PHASES = (ProjectPhase.PLANNING, ProjectPhase.EXECUTION, ProjectPhase.CLOSING)


@dataclass(frozen=True)
class Gate:
    """A decision point (beslutningspunkt) of Prosjektveiviseren, with its exact title."""

    code: str
    title: Any
    decided_by: Any
    decider_role: str


class GateCode(models.TextChoices):
    """The decision points in order. BP3.n stands between two delfaser of Gjennomføre."""

    BP1 = "BP1", "BP1"
    BP2 = "BP2", "BP2"
    BP3 = "BP3", "BP3"
    BP3N = "BP3.n", "BP3.n"
    BP4 = "BP4", "BP4"
    BP5 = "BP5", "BP5"
    BP6 = "BP6", "BP6"


EXECUTIVES, OWNER = "executives", "owner"
_EXECUTIVES: dict[str, Any] = {"decided_by": _("virksomhetsledelsen"), "decider_role": EXECUTIVES}
_OWNER: dict[str, Any] = {"decided_by": _("prosjekteier"), "decider_role": OWNER}

# Exact titles, and who decides (domain.md §3.2). The title of BP6 could not be read in any source:
# the one here says what the point is about.
GATE_BY_CODE = {
    GateCode.BP1: Gate("BP1", _("Beslutte oppstart av en konseptfase"), **_EXECUTIVES),
    GateCode.BP2: Gate("BP2", _("Beslutte oppstart av planleggingsfasen"), **_EXECUTIVES),
    GateCode.BP3: Gate("BP3", _("Beslutte overgang til gjennomføringsfasene"), **_OWNER),
    GateCode.BP3N: Gate("BP3.n", _("Beslutte overgang til neste delfase"), **_OWNER),
    GateCode.BP4: Gate("BP4", _("Beslutte overgang til avslutningsfasen"), **_OWNER),
    GateCode.BP5: Gate("BP5", _("Beslutte avslutning av prosjektet"), **_OWNER),
    GateCode.BP6: Gate("BP6", _("Beslutte at gevinstene er realisert"), **_EXECUTIVES),
}

# The decision point that opens each phase.
GATES = {
    ProjectPhase.CONCEPT: GATE_BY_CODE[GateCode.BP1],
    ProjectPhase.PLANNING: GATE_BY_CODE[GateCode.BP2],
    ProjectPhase.EXECUTION: GATE_BY_CODE[GateCode.BP3],
    ProjectPhase.CLOSING: GATE_BY_CODE[GateCode.BP4],
    ProjectPhase.REALISATION: GATE_BY_CODE[GateCode.BP5],
}
# The decision point at the end of each phase.
GATE_AFTER = {
    ProjectPhase.IDEA: GateCode.BP1,
    ProjectPhase.CONCEPT: GateCode.BP2,
    ProjectPhase.PLANNING: GateCode.BP3,
    ProjectPhase.EXECUTION: GateCode.BP4,
    ProjectPhase.CLOSING: GateCode.BP5,
    ProjectPhase.REALISATION: GateCode.BP6,
}
PHASE_AFTER = {
    GateCode.BP1: ProjectPhase.CONCEPT,
    GateCode.BP2: ProjectPhase.PLANNING,
    GateCode.BP3: ProjectPhase.EXECUTION,
    GateCode.BP4: ProjectPhase.CLOSING,
    GateCode.BP5: ProjectPhase.REALISATION,
}


class Light(models.TextChoices):
    """The traffic light of a status report. Always shown with words and an icon too."""

    GREEN = "green", _("Grønt")
    YELLOW = "yellow", _("Gult")
    RED = "red", _("Rødt")


class Ending(models.TextChoices):
    """How a project ended."""

    REALISED = "realised", _("Gevinstene er realisert")
    LINE = "line", _("Løses i linjen")
    STOPPED = "stopped", _("Stoppet")


# Those who see every project from the inside, as `projects.view_project_inside` says.
SEES_ALL_PROJECTS = frozenset(
    {roles.DIGITALISATION_TEAM, roles.MANAGEMENT, roles.ICT_BOARD, roles.SECTOR_LEADER}
)


class ProjectQuerySet(models.QuerySet["Project"]):
    def search(self, text: str) -> "ProjectQuerySet":
        """Projects with every word of `text`, also bent or typed a little wrong."""
        return self.filter(matching(self.model, text))

    def similar_to(self, text: str) -> "ProjectQuerySet":
        """Projects about the same as `text`, the most like first, with a `likeness`."""
        return cast(ProjectQuerySet, like(self, text))

    def for_list(self) -> "ProjectQuerySet":
        return self.select_related("sector").order_by("-started_on", "-pk")

    def for_page(self) -> "ProjectQuerySet":
        return self.select_related(
            "sector", "owner", "manager", "benefit_lead", "method", "idea"
        ).prefetch_related("idea__goals__area", "idea__changes", "phase_changes__by")

    def led_by(self, user: Any) -> "ProjectQuerySet":
        return self.filter(models.Q(owner=user) | models.Q(manager=user))

    def running(self) -> "ProjectQuerySet":
        """Those that still can take something in."""
        return self.live().exclude(phase=ProjectPhase.REALISATION)

    def live(self) -> "ProjectQuerySet":
        """Those that have not ended: not past BP6, not stopped, not given to the line."""
        return self.filter(ending="")

    def opened(self) -> "ProjectQuerySet":
        """Those that everybody may read about."""
        return self.filter(opened_at__isnull=False)

    def visible_to(self, user: Any) -> "ProjectQuerySet":
        """Those that `projects.view_project` lets the person see. Opened ones are for all."""
        if not user.is_authenticated:
            return self.opened()
        if user.is_superuser or user.roles & SEES_ALL_PROJECTS:
            return self
        own = models.Q(owner=user) | models.Q(manager=user) | models.Q(benefit_lead=user)
        return self.filter(own | models.Q(opened_at__isnull=False))

    def without_benefit(self) -> "ProjectQuerySet":
        return self.filter(benefits__isnull=True)

    def owing_report(self, month: dt.date) -> "ProjectQuerySet":
        """Those that should tell how the month went, and have sent nothing about it or later.

        They report from the first whole month in Planlegge, and until they end or realise.
        """
        began_later = PhaseChange.objects.filter(
            project=models.OuterRef("pk"), phase=ProjectPhase.PLANNING, on__gt=month
        )
        unsent = models.Q(reported_for=None) | models.Q(reported_for__lt=month)
        reporting = self.live().filter(phase__in=REPORTING_PHASES, started_on__lte=month)
        return reporting.filter(unsent, ~models.Exists(began_later))

    def overdue_reports(self, on: dt.date) -> "ProjectQuerySet":
        """Those whose latest status should have been sent by the day, and is not."""
        return self.owing_report(overdue(on))

    def running_and_realising(self) -> dict[str, int]:
        """How many are under way, and how many have ended and now take out their benefits."""
        ended = models.Q(phase=ProjectPhase.REALISATION)
        return self.aggregate(
            running=models.Count("pk", filter=~ended), realising=models.Count("pk", filter=ended)
        )


class Project(HasStatus, Versioned, TimeStamped):
    """A project with its own anchoring, organisation and financing (strategy §6)."""

    STATUS_FIELD = "phase"
    TRANSITIONS = {
        ProjectPhase.IDEA: {ProjectPhase.CONCEPT},
        ProjectPhase.CONCEPT: {ProjectPhase.PLANNING},
        ProjectPhase.PLANNING: {ProjectPhase.EXECUTION},
        ProjectPhase.EXECUTION: {ProjectPhase.CLOSING},
        ProjectPhase.CLOSING: {ProjectPhase.REALISATION},
        ProjectPhase.REALISATION: set(),
    }

    idea = models.OneToOneField(
        Idea, verbose_name=_("idé"), on_delete=models.PROTECT, related_name="project"
    )
    name = models.CharField(_("navn"), max_length=120)
    summary = models.CharField(_("i én setning"), max_length=250, blank=True)
    sector = models.ForeignKey(
        Sector, verbose_name=_("sektor"), on_delete=models.PROTECT, related_name="projects"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("prosjekteier"),
        on_delete=models.PROTECT,
        related_name="owned_projects",
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("prosjektleder"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="managed_projects",
    )
    phase = models.CharField(
        _("fase"), max_length=12, choices=ProjectPhase, default=ProjectPhase.IDEA
    )
    method = models.ForeignKey(
        Method,
        verbose_name=_("metodeversjon"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projects",
        help_text=_("Prosjektet beholder sjekklistene og malene det begynte med."),
    )
    size = models.CharField(_("størrelse"), max_length=6, choices=Size, default=Size.MEDIUM)
    size_reason = models.CharField(_("hvorfor denne størrelsen"), max_length=500, blank=True)
    benefit_lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gevinstansvarlig"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projects_to_realise",
        help_text=_("En leder i linjen. Uten gevinstansvarlig har prosjekteieren ansvaret."),
    )
    anchoring = models.TextField(_("forankring"), max_length=2000, blank=True)
    organisation = models.TextField(_("organisering"), max_length=2000, blank=True)
    financing = models.TextField(_("finansiering"), max_length=2000, blank=True)
    budget = models.DecimalField(
        _("ramme (kr)"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    person_years = models.DecimalField(
        _("årsverk"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    expected_benefit = models.CharField(_("ventet gevinst"), max_length=160, blank=True)
    conditions = models.TextField(_("vilkår"), max_length=1000, blank=True)
    started_on = models.DateField(_("startet"))
    opened_at = models.DateTimeField(_("åpnet for alle"), null=True, blank=True)
    public_text = models.TextField(_("om prosjektet, for alle"), max_length=3000, blank=True)
    ending = models.CharField(_("endt"), max_length=8, choices=Ending, blank=True, default="")
    ended_on = models.DateField(_("endt dato"), null=True, blank=True)
    end_reason = models.TextField(_("hvorfor det endte"), max_length=2000, blank=True)
    end_consequence = models.TextField(
        _("hva det betyr for gevinstene"), max_length=2000, blank=True
    )
    # Kept by `actions.restate`, so that the portfolio sorts and filters by an index.
    light = models.CharField(
        _("siste status"), max_length=6, choices=Light, blank=True, default="", editable=False
    )
    reported_for = models.DateField(_("siste statusmåned"), null=True, blank=True, editable=False)
    forecast = models.DecimalField(
        _("prognose (kr)"), max_digits=12, decimal_places=0, null=True, blank=True, editable=False
    )
    forecast_end_on = models.DateField(_("prognose for BP5"), null=True, blank=True, editable=False)
    forecast_at = models.DateTimeField(
        _("prognosen er sist rørt"), null=True, blank=True, editable=False
    )
    next_gate_on = models.DateField(
        _("neste beslutningspunkt"), null=True, blank=True, editable=False
    )
    search = SearchColumn(name="A", summary="B")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("prosjekt")
        verbose_name_plural = _("prosjekter")
        indexes = [
            models.Index(fields=["-started_on", "-id"], name="projects_project_newest"),
            models.Index(fields=["phase"], name="projects_project_by_phase"),
            models.Index(fields=["name", "id"], name="projects_project_by_name"),
            models.Index(fields=["next_gate_on", "id"], name="projects_project_next_gate"),
            models.Index(fields=["updated_at", "id"], name="projects_project_silent"),
            GinIndex(fields=["search"], name="projects_project_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(phase__in=ProjectPhase.values),
                name="%(app_label)s_%(class)s_phase_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(size__in=Size.values),
                name="%(app_label)s_%(class)s_size_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(light__in=["", *Light.values]),
                name="%(app_label)s_%(class)s_light_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(ending="", ended_on=None)
                | (models.Q(ending__in=Ending.values) & models.Q(ended_on__isnull=False)),
                name="%(app_label)s_%(class)s_ended_has_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(ending=Ending.STOPPED)
                | (~models.Q(end_reason="") & ~models.Q(end_consequence="")),
                name="%(app_label)s_%(class)s_stopped_has_why",
            ),
            models.CheckConstraint(
                condition=models.Q(opened_at=None) | ~models.Q(public_text=""),
                name="%(app_label)s_%(class)s_opened_has_a_text",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("projects:detail", args=[self.pk])

    @property
    def next_gate(self) -> Gate | None:
        """The decision point at the end of the phase, while the project has not ended."""
        return None if self.has_ended else GATE_BY_CODE[GATE_AFTER[ProjectPhase(self.phase)]]

    @property
    def has_ended(self) -> bool:
        return self.ending != ""

    @property
    def is_open(self) -> bool:
        """Opened for everybody to read about."""
        return self.opened_at is not None

    @property
    def realised_by(self) -> Any:
        """Who answers for the benefits: gevinstansvarlig, else the owner (domain.md §3.4)."""
        return self.benefit_lead or self.owner

    def touch(self) -> None:
        """Something happened in the project: it is not silent. Called by every action in it."""
        self.save(update_fields=["updated_at"])

    @property
    def is_reporting(self) -> bool:
        """Sends a status each month."""
        return not self.has_ended and self.phase in REPORTING_PHASES

    @property
    def is_realising(self) -> bool:
        return self.phase == ProjectPhase.REALISATION


class IdeaInProject(models.Model):
    """An idea that a running project has taken in, beside the one that the project began with."""

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.PROTECT, related_name="taken_in"
    )
    idea = models.ForeignKey(
        Idea, verbose_name=_("idé"), on_delete=models.CASCADE, related_name="taken_in"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("av"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("tidspunkt"))

    class Meta:
        verbose_name = _("idé i et prosjekt")
        verbose_name_plural = _("ideer i prosjekter")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["idea"], name="%(app_label)s_%(class)s_idea_is_in_one")
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} → {self.project_id}"


class PhaseChange(models.Model):
    """When a project entered a phase, by whose word and why."""

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="phase_changes"
    )
    phase = models.CharField(_("fase"), max_length=12, choices=ProjectPhase)
    note = models.TextField(_("begrunnelse"), max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("av"),
        on_delete=models.PROTECT,
        related_name="project_phase_changes",
    )
    on = models.DateField(_("dato"))

    class Meta:
        verbose_name = _("faseovergang")
        verbose_name_plural = _("faseoverganger")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "phase"], name="%(app_label)s_%(class)s_phase_once"
            ),
            models.CheckConstraint(
                condition=models.Q(phase__in=ProjectPhase.values),
                name="%(app_label)s_%(class)s_phase_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.get_phase_display()}"

    @property
    def gate(self) -> Gate | None:
        """The decision point that opened the phase."""
        return GATES.get(ProjectPhase(self.phase))
