"""A year's scoring of ideas: the round, its choices, and who takes part."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Cast, Coalesce, Concat, Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import roles
from core.models import Chart, TimeStamped
from core.status import HasStatus
from ideas.models import Idea, IdeaStatus
from municipality.models import AnnualCycle, Sector, User
from prioritization.models.answers import FinalAnswer, Recusal, Score
from prioritization.models.criteria import CriteriaSet, Direction, Question, Stage
from prioritization.models.entries import Entry, count_competing, count_in_round, fingerprint_of

# They follow the rounds of every year. Others see the rounds they take part in.
ROUND_READERS = {roles.DIGITALISATION_TEAM, roles.MANAGEMENT, roles.SECTOR_LEADER}


MATRIX = "prioritization-matrix-"


class RoundStatus(models.TextChoices):
    OPEN = "open", _("Åpen")
    CLOSED = "closed", _("Låst")


def ideas_for_round(cycle: AnnualCycle) -> models.QuerySet[Idea]:
    """What has been passed on and not decided, also when it came in another year."""
    return Idea.objects.filter(status=IdeaStatus.FORWARDED, cycle__year__lte=cycle.year).order_by(
        "pk"
    )


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
            idea_count=count_competing(Entry.objects.all(), of=this),
            ranked_count=count_competing(Entry.objects.filter(score__isnull=False), of=this),
            people_count=count_in_round(Participation.objects.all(), of=this),
        )

    def with_fingerprint(self) -> "RoundQuerySet":
        """With `answers`: a text that changes with the answers the ranking rests on."""
        return self.annotate(
            answers=Cast(
                fingerprint_of(Entry.objects.all(), of=models.OuterRef("pk")), models.TextField()
            )
        )

    def for_ranking(self) -> "RoundQuerySet":
        """With all its page asks of the round: `for_page`, `with_counts`, `with_fingerprint`.

        And `agreed_at`, when the consensus last set an answer, `demanded`, what the statutory ideas
        cost, and `other_pk`, the year's round of the other stage.
        """
        statutory = Entry.objects.filter(round=models.OuterRef("pk"), idea__is_statutory=True)
        agreed = FinalAnswer.objects.filter(entry__round=models.OuterRef("pk")).order_by()
        others = Round.objects.filter(cycle=models.OuterRef("cycle"))
        told = self.annotate(
            agreed_at=models.Subquery(
                agreed.values("entry__round").annotate(at=models.Max("agreed_at")).values("at")
            ),
            demanded=Coalesce(
                models.Subquery(
                    statutory.order_by()
                    .values("round")
                    .annotate(all=models.Sum("idea__estimated_cost"))
                    .values("all")
                ),
                models.Value(Decimal(0)),
            ),
            other_pk=models.Subquery(
                others.exclude(stage=models.OuterRef("stage")).values("pk")[:1]
            ),
        )
        return told.for_page().with_counts().with_fingerprint()

    def with_matrix(self) -> "RoundQuerySet":
        """With `matrix_svg`: the drawing of `matrix_key`, when it is up to date."""
        key = Concat(models.Value(MATRIX), Cast(models.OuterRef("pk"), models.TextField()))
        drawn = Chart.objects.filter(key=key, drawn_hash=models.F("requested_hash"))
        return self.annotate(matrix_svg=models.Subquery(drawn.values("screen_svg")))

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
    threshold = models.DecimalField(
        _("tatt med fra (poeng i grovscreeningen)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Bare i steg 2. Tomt når ideene er valgt for hånd."),
    )
    selection_reason = models.TextField(
        _("hvorfor disse ideene gikk videre"), max_length=1000, blank=True
    )
    budget_frame = models.DecimalField(
        _("økonomisk ramme (kr)"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    submission_key = models.UUIDField(
        _("innsendingsnøkkel"), unique=True, default=uuid.uuid4, editable=False
    )

    # From `with_counts`
    idea_count: int
    ranked_count: int
    people_count: int
    # From `for_ranking`
    answers: str
    agreed_at: dt.datetime | None
    demanded: Decimal
    other_pk: int | None
    matrix_svg: str | None  # from `with_matrix`

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
            models.CheckConstraint(
                condition=models.Q(threshold=None) | models.Q(threshold__gte=0, threshold__lte=100),
                name="%(app_label)s_%(class)s_threshold_is_0_to_100",
            ),
            models.CheckConstraint(
                condition=models.Q(budget_frame=None) | models.Q(budget_frame__gte=0),
                name="%(app_label)s_%(class)s_frame_is_not_negative",
                violation_error_message=_("Rammen kan ikke være mindre enn null."),
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

    @property
    def matrix_key(self) -> str:
        """Of the chart of benefit against feasibility."""
        return f"{MATRIX}{self.pk}"

    def fingerprint(self) -> str:
        """Of the answers as they are now: see `with_fingerprint`."""
        return Round.objects.with_fingerprint().get(pk=self.pk).answers

    def other_stage(self) -> "Round | None":
        """The year's round of the other stage, when it has been opened."""
        return Round.objects.filter(cycle=self.cycle_id).exclude(stage=self.stage).first()

    def takes_scores(self, on: dt.date) -> bool:
        return self.is_open and on <= self.closes_on

    def shown_scores(self) -> models.QuerySet[Score]:
        """The answers others may see: of those who have delivered, of all when it is locked."""
        parts = self.participations.all()
        if self.is_open:
            parts = parts.exclude(delivered_at=None)
        return Score.objects.filter(entry__round=self, scorer__in=parts.values("user"))

    def ordered_questions(self) -> list[Question]:
        """The questions as this round asks them: with the directions it has chosen. One query."""
        chosen = ChosenDirection.objects.filter(round=self, question=models.OuterRef("pk"))
        asked = self.criteria_set.questions().annotate(
            chosen=models.Subquery(chosen.values("direction"))
        )
        questions: list[Question] = []
        for question in asked:
            question.direction = question.chosen or question.direction
            questions.append(question)
        return questions


