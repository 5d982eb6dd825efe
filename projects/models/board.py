"""IKT-styringsrådet: what projects ask it for, its meetings, and what follows an approval."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.made_files import MadeFile, MadeFileQuerySet
from core.models import TimeStamped, Versioned
from core.status import HasStatus
from projects.models.projects import Project
from projects.models.systems import System, UseKind


class ChangeRequestStatus(models.TextChoices):
    RECEIVED = "received", _("Til behandling")
    APPROVED = "approved", _("Godkjent")
    CONDITIONAL = "conditional", _("Godkjent med vilkår")
    POSTPONED = "postponed", _("Utsatt")
    REJECTED = "rejected", _("Avslått")
    WITHDRAWN = "withdrawn", _("Trukket")


class Urgency(models.TextChoices):
    NORMAL = "normal", _("Kan vente til neste møte")
    SOON = "soon", _("Må avgjøres i neste møte")
    NOW = "now", _("Kan ikke vente på et møte")


MOST_URGENT_FIRST = (Urgency.NOW, Urgency.SOON, Urgency.NORMAL)


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    def waiting(self) -> "ChangeRequestQuerySet":
        return self.filter(status=ChangeRequestStatus.RECEIVED)

    def undecided(self) -> "ChangeRequestQuerySet":
        """Those that the board has not answered, and those that it has put off."""
        return self.filter(status__in=[ChangeRequestStatus.RECEIVED, ChangeRequestStatus.POSTPONED])

    def queued(self) -> "ChangeRequestQuerySet":
        """Undecided and on no agenda that is still to come. The most urgent and oldest first."""
        ahead = AgendaItem.objects.filter(change_request=models.OuterRef("pk")).exclude(
            meeting__status=BoardMeetingStatus.CLOSED
        )
        urgency = models.Case(
            *(models.When(urgency=key, then=place) for place, key in enumerate(MOST_URGENT_FIRST))
        )
        return self.undecided().filter(~models.Exists(ahead)).order_by(urgency, "created_at", "pk")

    def decided_alone(self) -> "ChangeRequestQuerySet":
        return self.filter(is_decided_alone=True).order_by("decided_at", "pk")

    def approved(self) -> "ChangeRequestQuerySet":
        return self.filter(
            status__in=[ChangeRequestStatus.APPROVED, ChangeRequestStatus.CONDITIONAL]
        )

    def treated(self) -> "ChangeRequestQuerySet":
        return self.exclude(status=ChangeRequestStatus.RECEIVED).order_by("-decided_at", "-pk")

    def for_board(self) -> "ChangeRequestQuerySet":
        return self.select_related("project__sector", "requested_by", "decided_by")


class ChangeRequest(HasStatus, Versioned, TimeStamped):
    """An endringsanmodning: a project asks IKT-styringsrådet for a change (strategy §6.4)."""

    TRANSITIONS = {
        ChangeRequestStatus.RECEIVED: {
            ChangeRequestStatus.APPROVED,
            ChangeRequestStatus.CONDITIONAL,
            ChangeRequestStatus.POSTPONED,
            ChangeRequestStatus.REJECTED,
            ChangeRequestStatus.WITHDRAWN,
        },
        ChangeRequestStatus.POSTPONED: {
            ChangeRequestStatus.APPROVED,
            ChangeRequestStatus.CONDITIONAL,
            ChangeRequestStatus.REJECTED,
            ChangeRequestStatus.WITHDRAWN,
        },
        ChangeRequestStatus.CONDITIONAL: set(),
        ChangeRequestStatus.WITHDRAWN: set(),
        ChangeRequestStatus.APPROVED: set(),
        ChangeRequestStatus.REJECTED: set(),
    }

    project = models.ForeignKey(
        Project,
        verbose_name=_("prosjekt"),
        on_delete=models.PROTECT,
        related_name="change_requests",
    )
    submission_key = models.UUIDField(_("innsendingsnøkkel"), unique=True, editable=False)
    title = models.CharField(_("hva skal endres"), max_length=120)
    reason = models.TextField(_("hvorfor"), max_length=2000)
    consequence = models.TextField(
        _("konsekvens for tid, penger og andre løsninger"), max_length=2000
    )
    urgency = models.CharField(
        _("hastegrad"), max_length=6, choices=Urgency, default=Urgency.NORMAL
    )
    days = models.SmallIntegerField(
        _("dager senere"), default=0, help_text=_("Minus når prosjektet blir tidligere ferdig.")
    )
    cost = models.DecimalField(
        _("kroner mer"),
        max_digits=12,
        decimal_places=0,
        default=0,
        help_text=_("Minus når det blir billigere."),
    )
    benefit_share = models.SmallIntegerField(_("gevinst, prosentpoeng av det lovede"), default=0)
    scope = models.CharField(_("omfang"), max_length=500, blank=True)
    quality = models.CharField(_("kvalitet"), max_length=500, blank=True)
    risk = models.CharField(_("usikkerhet"), max_length=500, blank=True)
    benefits = models.CharField(_("gevinster"), max_length=500, blank=True)
    systems = models.ManyToManyField(
        System,
        through="ChangeTouch",
        verbose_name=_("systemer"),
        blank=True,
        related_name="change_requests",
    )
    conditions = models.TextField(_("vilkår"), max_length=1000, blank=True)
    baseline = models.JSONField(_("planen før endringen"), default=dict, blank=True, editable=False)
    status = models.CharField(
        _("status"),
        max_length=11,
        choices=ChangeRequestStatus,
        default=ChangeRequestStatus.RECEIVED,
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("meldt av"),
        on_delete=models.PROTECT,
        related_name="change_requests",
    )
    decision_reason = models.TextField(_("rådets begrunnelse"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ført av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decided_change_requests",
    )
    decided_at = models.DateTimeField(_("avgjort"), null=True, blank=True)
    is_decided_alone = models.BooleanField(
        _("avgjort av rådets leder alene"), default=False, editable=False
    )
    told_in = models.ForeignKey(
        "projects.BoardMeeting",
        verbose_name=_("orientert om i møtet"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="told_about",
    )

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("endringsanmodning")
        verbose_name_plural = _("endringsanmodninger")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=ChangeRequestStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=[ChangeRequestStatus.RECEIVED, ChangeRequestStatus.WITHDRAWN]
                )
                | (models.Q(decided_at__isnull=False) & ~models.Q(decision_reason="")),
                name="%(app_label)s_%(class)s_decided_has_when_and_why",
            ),
            models.CheckConstraint(
                condition=models.Q(urgency__in=Urgency.values),
                name="%(app_label)s_%(class)s_urgency_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=ChangeRequestStatus.CONDITIONAL)
                | ~models.Q(conditions=""),
                name="%(app_label)s_%(class)s_conditional_has_conditions",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("board:decide", args=[self.pk])

    @property
    def look(self) -> str:
        """How the status tag looks: a key of `core.icons.STATUS_LOOKS`."""
        return {
            ChangeRequestStatus.RECEIVED: "open",
            ChangeRequestStatus.APPROVED: "done",
            ChangeRequestStatus.CONDITIONAL: "done",
            ChangeRequestStatus.WITHDRAWN: "stopped",
            ChangeRequestStatus.POSTPONED: "paused",
            ChangeRequestStatus.REJECTED: "stopped",
        }[ChangeRequestStatus(self.status)]

    @property
    def can_be_decided(self) -> bool:
        return self.can_move_to(ChangeRequestStatus.APPROVED)

    @property
    def is_approved(self) -> bool:
        return self.status in (ChangeRequestStatus.APPROVED, ChangeRequestStatus.CONDITIONAL)

    @property
    def cannot_wait(self) -> bool:
        return self.urgency == Urgency.NOW


class ChangeTouch(models.Model):
    """That a change, when it is approved, touches a system from one day to another."""

    change_request = models.ForeignKey(
        ChangeRequest,
        verbose_name=_("endringsanmodning"),
        on_delete=models.CASCADE,
        related_name="touches",
    )
    system = models.ForeignKey(
        System, verbose_name=_("system"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("hvordan"), max_length=10, choices=UseKind, default=UseKind.CHANGES)
    starts_on = models.DateField(_("fra"))
    ends_on = models.DateField(_("til"))

    class Meta:
        verbose_name = _("system i endringsanmodning")
        verbose_name_plural = _("systemer i endringsanmodninger")
        ordering = ["change_request", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message=_("Til-datoen kan ikke være før fra-datoen."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.change_request}: {self.system}"


class Subject(models.TextChoices):
    """What an approved change obliges the project to look at again (peers: Hemit/FMA)."""

    BUSINESS_CASE = "business_case", _("Prosjektbegrunnelsen")
    PLAN = "plan", _("Planen")
    RISKS = "risks", _("Usikkerhetsregisteret")
    BENEFITS = "benefits", _("Gevinstprognosen")


class ReverificationQuerySet(models.QuerySet["Reverification"]):
    def waiting(self) -> "ReverificationQuerySet":
        return self.filter(done_at=None)


class Reverification(models.Model):
    """A task of the project after a change: look at it again, and say what it came to."""

    change_request = models.ForeignKey(
        ChangeRequest,
        verbose_name=_("endringsanmodning"),
        on_delete=models.CASCADE,
        related_name="reverifications",
    )
    subject = models.CharField(_("hva"), max_length=13, choices=Subject)
    note = models.TextField(_("hva dere fant"), max_length=1000, blank=True)
    before = models.CharField(_("før"), max_length=160, blank=True)
    after = models.CharField(_("etter"), max_length=160, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gjort av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    done_at = models.DateTimeField(_("gjort"), null=True, blank=True)

    objects = ReverificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("ny vurdering")
        verbose_name_plural = _("nye vurderinger")
        ordering = ["change_request", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["change_request", "subject"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=models.Q(subject__in=Subject.values),
                name="%(app_label)s_%(class)s_subject_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None, done_by=None)
                | (models.Q(done_at__isnull=False, done_by__isnull=False) & ~models.Q(note="")),
                name="%(app_label)s_%(class)s_done_has_who_when_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}: {self.change_request}"


class BoardMeetingStatus(models.TextChoices):
    PLANNED = "planned", _("Planlagt")
    OPEN = "open", _("Møtet er satt")
    CLOSED = "closed", _("Referatet er ferdig")


class BoardMeetingQuerySet(models.QuerySet["BoardMeeting"]):
    def ahead(self) -> "BoardMeetingQuerySet":
        """Planned or going on, the nearest first."""
        return self.exclude(status=BoardMeetingStatus.CLOSED).order_by("held_at", "pk")

    def closed(self) -> "BoardMeetingQuerySet":
        """Held, the last first."""
        return self.filter(status=BoardMeetingStatus.CLOSED).order_by("-held_at", "-pk")

    def with_cases(self) -> "BoardMeetingQuerySet":
        return self.annotate(
            cases=models.Count("agenda"),
            undecided=models.Count("agenda", filter=models.Q(agenda__outcome="")),
        )


class BoardMeeting(HasStatus, Versioned, TimeStamped):
    """A meeting of IKT-styringsrådet: agenda, who is there, outcomes, minutes."""

    TRANSITIONS = {
        BoardMeetingStatus.PLANNED: {BoardMeetingStatus.OPEN},
        BoardMeetingStatus.OPEN: {BoardMeetingStatus.CLOSED},
        BoardMeetingStatus.CLOSED: set(),
    }

    held_at = models.DateTimeField(_("når"))
    place = models.CharField(_("hvor"), max_length=120, blank=True)
    status = models.CharField(
        _("status"), max_length=7, choices=BoardMeetingStatus, default=BoardMeetingStatus.PLANNED
    )
    quorum = models.PositiveSmallIntegerField(
        _("beslutningsdyktig fra"),
        default=3,
        help_text=_("Så mange medlemmer må være til stede, uten dem som er inhabile i saken."),
    )
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("møteleder"),
        on_delete=models.PROTECT,
        related_name="chaired_board_meetings",
    )
    notes = models.TextField(_("annet fra møtet"), max_length=4000, blank=True)
    closed_at = models.DateTimeField(_("avsluttet"), null=True, blank=True)
    # What the members were sent last, so that the same agenda is sent once.
    agenda_number = models.PositiveSmallIntegerField(
        _("sakslister sendt"), default=0, editable=False
    )
    agenda_fingerprint = models.CharField(
        _("sakslisten som ble sendt"), max_length=64, blank=True, editable=False
    )
    agenda_sent_at = models.DateTimeField(
        _("saksliste sendt"), null=True, blank=True, editable=False
    )

    objects = BoardMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("møte i IKT-styringsrådet")
        verbose_name_plural = _("møter i IKT-styringsrådet")
        ordering = ["-held_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=BoardMeetingStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(quorum__gte=1),
                name="%(app_label)s_%(class)s_quorum_is_somebody",
                violation_error_message=_("Minst ett medlem må være til stede."),
            ),
            models.CheckConstraint(
                condition=~models.Q(status=BoardMeetingStatus.CLOSED)
                | models.Q(closed_at__isnull=False),
                name="%(app_label)s_%(class)s_closed_has_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {timezone.localdate(self.held_at)}"

    def get_absolute_url(self) -> str:
        return reverse("board:meeting", args=[self.pk])

    @property
    def is_planned(self) -> bool:
        return self.status == BoardMeetingStatus.PLANNED

    @property
    def is_open(self) -> bool:
        return self.status == BoardMeetingStatus.OPEN

    @property
    def is_closed(self) -> bool:
        return self.status == BoardMeetingStatus.CLOSED

    @property
    def look(self) -> str:
        """How the status tag looks: a key of `core.icons.STATUS_LOOKS`."""
        return {
            BoardMeetingStatus.PLANNED: "open",
            BoardMeetingStatus.OPEN: "now",
            BoardMeetingStatus.CLOSED: "done",
        }[BoardMeetingStatus(self.status)]


class Attendance(models.Model):
    """A member at a meeting. No row: absent."""

    meeting = models.ForeignKey(
        BoardMeeting, verbose_name=_("møte"), on_delete=models.CASCADE, related_name="attendance"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("medlem"),
        on_delete=models.PROTECT,
        related_name="board_attendance",
    )

    class Meta:
        verbose_name = _("til stede")
        verbose_name_plural = _("til stede")
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"], name="%(app_label)s_%(class)s_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.member)


class AgendaItem(models.Model):
    """A case on the agenda: a change request, and what this meeting made of it."""

    meeting = models.ForeignKey(
        BoardMeeting, verbose_name=_("møte"), on_delete=models.CASCADE, related_name="agenda"
    )
    change_request = models.ForeignKey(
        ChangeRequest,
        verbose_name=_("endringsanmodning"),
        on_delete=models.PROTECT,
        related_name="agenda_items",
    )
    order = models.PositiveSmallIntegerField(_("rekkefølge"))
    outcome = models.CharField(
        _("utfall"), max_length=11, choices=ChangeRequestStatus, blank=True, default=""
    )
    reason = models.TextField(_("begrunnelse"), max_length=1000, blank=True)
    conditions = models.TextField(_("vilkår"), max_length=1000, blank=True)
    collisions = models.JSONField(
        _("kollisjoner rådet så"), default=list, blank=True, editable=False
    )
    present = models.PositiveSmallIntegerField(
        _("habile til stede"), null=True, blank=True, editable=False
    )
    decided_at = models.DateTimeField(_("avgjort"), null=True, blank=True)

    class Meta:
        verbose_name = _("sak på sakslisten")
        verbose_name_plural = _("saker på sakslisten")
        ordering = ["meeting", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "change_request"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", decided_at=None)
                | (
                    models.Q(outcome__in=ChangeRequestStatus.values, decided_at__isnull=False)
                    & ~models.Q(reason="")
                ),
                name="%(app_label)s_%(class)s_decided_has_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.change_request}"

    @property
    def is_decided(self) -> bool:
        return self.outcome != ""


class BoardRecusal(models.Model):
    """A member who leaves the room for a case: inhabil."""

    item = models.ForeignKey(
        AgendaItem, verbose_name=_("sak"), on_delete=models.CASCADE, related_name="recusals"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("medlem"),
        on_delete=models.PROTECT,
        related_name="board_recusals",
    )
    reason = models.CharField(_("hvorfor"), max_length=250)

    class Meta:
        verbose_name = _("inhabil i sak")
        verbose_name_plural = _("inhabile i saker")
        ordering = ["item", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "member"], name="%(app_label)s_%(class)s_once")
        ]

    def __str__(self) -> str:
        return str(self.member)


class MinutesFile(MadeFile):
    """The minutes of a meeting as PDF. What was sent is never made again."""

    WHEN_FAILED = _("Noe gikk galt hos oss da referatet ble laget. Utfallene er lagret.")
    WHEN_REFUSED = _("Referatet viser til noe som ikke kan stå i en PDF som skal arkiveres.")
    WHEN_GIVEN_UP = _("Referatet ble ikke ferdig etter tre forsøk. Utfallene er lagret.")

    meeting = models.OneToOneField(
        BoardMeeting, verbose_name=_("møte"), on_delete=models.PROTECT, related_name="file"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bestilt av"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = MadeFileQuerySet["MinutesFile"].as_manager()

    class Meta(MadeFile.Meta):
        verbose_name = _("referat")
        verbose_name_plural = _("referater")
        constraints = [*MadeFile.Meta.constraints]

    def __str__(self) -> str:
        return str(self.meeting)
