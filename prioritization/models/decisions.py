"""What the executive group decided about the ideas of a memo, and the protocol of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.made_files import MadeFile, MadeFileQuerySet
from core.models import TimeStamped, Versioned
from ideas.models import IdeaStatus
from prioritization.models.memo import Memo, MemoItem


class Outcome(models.TextChoices):
    """What the executive group can decide about an idea (domain.md §2.4)."""

    APPROVED = "approved", _("Godkjent")
    POSTPONED = "postponed", _("Utsatt")
    REJECTED = "rejected", _("Avvist")
    RETURNED = "returned", _("Retur for utredning")


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
    public_reason = models.CharField(_("begrunnelsen i én setning"), max_length=250, blank=True)
    conditions = models.TextField(_("vilkår"), max_length=1000, blank=True)
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


class DecisionMeeting(Versioned, TimeStamped):
    """The meeting where a memo was decided: when, by whom, and when it was made public."""

    memo = models.OneToOneField(
        Memo, verbose_name=_("notat"), on_delete=models.PROTECT, related_name="meeting"
    )
    held_on = models.DateField(_("møtedato"))
    deciders = models.TextField(
        _("hvem som vedtok"), max_length=1000, help_text=_("Ett navn på hver linje.")
    )
    note = models.TextField(_("merknader"), max_length=2000, blank=True)
    published_at = models.DateTimeField(_("kunngjort"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("kunngjort av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("vedtaksmøte")
        verbose_name_plural = _("vedtaksmøter")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True)
                | models.Q(published_by__isnull=False),
                name="%(app_label)s_%(class)s_published_has_who",
            )
        ]

    def __str__(self) -> str:
        return f"{self.memo}: {self.held_on}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class ProtocolFile(MadeFile):
    """One version of the protocol as PDF. What was published is never made again."""

    WHEN_FAILED = _("Noe gikk galt hos oss da protokollen ble laget. Vedtakene er lagret.")

    meeting = models.ForeignKey(
        DecisionMeeting,
        verbose_name=_("vedtaksmøte"),
        on_delete=models.PROTECT,
        related_name="files",
    )
    number = models.PositiveSmallIntegerField(_("versjon"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bestilt av"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = MadeFileQuerySet["ProtocolFile"].as_manager()

    class Meta(MadeFile.Meta):
        verbose_name = _("protokoll")
        verbose_name_plural = _("protokoller")
        ordering = ["meeting", "-number"]
        constraints = [
            *MadeFile.Meta.constraints,
            models.UniqueConstraint(
                fields=["meeting", "number"], name="%(app_label)s_%(class)s_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} – {self.number}"
