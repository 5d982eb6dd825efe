"""The consensus meeting (konsensus): blind answers on phones, shown to all at once, then agreed."""

import datetime as dt
import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from core.status import HasStatus
from prioritization.models.answers import FinalAnswer, ScoreLevel
from prioritization.models.criteria import Question
from prioritization.models.entries import Entry
from prioritization.models.rounds import Round


class MeetingStatus(models.TextChoices):
    OPEN = "open", _("Pågår")
    ENDED = "ended", _("Avsluttet")


class ConsensusMeetingQuerySet(models.QuerySet["ConsensusMeeting"]):
    def open(self) -> "ConsensusMeetingQuerySet":
        return self.filter(status=MeetingStatus.OPEN)

    def live(self) -> "ConsensusMeetingQuerySet":
        """With what changes while people look on, for `signature`. One query."""
        newest = Ballot.objects.filter(meeting=models.OuterRef("pk")).order_by("-opened_at", "-pk")
        answers = (
            BallotAnswer.objects.filter(ballot=models.OuterRef("newest_ballot"))
            .order_by()
            .values("ballot")
            .annotate(count=models.Count("pk"))
            .values("count")
        )
        agreed = (
            FinalAnswer.objects.filter(entry=models.OuterRef("shown_entry"))
            .order_by()
            .values("entry")
        )
        return self.annotate(
            newest_ballot=models.Subquery(newest.values("pk")[:1]),
            newest_revealed_at=models.Subquery(newest.values("revealed_at")[:1]),
            newest_answers=models.Subquery(answers),
            agreed_count=models.Subquery(agreed.annotate(n=models.Count("pk")).values("n")),
            agreed_at=models.Subquery(agreed.annotate(at=models.Max("agreed_at")).values("at")),
        )


class ConsensusMeeting(HasStatus, TimeStamped):
    """One meeting about the ideas of a round. A round has at most one that is going on."""

    TRANSITIONS = {
        MeetingStatus.OPEN: {MeetingStatus.ENDED},
        MeetingStatus.ENDED: set(),
    }

    round = models.ForeignKey(
        Round, verbose_name=_("runde"), on_delete=models.PROTECT, related_name="meetings"
    )
    status = models.CharField(
        _("status"), max_length=8, choices=MeetingStatus, default=MeetingStatus.OPEN
    )
    led_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ledet av"),
        on_delete=models.PROTECT,
        related_name="led_consensus_meetings",
    )
    shown_entry = models.ForeignKey(
        Entry,
        verbose_name=_("idé på skjermen"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    shown_question = models.ForeignKey(
        Question,
        verbose_name=_("spørsmål på skjermen"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Tomt når skjermen viser alle spørsmålene om ideen."),
    )
    ended_at = models.DateTimeField(_("avsluttet"), null=True, blank=True)

    # From `live`
    newest_ballot: int | None
    newest_revealed_at: dt.datetime | None
    newest_answers: int | None
    agreed_count: int | None
    agreed_at: dt.datetime | None

    objects = ConsensusMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("konsensusmøte")
        verbose_name_plural = _("konsensusmøter")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=models.Q(status=MeetingStatus.OPEN),
                name="%(app_label)s_%(class)s_one_at_a_time",
                violation_error_message=_("Det pågår allerede et møte om denne runden."),
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=MeetingStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.round}"

    @property
    def is_open(self) -> bool:
        return self.status == MeetingStatus.OPEN

    @property
    def step(self) -> str:
        """Another one as soon as those with a phone have something else to do or see."""
        return _digest(
            self.pk, self.updated_at.timestamp(), self.newest_ballot, self.newest_revealed_at
        )

    @property
    def signature(self) -> str:
        """Another one as soon as there is something else on the big screen."""
        return _digest(self.step, self.newest_answers, self.agreed_count, self.agreed_at)


def _digest(*seen: object) -> str:
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


class Ballot(models.Model):
    """One question about one idea, answered anew by those present, and shown to all at once."""

    meeting = models.ForeignKey(
        ConsensusMeeting, verbose_name=_("møte"), on_delete=models.CASCADE, related_name="ballots"
    )
    entry = models.ForeignKey(
        Entry, verbose_name=_("idé i runden"), on_delete=models.CASCADE, related_name="ballots"
    )
    question = models.ForeignKey(
        Question, verbose_name=_("spørsmål"), on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(_("åpnet"), auto_now_add=True)
    revealed_at = models.DateTimeField(_("vist for alle"), null=True, blank=True)

    class Meta:
        verbose_name = _("ny runde i møtet")
        verbose_name_plural = _("nye runder i møtet")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(revealed_at=None),
                name="%(app_label)s_%(class)s_one_hidden_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.question}"

    @property
    def is_revealed(self) -> bool:
        return self.revealed_at is not None


class BallotAnswer(models.Model):
    """What one person answered in the meeting, beside what they had answered before it."""

    ballot = models.ForeignKey(
        Ballot, verbose_name=_("ny runde"), on_delete=models.CASCADE, related_name="answers"
    )
    scorer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("satt av"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    level = models.PositiveSmallIntegerField(_("svar"), choices=ScoreLevel)
    updated_at = models.DateTimeField(_("endret"), auto_now=True)

    class Meta:
        verbose_name = _("svar i møtet")
        verbose_name_plural = _("svar i møtet")
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "scorer"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=ScoreLevel.values),
                name="%(app_label)s_%(class)s_level_is_1_to_3",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scorer}: {self.get_level_display()}"
