"""Projects (prosjekter): an approved idea on its way through Prosjektveiviseren."""

from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped, Versioned
from core.search import SearchColumn, like, matching
from core.status import HasStatus
from ideas.models import Idea
from municipality.models import Sector


class ProjectPhase(models.TextChoices):
    """The phases of Prosjektveiviseren, in order (domain.md §3.1)."""

    IDEA = "idea", _("Idé")
    CONCEPT = "concept", _("Konsept")
    PLANNING = "planning", _("Planlegge")
    EXECUTION = "execution", _("Gjennomføre")
    CLOSING = "closing", _("Avslutte")
    REALISATION = "realisation", _("Realisere")


@dataclass(frozen=True)
class Gate:
    """A decision point (beslutningspunkt) of Prosjektveiviseren, with its exact title."""

    code: str
    title: Any
    decided_by: Any


# The decision point that opens each phase (domain.md §3.2).
GATES = {
    ProjectPhase.CONCEPT: Gate(
        "BP1", _("Beslutte oppstart av en konseptfase"), _("virksomhetsledelsen")
    ),
    ProjectPhase.PLANNING: Gate(
        "BP2", _("Beslutte oppstart av planleggingsfasen"), _("virksomhetsledelsen")
    ),
    ProjectPhase.EXECUTION: Gate(
        "BP3", _("Beslutte overgang til gjennomføringsfasene"), _("prosjekteier")
    ),
    ProjectPhase.CLOSING: Gate(
        "BP4", _("Beslutte overgang til avslutningsfasen"), _("prosjekteier")
    ),
    ProjectPhase.REALISATION: Gate(
        "BP5", _("Beslutte avslutning av prosjektet"), _("prosjekteier")
    ),
}


class ChangeRequestStatus(models.TextChoices):
    RECEIVED = "received", _("Til behandling")
    APPROVED = "approved", _("Godkjent")
    POSTPONED = "postponed", _("Utsatt")
    REJECTED = "rejected", _("Avslått")


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
        return self.select_related("sector", "owner", "manager", "idea").prefetch_related(
            "idea__goals__area", "idea__changes", "phase_changes__by"
        )

    def led_by(self, user: Any) -> "ProjectQuerySet":
        return self.filter(models.Q(owner=user) | models.Q(manager=user))

    def running(self) -> "ProjectQuerySet":
        """Those that still can take something in."""
        return self.exclude(phase=ProjectPhase.REALISATION)

    def without_benefit(self) -> "ProjectQuerySet":
        return self.filter(benefits__isnull=True)

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
        _("fase"), max_length=12, choices=ProjectPhase, default=ProjectPhase.CONCEPT
    )
    budget = models.DecimalField(
        _("ramme (kr)"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    person_years = models.DecimalField(
        _("årsverk"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    expected_benefit = models.CharField(_("ventet gevinst"), max_length=160, blank=True)
    conditions = models.TextField(_("vilkår"), max_length=1000, blank=True)
    started_on = models.DateField(_("startet"))
    search = SearchColumn(name="A", summary="B")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("prosjekt")
        verbose_name_plural = _("prosjekter")
        indexes = [
            models.Index(fields=["-started_on", "-id"], name="projects_project_newest"),
            models.Index(fields=["phase"], name="projects_project_by_phase"),
            GinIndex(fields=["search"], name="projects_project_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(phase__in=ProjectPhase.values),
                name="%(app_label)s_%(class)s_phase_is_known",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("projects:detail", args=[self.pk])

    @property
    def next_phase(self) -> ProjectPhase | None:
        return next(iter(self.TRANSITIONS[ProjectPhase(self.phase)]), None)

    @property
    def next_gate(self) -> Gate | None:
        return GATES[self.next_phase] if self.next_phase else None

    @property
    def is_realising(self) -> bool:
        return self.phase == ProjectPhase.REALISATION

    @property
    def must_describe_benefit(self) -> bool:
        """No project leaves Konsept without a benefit to measure it by (strategy §6.4)."""
        return self.phase == ProjectPhase.CONCEPT and not self.benefits.exists()


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


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    def waiting(self) -> "ChangeRequestQuerySet":
        return self.filter(status=ChangeRequestStatus.RECEIVED)

    def treated(self) -> "ChangeRequestQuerySet":
        return self.exclude(status=ChangeRequestStatus.RECEIVED).order_by("-decided_at", "-pk")

    def for_board(self) -> "ChangeRequestQuerySet":
        return self.select_related("project__sector", "requested_by", "decided_by")


class ChangeRequest(HasStatus, TimeStamped):
    """An endringsanmodning: a project asks IKT-styringsrådet for a change (strategy §6.4)."""

    TRANSITIONS = {
        ChangeRequestStatus.RECEIVED: {
            ChangeRequestStatus.APPROVED,
            ChangeRequestStatus.POSTPONED,
            ChangeRequestStatus.REJECTED,
        },
        ChangeRequestStatus.POSTPONED: {
            ChangeRequestStatus.APPROVED,
            ChangeRequestStatus.REJECTED,
        },
        ChangeRequestStatus.APPROVED: set(),
        ChangeRequestStatus.REJECTED: set(),
    }

    project = models.ForeignKey(
        Project,
        verbose_name=_("prosjekt"),
        on_delete=models.PROTECT,
        related_name="change_requests",
    )
    submission_key = models.UUIDField(_("innsendingsnøkkel"), unique=True, editable=False)
    title = models.CharField(_("hva skal endres"), max_length=120)
    reason = models.TextField(_("hvorfor"), max_length=2000)
    consequence = models.TextField(
        _("konsekvens for tid, penger og andre løsninger"), max_length=2000
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=ChangeRequestStatus,
        default=ChangeRequestStatus.RECEIVED,
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("meldt av"),
        on_delete=models.PROTECT,
        related_name="change_requests",
    )
    decision_reason = models.TextField(_("rådets begrunnelse"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ført av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decided_change_requests",
    )
    decided_at = models.DateTimeField(_("avgjort"), null=True, blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("endringsanmodning")
        verbose_name_plural = _("endringsanmodninger")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=ChangeRequestStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status=ChangeRequestStatus.RECEIVED)
                | (models.Q(decided_at__isnull=False) & ~models.Q(decision_reason="")),
                name="%(app_label)s_%(class)s_decided_has_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("board:decide", args=[self.pk])

    @property
    def look(self) -> str:
        """How the status tag looks: a key of `core.icons.STATUS_LOOKS`."""
        return {
            ChangeRequestStatus.RECEIVED: "open",
            ChangeRequestStatus.APPROVED: "done",
            ChangeRequestStatus.POSTPONED: "paused",
            ChangeRequestStatus.REJECTED: "stopped",
        }[ChangeRequestStatus(self.status)]

    @property
    def can_be_decided(self) -> bool:
        return self.can_move_to(ChangeRequestStatus.APPROVED)
