"""Files that the worker makes: the benefits plan of a project, and the portfolio of benefits."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.made_files import MadeFile, MadeFileQuerySet
from projects.models import Project


class PlanFileKind(models.TextChoices):
    PLAN = "plan", _("Gevinstrealiseringsplan")
    MAP = "map", _("Gevinstkart")


class PlanFile(MadeFile):
    """The plan or the map of a project as tagged PDF, the plan with a Word document beside it."""

    WHEN_FAILED = _("Noe gikk galt hos oss da dokumentet ble laget. Gevinstene er lagret.")
    WHEN_GIVEN_UP = _("Dokumentet ble ikke ferdig etter tre forsøk. Gevinstene er lagret.")

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="plan_files"
    )
    kind = models.CharField(_("hva"), max_length=4, choices=PlanFileKind)
    word = models.BinaryField(_("Word"), null=True, blank=True)
    word_sha256 = models.CharField(_("SHA-256 for Word"), max_length=64, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bestilt av"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = MadeFileQuerySet["PlanFile"].as_manager()

    class Meta(MadeFile.Meta):
        verbose_name = _("fil med gevinstplan")
        verbose_name_plural = _("filer med gevinstplaner")
        ordering = ["-pk"]
        constraints = [*MadeFile.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.project}"


class PortfolioFileKind(models.TextChoices):
    OVERVIEW = "overview", _("Gevinstoversikt (PDF)")
    WORKBOOK = "workbook", _("Regneark")


class PortfolioFileQuerySet(MadeFileQuerySet["PortfolioFile"]):
    def of(self, person: Any) -> "PortfolioFileQuerySet":
        """A person's own, the newest first, without what they are made of."""
        rows = self.filter(requested_by=person).without_content().defer("snapshot")
        return rows.order_by("-created_at", "-pk")


class PortfolioFile(MadeFile):
    """Realised against promised for what somebody had filtered: as tagged PDF, or all rows."""

    WHEN_FAILED: ClassVar[Any] = _("Noe gikk galt hos oss da filen ble laget.")
    WHEN_REFUSED: ClassVar[Any] = _("Filen viser til noe som ikke kan stå i en PDF.")
    WHEN_GIVEN_UP: ClassVar[Any] = _("Filen ble ikke ferdig etter tre forsøk.")
    KEPT_DAYS: ClassVar[int] = 30

    kind = models.CharField(
        _("slag"), max_length=8, choices=PortfolioFileKind, default=PortfolioFileKind.OVERVIEW
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bestilt av"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = PortfolioFileQuerySet.as_manager()

    class Meta(MadeFile.Meta):
        verbose_name = _("gevinstoversikt")
        verbose_name_plural = _("gevinstoversikter")
        ordering = ["-pk"]
        constraints = [
            *MadeFile.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(kind__in=PortfolioFileKind.values),
                name="%(app_label)s_%(class)s_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {timezone.localdate(self.created_at)}"

    @property
    def is_workbook(self) -> bool:
        return self.kind == PortfolioFileKind.WORKBOOK
