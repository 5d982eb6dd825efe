"""The weighted criteria that ideas are measured by."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from prioritization import scoring


class Stage(models.TextChoices):
    """The two stages of strategy §6.3. The second only when too many remain."""

    SCREENING = "screening", _("Grovscreening")
    FURTHER = "further", _("Videre prioritering")


class Direction(models.TextChoices):
    """What «høy» does to the score (domain.md §2.1)."""

    UP = "up", _("Høy er bra")
    DOWN = "down", _("Høy trekker ned")


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    def used(self) -> "CriteriaSetQuerySet":
        """Those that a round has used."""
        return self.filter(rounds__isnull=False).distinct()

    def visible_to(self, user: Any) -> "CriteriaSetQuerySet":
        """Drafts are the team's; the others may be read by all who are logged in."""
        if user.has_perm("prioritization.manage_criteria"):
            return self
        return self.filter(models.Q(is_current=True) | models.Q(rounds__isnull=False)).distinct()

    def for_list(self) -> "CriteriaSetQuerySet":
        """With `round_count`, the newest first in each stage."""
        return self.annotate(round_count=models.Count("rounds")).order_by("-stage", "-pk")


class CriteriaSet(models.Model):
    """The weighted criteria of one stage. The database refuses weights that do not sum to 100."""

    stage = models.CharField(_("steg"), max_length=12, choices=Stage)
    name = models.CharField(_("navn"), max_length=120)
    version = models.CharField(_("versjon"), max_length=20)
    source = models.TextField(_("kilde"), blank=True)
    is_current = models.BooleanField(_("brukes i nye runder"), default=False)
    based_on = models.ForeignKey(
        "self",
        verbose_name=_("bygger på"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="successors",
    )

    round_count: int  # from `for_list`

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("kriteriesett")
        verbose_name_plural = _("kriteriesett")
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "version"], name="%(app_label)s_%(class)s_version_once"
            ),
            models.UniqueConstraint(
                fields=["stage"],
                condition=models.Q(is_current=True),
                name="%(app_label)s_%(class)s_one_is_current",
                violation_error_message=_("Et annet sett brukes allerede i dette steget."),
            ),
            models.CheckConstraint(
                condition=models.Q(stage__in=Stage.values),
                name="%(app_label)s_%(class)s_stage_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    def questions(self) -> models.QuerySet["Question"]:
        """In the order they are asked, with their criteria."""
        return (
            Question.objects.filter(criterion__criteria_set=self)
            .select_related("criterion")
            .order_by("criterion__order", "criterion__pk", "order", "pk")
        )

    def ordered_questions(self) -> list["Question"]:
        """All questions as the set has them; a round may have turned one: see `Round`."""
        return list(self.questions())

    @property
    def is_frozen(self) -> bool:
        """A set that a round has used stays as it was: the database refuses changes."""
        return self.rounds.exists()


class Criterion(models.Model):
    criteria_set = models.ForeignKey(
        CriteriaSet,
        verbose_name=_("kriteriesett"),
        on_delete=models.CASCADE,
        related_name="criteria",
    )
    code = models.SlugField(_("kode"))
    short_name = models.CharField(_("kortnavn"), max_length=20)
    name = models.CharField(_("kriterium"), max_length=200)
    weight = models.PositiveSmallIntegerField(_("vekt"))
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        verbose_name = _("kriterium")
        verbose_name_plural = _("kriterier")
        ordering = ["criteria_set", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["criteria_set", "code"], name="%(app_label)s_%(class)s_code_once"
            ),
            models.CheckConstraint(
                condition=models.Q(weight__gte=1, weight__lte=100),
                name="%(app_label)s_%(class)s_weight_is_1_to_100",
            ),
        ]

    def __str__(self) -> str:
        return self.name


def criteria_for_scoring(questions: Iterable["Question"]) -> list[scoring.Criterion]:
    """The criteria of `questions`, which stand in order, as `scoring` wants them."""
    by_criterion = groupby(questions, key=lambda question: question.criterion)
    return [
        scoring.Criterion(
            code=criterion.code,
            weight=criterion.weight,
            questions=tuple(
                scoring.Question(code=str(each.pk), up=each.direction == Direction.UP)
                for each in asked
            ),
        )
        for criterion, asked in by_criterion
    ]


class Question(models.Model):
    """What a scorer answers with lav, middels or høy. Questions of a criterion weigh equally."""

    criterion = models.ForeignKey(
        Criterion, verbose_name=_("kriterium"), on_delete=models.CASCADE, related_name="questions"
    )
    code = models.SlugField(_("kode"))
    text = models.CharField(_("spørsmål"), max_length=250)
    direction = models.CharField(
        _("retning"), max_length=4, choices=Direction, default=Direction.UP
    )
    is_direction_chosen = models.BooleanField(
        _("hver runde velger retning"),
        default=False,
        help_text=_("Når strategien ikke sier hvilken vei svaret teller."),
    )
    guidance_low = models.CharField(_("lav betyr"), max_length=250, blank=True)
    guidance_medium = models.CharField(_("middels betyr"), max_length=250, blank=True)
    guidance_high = models.CharField(_("høy betyr"), max_length=250, blank=True)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        verbose_name = _("spørsmål")
        verbose_name_plural = _("spørsmål")
        ordering = ["criterion", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "code"], name="%(app_label)s_%(class)s_code_once"
            ),
            models.CheckConstraint(
                condition=models.Q(direction__in=Direction.values),
                name="%(app_label)s_%(class)s_direction_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.text
