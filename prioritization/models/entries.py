"""An idea in a round, with its points as last computed."""

from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import BitXor
from django.db import models
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan
from django.utils.translation import gettext_lazy as _

from ideas.models import Idea
from municipality.models import User
from prioritization.models.answers import Score, ScoreLevel


def count_in_round(rows: models.QuerySet[Any], *, of: Any) -> Coalesce:
    """How many of `rows` belong to a round, as a subquery."""
    counted = (
        rows.filter(round=of)
        .order_by()
        .values("round")
        .annotate(count=models.Count("pk"))
        .values("count")
    )
    return Coalesce(models.Subquery(counted), 0)


def count_competing(entries: "EntryQuerySet", *, of: Any) -> CombinedExpression:
    """All but the statutory, counted as the difference: both counts are quick, a join is not."""
    return count_in_round(entries, of=of) - count_in_round(entries.statutory(), of=of)


def fingerprint_of(entries: "EntryQuerySet", *, of: Any) -> models.Subquery:
    """A number that changes when an answer changes what an idea of the round is worth.

    Two scorers who change places leave it: so does every place they can lead to.
    """
    parts = ["pk", "score", "tie_break", "answered_weight", "scorer_count", "spread", "breakdown"]
    row = models.Func(*parts, function="ROW", output_field=models.TextField())
    hashed = models.Func(
        row,
        models.Value(0),
        function="hash_record_extended",  # half the time of hashing them as text
        output_field=models.BigIntegerField(),
    )
    of_round = entries.filter(round=of).order_by().values("round")
    return models.Subquery(of_round.annotate(all=BitXor(hashed)).values("all"))


def _count_answers(person: User) -> Coalesce:
    """How many questions the person is done with about the entry of the outer query."""
    answers = (
        Score.objects.settled()
        .filter(entry=models.OuterRef("pk"), scorer=person)
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

    def with_ranges(self, run: Any) -> "EntryQuerySet":
        """With `lowest`, `highest`, `top_share` and `band` of a run; None where it has none."""
        of_run = models.FilteredRelation("ranges", condition=models.Q(ranges__run=run))
        return self.annotate(
            found=of_run,
            lowest=models.F("found__lowest"),
            highest=models.F("found__highest"),
            top_share=models.F("found__top_share"),
            band=models.F("found__band"),
        )

    def for_rows(self) -> "EntryQuerySet":
        return self.select_related("idea__sector")

    def for_needs(self) -> "EntryQuerySet":
        """With what `prioritization.needs` falls back on."""
        return self.select_related("idea__sector", "round__cycle")

    def with_answers_by(self, person: User) -> "EntryQuerySet":
        """With `my_answers`: how many questions the person is done with about each idea."""
        return self.annotate(my_answers=_count_answers(person))

    def unanswered_by(self, person: User, *, questions: int) -> "EntryQuerySet":
        """Those that wait for the person: never one they are disqualified about."""
        return (
            self.competing()
            .exclude(recusals__person=person)
            .filter(LessThan(_count_answers(person), questions))
        )

    def disputed(self) -> "EntryQuerySet":
        """Those with a question that somebody answers with lav and somebody else with høy."""
        low = Score.objects.given().filter(
            entry=models.OuterRef("pk"),
            scorer__participations__round=models.OuterRef("round"),
            level=ScoreLevel.LOW,
        )
        high = Score.objects.given().filter(
            entry=models.OuterRef("entry"),
            question=models.OuterRef("question"),
            scorer__participations__round=models.OuterRef("entry__round"),
            level=ScoreLevel.HIGH,
        )
        return self.filter(models.Exists(low.filter(models.Exists(high))))

    def most_disputed_first(self) -> "EntryQuerySet":
        return self.order_by("-spread", "idea__code", "pk")

    def statutory(self) -> "EntryQuerySet":
        return self.filter(idea__is_statutory=True).order_by("idea__title", "pk")


class Entry(models.Model):
    """One idea in one round, with its score as last computed by `actions.rescore`."""

    round = models.ForeignKey(
        "prioritization.Round",
        verbose_name=_("runde"),
        on_delete=models.PROTECT,
        related_name="entries",
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

    picked_reason = models.CharField(
        _("tatt med for hånd fordi"),
        max_length=300,
        blank=True,
        help_text=_("For en idé i steg 2 som ikke kom med på poengene."),
    )

    my_answers: int  # from `with_answers_by`
    # From `with_ranges`
    lowest: int | None
    highest: int | None
    top_share: Decimal | None
    band: int | None

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