class ChosenDirection(models.Model):
    """Which way a question counts in one round, where that is a choice of the round.

    The strategy does not say which way «redesign av prosesser» counts (domain.md §2.1).
    """

    round = models.ForeignKey(
        Round, verbose_name=_("runde"), on_delete=models.CASCADE, related_name="directions"
    )
    question = models.ForeignKey(
        Question, verbose_name=_("spørsmål"), on_delete=models.PROTECT, related_name="+"
    )
    direction = models.CharField(_("retning"), max_length=4, choices=Direction)

    class Meta:
        verbose_name = _("valgt retning")
        verbose_name_plural = _("valgte retninger")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "question"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=models.Q(direction__in=Direction.values),
                name="%(app_label)s_%(class)s_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.get_direction_display()}"


def _count_recused(*, of: Any, person: Any) -> Coalesce:
    """About how many competing ideas of a round a person is disqualified, as a subquery."""
    counted = (
        Recusal.objects.filter(entry__round=of, person=person, entry__idea__is_statutory=False)
        .order_by()
        .values("person")
        .annotate(count=models.Count("pk"))
        .values("count")
    )
    return Coalesce(models.Subquery(counted), 0)


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def with_remaining(self, scored: Round | None = None) -> "ParticipationQuerySet":
        """With `remaining`: how many ideas the person has not answered all questions about.

        And `idea_count`, of how many: those the person is disqualified about are left out. With
        the round given, its ideas are counted only once.
        """
        of = models.OuterRef("round") if scored is None else scored.pk
        competing = count_competing(Entry.objects.all(), of=of) - _count_recused(
            of=of, person=models.OuterRef("user")
        )
        return self.annotate(
            idea_count=competing, remaining=Greatest(competing - models.F("finished_count"), 0)
        )


class Participation(models.Model):
    """One person's part in a round. The count is kept by the actions that write scores.

    With a sector, the person enters the one answer of that sector's group.
    """

    round = models.ForeignKey(
        Round, verbose_name=_("runde"), on_delete=models.CASCADE, related_name="participations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("den som setter poeng"),
        on_delete=models.PROTECT,
        related_name="participations",
    )
    sector = models.ForeignKey(
        Sector,
        verbose_name=_("svarer for gruppa i"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participations",
    )
    finished_count = models.PositiveIntegerField(
        _("ideer med alle svar"), default=0, editable=False
    )
    reminded_on = models.DateField(_("sist minnet"), null=True, blank=True, editable=False)
    delivered_at = models.DateTimeField(_("levert"), null=True, blank=True, editable=False)
    returned_because = models.CharField(
        _("gitt tilbake fordi"), max_length=300, blank=True, editable=False
    )

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
            ),
            models.UniqueConstraint(
                fields=["round", "sector"],
                name="%(app_label)s_%(class)s_sector_once",
                violation_error_message=_("Gruppa i sektoren svarer allerede i denne runden."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} i {self.round}"

    @property
    def name(self) -> str:
        """Whose answer it is: the group's, or the person's own."""
        if self.sector is None:
            return str(self.user)
        return _("Gruppa i {sector}").format(sector=self.sector.short_name)

    @property
    def is_delivered(self) -> bool:
        return self.delivered_at is not None
