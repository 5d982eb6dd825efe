"""The instrument (måleinstrument): what is asked, on which scale, in which version."""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Versioned


class MaturityLevel(models.IntegerChoices):
    """The scale's numbers; an instrument names them (domain.md §1.3)."""

    MINIMAL = 1, _("Minimalt")
    INFORMAL = 2, _("Uformelt og reaktivt")
    TRANSITIONAL = 3, _("Under omstilling")
    CUSTOMER_DRIVEN = 4, _("Brukerdrevet")
    TRANSFORMED = 5, _("Transformert")


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    def visible_to(self, user: Any) -> "InstrumentQuerySet":
        """What is or was in use is for all; a draft is for those who write it."""
        if user.has_perm("maturity.manage_instruments"):
            return self
        return self.ready()

    def ready(self) -> "InstrumentQuerySet":
        """What a round can be opened with: a draft must be taken into use first."""
        return self.filter(models.Q(is_current=True) | models.Q(frozen_at__isnull=False))

    def for_list(self) -> "InstrumentQuerySet":
        return (
            self.select_related("based_on")
            .prefetch_related("rounds__cycle")
            .order_by("-is_current", "-pk")
        )

    def with_texts(self) -> "InstrumentQuerySet":
        return self.for_list().prefetch_related("areas__levels__characteristics")


class Instrument(models.Model):
    """A version of the question set and its scale. Assessments keep the one they answered.

    It can be edited until somebody uses it; then it is frozen, and the database says so too.
    """

    name = models.CharField(_("navn"), max_length=120)
    version = models.CharField(_("versjon"), max_length=20, unique=True)
    source = models.TextField(_("kilde"))
    is_current = models.BooleanField(_("brukes nå"), default=False)
    frozen_at = models.DateTimeField(_("låst"), null=True, blank=True)
    based_on = models.ForeignKey(
        "self",
        verbose_name=_("bygger på"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="successors",
    )

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("måleinstrument")
        verbose_name_plural = _("måleinstrumenter")
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=models.Q(is_current=True),
                name="%(app_label)s_%(class)s_one_is_current",
                violation_error_message=_("En annen versjon er allerede i bruk."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.version}"

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None

    @property
    def is_draft(self) -> bool:
        return not self.is_frozen and not self.is_current

    @property
    def look(self) -> str:
        """Which of the looks in core.icons."""
        if self.is_current:
            return "done"
        return "locked" if self.is_frozen else "draft"

    @property
    def status_words(self) -> str:
        if self.is_current:
            return gettext("I bruk")
        return gettext("Låst") if self.is_frozen else gettext("Utkast")

    def years(self) -> list[int]:
        """The years it was measured with. Uses the prefetch."""
        return sorted(round.cycle.year for round in self.rounds.all())

    def missing(self) -> list[str]:
        """What must be written before it can be taken into use. Uses the prefetch."""
        areas = list(self.areas.all())
        if not areas:
            return [gettext("Versjonen har ingen områder.")]
        return [words for area in areas for words in area.missing()]


class Area(Versioned):
    """One of the five areas a sector assesses (strategy §6.1)."""

    instrument = models.ForeignKey(
        Instrument, verbose_name=_("instrument"), on_delete=models.PROTECT, related_name="areas"
    )
    code = models.SlugField(_("kode"))
    name = models.CharField(_("navn"), max_length=80)
    question = models.CharField(_("spørsmål"), max_length=200)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        verbose_name = _("område")
        verbose_name_plural = _("områder")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "code"], name="%(app_label)s_%(class)s_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def missing(self) -> list[str]:
        """What must be written before the area can be asked about. Uses the prefetch."""
        levels = {guidance.level: guidance for guidance in self.levels.all()}
        found = []
        for level in MaturityLevel.values:
            lacks = levels[level].missing() if level in levels else gettext("nivået mangler")
            if lacks:
                found.append(
                    gettext("{area}, nivå {level}: {lacks}").format(
                        area=self.name, level=level, lacks=lacks
                    )
                )
        return found

    def ticked(self, held: Collection[int]) -> dict[int, tuple[int, int]]:
        """For the scoring: level → how many of its characteristics hold, of how many.

        `held` are their ids. Uses the prefetch.
        """
        return {
            guidance.level: (
                sum(mark.pk in held for mark in guidance.characteristics.all()),
                len(guidance.characteristics.all()),
            )
            for guidance in self.levels.all()
        }


class LevelGuidance(models.Model):
    """What one level means in one area, in a sentence."""

    MINIMUM = 4  # statements, before a sector can be asked to tick them

    area = models.ForeignKey(
        Area, verbose_name=_("område"), on_delete=models.CASCADE, related_name="levels"
    )
    level = models.PositiveSmallIntegerField(_("nivå"), choices=MaturityLevel)
    name = models.CharField(_("navn på nivået"), max_length=60)
    description = models.TextField(_("veiledning"))

    class Meta:
        verbose_name = _("nivåbeskrivelse")
        verbose_name_plural = _("nivåbeskrivelser")
        ordering = ["area", "level"]
        constraints = [
            models.UniqueConstraint(fields=["area", "level"], name="%(app_label)s_%(class)s_once"),
            models.CheckConstraint(
                condition=models.Q(level__in=MaturityLevel.values),
                name="%(app_label)s_%(class)s_level_is_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.level}"

    def missing(self) -> str:
        """In a few words; empty when nothing is. Uses the prefetch."""
        if not self.description.strip():
            return gettext("beskrivelsen mangler")
        lacking = self.MINIMUM - len(self.characteristics.all())
        if lacking <= 0:
            return ""
        return gettext("{count} kjennetegn mangler").format(count=lacking)


def new_key() -> str:
    return uuid.uuid4().hex


class CharacteristicQuerySet(models.QuerySet["Characteristic"]):
    def of(self, instruments: Iterable[int]) -> "CharacteristicQuerySet":
        return self.filter(guidance__area__instrument__in=instruments)

    def by_version(self) -> dict[int, dict[str, dict[str, int]]]:
        """Instrument id → area code → key → level, as maturity.bridge compares them."""
        found: dict[int, dict[str, dict[str, int]]] = {}
        rows = self.order_by("guidance__area__order", "guidance__area", "guidance__level", "order")
        for instrument, area, key, level in rows.values_list(
            "guidance__area__instrument", "guidance__area__code", "key", "guidance__level"
        ):
            found.setdefault(instrument, {}).setdefault(area, {})[key] = level
        return found


class Characteristic(models.Model):
    """A statement (kjennetegn) that is typical of a level.

    The key follows the statement from version to version for as long as it means the same, and
    from municipality to municipality: what has the same key can be compared.
    """

    guidance = models.ForeignKey(
        LevelGuidance,
        verbose_name=_("nivå"),
        on_delete=models.CASCADE,
        related_name="characteristics",
    )
    key = models.SlugField(_("nøkkel"), max_length=60, default=new_key)
    text = models.CharField(_("kjennetegn"), max_length=200)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    objects = CharacteristicQuerySet.as_manager()

    class Meta:
        verbose_name = _("kjennetegn")
        verbose_name_plural = _("kjennetegn")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guidance", "key"], name="%(app_label)s_%(class)s_key_once"
            )
        ]

    def __str__(self) -> str:
        return self.text
