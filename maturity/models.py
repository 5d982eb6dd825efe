"""Digital maturity (modenhet): the instrument, and each sector's assessment of itself."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped, Versioned
from core.status import HasStatus
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, Phase, Sector


class MaturityLevel(models.IntegerChoices):
    """The scale's numbers; an instrument names them (domain.md §1.3)."""

    MINIMAL = 1, _("Minimalt")
    INFORMAL = 2, _("Uformelt og reaktivt")
    TRANSITIONAL = 3, _("Under omstilling")
    CUSTOMER_DRIVEN = 4, _("Brukerdrevet")
    TRANSFORMED = 5, _("Transformert")


class AssessmentStatus(models.TextChoices):
    DRAFT = "draft", _("Påbegynt")
    SUBMITTED = "submitted", _("Levert")


class Instrument(models.Model):
    """A version of the question set and its scale. Assessments keep the one they answered."""

    name = models.CharField(_("navn"), max_length=120)
    version = models.CharField(_("versjon"), max_length=20, unique=True)
    source = models.TextField(_("kilde"))
    is_current = models.BooleanField(_("brukes nå"), default=False)

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


class Area(models.Model):
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


class LevelGuidance(models.Model):
    """What one level means in one area, in a sentence."""

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


class Characteristic(models.Model):
    """A statement (kjennetegn) that is typical of a level."""

    guidance = models.ForeignKey(
        LevelGuidance,
        verbose_name=_("nivå"),
        on_delete=models.CASCADE,
        related_name="characteristics",
    )
    text = models.CharField(_("kjennetegn"), max_length=200)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        verbose_name = _("kjennetegn")
        verbose_name_plural = _("kjennetegn")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def submitted(self) -> "AssessmentQuerySet":
        return self.filter(status=AssessmentStatus.SUBMITTED)

    def with_answers(self) -> "AssessmentQuerySet":
        return self.select_related("cycle", "sector", "instrument").prefetch_related(
            "answers__area", "answers__edited_by"
        )

    def with_phases(self) -> "AssessmentQuerySet":
        return self.with_answers().prefetch_related("cycle__phases")

    def of_sector(self, cycle: AnnualCycle, sector: Sector) -> "Assessment":
        """The sector's assessment of the year; one not yet saved when nobody has begun."""
        found = self.with_answers().filter(cycle=cycle, sector=sector).first()
        assessment = found or Assessment()
        assessment.cycle, assessment.sector = cycle, sector
        return assessment

    def of_every_sector(
        self, cycle: AnnualCycle, *, sectors: Iterable[Sector] | None = None
    ) -> list["Assessment"]:
        """One per sector in their fixed order, not yet saved where nobody has begun."""
        begun = {each.sector_id: each for each in self.with_answers().filter(cycle=cycle)}
        found = []
        for sector in Sector.objects.select_related("leader") if sectors is None else sectors:
            assessment = begun.get(sector.pk) or Assessment()
            assessment.cycle, assessment.sector = cycle, sector
            found.append(assessment)
        return found


