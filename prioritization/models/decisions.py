"""What the executive group decided about the ideas of a memo, and the protocol of it."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import roles
from core.formatting import day_with_year
from core.made_files import MadeFile, MadeFileQuerySet
from core.models import TimeStamped, Versioned
from ideas.models import IdeaStatus
from municipality.models import User
from prioritization.models.memo import Memo, MemoItem


class Outcome(models.TextChoices):
    """What the executive group can decide about an idea (domain.md §2.4)."""

    APPROVED = "approved", _("Godkjent")
    POSTPONED = "postponed", _("Utsatt")
    REJECTED = "rejected", _("Avvist")
    RETURNED = "returned", _("Retur for utredning")


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

    def get_absolute_url(self) -> str:
        return reverse("decisions:list", args=[self.memo_id])

    @classmethod
    def prepared_for(cls, memo: Memo, *, on: dt.date) -> "DecisionMeeting":
        """Not yet saved: today, by those who are in the executive group now."""
        group = User.objects.filter(groups__name=roles.MANAGEMENT, is_active=True)
        names = group.order_by("name", "pk").values_list("name", flat=True)
        return cls(memo=memo, held_on=on, deciders="\n".join(names))

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def names(self) -> list[str]:
        return [line.strip() for line in self.deciders.splitlines() if line.strip()]


# The decision says something else than the memo recommended.
AGAINST = models.Q(item__is_recommended=True) ^ models.Q(outcome=Outcome.APPROVED)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def of(self, memo: Memo) -> "DecisionQuerySet":
        """In the order of the memo, with what is told about each."""
        return (
            self.filter(item__memo=memo)
            .select_related("item__entry__idea__sector", "owner", "meeting")
            .order_by("item__order", "item__pk")
        )

    def published(self) -> "DecisionQuerySet":
        """Those that were told: on the idea's page, and to the one who sent it."""
        return self.filter(published_at__isnull=False)

    def told_counts(self) -> dict[str, int]:
        """How many there are, and how many say something else than the memo recommended."""
        return self.aggregate(total=models.Count("pk"), against=models.Count("pk", filter=AGAINST))


class Decision(Versioned, TimeStamped):
    """What the executive group decided (vedtak) about one idea in the memo.

    A draft that can be changed until the meeting is published; corrected, with a reason, after.
    """

    IDEA_STATUS = {
        Outcome.APPROVED: IdeaStatus.APPROVED,
        Outcome.POSTPONED: IdeaStatus.POSTPONED,
        Outcome.REJECTED: IdeaStatus.REJECTED,
        Outcome.RETURNED: IdeaStatus.RETURNED,
    }

    item = models.OneToOneField(
        MemoItem, verbose_name=_("idé i notatet"), on_delete=models.PROTECT, related_name="decision"
    )
    meeting = models.ForeignKey(
        DecisionMeeting,
        verbose_name=_("vedtaksmøte"),
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    outcome = models.CharField(_("vedtak"), max_length=12, choices=Outcome)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("prosjekteier"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    postponed_until = models.DateField(_("utsatt til"), null=True, blank=True)
    conditions = models.TextField(_("vilkår"), max_length=1000, blank=True)
    reason = models.TextField(_("begrunnelse"), max_length=1000)
    public_reason = models.CharField(_("begrunnelsen i én setning"), max_length=250, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ført av"),
        on_delete=models.PROTECT,
        related_name="recorded_decisions",
    )
    published_at = models.DateTimeField(_("kunngjort"), null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("vedtak")
        verbose_name_plural = _("vedtak")
        ordering = ["-meeting__held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values),
                name="%(app_label)s_%(class)s_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="%(app_label)s_%(class)s_has_a_reason",
                violation_error_message=_("Skriv hvorfor. Det står i protokollen."),
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome=Outcome.POSTPONED)
                | models.Q(postponed_until__isnull=False),
                name="%(app_label)s_%(class)s_postponed_has_a_date",
                violation_error_message=_("Velg hvilken dag ideen er utsatt til."),
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome=Outcome.APPROVED) | models.Q(owner__isnull=False),
                name="%(app_label)s_%(class)s_approved_has_an_owner",
                violation_error_message=_("Velg hvem som eier prosjektet."),
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | ~models.Q(public_reason=""),
                name="%(app_label)s_%(class)s_published_has_a_public_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_outcome_display()}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_approval(self) -> bool:
        return self.outcome == Outcome.APPROVED

    @property
    def differs(self) -> bool:
        """The decision says something else than the memo recommended."""
        return self.item.is_recommended != self.is_approval

    @property
    def idea_status(self) -> IdeaStatus:
        return self.IDEA_STATUS[Outcome(self.outcome)]

    @property
    def words(self) -> str:
        """«Utsatt til 1. mars 2027», or the outcome's own name."""
        if self.outcome == Outcome.POSTPONED and self.postponed_until:
            return _("Utsatt til {date}").format(date=day_with_year(self.postponed_until))
        return self.get_outcome_display()


class Correction(models.Model):
    """A published decision that was changed: what was told before, and why it was not right."""

    decision = models.ForeignKey(
        Decision, verbose_name=_("vedtak"), on_delete=models.PROTECT, related_name="corrections"
    )
    before = models.JSONField(_("slik det sto"))
    reason = models.CharField(_("hvorfor det er rettet"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("rettet av"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("rettet"))

    class Meta:
        verbose_name = _("retting av et vedtak")
        verbose_name_plural = _("rettinger av vedtak")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="%(app_label)s_%(class)s_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.reason}"


class ProtocolFile(MadeFile):
    """One version of the protocol as PDF. What was published is never made again."""

    WHEN_FAILED = _("Noe gikk galt hos oss da protokollen ble laget. Vedtakene er lagret.")
    WHEN_REFUSED = _("Protokollen viser til noe som ikke kan stå i en PDF som skal arkiveres.")
    WHEN_GIVEN_UP = _("Protokollen ble ikke ferdig etter tre forsøk. Vedtakene er lagret.")

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
