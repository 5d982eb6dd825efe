"""The products of a project (styringsdokumentasjon): written section by section, in versions."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.made_files import MadeFile, MadeFileQuerySet
from core.models import TimeStamped, Versioned
from core.status import HasStatus
from ideas.models import KeptFile
from ideas.models.attachments import MAY_BE_DOWNLOADED
from projects.models.method import ProductTemplate, TemplateSection
from projects.models.projects import Project


class ProductStatus(models.TextChoices):
    DRAFT = "draft", _("Under arbeid")
    READY = "ready", _("Til godkjenning")
    APPROVED = "approved", _("Godkjent")
    LEFT_OUT = "left_out", _("Utelatt")


LOOKS = {
    ProductStatus.DRAFT: "working",
    ProductStatus.READY: "now",
    ProductStatus.APPROVED: "done",
    ProductStatus.LEFT_OUT: "stopped",
}


class ProductQuerySet(models.QuerySet["Product"]):
    def replaced(self) -> "ProductQuerySet":
        """Those with a file that stands in the place of the text."""
        stand_in = ProductAttachment.standing_in().filter(product=models.OuterRef("pk"))
        return self.filter(models.Exists(stand_in))

    def settled(self) -> "ProductQuerySet":
        """What a decision point need not wait for: approved, left out with a reason, or attached.

        A product without a row is not begun, and is not settled.
        """
        done = self.filter(status__in=[ProductStatus.APPROVED, ProductStatus.LEFT_OUT])
        return done | self.filter(pk__in=self.replaced().values("pk"))

    def to_approve(self) -> "ProductQuerySet":
        return self.filter(status=ProductStatus.READY)


class Product(HasStatus, TimeStamped):
    """One product of one project. No row: it is not begun."""

    TRANSITIONS = {
        ProductStatus.DRAFT: {ProductStatus.READY, ProductStatus.LEFT_OUT},
        ProductStatus.READY: {ProductStatus.DRAFT, ProductStatus.APPROVED},
        ProductStatus.APPROVED: {ProductStatus.DRAFT},
        ProductStatus.LEFT_OUT: {ProductStatus.DRAFT},
    }

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="products"
    )
    template = models.ForeignKey(
        ProductTemplate, verbose_name=_("mal"), on_delete=models.PROTECT, related_name="products"
    )
    status = models.CharField(
        _("status"), max_length=8, choices=ProductStatus, default=ProductStatus.DRAFT
    )
    case_number = models.CharField(_("saksnummer"), max_length=40, blank=True)
    left_out_reason = models.CharField(_("hvorfor det er utelatt"), max_length=1000, blank=True)
    left_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("utelatt av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("produkt")
        verbose_name_plural = _("produkter")
        ordering = ["project", "template__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "template"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=ProductStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=ProductStatus.LEFT_OUT) | ~models.Q(left_out_reason=""),
                name="%(app_label)s_%(class)s_left_out_has_reason",
                violation_error_message=_("Skriv hvorfor prosjektet ikke lager dette."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template}: {self.project}"

    def get_absolute_url(self) -> str:
        return reverse("projects:product", args=[self.project_id, self.template.code])

    @property
    def look(self) -> str:
        """How the status tag looks: a key of `core.icons.STATUS_LOOKS`."""
        return LOOKS[ProductStatus(self.status)]

    @property
    def is_draft(self) -> bool:
        return self.status == ProductStatus.DRAFT

    @property
    def is_ready(self) -> bool:
        return self.status == ProductStatus.READY

    @property
    def is_approved(self) -> bool:
        return self.status == ProductStatus.APPROVED

    @property
    def is_left_out(self) -> bool:
        return self.status == ProductStatus.LEFT_OUT


class SectionText(Versioned):
    """What is written under one heading of a product.

    What the application drafted of the project's data is not written before somebody has saved it.
    """

    product = models.ForeignKey(
        Product, verbose_name=_("produkt"), on_delete=models.CASCADE, related_name="texts"
    )
    section = models.ForeignKey(
        TemplateSection, verbose_name=_("avsnitt"), on_delete=models.PROTECT, related_name="texts"
    )
    text = models.TextField(_("tekst"), max_length=20000, blank=True)
    is_drafted = models.BooleanField(
        _("utkast fra tallene, ikke lest av noen"), default=False, editable=False
    )

    class Meta:
        verbose_name = _("avsnitt i produkt")
        verbose_name_plural = _("avsnitt i produkter")
        ordering = ["product", "section__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "section"], name="%(app_label)s_%(class)s_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.section}"

    @property
    def is_written(self) -> bool:
        return bool(self.text.strip()) and not self.is_drafted


class ProductVersion(models.Model):
    """A line of endringsloggen, with the product as it was then. Never changed again."""

    product = models.ForeignKey(
        Product, verbose_name=_("produkt"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("versjon"))
    change = models.CharField(_("endring"), max_length=500)
    content = models.JSONField(_("slik det var"), default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("utarbeidet av"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_at = models.DateTimeField(_("laget"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("godkjent av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("godkjent"), null=True, blank=True)
    return_reason = models.CharField(_("hvorfor den ble gitt tilbake"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("versjon av produkt")
        verbose_name_plural = _("versjoner av produkter")
        ordering = ["product", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "number"], name="%(app_label)s_%(class)s_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at=None, approved_by=None)
                | models.Q(approved_at__isnull=False, approved_by__isnull=False),
                name="%(app_label)s_%(class)s_approved_has_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} – {self.number}"


class Distribution(models.Model):
    """A line of distribusjonsloggen: who got which version, when."""

    product_version = models.ForeignKey(
        ProductVersion,
        verbose_name=_("versjon"),
        on_delete=models.CASCADE,
        related_name="distributions",
    )
    to = models.CharField(_("til"), max_length=160)
    on = models.DateField(_("dato"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("av"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("distribusjon")
        verbose_name_plural = _("distribusjoner")
        ordering = ["product_version", "on", "pk"]

    def __str__(self) -> str:
        return self.to


class ProductAttachment(KeptFile):
    """A file that stands in the place of what would be written in the application, or beside it."""

    product = models.ForeignKey(
        Product, verbose_name=_("produkt"), on_delete=models.CASCADE, related_name="attachments"
    )
    replaces = models.BooleanField(
        _("erstatter dokumentet"),
        default=False,
        help_text=_("Da trenger dere ikke skrive dokumentet her."),
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("av"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta(KeptFile.Meta):
        verbose_name = _("vedlegg til produkt")
        verbose_name_plural = _("vedlegg til produkter")
        ordering = ["product", "pk"]

    @classmethod
    def standing_in(cls) -> models.QuerySet["ProductAttachment"]:
        """Those that replace the text, and that can be read."""
        return cls.objects.filter(replaces=True, virus_check__in=MAY_BE_DOWNLOADED)


class ProductFile(MadeFile):
    """A version as tagged PDF, with the Word document beside it."""

    WHEN_FAILED = _("Noe gikk galt hos oss da dokumentet ble laget. Teksten er lagret.")
    WHEN_REFUSED = _("Teksten viser til noe som ikke kan stå i en PDF som skal arkiveres.")
    WHEN_GIVEN_UP = _("Dokumentet ble ikke ferdig etter tre forsøk. Teksten er lagret.")

    product_version = models.OneToOneField(
        ProductVersion, verbose_name=_("versjon"), on_delete=models.CASCADE, related_name="file"
    )
    word = models.BinaryField(_("Word"), null=True, blank=True)
    word_sha256 = models.CharField(_("SHA-256 for Word"), max_length=64, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bestilt av"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = MadeFileQuerySet["ProductFile"].as_manager()

    class Meta(MadeFile.Meta):
        verbose_name = _("produktfil")
        verbose_name_plural = _("produktfiler")
        constraints = [*MadeFile.Meta.constraints]

    def __str__(self) -> str:
        return str(self.product_version)
