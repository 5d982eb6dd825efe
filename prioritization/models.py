"""Prioritisation: criteria, rounds, scores, the ranking, and the memo that gets decided."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped, Versioned
from core.status import HasStatus
from ideas.models import Idea, IdeaStatus
from municipality.models import AnnualCycle


class Stage(models.TextChoices):
    """The two stages of strategy §6.3. The second only when too many remain."""

    SCREENING = "screening", _("Grovscreening")
    FURTHER = "further", _("Videre prioritering")


class Direction(models.TextChoices):
    """What «høy» does to the score (domain.md §2.1)."""

    UP = "up", _("Høy er bra")
    DOWN = "down", _("Høy trekker ned")


class ScoreLevel(models.IntegerChoices):
    LOW = 1, _("Lav")
    MEDIUM = 2, _("Middels")
    HIGH = 3, _("Høy")


class RoundStatus(models.TextChoices):
    OPEN = "open", _("Åpen")
    CLOSED = "closed", _("Låst")


class MemoStatus(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    FINAL = "final", _("Endelig")


class FileStatus(models.TextChoices):
    QUEUED = "queued", _("I kø")
    MAKING = "making", _("Lages")
    READY = "ready", _("Ferdig")
    FAILED = "failed", _("Mislyktes")


class SectionKey(models.TextChoices):
    """The texts of the memo that the team writes, in the order of domain.md §2.4."""

    PROPOSAL = "proposal", _("Forslag til beslutning")
    SUMMARY = "summary", _("Sammendrag")
    BACKGROUND = "background", _("Bakgrunn og mål")
    STATUS = "status", _("Modenhet og gevinster i fjor")
    RECOMMENDED = "recommended", _("Anbefalte prosjekter")
    NOT_RECOMMENDED = "not_recommended", _("Ikke anbefalt")
    ECONOMY = "economy", _("Økonomi og årsverk")
    RISK = "risk", _("Risiko, personvern og universell utforming")
    CAVEATS = "caveats", _("Forbehold")
    ATTACHMENTS = "attachments", _("Vedlegg")


class Outcome(models.TextChoices):
    """What the executive group can decide about an idea (domain.md §2.4)."""

    APPROVED = "approved", _("Godkjent")
    POSTPONED = "postponed", _("Utsatt")
    REJECTED = "rejected", _("Avvist")
    RETURNED = "returned", _("Retur for utredning")


class CriteriaSet(models.Model):
    """The weighted criteria of one stage. The database refuses weights that do not sum to 100."""

    stage = models.CharField(_("steg"), max_length=12, choices=Stage)
    name = models.CharField(_("navn"), max_length=120)
    version = models.CharField(_("versjon"), max_length=20)
    source = models.TextField(_("kilde"), blank=True)
    is_current = models.BooleanField(_("brukes i nye runder"), default=False)

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


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self) -> "RoundQuerySet":
        return self.filter(status=RoundStatus.OPEN)

    def with_criteria(self) -> "RoundQuerySet":
        return self.select_related("cycle", "criteria_set").prefetch_related(
            "criteria_set__criteria__questions"
        )


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

    def takes_scores(self, on: dt.date) -> bool:
        return self.is_open and on <= self.closes_on


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def with_remaining(self) -> "ParticipationQuerySet":
        """With `remaining`: how many ideas the person has not answered all questions about."""
        competing = (
            Entry.objects.competing()
            .filter(round=models.OuterRef("round"))
            .order_by()
            .values("round")
            .annotate(count=models.Count("pk"))
            .values("count")
        )
        return self.annotate(
            remaining=Greatest(
                Coalesce(models.Subquery(competing), 0) - models.F("finished_count"), 0
            )
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


class Memo(HasStatus, Versioned, TimeStamped):
    """The decision memo (notat) to the executive group. Order of contents: domain.md §2.4."""

    TRANSITIONS = {MemoStatus.DRAFT: {MemoStatus.FINAL}, MemoStatus.FINAL: set()}

    round = models.OneToOneField(
        Round, verbose_name=_("runde"), on_delete=models.PROTECT, related_name="memo"
    )
    title = models.CharField(_("tittel"), max_length=120)
    case_number = models.CharField(_("saksnummer"), max_length=20, blank=True)
    copy_to = models.CharField(_("kopi til"), max_length=120, blank=True)
    publicity = models.CharField(_("offentlighet"), max_length=120, blank=True)
    dated_on = models.DateField(_("dato"))
    budget_frame = models.DecimalField(
        _("økonomisk ramme (kr)"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    status = models.CharField(
        _("status"), max_length=8, choices=MemoStatus, default=MemoStatus.DRAFT
    )
    benefits_last_year = models.JSONField(
        _("gevinster da notatet ble laget"),
        default=list,
        blank=True,
        help_text=_("Gevinster hører til et senere steg. Derfor står de her som tall og tekst."),
    )
    finalised_at = models.DateTimeField(_("gjort endelig"), null=True, blank=True)
    finalised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gjort endelig av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="finalised_memos",
    )

    class Meta:
        verbose_name = _("notat")
        verbose_name_plural = _("notater")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=MemoStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status=MemoStatus.DRAFT)
                | models.Q(finalised_at__isnull=False, finalised_by__isnull=False),
                name="%(app_label)s_%(class)s_final_has_when_and_who",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("prioritization:memo", args=[self.pk])

    @property
    def is_final(self) -> bool:
        return self.status == MemoStatus.FINAL


class MemoSection(Versioned):
    """One text of the memo, as the team has it now, beside the one drafted from the numbers."""

    memo = models.ForeignKey(
        Memo, verbose_name=_("notat"), on_delete=models.CASCADE, related_name="sections"
    )
    key = models.CharField(_("del"), max_length=16, choices=SectionKey)
    text = models.TextField(_("tekst"), max_length=8000, blank=True)
    drafted = models.TextField(_("foreslått ut fra tallene"), blank=True)

    class Meta:
        verbose_name = _("tekst i notatet")
        verbose_name_plural = _("tekster i notatet")
        constraints = [
            models.UniqueConstraint(
                fields=["memo", "key"], name="%(app_label)s_%(class)s_once_per_memo"
            ),
            models.CheckConstraint(
                condition=models.Q(key__in=SectionKey.values),
                name="%(app_label)s_%(class)s_key_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.get_key_display()

    @property
    def is_as_drafted(self) -> bool:
        return self.text == self.drafted


class MemoItemQuerySet(models.QuerySet["MemoItem"]):
    def in_order(self) -> "MemoItemQuerySet":
        return self.select_related(
            "entry__idea__sector", "entry__idea__owner", "decision", "memo__round__cycle"
        ).order_by("order", "pk")

    def recommended(self) -> "MemoItemQuerySet":
        return self.filter(is_recommended=True)


class MemoItem(Versioned):
    """An idea in the memo: recommended or not, and why."""

    memo = models.ForeignKey(
        Memo, verbose_name=_("notat"), on_delete=models.CASCADE, related_name="items"
    )
    entry = models.OneToOneField(
        Entry, verbose_name=_("idé i runden"), on_delete=models.PROTECT, related_name="memo_item"
    )
    is_recommended = models.BooleanField(_("anbefalt"), default=False)
    text = models.TextField(_("begrunnelse"), max_length=2000, blank=True)
    benefit = models.CharField(_("viktigste gevinst"), max_length=100, blank=True)
    person_years = models.DecimalField(
        _("årsverk"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    risk = models.TextField(
        _("risiko, personvern og universell utforming"), max_length=1000, blank=True
    )
    order = models.PositiveIntegerField(_("rekkefølge"), default=0)

    objects = MemoItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("idé i notatet")
        verbose_name_plural = _("ideer i notatet")
        ordering = ["memo", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person_years=None) | models.Q(person_years__gte=0),
                name="%(app_label)s_%(class)s_person_years_is_not_negative",
                violation_error_message=_("Årsverk kan ikke være mindre enn null."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry.idea)


class MemoFileQuerySet(models.QuerySet["MemoFile"]):
    def unfinished(self) -> "MemoFileQuerySet":
        return self.filter(status__in=[FileStatus.QUEUED, FileStatus.MAKING])

    def without_content(self) -> "MemoFileQuerySet":
        return self.defer("content")


class MemoFile(HasStatus, TimeStamped):
    """One version of the memo as PDF: asked for, made once by a worker, kept as it was.

    The bytes stand in the database, so that a database dump is a whole backup.
    """

    TRANSITIONS = {
        FileStatus.QUEUED: {FileStatus.MAKING, FileStatus.FAILED},
        FileStatus.MAKING: {FileStatus.READY, FileStatus.FAILED, FileStatus.QUEUED},
        FileStatus.FAILED: {FileStatus.QUEUED},
        FileStatus.READY: set(),
    }

    memo = models.ForeignKey(
        Memo, verbose_name=_("notat"), on_delete=models.PROTECT, related_name="files"
    )
    number = models.PositiveSmallIntegerField(_("versjon"))
    is_draft = models.BooleanField(_("utkast"), default=True)
    status = models.CharField(
        _("status"), max_length=8, choices=FileStatus, default=FileStatus.QUEUED
    )
    snapshot = models.JSONField(_("alt filen er laget av"), default=dict)
    step = models.PositiveSmallIntegerField(_("steg ferdig av 4"), default=0)
    attempts = models.PositiveSmallIntegerField(_("forsøk"), default=0)
    started_at = models.DateTimeField(_("begynt"), null=True, blank=True)
    finished_at = models.DateTimeField(_("ferdig"), null=True, blank=True)
    error = models.TextField(_("feil"), blank=True)
    content = models.BinaryField(_("PDF"), null=True, blank=True)
    size = models.PositiveIntegerField(_("byte"), null=True, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bestilt av"),
        on_delete=models.PROTECT,
        related_name="requested_memo_files",
    )

    objects = MemoFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("notatfil")
        verbose_name_plural = _("notatfiler")
        ordering = ["memo", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["memo", "number"], name="%(app_label)s_%(class)s_number_once"
            ),
            models.UniqueConstraint(
                fields=["memo"],
                condition=models.Q(is_draft=False),
                name="%(app_label)s_%(class)s_one_final",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=FileStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=FileStatus.READY)
                | (models.Q(content__isnull=False) & ~models.Q(sha256="")),
                name="%(app_label)s_%(class)s_ready_has_content",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.memo} – {self.number}"

    @property
    def is_ready(self) -> bool:
        return self.status == FileStatus.READY

    @property
    def is_failed(self) -> bool:
        return self.status == FileStatus.FAILED


class Decision(TimeStamped):
    """What the executive group decided (vedtak) about one idea in the memo."""

    IDEA_STATUS = {
        Outcome.APPROVED: IdeaStatus.APPROVED,
        Outcome.POSTPONED: IdeaStatus.POSTPONED,
        Outcome.REJECTED: IdeaStatus.REJECTED,
        Outcome.RETURNED: IdeaStatus.RETURNED,
    }

    item = models.OneToOneField(
        MemoItem, verbose_name=_("idé i notatet"), on_delete=models.PROTECT, related_name="decision"
    )
    outcome = models.CharField(_("vedtak"), max_length=12, choices=Outcome)
    reason = models.TextField(_("begrunnelse"), max_length=1000)
    postponed_to = models.PositiveSmallIntegerField(_("utsatt til år"), null=True, blank=True)
    decided_on = models.DateField(_("vedtatt"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ført av"),
        on_delete=models.PROTECT,
        related_name="recorded_decisions",
    )

    class Meta:
        verbose_name = _("vedtak")
        verbose_name_plural = _("vedtak")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values),
                name="%(app_label)s_%(class)s_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="%(app_label)s_%(class)s_has_a_reason",
                violation_error_message=_("Skriv hvorfor. Den som sendte ideen, leser det."),
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome=Outcome.POSTPONED)
                | models.Q(postponed_to__isnull=False),
                name="%(app_label)s_%(class)s_postponed_has_a_year",
                violation_error_message=_("Skriv hvilket år ideen er utsatt til."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_outcome_display()}"