class Assessment(HasStatus, TimeStamped):
    """One sector's self-assessment (egenvurdering) of one year."""

    TRANSITIONS = {
        AssessmentStatus.DRAFT: {AssessmentStatus.SUBMITTED},
        AssessmentStatus.SUBMITTED: {AssessmentStatus.DRAFT},
    }

    cycle = models.ForeignKey(
        AnnualCycle, verbose_name=_("årshjul"), on_delete=models.PROTECT, related_name="assessments"
    )
    sector = models.ForeignKey(
        Sector, verbose_name=_("sektor"), on_delete=models.PROTECT, related_name="assessments"
    )
    instrument = models.ForeignKey(
        Instrument,
        verbose_name=_("instrument"),
        on_delete=models.PROTECT,
        related_name="assessments",
    )
    status = models.CharField(
        _("status"), max_length=12, choices=AssessmentStatus, default=AssessmentStatus.DRAFT
    )
    extended_to = models.DateField(_("utsatt frist"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("levert"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("levert av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="submitted_assessments",
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("egenvurdering")
        verbose_name_plural = _("egenvurderinger")
        ordering = ["cycle", "sector", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "sector"], name="%(app_label)s_%(class)s_once_a_year"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=AssessmentStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status=AssessmentStatus.DRAFT)
                | models.Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="%(app_label)s_%(class)s_submitted_has_when_and_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sector.short_name} {self.cycle.year}"

    @property
    def is_begun(self) -> bool:
        return self.pk is not None

    @property
    def is_submitted(self) -> bool:
        return self.status == AssessmentStatus.SUBMITTED

    @property
    def phase(self) -> Phase:
        return self.cycle.phase(PhaseKind.MEASUREMENT)

    @property
    def due_on(self) -> dt.date:
        """The last day for this sector: the phase's own, or the later one it has been given."""
        return max(self.phase.closes_on, self.extended_to or self.phase.closes_on)

    def is_open(self, on: dt.date) -> bool:
        return self.phase.is_open(on) or (self.extended_to is not None and on <= self.extended_to)

    def ordered_answers(self) -> list["Answer"]:
        """Uses the prefetch. None before somebody has begun."""
        if not self.is_begun:
            return []
        return sorted(self.answers.all(), key=lambda answer: (answer.area.order, answer.pk))

    def missing(self) -> list["Answer"]:
        return [answer for answer in self.ordered_answers() if not answer.is_complete]

    @property
    def complete_count(self) -> int:
        return sum(answer.is_complete for answer in self.ordered_answers())

    def levels(self) -> dict[str, int]:
        """For the scoring: area code → level. Uses the prefetch."""
        return {
            answer.area.code: answer.level
            for answer in self.ordered_answers()
            if answer.level is not None
        }


class AnswerQuerySet(models.QuerySet["Answer"]):
    def with_guidance(self) -> "AnswerQuerySet":
        return self.select_related("area", "assessment", "edited_by").prefetch_related(
            "area__levels__characteristics"
        )

    def locked(self) -> "AnswerQuerySet":
        return self.select_for_update(of=("self",))

    def a_year_before(self, answer: "Answer") -> "AnswerQuerySet":
        """What the same sector submitted in the same area the year before."""
        return self.filter(
            assessment__status=AssessmentStatus.SUBMITTED,
            assessment__sector=answer.assessment.sector_id,
            assessment__cycle__year=answer.assessment.cycle.year - 1,
            area__code=answer.area.code,
        ).select_related("assessment__submitted_by")


class Answer(Versioned):
    """The level a sector sets in one area, with its reason. No level = not answered yet."""

    assessment = models.ForeignKey(
        Assessment,
        verbose_name=_("egenvurdering"),
        on_delete=models.CASCADE,
        related_name="answers",
    )
    area = models.ForeignKey(
        Area, verbose_name=_("område"), on_delete=models.PROTECT, related_name="answers"
    )
    level = models.PositiveSmallIntegerField(
        _("nivå"), choices=MaturityLevel, null=True, blank=True
    )
    reason = models.TextField(_("begrunnelse"), max_length=2000, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("svar")
        verbose_name_plural = _("svar")
        ordering = ["assessment", "area__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "area"], name="%(app_label)s_%(class)s_once_per_area"
            ),
            models.CheckConstraint(
                condition=models.Q(level=None) | models.Q(level__in=MaturityLevel.values),
                name="%(app_label)s_%(class)s_level_is_1_to_5",
                violation_error_message=_("Nivået må være fra 1 til 5."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment} {self.area}: {self.level or '–'}"

    @property
    def is_complete(self) -> bool:
        return self.level is not None and bool(self.reason.strip())

    @property
    def look(self) -> str:
        """Which of the looks in core.icons: done, working or open."""
        if self.is_complete:
            return "done"
        return "open" if self.level is None and not self.reason.strip() else "working"

    @property
    def status_words(self) -> str:
        if self.level is None:
            return gettext("Mangler nivå") if self.reason.strip() else gettext("Ikke begynt")
        if not self.is_complete:
            return gettext("Mangler begrunnelse")
        return gettext("Nivå {level}").format(level=self.level)
