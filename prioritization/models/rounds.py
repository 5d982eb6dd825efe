"""A year's scoring of ideas: the round, who takes part, the ideas in it and their points."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce, Greatest
from django.db.models.lookups import LessThan
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import roles
from core.models import TimeStamped
from core.status import HasStatus
from ideas.models import Idea, IdeaStatus
from municipality.models import AnnualCycle, User
from prioritization.models.criteria import CriteriaSet, Question, Stage

# They follow the rounds of every year. Others see the rounds they take part in.
ROUND_READERS = {roles.DIGITALISATION_TEAM, roles.MANAGEMENT, roles.SECTOR_LEADER}


class ScoreLevel(models.IntegerChoices):
    LOW = 1, _("Lav")
    MEDIUM = 2, _("Middels")
    HIGH = 3, _("Høy")


class RoundStatus(models.TextChoices):
    OPEN = "open", _("Åpen")
    CLOSED = "closed", _("Låst")


def ideas_for_round(cycle: AnnualCycle) -> models.QuerySet[Idea]:
    """What has been passed on and not decided, also when it came in another year."""
    return Idea.objects.filter(status=IdeaStatus.FORWARDED, cycle__year__lte=cycle.year).order_by(
        "pk"
    )


def _count(rows: models.QuerySet[Any], *, of: Any) -> Coalesce:
    """How many of `rows` belong to a round, as a subquery."""
    counted = (
        rows.filter(round=of)
        .order_by()
        .values("round")
        .annotate(count=models.Count("pk"))
        .values("count")
    )
    return Coalesce(models.Subquery(counted), 0)


def _count_competing(entries: "EntryQuerySet", *, of: Any) -> CombinedExpression:
    """All but the statutory, counted as the difference: both counts are quick, a join is not."""
    return _count(entries, of=of) - _count(entries.statutory(), of=of)


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self) -> "RoundQuerySet":
        return self.filter(status=RoundStatus.OPEN)

    def visible_to(self, user: User) -> "RoundQuerySet":
        """The rounds `prioritization.view_round` lets the person see."""
        if user.is_superuser or user.roles & ROUND_READERS:
            return self
        return self.filter(participations__user=user)

    def with_counts(self) -> "RoundQuerySet":
        """With `idea_count` (that compete), `ranked_count` and `people_count`."""
        this = models.OuterRef("pk")
        return self.annotate(
            idea_count=_count_competing(Entry.objects.all(), of=this),
            ranked_count=_count_competing(Entry.objects.filter(score__isnull=False), of=this),
            people_count=_count(Participation.objects.all(), of=this),
        )

    def for_page(self) -> "RoundQuerySet":
        return self.select_related("cycle", "criteria_set", "memo")

    def with_phases(self) -> "RoundQuerySet":
        """For whoever asks whether the phase is open."""
        return self.select_related("cycle", "criteria_set").prefetch_related("cycle__phases")


class Round(HasStatus, TimeStamped):
    """A year's scoring of ideas in one stage: who scores, which ideas, by which criteria."""

    TRANSITIONS = {
        RoundStatus.OPEN: {RoundStatus.CLOSED},
        RoundStatus.CLOSED: {RoundStatus.OPEN},
    }

    cycle = models.ForeignKey(
        AnnualCycle, verbose_name=_("årshjul"), on_delete=models.PROTECT, related_name="rounds"
    )
    criteria_set = models.ForeignKey(
        CriteriaSet,
        verbose_name=_("kriteriesett"),
        on_delete=models.PROTECT,
        related_name="rounds",
    )
    stage = models.CharField(_("steg"), max_length=12, choices=Stage)
    status = models.CharField(
        _("status"), max_length=8, choices=RoundStatus, default=RoundStatus.OPEN
    )
    closes_on = models.DateField(_("siste dag for poeng"))
    scorers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="Participation",
        verbose_name=_("de som setter poeng"),
        related_name="rounds",
    )
    closed_at = models.DateTimeField(_("låst"), null=True, blank=True)
    submission_key = models.UUIDField(
        _("innsendingsnøkkel"), unique=True, default=uuid.uuid4, editable=False
    )

    # From `with_counts`
    idea_count: int
    ranked_count: int
    people_count: int

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("runde")
        verbose_name_plural = _("runder")
        ordering = ["-cycle__year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "stage"],
                name="%(app_label)s_%(class)s_once_per_stage",
                violation_error_message=_("Runden er allerede åpnet."),
            ),
            models.CheckConstraint(
                condition=models.Q(stage__in=Stage.values),
                name="%(app_label)s_%(class)s_stage_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=RoundStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.cycle.year}"

    def get_absolute_url(self) -> str:
        return reverse("prioritization:round", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status == RoundStatus.OPEN

    @property
    def look(self) -> str:
        """How its status is drawn (core.icons)."""
        return "working" if self.is_open else "locked"

    def takes_scores(self, on: dt.date) -> bool:
        return self.is_open and on <= self.closes_on


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def with_remaining(self, scored: Round | None = None) -> "ParticipationQuerySet":
        """With `remaining`: how many ideas the person has not answered all questions about.

        And `idea_count`, of how many. With the round given, its ideas are counted only once.
        """
        of = models.OuterRef("round") if scored is None else scored.pk
        competing = _count_competing(Entry.objects.all(), of=of)
        return self.annotate(
            idea_count=competing, remaining=Greatest(competing - models.F("finished_count"), 0)
        )


class Participation(models.Model):
    """One person's part in a round. The count is kept by the actions that write scores."""

    round = models.ForeignKey(
        Round, verbose_name=_("runde"), on_delete=models.CASCADE, related_name="participations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("den som setter poeng"),
        on_delete=models.PROTECT,
        related_name="participations",
    )
    finished_count = models.PositiveIntegerField(
        _("ideer med alle svar"), default=0, editable=False
    )
    reminded_on = models.DateField(_("sist minnet"), null=True, blank=True, editable=False)

    # From `with_remaining`
    idea_count: int
    remaining: int

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("deltakelse i runde")
        verbose_name_plural = _("deltakelser i runder")
        ordering = ["user__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "user"], name="%(app_label)s_%(class)s_person_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} i {self.round}"


def _count_answers(person: User) -> Coalesce:
    """How many questions the person has answered about the entry of the outer query."""
    answers = (
        Score.objects.filter(entry=models.OuterRef("pk"), scorer=person)
        .order_by()
        .values("entry")
        .annotate(count=models.Count("pk"))
        .values("count")
    )
    return Coalesce(models.Subquery(answers), 0)


class EntryQuerySet(models.QuerySet["Entry"]):
    def competing(self) -> "EntryQuerySet":
        """All but what the law demands: that is done anyway, and gets no points."""
        return self.filter(idea__is_statutory=False)

    def ranked(self) -> "EntryQuerySet":
        """Complete ideas that compete, best first; equal scores by «strategisk viktig».

        Order of domain.md §2.2. What is still equal shares a place.
        """
        return self.competing().filter(score__isnull=False).order_by("-score", "-tie_break", "pk")

    def incomplete(self) -> "EntryQuerySet":
        return self.competing().filter(score__isnull=True).order_by("-answered_weight", "pk")

    def in_order(self) -> "EntryQuerySet":
        """As the ideas came into the round."""
        return self.order_by("pk")

    def next_after(self, pk: int | None) -> "Entry | None":
        """The one to go to: first what fewest have answered, then on from there, round about."""
        if pk is None:
            return self.order_by("scorer_count", "pk").first()
        return self.filter(pk__gt=pk).order_by("pk").first() or self.order_by("pk").first()

    def place_of(self, entry: "Entry") -> int:
        """One more than those that stand better."""
        better = self.ranked().filter(
            models.Q(score__gt=entry.score)
            | models.Q(score=entry.score, tie_break__gt=entry.tie_break)
        )
        return better.count() + 1

    def for_scoring(self) -> "EntryQuerySet":
        return self.select_related(
            "idea__sector", "round__cycle", "round__criteria_set"
        ).prefetch_related("idea__goals", "round__cycle__phases")

    def for_rows(self) -> "EntryQuerySet":
        return self.select_related("idea__sector")

    def with_answers_by(self, person: User) -> "EntryQuerySet":
        """With `my_answers`: how many questions the person has answered about each idea."""
        return self.annotate(my_answers=_count_answers(person))

    def unanswered_by(self, person: User, *, questions: int) -> "EntryQuerySet":
        return self.competing().filter(LessThan(_count_answers(person), questions))

    def statutory(self) -> "EntryQuerySet":
        return self.filter(idea__is_statutory=True).order_by("idea__title", "pk")


class Entry(models.Model):
    """One idea in one round, with its score as last computed by `actions.rescore`."""

    round = models.ForeignKey(
        Round, verbose_name=_("runde"), on_delete=models.PROTECT, related_name="entries"
    )
    idea = models.ForeignKey(
        Idea, verbose_name=_("idé"), on_delete=models.PROTECT, related_name="entries"
    )
    score = models.DecimalField(
        _("poeng"), max_digits=7, decimal_places=4, null=True, blank=True, editable=False
    )
    tie_break = models.DecimalField(
        _("strategisk viktig, for like poeng"),
        max_digits=7,
        decimal_places=4,
        default=0,
        editable=False,
    )
    answered_weight = models.PositiveSmallIntegerField(
        _("poeng på så mange prosent av vekten"), default=0, editable=False
    )
    breakdown = models.JSONField(
        _("verdi per kriterium, 0–1"), default=dict, blank=True, editable=False
    )
    scorer_count = models.PositiveSmallIntegerField(_("har svart"), default=0, editable=False)
    spread = models.DecimalField(
        _("spredning mellom dem som svarte"),
        max_digits=5,
        decimal_places=2,
        default=0,
        editable=False,
    )

    my_answers: int  # from `with_answers_by`

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("idé i runden")
        verbose_name_plural = _("ideer i runden")
        indexes = [
            models.Index(fields=["round", "-score", "-tie_break", "id"], name="entry_by_rank"),
            models.Index(
                fields=["round", "-answered_weight", "id"],
                condition=models.Q(score=None),
                name="entry_incomplete",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "idea"], name="%(app_label)s_%(class)s_idea_once"
            ),
            models.CheckConstraint(
                condition=models.Q(score=None) | models.Q(score__gte=0, score__lte=100),
                name="%(app_label)s_%(class)s_score_is_0_to_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea} i {self.round}"

    @property
    def rank_key(self) -> tuple[Decimal | None, Decimal]:
        """What decides the place. Ideas with the same share it."""
        return self.score, self.tie_break


class Score(models.Model):
    """One person's answer to one question about one idea. No row = not answered."""

    entry = models.ForeignKey(
        Entry, verbose_name=_("idé i runden"), on_delete=models.CASCADE, related_name="scores"
    )
    question = models.ForeignKey(
        Question, verbose_name=_("spørsmål"), on_delete=models.PROTECT, related_name="scores"
    )
    scorer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("satt av"),
        on_delete=models.PROTECT,
        related_name="scores",
    )
    level = models.PositiveSmallIntegerField(_("svar"), choices=ScoreLevel)
    updated_at = models.DateTimeField(_("endret"), auto_now=True)

    class Meta:
        verbose_name = _("poeng")
        verbose_name_plural = _("poeng")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "question", "scorer"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=ScoreLevel.values),
                name="%(app_label)s_%(class)s_level_is_1_to_3",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scorer}: {self.get_level_display()}"
