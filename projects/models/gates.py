"""What is cleared before a decision point, who asked for the decision, and what was decided."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped, Versioned
from core.status import HasStatus
from projects.models.method import ChecklistItem
from projects.models.plan import Stage
from projects.models.projects import GATE_BY_CODE, Gate, GateCode, Project


class CheckpointState(models.TextChoices):
    OPEN = "open", _("Åpent")
    DONE = "done", _("Utført")
    NOT_RELEVANT = "not_relevant", _("Ikke relevant")


class Checkpoint(Versioned):
    """What a project has answered to one question of a checklist. No row: it is open.

    `stage` is set for the questions of BP3.n, which are asked again after every delfase.
    """

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="checkpoints"
    )
    item = models.ForeignKey(
        ChecklistItem,
        verbose_name=_("sjekkpunkt"),
        on_delete=models.PROTECT,
        related_name="answers",
    )
    stage = models.ForeignKey(
        Stage,
        verbose_name=_("delfase"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="checkpoints",
    )
    state = models.CharField(
        _("tilstand"), max_length=12, choices=CheckpointState, default=CheckpointState.OPEN
    )
    reason = models.CharField(_("merknad"), max_length=500, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("avklares av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="checkpoints",
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("avklart av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("avklart"), null=True, blank=True)

    LOOKS = {
        CheckpointState.OPEN: "open",
        CheckpointState.DONE: "done",
        CheckpointState.NOT_RELEVANT: "stopped",
    }

    class Meta:
        verbose_name = _("avklart sjekkpunkt")
        verbose_name_plural = _("avklarte sjekkpunkter")
        ordering = ["project", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "item", "stage"],
                nulls_distinct=False,
                name="%(app_label)s_%(class)s_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=CheckpointState.values),
                name="%(app_label)s_%(class)s_state_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=CheckpointState.NOT_RELEVANT) | ~models.Q(reason=""),
                name="%(app_label)s_%(class)s_not_relevant_has_reason",
                violation_error_message=_("Skriv hvorfor punktet ikke gjelder."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.item}"

    @property
    def look(self) -> str:
        """How the status tag looks: a key of `core.icons.STATUS_LOOKS`."""
        return self.LOOKS[CheckpointState(self.state)]


class CaseStatus(models.TextChoices):
    REQUESTED = "requested", _("Venter på beslutning")
    APPROVED = "approved", _("Godkjent")
    LINE = "line", _("Løses i linjen")
    SENT_BACK = "sent_back", _("Sendt tilbake")
    REJECTED = "rejected", _("Avvist")
    WITHDRAWN = "withdrawn", _("Trukket")


class GateCaseQuerySet(models.QuerySet["GateCase"]):
    def waiting(self) -> "GateCaseQuerySet":
        return self.filter(status=CaseStatus.REQUESTED)

    def passed(self) -> "GateCaseQuerySet":
        return self.filter(status__in=[CaseStatus.APPROVED, CaseStatus.LINE])


class GateCase(HasStatus, TimeStamped):
    """A decision point put before the one who decides: asked for once, decided once."""

    TRANSITIONS = {
        CaseStatus.REQUESTED: {
            CaseStatus.APPROVED,
            CaseStatus.LINE,
            CaseStatus.SENT_BACK,
            CaseStatus.REJECTED,
            CaseStatus.WITHDRAWN,
        },
        CaseStatus.APPROVED: set(),
        CaseStatus.LINE: set(),
        CaseStatus.SENT_BACK: set(),
        CaseStatus.REJECTED: set(),
        CaseStatus.WITHDRAWN: set(),
    }

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.PROTECT, related_name="gate_cases"
    )
    gate = models.CharField(_("beslutningspunkt"), max_length=5, choices=GateCode)
    stage = models.ForeignKey(
        Stage,
        verbose_name=_("delfase som er ferdig"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="gate_cases",
    )
    submission_key = models.UUIDField(_("innsendingsnøkkel"), unique=True, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=CaseStatus, default=CaseStatus.REQUESTED
    )
    is_self_check = models.BooleanField(
        _("egen sjekk"),
        default=False,
        help_text=_("Størrelsesprofilen lar prosjektet sjekke dette punktet selv."),
    )
    note = models.TextField(_("til den som beslutter"), max_length=2000, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bedt om av"),
        on_delete=models.PROTECT,
        related_name="requested_gate_cases",
    )
    requested_at = models.DateTimeField(_("bedt om"))
    basis = models.JSONField(
        _("grunnlaget"),
        default=dict,
        help_text=_("Sjekklisten og dokumentene slik de var da det ble bedt om beslutning."),
    )
    reason = models.TextField(_("begrunnelse"), max_length=2000, blank=True)
    conditions = models.TextField(_("vilkår"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("besluttet av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decided_gate_cases",
    )
    decided_at = models.DateTimeField(_("besluttet"), null=True, blank=True)

    objects = GateCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("beslutning")
        verbose_name_plural = _("beslutninger")
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["status", "gate"], name="projects_gatecase_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=models.Q(status=CaseStatus.REQUESTED),
                name="%(app_label)s_%(class)s_one_waits",
                violation_error_message=_("Prosjektet venter allerede på en beslutning."),
            ),
            models.UniqueConstraint(
                fields=["project", "gate", "stage"],
                condition=models.Q(status=CaseStatus.APPROVED),
                nulls_distinct=False,
                name="%(app_label)s_%(class)s_passed_once",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=CaseStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=[CaseStatus.REQUESTED, CaseStatus.WITHDRAWN])
                | (
                    models.Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~models.Q(reason="")
                ),
                name="%(app_label)s_%(class)s_decided_has_who_when_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.project}"

    def get_absolute_url(self) -> str:
        return reverse("projects:case", args=[self.pk])

    @property
    def outcome(self) -> str:
        """«Godkjent med vilkår», or as the status says it."""
        if self.status == CaseStatus.APPROVED and self.conditions:
            return str(_("Godkjent med vilkår"))
        return self.get_status_display()

    @property
    def is_waiting(self) -> bool:
        return self.status == CaseStatus.REQUESTED

    @property
    def look(self) -> str:
        """How the status tag looks: a key of `core.icons.STATUS_LOOKS`."""
        return {
            CaseStatus.REQUESTED: "now",
            CaseStatus.APPROVED: "done",
            CaseStatus.LINE: "done",
            CaseStatus.SENT_BACK: "paused",
            CaseStatus.REJECTED: "stopped",
            CaseStatus.WITHDRAWN: "open",
        }[CaseStatus(self.status)]

    @property
    def point(self) -> Gate:
        return GATE_BY_CODE[GateCode(self.gate)]

    @property
    def name(self) -> str:
        """«BP4», or «BP3.1» after the first delfase."""
        return f"BP3.{self.stage.number}" if self.stage else self.gate


class Waiver(models.Model):
    """What a decision point was passed without, and why. Named in the log for ever."""

    case = models.ForeignKey(
        GateCase, verbose_name=_("beslutning"), on_delete=models.CASCADE, related_name="waivers"
    )
    requirement = models.CharField(_("krav"), max_length=80)
    what = models.CharField(_("hva som manglet"), max_length=250)
    reason = models.CharField(_("hvorfor det går likevel"), max_length=1000)

    class Meta:
        verbose_name = _("unntak")
        verbose_name_plural = _("unntak")
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "requirement"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="%(app_label)s_%(class)s_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.what
