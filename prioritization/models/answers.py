"""What people answer about the ideas of a round, and the answer that is agreed in the end."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ideas.models import Idea
from prioritization.models.criteria import Question


class ScoreLevel(models.IntegerChoices):
    LOW = 1, _("Lav")
    MEDIUM = 2, _("Middels")
    HIGH = 3, _("Høy")


class ScoreQuerySet(models.QuerySet["Score"]):
    def given(self) -> "ScoreQuerySet":
        """Those that say lav, middels or høy, from somebody who is not disqualified (inhabil)."""
        recused = Recusal.objects.filter(
            entry=models.OuterRef("entry"), person=models.OuterRef("scorer")
        )
        return self.filter(~models.Exists(recused), level__isnull=False)

    def settled(self) -> "ScoreQuerySet":
        """Those that need nothing more from the scorer: a level, or an abstention."""
        return self.exclude(level=None, abstention="")


class Score(models.Model):
    """One person's answer to one question about one idea. No row = not answered.

    A row without a level is an abstention, when it has a reason for that, or else only a comment.
    """

    entry = models.ForeignKey(
        "prioritization.Entry",
        verbose_name=_("idé i runden"),
        on_delete=models.CASCADE,
        related_name="scores",
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
    level = models.PositiveSmallIntegerField(_("svar"), choices=ScoreLevel, null=True, blank=True)
    abstention = models.CharField(_("avstår fordi"), max_length=200, blank=True)
    comment = models.TextField(_("kommentar"), max_length=500, blank=True)
    updated_at = models.DateTimeField(_("endret"), auto_now=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("poeng")
        verbose_name_plural = _("poeng")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "question", "scorer"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__in=ScoreLevel.values),
                name="%(app_label)s_%(class)s_level_is_1_to_3",
            ),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(abstention=""),
                name="%(app_label)s_%(class)s_answers_or_abstains",
            ),
            models.CheckConstraint(
                condition=models.Q(level__isnull=False)
                | ~models.Q(abstention="")
                | ~models.Q(comment=""),
                name="%(app_label)s_%(class)s_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scorer}: {self.get_level_display() or self.abstention or self.comment}"

    @property
    def is_abstention(self) -> bool:
        return bool(self.abstention)


def is_own_idea(idea: Idea, person: int, *, has_answered: bool) -> bool:
    """Has the person sent it in, or got it to own before answering about it?"""
    return idea.submitted_by_id == person or (idea.owner_id == person and not has_answered)


class Recusal(models.Model):
    """A scorer who is disqualified (inhabil) about one idea: their answers do not count there.

    One's own ideas give a row at once; other ties are declared by the scorer. Everyone sees it.
    """

    entry = models.ForeignKey(
        "prioritization.Entry",
        verbose_name=_("idé i runden"),
        on_delete=models.CASCADE,
        related_name="recusals",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("inhabil"),
        on_delete=models.PROTECT,
        related_name="recusals",
    )
    reason = models.CharField(_("fordi"), max_length=200)
    is_own = models.BooleanField(_("egen idé"), default=False, editable=False)
    declared_at = models.DateTimeField(_("meldt"), auto_now_add=True)

    class Meta:
        verbose_name = _("inhabilitet")
        verbose_name_plural = _("inhabilitet")
        ordering = ["entry", "person__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "person"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="%(app_label)s_%(class)s_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.entry}"


class FinalAnswer(models.Model):
    """What the consensus meeting agreed on. It counts instead of the mean; the others are kept."""

    entry = models.ForeignKey(
        "prioritization.Entry",
        verbose_name=_("idé i runden"),
        on_delete=models.CASCADE,
        related_name="final_answers",
    )
    question = models.ForeignKey(
        Question, verbose_name=_("spørsmål"), on_delete=models.PROTECT, related_name="+"
    )
    level = models.PositiveSmallIntegerField(_("avtalt svar"), choices=ScoreLevel)
    reason = models.TextField(
        _("begrunnelse"),
        max_length=500,
        error_messages={"blank": _("Skriv hvorfor dere landet på dette.")},
    )
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ført av"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    agreed_at = models.DateTimeField(_("avtalt"), auto_now=True)

    class Meta:
        verbose_name = _("avtalt svar")
        verbose_name_plural = _("avtalte svar")
        ordering = ["entry", "question__criterion__order", "question__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "question"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=ScoreLevel.values),
                name="%(app_label)s_%(class)s_level_is_1_to_3",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="%(app_label)s_%(class)s_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.get_level_display()}"
