"""The session itself: where it stands, what is asked, and who is in the room."""

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped, Versioned
from core.status import HasStatus
from municipality.models import Sector, StrategyGoal

MOST_VOTES = 20
MOST_MINUTES = 180


class WorkshopStatus(models.TextChoices):
    READY = "ready", _("Klart")
    OPEN = "open", _("Åpent")
    PAUSED = "paused", _("Pause")
    ENDED = "ended", _("Avsluttet")


# How a status looks (core.icons).
LOOKS = {
    WorkshopStatus.READY: "open",
    WorkshopStatus.OPEN: "now",
    WorkshopStatus.PAUSED: "paused",
    WorkshopStatus.ENDED: "done",
}


class Phase(models.TextChoices):
    """What the room does with a question, in this order."""

    WRITE = "write", _("Skriv")
    SORT = "sort", _("Sorter")
    VOTE = "vote", _("Stem")
    CHOOSE = "choose", _("Velg")


NEXT_PHASES = dict(zip(list(Phase)[:-1], list(Phase)[1:], strict=True))


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def led_by(self, user) -> "WorkshopQuerySet":
        """What the person may lead, as `workshops.lead_workshop` says it of one."""
        if user.has_perm("workshops.lead_any_workshop"):
            return self
        return self.filter(
            models.Q(sector__leader=user) | models.Q(sector=user.sector_id, sector__isnull=False)
        )

    def for_list(self) -> "WorkshopQuerySet":
        notes = models.Count("questions__notes", distinct=True)
        return (
            self.select_related("sector")
            .annotate(note_count=notes, people_count=models.Count("participants", distinct=True))
            .order_by("-created_at", "-pk")
        )

    def going_on(self) -> "WorkshopQuerySet":
        return self.filter(status__in=[WorkshopStatus.OPEN, WorkshopStatus.PAUSED])

    def with_code(self, code: str) -> "WorkshopQuerySet":
        """What the code leads to: the one it belongs to now, else the last one that had it."""
        is_over = models.Q(status=WorkshopStatus.ENDED)
        return self.filter(code=code).order_by(
            models.Case(models.When(is_over, then=1), default=0), "-pk"
        )

    def for_room(self) -> "WorkshopQuerySet":
        return self.select_related("sector", "current_question")


