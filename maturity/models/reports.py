"""The report of a year, as it stood when it was made."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.made_files import MadeFile, MadeFileQuerySet
from municipality.models import AnnualCycle


class ReportQuerySet(MadeFileQuerySet["Report"]):
    def of_year(self, cycle: AnnualCycle) -> "ReportQuerySet":
        """Newest first, without the bytes and what they are made of."""
        rows = self.filter(cycle=cycle).without_content().defer("snapshot")
        return rows.select_related("cycle").order_by("-number")


class Report(MadeFile):
    """One version of the year's report. The workbook is made of the same snapshot as the PDF."""

    WHEN_FAILED: ClassVar[Any] = _("Noe gikk galt hos oss da rapporten ble laget.")
    WHEN_REFUSED: ClassVar[Any] = _(
        "Rapporten viser til noe som ikke kan stå i en PDF som skal arkiveres."
    )
    WHEN_GIVEN_UP: ClassVar[Any] = _("Rapporten ble ikke ferdig etter tre forsøk.")

    cycle = models.ForeignKey(
        AnnualCycle,
        verbose_name=_("årshjul"),
        on_delete=models.PROTECT,
        related_name="maturity_reports",
    )
    number = models.PositiveSmallIntegerField(_("versjon"))
    is_preliminary = models.BooleanField(_("foreløpig"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bestilt av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Tomt når rapporten ble laget av seg selv."),
    )

    objects = ReportQuerySet.as_manager()

    class Meta(MadeFile.Meta):
        verbose_name = _("modenhetsrapport")
        verbose_name_plural = _("modenhetsrapporter")
        ordering = ["cycle", "-number"]
        constraints = [
            *MadeFile.Meta.constraints,
            models.UniqueConstraint(
                fields=["cycle", "number"], name="%(app_label)s_%(class)s_number_once"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Modenhetsrapport {year}, versjon {number}")).format(
            year=self.cycle.year, number=self.number
        )
