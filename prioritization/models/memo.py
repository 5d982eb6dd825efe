"""The decision memo and its versions as PDF."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.made_files import MadeFile, MadeFileQuerySet
from core.models import TimeStamped, Versioned
from core.status import HasStatus
from prioritization.models.rounds import Entry, Round


class MemoStatus(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    FINAL = "final", _("Endelig")


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


class MemoQuerySet(models.QuerySet["Memo"]):
    def for_editing(self) -> "MemoQuerySet":
        """With all that a snapshot of the memo is taken from, beside its items and texts."""
        return self.select_related("round__cycle", "round__criteria_set").prefetch_related(
            "round__cycle__phases"
        )


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
    part_order = models.JSONField(
        _("rekkefølgen på delene"),
        default=list,
        blank=True,
        help_text=_("Tomt betyr rekkefølgen i malen."),
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

    objects = MemoQuerySet.as_manager()

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

    def final_snapshot(self) -> dict[str, Any]:
        """What the final version is made of, whatever has happened to its numbers since."""
        return self.files.values_list("snapshot", flat=True).get(is_draft=False)


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
            "entry__idea__sector",
            "entry__idea__owner",
            "entry__round__cycle",
            "decision",
            "memo__round__cycle",
        ).order_by("order", "pk")

    def beside(self, item: "MemoItem") -> "MemoItemQuerySet":
        """The list of the memo that an idea stands in, in its order."""
        return self.filter(
            memo=item.memo_id,
            is_recommended=item.is_recommended,
            entry__idea__is_statutory=item.entry.idea.is_statutory,
        ).order_by("order", "pk")

    def ranked(self) -> "MemoItemQuerySet":
        """Those that compete, best first: what the law demands is left out."""
        return (
            self.filter(entry__idea__is_statutory=False)
            .select_related("entry__idea__sector", "entry__round__cycle")
            .order_by("-entry__score", "-entry__tie_break", "entry_id")
        )


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


class MemoFileQuerySet(MadeFileQuerySet["MemoFile"]):
    def without_content(self) -> "MemoFileQuerySet":
        return self.defer("content", "annex")

    def light(self) -> "MemoFileQuerySet":
        """What a page tells of a version: not its bytes, nor what they are made of."""
        return self.defer("content", "annex", "snapshot").select_related("requested_by")

    def with_shown(self) -> "MemoFileQuerySet":
        """With `shown`: the snapshot without the basis of the points, which is long."""
        basis = Cast(models.Value("basis"), models.TextField())
        return self.annotate(
            shown=models.Func(
                models.F("snapshot"),
                basis,
                template="(%(expressions)s)",
                arg_joiner=" - ",
                output_field=models.JSONField(),
            )
        )

    def with_fingerprint(self) -> "MemoFileQuerySet":
        """With `fingerprint`: changes when the pages would (prioritization.memo.fingerprint)."""
        return self.annotate(fingerprint=KeyTextTransform("fingerprint", "snapshot"))


class MemoFile(MadeFile):
    """One version of the memo as PDF."""

    WHEN_FAILED = _("Noe gikk galt hos oss da PDF-en ble laget. Teksten i notatet er lagret.")
    WHEN_REFUSED = _("Notatet viser til noe som ikke kan stå i en PDF som skal arkiveres.")
    WHEN_GIVEN_UP = _("PDF-en ble ikke ferdig etter tre forsøk. Teksten i notatet er lagret.")

    memo = models.ForeignKey(
        Memo, verbose_name=_("notat"), on_delete=models.PROTECT, related_name="files"
    )
    number = models.PositiveSmallIntegerField(_("versjon"))
    is_draft = models.BooleanField(_("utkast"), default=True)
    pages = models.PositiveSmallIntegerField(_("sider"), null=True, blank=True)
    annex = models.BinaryField(_("poenggrunnlaget som Excel"), null=True, blank=True)
    annex_sha256 = models.CharField(_("SHA-256 for vedlegget"), max_length=64, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bestilt av"),
        on_delete=models.PROTECT,
        related_name="requested_memo_files",
    )

    objects = MemoFileQuerySet.as_manager()

    class Meta(MadeFile.Meta):
        verbose_name = _("notatfil")
        verbose_name_plural = _("notatfiler")
        ordering = ["memo", "-number"]
        constraints = [
            *MadeFile.Meta.constraints,
            models.UniqueConstraint(
                fields=["memo", "number"], name="%(app_label)s_%(class)s_number_once"
            ),
            models.UniqueConstraint(
                fields=["memo"],
                condition=models.Q(is_draft=False),
                name="%(app_label)s_%(class)s_one_final",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.memo} – {self.number}"