class Workshop(HasStatus, Versioned, TimeStamped):
    """A session (verksted). `revision` counts what the wall shows, `step` what phones must know.

    Both are counted in the transaction that makes the change, under the row's lock, so whoever has
    seen a number has been able to see everything up to it.
    """

    TRANSITIONS = {
        WorkshopStatus.READY: {WorkshopStatus.OPEN},
        WorkshopStatus.OPEN: {WorkshopStatus.PAUSED, WorkshopStatus.ENDED},
        WorkshopStatus.PAUSED: {WorkshopStatus.OPEN, WorkshopStatus.ENDED},
        WorkshopStatus.ENDED: set(),
    }

    name = models.CharField(_("navn"), max_length=100)
    sector = models.ForeignKey(
        Sector,
        verbose_name=_("sektor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="workshops",
    )
    goals = models.ManyToManyField(
        StrategyGoal, verbose_name=_("mål"), blank=True, related_name="workshops"
    )
    votes_each = models.PositiveSmallIntegerField(
        _("stemmer til hver"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_VOTES)],
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutter på klokka"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)],
    )
    code = models.CharField(_("kode"), max_length=4, editable=False)
    status = models.CharField(
        _("status"), max_length=8, choices=WorkshopStatus, default=WorkshopStatus.READY
    )
    current_question = models.ForeignKey(
        "workshops.Question",
        verbose_name=_("spørsmålet nå"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    timer_ends_at = models.DateTimeField(_("tiden er ute"), null=True, blank=True)
    revision = models.PositiveBigIntegerField(_("endringer på veggen"), default=0, editable=False)
    step = models.PositiveBigIntegerField(_("endringer for deltakerne"), default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("laget av"),
        on_delete=models.PROTECT,
        related_name="workshops",
    )
    opened_at = models.DateTimeField(_("åpnet"), null=True, blank=True)
    ended_at = models.DateTimeField(_("avsluttet"), null=True, blank=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        verbose_name = _("verksted")
        verbose_name_plural = _("verksteder")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=WorkshopStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=~models.Q(status=WorkshopStatus.ENDED),
                name="%(app_label)s_%(class)s_code_leads_to_one",
            ),
            models.CheckConstraint(
                condition=models.Q(votes_each__range=(1, MOST_VOTES)),
                name="%(app_label)s_%(class)s_votes_in_range",
                violation_error_message=_("Hver deltaker kan få fra 1 til 20 stemmer."),
            ),
            models.CheckConstraint(
                condition=models.Q(minutes=None) | models.Q(minutes__range=(1, MOST_MINUTES)),
                name="%(app_label)s_%(class)s_minutes_in_range",
                violation_error_message=_("Klokka kan gå fra 1 til 180 minutter."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("workshops:lead", args=[self.pk])

    @property
    def look(self) -> str:
        return LOOKS[WorkshopStatus(self.status)]

    @property
    def spoken_code(self) -> str:
        """«41 72»: in pairs, as it is read aloud."""
        return f"{self.code[:2]} {self.code[2:]}"

    @property
    def sector_name(self) -> str:
        return self.sector.name if self.sector else str(_("Hele kommunen"))

    @property
    def is_ready(self) -> bool:
        return self.status == WorkshopStatus.READY

    @property
    def is_open(self) -> bool:
        return self.status == WorkshopStatus.OPEN

    @property
    def is_paused(self) -> bool:
        return self.status == WorkshopStatus.PAUSED

    @property
    def is_ended(self) -> bool:
        return self.status == WorkshopStatus.ENDED

    @property
    def is_going_on(self) -> bool:
        return self.is_open or self.is_paused

    def time_is_out(self, at: dt.datetime) -> bool:
        return self.timer_ends_at is not None and self.timer_ends_at <= at


class Question(HasStatus):
    """What the room is asked. A step back is allowed until something is chosen."""

    STATUS_FIELD = "phase"
    TRANSITIONS = {
        Phase.WRITE: {Phase.SORT},
        Phase.SORT: {Phase.WRITE, Phase.VOTE},
        Phase.VOTE: {Phase.SORT, Phase.CHOOSE},
        Phase.CHOOSE: {Phase.VOTE},
    }

    workshop = models.ForeignKey(
        Workshop, verbose_name=_("verksted"), on_delete=models.CASCADE, related_name="questions"
    )
    order = models.PositiveSmallIntegerField(_("rekkefølge"))
    text = models.CharField(_("spørsmål"), max_length=120)
    phase = models.CharField(_("steg"), max_length=6, choices=Phase, default=Phase.WRITE)

    class Meta:
        verbose_name = _("spørsmål")
        verbose_name_plural = _("spørsmål")
        ordering = ["workshop", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "order"], name="%(app_label)s_%(class)s_order_is_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(phase__in=Phase.values),
                name="%(app_label)s_%(class)s_phase_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def next_phase(self) -> Phase | None:
        return NEXT_PHASES.get(Phase(self.phase))

    @property
    def previous_phase(self) -> Phase | None:
        before = {after: phase for phase, after in NEXT_PHASES.items()}
        return before.get(Phase(self.phase))

    @property
    def takes_notes(self) -> bool:
        return self.phase == Phase.WRITE

    @property
    def takes_sorting(self) -> bool:
        return self.phase in {Phase.WRITE, Phase.SORT}

    @property
    def takes_votes(self) -> bool:
        return self.phase == Phase.VOTE

    @property
    def shows_votes(self) -> bool:
        return self.phase in {Phase.VOTE, Phase.CHOOSE}


class Participant(models.Model):
    """A phone in the room. No name and no address: only the fingerprint of a key in its cookie.

    The fingerprint is forgotten after `KEPT_DAYS`; the notes and the count of heads stay.
    """

    PURPOSE = _("Vise deg dine egne lapper, og telle stemmene dine, i et verksted.")
    KEPT_DAYS = 30

    workshop = models.ForeignKey(
        Workshop, verbose_name=_("verksted"), on_delete=models.CASCADE, related_name="participants"
    )
    key_hash = models.CharField(_("fingeravtrykk av nøkkelen"), max_length=64, blank=True)
    joined_at = models.DateTimeField(_("ble med"), db_index=True)

    class Meta:
        verbose_name = _("deltaker")
        verbose_name_plural = _("deltakere")
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "key_hash"],
                condition=~models.Q(key_hash=""),
                name="%(app_label)s_%(class)s_key_is_one_person",
            )
        ]

    def __str__(self) -> str:
        return str(_("Deltaker {number}").format(number=self.pk))
