"""What the portfolio is seen against, and how somebody likes to see it."""

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.made_files import MadeFile, MadeFileQuerySet
from municipality.models import Sector


class SavedView(models.Model):
    """A filter of the portfolio that somebody has given a name."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="saved_project_views",
    )
    name = models.CharField(_("navn"), max_length=60)
    query = models.CharField(_("filter"), max_length=500)

    class Meta:
        verbose_name = _("lagret visning")
        verbose_name_plural = _("lagrede visninger")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                name="%(app_label)s_%(class)s_name_once",
                violation_error_message=_("Du har alt en visning med dette navnet."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Capacity(models.Model):
    """What a sector has for projects in a year: kroner and person-years."""

    year = models.PositiveSmallIntegerField(_("år"))
    sector = models.ForeignKey(
        Sector, verbose_name=_("sektor"), on_delete=models.CASCADE, related_name="capacities"
    )
    kroner = models.DecimalField(_("kroner"), max_digits=12, decimal_places=0, default=0)
    person_years = models.DecimalField(_("årsverk"), max_digits=6, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("kapasitet")
        verbose_name_plural = _("kapasitet")
        ordering = ["year", "sector__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "sector"], name="%(app_label)s_%(class)s_once"),
            models.CheckConstraint(
                condition=models.Q(kroner__gte=0, person_years__gte=0),
                name="%(app_label)s_%(class)s_is_not_negative",
                violation_error_message=_("Kapasiteten kan ikke være mindre enn null."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sector}: {self.year}"


def calendar_token() -> str:
    return secrets.token_urlsafe(24)


class CalendarFeed(models.Model):
    """A person's own secret address of the calendar feed, which they can take back."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="project_calendar",
    )
    token = models.CharField(_("nøkkel"), max_length=48, unique=True, default=calendar_token)
    made_at = models.DateTimeField(_("laget"), auto_now_add=True)

    class Meta:
        verbose_name = _("kalenderstrøm")
        verbose_name_plural = _("kalenderstrømmer")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.person)


class PortfolioFileKind(models.TextChoices):
    OVERVIEW = "overview", _("Oversikt til ledelsen (PDF)")
    WORKBOOK = "workbook", _("Regneark")


class PortfolioFileQuerySet(MadeFileQuerySet["PortfolioFile"]):
    def of(self, person: Any) -> "PortfolioFileQuerySet":
        """A person's own, the newest first, without what they are made of."""
        rows = self.filter(requested_by=person).without_content().defer("snapshot")
        return rows.order_by("-created_at", "-pk")


class PortfolioFile(MadeFile):
    """The portfolio as somebody asked for it, with the projects they had narrowed it down to."""

    WHEN_FAILED: ClassVar[Any] = _("Noe gikk galt hos oss da filen ble laget.")
    WHEN_REFUSED: ClassVar[Any] = _("Filen viser til noe som ikke kan stå i en PDF.")
    WHEN_GIVEN_UP: ClassVar[Any] = _("Filen ble ikke ferdig etter tre forsøk.")
    KEPT_DAYS: ClassVar[int] = 30

    kind = models.CharField(_("slag"), max_length=8, choices=PortfolioFileKind)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bestilt av"),
        on_delete=models.CASCADE,
        related_name="portfolio_files",
    )

    objects = PortfolioFileQuerySet.as_manager()

    class Meta(MadeFile.Meta):
        verbose_name = _("porteføljefil")
        verbose_name_plural = _("porteføljefiler")
        ordering = ["-created_at", "-pk"]
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
