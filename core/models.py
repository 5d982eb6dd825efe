"""Plumbing that every step needs and that knows no business word."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.mail_kinds import LINK_MARK


class TimeStamped(models.Model):
    created_at = models.DateTimeField(_("opprettet"), auto_now_add=True)
    updated_at = models.DateTimeField(_("endret"), auto_now=True)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """Counts its saves, so that the second of two who edit at once is told (core.forms)."""

    version = models.PositiveIntegerField(_("versjon"), default=0)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sist endret av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    edited_at = models.DateTimeField(_("sist endret"), null=True, blank=True)

    class Meta:
        abstract = True

    def mark_edited(self, by) -> None:
        """Count one more save. The caller saves, inside a transaction that locked the row."""
        self.version += 1
        self.edited_by = by
        self.edited_at = timezone.now()


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, target: models.Model) -> "EventQuerySet":
        return self.filter(label=target._meta.label, object_id=str(target.pk))


class Event(models.Model):
    """What happened, about what, by whom. Append-only: a trigger refuses change and removal.

    No foreign key to what it is about, so the log outlives it.
    """

    verb = models.CharField(_("hendelse"), max_length=60)
    label = models.CharField(_("gjelder"), max_length=100)
    object_id = models.CharField(_("nøkkel"), max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("av"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="events",
    )
    at = models.DateTimeField(_("tidspunkt"), default=timezone.now)
    data = models.JSONField(_("opplysninger"), default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("hendelse")
        verbose_name_plural = _("hendelser")
        indexes = [
            models.Index(fields=["label", "object_id", "at"], name="core_event_about"),
            models.Index(fields=["by", "-at"], name="core_event_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.label} {self.object_id}"


def record(verb: str, target: models.Model, *, by=None, **data) -> Event:
    """Write one line of history about `target`. Called by actions, which know why."""
    return Event.objects.create(
        verb=verb, label=target._meta.label, object_id=str(target.pk), by=by, data=data
    )


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def unsent(self) -> "OutgoingMailQuerySet":
        return self.filter(sent_at=None, discarded_at=None)

    def waiting(self) -> "OutgoingMailQuerySet":
        """What a worker may send."""
        return self.unsent().filter(held_at=None, attempts__lt=OutgoingMail.MAX_ATTEMPTS)

    def held(self) -> "OutgoingMailQuerySet":
        """What somebody is to read before it goes."""
        return self.unsent().filter(held_at__isnull=False)

    def failed(self) -> "OutgoingMailQuerySet":
        """What is given up after too many attempts."""
        return self.unsent().filter(held_at=None, attempts__gte=OutgoingMail.MAX_ATTEMPTS)

    def sent(self) -> "OutgoingMailQuerySet":
        return self.filter(sent_at__isnull=False)

    def discarded(self) -> "OutgoingMailQuerySet":
        return self.filter(discarded_at__isnull=False)


class OutgoingMail(Versioned):
    """A mail stands here from the moment it is decided until a worker has sent it.

    So a broker or a mail server that is down delays it and loses nothing. Until then it can be
    held, changed or thrown away (core.outbox).
    """

    MAX_ATTEMPTS = 20

    kind = models.CharField(_("slag"), max_length=40, default="other")
    to = models.EmailField(_("til"))
    subject = models.CharField(_("emne"), max_length=200)
    body = models.TextField(_("tekst"))
    link = models.CharField(
        _("mottakerens egen lenke"),
        max_length=500,
        blank=True,
        editable=False,
        help_text=_("Settes inn når e-posten sendes. Ingen andre får se den."),
    )
    created_at = models.DateTimeField(_("opprettet"), auto_now_add=True)
    held_at = models.DateTimeField(_("holdt tilbake"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sendt"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("forsøk"), default=0)
    last_error = models.TextField(_("siste feil"), blank=True)
    discarded_at = models.DateTimeField(_("forkastet"), null=True, blank=True)
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("forkastet av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    discarded_because = models.CharField(_("hvorfor"), max_length=300, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("utgående e-post")
        verbose_name_plural = _("utgående e-poster")
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(sent_at=None, discarded_at=None),
                name="core_outgoingmail_unsent",
            ),
            models.Index(fields=["-sent_at", "-id"], name="core_outgoingmail_sent"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(discarded_at=None)
                | (models.Q(sent_at=None) & ~models.Q(discarded_because="")),
                name="core_outgoingmail_discarded_unsent_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def written_out(self) -> str:
        """The text as it goes, with the receiver's own link in it."""
        return self.body.replace(LINK_MARK, self.link) if self.link else self.body

    @property
    def is_open(self) -> bool:
        """Can still be changed: neither sent nor thrown away."""
        return self.sent_at is None and self.discarded_at is None

    @property
    def has_failed(self) -> bool:
        return self.is_open and self.held_at is None and self.attempts >= self.MAX_ATTEMPTS

    @property
    def is_waiting(self) -> bool:
        return self.is_open and self.held_at is None and not self.has_failed


