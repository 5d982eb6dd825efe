"""Each sector's assessment of itself: its answers, their history, and what it will do."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped, Versioned
from core.status import HasStatus
from maturity import scoring
from maturity.models.instrument import Area, Characteristic, Instrument, MaturityLevel
from maturity.models.rounds import MeasurementRound
from municipality.calendar import PhaseKind
from municipality.models import AnnualCycle, Phase, Sector


class AssessmentStatus(models.TextChoices):
    DRAFT = "draft", _("Påbegynt")
    SUBMITTED = "submitted", _("Levert")


class AssessmentSource(models.TextChoices):
    ENTERED = "entered", _("Svart her")
    IMPORTED = "imported", _("Lest inn fra en tidligere måling")


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def submitted(self) -> "AssessmentQuerySet":
        return self.filter(status=AssessmentStatus.SUBMITTED)

    def with_answers(self) -> "AssessmentQuerySet":
        return self.select_related(
            "cycle__measurement_round", "sector", "instrument"
        ).prefetch_related("answers__area", "answers__edited_by")

    def with_counts(self) -> "AssessmentQuerySet":
        """How many are invited, how many of them have answered, and the latest revision."""
        return self.select_related("submitted_by").annotate(
            invited_count=models.Count("respondents", distinct=True),
            completed_count=models.Count(
                "respondents",
                filter=models.Q(respondents__completed_at__isnull=False),
                distinct=True,
            ),
            revision_number=models.Max("revisions__number"),
        )

    def with_phases(self) -> "AssessmentQuerySet":
        return self.with_answers().prefetch_related("cycle__phases")

    def hold(self, pk: int | None) -> None:
        """Keep it from others until the transaction ends: before its members and their answers.

        All who write take these rows in that order, so that two never wait for each other.
        """
        list(self.filter(pk=pk).select_for_update(of=("self",)).values_list("pk"))

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
    source = models.CharField(
        _("opphav"), max_length=8, choices=AssessmentSource, default=AssessmentSource.ENTERED
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
    def round(self) -> MeasurementRound | None:
        """The year's round, or None before the team has opened it."""
        return getattr(self.cycle, "measurement_round", None)

    @property
    def due_on(self) -> dt.date:
        """The last day for this sector: the round's own, or the later one it has been given."""
        closes_on = self.round.closes_on if self.round else self.phase.closes_on
        return max(closes_on, self.extended_to or closes_on)

    def is_open(self, on: dt.date) -> bool:
        return self.round is not None and self.round.opens_on <= on <= self.due_on

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
            "area__levels__characteristics", "ticks"
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

    def of_the_year_before(self, assessment: Assessment) -> "AnswerQuerySet":
        """What the same sector submitted the year before, in every area."""
        return self.filter(
            assessment__status=AssessmentStatus.SUBMITTED,
            assessment__sector=assessment.sector_id,
            assessment__cycle__year=assessment.cycle.year - 1,
        ).select_related("area")


@dataclass(frozen=True)
class Content:
    """What a sector says in one area. `ticks` are ids of the characteristics that hold.

    A level of None is «not answered», a target of None is «not set»; neither is ever zero.
    """

    level: int | None = None
    reason: str = ""
    target: int | None = None
    ticks: frozenset[int] = frozenset()


class Answer(Versioned):
    """What a sector agrees on in one area: which statements hold, the level and why, and the level
    it aims at next year. No level = not answered yet.
    """

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
    target = models.PositiveSmallIntegerField(
        _("mål for neste år"), choices=MaturityLevel, null=True, blank=True
    )
    ticks = models.ManyToManyField(
        Characteristic, verbose_name=_("kjennetegn som stemmer"), blank=True, related_name="answers"
    )

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
            models.CheckConstraint(
                condition=models.Q(target=None) | models.Q(target__in=MaturityLevel.values),
                name="%(app_label)s_%(class)s_target_is_1_to_5",
                violation_error_message=_("Målet må være et nivå fra 1 til 5."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment} {self.area}: {self.level or '–'}"

    def content(self) -> Content:
        """As it is stored. Uses the prefetch of the ticks."""
        ticks = frozenset(tick.pk for tick in self.ticks.all())
        return Content(self.level, self.reason, self.target, ticks)

    @property
    def suggestion(self) -> scoring.Suggestion:
        """What the ticks point to. Uses the prefetch of the ticks and of the guidance."""
        return scoring.suggest(self.area.ticked(self.content().ticks))

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


class AnswerEdit(models.Model):
    """Who changed an answer, when, from what and to what.

    What one person changes within `TOGETHER` is one edit: an answer saves itself as it is typed.
    """

    TOGETHER = dt.timedelta(minutes=15)

    answer = models.ForeignKey(
        Answer, verbose_name=_("svar"), on_delete=models.CASCADE, related_name="edits"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("av"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    source = models.CharField(_("hvordan"), max_length=60, blank=True)
    began_at = models.DateTimeField(_("fra"))
    ended_at = models.DateTimeField(_("til"))
    before = models.JSONField(_("før"))
    after = models.JSONField(_("etter"))

    class Meta:
        verbose_name = _("endring av et svar")
        verbose_name_plural = _("endringer av svar")
        ordering = ["answer", "-ended_at", "-pk"]
        indexes = [models.Index(fields=["answer", "-ended_at"], name="maturity_edit_latest")]

    def __str__(self) -> str:
        return f"{self.answer} {self.ended_at:%Y-%m-%d %H:%M}"


class MeasureQuerySet(models.QuerySet["Measure"]):
    def for_idea(self) -> "MeasureQuerySet":
        """With all that the idea says of where it comes from."""
        return self.select_related(
            "answer__area", "answer__assessment__cycle", "answer__assessment__sector"
        ).prefetch_related("answer__assessment__cycle__phases")


class Measure(TimeStamped):
    """A measure (tiltak) that shall lift the sector to its target in the area."""

    answer = models.ForeignKey(
        Answer, verbose_name=_("svar"), on_delete=models.CASCADE, related_name="measures"
    )
    text = models.CharField(_("tiltak"), max_length=200)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lagt til av"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("tiltak")
        verbose_name_plural = _("tiltak")
        ordering = ["answer", "order", "pk"]

    def __str__(self) -> str:
        return self.text


class Revision(models.Model):
    """What a sector submitted, as it stood. Never changed: a correction is a new revision."""

    assessment = models.ForeignKey(
        Assessment,
        verbose_name=_("egenvurdering"),
        on_delete=models.PROTECT,
        related_name="revisions",
    )
    number = models.PositiveSmallIntegerField(_("utgave"))
    submitted_at = models.DateTimeField(_("levert"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("levert av"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    snapshot: Any = models.JSONField(_("svarene"))

    class Meta:
        verbose_name = _("utgave av en egenvurdering")
        verbose_name_plural = _("utgaver av egenvurderinger")
        ordering = ["assessment", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "number"], name="%(app_label)s_%(class)s_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment} – {self.number}"
