"""Ideas: from the moment somebody sends one until the municipality has decided."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.formatting import day_with_year
from core.models import TimeStamped, Versioned
from core.search import SearchColumn, best_first, like, matching
from core.status import HasStatus
from ideas.models.choices import (
    LOOKS,
    TAKES_NOBODY_IN,
    WITH_OUTCOME,
    IdeaStatus,
    Origin,
    Submitter,
)
from municipality.models import AnnualCycle, Sector, StrategyGoal

if TYPE_CHECKING:
    from ideas.models.thread import Addition


def _with_code(text: str) -> models.Q:
    """Codes have capitals, so that the index can be asked."""
    return models.Q(code=text.replace("\0", "").strip().upper())


class IdeaQuerySet(models.QuerySet["Idea"]):
    def published(self) -> "IdeaQuerySet":
        return self.filter(published_at__isnull=False)

    def search(self, text: str) -> "IdeaQuerySet":
        """Ideas with every word of `text`, also bent or typed a little wrong, or with that code.

        Looks the words up first, so it costs a query when it is called.
        """
        return self.filter(matching(self.model, text) | _with_code(text))

    def best_first(self, text: str) -> "IdeaQuerySet":
        """The same as `search`, the best hits first."""
        return cast(IdeaQuerySet, best_first(self, text, also=_with_code(text)))

    def similar_to(self, text: str) -> "IdeaQuerySet":
        """Ideas about the same as `text`, the most like first, with a `likeness`."""
        return cast(IdeaQuerySet, like(self, text))

    def in_inbox(self) -> "IdeaQuerySet":
        """What nobody has answered yet, longest waiting first."""
        return self.filter(status=IdeaStatus.RECEIVED).order_by("created_at", "pk")

    def returned(self) -> "IdeaQuerySet":
        """What the executive group wants to know more about. Answered, so no clock runs."""
        return self.filter(status=IdeaStatus.RETURNED).order_by("-updated_at", "-pk")

    def concerning(self, sectors: Collection[int]) -> "IdeaQuerySet":
        """Those of the sectors, and those of others that touch them."""
        touching = Idea.also_touches.through.objects.filter(
            idea=models.OuterRef("pk"), sector__in=sectors
        )
        return self.filter(models.Q(sector__in=sectors) | models.Exists(touching))

    def without_outcome(self) -> "IdeaQuerySet":
        """Those that somebody still waits to hear about."""
        return self.exclude(status__in=WITH_OUTCOME)

    def open_to_merging(self) -> "IdeaQuerySet":
        """Those that another can be merged into: something is still to happen with them."""
        return self.exclude(status__in=TAKES_NOBODY_IN)

    def for_list(self) -> "IdeaQuerySet":
        return self.select_related("sector").order_by("-created_at", "-pk")

    def for_handling(self) -> "IdeaQuerySet":
        """Locked for the one who edits, with what the page shows of it."""
        return (
            self.select_for_update(of=("self",))
            .select_related("sector", "owner", "submitted_by", "edited_by", "split_from")
            .prefetch_related("goals", "also_touches", "tags", "changes__by", "additions")
            .prefetch_related("notes__by", "replies__by")
        )

    def with_thread(self) -> "IdeaQuerySet":
        return self.select_related(
            "sector", "cycle", "owner", "split_from", "submitted_by", "contact"
        ).prefetch_related("goals__area", "changes__by", "replies", "additions")


class Tag(models.Model):
    """A word (stikkord) the team sorts ideas by."""

    name = models.CharField(_("stikkord"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("stikkord")
        verbose_name_plural = _("stikkord")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Idea(HasStatus, Versioned, TimeStamped):
    """An idea (idé). What the sender wrote is kept word for word; the team adds the rest."""

    TRANSITIONS = {
        IdeaStatus.RECEIVED: {
            IdeaStatus.FORWARDED,
            IdeaStatus.LINE,
            IdeaStatus.IN_PROJECT,
            IdeaStatus.PARKED,
            IdeaStatus.DECLINED,
            IdeaStatus.MERGED,
            IdeaStatus.SPLIT,
            IdeaStatus.WITHDRAWN,
        },
        IdeaStatus.FORWARDED: {
            IdeaStatus.RECEIVED,
            IdeaStatus.APPROVED,
            IdeaStatus.POSTPONED,
            IdeaStatus.REJECTED,
            IdeaStatus.RETURNED,
        },
        # What the executive group decided can be corrected, but not when it made a project.
        IdeaStatus.APPROVED: set(),
        IdeaStatus.POSTPONED: {
            IdeaStatus.APPROVED,
            IdeaStatus.REJECTED,
            IdeaStatus.RETURNED,
            IdeaStatus.FORWARDED,
            IdeaStatus.MERGED,
        },
        IdeaStatus.REJECTED: {IdeaStatus.APPROVED, IdeaStatus.POSTPONED, IdeaStatus.RETURNED},
        IdeaStatus.RETURNED: {
            IdeaStatus.APPROVED,
            IdeaStatus.POSTPONED,
            IdeaStatus.REJECTED,
            IdeaStatus.FORWARDED,
            IdeaStatus.LINE,
            IdeaStatus.IN_PROJECT,
            IdeaStatus.PARKED,
            IdeaStatus.DECLINED,
            IdeaStatus.MERGED,
            IdeaStatus.SPLIT,
        },
        # The team's own outcomes can be taken back; joining and parting can be undone.
        IdeaStatus.LINE: {IdeaStatus.RECEIVED},
        IdeaStatus.IN_PROJECT: {IdeaStatus.RECEIVED},
        IdeaStatus.PARKED: {IdeaStatus.RECEIVED},
        IdeaStatus.DECLINED: {IdeaStatus.RECEIVED},
        IdeaStatus.MERGED: {IdeaStatus.RECEIVED, IdeaStatus.RETURNED, IdeaStatus.POSTPONED},
        IdeaStatus.SPLIT: {IdeaStatus.RECEIVED, IdeaStatus.RETURNED},
        IdeaStatus.WITHDRAWN: set(),
    }

    cycle = models.ForeignKey(
        AnnualCycle, verbose_name=_("årshjul"), on_delete=models.PROTECT, related_name="ideas"
    )
    code = models.CharField(_("kode"), max_length=12, unique=True, editable=False)
    token = models.UUIDField(_("hemmelig nøkkel"), default=uuid.uuid4, unique=True, editable=False)
    submission_key = models.UUIDField(
        _("innsendingsnøkkel"),
        unique=True,
        default=uuid.uuid4,
        editable=False,
        help_text=_("Samme skjema sendt to ganger er én idé."),
    )

    problem = models.TextField(_("hva er problemet"), max_length=2000)
    who_has_it = models.CharField(_("hvem har problemet"), max_length=200)
    solution = models.TextField(_("hva kan løse det"), max_length=2000, blank=True)
    submitter = models.CharField(_("hvem er du"), max_length=12, choices=Submitter)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sendt av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sent_ideas",
    )

    origin = models.CharField(
        _("kom hit"), max_length=10, choices=Origin, default=Origin.FORM, editable=False
    )
    measure = models.OneToOneField(
        "maturity.Measure",
        verbose_name=_("tiltak i en egenvurdering"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="idea",
    )
    split_from = models.ForeignKey(
        "self",
        verbose_name=_("delt ut av"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="parts",
    )

    imported_in = models.ForeignKey(
        "ideas.IdeaImport",
        verbose_name=_("lest inn i"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="ideas",
    )

    title = models.CharField(_("tittel"), max_length=120)
    summary = models.CharField(_("i én setning"), max_length=250, blank=True)
    sector = models.ForeignKey(
        Sector,
        verbose_name=_("sektor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ideas",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("tenkt prosjekteier"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_ideas",
    )
    goals = models.ManyToManyField(
        StrategyGoal, verbose_name=_("mål"), blank=True, related_name="ideas"
    )
    estimated_cost = models.DecimalField(
        _("anslått kostnad (kr)"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    estimated_effort = models.DecimalField(
        _("anslått innsats (årsverk)"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    is_statutory = models.BooleanField(_("lovpålagt"), default=False)
    also_touches = models.ManyToManyField(
        Sector, verbose_name=_("berører også"), blank=True, related_name="touching_ideas"
    )
    no_goal_reason = models.CharField(
        _("hvorfor ideen ikke er knyttet til et mål"), max_length=300, blank=True
    )
    tags = models.ManyToManyField(
        "ideas.Tag", verbose_name=_("stikkord"), blank=True, related_name="ideas"
    )
    supporter_count = models.PositiveIntegerField(_("støtter ideen"), default=0, editable=False)
    status = models.CharField(
        _("status"), max_length=12, choices=IdeaStatus, default=IdeaStatus.RECEIVED
    )
    postponed_until = models.DateField(_("utsatt til"), null=True, blank=True)
    parked_to = models.DateField(_("parkert til"), null=True, blank=True)
    line_unit = models.CharField(
        _("enheten som gjør det i linja"), max_length=120, blank=True, editable=False
    )
    line_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("den som gjør det i linja"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="line_ideas",
    )
    published_at = models.DateTimeField(_("publisert"), null=True, blank=True)
    answer_due_on = models.DateField(_("lovet svar innen"))
    search = SearchColumn(title="A", summary="B", problem="C", solution="D")

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idé")
        verbose_name_plural = _("ideer")
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="ideas_idea_newest"),
            models.Index(fields=["status", "created_at"], name="ideas_idea_by_status"),
            models.Index(fields=["cycle", "status"], name="ideas_idea_by_cycle"),
            models.Index(
                fields=["cycle"],
                condition=models.Q(published_at__isnull=False),
                name="ideas_idea_published",
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(is_statutory=True),
                name="ideas_idea_statutory",
            ),
            models.Index(
                fields=["-supporter_count", "-id"],
                condition=models.Q(published_at__isnull=False),
                name="ideas_idea_supported",
            ),
            models.Index(
                fields=["-published_at", "-id"],
                condition=models.Q(published_at__isnull=False),
                name="ideas_idea_newly_published",
            ),
            GinIndex(fields=["search"], name="ideas_idea_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=IdeaStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(submitter__in=Submitter.values),
                name="%(app_label)s_%(class)s_submitter_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(estimated_cost=None) | models.Q(estimated_cost__gte=0),
                name="%(app_label)s_%(class)s_cost_is_not_negative",
                violation_error_message=_("Kostnaden kan ikke være negativ."),
            ),
            models.CheckConstraint(
                condition=~models.Q(status=IdeaStatus.POSTPONED)
                | models.Q(postponed_until__isnull=False),
                name="%(app_label)s_%(class)s_postponed_has_a_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=IdeaStatus.PARKED) | models.Q(parked_to__isnull=False),
                name="%(app_label)s_%(class)s_parked_has_a_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=IdeaStatus.LINE) | ~models.Q(line_unit=""),
                name="%(app_label)s_%(class)s_line_has_a_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(origin__in=Origin.values),
                name="%(app_label)s_%(class)s_origin_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(estimated_effort=None) | models.Q(estimated_effort__gte=0),
                name="%(app_label)s_%(class)s_effort_is_not_negative",
                violation_error_message=_("Innsatsen kan ikke være negativ."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("idea", args=[self.code])

    @property
    def look(self) -> str:
        return LOOKS[IdeaStatus(self.status)]

    @property
    def status_words(self) -> str:
        """«Utsatt til 1. mars 2027», or the status' own name."""
        if self.status == IdeaStatus.POSTPONED and self.postponed_until:
            return _("Utsatt til {date}").format(date=day_with_year(self.postponed_until))
        if self.status == IdeaStatus.PARKED and self.parked_to:
            return _("Parkert til {date}").format(date=day_with_year(self.parked_to))
        return self.get_status_display()

    @property
    def has_outcome(self) -> bool:
        return self.status in WITH_OUTCOME

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_new(self) -> bool:
        """Nobody has answered yet, neither with a new status nor with words."""
        only_received = self.status == IdeaStatus.RECEIVED and len(self.changes.all()) <= 1
        return only_received and not self.replies.all()

    @property
    def can_be_withdrawn(self) -> bool:
        return self.can_move_to(IdeaStatus.WITHDRAWN)

    @property
    def can_be_commented(self) -> bool:
        """Everybody can read it, and something can still happen with it."""
        return self.is_published and self.status not in TAKES_NOBODY_IN

    @property
    def public_additions(self) -> list["Addition"]:
        """What was added before the team read the idea and showed it to everybody."""
        published = self.published_at
        return [added for added in self.additions.all() if published and added.at <= published]

    @property
    def can_be_forwarded(self) -> bool:
        return self.can_move_to(IdeaStatus.FORWARDED)

    @property
    def can_be_merged(self) -> bool:
        return self.can_move_to(IdeaStatus.MERGED)

    @property
    def can_be_split(self) -> bool:
        return self.can_move_to(IdeaStatus.SPLIT)

    @property
    def can_get_outcome(self) -> bool:
        """One of the team's own: to the line, to a project, parked, no."""
        return self.can_move_to(IdeaStatus.DECLINED)

    @property
    def is_back_from_parking(self) -> bool:
        return self.status == IdeaStatus.RECEIVED and self.parked_to is not None

    @property
    def missing_fields(self) -> dict[str, str]:
        """What the team must fill in before the idea can be scored: field → words."""
        missing = {}
        if not self.summary:
            missing["summary"] = _("en setning om ideen")
        if self.sector_id is None:
            missing["sector"] = _("sektor")
        if not self.no_goal_reason and not self.goals.all():
            missing["goals"] = _("minst ett mål, eller hvorfor ikke")
        return {field: str(words) for field, words in missing.items()}

    @property
    def missing_before_screening(self) -> list[str]:
        return list(self.missing_fields.values())

    def days_left(self, on: dt.date) -> int:
        """Days until the promised answer is due; negative when the promise is broken."""
        return (self.answer_due_on - on).days


class CodeCounter(models.Model):
    """The last number given to an idea of a year (G26-062 → 62)."""

    year = models.PositiveSmallIntegerField(_("år"), unique=True)
    last = models.PositiveIntegerField(_("siste nummer"), default=0)

    class Meta:
        verbose_name = _("kodeteller")
        verbose_name_plural = _("kodetellere")

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