class MailTemplate(Versioned):
    """What the municipality has made its own about one kind of mail (core.mail_kinds).

    No row, or an empty text: as the kind says it.
    """

    kind = models.CharField(_("slag"), max_length=40, unique=True)
    subject = models.CharField(_("emne"), max_length=200, blank=True)
    body = models.TextField(_("tekst"), max_length=4000, blank=True)
    read_first = models.BooleanField(_("se over før sending"), null=True, blank=True)

    class Meta:
        verbose_name = _("e-postmal")
        verbose_name_plural = _("e-postmaler")

    def __str__(self) -> str:
        return self.kind


class ForgettingRun(models.Model):
    """One run of the job that removes personal data whose time is up: how much of each kind.

    Numbers only: nothing in it tells about anybody.
    """

    started_at = models.DateTimeField(_("startet"))
    finished_at = models.DateTimeField(_("ferdig"), null=True, blank=True)
    counts = models.JSONField(_("antall av hvert slag"), default=dict)
    errors = models.JSONField(_("det som ikke gikk"), default=dict)

    class Meta:
        verbose_name = _("sletting av personopplysninger")
        verbose_name_plural = _("sletting av personopplysninger")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class ChartQuerySet(models.QuerySet["Chart"]):
    def waiting(self) -> "ChartQuerySet":
        return self.exclude(drawn_hash=models.F("requested_hash"))


class Chart(TimeStamped):
    """A drawn chart: one specification, its SVG for the screen and for print.

    Drawn by a worker when the data change; shown as stored. Why: docs/adr/0003-charts.md.
    """

    key = models.CharField(_("nøkkel"), max_length=120, unique=True)
    spec = models.JSONField(_("spesifikasjon"))
    title = models.CharField(_("tittel"), max_length=200)
    description = models.TextField(_("beskrivelse"))
    screen_svg = models.TextField(_("tegning for skjerm"), blank=True)
    pdf_svg = models.TextField(_("tegning for trykk"), blank=True)
    requested_hash = models.CharField(_("bestilt"), max_length=64)
    drawn_hash = models.CharField(_("tegnet"), max_length=64, blank=True)

    objects = ChartQuerySet.as_manager()

    class Meta:
        verbose_name = _("diagram")
        verbose_name_plural = _("diagrammer")

    def __str__(self) -> str:
        return self.key

    @property
    def is_drawn(self) -> bool:
        return self.drawn_hash == self.requested_hash


class StagedImport(models.Model):
    """What somebody uploaded, read and checked, until they confirm it or a day has gone.

    Worked with through core.imports.
    """

    kind = models.CharField(_("slag"), max_length=60)
    target = models.CharField(_("gjelder"), max_length=80, blank=True)
    token = models.UUIDField(_("nøkkel"), default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lastet opp av"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    file_name = models.CharField(_("filnavn"), max_length=200)
    payload = models.JSONField(_("innhold"))
    created_at = models.DateTimeField(_("lastet opp"), default=timezone.now, db_index=True)
    applied_at = models.DateTimeField(_("lest inn"), null=True, blank=True)

    class Meta:
        verbose_name = _("opplastet fil")
        verbose_name_plural = _("opplastede filer")

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"


class SearchWord(models.Model):
    """A word that searchable texts use, as the database stems it, and in how many of them.

    Counted anew by core.search.count_words. It tells what somebody meant who typed it wrong, and
    which words of a text are rare enough to say what the text is about.
    """

    source = models.CharField(_("tabell"), max_length=60)
    word = models.TextField(_("ord"))
    rows = models.PositiveIntegerField(_("antall tekster"))

    class Meta:
        verbose_name = _("søkeord")
        verbose_name_plural = _("søkeord")
        constraints = [
            models.UniqueConstraint(fields=["source", "word"], name="core_searchword_once")
        ]
        indexes = [
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="core_searchword_like")
        ]

    def __str__(self) -> str:
        return f"{self.word} ({self.rows})"


class AddressCount(models.Model):
    """How often one address has done one thing in one hour. Worked with through core.rate.

    `address` is a hash whose key changes every day; the row is gone after one.
    """

    purpose = models.CharField(_("hva"), max_length=20)
    address = models.CharField(_("avtrykk av adressen"), max_length=64)
    hour = models.DateTimeField(_("time"), db_index=True)
    count = models.PositiveIntegerField(_("antall"), default=0)

    class Meta:
        verbose_name = _("antall fra en adresse")
        verbose_name_plural = _("antall fra adresser")
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "hour", "address"], name="core_addresscount_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.hour:%Y-%m-%d %H} {self.count}"
